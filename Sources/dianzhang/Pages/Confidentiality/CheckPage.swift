import CustomerConfidentiality
import Kernel
import Web

/// 逐架检查: a check on a phone, in front of the shelf, record after record from the left and the top (第14条).
enum CheckPage {
    static func show(_ request: RegulationRequest, _ typed: FormData? = nil, _ faults: HTML = "") async throws -> HTML {
        let view = try await ArchivePages.view(request, of: ArchiveCheck.name), l = request.language
        let lines = view.row.values["lines"]?.list ?? []
        let done = lines.filter { !($0["outcome"].text ?? "").isEmpty }.count
        let word = request.word(document: view.row.id)
        let isOpen = view.row.state == "open"
        let rows = lines.enumerated().map { index, line in row(index, line, typed, isOpen, l) }
        return """
            <p class="quiet"><a href="\(request.address(view.row.id))">\(view.row.number ?? view.row.title)</a></p>
            \(ArchivePages.head(view.row.title, [request.link(confidentiality[14])]))\(faults)
            <p>\(l("已检查", "Checked")) \(done) / \(lines.count)</p>
            <form class="sheet pad" method="post" action="/archive/check/\(word)" enctype="multipart/form-data">\(request.csrf)
            <input type="hidden" name="version" value="\(view.row.version)">\(rows)
            \(isOpen ? "<div class=\"row\"><button class=\"act\">\(l("保存检查结果", "Save"))</button></div>" as HTML : "")</form>
            """
    }

    private static func row(_ index: Int, _ line: JSONValue, _ typed: FormData?, _ isOpen: Bool, _ l: Language) -> HTML {
        let outcome = typed?["outcome.\(index)"] ?? line["outcome"].text ?? "", note = typed?["note.\(index)"] ?? line["note"].text ?? ""
        let kept = line["photos"].list.count
        let choices = CheckOutcome.allCases.filter { $0 != .unchecked }.map { one -> HTML in
            """
            <label class="check"><input type="radio" name="outcome.\(index)" value="\(one.rawValue)"\(" checked", if: one.rawValue == outcome)\
            \(" disabled", if: !isOpen)> \(one.words[l])</label>
            """
        }
        return """
            <fieldset class="field"><legend>\(line["place"].text ?? "") · \(line["code"].text ?? "")</legend><div class="row">\(choices)</div>
            <label for="note.\(index)">\(l("情况", "Note"))</label>
            <input id="note.\(index)" name="note.\(index)" value="\(note)"\(" disabled", if: !isOpen)>
            <label for="photo.\(index)">\(l("照片", "Picture"))\(kept > 0 ? " (\(kept))" : "")</label>
            <input id="photo.\(index)" name="photo.\(index)" type="file" accept="image/*" capture="environment"\(" disabled", if: !isOpen)></fieldset>
            """
    }

    static func take(_ request: RegulationRequest, _ form: FormData) async throws -> RegulationResponse {
        let view = try await ArchivePages.view(request, of: ArchiveCheck.name)
        var lines: [JSONValue] = []
        do {
            for (index, line) in (view.row.values["lines"]?.list ?? []).enumerated() {
                let photos = line["photos"].list + (try await pictures(form.files("photo.\(index)"), of: index, request))
                lines.append(
                    .record(
                        line.entries.filter { !["outcome", "note", "photos"].contains($0.key) } + [
                            .init("outcome", .text(form["outcome.\(index)"])), .init("note", .text(form["note.\(index)"])),
                            .init("photos", .list(photos)),
                        ]))
            }
            try await request.desk.take(
                ArchiveCheck.record, on: view.row.id, expecting: Int(form["version"]).map(Int64.init), input: ["lines": .list(lines)],
                by: request.principal)
        } catch let refusal as Refusal {
            return .page(try await show(request, form, request.summary(refusal)), isFault: true)
        } catch DeskError.invalid(let faults) {
            return .page(try await show(request, form, request.summary(faults)), isFault: true)
        }
        return .redirect(request.address(view.row.id))
    }

    /// What the phone took, kept for the line.
    private static func pictures(_ files: [FormData.File], of line: Int, _ request: RegulationRequest) async throws -> [JSONValue] {
        var kept: [JSONValue] = []
        for (number, file) in files.enumerated() where file.size > 0 {
            let content: [UInt8] =
                switch file.content {
                case .bytes(let bytes): bytes
                case .temporary(let temporary): try temporary.read(at: 0, count: file.size)
                }
            let principal = request.principal.part("photo \(line) \(number)")
            kept.append(try await request.desk.keep(file: file.name, content: content, by: principal).stored)
        }
        return kept
    }
}
