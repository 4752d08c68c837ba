package enum Passport {
    /// Chinese passports (G, E, D, S or P and eight digits; E, a letter and seven digits) pass. Five to seventeen letters and digits
    /// may be a foreign one, about which nothing more can be told: they warn.
    package static func check(_ bytes: UnsafeBufferPointer<UInt8>) -> Finding {
        withPlain(bytes) { plain in
            guard (5...17).contains(plain.count), plain.allSatisfy({ isDigit($0) || isLetter($0) }), plain.contains(where: isDigit)
            else { return Finding(.documentFormat) }
            return isChinese(plain) ? Finding() : Finding(.documentUnverified)
        }
    }

    package static func check(_ text: String) -> Finding { text.withBytes { check($0) } }

    private static func isChinese(_ plain: UnsafeMutableBufferPointer<UInt8>) -> Bool {
        guard plain.count == 9, plain[2...].allSatisfy(isDigit) else { return false }
        return switch plain[0] {
        case UInt8(ascii: "E"): true
        case UInt8(ascii: "G"), UInt8(ascii: "D"), UInt8(ascii: "S"), UInt8(ascii: "P"): isDigit(plain[1])
        default: false
        }
    }
}
