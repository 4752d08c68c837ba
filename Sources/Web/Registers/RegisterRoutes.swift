import Hummingbird
import Kernel

/// 登记簿: all documents of a type that the person may see, filtered, in pages.
enum RegisterRoutes {
    static func add(to routes: Routes) {
        routes.page("/r/:type") { call in
            let type = try call.type()
            let address = RegisterAddress(call.query, of: type, call.ids)
            return try await show(call, type, address, try await call.desk.register(type.name, address.query, by: call.person))
        }
        routes.form("/r/:type/find") { call, form in
            let type = try call.type()
            guard type.fields.contains(where: { $0.key == form["field"] && RegisterAddress.isSealed($0) }) else { throw DeskError.absent }
            var query = RegisterQuery()
            query.equal = [form["field"]: form["value"]]
            guard !form["value"].trimmingBlanks.isEmpty else { return .redirect(to: "/r/\(type.name)") }
            let found = try await call.desk.register(type.name, query, by: call.person)
            return try await show(call, type, RegisterAddress(FormData(), of: type, call.ids), found, isFound: true)
        }
        routes.form("/r/:type/export") { call, form in try await RegisterExport.answer(call, form) }
    }

    private static func show(
        _ call: Call, _ type: DocumentType, _ address: RegisterAddress, _ page: RegisterPage, isFound: Bool = false
    ) async throws -> Response {
        let l = call.l
        let new: HTML = OfferedTypes.mayOpen(type, call) ? "<a class=\"button act\" href=\"/r/\(type.name)/new\">\(l("登记", "New"))</a>" : ""
        let exports: HTML =
            page.rows.isEmpty || isFound
            ? ""
            : """
            <form class="row" method="post" action="/r/\(type.name)/export" data-download>\(call.csrf)\(address.hidden)\
            <button name="format" value="csv">\(l("导出 CSV", "Export CSV"))</button>\
            <button name="format" value="xlsx">\(l("导出 XLSX", "Export XLSX"))</button></form>
            """
        let faults: HTML =
            address.faults.isEmpty
            ? ""
            : "<div class=\"note refusal\" role=\"alert\"><p><b>\(address.faults.map { $0.words[l] }.joined(separator: l("；", "; ")))</b></p></div>"
        let rows = page.rows.isEmpty ? nothing(call, type, isFiltered: address.isFiltered || isFound) : table(call, type, address, page)
        return try await call.page(
            type.title[l], here: "/r/\(type.name)",
            """
            <div class="head"><h1>\(type.title[l])</h1>\(Pager.total(page, isFirst: address.query.after == nil, l))\
            <div class="row">\(exports)\(new)</div></div>\(faults)
            <section class="sheet">\(RegisterFilters(call: call, type: type, address: address).html)
            \(rows)</section>
            """)
    }

    private static func nothing(_ call: Call, _ type: DocumentType, isFiltered: Bool) -> HTML {
        let l = call.l
        if isFiltered {
            return
                "<div class=\"pad empty\"><h2>\(l("没有符合条件的文书", "No document matches"))</h2><p class=\"quiet\">\(l("放宽筛选条件，或", "Loosen the filters, or")) <a href=\"/r/\(type.name)\">\(l("查看全部", "see all"))</a></p></div>"
        }
        let (head, what) = empty(type, call)
        return "<div class=\"pad empty\"><h2>\(head[l])</h2><p class=\"quiet\">\(what[l])</p></div>"
    }

    /// Says honestly whether there is nothing, or nothing for this person.
    private static func empty(_ type: DocumentType, _ call: Call) -> (Words, Words) {
        let none = Words("还没有文书", "No documents yet")
        if OfferedTypes.mayOpen(type, call) {
            return (none, Words("点右上角“登记”发起第一件。", "Press “New” at the top right to start the first one."))
        }
        guard OfferedTypes.mayRead(type, call) else {
            let readers = Who.any(type.readers).words
            let yours = Words("交您办理或授权您查看的，会列在这里。", "What is given to you to act on, or granted to you, is listed here.")
            return (
                Words("没有您可以查看的文书", "Nothing here that you may see"),
                type.readers.isEmpty
                    ? yours : Words("本登记簿由\(readers.zh)查看；\(yours.zh)", "This register is read by: \(readers.en.lowercased()). \(yours.en)")
            )
        }
        guard let opening = type.opening else {
            return (none, Words("这类文书由系统自动产生，无需登记。", "Documents of this kind are made by the system."))
        }
        return (none, Words("由\(opening.by.words.zh)登记。", "Started by: \(opening.by.words.en.lowercased())."))
    }

    private static func table(_ call: Call, _ type: DocumentType, _ address: RegisterAddress, _ page: RegisterPage) -> HTML {
        let l = call.l
        let listed = type.fields.filter(\.isListed)
        let isNewest = address.query.sort == .newest
        let turned = "/r/\(type.name)\(address.query(sort: isNewest ? .oldest : .newest))"
        let first = type.number == nil ? l("文书", "Document") : l("编号", "Number")
        let heads = listed.map(\.label).map { $0[l] } + [l("状态", "State"), l("时限", "Due"), l("登记时间", "Entered")]
        let text = FieldText(call: call, names: page.names, document: nil)
        let rows = page.rows.map { row -> HTML in
            let cells = listed.map { field -> HTML in
                "<td data-label=\"\(field.label[l])\"><span>\(text.html(row.values[field.key] ?? .null, field.kind))</span></td>"
            }
            let clock = row.due.map { ClockWords($0, now: call.now, calendar: call.calendar, l).html(bar: false, l) } ?? ""
            let isShown = row.number == nil || listed.contains { row.values[$0.key] == .text(row.title) }
            let title: HTML = row.title.isEmpty || isShown ? "" : " <span class=\"quiet\">\(UserText.html(row.title, l))</span>"
            return """
                <tr><td data-label="\(first)"><span><a class="number" href="\(call.address(row.id))">\(DocumentName.html(row, call))</a>\
                \(title) \(DocumentName.mark(row.level, l))</span>\
                </td>\(cells)<td data-label="\(heads[listed.count])">\(StateName(row.state, of: type).html(l))</td>\
                <td data-label="\(heads[listed.count + 1])">\(clock)</td>\
                <td data-label="\(heads[listed.count + 2])"><span class="number">\(l.moment(row.created, in: call.today))</span></td></tr>
                """
        }
        let pages = Pager.html(
            page, isFirst: address.query.after == nil, l, first: "/r/\(type.name)\(address.query())",
            next: { "/r/\(type.name)\(address.query(after: $0))" })
        return """
            <div class="scroll"><table class="stack"><thead><tr><th scope="col" aria-sort="\(isNewest ? "descending" : "ascending")">\
            <a href="\(turned)">\(first)</a></th>\
            \(heads.map { "<th scope=\"col\">\($0)</th>" as HTML })</tr></thead><tbody>\(rows)</tbody></table></div>
            \(pages)
            """
    }
}
