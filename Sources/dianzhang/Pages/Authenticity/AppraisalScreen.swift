import CustomerAuthenticity
import Kernel
import Print
import Web
import WorkCalendar

/// A seller's appraisal on one screen (第二十二条): the figures of the quarter, what took points, the rating with what follows from it, and the
/// quarters before.
struct AppraisalScreen {
    private let request: RegulationRequest
    private let sheet: DocumentView
    private let earlier: [DocumentRow]
    private var l: Language { request.language }

    init(of request: RegulationRequest) async throws {
        self.request = request
        sheet = try await ConsequencePages.view(request, of: SellerAppraisal.name)
        var rows: [DocumentRow] = []
        for agent in sheet.row.values["agents"]?.list.compactMap(\.whole) ?? [] {
            let found = try await ConsequencePages.rows(SellerAppraisal.name, ["agents": agent], oldestFirst: true, request)
            rows += found.filter { row in !rows.contains { $0.id == row.id } }
        }
        earlier = rows.sorted { ($0.values["quarter"]?.text ?? "") < ($1.values["quarter"]?.text ?? "") }
    }

    var html: HTML {
        let values = sheet.row.values
        let quarter = values["quarter"].flatMap { Period(stored: $0) }
        let title: HTML = "\(l("真实性考核表", "Appraisal of a seller")) \(UserText.html(sheet.row.title, l)) \(quarter?.words[l] ?? "")"
        return """
            \(ConsequencePages.head(sheet, title, [authenticity[22], authenticity[14]], request))\
            \(ConsequencePages.section(l("本季度指标", "Figures of the quarter"), "", figures(values)))\
            \(ConsequencePages.section(l("扣分明细", "What took points"), "", points(values)))\
            \(ConsequencePages.section(l("评定与结果运用", "Rating and what follows"), "", rating(values)))\(trend)
            """
    }

    private static let measured: [(key: String, words: Words)] = [
        ("policies", Words("承保保单", "Policies")), ("incomplete", Words("待补充投保单", "Applications to be supplemented")),
        ("clues", Words("可疑问题件", "Suspicious items")), ("falseData", Words("认定不实资料", "False data found")),
        ("complaints", Words("收到投诉", "Complaints received")), ("upheld", Words("查实投诉", "Complaints upheld")),
        ("penalties", Words("处罚", "Penalties")), ("penaltyPoints", Words("处罚扣分", "Points of penalties")), ("score", Words("得分", "Score")),
    ]

    private func figures(_ values: [String: JSONValue]) -> HTML {
        let cells = Self.measured.map { "<dt>\($0.words[l])</dt><dd>\(Int(values[$0.key]?.whole ?? 0))</dd>" as HTML }
        return "<div class=\"pad\"><dl class=\"grid\">\(cells)</dl></div>"
    }

    private func points(_ values: [String: JSONValue]) -> HTML {
        let rows = (values["entries"]?.list ?? []).map { line -> [HTML] in
            let kind = AppraisalPoint.Kind(rawValue: line["kind"].text ?? "")?.words[l] ?? ""
            return [
                "\(line["day"].text ?? "")", "\(kind)", UserText.html(line["number"].text ?? "", l), "\(Int(line["points"].whole ?? 0))",
            ]
        }
        return ConsequencePages.table([l("日期", "Day"), l("事由", "What"), l("编号", "Number"), l("扣分", "Points")], rows, l)
    }

    private func rating(_ values: [String: JSONValue]) -> HTML {
        let rating = ConsequencePages.words("rating", of: sheet.row, request)
        let follows = FieldKind.codes(in: values["consequences"]?.text ?? "").compactMap {
            SellerAppraisal.Consequence(rawValue: $0)?.words[l]
        }
        return """
            <div class="pad"><p>\(ConsequencePages.state(sheet.row, request)) <b>\(rating.isEmpty ? l("尚未评定", "not rated yet") : rating)</b></p>
            <p>\(l("结果运用：", "What follows: "))\(follows.isEmpty ? l("无", "nothing") : follows.joined(separator: l("、", ", ")))</p>\
            \(ConsequencePages.paragraphs(values["remark"]?.text, l))</div>
            """
    }

    /// The score of each quarter; with one alone there is nothing to compare.
    private var trend: HTML {
        guard earlier.count > 1 else { return "" }
        let quarters = earlier.suffix(8)
        func series(_ key: String, _ words: Words) -> Chart.Series {
            Chart.Series(words[l], quarters.map { Double($0.values[key]?.whole ?? 0) })
        }
        let chart = Chart(
            l("历季得分", "Score by quarter"), periods: quarters.map { $0.values["quarter"]?.text ?? "" },
            series: [series("score", Words("得分", "Score"))])
        return ConsequencePages.section(l("历季得分", "Score by quarter"), "", "<div class=\"pad\">\(HTML(stringLiteral: chart.svg))</div>")
    }
}
