import Hummingbird
import Kernel

/// 查找: over all registers that the person may see, and over the articles.
enum SearchPage {
    static func add(to routes: Routes) {
        routes.page("/search", show)
        routes.page("/palette") { call in
            let text = String(call.query["q"].trimmingBlanks.prefix(100))
            let recent = text.isEmpty ? try await call.desk.handled(by: call.person, limit: 8, isCounted: false).rows : []
            let found = text.count < 2 ? recent : try await call.desk.search(text, by: call.person, limit: 8, isCounted: false).rows
            return .html(Palette(call).choices(matching: text, found.prefix(8)))
        }
    }

    private static func show(_ call: Call) async throws -> Response {
        let l = call.l
        let text = String(call.query["q"].trimmingBlanks.prefix(100))
        let isSurname = text.count == 1 && text.unicodeScalars.allSatisfy { (0x3400...0x9FFF).contains($0.value) }
        if text.count < 2, !isSurname {
            return try await page(
                call, text,
                """
                <p class="quiet">\(l("请输入客户名称、单据编号、标题，姓氏，或姓名的拼音首字母（至少两个字母）。",
                    "Type a customer, a number, a title, a family name, or two of the pinyin initials of a name."))</p>
                \(Palette(call).html(matching: ""))
                """)
        }
        let found = try await call.desk.search(text, by: call.person, limit: 50)
        let articles = articles(containing: text, call)
        let documents: HTML =
            found.rows.isEmpty
            ? "<p class=\"pad quiet\">\(l("您能看到的单据中没有找到。换一个词，或在登记簿里按单位、日期筛选。", "None of the documents that you may see. Try another word, or filter a register by unit or date."))</p>"
            : DocumentTable.html(found.rows, call)
        let more: HTML =
            found.next == nil
            ? "" : "<p class=\"pages\">\(l("只列出最近的 50 件，请多输入几个字缩小范围", "Only the latest 50 are listed; type more to narrow it down"))</p>"
        return try await page(
            call, text,
            """
            \(Palette(call).html(matching: text))<section class="sheet"><header><h2>\(l("单据", "Documents"))</h2>\(Pager.total(found, isFirst: true, l))\
            </header>\(documents)\(more)</section>
            \(articles)\(byPersonalData(text, call), if: found.rows.isEmpty)
            """)
    }

    /// Whoever typed a telephone or a document number is told where it is found: what is typed here stands in an address.
    private static func byPersonalData(_ text: String, _ call: Call) -> HTML {
        guard text.contains("@") || text.filter(\.isNumber).count >= 6 else { return "" }
        let l = call.l
        let types = call.catalogue.types.filter { type in
            type.fields.contains(where: RegisterAddress.isSealed) && OfferedTypes.mayRead(type, call)
        }
        if types.isEmpty { return "" }
        let links = types.map { "<a href=\"/r/\($0.name)\">\($0.title[l])</a>" as HTML }
        return """
            <section class="sheet pad"><p>\(l(
                "电话、证件号码、账号和邮箱不在这里查找，以免留在网址和浏览记录中；请在登记簿的“按个人信息查找”中输入完整内容：",
                "Telephones, document numbers, accounts and e-mail are not looked for here, where they would stand in the address; enter the whole value under “Find” in a register:"))\
            \(links.joined(by: HTML(l("、", ", "))))</p></section>
            """
    }

    private static func page(_ call: Call, _ text: String, _ body: HTML) async throws -> Response {
        let title = call.l("查找", "Search")
        return try await call.page(
            text.isEmpty ? title : "\(title) \(text)", here: "/search", "<div class=\"head\"><h1>\(title)</h1></div>\(body)")
    }

    private static func articles(containing text: String, _ call: Call) -> HTML {
        let l = call.l
        let found = call.edge.articles.containing(text)
        if found.isEmpty { return "" }
        let lines = found.prefix(20).map { article, words -> HTML in
            "<li>\(ArticleName.link(article, in: call.catalogue, l)) \(words.words[l])</li>"
        }
        return "<section class=\"sheet\"><header><h2>\(l("制度条文", "Articles"))</h2></header><ul class=\"lines\">\(lines)</ul></section>"
    }
}
