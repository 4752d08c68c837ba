import Kernel
import Testing

@Suite struct TextTests {
    @Test(arguments: [
        #"{"a":1,"b":["x",null,true],"c":{"d":"\"\\\n"}}"#, "[]", #""中文 😀""#, "-9223372036854775808", "9223372036854775807",
    ])
    func whatIsWrittenIsReadAgain(json: String) throws {
        #expect(JSONText.text(try JSONReader.read(json)) == json)
    }

    @Test(arguments: [
        "", "{", "[1,]", #"{"a"}"#, "1.5", "01x", #""\u12"#, #""\ud800""#, "nul", "9223372036854775808", "\"\u{1}\"", "[1] 2",
    ])
    func whatIsNotJSONIsSaidSo(json: String) {
        #expect(throws: JSONReader.Fault.self) { try JSONReader.read(json) }
    }

    @Test func deepNestingIsRefused() {
        #expect(throws: JSONReader.Fault.self) { try JSONReader.read(String(repeating: "[", count: 100_000)) }
    }

    @Test func articlesAreCountedInTheirRegulationsWay() {
        let chinese = Regulation("r", Words("", ""), short: Words("", ""), numbering: .chinese)
        #expect([1, 10, 11, 19, 20, 29, 99].map { chinese[$0].ref } == ["第一条", "第十条", "第十一条", "第十九条", "第二十条", "第二十九条", "第九十九条"])
        #expect(clinic[19].ref == "第19条")
    }

    @Test func twoCharacterNamesAndInitialsAreGrams() {
        #expect(SearchText.grams(of: "张三").contains("张三"))
        #expect(SearchText.grams(of: "张三丰") == ["张三", "三丰", "~zs", "~sf"])
        #expect(Set(SearchText.grams(of: "外借〔2026〕17号")).isSuperset(of: ["外借", "2026", "17"]))
    }
}
