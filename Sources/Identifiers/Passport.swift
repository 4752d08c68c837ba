package enum Passport {
    /// Passports whose numbering is known pass: those of China, old and new, of Hong Kong (K and eight digits), Macau (MA and seven) and
    /// Taiwan (nine digits). Five to seventeen letters and digits may be a foreign one, about which nothing more can be told: they warn.
    package static func check(_ bytes: UnsafeBufferPointer<UInt8>) -> CheckResult {
        withPlain(bytes) { plain in
            if isKnown(plain) { return CheckResult() }
            guard (5...17).contains(plain.count), plain.allSatisfy({ isDigit($0) || isLetter($0) }), plain.contains(where: isDigit)
            else { return CheckResult(.documentFormat) }
            return CheckResult(.documentUnverified)
        }
    }

    package static func check(_ text: String) -> CheckResult { text.withBytes { check($0) } }

    private static func isKnown(_ plain: UnsafeMutableBufferPointer<UInt8>) -> Bool {
        let digits = plain.reversed().prefix(while: isDigit).count
        let letters = plain.dropLast(digits)
        return switch digits {
        case 8: letters.count == 1 && "GEDSPK".utf8.contains(letters[0])
        case 7: isPrefixOfSeven(letters)
        // 14 or 15 and seven digits, the oldest, and those of Taiwan.
        case 9: letters.isEmpty
        default: false
        }
    }

    /// P. S. D P, before 2007; DE SE PE; MA of Macau; E and a letter, which is never I or O, since 2017-04-05.
    private static func isPrefixOfSeven(_ letters: Slice<UnsafeMutableBufferPointer<UInt8>>) -> Bool {
        if ["P.", "S.", "D", "P", "DE", "SE", "PE", "MA"].contains(where: { letters.elementsEqual($0.utf8) }) { return true }
        guard letters.count == 2, letters[0] == UInt8(ascii: "E") else { return false }
        return isLetter(letters[1]) && letters[1] != UInt8(ascii: "I") && letters[1] != UInt8(ascii: "O")
    }
}
