import CustomerConfidentiality
import Kernel
import Print
import Tables
import Web
import WorkCalendar

/// A report as charts, on paper, and as a workbook: the last two bear the number of the copy and who has it (第9条, 第12条).
enum ReportPages {
    static func figures(_ request: RegulationRequest) async throws -> HTML {
        let view = try await ArchivePages.view(request, of: StatisticalReport.name), l = request.language
        let byItem = Dictionary(grouping: view.row.values["rows"]?.list ?? []) { $0["item"].text ?? "" }
        let charts = ReportItem.allCases.compactMap { item -> HTML? in
            guard let rows = byItem[item.rawValue] else { return nil }
            let labels = rows.map { $0["label"].text.flatMap { $0.isEmpty ? nil : $0 } ?? item.words[l] }
            func values(_ key: String) -> [Double?] { rows.map { Double($0[key].whole ?? 0) } }
            let chart = Chart(
                item.words[l], periods: labels,
                series: [.init(l("上期", "Before"), values("previous")), .init(l("本期", "This period"), values("value"))], kind: .columns)
            return """
                <section class="sheet"><header><h2>\(item.words[l])</h2></header><div class="pad">\(HTML(stringLiteral: chart.svg))</div></section>
                """
        }
        return "\(ArchivePages.head(view.row.title, [request.link(confidentiality[9])]))\(charts)"
    }

    static let title = Words("打印、导出报表", "Print or export the report")

    /// A paper is made by a button, and stands in the ledger: a link that somebody is sent prints nothing.
    static func offer(_ request: RegulationRequest) async throws -> HTML {
        let view = try await ArchivePages.view(request, of: ReportCopy.name), l = request.language
        let word = request.word(document: view.row.id)
        func button(_ path: String, _ words: String) -> HTML {
            """
            <form class="file" method="post" action="/archive/\(path)/\(word)" data-download>\(request.csrf)<button class="act">\(words)</button></form>
            """
        }
        let made: HTML =
            view.verbs.contains(.print)
            ? """
            <p>\(l("每页印有份号、领取人和时间；打印、导出记入存证。", "Every page bears the copy's number, who has it and the time; it stands in the ledger."))</p>\
            <div class="row">\(button("report", l("打印（PDF）", "Print (PDF)")))\(button("workbook", l("导出（XLSX）", "Export (XLSX)")))</div>
            """
            : "<p>\(l("此份已收回，或您没有打印的授权。", "This copy is recalled, or you have no grant to print it."))</p>"
        return """
            <p class="quiet"><a href="\(request.address(view.row.id))">\(UserText.html(view.row.title, l))</a></p>\
            \(ArchivePages.head(title[l], [request.link(confidentiality[12])]))<section class="sheet pad">\(made)</section>
            """
    }

    static func pdf(_ request: RegulationRequest) async throws -> RegulationResponse {
        let view = try await ArchivePages.view(request, of: ReportCopy.name)
        try await request.desk.issue(.print, of: view.row.id, by: request.principal)
        let paper = ReportPaper(view, request.organisation, request.language)
        let form = paper.paper(readBy: request.person, at: request.now)
        let pdf = try await Press.shared.make { try FormPrinter().pdf(form) }
        return .bytes(pdf, name: "\(paper.name).pdf", type: "application/pdf")
    }

    static func workbook(_ request: RegulationRequest) async throws -> RegulationResponse {
        let view = try await ArchivePages.view(request, of: ReportCopy.name)
        try await request.desk.issue(.export, of: view.row.id, by: request.principal)
        let paper = ReportPaper(view, request.organisation, request.language)
        let file = try TemporaryFile()
        let sheet = try XLSXWriter(path: file.path, sheet: request.language("统计报表", "Report"), header: paper.heads)
        for row in paper.rows {
            sheet.append(row[0])
            sheet.append(row[1])
            for figure in row[2...] { sheet.append(Int(figure) ?? 0) }
            try sheet.endRow()
        }
        sheet.mark(request.language("副本", "Copy"), paper.marks(request.person, at: request.now))
        try sheet.close()
        return .file(file, name: "\(paper.name).xlsx", type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
    }
}
