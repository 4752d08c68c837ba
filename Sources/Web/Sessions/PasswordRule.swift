import Foundation
import Kernel

/// What a new password must be like: long, and not one of those that are guessed first (NIST SP 800-63B, 3.1.1.2: length counts and not the
/// kinds of characters; what is common, expected or the person's own is refused).
package enum PasswordRule {
    package static let shortest = 10
    static let longest = 200
    /// So many parts that nobody guesses as one: see `GuessedParts`.
    private static let fewest = 8

    /// What others know of who sets a password.
    package struct About: Sendable {
        let login: String
        let names: [Words]
        /// Of the organisation.
        let units: [Words]

        package init(login: String, names: [Words] = [], units: [Words] = []) {
            (self.login, self.names, self.units) = (login, names, units)
        }
    }

    /// What is wrong with it; `nil` when nothing is.
    package static func fault(_ password: String, of about: About) -> Words? {
        if password.count < shortest {
            return Words("密码至少 \(shortest) 个字符，请加长", "A password has at least \(shortest) characters; make it longer")
        }
        if password.count > longest { return Words("密码最多 \(longest) 个字符", "A password has at most \(longest) characters") }
        if Set(password).count < 5 {
            return Words("密码中不同的字符太少，请换一个", "The password repeats too few characters; choose another")
        }
        if !about.login.isEmpty, password.lowercased().contains(about.login.lowercased()) {
            return Words("密码不能包含登录名，请换一个", "The password must not contain the log-in name; choose another")
        }
        if password.allSatisfy({ $0.isNumber || $0.isWhitespace || $0 == "-" }) {
            return Words(
                "密码不能全是数字，电话、证件号和日期最先被人试出；请加上几个词",
                "A password is not of digits alone: telephones, documents' numbers and dates are tried first. Add a few words")
        }
        let parts = GuessedParts(password, about)
        return parts.count < fewest ? words(of: parts.greatest) : nil
    }

    private static func words(of kind: GuessedParts.Kind) -> Words {
        switch kind {
        case .own:
            Words(
                "密码主要由您的姓名、登录名或单位名称组成，别人很容易猜到；请改用几个互不相干的词连在一起",
                "The password is mostly your name, log-in name or organisation, which others guess; use several words that have nothing to do with each other")
        case .common:
            Words(
                "密码主要由最常用的词或年份组成，最先被人试出；请改用几个互不相干的词连在一起",
                "The password is mostly common words or years, which are tried first; use several words that have nothing to do with each other")
        case .run:
            Words(
                "密码主要是连续或重复的字符（如 12345、qwer、aaaa），最先被人试出；请改用几个互不相干的词连在一起",
                "The password is mostly a sequence or repeats (such as 12345, qwer, aaaa), which are tried first; use several words that have nothing to do with each other")
        }
    }

    /// Of a form in which the new password is typed twice.
    static func faults(_ form: FormData, of about: About) -> [Refusal.Fault] {
        if let fault = fault(form["new"], of: about) { return [.init(field: "new", fault)] }
        if form["new"] == form["again"] { return [] }
        return [.init(field: "again", Words("两次输入的新密码不一致，请重新输入", "The two are not the same; type them again"))]
    }
}

extension Call {
    /// What others know of the person.
    var knownToOthers: PasswordRule.About {
        PasswordRule.About(login: me.login, names: [me.words], units: organisation.units.values.map(\.words))
    }
}
