/// Of what a notice speaks, for whoever looks for one kind of them.
package enum NoticeTopic: String, CaseIterable, Sendable {
    /// A clock that runs out soon, or has.
    case limit
    /// What somebody is to see to, or is asked to by whoever waits or supervises.
    case supervision
    /// Sent to read.
    case copy
    /// What became of a document.
    case document
    /// It names no document.
    case other

    package var words: Words {
        switch self {
        case .limit: Words("期限", "Limits")
        case .supervision: Words("督办", "Supervision")
        case .copy: Words("抄送", "Sent to read")
        case .document: Words("办理进展", "Progress")
        case .other: Words("其他", "Other")
        }
    }

    /// Whether a later one of the same document says what an earlier one said: its clock goes on.
    package var isOfClock: Bool { self == .limit || self == .supervision }

    /// As SQL, of a row `n`. What is written with a notice comes first, the rest follows from what it names; those of before have nothing
    /// written.
    static let ofRow = """
        CASE WHEN n.kind IS NOT NULL THEN n.kind WHEN n.sender IS NOT NULL THEN 'copy' WHEN n.document IS NOT NULL THEN 'document' \
        ELSE 'other' END
        """
}
