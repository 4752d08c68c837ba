import Hummingbird
import Kernel

/// 暂存: what is filled in for an act is kept as one goes, by the button or by the script, and stands in the form again.
enum ActKeeping {
    /// The names of the buttons; no field of a document has such names.
    static let keep = "~keep", drop = "~drop"

    static func button(_ l: Language) -> HTML {
        """
        <button class="quiet keep" name="\(keep)" value="1" formnovalidate>\(l("暂存", "Keep for later"))</button>
        """
    }

    /// Above the form that stands as it was kept; what the document has become since is not in it.
    static func told(_ draft: ActDraft, _ row: DocumentRow, _ call: Call) -> HTML {
        let l = call.l, at = l.moment(draft.at, in: call.today)
        let changed: HTML =
            row.changed > draft.at
            ? " <b>\(l("此后单据已被更改，请核对后再提交。", "The document was changed since; check it before you send it."))</b>" : ""
        return """
            <p class="hint kept-at"><span role="status">\(l("已恢复 \(at) 暂存的内容", "As you kept it, \(at)"))\(changed)</span> \
            <button class="plain" name="\(drop)" value="1" formnovalidate>\(l("放弃暂存", "Discard it"))</button></p>
            """
    }

    static func answer(_ call: Call, _ form: FormData, _ view: DocumentView, _ step: DocumentType.Step, _ input: FormInput) async throws
        -> Response
    {
        let id = view.row.id, place = "\(call.address(id))#act-\(step.name)"
        if form.has(drop) {
            try await call.desk.dropDraft(for: step.name, on: id, by: call.person)
            return .redirect(to: place)
        }
        guard input.faults.isEmpty else { return try await DocumentPage.show(call, id, .step(step.name, input, input.faults, nil)) }
        try await call.desk.keepDraft(input.values, opinion: Opinion.text(form), for: step.name, on: id, by: call.person)
        // A script that keeps as one goes wants no page.
        if form[keep] == "script" { return Response(status: .noContent) }
        return .redirect(to: place)
    }
}
