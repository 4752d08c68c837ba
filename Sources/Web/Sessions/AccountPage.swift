import Hummingbird
import Kernel
import Store

/// 我的账户: the person's own password, log-ins and API tokens.
enum AccountPage {
    static func add(to routes: Routes) {
        let edge = routes.edge
        routes.page("/account") { call in try await show(call, []) }
        routes.form("/account/password") { call, form in
            let faults = try await changePassword(call, form)
            return faults.isEmpty ? .redirect(to: "/account?done=password") : try await show(call, faults)
        }
        routes.form("/account/phrases", isLong: true) { call, form in
            do {
                try await call.desk.keep(phrases: form["phrases"].split(whereSeparator: \.isNewline).map(String.init), by: call.person)
                return .redirect(to: "/account?done=phrases")
            } catch DeskError.invalid(let faults) {
                return try await show(call, faults, typed: form)
            }
        }
        routes.form("/account/logout-everywhere") { call, _ in
            try await edge.logins.endAll(of: call.person, from: call.place)
            call.context.note(.logOutEverywhere, call.person, call.place)
            return LoginPage.left(edge.configuration)
        }
    }

    private static func changePassword(_ call: Call, _ form: FormData) async throws -> [Refusal.Fault] {
        let kept = try await call.desk.secret(login: call.me.login)?.hash
        // Who entered a demonstration without a password has none to give.
        if kept != nil {
            switch try await call.edge.tryPassword(form["old"], of: call.me.login, call.request, call.context) {
            case .wait(let seconds): throw WebFault.tooManyAttempts(seconds: seconds)
            case .wrong: return [.init(field: "old", Words("现在的密码不对，请重新输入", "The present password is not right; type it again"))]
            case .right(let attempt): try await call.edge.logins.authenticated(call.login, by: attempt)
            }
        }
        let faults = PasswordRule.faults(form, of: call.knownToOthers)
        if !faults.isEmpty { return faults }
        let hash = try await call.edge.passwords.make(form["new"])
        try await call.desk.administer(.setSecret(call.person, hash: hash, keeping: call.token.digest), by: call.principal)
        return []
    }

    static func show(_ call: Call, _ faults: [Refusal.Fault], made: Token? = nil, typed: FormData = FormData()) async throws -> Response {
        let l = call.l
        let posts = call.posts.map { "<li>\(call.organisation.name($0.unit)[l])·\($0.post[l])</li>" as HTML }
        let ended = l("密码已更改，其他设备上的登录和全部接口令牌已终止。", "The password is changed; log-ins on other devices and all API tokens have ended.")
        let done: HTML = call.query["done"] == "password" ? "<div class=\"note\" role=\"status\"><p>\(ended)</p></div>" : ""
        let word: HTML =
            made.map { token in
                """
                <div class="note" role="status"><p><b>\(l("新令牌，只显示这一次，请立即保存：", "The new token. It is shown this once; save it now:"))</b>\
                </p><p><code>\(token.text)</code></p></div>
                """
            } ?? ""
        return try await call.page(
            l("我的账户", "My account"), here: "/account", status: faults.isEmpty ? .ok : .unprocessableContent,
            """
            <div class="head"><h1>\(l("我的账户", "My account"))</h1><span class="quiet">\(call.me.words[l]) · <code>\(call.me.login)</code> · \
            \(l("涉密等级", "clearance")) \(call.me.clearance.words[l])</span></div>\(FaultSummary.html(faults, call))\(done)\(word)
            <section class="sheet"><header><h2>\(l("岗位", "Posts"))</h2></header>\
            \(posts.isEmpty ? "<p class=\"pad quiet\">\(l("目前没有岗位", "None at present"))</p>" : "<ul class=\"lines\">\(posts)</ul>" as HTML)</section>
            \(try await logins(call))\(try await phrases(call, faults, typed))\(passwordForm(call, faults))\
            \(try await TokenForms.html(call, faults, typed))
            """)
    }

    /// 常用语: offered wherever an opinion is asked for.
    private static func phrases(_ call: Call, _ faults: [Refusal.Fault], _ typed: FormData) async throws -> HTML {
        let l = call.l, own = try await call.desk.phrases(of: call.person)
        let text = typed.has("phrases") ? typed["phrases"] : (own.isEmpty ? Opinion.phrases.map { $0[l] } : own).joined(separator: "\n")
        let done: HTML = call.query["done"] == "phrases" ? "<p role=\"status\">\(l("常用语已保存。", "The phrases are kept."))</p>" : ""
        return """
            <section class="sheet"><header><h2>\(l("常用语", "Common phrases"))</h2></header>\
            <form class="pad" method="post" action="/account/phrases">\(call.csrf)\(done)\
            \(PlainField.prose("phrases", l("办理时可选用，每行一条", "To be chosen when you act, one a line"), text, faults, l, rows: 7))\
            <button>\(l("保存常用语", "Keep the phrases"))</button></form></section>
            """
    }

    /// The last log-ins and failures: who sees a stranger's among them changes the password.
    private static func logins(_ call: Call) async throws -> HTML {
        let l = call.l
        let lines = try await call.desk.accountLines(of: call.person, limit: 10).map { line -> HTML in
            """
            <li><span>\(LoginRecordPage.title(line, l))</span> <span class="quiet">\(LoginRecordPage.written(line, l))</span> \
            <time class="quiet">\(l.moment(line.at, in: call.today))</time></li>
            """
        }
        let count = try await call.edge.logins.count(of: call.person)
        let list: HTML = lines.isEmpty ? "" : "<ul class=\"lines\">\(lines)</ul>"
        return """
            <section class="sheet"><header><h2>\(l("最近的登录", "Latest log-ins"))</h2></header>\(list)
            <form class="pad row" method="post" action="/account/logout-everywhere">\(call.csrf)<span class="quiet">\
            \(l("有不是您本人的登录，请立即更改密码。目前登录 \(count) 处。",
                "If one of them was not yours, change your password at once. Logged in at \(count == 1 ? "1 place" : "\(count) places") now."))</span>\
            <button>\(l("退出全部登录", "Log out everywhere"))</button></form></section>
            """
    }

    private static func passwordForm(_ call: Call, _ faults: [Refusal.Fault]) -> HTML {
        let l = call.l
        let hint = l("至少 \(PasswordRule.shortest) 个字符，越长越好", "At least \(PasswordRule.shortest) characters; longer is better")
        return """
            <section class="sheet"><header><h2>\(l("更改密码", "Change the password"))</h2></header>\
            <form class="pad" method="post" action="/account/password" novalidate>\(call.csrf)
            <input type="text" name="username" value="\(call.me.login)" autocomplete="username" hidden>
            <div class="two">\(PlainField.text("old", l("现在的密码", "Present password"), "", faults, l, type: "password", autocomplete: "current-password"))\
            \(PlainField.text("new", l("新密码", "New password"), "", faults, l, hint: hint, type: "password", autocomplete: "new-password"))\
            \(PlainField.text("again", l("再输入一次新密码", "New password again"), "", faults, l, type: "password", autocomplete: "new-password"))</div>
            <button class="act">\(l("更改密码", "Change the password"))</button></form></section>
            """
    }
}
