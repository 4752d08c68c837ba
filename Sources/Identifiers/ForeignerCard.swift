/// The foreigner's permanent residence card.
package enum ForeignerCard {
    /// Since 2023-12: 9, province (2), the country's numeric code (3), birth date (8), sequence (3, odd for men), ISO 7064 MOD 11-2. No
    /// region stands where a resident number has one. Before: three letters and twelve digits; that 8-13 are the birth date (yymmdd) is not
    /// confirmed, so what does not agree with it warns (`documentUnverified`) and blocks nothing.
    /// - Parameter today: yyyymmdd.
    package static func check(_ bytes: UnsafeBufferPointer<UInt8>, today: Int32) -> CheckResult {
        withPlain(bytes) { plain in
            if plain.count == 15 { return checkOlder(plain) }
            guard plain.count == 18, plain[0] == UInt8(ascii: "9"), let start = plain.baseAddress else { return CheckResult(.documentFormat) }
            guard let number = EighteenDigits(start) else { return CheckResult(.idCharacters) }
            guard number.isBorn(by: today) else { return CheckResult(.idDate) }
            guard number.check == number.expected else { return CheckResult(.idCheck) }
            let province = number.province % 10 * 10 + number.city / 10
            let faults = ResidentNumber.isProvince(province) ? FaultSet() : FaultSet(.documentUnverified)
            return CheckResult(faults, birth: number.birth, sex: number.sequence & 1 == 1 ? .male : .female)
        }
    }

    package static func check(_ text: String, today: Int32) -> CheckResult { text.withBytes { check($0, today: today) } }

    private static func checkOlder(_ plain: UnsafeMutableBufferPointer<UInt8>) -> CheckResult {
        guard plain[..<3].allSatisfy(isLetter), plain[3...].allSatisfy(isDigit) else { return CheckResult(.documentFormat) }
        let birth = plain[7..<13].reduce(Int32(0)) { $0 * 10 + Int32($1 - 48) }
        // The card does not tell the century: 29 February passes where it existed in either.
        let isDay = CalendarDate.exists(19_000_000 + birth) || CalendarDate.exists(20_000_000 + birth)
        return isDay ? CheckResult(birth: birth) : CheckResult(.documentUnverified)
    }
}
