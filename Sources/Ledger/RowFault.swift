/// What people call a row.
package struct RowName: Sendable, Hashable {
    package let table: String
    package let zh: String
    package let en: String

    package init(table: String, _ zh: String, _ en: String) { (self.table, self.zh, self.en) = (table, zh, en) }
}

/// What is wrong with a row.
package enum RowFault: Sendable, Hashable {
    /// Its columns are not those that the last entry about it states.
    case altered
    /// An entry states it, or a document needs it, and it is not there.
    case missing
    /// No entry states it.
    case unrecorded
    /// An entry says that it was taken away.
    case returned
    /// The act of this entry did not find it as the act before had left it.
    case alteredBefore(entry: Int64)
    /// It is not what follows from the documents, or from the entries.
    case underived

    var zh: String {
        switch self {
        case .altered: "与存证所载不符，被绕过系统改动过。"
        case .missing: "应有而不存在，被绕过系统删除。"
        case .unrecorded: "没有任何存证，是绕过系统插入的。"
        case .returned: "存证载明已删除，现在却又存在。"
        case .alteredBefore(let entry): "在记录 \(entry) 之前被绕过系统改动过。"
        case .underived: "与文书和存证推算的结果不符，被绕过系统改动过。"
        }
    }

    var en: String {
        switch self {
        case .altered: "is not what the ledger states: it was changed behind the system's back."
        case .missing: "ought to be there and is not: it was deleted behind the system's back."
        case .unrecorded: "has no entry: it was put in behind the system's back."
        case .returned: "was taken away, as the ledger states, and exists again."
        case .alteredBefore(let entry): "was changed behind the system's back before entry \(entry)."
        case .underived: "is not what follows from the documents and entries: it was changed behind the system's back."
        }
    }
}
