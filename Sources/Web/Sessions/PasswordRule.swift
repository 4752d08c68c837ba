import Kernel

/// What a new password must be like (NIST SP 800-63B: length counts, not the kinds of characters).
package enum PasswordRule {
    package static let shortest = 10
    static let longest = 200

    /// What is wrong with it; `nil` when nothing is.
    package static func fault(_ password: String, login: String) -> Words? {
        if password.count < shortest {
            return Words("密码至少 \(shortest) 个字符，请加长", "A password has at least \(shortest) characters; make it longer")
        }
        if password.count > longest { return Words("密码最多 \(longest) 个字符", "A password has at most \(longest) characters") }
        if Set(password).count < 5 {
            return Words("密码中不同的字符太少，请换一个", "The password repeats too few characters; choose another")
        }
        if !login.isEmpty, password.lowercased().contains(login.lowercased()) {
            return Words("密码不能包含登录名，请换一个", "The password must not contain the log-in name; choose another")
        }
        return nil
    }

    /// Of a form in which the new password is typed twice.
    static func faults(_ form: FormData, login: String) -> [Refusal.Fault] {
        if let fault = fault(form["new"], login: login) { return [.init(field: "new", fault)] }
        if form["new"] == form["again"] { return [] }
        return [.init(field: "again", Words("两次输入的新密码不一致，请重新输入", "The two are not the same; type them again"))]
    }
}
