import Identifiers
import Testing

@Suite struct IdeographsTests {
    @Test(arguments: [
        ("方⾼明", "方高明"), ("⻢云", "马云"), ("⻩⻰", "黄龙"), ("\u{2ED3}", "长"), ("\u{2EC5}", "见"), ("⾦", "金"), ("马\u{E863}", "马䶮"), ("\u{F9E1}", "李"), ("吕", "吕"),
        ("王\u{FE00}", "王\u{FE00}"), ("欧阳·彗星 A1", "欧阳·彗星 A1"),
    ])
    func whatLooksTheSameIsTheSame(typed: String, meant: String) { #expect(Ideographs.folded(typed) == meant) }

    @Test func selectorsGoForComparingOnly() {
        #expect(Ideographs.matched("葛\u{E0100}") == "葛")
        #expect(Ideographs.folded("葛\u{E0100}") == "葛\u{E0100}")
    }

    @Test func charactersWithAFormOfTheirOwnStay() {
        // Twelve of the compatibility block are characters of their own.
        for own in ["\u{FA0E}", "\u{FA29}", "呂", "吕"] { #expect(Ideographs.folded(own) == own) }
    }
}
