import Hummingbird
import Kernel
import WorkCalendar

/// 人员与岗位: who works here, and who holds which post in which unit.
enum PersonsPage {
    static func add(to routes: Routes) {
        AdministrationForm.add(
            "/admin/persons", to: routes, show: { try await show($0, $1, $2) },
            take: [
                "change": change, "appoint": appoint,
                "reset": { call, form in
                    try await call.desk.administer(
                        .askReset(try person(call, form).id, reason: form["reason"].trimmingBlanks), by: call.principal)
                },
                "decline": { call, form in
                    try await call.desk.administer(.declineRequest(call.named("request", in: form, .request)), by: call.principal)
                },
                "end": { call, form in
                    let holding = try call.named("holding", in: form, .holding)
                    let person = call.organisation.holdings.first { $0.id == holding }?.person ?? .none
                    let successor = try await successor(call, form, of: person)
                    try await call.desk.administer(
                        .endHolding(holding, on: call.today, settled: form.has("settled"), successor: successor), by: call.principal)
                },
            ], tell: ["add": add, "confirm": confirm])
    }

    /// The person gets a one-time word, and sets the own password with it: no administrator knows one that is in force.
    @Sendable private static func add(_ call: Call, _ form: FormData) async throws -> Response {
        var reader = AdministrationForm.Reader(form, call.ids)
        let (login, zh) = (reader.text("login"), reader.text("zh"))
        try reader.check()
        let word = OneTimeWord()
        let hash = try await call.edge.passwords.make(word.text)
        let id = try await call.desk.administer(
            .addPerson(
                login: login, zh: zh, en: form["en"].trimmingBlanks, clearance: level(form), administrator: form.has("administrator")),
            by: call.principal)
        try await call.desk.administer(.giveWord(PersonID(id), hash: hash), by: call.principal)
        let name = Words(zh, form["en"].trimmingBlanks.isEmpty ? zh : form["en"].trimmingBlanks)
        return try await show(call, FormData(), [], told: word.html(for: name, call.l))
    }

    @Sendable private static func confirm(_ call: Call, _ form: FormData) async throws -> Response {
        let requests = try await call.desk.accountRequests()
        let wanted = call.ids.id(form["request"], .request)
        guard let request = requests.first(where: { $0.id == wanted }) else {
            throw DeskError.conflict(Words("此申请已处理或已过期", "This request is decided already, or too old"))
        }
        guard request.kind == .password else {
            try await call.desk.administer(.confirmRequest(request.id, hash: nil), by: call.principal)
            return .redirect(to: "/admin/persons")
        }
        let word = OneTimeWord()
        try await call.desk.administer(.confirmRequest(request.id, hash: call.edge.passwords.make(word.text)), by: call.principal)
        return try await show(call, FormData(), [], told: word.html(for: call.organisation.name(request.person), call.l))
    }

    private static func level(_ form: FormData) -> Level { Int(form["clearance"]).flatMap { Level(rawValue: $0) } ?? .internal }

    private static func person(_ call: Call, _ form: FormData) throws -> Person {
        let id = try call.named("person", in: form, .person)
        guard let person = call.organisation.people[PersonID(id)] else { throw DeskError.absent }
        return person
    }

    @Sendable private static func change(_ call: Call, _ form: FormData) async throws {
        let person = try person(call, form), successor = try await successor(call, form, of: person.id)
        try await call.desk.administer(
            .changePerson(
                person.id, zh: form["zh"].trimmingBlanks, en: form["en"].trimmingBlanks, clearance: level(form), active: form.has("active"),
                administrator: form.has("administrator"), settled: form.has("settled"), successor: successor),
            by: call.principal)
    }

    /// Nobody where the field is left blank.
    private static func successor(_ call: Call, _ form: FormData, of person: PersonID) async throws -> PersonID? {
        let typed = form.chosen("successor")
        if typed.isEmpty { return nil }
        if PublicIDs.isWord(typed) { return PersonID(try call.named("successor", in: form.with("successor", typed), .person)) }
        let chosen = try form.choosing("successor", among: try await successors(of: person, call))
        return PersonID(try call.named("successor", in: chosen, .person))
    }

    /// Whose leaving the form is about that was sent back, where what hangs on that person is asked for.
    private static func leaver(_ call: Call, _ form: FormData, _ faults: [Refusal.Fault]) -> PersonID? {
        guard faults.contains(where: { $0.field == "settled" || $0.field == "successor" }) else { return nil }
        if let person = call.ids.read(form["person"], .person) { return PersonID(person) }
        let holding = call.ids.id(form["holding"], .holding)
        return call.organisation.holdings.first { $0.id == holding }?.person
    }

    @Sendable private static func appoint(_ call: Call, _ form: FormData) async throws {
        var reader = AdministrationForm.Reader(form, call.ids)
        let person = reader.id("who", .person, among: Options.people(call)), unit = reader.id("unit", .unit, among: Options.units(call))
        let post = reader.choice("post", among: posts(call))
        let from = reader.day("from")
        let to: Day? = form["to"].isEmpty ? nil : reader.day("to")
        try reader.check()
        if let to, to < from {
            throw DeskError.invalid([.init(field: "to", Words("离岗日期早于任职日期，请更正", "The end is before the beginning; correct it"))])
        }
        try await call.desk.administer(.appoint(PersonID(person), UnitID(unit), post: post, from: from, to: to), by: call.principal)
    }

    private static func show(_ given: Call, _ form: FormData, _ faults: [Refusal.Fault], told: HTML = "") async throws -> Response {
        var call = given
        // A form may have changed it.
        if call.request.method == .post { call.organisation = try await call.desk.organisation() }
        let l = call.l
        let people = call.organisation.people.values.sorted { ($0.isActive ? 0 : 1, $0.id.raw) < ($1.isActive ? 0 : 1, $1.id.raw) }
        let leaver = leaver(call, form, faults), text = call.query["q"].trimmingBlanks
        let like = Set(TypeAhead.like(text, Options.people(call.organisation, people, call.ids, on: call.today, l)).map(\.value))
        let shown = people.filter { text.isEmpty || $0.id == leaver || like.contains(call.ids.word($0.id)) }
        let handover = Handover(form: form, l: l, successors: leaver == nil ? [] : try await successors(of: leaver ?? .none, call))
        let heads = [l("姓名", "Name"), l("登录名", "Log-in"), l("涉密等级", "Clearance"), l("岗位", "Posts"), l("更改", "Change")]
        return try await AdministrationForm.page(
            call, l("人员与岗位", "People and posts"), here: "/admin/persons", faults,
            """
            \(told)\(try await StartSheet.html(call))\(try await AccountRequestsSheet.html(call))\(try await VacanciesSheet.html(call))<section class="sheet">\(search(text, shown.count, of: people.count, l))<div class="scroll"><table class="stack"><thead>\
            <tr>\(heads.map { "<th scope=\"col\">\($0)</th>" as HTML })</tr></thead>\
            <tbody>\(shown.map { row($0, heads, call, $0.id == leaver ? handover : nil) })</tbody></table></div></section>
            \(appointForm(call, form, faults))\(addForm(call, form, faults))
            """)
    }

    /// Where there are more than one reads at a glance.
    private static func search(_ text: String, _ found: Int, of all: Int, _ l: Language) -> HTML {
        if all <= TypeAhead.longestList { return "" }
        let words = l("姓名、登录名、单位或拼音首字母", "Name, log-in, unit or initials")
        return """
            <form class="filters" action="/admin/persons"><input type="search" name="q" value="\(text)" aria-label="\(words)" placeholder="\(words)">\
            <button>\(l("查找", "Look"))</button><span class="quiet" role="status">\(l("\(found) / \(all) 人", "\(found) of \(all)"))</span>\
            \("<a href=\"/admin/persons\">\(l("清除", "Clear"))</a>", if: !text.isEmpty) <a href="#who">\(l("任职", "Appoint"))</a> \
            <a href="#login">\(l("增加人员", "Add a person"))</a></form>
            """
    }

    private static func successors(of person: PersonID, _ call: Call) async throws -> [Option] {
        let fit = try await Set(call.desk.successors(of: person))
        return Options.people(call) { fit.contains($0.id) }
    }

    /// What is asked for where something hangs on whoever leaves.
    private struct Handover {
        let form: FormData
        let l: Language
        let successors: [Option]

        func html(_ name: String) -> HTML {
            let settled: HTML = """
                <label class="check"><input type="checkbox" name="settled" value="1"\(" checked", if: form.has("settled"))> \(l("交接已安排", "It is arranged"))</label>
                """
            if successors.isEmpty { return settled }
            return """
                <label for="\(name)">\(l("名下待办的接办人（选填，不选则退回岗位）", "Who takes the tasks over (optional; else they go back)"))</label>\
                \(TypeAhead.choice(
                    "id=\"\(name)\" name=\"successor\"", id: name, name: "successor", successors, form["successor"], l, blank: l("不指定", "Nobody"),
                    hint: l("姓名，不填则不指定", "A name, or nobody")))\(settled)
                """
        }
    }

    private static func row(_ person: Person, _ heads: [String], _ call: Call, _ handover: Handover?) -> HTML {
        let l = call.l
        let marks: HTML = """
            \(" <span class=\"state open\">\(l("管理员", "administrator"))</span>", if: person.isAdministrator)\
            \(" <span class=\"state no\">\(l("已停用", "not active"))</span>", if: !person.isActive)
            """
        let held = call.organisation.holdings.filter {
            $0.person == person.id && $0.ended == nil && ($0.to.map { $0 >= call.today } ?? true)
        }
        let posts = held.map { holding -> HTML in
            let post = call.catalogue.posts[holding.post]?.title[l] ?? holding.post
            let period = holding.from > call.today ? l("自 \(l.day(holding.from)) ", "from \(l.day(holding.from)) ") : ""
            let until: HTML =
                holding.to.map { "<span class=\"quiet\">\(l("至 \(l.day($0))", "until \(l.day($0))"))</span> " } ?? ""
            let asked: HTML = handover.map { call.ids.id($0.form["holding"], .holding) == holding.id ? $0.html("successor") : "" } ?? ""
            let end: HTML = """
                \(until)<details class="ask"\(" open", if: !asked.isEmpty)><summary aria-label="\(l("免职：\(post)", "End: \(post)"))">\(l("免职", "End"))</summary>\
                <form method="post" action="/admin/persons/end">\(call.csrf)\
                <p class="hint">\(l("免去\(person.words.zh)的“\(post)”，其待办将退回岗位或转给接办人，确定吗？",
                    "\(person.words.en) is “\(post)” no more; the tasks go back or to a successor. Are you sure?"))</p>\(asked)\
                <button name="holding" value="\(call.ids.word(holding.id, .holding))">\(l("确认免职", "Yes, end it"))</button></form></details>
                """
            return "<li><span>\(period)\(call.organisation.name(holding.unit)[l])·\(post)</span> \(end)</li>"
        }
        let changed = handover.flatMap { $0.form.has("person") ? $0 : nil }
        return """
            <tr><td data-label="\(heads[0])"><span>\(person.words[l])\(marks)</span></td><td data-label="\(heads[1])">\
            <code>\(person.login)</code></td>\
            <td data-label="\(heads[2])">\(person.clearance.words[l])</td><td data-label="\(heads[3])"><ul class="posts">\(posts)</ul></td>\
            <td data-label="\(heads[4])"><details\(" open", if: changed != nil)><summary>\(l("更改", "Change"))</summary>\(changeForm(person, call, changed))</details></td></tr>
            """
    }

    private static func levels(_ l: Language) -> [Option] { Level.allCases.map { Option(value: String($0.rawValue), title: $0.words[l]) } }

    private static func changeForm(_ person: Person, _ call: Call, _ handover: Handover?) -> HTML {
        let l = call.l
        let id = call.ids.word(person.id), most: HTML = " maxlength=\"\(Administration.longestName)\""
        func box(_ name: String, _ label: String, _ isOn: Bool) -> HTML {
            "<label class=\"check\"><input type=\"checkbox\" name=\"\(name)\" value=\"1\"\(" checked", if: isOn)> \(label)</label>"
        }
        return """
            <form class="stackform" method="post" action="/admin/persons/change">\(call.csrf)<input type="hidden" name="person" value="\(id)">\
            <input name="zh" value="\(person.words.zh)"\(most) aria-label="\(l("中文姓名", "Chinese name"))">\
            <input name="en" value="\(person.words.en)"\(most) aria-label="\(l("英文姓名", "English name"))">\
            <select name="clearance" aria-label="\(l("涉密等级", "Clearance"))">\(PlainField.options(levels(l), String(person.clearance.rawValue), blank: nil))</select>\
            \(box("active", l("在职", "Active"), handover == nil && person.isActive))\(handover?.html("successor") ?? "")\(box("administrator", l("系统管理员", "Administrator"), person.isAdministrator))\
            <button>\(l("保存", "Save"))</button></form>\
            <form class="stackform" method="post" action="/admin/persons/reset">\(call.csrf)<input type="hidden" name="person" value="\(id)">\
            <input name="reason" maxlength="\(Administration.longestReason)" aria-label="\(l("重设密码的理由", "Why the password is reset"))" placeholder="\(l("重设密码的理由", "Why the password is reset"))">\
            <button>\(l("申请重设密码", "Ask for a reset"))</button></form>
            """
    }

    /// Posts of two regulations may be called the same.
    private static func posts(_ call: Call) -> [Option] {
        let posts = call.catalogue.posts.values, l = call.l
        let times = Dictionary(posts.map { ($0.title[l], 1) }, uniquingKeysWith: +)
        return posts.map { post in
            let title = post.title[l]
            let regulation = call.catalogue.contents.first { contents in contents.posts.contains { $0.id == post.id } }
            let place = regulation.map { $0.regulation.short[l] } ?? post.id
            return Option(
                value: post.id, title: times[title, default: 1] > 1 ? l("\(title)（\(place)）", "\(title) (\(place))") : title, also: [title])
        }.sorted { $0.title < $1.title }
    }

    private static func appointForm(_ call: Call, _ form: FormData, _ faults: [Refusal.Fault]) -> HTML {
        let l = call.l
        return AdministrationForm.sheet(
            call, l("任职", "Appoint"), action: "/admin/persons/appoint", button: l("任职", "Appoint"),
            """
            \(PlainField.select("who", l("人员", "Person"), Options.people(call), form["who"], faults, l))\
            \(PlainField.select("post", l("岗位", "Post"), posts(call), form["post"], faults, l))\
            \(PlainField.select("unit", l("单位", "Unit"), Options.units(call), form["unit"], faults, l))\
            \(PlainField.text("from", l("任职日期", "From"), form.has("from") ? form["from"] : call.today.description, faults, l))\
            \(PlainField.text("to", l("离岗日期（选填，含当日）", "Until (optional, that day included)"), form["to"], faults, l))
            """)
    }

    private static func addForm(_ call: Call, _ form: FormData, _ faults: [Refusal.Fault]) -> HTML {
        let l = call.l, longest = Administration.longestName
        return AdministrationForm.sheet(
            call, l("增加人员", "Add a person"), action: "/admin/persons/add", button: l("增加", "Add"),
            """
            \(PlainField.text("login", l("登录名", "Log-in name"), form["login"], faults, l, autocomplete: "username", longest: longest))\
            \(PlainField.text("zh", l("中文姓名", "Chinese name"), form["zh"], faults, l, longest: longest))\
            \(PlainField.text("en", l("英文姓名（选填）", "English name (optional)"), form["en"], faults, l, longest: longest))\
            \(PlainField.select("clearance", l("涉密等级", "Clearance"), levels(l), form.has("clearance") ? form["clearance"] : "1", faults, l))\
            \(PlainField.check("administrator", l("系统管理员", "Administrator"), form.has("administrator")))\
            <p class="hint whole">\(l("增加后显示一次性口令，由本人登录后设置自己的密码。", "A one-time word is shown then; with it the person logs in and sets the own password."))</p>
            """)
    }
}
