import CustomerAuthenticity
import Kernel
import Print
import Web
import WorkCalendar

/// 实际效果: what notices and queries come to, month by month, and how true the data are beside the first national check (第二十六条).
enum EffectPage {
    static let title = Words("通知与查询效果", "Effect of notices and queries")

    static func show(_ request: RegulationRequest) async throws -> HTML {
        let l = request.language
        let reports = try await rows(UsageReport.name, request).sorted { month($0) < month($1) }.suffix(12)
        let checks = try await rows(SelfCheck.name, request).sorted { $0.id < $1.id }.suffix(12)
        let head: HTML = """
            <div class="head"><h1>\(title[l])</h1><span class="quiet">\(request.link(authenticity[26])) \(request.link(authenticity[20]))</span></div>
            """
        let months =
            reports.isEmpty
            ? [nothing(l("还没有月份的统计：每月初由系统统计上月。", "No month has been counted yet: each is counted when it is over."))]
            : monthly(Array(reports), l)
        let now = try await thisMonth(request)
        return """
            \(head)\(now)<div class="charts">\(months)\(truth(Array(reports), Array(checks), l))</div><p class="quiet">\(NationalCheck.words[l])</p>
            """
    }

    private static func rows(_ type: String, _ request: RegulationRequest) async throws -> [DocumentRow] {
        var query = RegisterQuery()
        (query.limit, query.isCounted) = (100, false)
        return try await request.desk.register(type, query, by: request.person).rows
    }

    private static func month(_ row: DocumentRow) -> String { row.values["month"]?.text ?? "" }

    private static func nothing(_ words: String) -> HTML { "<section class=\"sheet pad\"><p>\(words)</p></section>" }

    // MARK: Figures

    private static func count(_ row: DocumentRow, _ measure: UsageMeasure, _ parts: [String]? = nil) -> Int {
        (row.values["rows"]?.list ?? []).filter { line in
            line["measure"].text == measure.rawValue && (parts?.contains(line["part"].text ?? "") ?? true)
        }.reduce(0) { $0 + Int($1["count"].whole ?? 0) }
    }

    private static let failed = ["notice_permanent", "notice_dead", "notice_unknown", "notice_withheld"]

    private static func share(_ part: Int, of whole: Int) -> Double? {
        whole == 0 ? nil : (Double(part) * 1000 / Double(whole)).rounded() / 10
    }

    private static func chart(_ chart: Chart) -> HTML {
        """
        <section class="sheet"><header><h2>\(chart.title)</h2></header><div class="pad charted" tabindex="0">\(HTML(stringLiteral: chart.svg))</div></section>
        """
    }

    private static func monthly(_ reports: [DocumentRow], _ l: Language) -> [HTML] {
        let months = reports.map(month)
        func series(_ zh: String, _ en: String, _ figure: (DocumentRow) -> Double?) -> Chart.Series {
            .init(l(zh, en), reports.map(figure))
        }
        let charts = [
            Chart(
                l("客户通知", "Notices to customers"), periods: months,
                series: [
                    series("已送达", "Delivered") { Double(count($0, .notices, ["notice_delivered"])) },
                    series("未送达或结果不明", "Failed, withheld or not known") { Double(count($0, .notices, failed)) },
                ], kind: .columns),
            Chart(
                l("送达率", "Share delivered"), periods: months,
                series: [series("送达率", "Share delivered") { share(count($0, .notices, ["notice_delivered"]), of: count($0, .notices)) }],
                unit: "%"),
            Chart(
                l("联系方式更正", "Contacts to be corrected"), periods: months,
                series: [
                    series("发现", "Found") { Double(count($0, .contactTasks)) },
                    series("办结", "Done") { Double(count($0, .contactTasksClosed)) },
                ], kind: .columns),
            Chart(
                l("回访成功与客户接触", "Call-backs and contacts"), periods: months,
                series: [
                    series("回访成功", "Call-backs") { Double(count($0, .callBacks)) },
                    series("客户接触", "Contacts") { Double(count($0, .contacts)) },
                ], kind: .columns),
        ]
        let hasQueries = reports.contains { count($0, .queries) > 0 }
        let queries =
            hasQueries
            ? [
                Chart(
                    l("客户查询", "Queries"), periods: months, series: [series("客户查询", "Queries") { Double(count($0, .queries)) }],
                    kind: .columns)
            ] : []
        return (charts + queries).map(chart)
    }

    /// How much of what is entered, and of the book, is not true or not complete, with the national figure as a line to hold it against.
    private static func truth(_ reports: [DocumentRow], _ checks: [DocumentRow], _ l: Language) -> [HTML] {
        let national = Double(NationalCheck.untrue.description), line = l("2014 年全国首次检查", "National check of 2014")
        var charts: [HTML] = []
        if !reports.isEmpty {
            charts.append(
                chart(
                    Chart(
                        l("新投保单待补充占比", "Share of new applications that wait"), periods: reports.map(month),
                        series: [
                            .init(
                                l("待补充", "Waiting"),
                                reports.map { share(count($0, .intakes) - count($0, .accepted), of: count($0, .intakes)) }),
                            .init(line, reports.map { _ in national }),
                        ], unit: "%")))
        }
        if !checks.isEmpty {
            charts.append(
                chart(
                    Chart(
                        l("历次自查不合规占比", "Share refused in self-checks"), periods: checks.map { l.day($0.created.day) },
                        series: [
                            .init(l("不合规", "Refused"), checks.map { $0.values["share"]?.text.flatMap(Double.init) }),
                            .init(line, checks.map { _ in national }),
                        ], unit: "%")))
        }
        return charts
    }

    // MARK: This month

    /// By state, as it stands now.
    private static func thisMonth(_ request: RegulationRequest) async throws -> HTML {
        let l = request.language, today = request.now.day, first = Period(.month, of: today).days.lowerBound
        guard let type = request.desk.catalogue.type(CustomerNotice.name) else { return "" }
        var lines: [HTML] = []
        for state in type.states {
            var query = RegisterQuery()
            (query.states, query.from, query.limit) = ([state.name], first, 1)
            let total = try await request.desk.register(CustomerNotice.name, query, by: request.person).total
            if total == 0 { continue }
            lines.append(
                """
                <tr><td data-label="\(l("状态", "State"))"><a href="/r/\(CustomerNotice.name)?state=\(state.name)">\(state.words[l])</a>\
                <td class="n" data-label="\(l("件数", "Notices"))">\(l.count(total))
                """)
        }
        if lines.isEmpty { return nothing(l("本月还没有客户通知。", "No notice has been made this month.")) }
        return """
            <section class="sheet"><header><h2>\(l("本月客户通知", "Notices of this month"))</h2></header><div class="scroll" tabindex="0"><table class="stack">\
            <thead><tr><th scope="col">\(l("状态", "State"))<th scope="col" class="n">\(l("件数", "Notices"))</thead><tbody>\(lines)</tbody></table></div></section>
            """
    }
}
