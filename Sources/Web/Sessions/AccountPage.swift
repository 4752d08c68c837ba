import Hummingbird
import Kernel
import Store

/// 我的账户: the person's own password and API tokens.
enum AccountPage {
    static func add(to routes: Routes) {
        routes.page("/account") { call in try await show(call, [], made: nil) }
        routes.form("/account/password") { call, form in
            let faults = try await changePassword(call, form)
            return faults.isEmpty ? .redirect(to: "/account?done=password") : try await show(call, faults, made: nil)
        }
        routes.form("/account/tokens") { call, form in
            let label = String(form["label"].trimmingBlanks.prefix(100))
            guard !label.isEmpty, let days = Int(form["days"]), APITokens.days.contains(days) else {
                return try await show(call, [.init(field: "label", Words("请写明用途", "Say what it is for"))], made: nil)
            }
            let token = try await call.edge.apiTokens.make(for: call.person, label: label, days: days)
            return try await show(call, [], made: token)
        }
        routes.form("/account/tokens/revoke") { call, form in
            let tokens = try await call.edge.apiTokens.list(of: call.person)
            guard let token = tokens.first(where: { Token.hexadecimal($0.digest) == form["token"] }) else { throw DeskError.absent }
            try await call.edge.apiTokens.revoke(token.digest, of: call.person)
            return .redirect(to: "/account")
        }
    }

    private static func changePassword(_ call: Call, _ form: FormData) async throws -> [Refusal.Fault] {
        let address = call.context.address(call.request, call.edge.configuration)
        let seconds = call.edge.throttle.attempt(login: call.me.login, address: address)
        guard seconds == 0 else { throw WebFault.tooManyAttempts(seconds: seconds) }
        let kept = try await call.desk.secret(login: call.me.login)?.hash
        // Who entered a demonstration without a password has none to give.
        if kept != nil {
            guard form["old"].utf8.count <= 1024, try await call.edge.passwords.verify(form["old"], against: kept) else {
                return [.init(field: "old", Words("现在的密码不对，请重新输入", "The present password is not right; type it again"))]
            }
        }
        call.edge.throttle.succeeded(login: call.me.login, address: address)
        if let fault = PasswordRule.fault(form["new"], login: call.me.login) { return [.init(field: "new", fault)] }
        if form["new"] != form["again"] {
            return [.init(field: "again", Words("两次输入的新密码不一致，请重新输入", "The two are not the same; type them again"))]
        }
        let hash = try await call.edge.passwords.make(form["new"])
        try await call.desk.administer(.setSecret(call.person, hash: hash), by: call.hand)
        try await call.edge.logins.endAll(of: call.person, but: call.token)
        return []
    }

    private static func show(_ call: Call, _ faults: [Refusal.Fault], made: Token?) async throws -> Response {
        let l = call.l
        let posts = call.posts.map { "<li>\(call.organisation.name($0.unit)[l])·\($0.post[l])</li>" as HTML }
        let done: HTML =
            call.query["done"] == "password"
            ? "<div class=\"note\" role=\"status\"><p>\(l("密码已更改，其他设备上的登录已退出。", "The password is changed; log-ins on other devices have ended."))</p></div>"
            : ""
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
            \(passwordForm(call, faults))\(try await tokens(call, faults))
            """)
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

    private static func tokens(_ call: Call, _ faults: [Refusal.Fault]) async throws -> HTML {
        let l = call.l
        let wall = call.edge.configuration.wallClock.now()
        let rows = try await call.edge.apiTokens.list(of: call.person).map { token -> HTML in
            let ends = token.ends > wall ? l("至 \(l.day(token.ends.day))", "until \(l.day(token.ends.day))") : l("已过期", "expired")
            return """
                <li><span>\(Written.html(token.label, l)) <span class="quiet">\(l.day(token.created.day)) \(l("创建", "made")) · \(ends)</span></span>\
                <form method="post" action="/account/tokens/revoke">\(call.csrf)<button class="plain" name="token" value="\(Token.hexadecimal(token.digest))" \
                aria-label="\(l("作废：\(token.label)", "Revoke: \(token.label)"))">\(l("作废", "Revoke"))</button></form></li>
                """
        }
        let list: HTML = rows.isEmpty ? "" : "<ul class=\"lines\">\(rows)</ul>"
        let days = APITokens.days.map { Choice(value: String($0), title: l("\($0) 天", "\($0) days")) }
        return """
            <section class="sheet"><header><h2>\(l("接口令牌", "API tokens"))</h2><a href="/api/openapi.json">\
            \(l("接口说明（OpenAPI）", "API description (OpenAPI)"))</a></header>\(list)
            <form class="pad" method="post" action="/account/tokens" novalidate>\(call.csrf)<p class="quiet">\
            \(l("持有令牌的程序以您的身份、按您的权限办理，请像密码一样保管。",
                "A program with the token acts as you, within your rights. Keep it like a password."))</p><div class="two">\
            \(PlainField.text("label", l("用途", "What for"), "", faults, l))\
            <div class="field"><label for="days">\(l("有效期", "Valid for"))</label>\
            <select id="days" name="days">\(PlainField.options(days, "90", blank: nil))</select></div></div>\
            <button>\(l("创建令牌", "Make a token"))</button></form></section>
            """
    }
}
