/// Which six-digit region codes are known. The program carries no such table of its own: codes were reorganised many times, and a
/// number of a county that no longer exists is good. An organisation that keeps a list can have it looked at for warnings.
package struct CountyTable: Sendable {
    private let words: [UInt64]

    /// - Parameter codes: six digits each; others are left out.
    package init(_ codes: some Sequence<Int32>) {
        var words = [UInt64](repeating: 0, count: 1_000_000 / 64)
        for code in codes where (0..<1_000_000).contains(code) { words[Int(code) >> 6] |= 1 << UInt64(code & 63) }
        self.words = words
    }

    package func contains(_ code: Int32) -> Bool {
        (0..<1_000_000).contains(code) && words[Int(code) >> 6] >> UInt64(code & 63) & 1 == 1
    }
}
