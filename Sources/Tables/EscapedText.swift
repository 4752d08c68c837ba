import Glibc

/// A workbook writes characters that XML cannot hold as `_x000D_` (ECMA-376 part 1, 22.9.2.19, ST_Xstring).
enum EscapedText {
    /// Undoes the escapes in the text from here to the end of the buffer.
    static func undo(in text: ByteBuffer, from start: Int) {
        let bytes = text.base
        guard let first = memchr(bytes + start, Int32(UInt8(ascii: "_")), text.count - start) else { return }
        var from = UnsafePointer(first.assumingMemoryBound(to: UInt8.self)) - UnsafePointer(bytes)
        var to = from
        while from < text.count {
            if bytes[from] == UInt8(ascii: "_"), let scalar = escape(bytes + from, available: text.count - from) {
                // Seven bytes become three at most.
                for byte in String(scalar).utf8 {
                    bytes[to] = byte
                    to += 1
                }
                from += 7
            } else {
                bytes[to] = bytes[from]
                from += 1
                to += 1
            }
        }
        text.cut(at: to)
    }

    /// Text that looks like an escape, escaped in its turn, so that it comes back as it was. Zero-terminated.
    static func protect(_ text: UnsafePointer<CChar>) -> [CChar]? {
        guard strstr(text, "_x") != nil else { return nil }
        let count = strlen(text)
        let bytes = UnsafeRawPointer(text).assumingMemoryBound(to: UInt8.self)
        var result: [CChar] = []
        for at in 0..<count {
            if bytes[at] == UInt8(ascii: "_"), escape(bytes + at, available: count - at) != nil {
                result += "_x005F".utf8.map { CChar(bitPattern: $0) }
            }
            result.append(text[at])
        }
        return result + [0]
    }

    private static func escape(_ bytes: UnsafePointer<UInt8>, available: Int) -> Unicode.Scalar? {
        guard available >= 7, bytes[1] == UInt8(ascii: "x"), bytes[6] == UInt8(ascii: "_") else { return nil }
        var value: UInt32 = 0
        for i in 2..<6 {
            guard let digit = Character(Unicode.Scalar(bytes[i])).hexDigitValue else { return nil }
            value = value << 4 | UInt32(digit)
        }
        return Unicode.Scalar(value)
    }
}
