import Identifiers

/// A value that rows of a file share although they are of different customers, or that an agent has too.
struct FileClue: Sendable {
    enum Kind: String, Sendable { case phone, account, agentContact = "agent_contact" }

    let kind: Kind
    /// What of the value may be shown.
    let masked: String
    /// The numbers that a spreadsheet shows beside the rows, in their order.
    var rows: [UInt32]
    /// Agents, agencies or relatives of theirs who have the same contact.
    var contacts: [String] = []

    init(_ shared: SharedRecord, rows: [UInt32]) {
        kind = shared.kind == .account ? .account : .phone
        masked = FileClue.mask(shared.value, shared.kind, digits: Int(shared.tag >> 2))
        self.rows = rows
    }

    init(contact masked: String, of contacts: [String], rows: [UInt32]) {
        (kind, self.masked, self.contacts, self.rows) = (.agentContact, masked, contacts, rows)
    }

    static func mask(_ value: UInt64, _ kind: SharedValue.Kind, digits: Int) -> String {
        let text = String(value)
        if kind == .account { return Mask.account(String(repeating: "0", count: max(0, digits - text.count)) + text) }
        return text.utf8.count == 11 && text.hasPrefix("1") ? Mask.mobile(text) : Mask.landline("0" + text)
    }
}
