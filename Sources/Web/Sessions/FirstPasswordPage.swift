import Hummingbird
import Kernel

/// 设置密码: who came in by a one-time word sets the own password, and nothing opens before that.
enum FirstPasswordPage {
    static let address = "/account/first"

    /// Whether a page opens to who has not set the own password yet.
    static func isOpen(_ path: String) -> Bool {
        [address, "/logout", "/language", "/favicon.ico"].contains(path) || path.hasPrefix("/assets/")
    }

    static func add(to routes: Routes) {
        let edge = routes.edge
        routes.page(address) { call in
            guard call.login.method == .once else { return .redirect(to: "/account") }
            return try await show(call, [])
        }
        routes.form(address) { call, form in
            guard call.login.method == .once else { return .redirect(to: "/account") }
            var faults = PasswordRule.faults(form, of: call.knownToOthers)
            let word = try await call.desk.secret(login: call.me.login)?.hash
            if faults.isEmpty, try await edge.passwords.verify(form["new"], against: word) {
                faults = [.init(field: "new", Words("新密码不能与一次性口令相同", "The new password must not be the one-time word"))]
            }
            guard faults.isEmpty else { return try await show(call, faults) }
            let hash = try await edge.passwords.make(form["new"])
            try await call.desk.administer(.setSecret(call.person, hash: hash), by: call.principal)
            return try await LoginPage.begin(edge, call.person, call.request, call.context, next: "/")
        }
    }

    /// By whom the password was reset is read here first: this page stands before the notices.
    private static func show(_ call: Call, _ faults: [Refusal.Fault]) async throws -> Response {
        let l = call.l
        let notices: HTML =
            try await call.desk.lastReset(of: call.person).map { "<div class=\"note\"><p><b>\($0[l])</b></p></div>" } ?? ""
        let title = l("设置您的密码", "Set your password")
        let hint = l("至少 \(PasswordRule.shortest) 个字符，越长越好", "At least \(PasswordRule.shortest) characters; longer is better")
        let body: HTML = """
            <div class="narrow"><div class="head"><h1>\(title)</h1></div>\(FaultSummary.html(faults, call))\(notices)
            <p>\(l("您用一次性口令登录。请设置只有您自己知道的密码，然后继续。",
                "You came in by a one-time word. Set a password that you alone know, and go on."))</p>
            <form class="sheet pad" method="post" action="\(address)" novalidate>\(call.csrf)
            <input type="text" name="username" value="\(call.me.login)" autocomplete="username" hidden>
            \(PlainField.text("new", l("新密码", "New password"), "", faults, l, hint: hint, type: "password", autocomplete: "new-password"))\
            \(PlainField.text("again", l("再输入一次新密码", "New password again"), "", faults, l, type: "password", autocomplete: "new-password"))
            <button class="act">\(l("设置密码", "Set the password"))</button></form>
            <form method="post" action="/logout">\(call.csrf)<button class="plain">\(l("退出", "Log out"))</button></form></div>
            """
        return BarePage(title: title, body: body, back: address).response(faults.isEmpty ? .ok : .unprocessableContent, l)
    }
}
