import Identifiers

/// A value that rows of a file share although they are of different customers, or that an agent has too.
struct FileClue: Sendable {
    enum Kind: String, Sendable { case phone, account, agentContact = "agent_contact" }

    /// A row and whose it is.
    struct Member: Sendable {
        /// The number that a spreadsheet shows beside the row.
        let row: UInt32
        let customer: UInt64
    }

    let kind: Kind
    /// What of the value may be shown.
    let masked: String
    /// In the order of their rows.
    var members: [Member]
    /// Agents, agencies or relatives of theirs who have the same contact.
    var contacts: [String] = []

    init(_ shared: SharedRecord, members: [Member]) {
        kind = shared.kind == .account ? .account : .phone
        masked = FileClue.mask(shared.value, shared.kind, digits: Int(shared.tag >> 2))
        self.members = members
    }

    init(contact masked: String, of contacts: [String]) {
        (kind, self.masked, self.contacts, members) = (.agentContact, masked, contacts, [])
    }

    static func mask(_ value: UInt64, _ kind: SharedValue.Kind, digits: Int) -> String {
        let text = String(value)
        if kind == .account { return Mask.account(String(repeating: "0", count: max(0, digits - text.count)) + text) }
        return text.utf8.count == 11 && text.hasPrefix("1") ? Mask.mobile(text) : Mask.landline("0" + text)
    }

    /// Whether this one comes before the other in the answer: which is met first in the file.
    func precedes(_ other: FileClue) -> Bool {
        (members[0].row, kind.rawValue, masked) < (other.members[0].row, other.kind.rawValue, other.masked)
    }
}
