import Foundation
import Testing

@testable import Kernel

@Suite struct PinyinInitialsTests {
    /// The table in the program is what the system's transliteration says.
    @Test func theTableIsTheSystemsTransliteration() {
        let characters = PinyinInitials.characters.compactMap { Unicode.Scalar($0) }
        let text = characters.map { String($0) }.joined(separator: "\n")
        let latin = text.applyingTransform(.toLatin, reverse: false)?.applyingTransform(.stripDiacritics, reverse: false) ?? ""
        let lines = latin.lowercased().split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines.count == characters.count)
        var different: [Unicode.Scalar] = []
        for (character, line) in zip(characters, lines) {
            let expected = line.unicodeScalars.first.flatMap { ("a"..."z").contains($0) ? $0 : nil }
            if PinyinInitials.of([character]).first != expected { different.append(character) }
        }
        #expect(different == [])
        #expect(PinyinInitials.of(Array("张三丰A，😀".unicodeScalars)) == Array("zsf".unicodeScalars))
    }
}
