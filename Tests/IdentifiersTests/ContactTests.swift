import Testing

@testable import Identifiers

@Suite struct ContactTests {
    @Test(arguments: [
        "13812345679", "14512345670", "15012345671", "16212345672", "17012345673", "18012345674", "19012345675", "19212345675",
        "19912345676",
        "+8613812345679", "+86 138-1234-5679", "008613812345679", "8613812345679", "86-13812345679", "138 1234 5679", "１３８１２３４５６７９",
        "(+86)13812345679",
    ])
    func mobilesOfPersonsPass(number: String) { #expect(Mobile.check(number).faults.isEmpty) }

    /// The ministry's table of 2023-03: satellite numbers and machines' pass with a warning, what is assigned to nobody does not.
    @Test(arguments: [
        ("17400123456", "mobile.satellite"), ("17405123456", "mobile.satellite"), ("17409123456", "mobile.satellite"),
        ("17410123456", "mobile.satellite"), ("17412123456", "mobile.satellite"), ("17413123456", "mobile.format"),
        ("17420123456", "mobile.format"), ("17480123456", "mobile.format"), ("17490123456", "mobile.satellite"),
        ("13492123456", "mobile.satellite"), ("13493123456", "mobile.satellite"), ("13499123456", "mobile.satellite"),
        ("13490123456", "mobile.format"), ("13498123456", "mobile.format"), ("13489123456", ""),
        ("16191234567", "mobile.satellite"), ("+86 1619 1234567", "mobile.satellite"), ("16181234567", "mobile.format"),
        ("14612345678", "mobile.machine"), ("14812345678", "mobile.machine"), ("14512345678", ""), ("14712345678", ""), ("14912345678", ""),
        ("16212345678", ""), ("16512345678", ""), ("16712345678", ""), ("17012345678", ""), ("17112345678", ""), ("19212345678", ""),
        ("14212345678", "mobile.format"), ("14312345678", "mobile.format"), ("15412345678", "mobile.format"),
        ("16112345678", "mobile.format"), ("16412345678", "mobile.format"), ("17912345678", "mobile.format"),
        ("19412345678", "mobile.format"),
        ("1401234567890", "mobile.format"), ("1441234567890", "mobile.format"), ("1064612345678", "mobile.format"),
        ("1064912345678", "mobile.format"), ("1381234567890", "mobile.format"),
    ])
    func rangesAreAsAssigned(number: String, codes: String) {
        let finding = Mobile.check(number)
        #expect(finding.faults.codes == codes && (finding.number != 0) == !finding.faults.hasBlock)
    }

    @Test func mobilesMeetUnderOneNumber() {
        for typed in ["+86 138-1234-5679", "008613812345679", "8613812345679", " 13812345679"] {
            #expect(Mobile.check(typed).number == 13_812_345_679)
        }
    }

    @Test(arguments: [
        "", "1381234567", "138123456789", "12012345678", "14012345678", "15412345678", "16012345678", "17912345678", "19412345678",
        "1064812345678",
        "1440123456789", "013812345679", "1381234567a", "010-12345678", "23812345679", "+1 2025550123", "13812345679/13912345670",
    ])
    func otherNumbersAreNoMobiles(number: String) { #expect(Mobile.check(number) == Telephone.CheckResult([.mobileFormat])) }

    @Test(arguments: [
        "13800138000", "138-0013-8000", "13800000000", "13888888888", "19900000000", "95588", "955880", "4001234567", "400-123-4567",
        "8008101234", "10086",
    ])
    func junkHasItsOwnCode(number: String) { #expect(Mobile.check(number).faults == [.mobileJunk]) }

    @Test func theListOfJunkCanBeExtended() {
        let junk = JunkNumbers(extra: ["139-1111-2222", "010-65432100", "no number", ""])
        #expect(Mobile.check("13911112222").faults.isEmpty && Mobile.check("13911112222", junk: junk).faults == [.mobileJunk])
        #expect(Mobile.check("13800138000", junk: junk).faults == [.mobileJunk] && Mobile.check("13911112223", junk: junk).faults.isEmpty)
        #expect(Landline.check("010-65432100").faults.isEmpty && Landline.check("010-65432100", junk: junk).faults == [.landlineFormat])
    }

    @Test(
        arguments: [
            ("010-12345678", 1_012_345_678), ("01012345678", 1_012_345_678), ("(010)12345678", 1_012_345_678),
            ("010 1234 5678", 1_012_345_678),
            ("010-1234-5678", 1_012_345_678), ("+86-10-12345678", 1_012_345_678), ("+86 010 12345678", 1_012_345_678),
            ("0086-10-1234-5678", 1_012_345_678),
            ("010-12345678-123", 1_012_345_678), ("010-12345678转8001", 1_012_345_678), ("010-12345678 ext. 12", 1_012_345_678),
            ("010-12345678#9", 1_012_345_678), ("010-12345678分机8001", 1_012_345_678), ("010-12345678 分机：8001", 1_012_345_678),
            ("010-12345678转分机12", 1_012_345_678), ("01012345678-分机号12", 1_012_345_678), ("010-12345678（分機8001）", 1_012_345_678),
            ("010-12345678内线12", 1_012_345_678),
            ("０１０－１２３４５６７８", 1_012_345_678), ("021-87654321", 2_187_654_321), ("0755-88881234", 75_588_881_234),
            ("0371-1234567", 3_711_234_567),
            ("0371-123-4567", 3_711_234_567), ("0991-1234567-6", 9_911_234_567),
        ] as [(String, UInt64)])
    func landLinesPass(number: String, key: UInt64) { #expect(Landline.check(number) == Telephone.CheckResult(number: key)) }

    @Test(arguments: [
        "", "021-1234567", "010-1234567", "010-123456789", "12345678", "011-12345678", "0311-123456", "0311-123456789", "13812345679",
        "013812345679",
        "95588", "4001234567", "010-12345678-", "010-12345678-1234567", "010-88888888", "010-1234567a", "0-", "+86", "转", "010转12345678", "分机8001", "010-12345678分机", "分机010-12345678", "010-12345678号",
        "00123456789",
    ])
    func otherNumbersAreNoLandLines(number: String) { #expect(Landline.check(number) == Telephone.CheckResult([.landlineFormat])) }

    @Test(arguments: ["a@b.cn", " li.ming+x@mail.example.com ", "o'neil_1@a-b.co", "x@1.example", "A@EXAMPLE.COM"])
    func addressesOfMailPass(address: String) { #expect(Email.check(address).isEmpty) }

    @Test(arguments: [
        "", "a", "@b.cn", "a@", "a@b", "a@b.c", "a@.cn", "a@b..cn", ".a@b.cn", "a.@b.cn", "a..b@b.cn", "a b@b.cn", "a@b@c.cn", "a@-b.cn",
        "a@b-.cn", "a@b.123",
        "张三@b.cn", "a@例子.cn", "无", "a@b.cn,c@d.cn",
    ])
    func malformedMailIsRefused(address: String) { #expect(Email.check(address) == [.emailFormat]) }

    @Test func mailHasLimitsOfLength() {
        #expect(
            Email.check(String(repeating: "a", count: 64) + "@b.cn").isEmpty
                && !Email.check(String(repeating: "a", count: 65) + "@b.cn").isEmpty)
        #expect(!Email.check("a@" + String(repeating: "b.", count: 150) + "cn").isEmpty)
        #expect(Email.normalForm(" A@Example.COM") == "a@example.com")
    }

    @Test func accountsAreJudged() {
        #expect(BankAccount.check("4111111111111111").isEmpty && BankAccount.check("4111 1111 1111 1111").isEmpty)
        #expect(BankAccount.check("4111111111111112") == [.accountLuhn])
        #expect(BankAccount.check("6222021234567890124") == [.accountLuhn] || BankAccount.check("6222021234567890125") == [.accountLuhn])
        for length in [12, 17, 18] { #expect(BankAccount.check(String("1234567890123456789".prefix(length))).isEmpty) }
        for bad in ["", "12345678901", "12345678901234567890", "62220212345678901A", "无", "0000000000000000"] {
            #expect(BankAccount.check(bad) == [.accountFormat], "\(bad)")
        }
    }

    /// The class is asked, since the number does not tell it.
    @Test func classesOfAccountsAreRead() {
        for (text, read) in [("Ⅰ类", AccountClass.first), ("1", .first), ("II类户", .second), ("二类账户", .second), ("Ⅲ 类", .third), ("ⅲ", .third)] {
            #expect(AccountClass(text) == read && read.isLimited == (read != .first))
        }
        for none in ["", "4", "一般户", "类"] { #expect(AccountClass(none) == nil) }
    }

    @Test func luhnCatchesEveryChangedDigit() {
        let good = Array("6222021001116245702".utf8)
        let fits = (0...9).map { digit in with(good.dropLast() + [UInt8(48 + digit)]) { BankAccount.passesLuhn($0) } }
        #expect(fits.count(where: { $0 }) == 1)
        guard let check = fits.firstIndex(of: true) else { return }
        for place in 0..<18 {
            for digit in UInt8(48)...57 where digit != good[place] {
                var changed = good.dropLast() + [UInt8(48 + check)]
                changed[place] = digit
                #expect(!with(Array(changed)) { BankAccount.passesLuhn($0) })
            }
        }
    }
}
