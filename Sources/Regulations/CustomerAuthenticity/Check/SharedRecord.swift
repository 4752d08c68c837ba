import Identifiers
import Tables

/// One value that a row has, and whose it is.
package struct SharedRecord: Sendable {
    let value: UInt64
    let tag: UInt32
    /// The number that a spreadsheet shows beside the row.
    let row: UInt32
    /// The customer; for applicants and holders of accounts the name, for a document what is said of its person.
    let key: UInt64

    init(_ shared: SharedValue, row: Int, key: UInt64) {
        (value, tag, self.row, self.key) = (shared.value, shared.tag, UInt32(truncatingIfNeeded: row), key)
    }

    var kind: SharedValue.Kind { SharedValue.Kind(rawValue: tag & 7) ?? .phone }
    var meetingTag: UInt32 { tag & 2 == 0 ? tag : tag | 1 }

    /// Well mixed, the same for all records that can meet.
    @inline(__always)
    var hash: UInt64 {
        var mixed = (value ^ UInt64(meetingTag) << 40) &* 0x9E37_79B9_7F4A_7C15
        mixed ^= mixed >> 32
        return mixed &* 0xD6E8_FEB8_6659_FD93
    }

    func meets(_ other: SharedRecord) -> Bool { value == other.value && meetingTag == other.meetingTag }
}

/// Draws the records of clues, and for a check those of applicants and holders, from the rows of a chunk.
package struct RecordDrawer: Sendable {
    let columns: IntakeColumns
    let drawsHolders: Bool

    func draw(_ row: TableRow, _ cells: PersonCells, into records: inout [SharedRecord]) {
        var mobile = SharedValue.mobile(cells.mobile), landline = SharedValue.landline(cells.landline)
        var account = SharedValue.account(cells.bankAccount)
        if let damages = cells.damages {
            // What a spreadsheet has spoilt is shared with nobody.
            if damages[.mobile] != .none { mobile = nil }
            if damages[.landline] != .none { landline = nil }
            if damages[.bankAccount] != .none { account = nil }
        }
        let hasDocument = !isBlank(cells.documentNumber)
        if hasDocument || mobile != nil || landline != nil || account != nil, let customer = CustomerKey(cells) {
            if let mobile { records.append(SharedRecord(mobile, row: row.number, key: customer.bits)) }
            if let landline { records.append(SharedRecord(landline, row: row.number, key: customer.bits)) }
            if let account { records.append(SharedRecord(account, row: row.number, key: customer.bits)) }
            if hasDocument, let identity = SharedValue.identity(cells, customer) {
                records.append(SharedRecord(identity, row: row.number, key: IdentityClaim(cells).bits))
            }
        }
        if drawsHolders, !row.isDamaged || row.damage(columns.applicationNo) == .none { drawHolder(row, cells, into: &records) }
    }

    private func drawHolder(_ row: TableRow, _ cells: PersonCells, into records: inout [SharedRecord]) {
        let isApplicant = Role(cells.role) == .applicant
        // Without the applicant's name nobody can say whether the account is the applicant's.
        if isApplicant, cells.damages.map({ $0[.name] != .none }) ?? false { return }
        if isApplicant, !isBlank(cells.name), let application = SharedValue.application(row[columns.applicationNo], .applicant) {
            records.append(SharedRecord(application, row: row.number, key: PersonName.hash(cells.name)))
        }
        // Most holders are the person in whose own row they stand.
        if isBlank(cells.accountHolder) || cells.damages.map({ $0[.accountHolder] != .none }) ?? false { return }
        // An insured or a beneficiary has an account of his own for what is paid to him; no premium comes from it.
        if PersonName.agree(cells.accountHolder, cells.name) { return }
        if let application = SharedValue.application(row[columns.applicationNo], .holder) {
            records.append(SharedRecord(application, row: row.number, key: PersonName.hash(cells.accountHolder)))
        }
    }
}
