import Identifiers
import Testing

@Suite struct IdeographsTests {
    @Test(arguments: [
        ("方⾼明", "方高明"), ("⻢云", "马云"), ("⻩⻰", "黄龙"), ("\u{2ED3}", "长"), ("\u{2EC5}", "见"), ("⾦", "金"), ("马\u{E863}", "马䶮"), ("\u{F9E1}", "李"), ("吕", "吕"),
        ("王\u{FE00}", "王\u{FE00}"), ("欧阳·彗星 A1", "欧阳·彗星 A1"),
    ])
    func whatLooksTheSameIsTheSame(typed: String, meant: String) { #expect(Ideographs.folded(typed) == meant) }

    @Test func selectorsGoForComparingOnly() {
        #expect(PersonName.normalForm("葛\u{E0100}晓") == "葛晓" && Address.normalForm("葛\u{E0100}晓路") == "葛晓路")
        #expect(Ideographs.folded("葛\u{E0100}") == "葛\u{E0100}")
    }

    /// Old forms are one with the new for comparing, and stay as they are where they are shown.
    @Test(arguments: [("呂布", "吕布"), ("黃忠", "黄忠"), ("戶部", "户部"), ("吳用", "吴用"), ("髙山", "高山"), ("溫青", "温靑"), ("峯峦", "峰峦")])
    func oldFormsAgreeWithNew(old: String, new: String) {
        #expect(PersonName.agree(old, new) && PersonName.check(old).isEmpty && Address.agree("广州市\(old)路1号", "⼴州市\(new)路１号"))
        #expect(Ideographs.folded(old) == old && Mask.name(old).first == old.first)
    }

    @Test func differentCharactersStayDifferent() {
        for (one, other) in [("大", "太"), ("末", "未"), ("土", "士"), ("己", "已"), ("曰", "日"), ("张", "章"), ("徐", "余"), ("陈", "阵"), ("范", "笵")] {
            #expect(!PersonName.agree("李" + one, "李" + other))
        }
    }

    @Test func charactersWithAFormOfTheirOwnStay() {
        // Twelve of the compatibility block are characters of their own.
        for own in ["\u{FA0E}", "\u{FA29}", "呂", "吕"] { #expect(Ideographs.folded(own) == own) }
    }
}
