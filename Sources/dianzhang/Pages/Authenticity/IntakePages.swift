import CustomerAuthenticity
import Identifiers
import Kernel
import Tables
import Synchronization
import Web
import WorkCalendar

/// The upload of an intake file: preview and dry run, import with progress, and the rows handed back.
enum IntakePages {
    private static let runs = IntakeRuns()
    private static let title = Words("导入投保单", "Import applications")

    static let all = [
        RegulationPage(
            path: "/intake", regulation: authenticity.id, title: title,
            show: { request in .page(try await form(request)) }, take: { request, form in try await upload(request, form) }),
        RegulationPage(
            path: "/intake-template.csv", regulation: authenticity.id, title: title, isListed: false,
            show: { request in
                .file(try IntakeTemplate.csv(request.language), name: "\(title[request.language]).csv", type: "text/csv; charset=utf-8")
            }),
        RegulationPage(
            path: "/intake-template.xlsx", regulation: authenticity.id, title: title, isListed: false,
            show: { request in
                .file(
                    try IntakeTemplate.workbook(request.language), name: "\(title[request.language]).xlsx",
                    type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
            }),
        RegulationPage(
            path: "/intake/:run", regulation: authenticity.id, title: title, isListed: false,
            show: { request in .page(state(try runs.find(try request.part("run"), of: request.person), request)) },
            take: { request, form in try await start(request, form) }),
        RegulationPage(
            path: "/intake/:run/state", regulation: authenticity.id, title: title, isListed: false,
            show: { request in .fragment(progress(try runs.find(try request.part("run"), of: request.person), request)) }),
        RegulationPage(
            path: "/intake/:run/rejected", regulation: authenticity.id, title: title, isListed: false,
            show: { request in
                let run = try runs.find(try request.part("run"), of: request.person)
                let type = run.isWorkbook ? "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" : "text/csv; charset=utf-8"
                let name = request.language("退回的行", "returned rows")
                return .file(run.handedBack, name: "\(name).\(run.isWorkbook ? "xlsx" : "csv")", type: type)
            }),
    ]

    // MARK: Taking a file

    private static func upload(_ request: RegulationRequest, _ form: FormData) async throws -> RegulationResponse {
        guard let file = form.files("file").first, file.size > 0 else {
            let fault = Refusal.Fault(field: "file", Words("请选择要导入的文件", "Choose the file to import"))
            return .page(request.summary([fault]) + (try await Self.form(request)), isFault: true)
        }
        do {
            let sheet = form["sheet"].filter { !$0.isNewline }
            let run = try IntakeRun(file, sheet: sheet.isEmpty ? nil : sheet, by: request.person, at: request.now)
            try await run.dryRun(request.desk, request.language)
            return .redirect("/intake/\(runs.add(run))")
        } catch let error as PaperError {
            let fault = Refusal.Fault(field: "file", Words(error.zh, error.en))
            return .page(request.summary([fault]) + (try await Self.form(request)), isFault: true)
        }
    }

    /// Imports in the background; the page shows how far it has come.
    private static func start(_ request: RegulationRequest, _ form: FormData) async throws -> RegulationResponse {
        let name = try request.part("run")
        let run = try runs.find(name, of: request.person)
        if !form["sheet"].isEmpty { return try await readAgain(run, sheet: form["sheet"], request) }
        if run.begin() {
            let (desk, principal, language) = (request.desk, request.principal, request.language)
            Task.detached { await run.work(desk, principal, language) }
        }
        return .redirect("/intake/\(name)")
    }

    /// The same file from another of its sheets.
    private static func readAgain(_ run: IntakeRun, sheet: String, _ request: RegulationRequest) async throws -> RegulationResponse {
        do {
            let other = try IntakeRun(run, sheet: sheet, at: request.now)
            try await other.dryRun(request.desk, request.language)
            return .redirect("/intake/\(runs.add(other))")
        } catch let error as PaperError {
            let fault = Refusal.Fault(field: "sheet", Words(error.zh, error.en))
            return .page(request.summary([fault]) + state(run, request), isFault: true)
        }
    }

    // MARK: Pages

    private static func form(_ request: RegulationRequest) async throws -> HTML {
        let l = request.language
        return """
            <div class="head"><h1>\(title[l])</h1><span class="quiet">\(request.link(authenticity[5])) \(request.link(authenticity[6]))</span></div>
            <form class="sheet pad" method="post" action="/intake" enctype="multipart/form-data" data-progress>\(request.csrf)
            <div class="field"><label for="file">\(l("投保资料文件", "File of applications"))</label>
            <p class="hint" id="file-hint">\(l(
                "CSV（UTF-8 或 GB18030）或 XLSX，一行一人：投保人、被保险人、受益人；列的顺序不限。先核对，确认后才登记。",
                "CSV (UTF-8 or GB18030) or XLSX, a row a person in a role; columns in any order. It is checked first and taken in after you confirm."))</p>
            <input id="file" name="file" type="file" accept=".csv,.txt,.xlsx" aria-describedby="file-hint" data-drop></div>
            <div class="field"><label for="sheet">\(l("工作表", "Sheet"))</label>
            <p class="hint" id="sheet-hint">\(l(
                "工作簿有多个工作表时可指明；不填则读取第一个可见且表头相符的工作表。",
                "Of a workbook with several sheets; left empty, the first visible one with the columns is read."))</p>
            <input id="sheet" name="sheet" aria-describedby="sheet-hint"></div>
            <p>\(l("模板：", "Template: "))<a href="/intake-template.xlsx">\(l("XLSX（含下拉选项和填表说明）", "XLSX, with choices and explanations"))</a> ·
            <a href="/intake-template.csv">CSV</a></p>
            <progress hidden aria-label="\(l("上传进度", "Upload"))"></progress>
            <div class="row"><button class="act">\(l("上传并预览", "Upload and preview"))</button></div></form>
            \(try await IntakeSheets.recent(runs.all(of: request.person), request))
            """
    }

    private static func state(_ run: IntakeRun, _ request: RegulationRequest) -> HTML {
        let l = request.language
        return """
            <p class="quiet"><a href="/intake">\(title[l])</a> / \(UserText.html(run.name, l))</p>
            <div class="head"><h1>\(UserText.html(run.name, l))</h1></div>
            \(progress(run, request))
            \(run.isChecked ? reading(run, request) + IntakeSheets.checked(run, request) : "")
            """
    }

    private static func progress(_ run: IntakeRun, _ request: RegulationRequest) -> HTML {
        let l = request.language, address = "/intake/\(run.id)"
        switch run.phase {
        case .checked:
            return """
                <form class="sheet pad" method="post" action="\(address)">\(request.csrf)
                <p>\(l("预检结果如下，尚未登记。", "This is a check; nothing has been taken in yet."))</p>
                <p>\(l(
                    "确认导入，即由您声明：文件中的投保单均已由业务员与客户核对并签名确认。",
                    "By importing you state that the agents have checked the applications of this file with their customers and signed for it."))
                \(request.link(authenticity[11]))</p>
                <div class="row"><button class="act">\(l("确认导入", "Import"))</button>
                \(IntakeSheets.download(run, l))
                <a class="button" href="/intake">\(l("另选文件", "Choose another file"))</a></div></form>
                """
        case .running(let rows, let share):
            return """
                <section class="sheet pad" data-poll="\(address)/state" aria-live="polite"><p>\(l("正在登记：\(rows) 行", "Taking in: \(rows) rows"))</p>
                <p><progress max="100" value="\(share)" aria-label="\(l("登记进度", "Progress"))"></progress>
                <a href="\(address)">\(l("刷新", "Reload"))</a></p></section>
                """
        case .done(let done):
            return """
                <section class="sheet pad" role="status"><p><b>\(l("登记完毕", "Done"))</b></p>
                <p>\(l(
                    "投保单 \(done.applications) 份：承保 \(done.accepted)，留作草稿待补充 \(done.drafts)，已在册 \(done.known)，未登记 \(done.rejected)。",
                    "\(done.applications) applications: \(done.accepted) accepted, \(done.drafts) kept as drafts, \(done.known) known already, \(done.rejected) not taken."))</p>
                \(handedBack(run, address, l))
                <p><a href="/r/application">\(l("投保单登记簿", "Register of applications"))</a> ·
                <a href="/r/suspicion">\(l("可疑问题件", "Suspicious items"))</a></p></section>
                """
        case .failed(let words):
            return """
                <div class="note refusal" role="alert"><p><b>\(words[l])</b></p>
                <p>\(l("此前的行已登记；更正后重新导入同一文件，不会重复。", "The rows before it were taken; import the same file again after mending it, nothing is doubled."))</p></div>
                """
        }
    }

    /// What was read of the file, and another sheet to choose.
    private static func reading(_ run: IntakeRun, _ request: RegulationRequest) -> HTML {
        let l = request.language, notes = run.summary.notes
        if notes.sentences.isEmpty { return "" }
        let others = notes.otherSheets.map { sheet -> HTML in
            "<option value=\"\(sheet.name)\"\(" lang=\"zh-Hans\"", if: l == .en)>\(sheet.name)\(sheet.isHidden ? l("（隐藏）", " (hidden)") : "")</option>"
        }
        let choice: HTML =
            others.isEmpty
            ? ""
            : """
            <form class="pad row" method="post" action="/intake/\(run.id)">\(request.csrf)
            <label for="other-sheet">\(l("改读工作表", "Read another sheet"))</label>
            <select id="other-sheet" name="sheet">\(others)</select> <button>\(l("改读", "Read it"))</button></form>
            """
        return """
            <section class="sheet" id="reading"><header><h2>\(l("文件的读取", "How the file was read"))</h2></header>\
            <ul class="lines">\(notes.sentences.map { "<li>\(UserText.html(l($0.zh, $0.en), l))</li>" as HTML })</ul>\(choice)</section>
            """
    }

    private static func handedBack(_ run: IntakeRun, _ address: String, _ l: Language) -> HTML {
        guard run.hasRejected else { return HTML() }
        return """
            <p><a class="button" href="\(address)/rejected">\(l("下载退回的行", "Rows handed back"))</a>
            <span class="quiet">\(l("同一格式，末列为原因和所在单元格；更正后可再次导入。", "The same columns with the reason and its cell at the end; import it again after correction."))</span></p>
            """
    }
}
