import Identifiers

/// A value that rows of a file share although they are of different customers, or that an agent has too; or a document that stands under
/// different names or days of birth.
struct FileClue: Sendable {
    enum Kind: String, Sendable { case phone, account, identity, agentContact = "agent_contact" }

    /// A row and whose it is.
    struct Member: Sendable {
        /// The number that a spreadsheet shows beside the row.
        let row: UInt32
        let customer: UInt64
        /// In which column the value stands, from 0.
        let column: Int
    }

    let kind: Kind
    /// What of the value may be shown; `nil` where its rows have to say it.
    let masked: String?
    /// In the order of their rows.
    var members: [Member]
    /// Agents, agencies or relatives of theirs who have the same contact.
    var contacts: [String] = []

    init(_ shared: SharedRecord) {
        kind = shared.kind == .account ? .account : .phone
        masked = FileClue.mask(shared.value, shared.kind, digits: Int(shared.tag >> 3))
        members = []
    }

    /// - Parameter claims: what each of the rows says of the person.
    init(document: UInt64, _ rows: [IdentityContradiction], _ claims: [UInt64], _ columns: IntakeColumns) {
        kind = .identity
        masked = CustomerKey.number(of: document).map(Mask.documentNumber)
        members = zip(rows, claims).map { Member(row: $0.row, customer: $1, column: columns.documentNumber) }
    }

    init(contact masked: String, of contacts: [String]) {
        (kind, self.masked, self.contacts, members) = (.agentContact, masked, contacts, [])
    }

    static func mask(_ value: UInt64, _ kind: SharedValue.Kind, digits: Int) -> String {
        let text = String(value)
        if kind == .account { return Mask.account(String(repeating: "0", count: max(0, digits - text.count)) + text) }
        return isMobile(value) ? Mask.mobile(text) : Mask.landline("0" + text)
    }

    private static func isMobile(_ number: UInt64) -> Bool { number / 10_000_000_000 == 1 }

    /// Where a shared value stands.
    static func column(_ shared: SharedRecord, _ columns: IntakeColumns) -> Int {
        if shared.kind == .account { return columns.bankAccount }
        return isMobile(shared.value) ? columns.mobile : columns.landline
    }

    /// Whether this one comes before the other in the answer: which is met first in the file.
    func precedes(_ other: FileClue) -> Bool {
        (members[0].row, kind.rawValue, masked ?? "") < (other.members[0].row, other.kind.rawValue, other.masked ?? "")
    }
}
