/// How numbers printed on a pack are written: full-width forms become ASCII, spaces go, letters are capitals.
enum PlainCode {
    static func normalForm(_ typed: String) -> String {
        var plain = ""
        for scalar in typed.unicodeScalars {
            switch scalar.value {
            case 0xFF01...0xFF5E: plain.unicodeScalars.append(Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar)
            case 0x3000, 0x200B...0x200D, 0xFEFF: continue
            default: if !scalar.properties.isWhitespace { plain.unicodeScalars.append(scalar) }
            }
        }
        return plain.uppercased()
    }

    /// O and 0, I and 1 are taken for each other on packs: a hint, never the same number.
    static func lookalike(_ typed: String) -> String {
        String(normalForm(typed).map { $0 == "O" ? "0" : $0 == "I" || $0 == "L" ? "1" : $0 })
    }
}
