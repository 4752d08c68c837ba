import Kernel

/// The page that a regulation made for acting on a document, where the person can take one of the steps that are taken there: the way
/// leads there, and the derived forms of those steps stand folded.
struct ActingPlace {
    let title: Words
    let address: String
    private let acts: Set<String>

    init?(of view: DocumentView, _ call: Call) {
        let pages = call.edge.extraPages.filter { $0.document == view.row.type && !$0.acts.isEmpty }
        let names = Set(view.availableSteps.map(\.step.name))
        guard let page = pages.first(where: { !names.isDisjoint(with: $0.acts) }) else { return nil }
        title = page.title
        address = page.path.replacing(":id", with: call.ids.word(view.row.id, .document))
        acts = Set(page.acts)
    }

    func takes(_ step: DocumentType.Step) -> Bool { acts.contains(step.name) }

    func link(_ l: Language) -> HTML {
        "<a class=\"button act\" href=\"\(address)\">\(l("到\(title.zh)办理", "To the \(title.en.lowercased())"))</a>"
    }
}
