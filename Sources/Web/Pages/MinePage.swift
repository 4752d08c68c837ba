import Hummingbird
import Kernel

/// 我的文书: what the person holds, the latest change first.
enum MinePage {
    static func add(to routes: Routes) { routes.page("/mine", show) }

    private static func show(_ call: Call) async throws -> Response {
        let l = call.l
        var rows: [DocumentRow] = []
        var query = RegisterQuery()
        query.person = call.person
        query.limit = 100
        for type in call.catalogue.types { rows += try await call.desk.register(type.name, query, by: call.person).rows }
        rows.sort { $0.changed > $1.changed }
        let body: HTML =
            rows.isEmpty
            ? """
            <section class="sheet pad empty"><h2>\(l("您手上还没有文书", "You hold no documents yet"))</h2>
            <p class="quiet">\(l("从左侧选择登记簿，点“登记”即可发起一件。", "Choose a register at the left and press “New” to start one."))</p></section>
            """
            : "<section class=\"sheet\">\(DocumentTable.html(Array(rows.prefix(200)), call))</section>"
        return try await call.page(
            l("我的文书", "My documents"), here: "/mine",
            """
            <div class="head"><h1>\(l("我的文书", "My documents"))</h1><span class="quiet">\(l.documents(rows.count))</span></div>\(body)
            """)
    }
}

/// Documents of several types in one list.
enum DocumentTable {
    static func html(_ rows: [DocumentRow], _ call: Call) -> HTML {
        let l = call.l
        let heads = [l("文书", "Document"), l("登记簿", "Register"), l("状态", "State"), l("时限", "Due"), l("最近变动", "Last change")]
        let lines = rows.map { row -> HTML in
            let type = call.catalogue.type(row.type)
            let clock = row.due.map { ClockWords($0, now: call.now, calendar: call.calendar, l).html(bar: false, l) } ?? ""
            return """
                <tr><td data-label="\(heads[0])"><span>\(DocumentName.link(row, call))</span></td>\
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
}
