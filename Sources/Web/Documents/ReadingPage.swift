import Hummingbird
import Kernel

/// What stands before a document whose readings are stated: what it is, and what for it is wanted. The reading stands in the ledger, and
/// then the document is shown.
enum ReadingPage {
    static func add(to routes: Routes) {
        routes.form("/d/:id/reading") { call, form in
            let id = try call.id(), principal = Principal(call.person)
            guard let view = try? await call.desk.document(id, by: call.person) else {
                // That somebody asked who may not know of it is entered, and answered as if there were none.
                do { try await call.desk.open(id, by: principal, for: form["purpose"]) } catch DeskError.invalid {
                    try await call.desk.open(id, by: principal, for: call.l("未说明目的", "not said"))
                }
                throw DeskError.absent
            }
            guard let gate = view.gate else { return .redirect(to: call.address(id)) }
            do {
                try await call.desk.open(id, by: principal, for: purpose(of: form, gate, call.l))
                return .redirect(to: call.address(id))
            } catch DeskError.invalid(let faults) {
                return try await show(view, gate, call, typed: form, note: FaultSummary.html(faults, call), status: .unprocessableContent)
            } catch let refusal as Refusal {
                return try await show(view, gate, call, typed: form, note: FaultSummary.html(refusal, call), status: .unprocessableContent)
            }
        }
    }

    /// In the reader's language, as it was chosen, with what was added to it.
    private static func purpose(of form: FormData, _ gate: ReadingGate, _ l: Language) throws(DeskError) -> String {
        guard let chosen = gate.purposes.first(where: { $0.value == form["purpose"] }) else {
            throw .invalid([.init(field: "purpose", Words("请选择查阅目的", "Choose what you read it for"))])
        }
        let note = form["note"].trimmingBlanks
        guard chosen.value != StatedReading.other || !note.isEmpty else {
            throw .invalid([.init(field: "note", Words("请写明查阅目的", "Say what you read it for"))])
        }
        if let fault = TextLimit.fault("note", note, longest: longestNote) { throw .invalid([fault]) }
        return note.isEmpty ? chosen.words[l] : "\(chosen.words[l])\(l("：", ": "))\(note)"
    }

    private static let longestNote = Desk.longestPurpose - 40

    /// - Parameter note: what stands above: why something was not taken.
    static func show(
        _ view: DocumentView, _ gate: ReadingGate, _ call: Call, typed: FormData? = nil, note: HTML = "", more: HTML = "",
        status: HTTPResponse.Status = .ok
    ) async throws -> Response {
        let l = call.l, row = view.row
        guard let type = call.catalogue.type(row.type) else { throw DeskError.absent }
        let cells: [(String, HTML)] = [
            (l("编号", "Number"), row.number.map { DocumentName.spoken($0, l) } ?? HTML(l("未编号", "not numbered"))),
            (l("标题", "Title"), UserText.html(row.title.isEmpty ? type.title[l] : row.title, l)),
            (l("密级", "Level"), HTML(row.level.words[l])), (l("状态", "State"), HTML(StateName(row.state, of: type).words[l])),
        ]
        return try await call.page(
            DocumentName.plain(row, call.catalogue, l), here: "/r/\(type.name)", status: status, back: call.address(row.id),
            """
            <p class="quiet"><a href="/r/\(type.name)">\(type.title[l])</a> / \(DocumentName.html(row, call))</p>\(note)\(more)
            <section class="sheet pad" id="reading"><h1>\(type.title[l])</h1>
            <dl class="grid">\(cells.map { "<dt>\($0.0)</dt><dd>\($0.1)</dd>" as HTML })</dl>
            <p>\(l(
                "查阅前请说明目的。本次查阅记入存证；\(gate.minutes) 分钟内再次打开不再询问。",
                "Say what you read it for. The reading stands in the ledger; within \(gate.minutes) minutes it is not asked again."))</p>
            \(form(gate, call, row.id, typed))</section>
            """)
    }

    private static func form(_ gate: ReadingGate, _ call: Call, _ id: Int64, _ typed: FormData?) -> HTML {
        let l = call.l, chosen = typed?["purpose"] ?? ""
        let purposes = gate.purposes.map { purpose -> HTML in
            """
            <label class="check"><input type="radio" name="purpose" value="\(purpose.value)"\(" checked", if: purpose.value == chosen)> \
            \(purpose.words[l])</label>
            """
        }
        return """
            <form method="post" action="\(call.address(id))/reading">\(call.csrf)
            <fieldset class="field" id="purpose"><legend>\(l("查阅目的", "What you read it for"))</legend><div class="row">\(purposes)</div></fieldset>
            <div class="field"><label for="note">\(l("补充说明", "More of it"))</label>
            <p class="hint" id="note-hint">\(l("选“其他”的必须填写，其余可不填。", "Needed with “Other”, else as you like."))</p>
            <input id="note" name="note" value="\(typed?["note"] ?? "")" autocomplete="off" maxlength="\(longestNote)" aria-describedby="note-hint"></div>
            <div class="row"><button class="act">\(l("打开", "Open"))</button></div></form>
            """
    }
}
