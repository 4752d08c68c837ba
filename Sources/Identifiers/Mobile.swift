package enum Mobile {
    /// Judges a mobile number as typed, with or without +86, 0086 or 86, spaces and hyphens.
    ///
    /// `mobileFormat` for what is not 11 digits of a range that persons use (machines' numbers of 13 digits among them),
    /// `mobileJunk` for fillers and for hot lines given as a person's number; `mobileSatellite` and `mobileMachine` warn.
    package static func check(_ bytes: UnsafeBufferPointer<UInt8>, junk: JunkNumbers = .usual) -> Telephone.CheckResult {
        if let number = clean(bytes) { return judge(number, junk) }
        return Telephone.withPlain(bytes, .dropHyphens) { plain in
            guard !plain.isEmpty, plain.count <= 13, plain.allSatisfy(isDigit) else { return Telephone.CheckResult(.mobileFormat) }
            if Telephone.isHotLine(plain) { return Telephone.CheckResult(.mobileJunk) }
            guard plain.count == 11 else { return Telephone.CheckResult(.mobileFormat) }
            return judge(plain.reduce(0) { $0 * 10 + UInt64($1 - 48) }, junk)
        }
    }

    package static func check(_ text: String, junk: JunkNumbers = .usual) -> Telephone.CheckResult {
        text.withBytes { check($0, junk: junk) }
    }

    /// Eleven digits and nothing else.
    private static func clean(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt64? {
        bytes.count == 11 ? Figures.number(bytes) : nil
    }

    private static func judge(_ number: UInt64, _ junk: JunkNumbers) -> Telephone.CheckResult {
        guard let range = Range(number) else { return Telephone.CheckResult(.mobileFormat) }
        if junk.contains(number) { return Telephone.CheckResult([.mobileJunk], number: number) }
        return switch range {
        case .person: Telephone.CheckResult(number: number)
        case .satellite: Telephone.CheckResult([.mobileSatellite], number: number)
        case .machine: Telephone.CheckResult([.mobileMachine], number: number)
        }
    }

    /// Who is reached by the numbers of a range: the ministry's table of assigned numbers (2023-03). The range no longer tells the carrier,
    /// and those of resellers (162, 165, 167, 170, 171) are persons' like any other.
    private enum Range {
        case person, satellite, machine

        /// `nil` where nobody is: 142, 143, 154, 164, 179, 194 and what is left of 161, 174 and 1349.
        init?(_ number: UInt64) {
            switch number / 100_000_000 {
            case 130...133, 135...139, 145, 147, 149, 150...153, 155...159, 162, 165...167, 170...173, 175...178, 180...189, 190...193,
                195...199:
                self = .person
            case 134: self.init(134, next: number / 1_000_000 % 100)
            case 146, 148: self = .machine
            case 161 where number / 10_000_000 == 1619: self = .satellite
            case 174: self.init(174, next: number / 1_000_000 % 100)
            default: return nil
            }
        }

        /// - Parameter next: the fourth and the fifth digit.
        private init?(_ prefix: Int, next: UInt64) {
            switch (prefix, next) {
            case (134, 0..<90): self = .person
            case (134, 92), (134, 93), (134, 99), (174, 0...9), (174, 10...12), (174, 90...99): self = .satellite
            default: return nil
            }
        }
    }
}
