import Glibc

/// A few short words, to be found among bytes without making a text of them.
struct WordSet: Sendable {
    private let words: [[UInt8]]
    /// For each of 256 hashes the places in `words`, from `starts[hash]` to `starts[hash + 1]`.
    private let starts: [Int]
    private let longest: Int

    init(_ words: String...) {
        let bytes = words.map { Array($0.utf8) }
        self.words = bytes.sorted { WordSet.hash($0) < WordSet.hash($1) }
        var starts = [Int](repeating: 0, count: 257)
        for word in bytes { starts[WordSet.hash(word) + 1] += 1 }
        for place in 1...256 { starts[place] += starts[place - 1] }
        self.starts = starts
        longest = bytes.map(\.count).max() ?? 0
    }

    func contains(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        guard bytes.count <= longest else { return false }
        let hash = WordSet.hash(bytes)
        for place in starts[hash]..<starts[hash + 1] where words[place].elementsEqual(bytes) { return true }
        return false
    }

    private static func hash(_ bytes: some Sequence<UInt8>) -> Int {
        var hash: UInt32 = 2_166_136_261
        for byte in bytes { hash = (hash ^ UInt32(byte)) &* 16_777_619 }
        return Int((hash >> 8 ^ hash) & 0xFF)
    }
}

/// A word known beforehand, compared with bytes in place.
struct KnownWord: ExpressibleByStringLiteral {
    private let word: StaticString

    init(stringLiteral word: StaticString) { self.word = word }

    private var bytes: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount) }

    func isAll(of other: UnsafeBufferPointer<UInt8>) -> Bool {
        guard other.count == bytes.count, let start = other.baseAddress else { return false }
        return memcmp(start, word.utf8Start, other.count) == 0
    }
    func begins(_ other: UnsafeBufferPointer<UInt8>) -> Bool { other.starts(with: bytes) }
    func ends(_ other: UnsafeBufferPointer<UInt8>) -> Bool { other.suffix(bytes.count).elementsEqual(bytes) }
}
