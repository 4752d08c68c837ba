import Hummingbird
import Kernel

/// Which of its forms a document has: where fields hang on a choice, the choice is made first, and then only what belongs to it is asked.
enum FormChoice {
    /// The choice that fields hang on; empty where none does.
    static func key(_ fields: [FieldDescription]) -> String { fields.lazy.compactMap(\.condition?.key).first ?? "" }

    /// What is asked for under a choice; `nil` where it is still to be made.
    static func fields(_ fields: [FieldDescription], _ chosen: String) -> [FieldDescription]? {
        guard let choice = fields.first(where: { $0.key == key(fields) }), case .choice(let choices) = choice.kind else { return fields }
        guard choices.contains(where: { $0.value == chosen }) else { return nil }
        return fields.filter { $0.belongs(to: [choice.key: .text(chosen)]) }
    }

    /// All but the choice itself.
    static func open(_ fields: [FieldDescription]) -> [FieldDescription] {
        let key = key(fields)
        return fields.filter { $0.key != key }
    }

    /// The choice that was made, in the form.
    static func chosen(_ fields: [FieldDescription], _ input: FieldInput, _ l: Language) -> HTML {
        guard let choice = fields.first(where: { $0.key == key(fields) }), case .choice(let choices) = choice.kind else { return "" }
        let value = FieldInput.text(input.values[choice.key] ?? .null)
        let words = choices.first { $0.value == value }?.words[l] ?? ""
        return "<input type=\"hidden\" name=\"\(choice.key)\" value=\"\(value)\"><p><b>\(choice.label[l])</b> \(words)</p>"
    }

    /// The forms to choose from.
    static func page(_ type: DocumentType, _ step: DocumentType.Step, _ fields: [FieldDescription], _ call: Call) async throws -> Response {
        let l = call.l, key = key(fields)
        guard let choice = fields.first(where: { $0.key == key }), case .choice(let choices) = choice.kind else { throw DeskError.absent }
        let kept = fields.filter { $0.key != key && call.query.has($0.key) }.map { field -> HTML in
            "<input type=\"hidden\" name=\"\(field.key)\" value=\"\(call.query[field.key])\">"
        }
        let buttons = choices.map { "<li><button name=\"\(key)\" value=\"\($0.value)\">\($0.words[l])</button></li>" as HTML }
        return try await call.page(
            l("新建：\(type.title.zh)", "New: \(type.title.en)"), here: "/r/\(type.name)",
            """
            <p class="quiet"><a href="/r/\(type.name)">\(type.title[l])</a> / \(l("新建", "New"))</p>
            <div class="head"><h1>\(type.title[l])</h1><span>\(ArticleName.links(step.articles, in: call.catalogue, named: true, l))</span></div>
            <form class="sheet" method="get" action="/r/\(type.name)/new">\(kept)\
            <input type="hidden" name="\(NewDocumentPage.key)" value="\(step.name)"><header><h2>\(l("请选择\(choice.label.zh)", "Choose: \(choice.label.en)"))</h2></header>\
            <ul class="lines">\(buttons)</ul></form>
            """)
    }
}
