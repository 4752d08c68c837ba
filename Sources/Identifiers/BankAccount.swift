package enum BankAccount {
    /// Judges an account as typed: `accountFormat` unless there are 12 to 19 digits that are not all the same, `accountLuhn` (a
    /// warning: genuine cards fail it) where a card number's check digit does not agree. Accounts of 12, 17 and 18 digits have none.
    package static func check(_ bytes: UnsafeBufferPointer<UInt8>) -> FaultSet {
        if (12...19).contains(bytes.count), bytes.allSatisfy(isDigit) { return judge(bytes) }
        return withPlain(bytes) { plain in
            guard (12...19).contains(plain.count), plain.allSatisfy(isDigit) else { return FaultSet(.accountFormat) }
            return judge(UnsafeBufferPointer(plain))
        }
    }

    package static func check(_ text: String) -> FaultSet { text.withBytes { check($0) } }

    /// The check of card numbers (ISO/IEC 7812-1, annex B) over digits; nothing else may be among them.
    package static func passesLuhn(_ digits: UnsafeBufferPointer<UInt8>) -> Bool {
        var (sum, isDoubled) = (0, digits.count % 2 == 0)
        for byte in digits {
            let digit = Int(byte) - 48
            sum += isDoubled ? (digit < 5 ? digit * 2 : digit * 2 - 9) : digit
            isDoubled.toggle()
        }
        return sum % 10 == 0
    }

    /// The plain characters of an account of at most 19; more come as none.
    static func withPlain<R>(_ bytes: UnsafeBufferPointer<UInt8>, _ body: (UnsafeMutableBufferPointer<UInt8>) -> R) -> R {
        Identifiers.withPlain(bytes, atMost: 19, body)
    }

    /// The digits, so that equal accounts meet however they are grouped; `nil` when there are none or more than 19 characters.
    package static func matchKey(_ bytes: UnsafeBufferPointer<UInt8>) -> MatchKey? {
        withPlain(bytes) { MatchKey(.account, UnsafeBufferPointer($0)) }
    }

    package static func matchKey(_ text: String) -> MatchKey? { text.withBytes { matchKey($0) } }

    private static func judge(_ digits: UnsafeBufferPointer<UInt8>) -> FaultSet {
        if digits.allSatisfy({ $0 == digits[0] }) { return FaultSet(.accountFormat) }
        if digits.count == 12 || digits.count == 17 || digits.count == 18 { return FaultSet() }
        return passesLuhn(digits) ? FaultSet() : FaultSet(.accountLuhn)
    }
}
