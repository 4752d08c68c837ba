import DrugQuality
import Kernel
import Print
import Web
import WorkCalendar

/// What the regulation on drug quality shows besides its registers: the figures with their trend, and the feedback form as it is printed.
enum QualityPages {
    private static let title = Words("质量信息指标图", "Figures and trends")

    static let all = [
        RegulationPage(
            path: "/quality", regulation: drugQuality.id, title: title, register: QualityFigures.name, show: { request in .page(try await figures(request)) }),
        RegulationPage(
            path: "/quality/print/:id", regulation: drugQuality.id, title: Words("打印反馈单", "Print the feedback form"), isListed: false,
            document: QualityItem.name,
            show: { request in
                let view = try await request.desk.document(try request.document("id"), by: request.person)
                guard view.row.type == QualityItem.name else { throw DeskError.absent }
                let paper = WrittenForm(view, request.organisation, request.language).paper(printedBy: request.person, at: request.now)
                let pdf = try await Press.shared.make { try FormPrinter().pdf(paper) }
                return .bytes(pdf, name: "\(view.row.number ?? "form").pdf", type: "application/pdf")
            }),
        RegulationPage(
            path: "/quality/questionnaire/:id", regulation: drugQuality.id, title: Words("公开地址与二维码", "Public address and QR code"),
            isListed: false, document: Questionnaire.name, show: { .page(try await address($0)) }),
    ]

    // MARK: Questionnaire

    /// Where whoever is asked answers, to be sent or held before a camera.
    private static func address(_ request: RegulationRequest) async throws -> HTML {
        let id = try request.document("id"), l = request.language
        let view = try await request.desk.document(id, by: request.person)
        guard view.row.type == Questionnaire.name else { throw DeskError.absent }
        let back: HTML = "<p class=\"quiet\"><a href=\"\(request.address(id))\">\(UserText.html(view.row.number ?? view.row.title, l))</a></p>"
        let head: HTML = "\(back)<div class=\"head\"><h1>\(UserText.html(view.row.title, l))</h1></div>"
        guard view.row.state == Questionnaire.State.open.rawValue, let word = view.row.values["word"]?.text else {
            return "\(head)<section class=\"sheet pad\"><p>\(l("问卷没有在收集，没有公开地址。", "It is not open, and has no public address."))</p></section>"
        }
        let address = "\(request.origin)/q/\(word)"
        return """
            \(head)<section class="sheet pad"><p><a href="\(address)">\(address)</a></p>
            <p class="hint">\(l("不需登录，可以发送此地址，或请对方扫描二维码。", "No account is needed: send this address, or let it be scanned."))</p>
            \(HTML(stringLiteral: try Symbol.qr(address).svg(side: 240, title: address)))</section>
            """
    }

    // MARK: Figures

    private struct Figures {
        var reported = 0, inTime = 0, corrected = 0, judged = 0, useful = 0, minutes = 0

        mutating func add(_ values: [String: JSONValue]) {
            func count(_ key: String) -> Int { Int(values[key]?.whole ?? 0) }
            reported += count("reported")
            inTime += count("inTime")
            corrected += count("corrected")
            judged += count("judged")
            useful += count("useful")
            minutes += count("minutes")
        }

        private func share(_ part: Int, of whole: Int) -> Double? {
            whole == 0 ? nil : (Double(part) * 1000 / Double(whole)).rounded() / 10
        }
        var timeliness: Double? { share(inTime, of: reported) }
        var correction: Double? { share(corrected, of: reported) }
        var usefulness: Double? { share(useful, of: judged) }
        var effort: Double? { reported == 0 ? nil : (Double(minutes) * 10 / Double(reported)).rounded() / 10 }
    }

    private static func figures(_ request: RegulationRequest) async throws -> HTML {
        let l = request.language
        var query = RegisterQuery()
        (query.limit, query.isCounted) = (500, false)
        let rows = try await request.desk.register(QualityFigures.name, query, by: request.person).rows
        let periods = Array(Set(rows.compactMap { $0.values["period"]?.text }).sorted().suffix(12))
        var byUnit: [Int64: [String: Figures]] = [:]
        for row in rows {
            guard let period = row.values["period"]?.text, let unit = row.values["department"]?.whole else { continue }
            byUnit[unit, default: [:]][period, default: Figures()].add(row.values)
        }
        let units = byUnit.keys.sorted()
        let measures: [(Words, String, (Figures) -> Double?)] = [
            (Words("及时率", "In time"), "%", \.timeliness), (Words("更正率", "Returned to be corrected"), "%", \.correction),
            (Words("有用率", "Useful"), "%", \.usefulness), (Words("每件用时（分钟）", "Minutes an item"), "", \.effort),
        ]
        let charts = measures.map { name, unit, figure -> HTML in
            let series = units.map { id in
                Chart.Series(request.organisation.name(UnitID(id))[l], periods.map { period in byUnit[id]?[period].flatMap(figure) })
            }
            let chart = Chart(name[l], periods: periods, series: series, unit: unit)
            return
                "<section class=\"sheet\"><header><h2>\(name[l])</h2></header><div class=\"pad\">\(HTML(stringLiteral: chart.svg))</div></section>"
        }
        let head: HTML = """
            <div class="head"><h1>\(title[l])</h1><span class="quiet">\(request.link(drugQuality[4])) \(request.link(drugQuality[3]))</span></div>
            """
        if periods.isEmpty {
            return """
                \(head)<section class="sheet pad"><p>\(l("还没有月份的指标：每月初由系统统计上月。", "No month has been counted yet: each is counted when it is over."))</p></section>
                """
        }
        return "\(head)\(table(measures, units, periods.last ?? "", byUnit, request))\(charts)"
    }

    private static func table(
        _ measures: [(Words, String, (Figures) -> Double?)], _ units: [Int64], _ period: String, _ byUnit: [Int64: [String: Figures]],
        _ request: RegulationRequest
    ) -> HTML {
        let l = request.language
        let heads = measures.map { "<th scope=\"col\" class=\"n\">\($0.0[l])" as HTML }
        let lines = units.map { id -> HTML in
            let figures = byUnit[id]?[period] ?? Figures()
            let cells = measures.map { name, unit, figure -> HTML in
                "<td class=\"n\" data-label=\"\(name[l])\">\(figure(figures).map { "\($0)\(unit)" } ?? "-")"
            }
            return """
                <tr><td data-label="\(l("部门", "Department"))">\(request.organisation.name(UnitID(id))[l])<td class="n" data-label="\(l("件数", "Items"))">\(figures.reported)\(cells)
                """
        }
        return """
            <section class="sheet"><header><h2>\(period)</h2></header><div class="scroll" tabindex="0"><table class="stack"><thead><tr>\
            <th scope="col">\(l("部门", "Department"))<th scope="col" class="n">\(l("件数", "Items"))\(heads)</thead><tbody>\(lines)</tbody></table></div></section>
            """
    }
}
