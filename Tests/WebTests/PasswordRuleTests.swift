import Kernel
import Testing

@testable import Web

/// Passwords that are guessed first, and those that are not.
struct PasswordRuleTests {
    private static let about = PasswordRule.About(
        login: "wang5", names: [Words("王小明", "Wang Xiaoming")], units: [Words("恒安人寿保险公司", "Hengan Life"), Words("客户服务部", "Customer service")])

    @Test(arguments: [
        ("123456789", "至少 10 个字符"), ("aaaaaaaaaab", "不同的字符太少"), ("my wang5 and me", "不能包含登录名"),
        ("12345678901", "不能全是数字"), ("13812345678", "不能全是数字"), ("2026-01-15 88", "不能全是数字"),
        ("qwertyuiop", "连续或重复"), ("abcdefghijk", "连续或重复"), ("1qaz2wsx3edc", "连续或重复"), ("asdfghjkl;1", "连续或重复"),
        ("zxcvbnm,./1", "连续或重复"), ("!@#$%^&*()a", "连续或重复"), ("ab1xyab1xyab1xy", "连续或重复"), ("9876543210z", "连续或重复"),
        ("password1234", "最常用的词"), ("P@ssw0rd2026!", "最常用的词"), ("woaini1314520", "最常用的词"), ("Admin@20261", "最常用的词"),
        ("iloveyou5201314", "最常用的词"), ("zhongguo2026", "最常用的词"), ("welcome19991231", "最常用的词"),
        ("wangxiaoming1", "您的姓名"), ("XiaomingWang90", "您的姓名"), ("王小明1234567", "连续或重复"), ("hengan2026life", "您的姓名"),
        ("恒安人寿保险公司2026", "您的姓名"), ("wxm13812345678", "最常用的词"),
    ])
    func whatIsGuessedFirstIsRefusedInWords(password: String, words: String) {
        let fault = PasswordRule.fault(password, of: Self.about)
        #expect(fault?.zh.contains(words) == true, "\(password): \(fault?.zh ?? "taken")")
        #expect(fault?.zh.contains("请") == true && fault?.en.isEmpty == false)
    }

    @Test(arguments: [
        "correct horse battery", "a password of my own", "another long password", "other words here", "xk7#9mQ2pL", "雨后的竹林有三只猫在睡觉",
        "shanyu feng man lou", "Tr7-vulcan-meadow", "b8!Kq-zr2_Wm",
    ])
    func whatNobodyGuessesIsTaken(password: String) {
        #expect(PasswordRule.fault(password, of: Self.about) == nil, "\(PasswordRule.fault(password, of: Self.about)?.en ?? "")")
    }

    @Test func anotherPersonMayTakeWhatIsOnesOwn() {
        let other = PasswordRule.About(login: "li4", names: [Words("李四", "Li Si")])
        #expect(PasswordRule.fault("wangxiaoming1", of: other) == nil)
    }
}
