/// Seventeen digits and a check character as GB 11643-1999 has them: 6 region, 8 birth, 3 sequence, ISO 7064 MOD 11-2.
///
/// Works on eight digits at a time, because resident numbers are checked by the million: a byte holds a digit, and one
/// multiplication adds up four weighted digits (or joins pairs of them) in lanes of 16 bits, which cannot overflow.
struct EighteenDigits {
    /// Two digits each.
    let province, city, county: Int32
    let century, year, month, day: Int32
    let sequence: Int32
    /// What the check character should be and what it is, 10 for X.
    let expected, check: UInt32

    /// Reads 18 bytes; `nil` when they are not 17 digits and a digit or X (either case).
    @inline(__always)
    init?(_ bytes: UnsafeRawPointer) {
        let first = EighteenDigits.load(bytes), second = EighteenDigits.load(bytes + 8), birth = EighteenDigits.load(bytes + 6)
        let last = bytes.load(fromByteOffset: 16, as: UInt8.self) ^ 0x30
        let mark = bytes.load(fromByteOffset: 17, as: UInt8.self)
        check = mark | 0x20 == UInt8(ascii: "x") ? 10 : UInt32(mark ^ 0x30)
        guard EighteenDigits.areDigits(first), EighteenDigits.areDigits(second), last <= 9, check <= 10 else { return nil }
        // A colon is 10 past zero as well.
        guard mark != UInt8(ascii: ":") else { return nil }

        // Weights 7 9 10 5 8 4 2 1 6 3 7 9 10 5 8 4 2, those of even and of odd places apart, the first in the highest lane.
        let evens = (first & Self.lanes) &* 0x0007_000A_0008_0002, laterEvens = (second & Self.lanes) &* 0x0006_0007_000A_0008
        let odds = (first >> 8 & Self.lanes) &* 0x0009_0005_0004_0001, laterOdds = (second >> 8 & Self.lanes) &* 0x0003_0009_0005_0004
        let sum = UInt32(truncatingIfNeeded: (evens >> 48) &+ (laterEvens >> 48) &+ (odds >> 48) &+ (laterOdds >> 48)) &+ UInt32(last) &* 2
        // Four bits each for 1 0 X 9 8 7 6 5 4 3 2, remainder 0 lowest.
        expected = UInt32(truncatingIfNeeded: (0x234_5678_9A01 as UInt64) >> UInt64(sum % 11 * 4)) & 0xF

        let regionPairs = EighteenDigits.pairs(first), birthPairs = EighteenDigits.pairs(birth)
        province = EighteenDigits.lane(regionPairs, 0)
        city = EighteenDigits.lane(regionPairs, 1)
        county = EighteenDigits.lane(regionPairs, 2)
        century = EighteenDigits.lane(birthPairs, 0)
        year = EighteenDigits.lane(birthPairs, 1)
        month = EighteenDigits.lane(birthPairs, 2)
        day = EighteenDigits.lane(birthPairs, 3)
        sequence = EighteenDigits.lane(EighteenDigits.pairs(second), 3) &* 10 &+ Int32(last)
    }

    @inline(__always) var region: Int32 { province &* 10_000 &+ city &* 100 &+ county }
    /// yyyymmdd, whether there is such a day or not.
    @inline(__always) var birth: Int32 { century &* 1_000_000 &+ year &* 10_000 &+ month &* 100 &+ day }

    /// Whether the birth date exists, is not before 1850 and not after `today` (yyyymmdd).
    @inline(__always)
    func isBorn(by today: Int32) -> Bool {
        CalendarDate.exists(century: century, year: year, month: month, day: day) && birth >= 1850_00_00 && birth <= today
    }

    private static var lanes: UInt64 { 0x00FF_00FF_00FF_00FF }

    @inline(__always)
    private static func load(_ bytes: UnsafeRawPointer) -> UInt64 {
        UInt64(littleEndian: bytes.loadUnaligned(as: UInt64.self)) ^ 0x3030_3030_3030_3030
    }

    @inline(__always)
    private static func areDigits(_ word: UInt64) -> Bool {
        ((word &+ 0x7676_7676_7676_7676) | word) & 0x8080_8080_8080_8080 == 0
    }

    @inline(__always)
    private static func pairs(_ word: UInt64) -> UInt64 { ((word &* 10) &+ (word >> 8)) & lanes }

    @inline(__always)
    private static func lane(_ pairs: UInt64, _ place: UInt64) -> Int32 { Int32(truncatingIfNeeded: pairs >> (place * 16) & 0xFF) }
}
