package enum Mobile {
    /// Judges a mobile number as typed, with or without +86, 0086 or 86, spaces and hyphens.
    ///
    /// `mobileFormat` for what is not 11 digits of a range that persons use (machines' numbers of 13 digits among them),
    /// `mobileJunk` for fillers and for hot lines given as a person's number.
    package static func check(_ bytes: UnsafeBufferPointer<UInt8>, junk: JunkNumbers = .usual) -> Telephone.Finding {
        if let number = clean(bytes) { return judge(number, junk) }
        return Telephone.withPlain(bytes, .dropHyphens) { plain in
            guard !plain.isEmpty, plain.count <= 13, plain.allSatisfy(isDigit) else { return Telephone.Finding(.mobileFormat) }
            if Telephone.isHotLine(plain) { return Telephone.Finding(.mobileJunk) }
            guard plain.count == 11 else { return Telephone.Finding(.mobileFormat) }
            return judge(plain.reduce(0) { $0 * 10 + UInt64($1 - 48) }, junk)
        }
    }

    package static func check(_ text: String, junk: JunkNumbers = .usual) -> Telephone.Finding { text.withBytes { check($0, junk: junk) } }

    /// Eleven digits and nothing else.
    private static func clean(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt64? {
        guard bytes.count == 11 else { return nil }
        var number: UInt64 = 0
        for byte in bytes {
            guard isDigit(byte) else { return nil }
            number = number &* 10 &+ UInt64(byte &- 48)
        }
        return number
    }

    private static func judge(_ number: UInt64, _ junk: JunkNumbers) -> Telephone.Finding {
        guard isInUse(number / 100_000_000) else { return Telephone.Finding(.mobileFormat) }
        return Telephone.Finding(junk.contains(number) ? FaultSet(.mobileJunk) : FaultSet(), number: number)
    }

    /// 13x, 145-149, 150-153, 155-159, 162, 165-167, 170-178, 18x, 190-193, 195-199.
    private static func isInUse(_ prefix: UInt64) -> Bool {
        switch prefix {
        case 130...139, 145...149, 150...153, 155...159, 162, 165...167, 170...178, 180...189, 190...193, 195...199: true
        default: false
        }
    }
}
