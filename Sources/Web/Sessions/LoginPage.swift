import Hummingbird
import Kernel
import Store

/// Comes in and goes out. In a demonstration on loopback, comes in as anybody.
enum LoginPage {
    static func add(to routes: Routes) {
        let edge = routes.edge
        routes.openPage("/login") { request, context in
            if try await edge.desk.organisation().people.isEmpty, edge.configuration.setupCode != nil { return .redirect(to: "/setup") }
            let query = try FormData(urlEncoded: request.uri.query ?? "")
            return try await show(edge, context.language, login: "", next: query["next"], wrong: nil)
        }
        routes.openForm("/login") { request, context, form in try await enter(edge, request, context, form) }
        routes.form("/logout") { call, _ in
            try await edge.logins.end(call.login, from: call.place)
            call.context.note(.logOut, call.person, call.place)
            return left(edge.configuration)
        }
        guard edge.configuration.openDemonstration != nil else { return }
        routes.openForm("/login/demo") { request, context, form in
            let organisation = try await edge.desk.organisation()
            let id = edge.ids.id(form["person"], .person)
            guard let person = organisation.people[PersonID(id)], person.isActive else { throw DeskError.absent }
            if organisation.hasLeft(person.id, on: edge.desk.clock.now().day) {
                return try await show(
                    edge, context.language, login: "", next: form["next"], wrong: allEnded[context.language], status: .unprocessableContent)
            }
            return try await begin(edge, person.id, request, context, .door, next: form["next"])
        }
    }

    private static let allEnded = Words("您的岗位已全部结束，不能登录。请联系系统管理员", "All your posts have ended; you cannot log in. Ask an administrator")

    /// An address within this site, so that nobody is sent elsewhere after the log-in; the home page otherwise.
    static func inside(_ address: String) -> String {
        let isInside =
            address.hasPrefix("/") && !address.hasPrefix("//") && !address.hasPrefix("/\\")
            && address.unicodeScalars.allSatisfy { $0.value > 0x20 && $0.value != 0x7F }
        return isInside ? address : "/"
    }

    private static func enter(_ edge: Edge, _ request: Request, _ context: WebContext, _ form: FormData) async throws -> Response {
        let l = context.language
        let login = String(form["login"].prefix(200))
        func again(_ wrong: String, _ status: HTTPResponse.Status = .unprocessableContent) async throws -> Response {
            try await show(edge, l, login: login, next: form["next"], wrong: wrong, status: status)
        }
        switch try await edge.tryPassword(form["password"], of: login, request, context) {
        case .wait(let seconds):
            let answer = ErrorResponse(WebFault.tooManyAttempts(seconds: seconds))
            return try await again(answer.words[l]).with(answer)
        case .wrong: return try await again(l("登录名或密码不对，请重新输入", "The log-in name or the password is not right; type them again"))
        case .right(let attempt):
            guard let person = attempt.person else { throw DeskError.absent }
            if try await edge.desk.organisation().hasLeft(person, on: edge.desk.clock.now().day) {
                return try await again(allEnded[l])
            }
            if let until = attempt.onceUntil, until < edge.desk.clock.now() {
                return try await again(l("一次性口令已过期，请联系系统管理员重新发放", "The one-time word has expired; ask an administrator for another"))
            }
            let method = attempt.onceUntil == nil ? LoginMethod.password : .once
            return try await begin(edge, person, request, context, method, after: attempt, next: form["next"])
        }
    }

    /// Lets a person in; the log-in that this browser had until now ends.
    static func begin(
        _ edge: Edge, _ person: PersonID, _ request: Request, _ context: WebContext, _ method: LoginMethod = .password,
        after attempt: LoginAttempt? = nil, next: String
    ) async throws -> Response {
        var earlier: Token?
        if case .browser(_, let token) = context.caller { earlier = token }
        let place = context.place(request, edge.configuration)
        let token = try await edge.logins.begin(person, context.language, method, after: attempt, from: place, instead: earlier)
        context.note(.logIn, person, place)
        var response = Response.redirect(to: method == .once ? FirstPasswordPage.address : inside(next))
        response.headers[.setCookie] = cookie(edge.configuration, token.text, age: Logins.hours * 3600)
        return response
    }

    /// To the log-in page, without a cookie.
    static func left(_ configuration: WebConfiguration) -> Response {
        var response = Response.redirect(to: "/login")
        response.headers[.setCookie] = cookie(configuration, "", age: 0)
        return response
    }

    private static func cookie(_ configuration: WebConfiguration, _ value: String, age: Int) -> String {
        "\(configuration.cookieName)=\(value); Path=/; Max-Age=\(age); HttpOnly; SameSite=Lax\(configuration.isHTTPS ? "; Secure" : "")"
    }

    private static func show(
        _ edge: Edge, _ l: Language, login: String, next: String, wrong: String?, status: HTTPResponse.Status = .ok
    ) async throws -> Response {
        let next: HTML = next.isEmpty ? "" : "<input type=\"hidden\" name=\"next\" value=\"\(inside(next))\">"
        let note: HTML = wrong.map { "<div class=\"note refusal\" role=\"alert\" tabindex=\"-1\"><p><b>\($0)</b></p></div>" } ?? ""
        let demonstration = edge.configuration.openDemonstration == nil ? "" : try await doors(edge, l, next: next)
        let body: HTML = """
            <div class="narrow"><div class="head"><h1>\(l("登录", "Log in"))</h1></div>\(note)
            <form class="sheet pad" method="post" action="/login">\(next)
            <div class="field"><label for="login">\(l("登录名", "Log-in name"))</label>\
            <input id="login" name="login" value="\(login)" autocomplete="username" autocapitalize="none" spellcheck="false" required></div>
            <div class="field"><label for="password">\(l("密码", "Password"))</label>\
            <input id="password" name="password" type="password" autocomplete="current-password" required></div>
            <button class="act">\(l("登录", "Log in"))</button></form></div>\(demonstration)
            """
        return BarePage(title: l("登录", "Log in"), body: body, back: "/login").response(status, l)
    }

    /// The persons of the demonstration with their posts, each a button.
    private static func doors(_ edge: Edge, _ l: Language, next: HTML) async throws -> HTML {
        let organisation = try await edge.desk.organisation()
        let today = edge.desk.clock.now().day
        let people = organisation.people.values.filter(\.isActive).sorted { $0.id.raw < $1.id.raw }
        func door(_ person: Person) -> HTML? {
            let posts = organisation.holdings(of: person.id, on: today).map { holding in
                "\(organisation.name(holding.unit)[l])·\(edge.desk.catalogue.posts[holding.post]?.title[l] ?? holding.post)"
            }
            if posts.isEmpty && !person.isAdministrator { return nil }
            let all = posts + (person.isAdministrator ? [l("系统管理员", "Administrator")] : [])
            return
                "<button class=\"door\" name=\"person\" value=\"\(edge.ids.word(person.id))\"><b>\(person.words[l])</b> <span>\(all.joined(separator: l("、", ", ")))</span></button>"
        }
        // Each organisation by itself, with what it has adopted.
        let byRoot = Dictionary(grouping: people) { person in
            organisation.home(of: person.id, on: today).flatMap { organisation.lineage($0).last } ?? .none
        }
        let doors = byRoot.keys.sorted { $0.raw > $1.raw }.map { root -> HTML in
            let adopted = edge.desk.catalogue.regulations.filter { contents in
                organisation.adoptions.contains {
                    $0.regulation == contents.regulation.id && organisation.isWithin($0.unit, root) && $0.isInForce(on: today)
                }
            }.map(\.regulation.title[l])
            return """
                <h3>\(root.isNone ? l("系统管理员", "Administrators") : organisation.name(root)[l]) \
                <span class="quiet">\(adopted.joined(separator: l("、", ", ")))</span></h3>\((byRoot[root] ?? []).compactMap(door))
                """
        }
        return """
            \(tour(edge, organisation, l))<section class="sheet narrow"><header><h2>\(l("演示环境：选择以谁的身份进入", "Demonstration: choose whom to enter as"))</h2></header>
            <form class="pad doors" method="post" action="/login/demo">\(next)\(doors)</form></section>
            """
    }

    /// 五分钟导览: for each role what to look at first; each stop is entered as that person.
    private static func tour(_ edge: Edge, _ organisation: Organisation, _ l: Language) -> HTML {
        let parts = (edge.configuration.openDemonstration?.tour ?? []).compactMap { part -> HTML? in
            guard let person = organisation.people.values.first(where: { $0.login == part.login && $0.isActive }) else { return nil }
            let stops = part.stops.map { stop -> HTML in
                """
                <li><form method="post" action="/login/demo"><input type="hidden" name="person" value="\(edge.ids.word(person.id))">\
                <input type="hidden" name="next" value="\(stop.address)"><button class="plain">\(stop.words[l])</button></form></li>
                """
            }
            return """
                <details class="group"><summary><b>\(part.role[l])</b><span class="quiet">\(person.words[l])</span></summary><ol class="lines">\(stops)</ol></details>
                """
        }
        if parts.isEmpty { return "" }
        return """
            <section class="sheet narrow"><header><h2>\(l("五分钟导览：按角色看", "Five minutes: by role"))</h2></header><div class="pad">\(parts)</div></section>
            """
    }
}
