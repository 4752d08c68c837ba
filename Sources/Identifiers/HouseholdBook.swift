package enum HouseholdBook {
    /// The register gives each person's resident number, which is judged as such; the number of the book itself, 6 to 20 letters and
    /// digits, differs from place to place and can only be noted.
    /// - Parameter today: yyyymmdd.
    package static func check(_ bytes: UnsafeBufferPointer<UInt8>, today: Int32, counties: CountyTable? = nil) -> CheckResult {
        withPlain(bytes, atMost: 20) { plain in
            if plain.count == 18 || (plain.count == 15 && plain.allSatisfy(isDigit)) {
                return ResidentNumber.check(UnsafeBufferPointer(plain), today: today, counties: counties)
            }
            let isBook =
                plain.count >= 6 && plain.contains(where: isDigit)
                && plain.allSatisfy { isDigit($0) || isLetter($0) || $0 == PlainCharacters.unknown }
            return CheckResult(isBook ? .documentUnverified : .documentFormat)
        }
    }

    package static func check(_ text: String, today: Int32) -> CheckResult { text.withBytes { check($0, today: today) } }
}
