import Hummingbird
import Kernel

/// 接口令牌 on my account: makes, shows and revokes the person's own tokens.
enum TokenForms {
    /// Beside the button that makes a token which may sign.
    static let place = "token"

    static func add(to routes: Routes) {
        routes.form("/account/tokens") { call, form in
            let label = form["label"].trimmingBlanks
            var call = call
            guard !label.isEmpty, let days = Int(form["days"]), APITokens.days.contains(days) else {
                return try await AccountPage.show(call, [.init(field: "label", Words("请写明用途", "Say what it is for"))], typed: form)
            }
            let scopes = Set(form.all("scope").compactMap { TokenScope(rawValue: $0) })
            do {
                // A token that signs is a signature given in advance.
                if scopes.contains(.sign) { _ = try await Signing.sign(&call, form, in: place) }
                let token = try await call.edge.apiTokens.make(
                    for: call.person, label: label, days: days, scopes: scopes, by: call.principal)
                call.context.note(.tokenMade, call.person, call.place)
                return try await AccountPage.show(call, [], made: token)
            } catch DeskError.invalid(let faults) {
                return try await AccountPage.show(call, faults, typed: form)
            } catch DeskError.conflict(let words) {
                return try await AccountPage.show(call, [.init(field: "", words)]).with(status: .conflict)
            }
        }
        routes.form("/account/tokens/revoke") { call, form in
            try await call.edge.apiTokens.revoke(call.named("token", in: form, .token), of: call.person, by: call.principal)
            call.context.note(.tokenEnded, call.person, call.place)
            return .redirect(to: "/account")
        }
    }

    static func html(_ call: Call, _ faults: [Refusal.Fault], _ typed: FormData) async throws -> HTML {
        let l = call.l
        let rows = try await call.edge.apiTokens.list(of: call.person).map { token -> HTML in
            """
            <li><span>\(UserText.html(token.label, l)) <span class="quiet">\(TokenWords.scopes(token.scopes, l)) · \
            \(TokenWords.dates(token, call))</span></span>\
            <form method="post" action="/account/tokens/revoke">\(call.csrf)<button class="plain" name="token" value="\(call.ids.word(token.id, .token))" \
            aria-label="\(l("作废：\(token.label)", "Revoke: \(token.label)"))">\(l("作废", "Revoke"))</button></form></li>
            """
        }
        let list: HTML = rows.isEmpty ? "" : "<ul class=\"lines\">\(rows)</ul>"
        let days = APITokens.days.map { Option(value: String($0), title: l("\($0) 天", "\($0) days")) }
        let chosen = typed.has("label") ? Set(typed.all("scope")) : [TokenScope.read.rawValue]
        let scopes = TokenScope.allCases.map { scope -> HTML in
            """
            <label class="check"><input type="checkbox" name="scope" value="\(scope.rawValue)"\(" checked", if: chosen.contains(scope.rawValue))>\
             \(scope.words[l])</label>
            """
        }
        return """
            <section class="sheet"><header><h2>\(l("接口令牌", "API tokens"))</h2><a href="/api/openapi.json">\
            \(l("接口说明（OpenAPI）", "API description (OpenAPI)"))</a></header>\(list)
            <form class="pad" method="post" action="/account/tokens" novalidate>\(call.csrf)<p class="quiet">\
            \(l("持有令牌的程序以您的身份、按您的权限办理，请像密码一样保管。",
                "A program with the token acts as you, within your rights. Keep it like a password."))</p><div class="two">\
            \(PlainField.text("label", l("用途", "What for"), typed["label"], faults, l, longest: APITokens.longestLabel))\
            <div class="field"><label for="days">\(l("有效期", "Valid for"))</label>\
            <select id="days" name="days">\(PlainField.options(days, typed.has("days") ? typed["days"] : "90", blank: nil))</select></div>\
            <fieldset class="field whole"><legend>\(l("允许的操作", "What it may do"))</legend><div class="row">\(scopes)</div></fieldset>\
            \(password(call, faults))</div>\
            <button>\(l("创建令牌", "Make a token"))</button></form></section>
            """
    }

    private static func password(_ call: Call, _ faults: [Refusal.Fault]) -> HTML {
        let now = call.edge.configuration.wallClock.now()
        if call.edge.configuration.opensWithoutPassword(call.login) || call.login.maySign(at: now) { return "" }
        return Signing.control(
            call, faults, in: place, label: call.l("登录密码（允许签署时填写）", "Your password (where it may sign)"))
    }
}

/// How tokens are described, on the account and to administrators.
enum TokenWords {
    private static let short: [TokenScope: Words] = [
        .read: Words("查看", "read"), .reveal: Words("明文", "reveal"), .act: Words("办理", "act"), .sign: Words("签署", "sign"),
    ]

    static func scopes(_ scopes: Set<TokenScope>, _ l: Language) -> String {
        TokenScope.allCases.filter(scopes.contains).map { short[$0]?[l] ?? $0.rawValue }.joined(separator: l("、", ", "))
    }

    static func used(_ token: APITokens.Entry, _ l: Language) -> String {
        token.used.map { l("最近使用 \(l.day($0))", "last used \(l.day($0))") } ?? l("从未使用", "never used")
    }

    static func ends(_ token: APITokens.Entry, _ call: Call) -> String {
        let l = call.l
        return token.ends > call.edge.configuration.wallClock.now()
            ? l("至 \(l.day(token.ends.day))", "until \(l.day(token.ends.day))") : l("已过期", "expired")
    }

    static func dates(_ token: APITokens.Entry, _ call: Call) -> String {
        let l = call.l
        return "\(l("\(l.day(token.created.day)) 创建", "made \(l.day(token.created.day))")) · \(ends(token, call)) · \(used(token, l))"
    }
}
