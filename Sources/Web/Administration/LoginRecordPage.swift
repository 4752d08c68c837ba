import Hummingbird
import Kernel

/// 登录记录: who came in, who failed to, and what became of tokens. Each line is an entry of the ledger.
enum LoginRecordPage {
    private static let onePage = 100

    static func add(to routes: Routes) {
        routes.page("/admin/logins") { call in
            try call.mustAdminister()
            return try await show(call)
        }
    }

    static func title(_ line: AccountLine, _ l: Language) -> HTML {
        let isBad = line.event == .failed || line.event == .heldBack
        return isBad ? "<span class=\"state no\">\(line.event.words[l])</span>" : HTML(line.event.words[l])
    }

    /// What was said of it, and the address.
    static func written(_ line: AccountLine, _ l: Language) -> HTML {
        let said: HTML =
            line.words.map { words in
                line.event == .tokenMade || line.event == .tokenEnded ? UserText.html(words[l], l) : HTML(words[l])
            } ?? ""
        let address: HTML = line.written.isEmpty ? "" : "<code>\(line.written)</code>"
        return [said, address].filter { !$0.isEmpty }.joined(by: " · ")
    }

    private static func show(_ call: Call) async throws -> Response {
        let l = call.l
        // Whoever has left is looked for as well.
        let everybody = Array(call.organisation.people.values)
        let people = Options.people(call.organisation, everybody, call.ids, on: call.today, l)
        var faults: [Refusal.Fault] = []
        let word = call.query.value("person", among: people, &faults)
        // Nobody's lines are shown where a name was typed that nobody has.
        let person = faults.isEmpty ? call.ids.read(word, .person).map { PersonID($0) } : .none
        let after = try call.after(.entry)
        let found = try await call.desk.accountLines(of: person, after: after, limit: onePage + 1)
        let heads = [l("时间", "Moment"), l("人员", "Person"), l("事项", "What"), l("说明", "Details")]
        let rows = found.prefix(onePage).map { line -> HTML in
            let by: HTML =
                line.by.isNone || line.by == line.person
                ? "" : " <span class=\"quiet\">\(l("由 ", "by "))\(call.organisation.name(line.by)[l])</span>"
            let who: HTML =
                line.person.isNone
                ? "<span class=\"quiet\">\(l("没有此登录名", "no such log-in name"))</span>" : HTML(call.organisation.name(line.person)[l])
            return """
                <tr><td data-label="\(heads[0])"><a class="number" href="/ledger/\(call.ids.word(line.id, .entry))"><time>\(l.moment(line.at, in: call.today))</time></a></td>\
                <td data-label="\(heads[1])"><span>\(who)\(by)</span></td><td data-label="\(heads[2])"><span>\(title(line, l))</span></td>\
                <td data-label="\(heads[3])"><span>\(written(line, l))</span></td></tr>
                """
        }
        let none: HTML = rows.isEmpty ? "<p class=\"pad quiet\">\(l("没有记录", "Nothing yet"))</p>" : ""
        let chosen = faults.isEmpty ? word : call.query.chosen("person")
        let more: HTML =
            found.count > onePage
            ? "<a href=\"/admin/logins\(FormData.query([("person", chosen), ("after", call.ids.word(found[onePage - 1].id, .entry))]))\" rel=\"next\">\(l("较早的记录", "Older lines"))</a>"
            : ""
        return try await AdministrationForm.page(
            call, l("登录记录", "Log-in record"), here: "/admin/logins", faults,
            """
            <form class="filters" action="/admin/logins">\
            \(TypeAhead.choice(
                "id=\"person\" name=\"person\" aria-label=\"\(l("人员", "Person"))\"", id: "person", name: "person", people, chosen, l,
                blank: l("全部人员", "Everybody"), hint: l("姓名，不填则全部", "A name, or everybody")))\
            <button>\(l("筛选", "Filter"))</button></form>
            <section class="sheet"><div class="scroll"><table class="stack"><thead>\
            <tr>\(heads.map { "<th scope=\"col\">\($0)</th>" as HTML })</tr></thead><tbody>\(Array(rows))</tbody></table></div>\(none)\
            \("<div class=\"pages\">\(more)</div>", if: !more.isEmpty)</section>
            """)
    }
}
