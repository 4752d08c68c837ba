import Kernel
import Print
import School
import Web

/// 市场分析图: what an analysis counts, drawn from the items of its quarter by month and by subtype, business beside non-business (第十八条,
/// 第十九条).
enum MarketPages {
    private static let title = Words("市场分析图", "Charts of the analysis")

    static let all = [
        RegulationPage(
            path: "/school/analysis/:id", regulation: school.id, title: title, isListed: false, document: MarketAnalysis.name,
            show: { request in .page(try await show(request)) })
    ]

    private static func show(_ request: RegulationRequest) async throws -> HTML {
        let view = try await request.desk.document(try request.document("id"), by: request.person), l = request.language
        guard view.row.type == MarketAnalysis.name else { throw DeskError.absent }
        let counts = view.row.values["counts"]?.list ?? []
        let head: HTML = """
            <p class="quiet"><a href="\(request.address(view.row.id))">\(UserText.html(view.row.number ?? view.row.title, l))</a></p>\
            <div class="head"><h1>\(title[l])</h1><span class="quiet">\(request.link(school[19])) \(request.link(school[18]))</span></div>
            """
        if counts.isEmpty {
            let none = l("该季度没有市场信息，无图可画。", "There was no market information in the quarter.")
            return "\(head)<section class=\"sheet pad\"><p>\(none)</p></section>"
        }
        let charts = [
            chart(Words("各月市场信息", "Market information by month"), counts, l) { $0["month"].text ?? "" },
            chart(Words("各小类市场信息", "Market information by subtype"), counts, l) {
                (MarketSubtype(stored: $0["group"]) ?? .unknown).words[l]
            },
        ]
        return "\(head)\(charts)"
    }

    private static func chart(_ name: Words, _ counts: [JSONValue], _ l: Language, by label: (JSONValue) -> String) -> HTML {
        let labels = Set(counts.map(label)).sorted()
        func values(_ source: String) -> [Double?] {
            labels.map { each in Double(counts.filter { label($0) == each }.reduce(Int64(0)) { $0 + ($1[source].whole ?? 0) }) }
        }
        let chart = Chart(
            name[l], periods: labels,
            series: [.init(l("业务信息", "Business"), values("business")), .init(l("非业务信息", "Non-business"), values("other"))],
            kind: .columns)
        return """
            <section class="sheet"><header><h2>\(name[l])</h2></header><div class="pad">\(HTML(stringLiteral: chart.svg))</div></section>
            """
    }
}
