/// Makes plain what people type: full-width forms, look-alikes of X, and the spaces and hyphens that only group.
enum PlainCharacters {
    /// Stands for any character that has no plain form here.
    static let unknown: UInt8 = 0
    /// Stands for control characters and for bytes that are no UTF-8, which belong in no value.
    static let damaged: UInt8 = 1

    enum Group { case keepHyphens, dropHyphens }

    /// Writes the plain characters of a UTF-8 text: ASCII with upper-case letters, one byte a character, without spaces.
    /// Answers how many there are, or one more than fits: the rest of a text that is too long anyway is not read.
    static func copy(
        _ typed: UnsafeBufferPointer<UInt8>, into plain: UnsafeMutableBufferPointer<UInt8>, _ group: Group = .dropHyphens
    ) -> Int {
        var (place, count) = (0, 0)
        while place < typed.count {
            let (scalar, width) = scalar(typed, at: place)
            place += width
            guard let byte = plainForm(scalar) else { continue }
            if byte == UInt8(ascii: "-"), group == .dropHyphens { continue }
            guard count < plain.count else { return count + 1 }
            plain[count] = byte
            count += 1
        }
        return count
    }

    /// The character at a place and how many bytes it takes; a byte that is no UTF-8 counts as one damaged character.
    static func scalar(_ bytes: UnsafeBufferPointer<UInt8>, at place: Int) -> (scalar: UInt32, width: Int) {
        let first = bytes[place]
        if first < 0x80 { return (UInt32(first), 1) }
        // Nearly all that is not ASCII: three bytes, Chinese.
        if first & 0xF0 == 0xE0, place + 2 < bytes.count, bytes[place + 1] & 0xC0 == 0x80, bytes[place + 2] & 0xC0 == 0x80 {
            return (UInt32(first & 0xF) << 12 | UInt32(bytes[place + 1] & 0x3F) << 6 | UInt32(bytes[place + 2] & 0x3F), 3)
        }
        let width = first >= 0xC2 && first < 0xE0 ? 2 : first >= 0xF0 && first < 0xF5 ? 4 : 0
        guard width > 0, place + width <= bytes.count else { return (0xFFFD, 1) }
        var scalar = UInt32(first) & (0xFF >> UInt32(width + 1))
        for next in 1..<width {
            let byte = bytes[place + next]
            guard byte & 0xC0 == 0x80 else { return (0xFFFD, 1) }
            scalar = scalar << 6 | UInt32(byte & 0x3F)
        }
        return (scalar, width)
    }

    /// `nil` for what only separates.
    static func plainForm(_ scalar: UInt32) -> UInt8? {
        switch scalar {
        case 0x61...0x7A: UInt8(scalar - 0x20)
        case 0x20, 0x09, 0x0A, 0x0D: nil
        case 0x21...0x7E: UInt8(scalar)
        case 0xFF41...0xFF5A: UInt8(scalar - 0xFF41 + 0x41)
        case 0xFF0D: UInt8(ascii: "-")
        case 0xFF01...0xFF5E: UInt8(scalar - 0xFF01 + 0x21)
        // No-break, thin, zero-width and ideographic spaces, and the byte order mark.
        case 0xA0, 0x2000...0x200F, 0x202F, 0x2060, 0x3000, 0xFEFF: nil
        // Hyphens, dashes and the minus sign.
        case 0x2010...0x2015, 0x2212: UInt8(ascii: "-")
        // Cyrillic Ha, Greek Chi, the multiplication sign and the Roman ten look like X.
        case 0x425, 0x445, 0x3A7, 0x3C7, 0xD7, 0x2169, 0x2179: UInt8(ascii: "X")
        case 0...0x1F, 0x7F...0x9F, 0xFFFD: damaged
        default: unknown
        }
    }
}

extension String {
    /// The UTF-8 of the text, in place where it lies in one piece.
    @inline(__always)
    func withBytes<R>(_ body: (UnsafeBufferPointer<UInt8>) -> R) -> R {
        if let result = utf8.withContiguousStorageIfAvailable(body) { return result }
        return Array(utf8).withUnsafeBufferPointer(body)
    }
}
