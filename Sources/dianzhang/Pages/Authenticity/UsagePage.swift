import CustomerAuthenticity
import Kernel
import Print
import Web

/// 查询使用情况: how much is asked by each channel, how often it fails, how much is told, month by month (第十八条).
enum UsagePage {
    private static let title = Words("查询使用情况图", "Charts of the queries")

    static let all = [
        RegulationPage(
            path: "/queries/usage", regulation: authenticity.id, title: title, register: QueryUsage.name,
            show: { .page(try await show($0)) })
    ]

    private static func show(_ request: RegulationRequest) async throws -> HTML {
        let l = request.language
        var query = RegisterQuery()
        (query.limit, query.isCounted, query.sort) = (12, false, .newest)
        let rows = try await request.desk.register(QueryUsage.name, query, by: request.person).rows.reversed()
        let head: HTML = "<div class=\"head\"><h1>\(title[l])</h1><span class=\"quiet\">\(request.link(authenticity[18]))</span></div>"
        if rows.isEmpty {
            return """
                \(head)<section class="sheet pad"><p>\(l("还没有月份的统计：每月初由系统统计上月。", "No month has been counted yet: each is counted when it is over."))</p></section>
                """
        }
        let periods = rows.map { $0.values["period"]?.text ?? "" }
        func count(_ row: DocumentRow, _ key: String) -> Int { Int(row.values[key]?.whole ?? 0) }
        func series(_ words: Words, _ key: String) -> Chart.Series { .init(words[l], rows.map { Double(count($0, key)) }) }
        let telephone = Words("电话", "Telephone"), counter = Words("柜台", "Counter"), web = Words("网上", "Web")
        let charts = [
            (
                Words("各渠道查询次数", "Queries by channel"),
                [series(telephone, "telephone"), series(counter, "counter"), series(web, "webEntered")]
            ),
            (Words("未通过核实", "Not verified"), [series(telephone, "telephoneFailed"), series(counter, "counterFailed")]),
            (Words("告知项数", "Told"), [series(telephone, "telephoneTold"), series(counter, "counterTold"), series(web, "webTold")]),
        ].map { name, series -> HTML in
            let chart = Chart(name[l], periods: periods, series: series, kind: .columns)
            return
                "<section class=\"sheet\"><header><h2>\(name[l])</h2></header><div class=\"pad charted\" tabindex=\"0\">\(HTML(stringLiteral: chart.svg))</div></section>"
        }
        return "\(head)\(table(Array(rows.reversed()), count, request))<div class=\"charts\">\(charts)</div>"
    }

    private static func table(_ rows: [DocumentRow], _ count: (DocumentRow, String) -> Int, _ request: RegulationRequest) -> HTML {
        let l = request.language
        let columns = [
            ("telephone", Words("电话", "Telephone")), ("telephoneFailed", Words("未通过", "Not verified")),
            ("telephoneTold", Words("告知", "Told")),
            ("counter", Words("柜台", "Counter")), ("counterFailed", Words("不符", "Refused")), ("counterTold", Words("告知", "Told")),
            ("webEntered", Words("网上登录", "Web")), ("webTold", Words("查看", "Looked at")), ("registrations", Words("新注册", "Registered")),
            ("locked", Words("锁定", "Locked")),
        ]
        let heads = columns.map { "<th scope=\"col\" class=\"n\">\($0.1[l])" as HTML }
        let lines = rows.map { row -> HTML in
            let cells = columns.map { "<td class=\"n\" data-label=\"\($0.1[l])\">\(count(row, $0.0))" as HTML }
            return
                "<tr><td data-label=\"\(l("月份", "Month"))\"><a href=\"\(request.address(row.id))\">\(row.values["period"]?.text ?? "")</a>\(cells)"
        }
        return """
            <section class="sheet"><div class="scroll" tabindex="0"><table class="stack"><thead><tr><th scope="col">\(l("月份", "Month"))\(heads)</thead>\
            <tbody>\(lines)</tbody></table></div></section>
            """
    }
}
