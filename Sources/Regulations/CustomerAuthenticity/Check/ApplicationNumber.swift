/// The number of an application, a policy or an agent: one however it is typed, with spaces or hyphens, full-width, in either case, or as a
/// spreadsheet's `2026001.0`.
enum ApplicationNumber {
    static func normalForm(_ text: String) -> String {
        var text = text
        return text.withUTF8 { withNormalForm($0) { String(decoding: $0, as: UTF8.self) } }
    }

    /// Calls `body` with the normal form in UTF-8; a number that has it already is not copied.
    static func withNormalForm<R>(_ bytes: UnsafeBufferPointer<UInt8>, _ body: (UnsafeBufferPointer<UInt8>) -> R) -> R {
        if isNormal(bytes) { return body(bytes) }
        var text = String.UnicodeScalarView()
        for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
            switch scalar.value {
            case 0x200B...0x200F, 0x2060, 0xFEFF: continue
            case 0x2D, 0xAD, 0x2010...0x2015, 0x2212, 0xFE58, 0xFE63, 0xFF0D: continue
            case 0xFF01...0xFF5E: text.append(Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar)
            default: if !scalar.isSpace { text.append(scalar) }
            }
        }
        var number = String(text).uppercased()
        if let point = number.lastIndex(of: "."), number[number.index(after: point)...].allSatisfy({ $0 == "0" }),
            number.index(after: point) < number.endIndex, number[..<point].allSatisfy({ $0.isASCII && $0.isNumber }),
            point > number.startIndex
        {
            number = String(number[..<point])
        }
        return number.withUTF8(body)
    }

    /// Capital letters and figures, as nearly every number has.
    private static func isNormal(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        bytes.allSatisfy { $0 &- 48 <= 9 || $0 &- 65 <= 25 }
    }
}
