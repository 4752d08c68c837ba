import Hummingbird
import Kernel

/// Changes the language and stays on the page.
enum LanguageSwitch {
    static func add(to routes: Routes) {
        let edge = routes.edge
        routes.openForm("/language") { request, context, form in
            let language = Language(rawValue: form["language"]) ?? .zh
            // Whose word is wrong changes nothing that is kept, only the cookie of this browser.
            if case .browser(let login, let token) = context.caller, Token.same(form["csrf"], login.csrf) {
                try await edge.logins.speak(language, token)
            }
            var response = Response.redirect(to: LoginPage.inside(form["back"]))
            let secure = edge.configuration.isHTTPS ? "; Secure" : ""
            response.headers[.setCookie] = "language=\(language.rawValue); Path=/; Max-Age=31536000; SameSite=Lax; HttpOnly\(secure)"
            return response
        }
    }

    static func form(_ l: Language, back: String, csrf: HTML) -> HTML {
        """
        <form method="post" action="/language">\(csrf)<input type="hidden" name="back" value="\(back)">\
        <button class="plain" name="language" value="\(l.other.rawValue)" lang="\(l.other.code)">\(l == .zh ? "English" : "中文")</button>\
        </form>
        """
    }
}
