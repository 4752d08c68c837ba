import Foundation
import Synchronization

/// What a document can be found by: overlapping pairs of Chinese characters, whole runs of letters and digits, and pairs of pinyin initials
/// (marked `~`). SQLite's own full-text index finds no two-character word; this table answers alike on both engines.
package enum SearchText {
    private static let initials = Mutex<[Character: Character?]>([:])
    private static let longestRun = 32

    /// The grams of a text that is kept.
    package static func grams(of text: String) -> Set<String> {
        var grams: Set<String> = []
        for run in runs(text) {
            switch run {
            case .letters(let letters): grams.insert(letters)
            case .han(let characters):
                for pair in pairs(characters) { grams.insert(pair) }
                for pair in pairs(characters.compactMap(initial)) { grams.insert("~" + pair) }
            }
        }
        return grams
    }

    /// For each part of a question, the grams of which one must be there.
    package static func question(_ text: String) -> [[String]] {
        runs(text).flatMap { run -> [[String]] in
            switch run {
            case .letters(let letters):
                guard letters.count > 1, letters.allSatisfy(\.isLetter) else { return [[letters]] }
                // A person types initials or a word: all pairs of initials, or the word itself.
                return pairs(Array(letters)).map { ["~" + $0, letters] }
            case .han(let characters): return pairs(characters).map { [$0] }
            }
        }
    }

    private enum Run { case letters(String), han([Character]) }

    private static func runs(_ text: String) -> [Run] {
        var runs: [Run] = []
        var letters = ""
        var han: [Character] = []
        func end() {
            if !letters.isEmpty { runs.append(.letters(String(letters.prefix(longestRun)))) }
            if !han.isEmpty { runs.append(.han(han)) }
            letters = ""
            han = []
        }
        for character in text {
            if character.isASCII, character.isLetter || character.isNumber {
                if !han.isEmpty { end() }
                letters += character.lowercased()
            } else if character.isLetter {
                if !letters.isEmpty { end() }
                han.append(character)
            } else {
                end()
            }
        }
        end()
        return runs
    }

    /// One character alone is its own pair.
    private static func pairs(_ characters: [Character]) -> [String] {
        guard characters.count > 1 else { return characters.map(String.init) }
        return zip(characters, characters.dropFirst()).map { String([$0, $1]) }
    }

    /// The first letter of a character's pinyin: 张 -> z.
    private static func initial(_ character: Character) -> Character? {
        initials.withLock { known in
            if let found = known[character] { return found }
            let latin = String(character).applyingTransform(.toLatin, reverse: false)?.applyingTransform(.stripDiacritics, reverse: false)
            let letter = latin?.lowercased().first.flatMap { $0.isASCII && $0.isLetter ? $0 : nil }
            known[character] = letter
            return letter
        }
    }
}
