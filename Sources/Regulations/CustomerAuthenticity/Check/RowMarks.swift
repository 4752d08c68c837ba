/// One bit a row, by the number that a spreadsheet shows beside it.
package struct RowMarks: Sendable {
    private var words: [UInt64] = []

    package init() {}

    package mutating func insert(_ row: Int) {
        let word = row >> 6
        if word >= words.count { words.append(contentsOf: repeatElement(0, count: word - words.count + 1 + words.count / 2)) }
        words[word] |= 1 << UInt64(row & 63)
    }

    @inline(__always)
    package func contains(_ row: Int) -> Bool {
        let word = row >> 6
        return word < words.count && words[word] >> UInt64(row & 63) & 1 == 1
    }
}
