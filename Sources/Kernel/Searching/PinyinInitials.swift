/// The first letters of characters' pinyin: 张 -> z; of characters with several readings each of them: 晟 -> c, s.
///
/// The usual letters were drawn from the system's transliteration, which takes half a second to begin (`PinyinInitialsTests` compares
/// them); the further ones are readings in use today (现代汉语词典) that begin with another letter.
enum PinyinInitials {
    static let characters: ClosedRange<UInt32> = 0x4E00...0x9FFF

    /// For each character its letter, or a full stop.
    private static let usual = PackageResources.pinyin_initials_txt.filter { $0 != UInt8(ascii: "\n") }

    /// A line a letter: the letter, and what is also read so.
    private static let further: [Unicode.Scalar: [Unicode.Scalar]] = {
        var further: [Unicode.Scalar: [Unicode.Scalar]] = [:]
        for line in String(decoding: PackageResources.pinyin_further_txt, as: UTF8.self).split(separator: "\n") {
            guard let letter = line.unicodeScalars.first else { continue }
            for character in line.unicodeScalars.dropFirst(2) { further[character, default: []].append(letter) }
        }
        return further
    }()

    /// The usual one first; none for what has no reading.
    static func of(_ character: Unicode.Scalar) -> [Unicode.Scalar] {
        guard characters.contains(character.value) else { return [] }
        let letter = usual[Int(character.value - characters.lowerBound)]
        if letter == UInt8(ascii: ".") { return further[character] ?? [] }
        return [Unicode.Scalar(letter)] + (further[character] ?? [])
    }

    /// For each character that has a reading its letters. At the beginning of a name those of the surname come first: 曾 z, 尉迟 y and c.
    static func of(_ characters: [Unicode.Scalar], inName: Bool = false) -> [[Unicode.Scalar]] {
        var letters = characters.map { of($0) }
        if inName, let surname = Surname(startOf: characters) {
            for (place, own) in surname.initials.enumerated() { letters[place] = own + letters[place].filter { !own.contains($0) } }
        }
        return letters.filter { !$0.isEmpty }
    }
}

/// The family name at the beginning of a name, with what it is called in Latin letters, in passports too: 吕 is LYU.
struct Surname {
    /// Of one or two characters: for each the first letters of its readings as a family name.
    let initials: [[Unicode.Scalar]]
    /// Whole, in lower case: `lyu`, `yuchi`.
    let spelled: [String]

    /// A line a name: the name, and its readings, of which an apostrophe divides the two characters.
    private static let known: [UInt64: Surname] = {
        var known: [UInt64: Surname] = [:]
        for line in String(decoding: PackageResources.surnames_txt, as: UTF8.self).split(separator: "\n") {
            let words = line.split(separator: " ")
            guard let name = words.first.map({ Array($0.unicodeScalars) }) else { continue }
            known[key(name)] = Surname(name.count, readings: words.dropFirst().map { $0.split(separator: "'") })
        }
        return known
    }()

    /// `nil` where it begins with none that is known.
    init?(startOf name: [Unicode.Scalar]) {
        // Of two characters before one: 尉迟, not 尉; but a name of two is one and a given name.
        let longest = name.count > 2 ? 2 : 1
        let found = stride(from: longest, to: 0, by: -1).lazy.compactMap { Self.known[Self.key(name.prefix($0))] }.first
        guard let found, !name.isEmpty else { return nil }
        self = found
    }

    private init(_ count: Int, readings: [[Substring]]) {
        initials = (0..<count).map { place in
            var letters: [Unicode.Scalar] = []
            for letter in readings.compactMap({ $0.dropFirst(place).first?.unicodeScalars.first }) where !letters.contains(letter) {
                letters.append(letter)
            }
            return letters
        }
        spelled = readings.map { $0.joined() }
    }

    private static func key(_ characters: some Collection<Unicode.Scalar>) -> UInt64 {
        characters.reduce(0) { $0 << 32 | UInt64($1.value) }
    }
}
