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

    private static func isFound(_ question: String, in texts: String..., isName: Bool = false) -> Bool {
        let grams = Set(texts.flatMap { SearchText.grams(of: $0, isName: isName) })
        return SearchText.question(question).allSatisfy { !grams.isDisjoint(with: $0) }
    }

    /// Whatever two signs stand beside each other in a title, it is found by them: spaces and punctuation between them or not.
    @Test(arguments: [
        "关于印发《客户信息真实性管理细则（试行）》的通知", "设备3号楼A12区2026年度检修计划", "外借〔2026〕17号", "𠮷田　茂", "阿依古丽·买买提", "程　果", "第3组A区",
        String(repeating: "关于二〇二六年度档案整理工作若干问题的补充说明", count: 40) + "终章",
    ])
    func aTitleIsFoundByAnyTwoSigns(title: String) {
        let signs = Array(title)
        for (place, sign) in signs.enumerated().dropLast() {
            let two = String(sign) + String(signs[place + 1])
            let isWithin = two.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) }
            if isWithin, !title.hasPrefix("设备"), !two.allSatisfy(\.isLetter) { continue }
            if two.unicodeScalars.contains(where: { !$0.properties.isAlphabetic && !("0"..."9").contains($0) }) { continue }
            #expect(Self.isFound(two, in: title), "\(two)")
        }
        #expect(Self.isFound(title, in: title))
        #expect(!Self.isFound("火星", in: title) && !Self.isFound("x9", in: title))
    }

    @Test(arguments: [
        ("程果", "程　果"), ("程 果", "程果"), ("方高明", "方⾼明"), ("方⾼明", "方高明"), ("马䶮", "马\u{E863}"), ("葛晓", "葛\u{E0100}晓"), ("吕蒙", "呂蒙"),
        ("李四", "\u{F9E1}四"), ("ＡＢ12", "ab１２"), ("zgf", "曾国藩"), ("cgf", "曾国藩"), ("zeng", "曾国藩"), ("lyu", "吕蒙"), ("lm", "吕蒙"), ("yc", "尉迟恭"),
        ("ycg", "尉迟恭"), ("psc", "朴晟重"), ("pcz", "朴晟重"), ("lyu", "LYU MENG"), ("smi", "smi"),
    ])
    func peopleAreFound(question: String, name: String) { #expect(Self.isFound(question, in: name, isName: true)) }

    @Test func severalPartsAreAllThere() {
        #expect(Self.isFound("王明 李红", in: "李红", "王明") && !Self.isFound("王明 李红", in: "王明"))
        #expect(Self.isFound("外借17", in: "外借〔2026〕17号") && Self.isFound("张三2026", in: "张三", "2026"))
        #expect(!Self.isFound("mi", in: "Smith") && Self.isFound("smith", in: "Smith"))
    }

    @Test func twoCharacterNamesAndInitialsAreGrams() {
        #expect(SearchText.grams(of: "AU-26 01").contains("au2601") && !SearchText.grams(of: "Wang Fang").contains("wangfang"))
        for (question, text) in [("AU2601", "au-26-01"), ("au-2601", "AU2601"), ("au 26 01", "ＡＵ２６０１")] {
            #expect(Self.isFound(question, in: text), "\(question) is looked for")
        }
        #expect(!Self.isFound("au-2602", in: "AU2601") && !Self.isFound("01", in: "AU2601"))
        #expect(SearchText.grams(of: "张三").contains("张三"))
        #expect(SearchText.grams(of: "张三丰") == ["张三", "三丰", "~zs", "~sf"])
        #expect(SearchText.grams(of: "张三丰", isName: true) == ["张三", "三丰", "~zs", "~sf", "zhang", "^张"])
        #expect(Set(SearchText.grams(of: "外借〔2026〕17号")).isSuperset(of: ["外借", "2026", "17"]))
    }
}
