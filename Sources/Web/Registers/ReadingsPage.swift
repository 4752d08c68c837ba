import Hummingbird
import Kernel
import Tables

/// 查阅登记: who read whose personal data, for whoever watches over it; for everybody else there is no such page.
enum ReadingsPage {
    static func add(to routes: Routes) {
        routes.page("/readings", show)
        routes.form("/readings/export", export)
    }

    /// Those who work or worked where the readings are watched: whoever has left is looked for as well.
    private static func people(_ call: Call) -> [Option] {
        let now = call.now, organisation = call.organisation
        let watched = call.watchedReadings
        let units = Set(
            organisation.units.keys.filter { unit in
                watched.contains { regulation, scopes in
                    organisation.adopter(of: regulation, for: unit, on: now.day).map(scopes.contains) == true
                }
            })
        let there = Set(organisation.holdings.filter { units.contains($0.unit) }.map(\.person))
        let people = organisation.people.values.filter { there.contains($0.id) }
        return Options.people(organisation, people, call.ids, on: now.day, call.l)
    }

    private static func regulations(_ desk: Desk) -> [String] { desk.catalogue.regulations.map(\.regulation.id) }

    private static func show(_ call: Call) async throws -> Response {
        let l = call.l, people = people(call)
        let address = ReadingsAddress(call.query, call.ids, people, regulations: regulations(call.desk))
        let page = try await call.desk.readingRegister(address.query, by: call.person)
        let faults: HTML =
            address.faults.isEmpty
            ? ""
            : "<div class=\"note refusal\" role=\"alert\"><p><b>\(address.faults.map { $0.words[l] }.joined(separator: l("；", "; ")))</b></p></div>"
        let hidden: HTML =
            "\(address.pairs.filter { !$0.1.isEmpty }.map { "<input type=\"hidden\" name=\"\($0.0)\" value=\"\($0.1)\">" as HTML })"
        let exports: HTML = """
            <form class="row" method="post" action="/readings/export" data-download>\(call.csrf)\(hidden)\
            <button name="format" value="csv">\(l("导出 CSV", "Export CSV"))</button>\
            <button name="format" value="xlsx">\(l("导出 XLSX", "Export XLSX"))</button></form>
            """
        return try await call.page(
            l("查阅登记", "Readings"), here: "/readings",
            """
            <div class="head"><h1>\(l("查阅登记", "Readings"))</h1>\(exports, if: !page.lines.isEmpty)</div>
            <p class="quiet">\(l("谁在何时、为何事、经何处查看过谁的个人信息。本页不显示个人信息本身；记录出自存证，不能更改。",
                "Who read whose personal data, when, what for and where. The data itself is not shown; the lines are drawn from the ledger and cannot be changed."))</p>
            \(faults)<section class="sheet">\(filters(address, people, call))\(table(page, address, call))</section>
            """)
    }

    private static func filters(_ address: ReadingsAddress, _ people: [Option], _ call: Call) -> HTML {
        let l = call.l
        let watched = call.watchedReadings.keys.sorted().compactMap { id in
            call.catalogue.regulation(id).map { Option(value: id, title: $0.regulation.short[l]) }
        }
        let regulations: HTML =
            watched.count < 2
            ? ""
            : """
            <select name="regulation" aria-label="\(l("制度", "Regulation"))">\
            \(PlainField.options(watched, address["regulation"], blank: l("全部制度", "All regulations")))</select>
            """
        let names = TypeAhead.proposals("people", people)
        let typed = call.ids.read(address.person, .person).map { call.organisation.name(PersonID($0))[l] } ?? address.person
        let number = l("客户号或编号", "Customer or document number"), person = l("查看人姓名", "Who read"), purpose = l("目的中的字", "In the purpose")
        func day(_ name: String, _ label: String) -> HTML {
            "<label class=\"inline\">\(label) <input type=\"date\" name=\"\(name)\" value=\"\(address[name])\"></label>"
        }
        let document: HTML =
            address["document"].isEmpty ? "" : "<input type=\"hidden\" name=\"document\" value=\"\(address["document"])\">"
        return """
            <form class="filters" action="/readings" aria-label="\(l("筛选", "Filter"))">\(document)\
            <input type="search" name="number" value="\(address["number"])" aria-label="\(number)" placeholder="\(number)">\
            <button>\(l("筛选", "Filter"))</button>\
            <details class="more"\(" open", if: address.isNarrowed)><summary>\(l("更多筛选", "More filters"))</summary><div>\
            <input name="person" list="people" value="\(typed)" aria-label="\(person)" placeholder="\(person)" autocomplete="off" class="written">\
            \(names)<input name="purpose" value="\(address["purpose"])" aria-label="\(purpose)" placeholder="\(purpose)">\(regulations)\
            \(day("from", l("自", "From")))\(day("to", l("至", "To")))</div></details>\
            \("<a href=\"/readings\">\(l("清除", "Clear"))</a>", if: address.isFiltered)</form>
            """
    }

    private static func table(_ page: ReadingLines, _ address: ReadingsAddress, _ call: Call) -> HTML {
        let l = call.l
        let onwards = page.next.map { FormData.query(address.pairs.filter { !$0.1.isEmpty } + [("after", call.ids.word($0, .entry))]) }
        let cut: HTML =
            page.isCut
            ? "<p class=\"pad quiet\">\(l("已查到此处，更早的记录尚未查找。", "Looked through so far; earlier lines have not been looked at yet."))</p>"
            : ""
        let more: HTML =
            onwards.map { "<div class=\"pages\"><a href=\"/readings\($0)\" rel=\"next\">\(l("更早的记录", "Earlier"))</a></div>" } ?? ""
        if page.lines.isEmpty {
            return """
                <div class="pad empty"><h2>\(l("没有查阅记录", "No readings"))</h2><p class="quiet">\(address.isFiltered
                    ? l("没有符合条件的记录。", "Nothing matches.") : l("还没有人查看过个人信息。", "Nobody has read personal data yet."))</p></div>\(cut)\(more)
                """
        }
        let heads = [
            l("时间", "At"), l("查看人", "Who"), l("查看了谁的", "Whose"), l("方式", "How"), l("栏目", "Which data"), l("目的", "Purpose"),
            l("经由", "Through"),
        ]
        let rows = page.lines.map { line -> HTML in
            let behalf: HTML = line.behalf.map { " <span class=\"quiet\">\(l("（代\($0.zh)）", "(for \($0.en))"))</span>" } ?? ""
            let cells: [HTML] = [
                "<time class=\"number\" datetime=\"\(line.at.description)\">\(l.moment(line.at, in: call.today))</time>",
                "\(line.person[l])\(behalf)", object(line.object, line.type, call), HTML(line.what[l]),
                fields(line, l), purpose(line, l), way(line, call),
            ]
            let proof = call.ids.word(line.id, .entry)
            // Whoever may not read the document does not open its entry.
            let entry: HTML =
                line.object?.mayRead != true
                ? ""
                : "<a class=\"entry number\" href=\"/ledger/\(proof)\" title=\"\(l("存证记录", "Ledger entry"))\">№\(String(proof.prefix(8)))</a>"
            let all = zip(heads, cells).map { "<td data-label=\"\($0)\"><span>\($1)</span></td>" as HTML }
            return "<tr>\(all)<td data-label=\"\(l("存证", "Ledger"))\">\(entry)</td></tr>"
        }
        return """
            <div class="scroll"><table class="stack"><thead><tr>\(heads.map { "<th scope=\"col\">\($0)</th>" as HTML })\
            <th scope="col">\(l("存证", "Ledger"))</th></tr></thead><tbody>\(rows)</tbody></table></div>\(cut)\(more)
            """
    }

    private static func object(_ object: ReadingLine.Object?, _ type: Words, _ call: Call) -> HTML {
        guard let object else { return "\(call.l("登记簿：\(type.zh)", "Register: \(type.en)"))" }
        let l = call.l
        let said: HTML =
            object.number.map { DocumentName.spoken($0, l) } ?? object.whose.map { UserText.html($0, l) } ?? HTML(l("（无编号）", "(no number)"))
        let name: HTML = "\(object.type[l]) \(said)"
        return object.mayRead ? "<a href=\"\(call.address(object.id))\">\(name)</a>" : name
    }

    /// Many fields are folded: a customer has a dozen.
    private static func fields(_ line: ReadingLine, _ l: Language) -> HTML {
        let all = line.fields.map { $0[l] }.joined(separator: l("、", ", "))
        if line.fields.count < 4 { return HTML(all) }
        let first = line.fields[0][l]
        return """
            <details><summary>\(l("\(first)等 \(line.fields.count) 项", "\(first) and \(line.fields.count - 1) more"))</summary>\(all)</details>
            """
    }

    private static func purpose(_ line: ReadingLine, _ l: Language) -> HTML {
        UserText.html(line.purpose.isEmpty ? line.told?[l] ?? "" : line.purpose, l)
    }

    private static func way(_ line: ReadingLine, _ call: Call) -> HTML {
        switch line.way {
        case .page: HTML(call.l("页面", "Page"))
        case .program: HTML(call.l("接口", "API"))
        case .document: line.through.map { object($0, $0.type, call) } ?? HTML(call.l("其他单据", "Another document"))
        }
    }

    // MARK: As a file, and for programs

    private static func export(_ call: Call, _ form: FormData) async throws -> Response {
        let l = call.l, people = people(call)
        let address = ReadingsAddress(form, call.ids, people, regulations: regulations(call.desk))
        guard address.faults.isEmpty else { throw DeskError.invalid(address.faults) }
        let format = RegisterExport.Format(rawValue: form["format"]) ?? .csv
        try await call.desk.enterReadingExport(address.query, by: call.principal)
        let header = [
            l("时间", "At"), l("查看人", "Who"), l("代", "For"), l("单据", "Document"), l("编号", "Number"), l("方式", "How"), l("栏目", "Which data"),
            l("目的", "Purpose"), l("经由", "Through"), l("条文", "Article"),
        ]
        let file = try TemporaryFile(), title = l("查阅登记", "Readings")
        let put: ([String]) throws -> Void, close: () throws -> Void
        switch format {
        case .csv:
            let writer = try CSVWriter(.file(file.path), byteOrderMark: true, guardsFormulas: true)
            try writer.row(header)
            put = { try writer.row($0) }
            close = { try writer.close() }
        case .xlsx:
            let writer = try XLSXWriter(path: file.path, sheet: title, header: header)
            put = { try writer.row($0) }
            close = { try writer.close() }
        }
        var query = address.query
        query.limit = 500
        // A page at a time: of years of readings no more than that is held.
        repeat {
            let page = try await call.desk.readingRegister(query, by: call.person)
            for line in page.lines { try put(cells(line, call)) }
            query.after = page.next
        } while query.after != nil
        try close()
        return .download(file, name: "\(title) \(call.today).\(format.rawValue)", type: format.type)
    }

    private static func cells(_ line: ReadingLine, _ call: Call) -> [String] {
        let l = call.l
        let way =
            switch line.way {
            case .page: l("页面", "Page")
            case .program: l("接口", "API")
            case .document: line.through.map { "\($0.type[l]) \($0.number ?? $0.whose ?? "")" } ?? l("其他单据", "Another document")
            }
        return [
            line.at.description, line.person[l], line.behalf?[l] ?? "", line.object?.type[l] ?? line.type[l],
            line.object?.number ?? line.object?.whose ?? "", line.what[l], line.fields.map { $0[l] }.joined(separator: l("、", ", ")),
            line.purpose.isEmpty ? line.told?[l] ?? "" : line.purpose, way,
            line.articles.map { ArticleName.words($0, in: call.catalogue, l) }.joined(separator: l("、", ", ")),
        ]
    }

    static func program(_ edge: Edge, _ request: Request, _ person: PersonID) async throws -> Response {
        let asked = try APIQuery(request, known: ReadingsAddress.names + ["after", "limit"])
        let form = try FormData(urlEncoded: request.uri.query ?? "")
        var address = ReadingsAddress(form, edge.ids, [], regulations: regulations(edge.desk))
        guard address.faults.isEmpty else { throw DeskError.invalid(address.faults) }
        address.limit(try APIQuery.limit(asked["limit"], standard: 50))
        let page = try await edge.desk.readingRegister(address.query, by: person)
        return .json(
            .record([
                .init("items", .list(page.lines.map { edge.json.reading($0) })),
                .init("next", page.next.map { .text(edge.ids.word($0, .entry)) } ?? .null),
            ]))
    }
}

extension DocumentJSON {
    func reading(_ line: ReadingLine) -> JSONValue {
        func words(_ words: Words) -> JSONValue { .record([.init("zh", .text(words.zh)), .init("en", .text(words.en))]) }
        func object(_ object: ReadingLine.Object?) -> JSONValue {
            guard let object else { return .null }
            return .record([
                .init("id", object.mayRead ? .text(ids.word(object.id, .document)) : .null), .init("type", words(object.type)),
                .init("number", object.number.map { .text($0) } ?? .null),
            ])
        }
        let way =
            switch line.way {
            case .page: "page"
            case .program: "api"
            case .document: "document"
            }
        return .record([
            .init("entry", .text(ids.word(line.id, .entry))), .init("at", .text(line.at.description)), .init("who", words(line.person)),
            .init("behalf", line.behalf.map(words) ?? .null), .init("type", words(line.type)), .init("document", object(line.object)),
            .init("what", words(line.what)), .init("fields", .list(line.fields.map(words))), .init("purpose", .text(line.purpose)),
            .init("way", .text(way)), .init("through", object(line.through)),
        ])
    }
}
