import CustomerAuthenticity
import Kernel
import Tables
import Web

/// 客户资料自查: a file of an existing book is handed in, checked by the rules of intake, and becomes a report with tasks (第二十六条).
enum SelfCheckPage {
    static let title = Words("客户资料自查", "Self-check of customers' data")

    static func form(_ request: RegulationRequest, _ faults: HTML = "") -> HTML {
        let l = request.language
        return """
            <div class="head"><h1>\(title[l])</h1><span class="quiet">\(request.link(authenticity[26]))</span></div>\(faults)
            <form class="sheet pad" method="post" action="/authenticity/self-check" enctype="multipart/form-data" data-progress>\(request.csrf)
            <div class="field"><label for="file">\(l("客户资料文件", "File of customers"))</label>
            <p class="hint" id="file-hint">\(l(
                "CSV（UTF-8 或 GB18030）或 XLSX，列与导入投保单相同。按录入规则逐行检查，不登记客户；按业务员所在团队归入单位，各单位生成整改任务。",
                "CSV (UTF-8 or GB18030) or XLSX, the columns of an intake. Each row is checked by the rules of intake and nothing is taken in; rows go to the unit of their agent, and each unit gets a task."))</p>
            <input id="file" name="file" type="file" accept=".csv,.txt,.xlsx" aria-describedby="file-hint" required></div>
            <div class="field"><label for="sheet">\(l("工作表（可不填）", "Sheet, if you like"))</label><input id="sheet" name="sheet"></div>
            <progress hidden aria-label="\(l("上传进度", "Upload"))"></progress>
            <div class="row"><button class="act">\(l("检查并生成报告", "Check and report"))</button>
            <a class="button" href="/intake-template.csv">\(l("下载空白模板", "Download an empty template"))</a>
            <a class="button" href="/r/self-check">\(l("历次自查报告", "Earlier reports"))</a></div>
            <p class="quiet">\(NationalCheck.words[l])</p></form>
            """
    }

    static func upload(_ request: RegulationRequest, _ form: FormData) async throws -> RegulationResponse {
        func refused(_ words: Words) -> RegulationResponse {
            .page(Self.form(request, request.summary([Refusal.Fault(field: "file", words)])), isFault: true)
        }
        guard let file = form.files("file").first, file.size > 0 else { return refused(Words("请选择要检查的文件", "Choose the file to check")) }
        let kept: TemporaryFile
        switch file.content {
        case .temporary(let temporary): kept = temporary
        case .bytes(let bytes):
            kept = try TemporaryFile()
            try bytes.withUnsafeBytes { try kept.write($0) }
        }
        let answers = try TemporaryFile(), sheet = form["sheet"].filter { !$0.isNewline }
        do {
            let done = try await SelfCheckRun(request.desk, by: request.principal).run(
                kept.path, name: file.name, sheet: sheet.isEmpty ? nil : sheet, answers: answers.path)
            return .redirect(request.address(done.taken.id))
        } catch let error as PaperError {
            return refused(Words(error.zh, error.en))
        } catch let refusal as Refusal {
            return .page(Self.form(request, request.summary(refusal)), isFault: true)
        } catch DeskError.forbidden(let words) {
            return refused(words)
        }
    }
}
