import Hummingbird
import Kernel
import WorkCalendar

/// The first start: makes the root unit, its first administrator and the adoptions, once, for whoever has the word printed on the terminal.
enum SetupPage {
    static func add(to routes: Routes) {
        let edge = routes.edge
        guard let code = edge.configuration.setupCode else { return }
        routes.openPage("/setup") { request, context in
            try await mustBeEmpty(edge)
            return show(edge, context.language, FormData(), [])
        }
        routes.openForm("/setup") { request, context, form in
            try await mustBeEmpty(edge)
            let (place, now) = (context.place(request, edge.configuration), edge.configuration.wallClock.now())
            // The code is guessed like a password, under a name that no person has.
            let attempt = try await edge.desk.beginAttempt(login: "+setup", from: place, at: now)
            guard attempt.wait == 0 else { throw WebFault.tooManyAttempts(seconds: attempt.wait) }
            let faults = faults(form, code: code)
            guard faults.isEmpty else { return show(edge, context.language, form, faults) }
            try await edge.desk.dropAttempt(attempt)
            let hash = try await edge.passwords.make(form["password"])
            let administrator = try await make(edge, form, hash: hash)
            return try await LoginPage.begin(edge, administrator, request, context, next: "/admin/units")
        }
    }

    private static func mustBeEmpty(_ edge: Edge) async throws {
        guard try await edge.desk.organisation().people.isEmpty else { throw DeskError.absent }
    }

    private static let names = ["unit", "unitEn", "name", "nameEn", "login"]

    private static func faults(_ form: FormData, code: String) -> [Refusal.Fault] {
        var faults: [Refusal.Fault] = []
        if !Token.same(form["code"].trimmingBlanks, code) {
            faults.append(
                .init(field: "code", Words("设置码不对，请照服务器终端上显示的输入", "The code is not right; type the one shown on the server's terminal")))
        }
        for (field, zh, en) in [
            ("unit", "请填写单位名称", "Enter the unit's name"), ("login", "请填写登录名", "Enter a log-in name"), ("name", "请填写姓名", "Enter your name"),
        ]
        where form[field].trimmingBlanks.isEmpty {
            faults.append(.init(field: field, Words(zh, en)))
        }
        faults += names.compactMap { TextLimit.fault($0, form[$0], longest: Administration.longestName) }
        let about = PasswordRule.About(
            login: form["login"].trimmingBlanks, names: [Words(form["name"], form["nameEn"])], units: [Words(form["unit"], form["unitEn"])])
        if let fault = PasswordRule.fault(form["password"], of: about) { faults.append(.init(field: "password", fault)) }
        return faults
    }

    private static func make(_ edge: Edge, _ form: FormData, hash: String) async throws -> PersonID {
        let desk = edge.desk
        let root = UnitID(
            try await desk.administer(
                .addUnit(parent: nil, zh: form["unit"].trimmingBlanks, en: form["unitEn"].trimmingBlanks), by: .system))
        let today = desk.clock.now().day
        for contents in desk.catalogue.regulations where form.all("regulation").contains(contents.regulation.id) {
            try await desk.administer(.adopt(regulation: contents.regulation.id, version: 1, unit: root, from: today), by: .system)
        }
        // The person comes last: with somebody there, this page is gone.
        let name = form["name"].trimmingBlanks
        let person = PersonID(
            try await desk.administer(
                .addPerson(
                    login: form["login"].trimmingBlanks, zh: name, en: form["nameEn"].trimmingBlanks, clearance: .internal,
                    administrator: true), by: .system))
        try await desk.administer(.setSecret(person, hash: hash), by: .system)
        return person
    }

    private static func show(_ edge: Edge, _ l: Language, _ form: FormData, _ faults: [Refusal.Fault]) -> Response {
        let chosen = Set(form.all("regulation"))
        let regulations = edge.desk.catalogue.regulations.map { contents -> HTML in
            let id = contents.regulation.id
            return
                "<label class=\"check\"><input type=\"checkbox\" name=\"regulation\" value=\"\(id)\"\(" checked", if: chosen.contains(id))> \(contents.regulation.title[l])</label>"
        }
        let lines = faults.map { "<li><a href=\"#\($0.field)\">\($0.words[l])</a></li>" as HTML }
        let note: HTML =
            faults.isEmpty
            ? ""
            : "<div class=\"note refusal\" role=\"alert\" tabindex=\"-1\" data-focus><p><b>\(ErrorResponse(DeskError.invalid(faults)).words[l])</b></p><ul>\(lines)</ul></div>"
        func field(_ name: String, _ zh: String, _ en: String, hint: String? = nil, type: String = "text", autocomplete: String = "off")
            -> HTML
        {
            PlainField.text(
                name, l(zh, en), type == "password" ? "" : form[name], faults, l, hint: hint, type: type, autocomplete: autocomplete,
                longest: names.contains(name) ? Administration.longestName : nil)
        }
        let body: HTML = """
            <div class="narrow"><div class="head"><h1>\(l("首次设置", "First set-up"))</h1></div>\(note)
            <form class="sheet pad" method="post" action="/setup" novalidate>
            \(field("code", "设置码", "Set-up code", hint: l("启动服务时显示在终端上", "Shown on the terminal when the server started")))
            \(field("unit", "最上级单位名称", "Name of the topmost unit"))\(field("unitEn", "英文名称（选填）", "Its English name (optional)"))
            <fieldset class="field"><legend>\(l("采用的制度", "Regulations to adopt"))</legend>\
            <p class="hint">\(l("以后可在“制度启用”中增加", "More can be adopted later"))</p>\(regulations)</fieldset>
            <h2>\(l("系统管理员", "Administrator"))</h2>
            \(field("name", "姓名", "Name", autocomplete: "name"))\(field("nameEn", "英文姓名（选填）", "English name (optional)"))\
            \(field("login", "登录名", "Log-in name", autocomplete: "username"))\
            \(field("password", "密码", "Password", hint: l("至少 \(PasswordRule.shortest) 个字符", "At least \(PasswordRule.shortest) characters"), type: "password", autocomplete: "new-password"))
            <button class="act">\(l("完成设置", "Finish"))</button></form></div>
            """
        return BarePage(title: l("首次设置", "First set-up"), body: body, back: "/setup").response(
            faults.isEmpty ? .ok : .unprocessableContent, l)
    }
}
