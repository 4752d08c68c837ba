import Kernel
import Print
import School
import Web

/// 信息工作指标图: the last month of each unit as a table, and how the months went as charts. Behind each figure stands the document from
/// which it was drawn, under the same rule of reading.
struct SchoolFigureCharts {
    let request: RegulationRequest
    private var l: Language { request.language }

    static let page = RegulationPage(
        path: "/school/figures", regulation: school.id, title: Words("信息工作指标图", "Charts of information work"),
        register: SchoolFigures.name, show: { request in .page(try await SchoolFigureCharts(request: request).html()) })

    private static let mostMonths = 12
    /// More lines than these in one chart cannot be told apart; the table has every unit.
    private static let mostUnits = 6

    /// A figure of a month: its name, what stands behind each number of a chart, how it is read, and how it is said.
    private struct Measure: Sendable {
        let name: Words
        var unit = ""
        let value: @Sendable (DocumentRow) -> Double?
        let said: @Sendable (Double, Language) -> String
    }

    func html() async throws -> HTML {
        var query = RegisterQuery()
        (query.limit, query.isCounted) = (500, false)
        let rows = try await request.desk.register(SchoolFigures.name, query, by: request.person).rows
        let periods = Array(Set(rows.compactMap { $0.values["period"]?.text }).sorted().suffix(Self.mostMonths))
        let head: HTML = """
            <div class="head"><h1>\(l("信息工作指标图", "Charts of information work"))</h1>\
            <span class="quiet">\(request.link(school[4])) \(request.link(school[23]))</span></div>
            """
        guard let last = periods.last else {
            let nothing = l("还没有月份的指标：每月初由系统统计上月。", "No month has been counted yet: each is counted when it is over.")
            return "\(head)<section class=\"sheet pad\"><p>\(nothing)</p></section>"
        }
        var found: [UnitID: [String: DocumentRow]] = [:]
        for row in rows {
            guard let unit = row.values["measured"]?.whole, let period = row.values["period"]?.text else { continue }
            found[UnitID(unit), default: [:]][period] = row
        }
        func deliveries(_ unit: UnitID) -> Double { found[unit]?[last].map { Self.count($0, "deliveries") } ?? 0 }
        // Those with most deliveries are drawn.
        let units = found.keys.sorted { (deliveries($1), $0.raw) < (deliveries($0), $1.raw) }
        let charts = Self.measures.map { chart($0, units.prefix(Self.mostUnits), periods, found) }
        return "\(head)\(table(last, units, found))<div class=\"charts\">\(charts)</div>"
    }

    private func table(_ period: String, _ units: [UnitID], _ found: [UnitID: [String: DocumentRow]]) -> HTML {
        let heads = Self.measures.map { "<th scope=\"col\" class=\"figure\">\($0.name[l])</th>" as HTML }
        let lines = units.compactMap { unit in found[unit]?[period].map { (unit, $0) } }.map { unit, row -> HTML in
            let cells = Self.measures.map { measure -> HTML in
                "<td class=\"figure\" data-label=\"\(measure.name[l])\">\(measure.value(row).map { measure.said($0, l) } ?? "—")</td>"
            }
            return """
                <tr><td data-label="\(l("单位", "Unit"))"><a href="\(request.address(row.id))">\(request.organisation.name(unit)[l])</a></td>\
                \(cells)</tr>
                """
        }
        return """
            <section class="sheet"><header><h2>\(l("各单位 \(period)", "Each unit, \(period)"))</h2></header><table class="stack"><thead><tr>\
            <th scope="col">\(l("单位", "Unit"))</th>\(heads)</tr></thead><tbody>\(lines)</tbody></table></section>
            """
    }

    /// One month alone has no trend: it stands as columns.
    private func chart(
        _ measure: Measure, _ units: ArraySlice<UnitID>, _ periods: [String], _ found: [UnitID: [String: DocumentRow]]
    ) -> HTML {
        let series = units.map { unit in
            Chart.Series(request.organisation.name(unit)[l], periods.map { found[unit]?[$0].flatMap(measure.value) })
        }
        let chart = Chart(
            measure.name[l], periods: periods, series: series, kind: periods.count > 1 ? .lines : .columns, unit: measure.unit)
        return """
            <section class="sheet"><header><h2>\(measure.name[l])</h2></header><div class="pad">\(HTML(stringLiteral: chart.svg))</div></section>
            """
    }

    private static func count(_ row: DocumentRow, _ key: String) -> Double { Double(row.values[key]?.whole ?? 0) }

    private static let measures: [Measure] = {
        func share(_ part: String, _ whole: String) -> @Sendable (DocumentRow) -> Double? {
            { row in count(row, whole) == 0 ? nil : (count(row, part) * 1000 / count(row, whole)).rounded() / 10 }
        }
        // Where nothing was delivered there is no time, not one of nought.
        func hours(_ key: String) -> @Sendable (DocumentRow) -> Double? {
            { row in count(row, "deliveries") == 0 ? nil : (count(row, key) / 6).rounded() / 10 }
        }
        @Sendable func percent(_ value: Double, _ l: Language) -> String { "\(plain(value))%" }
        @Sendable func long(_ value: Double, _ l: Language) -> String { l("\(plain(value)) 小时", "\(plain(value)) h") }
        return [
            Measure(name: Words("送达中位时间（小时）", "Median delivery, hours"), value: hours("medianMinutes"), said: long),
            Measure(name: Words("最长送达时间（小时）", "Worst delivery, hours"), value: hours("worstMinutes"), said: long),
            Measure(name: Words("按时签收率", "Acknowledged in time"), unit: "%", value: share("inTime", "deliveries"), said: percent),
            Measure(name: Words("退回更正件数", "Returned for correction"), value: { count($0, "returned") }, said: { value, _ in plain(value) }),
            Measure(name: Words("阅读内容一致率", "Digest unchanged"), unit: "%", value: share("unchanged", "acknowledged"), said: percent),
            Measure(name: Words("逾期呈报件数", "Reports late"), value: { count($0, "lateReports") }, said: { value, _ in plain(value) }),
            Measure(
                name: Words("退回更正的呈报件数", "Reports returned"), value: { count($0, "returnedReports") }, said: { value, _ in plain(value) }),
        ]
    }()

    private static func plain(_ value: Double) -> String { value == value.rounded() ? String(Int(value)) : String(value) }
}
