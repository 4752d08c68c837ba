/// Base64 with the URL alphabet and without padding (RFC 4648, section 5). The master key is written in
/// this form. Decoding is strict: one text for one value.
enum Base64URL {
    static func encode(_ bytes: UnsafeRawBufferPointer) -> String {
        String(unsafeUninitializedCapacity: (bytes.count * 4 + 2) / 3) { out in
            var written = 0
            var index = 0
            while index + 3 <= bytes.count {
                let group = UInt32(bytes[index]) << 16 | UInt32(bytes[index + 1]) << 8 | UInt32(bytes[index + 2])
                out[written] = character(group >> 18)
                out[written + 1] = character(group >> 12)
                out[written + 2] = character(group >> 6)
                out[written + 3] = character(group)
                written += 4
                index += 3
            }
            let rest = bytes.count - index
            guard rest > 0 else { return written }
            let group = UInt32(bytes[index]) << 16 | (rest == 2 ? UInt32(bytes[index + 1]) << 8 : 0)
            out[written] = character(group >> 18)
            out[written + 1] = character(group >> 12)
            if rest == 2 { out[written + 2] = character(group >> 6) }
            return written + rest + 1
        }
    }

    /// - Returns: `nil` for a foreign character, an impossible length, or bits left over that are not zero.
    static func decode(_ text: some Collection<UInt8>) -> [UInt8]? {
        guard text.count % 4 != 1 else { return nil }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count * 3 / 4)
        var group: UInt32 = 0
        var bits = 0
        for character in text {
            let value = Self.value(character)
            guard value < 64 else { return nil }
            group = group << 6 | UInt32(value)
            bits += 6
            if bits >= 8 {
                bits -= 8
                bytes.append(UInt8(truncatingIfNeeded: group >> UInt32(bits)))
                group &= (1 << UInt32(bits)) - 1
            }
        }
        return group == 0 ? bytes : nil
    }

    /// Sums instead of a table or a switch: what is encoded is random, and so would be the processor's guesses.
    @inline(__always)
    private static func character(_ group: UInt32) -> UInt8 {
        let value = UInt8(truncatingIfNeeded: group) & 63
        var character = value &+ UInt8(ascii: "A")
        character &+= value > 25 ? 6 : 0
        character &-= value > 51 ? 75 : 0
        character &-= value == 62 ? 13 : 0
        character &+= value == 63 ? 36 : 0
        return character
    }

    /// 64 for what is no character of the alphabet.
    @inline(__always)
    private static func value(_ character: UInt8) -> UInt8 {
        switch character {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): character - UInt8(ascii: "A")
        case UInt8(ascii: "a")...UInt8(ascii: "z"): character - UInt8(ascii: "a") + 26
        case UInt8(ascii: "0")...UInt8(ascii: "9"): character - UInt8(ascii: "0") + 52
        case UInt8(ascii: "-"): 62
        case UInt8(ascii: "_"): 63
        default: 64
        }
    }
}
