import Hummingbird
import Kernel

/// 登记簿: all documents of a type that the person may see, filtered, in pages.
enum RegisterRoutes {
    static func add(to routes: Routes) {
        routes.page("/r/:type") { call in
            let type = try call.type()
            let address = RegisterAddress(call.query, of: type, call.ids, NameablePeople(call, of: type))
            return try await show(call, type, address, try await page(type, address, call))
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

    /// A register that is sorted by another column than its number is small enough to stand on one page; of a larger one the first page
    /// is shown in its own order.
    private static func page(_ type: DocumentType, _ address: RegisterAddress, _ call: Call) async throws -> RegisterPage {
        var query = address.query
        (query.areStatesCounted, query.areMonthsCounted) = (query.after == nil, address.isDrawn)
        if address.column != nil { query.limit = RegisterColumns.mostSorted }
        return try await call.desk.register(type.name, query, by: call.person)
    }

    private static func show(
        _ call: Call, _ type: DocumentType, _ address: RegisterAddress, _ page: RegisterPage, isFound: Bool = false
    ) async throws -> Response {
        let l = call.l
        let new = OfferedTypes.openable(type, call).map { step -> HTML in
            let isUsual = step.name == type.opening?.name
            let word = isUsual ? l("新建", "New") : step.title[l]
            return """
                <a class="button\(" act", if: isUsual)" href="/r/\(type.name)/new\(NewDocumentPage.query(step, type))">\(word)</a>
                """
        }
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
        let tabs = RegisterTabs(call: call, type: type, address: address, page: page)
        let rows =
            page.rows.isEmpty
            ? nothing(call, type, isFiltered: address.isFiltered || isFound) : RegisterTable(call, type, address, page).html
        let views: HTML = isFound ? "" : try await SavedViewForms.html(type, address, call)
        return try await call.page(
            type.title[l], here: "/r/\(type.name)",
            """
            <div class="head"><h1>\(type.title[l])</h1>\(Pager.total(page, isFirst: address.query.after == nil, l))\
            <div class="row">\(exports)\(PrintButton.html(l))\(new)</div></div>\(faults)
            <section class="sheet">\(views)\(tabs.html, if: !isFound)\(RegisterFilters(call: call, type: type, address: address).html)
            \(tabs.charts)\(rows)</section>
            """)
    }

    private static func nothing(_ call: Call, _ type: DocumentType, isFiltered: Bool) -> HTML {
        let l = call.l
        if isFiltered {
            return
                "<div class=\"pad empty\"><h2>\(l("没有符合条件的单据", "No document matches"))</h2><p class=\"quiet\">\(l("放宽筛选条件，或", "Loosen the filters, or")) <a href=\"/r/\(type.name)\">\(l("查看全部", "see all"))</a></p></div>"
        }
        let (head, what) = empty(type, call)
        return "<div class=\"pad empty\"><h2>\(head[l])</h2><p class=\"quiet\">\(what[l])</p></div>"
    }

    /// Says honestly whether there is nothing, or nothing for this person.
    private static func empty(_ type: DocumentType, _ call: Call) -> (Words, Words) {
        let none = Words("还没有单据", "No documents yet")
        if OfferedTypes.mayOpen(type, call) {
            return (none, Words("点右上角“新建”发起第一件。", "Press “New” at the top right to start the first one."))
        }
        guard OfferedTypes.mayRead(type, call) else {
            let readers = Who.any(type.readers).words
            let yours = Words("交您办理或授权您查看的，会列在这里。", "What is given to you to act on, or granted to you, is listed here.")
            return (
                Words("没有您可以查看的单据", "Nothing here that you may see"),
                type.readers.isEmpty
                    ? yours : Words("本登记簿由\(readers.zh)查看；\(yours.zh)", "This register is read by: \(readers.en.lowercased()). \(yours.en)")
            )
        }
        guard let opening = type.opening else {
            return (none, Words("这类单据由系统自动产生，无需登记。", "Documents of this kind are made by the system."))
        }
        return (none, Words("由\(opening.by.words.zh)登记。", "Started by: \(opening.by.words.en.lowercased())."))
    }
}
