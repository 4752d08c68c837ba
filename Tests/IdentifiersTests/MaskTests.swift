import Testing

@testable import Identifiers

@Suite struct MaskTests {
    @Test func theConventionsHold() {
        #expect(Mask.name("张三") == "张*" && Mask.name("张小三") == "张*三" && Mask.name("欧阳娜娜") == "欧**娜")
        #expect(
            Mask.documentNumber("11010519491231002X") == "110105********002X" && Mask.documentNumber("110105491231002") == "110105*****1002"
        )
        #expect(Mask.documentNumber("E12345678") == "E*******8")
        #expect(Mask.documentNumberOnNotices("11010519491231002X") == "1****************X")
        #expect(Mask.mobile("13812341234") == "138****1234" && Mask.mobile("+86 138-1234-1234") == "138****1234")
        #expect(Mask.landline("010-12345678-1") == "010****5678" && Mask.landline("0755-88881234") == "0755****1234")
        #expect(Mask.account("6222 0212 3456 7890") == "****7890")
        #expect(Mask.email("name@example.com") == "n***@example.com")
    }

    @Test(arguments: [
        ("北京市朝阳区建国路88号", "北京市朝阳区****"), ("广西壮族自治区南宁市青秀区民族大道1号", "广西壮族自治区南宁市青秀区****"), ("三亚市吉阳区迎宾路1号", "三亚市吉阳区****"),
        ("河北省邯郸市魏县某村", "河北省邯郸市魏县****"), ("广东省东莞市虎门大道3号", "广东省东莞市****"), ("江苏省苏州市昆山市开发区3号", "江苏省苏州市昆山市开发区****"),
        ("阳光小区3号", "****"), ("", ""), (" 　", ""), ("Nathan Road 12", "****"), ("内蒙古自治区中山路1号", "内蒙古自治区****"),
    ])
    func addressesEndAtTheDistrict(address: String, masked: String) { #expect(Mask.address(address) == masked) }

    @Test func whatHasNotTheFormIsHidden() {
        #expect(Mask.name("") == "" && Mask.name("张") == "*" && Mask.documentNumber("123") == "***" && Mask.documentNumber("") == "")
        #expect(Mask.mobile("12345") == "*****" && Mask.mobile(String(repeating: "9", count: 1000)) == "***********")
        #expect(Mask.account("123") == "****" && Mask.email("nobody") == "****" && !Mask.landline("12345678").contains("5"))
    }

    /// What is not there is not made to look as if it were.
    @Test(arguments: ["", " ", "\t", "　"]) func ofNothingNothingIsShown(blank: String) {
        #expect(Mask.account(blank) == "" && Mask.email(blank) == "" && Mask.address(blank) == "")
        #expect(Mask.account(blank + "-") == "****" && Mask.email(blank + "@") == "****" && Mask.address(blank + "?") == "****")
    }

    /// Of any good resident number eight characters are hidden, among them the day and month of birth.
    @Test func theBirthDateIsHidden() {
        var draw = Draw(seed: 51)
        for _ in 0..<500 {
            let number = draw.residentNumber().text
            let masked = Mask.documentNumber(number)
            #expect(masked.count == 18 && masked.dropFirst(6).dropLast(4) == "********" && number.hasPrefix(masked.prefix(6)))
        }
    }
}
