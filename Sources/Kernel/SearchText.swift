import Vault

/// What a document can be found by: overlapping pairs of Chinese characters, whole runs of letters and digits, and pairs of pinyin initials
/// (marked `~`). SQLite's own full-text index finds no two-character word; `SearchIndex` answers alike on both engines.
package enum SearchText {
    private static let longestRun = 32

    /// The grams of a text that is kept; one that stands there twice comes twice.
    package static func grams(of text: String) -> [String] {
        runs(text).flatMap { run in
            switch run {
            case .letters(let letters): [letters]
            case .han(let characters): pairs(characters) + pairs(PinyinInitials.of(characters)).map { "~" + $0 }
            }
        }
    }

    /// What the table keeps of a gram: a keyed digest, since the grams of a name are the name.
    static func key(_ gram: String, _ keys: BlindIndex) -> Int64 { keys.blind(gram, domain: "gram") }

    /// For each part of a question, the grams of which one must be there.
    package static func question(_ text: String) -> [[String]] {
        runs(text).flatMap { run -> [[String]] in
            switch run {
            case .letters(let letters):
                guard letters.utf8.count > 1, letters.allSatisfy(\.isLetter) else { return [[letters]] }
                // A person types initials or a word: all pairs of initials, or the word itself.
                return pairs(Array(letters.unicodeScalars)).map { ["~" + $0, letters] }
            case .han(let characters): return pairs(characters).map { [$0] }
            }
        }
    }

    private enum Run { case letters(String), han([Unicode.Scalar]) }

    private static func runs(_ text: String) -> [Run] {
        var runs: [Run] = []
        var letters: [UInt8] = []
        var han: [Unicode.Scalar] = []
        func end() {
            if !letters.isEmpty { runs.append(.letters(String(decoding: letters.prefix(longestRun), as: UTF8.self))) }
            if !han.isEmpty { runs.append(.han(han)) }
            letters.removeAll(keepingCapacity: true)
            han = []
        }
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0x30...0x39, 0x61...0x7A, 0x41...0x5A:
                if !han.isEmpty { end() }
                letters.append(UInt8(scalar.value) | (scalar.value >= 0x41 ? 0x20 : 0))
            case 0..<0x80: end()
            case 0x4E00...0x9FFF,
                _ where scalar.properties.isAlphabetic:
                if !letters.isEmpty { end() }
                han.append(scalar)
            default: end()
            }
        }
        end()
        return runs
    }

    /// One character alone is its own pair.
    private static func pairs(_ characters: [Unicode.Scalar]) -> [String] {
        guard characters.count > 1 else { return characters.map { String($0) } }
        return zip(characters, characters.dropFirst()).map { one, other in
            var pair = String(one)
            pair.unicodeScalars.append(other)
            return pair
        }
    }
}

/// The first letters of characters' pinyin: 张 -> z. The table was drawn from the system's transliteration, which takes half a second to
/// begin (`PinyinInitialsTests` compares them).
enum PinyinInitials {
    static let characters: ClosedRange<UInt32> = 0x4E00...0x9FFF

    /// For each character its letter, or a full stop.
    private static let letters = PackageResources.pinyin_initials_txt.filter { $0 != UInt8(ascii: "\n") }

    static func of(_ characters: [Unicode.Scalar]) -> [Unicode.Scalar] {
        characters.compactMap { character in
            guard self.characters.contains(character.value) else { return nil }
            let letter = letters[Int(character.value - self.characters.lowerBound)]
            return letter == UInt8(ascii: ".") ? Unicode.Scalar?.none : Unicode.Scalar(letter)
        }
    }
}
