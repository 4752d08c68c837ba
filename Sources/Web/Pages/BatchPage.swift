import Hummingbird
import Kernel

/// On which several documents and one step are confirmed: each row says whether it can be taken, and those that can are sent.
struct BatchPage {
    struct Row {
        let item: Batch.Item
        let prospect: Prospect
    }

    let batch: Batch
    let form: FormData
    let faults: [Refusal.Fault]
    let input: FormInput
    let rows: [Row]

    private var call: Call { batch.call }
    private var l: Language { batch.l }
    private var step: DocumentType.Step { batch.step }
    private var fields: [FieldDescription] { step.fields.compactMap { batch.type.field($0) } }
    private var able: [Batch.Item] { rows.filter(\.prospect.isAble).map(\.item) }
    private var isConfirmed: Bool { form.has("confirmed") }

    func response() async throws -> Response {
        let heads = [l("单据", "Document"), l("摘要", "About"), l("能否办理", "Can it be taken")] + fields.map { $0.label[l] }
        let count = able.count, unable = rows.count - count
        let refused: HTML =
            unable == 0
            ? ""
            : "<p class=\"note\">\(l("\(unable) 件不能办理，原因见各行，本次不办", "\(unable) cannot be taken, as each row says, and are left out"))</p>"
        let absent = batch.missing + batch.chosen.count - rows.count
        return try await call.page(
            l("批量办理：\(step.title.zh)", "Together: \(step.title.en)"), here: "/", status: faults.isEmpty ? .ok : .unprocessableContent,
            back: "/",
            """
            <p class="quiet"><a href="\(batch.back)">\(l("待办", "To do"))</a> / \(l("批量办理", "Together"))</p>
            <div class="head"><h1>\(l("\(step.title.zh)：\(count) 件", "\(step.title.en): \(count)"))</h1></div>\(FaultSummary.html(faults, call))
            <form class="sheet" method="post" action="/todo">\(call.csrf)<input type="hidden" name="type" value="\(batch.type.name)">\
            <input type="hidden" name="step" value="\(step.name)"><input type="hidden" name="back" value="\(batch.back)">\
            <input type="hidden" name="confirmed" value="1">\
            <div class="scroll"><table class="stack"><thead><tr>\(heads.map { "<th scope=\"col\">\($0)</th>" as HTML })</tr></thead><tbody>\(rows.map { line($0, heads) })</tbody></table></div>\
            <div class="pad">\(refused)\(batch.leftOut(absent), if: count > 0)\(try await confirm) <a class="button" href="\(batch.back)">\(l("返回待办", "Back to the list"))</a></div></form>
            """)
    }

    private func line(_ row: Row, _ heads: [String]) -> HTML {
        let view = row.item.view, word = batch.word(row.item)
        let values = fields.map { field -> HTML in
            let text = FieldText(call: call, names: view.names, document: nil).html(view.row.values[field.key] ?? .null, of: field)
            return "<td data-label=\"\(field.label[l])\"><span>\(text)</span></td>"
        }
        let sent: HTML =
            row.prospect.isAble
            ? """
            <input type="hidden" name="item" value="\(word)"><input type="hidden" name="\(batch.seen(row.item))" value="\(view.row.version)">
            """
            : "<input type=\"hidden\" name=\"\(ManyActs.left)\" value=\"\(word)\">"
        let about = batch.type.summary(of: view.row.values, view.names).map { UserText.html($0[l], l) }.joined(by: " · ")
        return """
            <tr><td data-label="\(heads[0])"><span>\(sent)\(DocumentName.link(view.row, call))</span></td>\
            <td data-label="\(heads[1])"><span>\(about)</span></td><td data-label="\(heads[2])"><span>\(row.prospect.html(call))</span></td>\
            \(values)</tr>
            """
    }

    /// What is asked for all of them, and the button; nothing where nothing can be taken, but where other input may help.
    private var confirm: HTML {
        get async throws {
            let able = able
            if able.isEmpty, !isConfirmed { return "" }
            let fields = batch.asked(of: able.isEmpty ? rows.map(\.item).filter { $0.offered != nil } : able)
            let drawn = try await drawn(fields)
            let again: HTML =
                isConfirmed && !fields.isEmpty && able.count < rows.count
                ? "<button name=\"\(FormInput.again)\" value=\"1\">\(l("按填写内容重新核对", "Judge again with what is filled in"))</button>" : ""
            if able.isEmpty { return again.isEmpty ? "" : "\(drawn)\(again)" }
            let sign = step.signs ? Signing.control(call, faults, in: "many") : ""
            let own = able.first?.view.phrases ?? [], count = able.count
            return """
                \(drawn)\(Opinion.control("many", isConfirmed ? form : nil, isNeeded: false, faults, own: own, l))\(sign)\
                <button class="act">\(l("确认办理 \(count) 件：\(step.title.zh)", "Confirm \(count): \(step.title.en)"))</button> \(again)
                """
        }
    }

    private func drawn(_ fields: [FieldDescription]) async throws -> HTML {
        if fields.isEmpty { return "" }
        let hint = l("以下各项用于所有尚未填写的单据；已填写的保持不变。", "What follows goes into those that lack it; what stands in the others stays.")
        let options = try await FieldOptions.load(fields, in: batch.scope, call)
        let inputs = FieldInput(call: call, options: options, faults: faults, values: input.values, input: input).html(fields)
        return "<p class=\"hint\">\(hint)</p>\(inputs)"
    }
}
