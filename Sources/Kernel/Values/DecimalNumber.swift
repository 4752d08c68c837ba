/// A number with digits after the point, kept exactly as so many tenths, hundredths …: 12.50 is 125 tenths. Sums, differences and products
/// are exact; what a field took is small enough that the product of two, and the sum of a hundred such products, always have room.
package struct DecimalNumber: Sendable, Hashable {
    /// In units of the last place.
    private let unscaled: Int128
    /// How many digits stand after the point; the last of them is not 0, so that equal numbers are the same.
    package let places: Int

    /// What a field takes at most: beyond, a spreadsheet would not keep every digit.
    package static let greatestInField = 1_000_000_000_000
    private static let mostWholeDigits = 18
    private static let mostPlaces = 18

    private init(_ unscaled: Int128, places: Int) {
        var (unscaled, places) = (unscaled, places)
        while places > 0, unscaled % 10 == 0 { (unscaled, places) = (unscaled / 10, places - 1) }
        (self.unscaled, self.places) = (unscaled, places)
    }

    /// Reads a number as people and spreadsheets write it: `1234.5`, `1,234.50`, `－１２．５`, spaces around it. `nil` for anything else: a unit
    /// behind it, commas that do not part thousands, an exponent.
    package init?(loose text: String) {
        guard text.utf8.count <= 100 else { return nil }
        var plain = Self.plain(text)[...]
        let isNegative = plain.first == "-"
        if isNegative || plain.first == "+" { plain = plain.dropFirst() }
        let parts = plain.split(separator: ".", maxSplits: 2, omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), let whole = Self.withoutCommas(parts[0]) else { return nil }
        let fraction = parts.count == 2 ? String(parts[1]) : ""
        let digits = whole + fraction
        guard !digits.isEmpty, digits.allSatisfy({ $0.isASCII && $0.isNumber }), whole.count <= Self.mostWholeDigits,
            fraction.count <= Self.mostPlaces, let unscaled = Int128(digits)
        else { return nil }
        self.init(isNegative ? -unscaled : unscaled, places: fraction.count)
    }

    /// In half width, without the spaces around it.
    private static func plain(_ text: String) -> String {
        var plain = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0xFF01...0xFF5E: plain.append(Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar)
            case 0x2212: plain.append("-")
            case 0x3002: plain.append(".")
            default: plain.append(scalar.properties.isWhitespace ? " " : scalar)
            }
        }
        return String(plain).trimmingSpaces
    }

    /// `nil` where a comma stands elsewhere than before three digits.
    private static func withoutCommas(_ text: Substring) -> String? {
        let groups = text.split(separator: ",", omittingEmptySubsequences: false)
        if groups.count > 1, !(1...3).contains(groups[0].count) || groups.dropFirst().contains(where: { $0.count != 3 }) { return nil }
        return groups.joined()
    }

    /// Rounded to so many places, halves away from zero (四舍五入).
    package func rounded(to wanted: Int) -> DecimalNumber {
        if places <= wanted { return self }
        let unit = Self.power(places - wanted), half = unit / 2
        return DecimalNumber((unscaled + (unscaled < 0 ? -half : half)) / unit, places: wanted)
    }

    /// With at least so many digits after the point: 12.50.
    package func text(places wanted: Int) -> String {
        let shown = max(places, wanted), digits = String((unscaled * Self.power(shown - places)).magnitude)
        let padded = String(repeating: "0", count: max(0, shown + 1 - digits.count)) + digits
        let sign = unscaled < 0 ? "-" : ""
        return shown == 0 ? sign + padded : "\(sign)\(padded.dropLast(shown)).\(padded.suffix(shown))"
    }

    private static func power(_ exponent: Int) -> Int128 { (0..<exponent).reduce(1) { power, _ in power * 10 } }

    private func unscaled(at wanted: Int) -> Int128 { unscaled * Self.power(wanted - places) }

    private static func aligned(_ one: DecimalNumber, _ other: DecimalNumber) -> (Int128, Int128, places: Int) {
        let places = max(one.places, other.places)
        return (one.unscaled(at: places), other.unscaled(at: places), places)
    }
}

extension DecimalNumber: Comparable, AdditiveArithmetic, ExpressibleByIntegerLiteral, ExpressibleByStringLiteral, CustomStringConvertible {
    package init(integerLiteral number: Int) { self.init(Int128(number), places: 0) }

    /// A number that stands in a regulation: `"0.01"`. A literal with a point would pass through a binary fraction.
    package init(stringLiteral text: String) {
        guard let number = DecimalNumber(loose: text) else { preconditionFailure("\(text) is no decimal number") }
        self = number
    }

    package init(_ number: Int) { self.init(Int128(number), places: 0) }

    package static var zero: DecimalNumber { 0 }

    package static func < (one: DecimalNumber, other: DecimalNumber) -> Bool {
        let (one, other, _) = aligned(one, other)
        return one < other
    }
    package static func + (one: DecimalNumber, other: DecimalNumber) -> DecimalNumber {
        let (one, other, places) = aligned(one, other)
        return DecimalNumber(one + other, places: places)
    }
    package static func - (one: DecimalNumber, other: DecimalNumber) -> DecimalNumber { one + -other }
    package static prefix func - (number: DecimalNumber) -> DecimalNumber { DecimalNumber(-number.unscaled, places: number.places) }
    package static func * (one: DecimalNumber, other: DecimalNumber) -> DecimalNumber {
        DecimalNumber(one.unscaled * other.unscaled, places: one.places + other.places)
    }
    package static func * (one: DecimalNumber, count: Int) -> DecimalNumber { one * DecimalNumber(count) }

    /// As it is kept: `12.5`.
    package var description: String { text(places: 0) }
}

extension DecimalNumber: PresentValue {
    package init?(stored: JSONValue) {
        switch stored {
        case .text(let text): self.init(loose: text)
        case .whole(let number): self.init(Int(number))
        default: return nil
        }
    }
    package var stored: JSONValue { .text(description) }
}

extension String {
    fileprivate var trimmingSpaces: String {
        var text = self[...]
        while text.first == " " { text.removeFirst() }
        while text.last == " " { text.removeLast() }
        return String(text)
    }
}
