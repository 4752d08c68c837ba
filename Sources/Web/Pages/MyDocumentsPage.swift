import Hummingbird
import Kernel

/// 我发起和经办的: what the person started, holds or took a step on, the newest first, in pages.
enum MyDocumentsPage {
    static func add(to routes: Routes) { routes.page("/mine", show) }

    private static func show(_ call: Call) async throws -> Response {
        let l = call.l, after = try call.after(.place)
        let page = try await call.desk.handled(by: call.person, after: after)
        let body: HTML =
            page.rows.isEmpty && after == nil
            ? """
            <section class="sheet pad empty"><h2>\(l("您还没有发起或办理过单据", "You have started and handled no documents yet"))</h2>
            <p class="quiet">\(l("从左侧选择登记簿，点“新建”即可发起一件。", "Choose a register at the left and press “New” to start one."))</p></section>
            """
            : """
            <section class="sheet">\(DocumentTable.html(page.rows, call))
            \(Pager.html(page, isFirst: after == nil, l, first: "/mine", next: { "/mine?after=\(call.ids.word($0, .place))" }))</section>
            """
        return try await call.page(
            l("我发起和经办的", "My documents"), here: "/mine",
            """
            <div class="head"><h1>\(l("我发起和经办的", "My documents"))</h1>\(Pager.total(page, isFirst: after == nil, l))</div>\(body)
            """)
    }
}

/// Documents of several types in one list.
enum DocumentTable {
    static func html(_ rows: [DocumentRow], _ call: Call) -> HTML {
        let l = call.l
        let heads = [l("单据", "Document"), l("登记簿", "Register"), l("状态", "State"), l("时限", "Due"), l("最近变动", "Last change")]
        let lines = rows.map { row -> HTML in
            let type = call.catalogue.type(row.type)
            let clock = row.due.map { Self.clock($0, row, type, call) } ?? ""
            return """
                <tr><td data-label="\(heads[0])"><span>\(DocumentName.link(row, call)) \(whose(row, call))</span></td>\
                <td data-label="\(heads[1])"><a href="/r/\(row.type)">\(type?.title[l] ?? row.type)</a></td>\
                <td data-label="\(heads[2])">\(StateName(row.state, of: type).html(l))</td><td data-label="\(heads[3])">\(clock)</td>\
                <td data-label="\(heads[4])">\(l.moment(row.changed, in: call.today))</td></tr>
                """
        }
        return """
            <div class="scroll"><table class="stack"><thead><tr>\(heads.map { "<th scope=\"col\">\($0)</th>" as HTML })</tr></thead>
            <tbody>\(lines)</tbody></table></div>
            """
    }

    /// How much time is left; of work that others owe the person, it is said as theirs.
    private static func clock(_ due: DeadlineView, _ row: DocumentRow, _ type: DocumentType?, _ call: Call) -> HTML {
        let l = call.l, words = ClockWords(due, now: call.now, calendar: call.calendar, l)
        let concerned: PersonID? =
            switch type?.deadlines.first(where: { $0.name == due.name })?.concerns {
            case .requester: row.creator
            case .named(let field): row.values[field]?.whole.map { PersonID($0) }
            default: nil
            }
        if concerned != call.person { return words.html(bar: false, l) }
        return "<span class=\"quiet\">\(l("对方\(due.title.zh)：\(words.text)", "Theirs, \(due.title.en): \(words.text)"))</span>"
    }

    /// Who looks for somebody finds applications too, which are called by their number.
    private static func whose(_ row: DocumentRow, _ call: Call) -> HTML {
        guard !row.title.isEmpty, let name = DocumentName.whose(row, call.catalogue), name != row.title else { return "" }
        return "<span class=\"quiet\">\(UserText.html(name, call.l))</span>"
    }
}
