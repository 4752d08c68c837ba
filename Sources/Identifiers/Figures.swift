/// Whole numbers of figures and nothing else, eight of them at a time.
package enum Figures {
    /// At most 19 figures; `nil` for none, for more, and for anything else among them.
    @inlinable
    package static func number(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt64? {
        let raw = UnsafeRawBufferPointer(bytes)
        guard (1...19).contains(raw.count) else { return nil }
        var (number, at) = (UInt64(0), 0)
        while at &+ 8 <= raw.count {
            let word = UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: at, as: UInt64.self)) ^ 0x3030_3030_3030_3030
            guard ((word &+ 0x7676_7676_7676_7676) | word) & 0x8080_8080_8080_8080 == 0 else { return nil }
            number = number &* 100_000_000 &+ joined(word)
            at &+= 8
        }
        while at < raw.count {
            let figure = raw[at] &- 48
            guard figure <= 9 else { return nil }
            number = number &* 10 &+ UInt64(figure)
            at &+= 1
        }
        return number
    }

    /// The first figure lies in the lowest byte. Pairs of them are joined, then pairs of pairs, then both fours.
    @inlinable @inline(__always)
    static func joined(_ figures: UInt64) -> UInt64 {
        let pairs = ((figures &* 10) &+ (figures >> 8)) & 0x00FF_00FF_00FF_00FF
        let fours = ((pairs &* 100) &+ (pairs >> 16)) & 0x0000_FFFF_0000_FFFF
        return ((fours &* 10_000) &+ (fours >> 32)) & 0xFFFF_FFFF
    }
}
