import Identifiers

/// What of a row can be found again in another row: a telephone or an account number, one to one, the application that it stands in, as a
/// keyed hash of 93 bits, or the document of its person, as `CustomerKey` has it.
package struct SharedValue: Sendable, Hashable {
    package enum Kind: UInt32, Sendable { case phone, account, applicant, holder, identity }

    package let value: UInt64
    /// The kind, and what the value does not hold: how many digits an account has, so that leading zeros count; more of a hash.
    package let tag: UInt32
    package var kind: Kind { Kind(rawValue: tag & 7) ?? .phone }
    /// The same for all that can share the value: an application's applicants and the holders of its accounts meet.
    var meetingTag: UInt32 { tag & 2 == 0 ? tag : tag | 1 }

    init(_ kind: Kind, _ value: UInt64, more: UInt32 = 0) {
        self.value = value
        tag = kind.rawValue | more << 3
    }

    /// The mobile number; `nil` for what is none, for fillers and for hot lines.
    package static func mobile(_ cell: PersonCells.Cell) -> SharedValue? {
        if cell.isEmpty { return nil }
        let finding = Mobile.check(cell)
        return finding.number != 0 && !finding.faults.hasBlock ? SharedValue(.phone, finding.number) : nil
    }

    package static func landline(_ cell: PersonCells.Cell) -> SharedValue? {
        if cell.isEmpty { return nil }
        let finding = Landline.check(cell)
        return finding.number != 0 && finding.faults.isEmpty ? SharedValue(.phone, finding.number) : nil
    }

    /// The account; `nil` for what is none.
    package static func account(_ cell: PersonCells.Cell) -> SharedValue? {
        if let plain = digits(cell) { return plain }
        guard cell.count > 11, !BankAccount.check(cell).contains(.accountFormat), let key = BankAccount.matchKey(cell) else { return nil }
        var text = key.text
        return text.withUTF8 { digits(UnsafeBufferPointer(rebasing: $0.dropFirst("account:".utf8.count))) }
    }

    /// The document by which the row tells its person; `nil` without one, and for what only fills the cell.
    static func identity(_ cells: PersonCells, _ customer: CustomerKey) -> SharedValue? {
        let number = cells.documentNumber
        if number.count < 3 || cells.damages.map({ $0[.documentNumber] != .none }) ?? false { return nil }
        let hasDigit = number.contains { $0 &- 48 <= 9 || $0 >= 0xEF }
        return hasDigit && number.contains { $0 != number[0] } ? SharedValue(.identity, customer.bits) : nil
    }

    /// Sixteen figures of which a spreadsheet would have left just these: the last one is zero. That is common; only one that fails the
    /// check of card numbers too is no key.
    static func endsAsIfCut(_ cell: PersonCells.Cell) -> Bool { cell.count == 16 && cell[15] == UInt8(ascii: "0") }

    package static func application(_ cell: PersonCells.Cell, _ kind: Kind) -> SharedValue? {
        if isBlank(cell) { return nil }
        return ApplicationNumber.withNormalForm(cell) { number in
            var hasher = Hasher()
            hasher.combine(bytes: UnsafeRawBufferPointer(number))
            var more: UInt32 = 2_166_136_261
            for byte in number { more = (more ^ UInt32(byte)) &* 16_777_619 }
            return SharedValue(kind, UInt64(bitPattern: Int64(hasher.finalize())), more: more)
        }
    }

    private static func digits(_ cell: PersonCells.Cell) -> SharedValue? {
        guard cell.count >= 12, let number = Figures.number(cell) else { return nil }
        if endsAsIfCut(cell), !BankAccount.passesLuhn(cell) { return nil }
        // One digit again and again is no account.
        return cell.contains { $0 != cell[0] } ? SharedValue(.account, number, more: UInt32(cell.count)) : nil
    }
}
