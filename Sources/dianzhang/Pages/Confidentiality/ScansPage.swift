import CustomerConfidentiality
import Kernel
import Tables
import Web

/// 批量挂接扫描件: a manifest and the scans that it names, filed line by line (第4条, 第6条).
enum ScansPage {
    static let title = Words("批量挂接扫描件", "File scans in bulk")

    static func show(_ request: RegulationRequest, note: HTML = "") -> HTML {
        let l = request.language
        let reading: HTML =
            PictureText.isThere
            ? """
            <div class="field check"><input id="read" name="read" type="checkbox" value="1"><label for="read">\
            \(l("识别图片上的文字，仅供检索", "Read the text of pictures, to find them by"))</label></div>
            """
            : "<p class=\"quiet\">\(l("本机未安装文字识别程序，图片不识别。", "No program that reads pictures is installed here."))</p>"
        return """
            \(ArchivePages.head(title[l], [request.link(confidentiality[4]), request.link(confidentiality[6])]))\(note)
            <form class="sheet pad" method="post" action="/archive/scans" enctype="multipart/form-data" data-progress>\(request.csrf)
            <div class="field"><label for="manifest">\(l("目录清单", "Manifest"))</label><p class="hint" id="manifest-hint">\
            \(l("CSV 或 XLSX，一行一件：", "CSV or XLSX, a row a part: "))\(columns(l))\
            \(l("。一件有几个文件的，用分号隔开。", ". Several files of one part are separated by semicolons."))</p>
            <input id="manifest" name="manifest" type="file" accept=".csv,.txt,.xlsx" aria-describedby="manifest-hint"></div>
            <div class="field"><label for="scans">\(l("扫描件（可多选）", "Scans, as many as there are"))</label>
            <input id="scans" name="scans" type="file" multiple></div>\(reading)
            <progress hidden aria-label="\(l("上传进度", "Upload"))"></progress>
            <div class="row"><button class="act">\(l("挂接", "File them"))</button></div></form>
            """
    }

    private static func columns(_ l: Language) -> String {
        ScanManifest.form.columns.map { l == .zh ? $0.names.first ?? $0.key : $0.names.last ?? $0.key }.joined(separator: l("、", ", "))
    }

    static func take(_ request: RegulationRequest, _ form: FormData) async throws -> RegulationResponse {
        guard let manifest = form.files("manifest").first, manifest.size > 0 else {
            let fault = Refusal.Fault(field: "manifest", Words("请选择目录清单", "Choose the manifest"))
            return .page(show(request, note: request.summary([fault])), isFault: true)
        }
        var scans: [String: FormData.File] = [:]
        for file in form.files("scans") where file.size > 0 { scans[file.name] = file }
        let known = scans
        do {
            let kept = try temporary(manifest)
            let read = try withExtendedLifetime(kept) { try ScanManifest.read(kept.path, name: manifest.name) }
            let filing = ScanFiling(request.desk, by: request.principal, recognising: form.has("read")) { name in
                guard let file = known[name] else { return nil }
                return try content(of: file)
            }
            let outcome = try await filing.run(read, names: scans.keys.sorted())
            return .page(show(request, note: told(outcome, request)), isFault: !outcome.rejected.isEmpty)
        } catch let error as PaperError {
            let fault = Refusal.Fault(field: "manifest", Words(error.zh, error.en))
            return .page(show(request, note: request.summary([fault])), isFault: true)
        }
    }

    private static func temporary(_ file: FormData.File) throws -> TemporaryFile {
        switch file.content {
        case .temporary(let kept): return kept
        case .bytes(let bytes):
            let file = try TemporaryFile()
            try bytes.withUnsafeBytes { try file.write($0) }
            return file
        }
    }

    private static func content(of file: FormData.File) throws -> [UInt8] {
        switch file.content {
        case .bytes(let bytes): bytes
        case .temporary(let temporary): try temporary.read(at: 0, count: file.size)
        }
    }

    private static func told(_ outcome: ScanFiling.Outcome, _ request: RegulationRequest) -> HTML {
        let l = request.language
        let lines = outcome.rejected.map { line, words -> HTML in
            """
            <tr><td class="n" data-label="\(l("行", "Row"))">\(line.row)<td data-label="\(l("档号", "Code"))"><span class="number">\(line.code)</span>\
            <td data-label="\(l("文件名", "Files"))">\(UserText.html(line.files.joined(separator: l("；", "; ")), l))\
            <td data-label="\(l("原因", "Why"))">\(words[l])
            """
        }
        let rejected: HTML =
            lines.isEmpty
            ? ""
            : """
            <section class="sheet" role="alert"><header><h2>\(l("未挂接的行", "Rows that were not filed"))</h2></header><div class="scroll" tabindex="0">\
            <table class="stack"><thead><tr><th scope="col" class="n">\(l("行", "Row"))<th scope="col">\(l("档号", "Code"))<th scope="col">\
            \(l("文件名", "Files"))<th scope="col">\(l("原因", "Why"))</thead><tbody>\(lines)</tbody></table></div></section>
            """
        let unnamed: HTML =
            outcome.unnamed.isEmpty
            ? ""
            : """
            <section class="sheet pad"><p>\(l("清单未列、没有挂接的文件：", "Files that no row names, and that were not filed: "))\
            \(UserText.html(outcome.unnamed.joined(separator: l("、", ", ")), l))</p></section>
            """
        let read = outcome.recognised == 0 ? "" : l("，识别图片 \(outcome.recognised) 件", ", \(outcome.recognised) pictures read")
        return """
            <p class="note">\(l("已挂接 \(outcome.filed.count) 件，未挂接 \(outcome.rejected.count) 件", "\(outcome.filed.count) filed, \(outcome.rejected.count) not filed"))\(read)</p>\
            \(rejected)\(unnamed)
            """
    }
}
