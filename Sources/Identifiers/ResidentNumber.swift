/// The resident identity number, GB 11643-1999: 18 characters, or the 15 digits of the cards before 1999.
package enum ResidentNumber {
    /// Judges a number as typed: spaces, hyphens, full-width characters and look-alikes of X are taken for what they mean.
    ///
    /// Of length, characters, region, date and check only the first that applies is given. What the number tells of its holder
    /// (`birth`, `sex`, `region`) is given only when none does.
    /// - Parameter today: yyyymmdd; nobody is born after it.
    /// - Parameter counties: where given, regions that it does not know warn. Without it only a region that names no county at all does.
    package static func check(_ text: String, today: Int32, counties: CountyTable? = nil) -> CheckResult {
        text.withBytes { check($0, today: today, counties: counties) }
    }

    /// The same from the bytes of a UTF-8 text, without allocation.
    package static func check(_ bytes: UnsafeBufferPointer<UInt8>, today: Int32, counties: CountyTable? = nil) -> CheckResult {
        var finding: CheckResult
        if bytes.count == 18, let start = bytes.baseAddress, let number = EighteenDigits(start) {
            finding = judge(number, today: today)
        } else {
            finding = checkTyped(bytes, today: today)
        }
        if let counties, finding.region != 0, !counties.contains(finding.region) { finding.faults.insert(.idCountyUnknown) }
        return finding
    }

    /// What the 18th character should be if the first 17 are right; `nil` unless there are 17 digits and one more character.
    package static func checkCharacter(for text: String) -> Character? {
        text.withBytes { bytes in
            withPlain(bytes) { plain in
                guard plain.count == 18 else { return nil }
                plain[17] = UInt8(ascii: "0")
                guard let start = plain.baseAddress, let number = EighteenDigits(start) else { return nil }
                return number.expected == 10 ? "X" : Character(Unicode.Scalar(UInt8(48 + number.expected)))
            }
        }
    }

    @inline(never)
    private static func checkTyped(_ bytes: UnsafeBufferPointer<UInt8>, today: Int32) -> CheckResult {
        withPlain(bytes) { plain in
            guard plain.count == 18 || plain.count == 15, let start = plain.baseAddress else { return CheckResult(.idLength) }
            if plain.count == 15 { return checkOld(plain, today: today) }
            guard let number = EighteenDigits(start) else { return CheckResult(.idCharacters) }
            return judge(number, today: today)
        }
    }

    private static func checkOld(_ plain: UnsafeMutableBufferPointer<UInt8>, today: Int32) -> CheckResult {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 18) { modern in
            guard modernise(plain, into: modern), let start = modern.baseAddress, let number = EighteenDigits(start)
            else { return CheckResult(.idCharacters) }
            var finding = judge(number, today: today)
            finding.faults.insert(.idOld)
            return finding.faults.hasBlock ? CheckResult(finding.faults.blocks) : finding
        }
    }

    /// Writes the 18 characters of an old number: the century is the 20th, and the check character is worked out.
    /// False when the 15 are not all digits.
    static func modernise(_ old: UnsafeMutableBufferPointer<UInt8>, into modern: UnsafeMutableBufferPointer<UInt8>) -> Bool {
        for place in 0..<6 { modern[place] = old[place] }
        (modern[6], modern[7]) = (UInt8(ascii: "1"), UInt8(ascii: "9"))
        for place in 6..<15 { modern[place + 2] = old[place] }
        modern[17] = UInt8(ascii: "0")
        guard let start = modern.baseAddress, let number = EighteenDigits(start) else { return false }
        modern[17] = number.expected == 10 ? UInt8(ascii: "X") : UInt8(48 + number.expected)
        return true
    }

    @inline(__always)
    private static func judge(_ number: EighteenDigits, today: Int32) -> CheckResult {
        guard isProvince(number.province) else { return CheckResult(.idRegion) }
        guard number.isBorn(by: today) else { return CheckResult(.idDate) }
        guard number.check == number.expected else { return CheckResult(.idCheck) }
        var faults = FaultSet()
        // Old and reorganised codes are real, so the codes here are not held against a table; 0000 names a whole province,
        // which nobody's number does but those of Hong Kong, Macau and Taiwan.
        if number.city | number.county == 0, number.province / 10 != 8 { faults.insert(.idCountyUnknown) }
        if number.sequence == 0 { faults.insert(.idSequence) }
        return CheckResult(faults, birth: number.birth, region: number.region, sex: number.sequence & 1 == 1 ? .male : .female)
    }

    /// 11-15, 21-23, 31-37, 41-46, 50-54, 61-65, 71, 81-83 (GB/T 2260; 91 is not issued to residents), a bit each.
    @inline(__always)
    static func isProvince(_ code: Int32) -> Bool {
        let low: UInt64 = 0xE07C_7E3F_80E0_F800
        let high: UInt64 = 0xE0083
        return (code < 64 ? low : high) >> UInt64(truncatingIfNeeded: code & 63) & 1 == 1
    }
}
