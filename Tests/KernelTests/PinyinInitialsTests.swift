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
            if PinyinInitials.of(character).first != expected { different.append(character) }
        }
        #expect(different == [])
        #expect(PinyinInitials.of(Array("张三丰A，😀".unicodeScalars)) == [["z"], ["s"], ["f"]])
    }

    /// Characters of several readings by each, and in a name those of the family name first.
    @Test(arguments: [
        ("曾国藩", "zc g f"), ("单田芳", "sdc t f"), ("查良镛", "zc l y"), ("翟天", "zd t"), ("仇英", "qc y"), ("解缙", "xj j"), ("区志", "oq z"),
        ("尉迟恭", "yw c g"), ("尉健", "wy j"), ("长孙无", "zc s wm"), ("万俟卨", "mw qs x"), ("令狐冲", "l h c"), ("单于夜", "cds y y"),
        ("澹台镜", "td t j"), ("晟", "sc"), ("吕蒙", "l m"), ("朴晟行", "p sc xh"), ("重阳", "zc y"), ("欧阳修", "o y x"),
    ])
    func surnamesAreReadAsSuch(name: String, initials: String) {
        let read = PinyinInitials.of(Array(name.unicodeScalars), inName: true).map { String(String.UnicodeScalarView($0)) }
        let expected = initials.split(separator: " ").map(String.init)
        #expect(read.count == expected.count && zip(read, expected).allSatisfy { Set($0) == Set($1) && $0.count == $1.count }, "\(read)")
        if name.count > 1 { #expect(read.first?.first == expected.first?.first) }
    }

    @Test func passportsSpellSurnames() {
        func spelled(_ name: String) -> [String] { Surname(startOf: Array(name.unicodeScalars))?.spelled ?? [] }
        #expect(spelled("吕布") == ["lyu", "lv", "lu"] && spelled("尉迟恭") == ["yuchi"] && spelled("尉健") == ["wei", "yu"])
        #expect(spelled("欧阳") == ["ou"] && spelled("鿿人") == [] && spelled("") == [])
    }

    /// Each line of the further readings says something that the usual ones do not.
    @Test func furtherReadingsAreFurther() {
        for character in "晟重行曾单查翟仇解区尉" {
            let letters = PinyinInitials.of(character.unicodeScalars.first!)
            #expect(letters.count > 1 && Set(letters).count == letters.count, "\(character)")
        }
    }
}
