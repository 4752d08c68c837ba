import Testing

@testable import Identifiers

@Suite struct PersonTests {
    @Test(arguments: [
        "张三", "欧阳娜娜", "阿依古丽·买买提", "阿依古丽•买买提", "John Smith", "O'Neil", "李明 ", "㐂川", "𠮷田茂", "J. R. Smith", "Smith, John", "尼玛", "先知", "Ng Ah", "O’Neil",
        "Anne-Marie", "José", "Müller", "马\u{E863}", "方⾼明", "〇〇七", "山田ゆき", "김철수",
    ])
    func namesPass(name: String) { #expect(PersonName.check(name).isEmpty) }

    @Test(arguments: [
        "", " ", "张", "A", "测试", "测试1", "测试用户", "先生", "王先生", "欧阳女士", "不详", "无", "未知", "张某", "张某某", "某某", "123456", "１２３４", "12-34", "··",
        "XXX", "test", "=HYPERLINK(\"http://x\",\"y\")", "=A1", "#N/A", "#REF!", "李四<br>", "<b>李四</b>", "李四（女）", "李四2", "李四@", "{李四}",
        "李四;王五", "李四,王五", "李四，王五", "李四、王五",
        "ＴＥＳＴ", "null", "N/A", "张*三", "张?", "张\u{FFFD}", "投保人", "同 上", "\0\0",
    ])
    func placeholdersAreRefused(name: String) { #expect(PersonName.check(name) == [.namePlaceholder]) }

    @Test func namesAgreeInNormalForm() {
        for dot in ["·", "•", "．", ".", "・", "‧"] { #expect(PersonName.normalForm("阿依古丽\(dot)买买提") == "阿依古丽·买买提") }
        #expect(PersonName.agree("张 三", "张三") && PersonName.agree("john  smith ", "Ｊohn SMITH") && PersonName.agree("阿 · 买", "阿.买"))
        // Kangxi radicals, a compatibility ideograph, private use, a variation selector.
        for (one, other) in [("方⾼明", "方高明"), ("\u{F9E1}四", "李四"), ("马\u{E863}", "马䶮"), ("葛\u{E0100}晓", "葛晓"), ("⽅⾼明", "方高明")] {
            #expect(PersonName.agree(one, other) && PersonName.check(one).isEmpty && PersonName.normalForm(one) == other)
        }
        for dot in ["˙", "。", "・", "∙"] { #expect(PersonName.agree("阿依古丽·买买提", "阿依古丽\(dot)买买提")) }
        #expect(PersonName.agree("LYU, Fang", "Lyu Fang") && PersonName.agree("Lyu，Fang", "LYU FANG") && PersonName.agree("O’Neil", "O'NEIL"))
        #expect(!PersonName.agree("张三", "张山") && !PersonName.agree("Johns Mith", "John Smith"))
        #expect(PersonName.normalForm("J. Smith") == "J. SMITH")
    }

    @Test(arguments: [
        ("北京市朝阳区建国路88号", ""), ("广东深圳南山区科技路1号", ""), ("内蒙古呼和浩特新城区大街三号", ""), ("广西壮族自治区南宁市青秀区民族大道１号", ""),
        ("朝阳区建国路88号", "address.vague"), ("北京市朝阳区建国路", "address.vague"), ("Flat 3, 12 Nathan Road", "address.vague"),
        ("", "address.placeholder"), ("无", "address.placeholder"), ("不详", "address.placeholder"), ("同上", "address.placeholder"),
        ("同上地址", "address.placeholder"), ("不详不详", "address.placeholder"), ("北京市", "address.placeholder"),
        ("1234567", "address.placeholder"),
        ("。。。。。", "address.placeholder"), ("哈哈哈哈", "address.placeholder"), ("地址不详", "address.placeholder"), ("test", "address.placeholder"),
        ("　　　　无", "address.placeholder"), (" 同投保人 ", "address.placeholder"), ("三亚市吉阳区迎宾路十二号", ""),
    ])
    func addressesAreJudged(address: String, codes: String) { #expect(Address.check(address).codes == codes) }

    @Test(arguments: [
        ("北京市朝阳区建国路88号", "北京朝阳建国路八十八号"), ("广东省深圳市南山区科技路１号３０２室", "广东深圳南山科技路1号三〇二室"),
        ("广西壮族自治区南宁市青秀区", "广西南宁青秀"), ("北京市北京市朝阳区1号", "北京市朝阳区1号"), ("上海市 徐汇区，漕溪路 一百零五号", "上海徐汇漕溪路105号"),
        ("新疆维吾尔自治区乌鲁木齐市", "新疆乌鲁木齐"), ("a座12－3", "A座12-3"),
    ])
    func equalAddressesAgree(one: String, other: String) {
        #expect(Address.agree(one, other), "\(Address.normalForm(one)) \(Address.normalForm(other))")
    }

    @Test(arguments: [
        ("北京市朝阳区建国路88号", "北京市朝阳区建国路89号"), ("建国路1-23号", "建国路12-3号"), ("北京市朝阳区阳光小区1号", "北京市朝阳区阳光1号"), ("建国路十二号", "建国路二十号"),
    ])
    func differentAddressesDiffer(one: String, other: String) { #expect(!Address.agree(one, other)) }

    @Test func numeralsAreRead() {
        let cases = [
            ("十", "10"), ("二十", "20"), ("三十二", "32"), ("一百零五", "105"), ("三〇二", "302"), ("一千二百", "1200"), ("千", "1000"), ("百十", "110"),
        ]
        for (text, digits) in cases { #expect(Address.normalForm("路" + text + "号") == "路\(digits)号") }
    }

    @Test(
        arguments: [
            ("91110000802100433B", nil), ("91110000802100433b", nil), ("9111 0000 8021 0043 3B", nil), ("", .length),
            ("9111000080210043", .length),
            ("91110000802100433BB", .length), ("9111000080210043IB", .characters), ("911100008021004330", .check),
            ("91110000802100434B", .check),
        ] as [(String, CreditCode.Fault?)])
    func creditCodesAreJudged(code: String, fault: CreditCode.Fault?) { #expect(CreditCode.check(code) == fault) }

    @Test func everyChangedCharacterOfACreditCodeIsCaught() {
        let good = Array("91110000802100433B")
        for place in 0..<18 {
            for character in "0123456789ABCDEFGHJKLMNPQRTUWXY" where character != good[place] {
                var changed = good
                changed[place] = character
                #expect(CreditCode.check(String(changed)) == .check, "\(String(changed))")
            }
        }
    }

    /// A credit code whose own check is right and whose organisation code is not: the last two characters are worked out here.
    @Test func theOrganisationCodeInsideIsJudgedToo() {
        let alphabet = Array("0123456789ABCDEFGHJKLMNPQRTUWXY")
        let faults = alphabet.map { CreditCode.check("91110000802100430" + String($0)) }
        #expect(faults.count(where: { $0 == .organisation }) == 1 && faults.count(where: { $0 == .check }) == 30)
    }
}
