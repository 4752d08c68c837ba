import CustomerConfidentiality
import Kernel
import Web
import WorkCalendar

/// 逐件鉴定、核对: the lines of a destruction list in a table, one decision for many of them and exceptions by themselves; and for a witness,
/// each line that is to go with its tick (第25条).
enum AppraisalPage {
    static let title = Words("逐件鉴定、核对", "Decide and check line by line")

    private enum Work { case deciding, checking, looking }

    private static func work(_ view: DocumentView) -> Work {
        let steps = Set(view.availableSteps.map(\.step.name))
        if steps.contains(DestructionList.decide.name) { return .deciding }
        return steps.contains(DestructionList.check.name) ? .checking : .looking
    }

    static func show(_ request: RegulationRequest, _ typed: FormData? = nil, note: HTML = "") async throws -> HTML {
        let view = try await ArchivePages.view(request, of: DestructionList.name), l = request.language
        let lines = view.row.values["lines"]?.list ?? [], work = work(view)
        let undecided = lines.count { ($0["outcome"].text ?? "").isEmpty }
        let shown = lines.enumerated().filter { work != .checking || $0.element["outcome"].text == "destroy" }
        let rows = shown.map { row($0.offset, $0.element, work, typed, request) }
        let word = request.word(document: view.row.id)
        let heads = [
            l("档号", "Code"), l("结档日期", "Closed on"), l("保管期限", "Term"), l("期满", "Due"), l("鉴定结果", "Outcome"), l("延长至", "Until"),
            l("理由", "Reason"),
            l("监销核对", "Checked by"),
        ]
        let tick: HTML = work == .looking ? "" : "<th scope=\"col\">\(l("选", "Tick"))"
        return """
            <p class="quiet"><a href="\(request.address(view.row.id))">\(UserText.html(view.row.number ?? view.row.title, l))</a></p>
            \(ArchivePages.head(title[l], [request.link(confidentiality[25])]))\(note)
            <p>\(l("共 \(lines.count) 件，未定 \(undecided) 件。", "\(lines.count) files, \(undecided) undecided."))</p>
            <form class="sheet" method="post" action="/archive/appraisal/\(word)">\(request.csrf)
            <input type="hidden" name="version" value="\(view.row.version)">\(controls(work, undecided, typed, l))
            <div class="scroll" tabindex="0"><table class="stack"><thead><tr>\(tick)\(heads.map { "<th scope=\"col\">\($0)" as HTML })</thead>
            <tbody>\(rows)</tbody></table></div></form>
            """
    }

    private static func controls(_ work: Work, _ undecided: Int, _ typed: FormData?, _ l: Language) -> HTML {
        switch work {
        case .looking: return ""
        case .checking:
            return """
                <div class="pad"><p>\(l("请逐件核对实物后勾选，每一件都须勾选。", "Look at each file and tick it; each has to be ticked."))</p>\
                <div class="row"><button class="act">\(l("核对完毕", "All checked"))</button></div></div>
                """
        case .deciding:
            let outcomes = DestructionLine.Outcome.allCases.filter { $0 != .undecided }.map { one -> HTML in
                "<option value=\"\(one.rawValue)\"\(" selected", if: one.rawValue == typed?["outcome"])>\(one.words[l])</option>"
            }
            return """
                <div class="pad"><div class="two"><div class="field"><label for="outcome">\(l("鉴定结果", "Outcome"))</label>\
                <select id="outcome" name="outcome"><option value="">\(l("请选择", "Choose"))</option>\(outcomes)</select></div>
                <div class="field"><label for="until">\(l("延长至", "Until"))</label><input id="until" name="until" type="date" value="\(typed?["until"] ?? "")"></div></div>
                <div class="field"><label for="reason">\(l("理由（继续保管的必填）", "Reason, where they are kept"))</label>\
                <input id="reason" name="reason" value="\(typed?["reason"] ?? "")" autocomplete="off"></div>
                <div class="row"><button class="act" name="which" value="ticked">\(l("登记勾选的", "For those ticked"))</button>\
                <button name="which" value="rest"\(" disabled", if: undecided == 0)>\(l("登记其余未定的 \(undecided) 件", "For the other \(undecided)"))</button></div></div>
                """
        }
    }

    private static func row(_ index: Int, _ line: JSONValue, _ work: Work, _ typed: FormData?, _ request: RegulationRequest) -> HTML {
        let l = request.language, code = line["code"].text ?? ""
        let outcome = DestructionLine.Outcome(rawValue: line["outcome"].text ?? "")?.words[l] ?? ""
        let isTicked = typed?.all("line").contains(String(index)) ?? false
        let tick: HTML =
            work == .looking
            ? ""
            : """
            <td data-label="\(l("选", "Tick"))"><input type="checkbox" name="line" value="\(index)" aria-label="\(code)"\(" checked", if: isTicked)>
            """
        func cell(_ label: String, _ text: String) -> HTML { "<td data-label=\"\(label)\">\(text)" }
        func written(_ label: String, _ text: String) -> HTML { "<td data-label=\"\(label)\">\(UserText.html(text, l))" }
        let link: HTML = line["file"].whole.map { "<a class=\"number\" href=\"\(request.address($0))\">\(code)</a>" } ?? "\(code)"
        return """
            <tr>\(tick)<td data-label="\(l("档号", "Code"))">\(link)\(cell(l("结档日期", "Closed on"), line["closedOn"].text ?? ""))\
            \(written(l("保管期限", "Term"), line["term"].text ?? ""))\(cell(l("期满", "Due"), line["dueOn"].text ?? ""))\(cell(l("鉴定结果", "Outcome"), outcome))\
            \(cell(l("延长至", "Until"), line["until"].text ?? ""))\(written(l("理由", "Reason"), line["reason"].text ?? ""))\
            \(written(l("监销核对", "Checked by"), line["checkedBy"].text ?? ""))
            """
    }

    static func take(_ request: RegulationRequest, _ form: FormData) async throws -> RegulationResponse {
        let view = try await ArchivePages.view(request, of: DestructionList.name)
        let lines = view.row.values["lines"]?.list ?? [], ticked = Set(form.all("line").compactMap { Int($0) })
        let isRest = form["which"] == "rest"
        let files = lines.enumerated().filter { index, line in
            isRest ? (line["outcome"].text ?? "").isEmpty : ticked.contains(index)
        }.compactMap { $0.element["file"].whole.map { JSONValue.whole($0) } }
        let version = Int(form["version"]).map(Int64.init)
        do {
            if files.isEmpty, work(view) != .looking {
                throw DeskError.invalid([
                    .init(field: "", Words("还没有勾选档案，请先在表中勾选", "No file is ticked; tick those that are meant in the table"))
                ])
            }
            switch work(view) {
            case .deciding:
                try await request.desk.take(
                    DestructionList.decide, on: view.row.id, expecting: version,
                    input: [
                        "chosen": .list(files), "decision": .text(form["outcome"]), "decisionUntil": .text(form["until"]),
                        "decisionReason": .text(form["reason"]),
                    ], by: request.principal)
                // On to the next lines.
                let word = request.word(document: view.row.id)
                return .redirect("/archive/appraisal/\(word)")
            case .checking:
                try await request.desk.take(
                    DestructionList.check, on: view.row.id, expecting: version, input: ["checkedFiles": .list(files)], by: request.principal
                )
            case .looking:
                throw DeskError.forbidden(Words("现在没有由您办理的鉴定或核对", "There is nothing for you to decide or check now"))
            }
        } catch let refusal as Refusal {
            return .page(try await show(request, form, note: request.summary(refusal)), isFault: true)
        } catch DeskError.invalid(let faults) {
            return .page(try await show(request, form, note: request.summary(faults.map(named))), isFault: true)
        }
        return .redirect(request.address(view.row.id))
    }

    /// By the names that the fields have on this page.
    private static func named(_ fault: Refusal.Fault) -> Refusal.Fault {
        let names = ["chosen": "", "decision": "outcome", "decisionUntil": "until", "decisionReason": "reason", "checkedFiles": ""]
        return Refusal.Fault(field: names[fault.field] ?? fault.field, fault.words)
    }
}
