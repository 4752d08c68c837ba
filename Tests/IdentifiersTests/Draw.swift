@testable import Identifiers

/// Numbers drawn by a fixed seed, so that a failure can be repeated.
struct Draw {
    private var state: UInt64
    init(seed: UInt64) { state = seed }

    mutating func next(_ bound: Int) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int(state >> 33) % bound
    }

    static let provinces =
        [11, 12, 13, 14, 15, 21, 22, 23, 31, 32, 33, 34, 35, 36, 37, 41, 42, 43, 44, 45, 46]
        + [50, 51, 52, 53, 54, 61, 62, 63, 64, 65, 71]

    /// A good number of a person born from 1850 to 2025, worked out in the plain way of the standard.
    mutating func residentNumber() -> (text: String, birth: Int32, isMale: Bool) {
        let year = 1850 + next(176), month = 1 + next(12)
        let days = [31, year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
        let birth = year * 10_000 + month * 100 + 1 + next(days), sequence = 1 + next(999)
        let region = Draw.provinces[next(Draw.provinces.count)] * 10_000 + 1 + next(9_999)
        let digits = Draw.padded(region, 6) + Draw.padded(birth, 8) + Draw.padded(sequence, 3)
        return (digits + Draw.check(digits), Int32(birth), sequence % 2 == 1)
    }

    static func padded(_ number: Int, _ width: Int) -> String { String(String(number + 1_000_000_000).suffix(width)) }

    /// The check character of GB 11643-1999.
    static func check(_ digits: String) -> String {
        let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
        let sum = zip(digits, weights).reduce(0) { $0 + ($1.0.wholeNumberValue ?? 0) * $1.1 }
        return String(Array("10X98765432")[sum % 11])
    }
}

/// Calls `body` with the bytes, which need not be a text.
func with<R>(_ bytes: [UInt8], _ body: (UnsafeBufferPointer<UInt8>) -> R) -> R { bytes.withUnsafeBufferPointer(body) }
