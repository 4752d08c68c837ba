import Identifiers
import Vault

/// What a document can be found by: any two Chinese characters that stand beside each other, whole runs of letters and digits, what of
/// these touches Chinese characters (3号), pairs of pinyin initials (marked `~`), and family names as they are spelled. SQLite's own
/// full-text index finds no two-character word; `SearchIndex` answers alike on both engines.
///
/// Characters that look alike are one here, of any width; spaces and punctuation between Chinese characters do not count.
package enum SearchText {
    private static let longestRun = 32
    /// Runs of digits longer than this are looked for whole.
    private static let longestPart = 4

    /// The grams of a text that is kept; one that stands there twice comes twice.
    /// - Parameter isName: of a person, so that it begins with a family name.
    package static func grams(of text: String, isName: Bool = false) -> [String] {
        let signs = SearchSign.all(of: text)
        var grams: [String] = []
        for (sign, after) in zip(signs, signs.dropFirst()) where sign.han != nil || after.han != nil {
            grams.append(pair(sign.last, after.first))
        }
        for (place, sign) in signs.enumerated() {
            if let letters = sign.letters {
                grams.append(whole(letters))
                if letters.count > 2, signs.touchHan(place) { grams += pairs(letters) }
            } else if signs.isLone(place) {
                grams.append(whole([sign.first]))
            }
        }
        // A number is one with hyphens or without.
        grams += signs.split { $0.han != nil }.compactMap(joined)
        for (number, run) in signs.split(whereSeparator: { $0.han == nil }).map({ $0.map(\.first) }).enumerated() {
            let startsName = isName && number == 0
            grams += initials(PinyinInitials.of(run, inName: startsName)).map { "~" + $0 }
            if startsName { grams += (Surname(startOf: run)?.spelled ?? []) + [surname(run[0])] }
        }
        return grams
    }

    /// What the table keeps of a gram: a keyed digest, since the grams of a name are the name.
    static func key(_ gram: String, _ keys: BlindIndex) -> Int64 { keys.blind(gram, domain: "gram") }

    /// For each part of a question, the grams of which one must be there.
    package static func question(_ text: String) -> [[String]] {
        let words = text.split(whereSeparator: \.isWhitespace).map { SearchSign.all(of: $0) }.filter { !$0.isEmpty }
        let signs = words.flatMap(\.self), number = signs.allSatisfy { $0.han == nil } ? joined(signs[...]) : nil
        return words.enumerated().flatMap { place, word -> [[String]] in
            guard word.count == 1, let character = word[0].han else { return question(word).map { $0 + (number.map { [$0] } ?? []) } }
            // Names are padded with spaces (程　果): a character by itself belongs to what stands beside it.
            var grams = [whole([character])]
            // One character and nothing else is a family name.
            if words.count == 1 { grams.append(surname(character)) }
            if place > 0, let before = words[place - 1].last { grams.append(pair(before.last, character)) }
            if place + 1 < words.count, let after = words[place + 1].first { grams.append(pair(character, after.first)) }
            return [grams]
        }
    }

    private static func question(_ word: [SearchSign]) -> [[String]] {
        var parts: [[String]] = []
        for (place, sign) in word.enumerated() {
            if let letters = sign.letters {
                if letters.count > 1 { parts += question(letters) } else if !word.isBesideHan(place) { parts.append([whole(letters)]) }
            }
            guard place + 1 < word.count, sign.han != nil || word[place + 1].han != nil else { continue }
            let after = word[place + 1]
            // What says something by itself may stand apart from the rest.
            let isOneWithNext =
                sign.han != nil && after.han != nil || sign.letters?.count == 1 || after.letters?.count == 1
                || word.isLone(place) || word.isLone(place + 1)
            if isOneWithNext { parts.append([pair(sign.last, after.first)]) }
        }
        return parts
    }

    private static func question(_ letters: [Unicode.Scalar]) -> [[String]] {
        let whole = whole(letters)
        if letters.allSatisfy({ $0.value >= 0x61 }) {
            // A person types initials or a word: all pairs of initials, or the word itself.
            return pairs(letters).map { ["~" + $0, $0, whole] }
        }
        return letters.count <= longestPart ? pairs(letters).map { [$0, whole] } : [[whole]]
    }

    // MARK: Grams

    /// Several runs of letters and digits as one, where they are a number: AU-26 01.
    private static func joined(_ signs: ArraySlice<SearchSign>) -> String? {
        let characters = signs.flatMap(\.characters)
        return signs.count > 1 && characters.contains { $0.value <= 0x39 } ? whole(characters) : nil
    }

    private static func whole(_ characters: [Unicode.Scalar]) -> String {
        let characters = characters.prefix(longestRun)
        return String(unsafeUninitializedCapacity: characters.count * 4) { out in
            var count = 0
            for character in characters {
                for byte in UTF8.encode(character)! {
                    out[count] = byte
                    count += 1
                }
            }
            return count
        }
    }

    /// The first character of a name, marked so that no other text is found by it.
    private static func surname(_ character: Unicode.Scalar) -> String { "^" + whole([character]) }

    private static func pair(_ one: Unicode.Scalar, _ other: Unicode.Scalar) -> String { whole([one, other]) }

    private static func pairs(_ letters: [Unicode.Scalar]) -> [String] { zip(letters, letters.dropFirst()).map(pair) }

    /// Of characters with several readings each with each; one character alone is its own pair.
    private static func initials(_ letters: [[Unicode.Scalar]]) -> [String] {
        if letters.count == 1 { return letters[0].map { String($0) } }
        return zip(letters, letters.dropFirst()).flatMap { ones, others in ones.flatMap { one in others.map { pair(one, $0) } } }
    }
}

/// A Chinese character, or one of another script, or a run of letters and digits in lower case and half width.
private struct SearchSign {
    private(set) var characters: [Unicode.Scalar]
    private let isHan: Bool
    /// Whether something that does not count stands before it.
    let isApart: Bool

    var first: Unicode.Scalar { characters[0] }
    var last: Unicode.Scalar { characters[characters.count - 1] }
    var han: Unicode.Scalar? { isHan ? characters[0] : nil }
    var letters: [Unicode.Scalar]? { isHan ? nil : characters }

    static func all(of text: some StringProtocol) -> [SearchSign] {
        var signs: [SearchSign] = []
        var isApart = false
        for typed in text.unicodeScalars {
            guard let scalar = plain(typed) else { continue }
            switch scalar.value {
            case 0x30...0x39, 0x61...0x7A:
                if !isApart, let before = signs.last, !before.isHan {
                    signs[signs.count - 1].characters.append(scalar)
                } else {
                    signs.append(SearchSign(characters: [scalar], isHan: false, isApart: isApart))
                }
                isApart = false
            case 0x4E00...0x9FFF,
                0x80... where scalar.properties.isAlphabetic:
                signs.append(SearchSign(characters: [scalar], isHan: true, isApart: isApart))
                isApart = false
            default: isApart = true
            }
        }
        return signs
    }

    /// `nil` for what only says how the character before it is drawn.
    private static func plain(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
        switch scalar.value {
        case 0x41...0x5A: Unicode.Scalar(scalar.value + 0x20)
        case 0..<0x80: scalar
        case 0xFF01...0xFF5E: Unicode.Scalar(scalar.value - 0xFEE0).flatMap(plain)
        default: Ideographs.isSelector(scalar.value) ? nil : Ideographs.matched(scalar)
        }
    }
}

extension [SearchSign] {
    /// Whether the sign is a Chinese character with none beside it.
    fileprivate func isLone(_ place: Int) -> Bool { self[place].han != nil && !isBesideHan(place) }

    fileprivate func isBesideHan(_ place: Int) -> Bool {
        place > 0 && self[place - 1].han != nil || place + 1 < count && self[place + 1].han != nil
    }

    /// Whether a Chinese character stands immediately before or behind the sign.
    fileprivate func touchHan(_ place: Int) -> Bool {
        place > 0 && !self[place].isApart && self[place - 1].han != nil
            || place + 1 < count && !self[place + 1].isApart && self[place + 1].han != nil
    }
}
