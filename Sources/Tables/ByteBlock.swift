/// Sixty-four bytes looked at together. Answers are words with one bit a byte, lowest bit first.
///
/// After the vectorised structural indexing of Langdale and Lemire, "Parsing Gigabytes of JSON per Second" (2019); Swift has no
/// instruction to gather the sign bits of a vector, so a multiplication does it.
struct ByteBlock {
    private let a, b, c, d: SIMD16<UInt8>

    static let size = 64

    /// All 64 bytes must be readable.
    @inline(__always)
    init(_ bytes: UnsafePointer<UInt8>) {
        let raw = UnsafeRawPointer(bytes)
        a = raw.loadUnaligned(fromByteOffset: 0, as: SIMD16<UInt8>.self)
        b = raw.loadUnaligned(fromByteOffset: 16, as: SIMD16<UInt8>.self)
        c = raw.loadUnaligned(fromByteOffset: 32, as: SIMD16<UInt8>.self)
        d = raw.loadUnaligned(fromByteOffset: 48, as: SIMD16<UInt8>.self)
    }

    /// Some byte is beyond ASCII.
    @inline(__always)
    var hasHigh: Bool {
        let words = unsafeBitCast((a | b) | (c | d), to: SIMD2<UInt64>.self)
        return (words[0] | words[1]) & 0x8080_8080_8080_8080 != 0
    }

    @inline(__always)
    func contains(_ byte: UInt8) -> Bool {
        let wanted = SIMD16(repeating: byte)
        let words = unsafeBitCast((a .== wanted) .| (b .== wanted) .| (c .== wanted) .| (d .== wanted), to: SIMD2<UInt64>.self)
        return words[0] | words[1] != 0
    }

    @inline(__always)
    func equal(to byte: UInt8) -> UInt64 {
        let wanted = SIMD16(repeating: byte)
        return Self.gather(a .== wanted, b .== wanted, c .== wanted, d .== wanted)
    }

    /// Bytes that are not above 13 (NUL, tab and the line ends among them), or equal to one of two.
    @inline(__always)
    func control(or first: UInt8, or second: UInt8) -> UInt64 {
        let top = SIMD16<UInt8>(repeating: 13), first = SIMD16(repeating: first), second = SIMD16(repeating: second)
        return Self.gather(
            (a .<= top) .| (a .== first) .| (a .== second), (b .<= top) .| (b .== first) .| (b .== second),
            (c .<= top) .| (c .== first) .| (c .== second), (d .<= top) .| (d .== first) .| (d .== second))
    }

    private typealias Lanes = SIMDMask<SIMD16<Int8>>

    @inline(__always)
    private static func gather(_ a: Lanes, _ b: Lanes, _ c: Lanes, _ d: Lanes) -> UInt64 {
        gather(a) | gather(b) << 16 | gather(c) << 32 | gather(d) << 48
    }

    @inline(__always)
    private static func gather(_ lanes: Lanes) -> UInt64 {
        let words = unsafeBitCast(lanes, to: SIMD2<UInt64>.self)
        return gather(UInt64(littleEndian: words[0])) | gather(UInt64(littleEndian: words[1])) << 8
    }

    /// Byte i of the word is all ones or zero; bit i of the answer is the same.
    @inline(__always)
    private static func gather(_ word: UInt64) -> UInt64 {
        ((word & 0x8040_2010_0804_0201) &* 0x0101_0101_0101_0101) >> 56
    }
}
