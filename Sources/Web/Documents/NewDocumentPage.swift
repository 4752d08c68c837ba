import Hummingbird
import Kernel

/// A new document: its form, taken by the step that creates it.
enum NewDocumentPage {
    static func add(to routes: Routes) {
        routes.page("/r/:type/new") { call in
            let type = try call.type()
            let (step, all) = try opening(type, call.query[key])
            guard OfferedTypes.openable(type, call).contains(where: { $0.name == step.name }) else {
                throw DeskError.forbidden(
                    Words(
                        "“\(type.title.zh)”由\(step.by.words.zh)登记，您的岗位不能登记",
                        "“\(type.title.en)” is started by: \(step.by.words.en); your post does not"))
            }
            guard let fields = FormChoice.fields(all, call.query[FormChoice.key(all)]) else {
                return try await FormChoice.page(type, step, all, call)
            }
            let options = try await FieldOptions.load(fields, in: scope(of: type, FormData(), call), call)
            let (values, names) = await defaults(fields, type, call)
            return try await show(
                call, type, step, fields, FieldInput(call: call, options: options, faults: [], values: values, names: names), refusal: nil)
        }
        let limit = routes.edge.configuration.greatestAttachment
        routes.form("/r/:type/new", within: FormLimits(file: limit, files: limit * 3, keepsTexts: true), isLong: true) { call, form in
            try await take(call, form)
        }
    }

    /// Where the address and the form say which of the steps that create it is meant; without it the first. No field is called so.
    static let key = "new-step"

    /// What stands behind the address of its form for this step.
    static func query(_ step: DocumentType.Step, _ type: DocumentType) -> String {
        step.name == type.opening?.name ? "" : "?\(key)=\(step.name)"
    }

    private static func opening(_ type: DocumentType, _ name: String) throws -> (DocumentType.Step, [FieldDescription]) {
        let steps = OfferedTypes.openings(of: type)
        guard let step = name.isEmpty ? steps.first : steps.first(where: { $0.name == name }) else { throw DeskError.absent }
        return (step, step.fields.compactMap { type.field($0) })
    }

    /// Where the document would belong.
    private static func scope(of type: DocumentType, _ form: FormData, _ call: Call) -> UnitID? {
        let standing = call.behalf(form) ?? call.person
        return call.organisation.placeOfNew(type.regulation.id, by: standing, on: call.today)?.scope
    }

    /// Numbers that the type begins with, and what the address names, so that one document's page can start another about it.
    private static func defaults(
        _ fields: [FieldDescription], _ type: DocumentType, _ call: Call
    ) async -> ([String: JSONValue], [Int64: Words]) {
        var (values, names) = (type.given.mapValues { JSONValue.text("\($0)") }, [Int64: Words]())
        for field in fields where call.query.has(field.key) {
            let text = call.query[field.key]
            switch field.kind {
            case .reference(let type), .references(let type):
                let id = call.ids.id(text, .document)
                guard let row = try? await call.desk.document(id, by: call.person).row, row.type == type else { continue }
                let name = DocumentName.plain(row, call.catalogue, call.l)
                names[id] = Words(name, name)
                if case .reference = field.kind { values[field.key] = .text(text) } else { values[field.key] = .list([.text(text)]) }
            case .people: values[field.key] = .list(call.query.all(field.key).map { .text($0) })
            default: values[field.key] = .text(text)
            }
        }
        return (values, names)
    }

    private static func take(_ call: Call, _ form: FormData) async throws -> Response {
        let type = try call.type()
        let (step, all) = try opening(type, form[key])
        guard let fields = FormChoice.fields(all, form[FormChoice.key(all)]) else {
            return try await FormChoice.page(type, step, all, call)
        }
        let input = try await FormInput.read(form, fields, isNew: true, in: scope(of: type, form, call), call)
        var faults = input.faults
        var refusal: Refusal?
        var unable: ErrorResponse?
        var call = call
        if !input.isUnfinished {
            do {
                let further = FurtherFaults(step: step, type: type, id: nil, input: input.handed(fields, call.ids), form: form)
                try await further.requireNone(besides: faults, call)
                let signature = step.signs ? try await further.sign(&call) : nil
                let principal = Principal(call.person, onBehalfOf: call.behalf(form), signed: signature, request: call.key)
                let taken = try await call.desk.take(step.name, of: type.name, input: further.input, by: principal)
                call.edge.typed.remember(input, fields, taken, call)
                // A draft's page says why it was not let through.
                return ActAnswer.redirect(call, taken.id, to: call.address(taken.id))
            } catch DeskError.invalid(let wrong) {
                faults = wrong
            } catch let refused as Refusal {
                (refusal, faults) = (refused, refused.faults)
            } catch let error where ErrorResponse.keepsForm(error) {
                (refusal, unable) = (Refusal(unable: error), ErrorResponse(error))
                call = call.after(error, form)
            }
        }
        let options = try await FieldOptions.load(fields, in: scope(of: type, form, call), call)
        let fieldInput = FieldInput(call: call, options: options, faults: faults, values: input.values, input: input)
        let page = try await show(call, type, step, fields, fieldInput, refusal: refusal)
        if form.has(FormData.oversized) { return page.with(status: .contentTooLarge) }
        return unable.map(page.with) ?? page
    }

    private static func show(
        _ call: Call, _ type: DocumentType, _ step: DocumentType.Step, _ fields: [FieldDescription], _ input: FieldInput,
        refusal: Refusal?
    ) async throws -> Response {
        let l = call.l
        let isWrong = refusal != nil || !input.faults.isEmpty
        let note = refusal.map { FaultSummary.html($0, call) } ?? FaultSummary.html(input.faults, call)
        let signature = step.signs ? Signing.control(call, input.faults, in: step.name) : ""
        let under: HTML =
            step.articles.isEmpty ? "" : "<span>\(ArticleName.links(step.articles, in: call.catalogue, named: true, l))</span>"
        let nobody = isWrong ? "" : Nobody.note(type, step, call)
        return try await call.page(
            l("新建：\(type.title.zh)", "New: \(type.title.en)"), here: "/r/\(type.name)", status: isWrong ? .unprocessableContent : .ok,
            back: "/r/\(type.name)/new\(query(step, type))",
            """
            <p class="quiet"><a href="/r/\(type.name)">\(type.title[l])</a> / \(l("新建", "New"))</p>
            <div class="head"><h1>\(type.title[l])</h1>\(under)</div>\(nobody)\(note)
            <form class="sheet pad" method="post" action="/r/\(type.name)/new" enctype="multipart/form-data" novalidate data-guard>\
            \(call.csrf)<input type="hidden" name="\(key)" value="\(step.name)">\(FieldInput.firstButton)\(FormChoice.chosen(fields, input, l))\(input.html(FormChoice.open(fields)))\(signature)<div class="row">\
            <button class="act" data-main>\(step.title[l])</button>\
            <a class="button" href="/r/\(type.name)">\(l("取消", "Cancel"))</a></div></form>
            """)
    }
}
