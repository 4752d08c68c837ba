/// Whether a spreadsheet program may take a cell for a formula: it begins with = + - @ or their full-width forms, or a tab, also behind
/// blanks and characters that nobody sees (OWASP, "CSV Injection").
enum FormulaGuard {
    static func applies(to field: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let first = field.first else { return false }
        switch first {
        case UInt8(ascii: "="), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "@"), UInt8(ascii: "\t"), .carriageReturn: return true
        // Letters, digits and most of the Chinese script begin otherwise.
        case 0x21...0x7E, 0xE4...0xED: return false
        default: return startsHidden(field)
        }
    }

    private static func startsHidden(_ field: UnsafeBufferPointer<UInt8>) -> Bool {
        for scalar in String(decoding: field.prefix(longest), as: UTF8.self).unicodeScalars {
            if signs.contains(scalar) { return true }
            guard isUnseen(scalar) else { return false }
        }
        // Nothing but what nobody sees, for so long: what follows is not worth the risk.
        return field.count > longest
    }

    private static let longest = 256
    private static let signs: Set<Unicode.Scalar> = [
        "=", "+", "-", "@", "\u{FF1D}", "\u{FF0B}", "\u{FF0D}", "\u{FF20}", "\u{FE62}", "\u{FE63}", "\u{FE66}", "\u{FE6B}",
    ]

    private static func isUnseen(_ scalar: Unicode.Scalar) -> Bool {
        let properties = scalar.properties
        return properties.isWhitespace || properties.isDefaultIgnorableCodePoint || properties.generalCategory == .control
            || properties.generalCategory == .format
    }
}
