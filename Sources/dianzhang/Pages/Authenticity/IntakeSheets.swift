import CustomerAuthenticity
import Kernel
import Web
import WorkCalendar

/// What a file would become, before anything is taken in: one set of counts, every fault with its cell, and the rows at fault to be
/// handed back at once.
enum IntakeSheets {
    private static let mostShown = 200

    /// The rows at fault, in the file's own format.
    static func download(_ run: IntakeRun, _ l: Language) -> HTML {
        guard let forecast = run.forecast, forecast.faultyRows > 0 else { return "" }
        return """
            <a class="button" href="/intake/\(run.id)/rejected">\(l("下载有问题的 \(forecast.faultyRows) 行", "Rows at fault (\(forecast.faultyRows))"))</a>
            """
    }

    static func checked(_ run: IntakeRun, _ request: RegulationRequest) -> HTML {
        guard let forecast = run.forecast else { return "" }
        return counts(forecast, request.language) + faults(forecast, request) + preview(run, request.language)
    }

    private static func counts(_ forecast: IntakeForecast, _ l: Language) -> HTML {
        let done = forecast.rehearsed
        let figures: [(String, Int)] = [
            (l("投保单", "Applications"), forecast.applications), (l("可承保", "To be accepted"), done.accepted),
            (l("留作草稿待补充", "Kept as drafts"), done.drafts), (l("已在册，不重复", "In the book already"), done.known),
            (l("不予登记", "Not to be taken"), done.rejected),
        ]
        let part: HTML =
            forecast.isWhole
            ? ""
            : "<p class=\"quiet\">\(l("文件较大，只预检了前 \(done.applications) 份。", "The file is large; the first \(done.applications) were checked."))</p>"
        return """
            <dl class="figures">\(figures.map { "<div><dt>\($0.0)</dt><dd>\(l.count($0.1))</dd></div>" as HTML })</dl>\(part)
            """
    }

    private static func faults(_ forecast: IntakeForecast, _ request: RegulationRequest) -> HTML {
        let l = request.language
        if forecast.faults.isEmpty {
            return "<section class=\"sheet pad\"><p>\(l("没有发现问题。", "Nothing is wrong."))</p></section>"
        }
        let wanted = request.query("problem")
        var counts: [(words: Words, count: Int)] = []
        for fault in forecast.faults {
            if let place = counts.firstIndex(where: { $0.words == fault.words }) {
                counts[place].count += 1
            } else {
                counts.append((fault.words, 1))
            }
        }
        let options = counts.sorted { $0.count > $1.count }.prefix(50).map { found -> HTML in
            "<option value=\"\(found.words.zh)\"\(" selected", if: found.words.zh == wanted)>\(found.words[l])（\(found.count)）</option>"
        }
        let shown = forecast.faults.filter { wanted.isEmpty || $0.words.zh == wanted }
        let rows = shown.prefix(mostShown).map { fault -> HTML in
            let article: HTML = fault.article.map { request.link($0) } ?? ""
            return """
                <tr><td class="n" data-label="\(l("行号", "Row"))">\(fault.row)</td><td data-label="\(l("投保单号", "Application"))">\
                <span class="number">\(UserText.html(fault.applicationNo, l))</span></td><td data-label="\(l("单元格", "Cell"))">\(fault.cell)</td>\
                <td data-label="\(l("栏目", "Column"))">\(UserText.html(title(fault.column, l), l))</td>\
                <td data-label="\(l("现值", "What stands there"))" class="bad"><span>\(UserText.html(fault.value, l))</span></td>\
                <td data-label="\(l("问题", "What is wrong"))">\(fault.words[l])</td><td data-label="\(l("条文", "Article"))">\(article)</td></tr>
                """
        }
        let more: HTML =
            shown.count > mostShown
            ? "<p class=\"pad quiet\">\(l("只列出前 \(mostShown) 处；全部见下载的文件。", "The first \(mostShown) are listed; the file has all."))</p>"
            : ""
        return """
            <section class="sheet" id="faults"><header><h2>\(l("问题", "What is wrong"))</h2><span class="quiet">\(l(
                "\(forecast.faultyRows) 行，\(forecast.faults.count) 处", "\(forecast.faultyRows) rows, \(forecast.faults.count) faults"))</span></header>
            <form class="filters" action="#faults"><label class="inline">\(l("只看", "Only"))
            <select name="problem"><option value="">\(l("全部问题", "All faults"))</option>\(options)</select></label>
            <button>\(l("筛选", "Filter"))</button></form>
            <div class="scroll" tabindex="0"><table class="stack"><thead><tr><th scope="col" class="n">\(l("行号", "Row"))<th scope="col">\(l("投保单号", "Application"))\
            <th scope="col">\(l("单元格", "Cell"))<th scope="col">\(l("栏目", "Column"))<th scope="col">\(l("现值（遮盖）", "What stands there, masked"))\
            <th scope="col">\(l("问题", "What is wrong"))<th scope="col">\(l("条文", "Article"))</thead><tbody>\(rows)</tbody></table></div>\(more)</section>
            """
    }

    /// A column that a program called by its key is said in words.
    private static func title(_ column: String, _ l: Language) -> String {
        guard l == .zh, let known = IntakeColumns.known.first(where: { $0.key == column }) else { return column }
        return known.names.first ?? column
    }

    private static func preview(_ run: IntakeRun, _ l: Language) -> HTML {
        guard let preview = run.preview else { return "" }
        let names = preview.names.map { name -> HTML in "<th scope=\"col\">\(UserText.html(title(name, l), l))" }
        let rows = preview.rows.map { row -> HTML in
            let cells = row.cells.enumerated().map { index, cell -> HTML in
                "<td\(" class=\"bad\"", if: row.wrong.contains(index))>\(UserText.html(cell, l))"
            }
            return
                "<tr><th scope=\"row\" class=\"n\">\(row.number)</th><td>\(row.reason == nil ? l("通过", "pass") : l("有问题", "at fault"))\(cells)"
        }
        return """
            <details class="sheet pad" open><summary>\(l("文件前 \(preview.rows.count) 行", "The first \(preview.rows.count) rows of the file"))</summary>
            <div class="scroll" tabindex="0"><table class="preview"><thead><tr><th scope="col" class="n">\(l("行号", "Row"))\
            <th scope="col">\(l("结论", "Verdict"))\(names)</thead><tbody>\(rows)</tbody></table></div></details>
            """
    }

    /// The person's uploads that still can be gone on with, and all that was ever taken in.
    static func recent(_ runs: [IntakeRun], _ request: RegulationRequest) async throws -> HTML {
        let l = request.language
        let waiting = runs.prefix(20).map { run -> HTML in
            let state: String =
                switch run.phase {
                case .checked: l("待确认", "waits for you")
                case .running: l("正在登记", "being taken in")
                case .done: l("已登记，可下载退回的行", "taken in; its rows can be fetched")
                case .failed: l("中断", "broke off")
                }
            return line("<a href=\"/intake/\(run.id)\">\(UserText.html(run.name, l))</a>", state, run.at, request)
        }
        let past = try await request.desk.imports(of: Application.name, by: request.person).map { done -> HTML in
            let told = done.counts.filter { $0.count > 0 }.compactMap { one in words[one.what].map { "\($0[l]) \(one.count)" } }
            return line(UserText.html(done.name, l), told.joined(separator: l("，", ", ")), done.at, request)
        }
        return sheet(l("本次上传", "Uploads"), waiting) + sheet(l("导入记录", "Imports"), past)
    }

    private static let words: [String: Words] = [
        "rows": Words("行数", "rows"), "applications": Words("投保单", "applications"), "accepted": Words("承保", "accepted"),
        "drafts": Words("草稿", "drafts"), "known": Words("已在册", "known"), "rejected": Words("未登记", "not taken"),
    ]

    private static func line(_ name: HTML, _ state: String, _ at: Moment, _ request: RegulationRequest) -> HTML {
        """
        <li><span>\(name) <span class="quiet">\(state)</span></span>\
        <time datetime="\(at.description)">\(request.language.moment(at, in: request.now.day))</time></li>
        """
    }

    private static func sheet(_ title: String, _ lines: [HTML]) -> HTML {
        lines.isEmpty ? "" : "<section class=\"sheet\"><header><h2>\(title)</h2></header><ul class=\"lines\">\(lines)</ul></section>"
    }
}
