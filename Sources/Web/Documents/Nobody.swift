import Kernel

/// A request that nobody could decide: it is said before, with the post that is vacant and who can fill it, or who stands in. Whether it is
/// taken the desk decides.
enum Nobody {
    static func note(_ type: DocumentType, _ step: DocumentType.Step, _ call: Call) -> HTML {
        let found = type.undecidable(after: step, for: call.person, call.organisation, call.catalogue, on: call.today)
        guard let found else { return "" }
        return "<div class=\"note\" role=\"status\"><p>\(found.note[call.l])</p></div>"
    }
}
