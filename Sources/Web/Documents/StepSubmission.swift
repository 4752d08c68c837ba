import Hummingbird
import Kernel

/// Takes a step on a document that stands: POST /d/<id>/<step>.
enum StepSubmission {
    static func add(to routes: Routes) {
        let limit = routes.edge.configuration.greatestAttachment
        routes.form("/d/:id/:step", within: FormLimits(file: limit, files: limit * 3, keepsTexts: true), isLong: true) { call, form in
            try await take(call, form)
        }
        // Whoever asks again for the address to which a form was sent comes to its document.
        routes.page("/d/:id/:step") { call in
            let step = try call.part("step"), isForm = ["reveal", "reading", "print"].contains(step)
            guard isForm || call.catalogue.types.contains(where: { $0.step(step) != nil }) else { throw DeskError.absent }
            // Of what is hidden there is no such address.
            let id = try call.id()
            _ = try await call.desk.document(id, by: call.person)
            return .redirect(to: call.address(id))
        }
    }

    private static func take(_ call: Call, _ form: FormData) async throws -> Response {
        let id = try call.id()
        let name = try call.part("step")
        let view = try await call.desk.document(id, by: call.person), row = view.row
        guard let type = call.catalogue.type(row.type), let step = type.step(name), !step.creates else { throw DeskError.absent }
        let fields = step.fields.compactMap { type.field($0) }.filter { $0.belongs(to: row.values) }
        var input = try await FormInput.read(form, fields, isNew: false, in: view.scope, call)
        input.said = form
        if form.has(ActKeeping.keep) || form.has(ActKeeping.drop) { return try await ActKeeping.answer(call, form, view, step, input) }
        var faults = input.faults
        let page = call.address(id)
        if form.has("version"), form["version"] != String(row.version) {
            // The same form came before, and this is what it changed.
            if try await call.desk.taken(by: call.principal) != nil { return .redirect(to: page) }
            faults.append(.init(field: "", DeskError.changedMeanwhile))
        }
        let opinion = Opinion.text(form)
        if view.takesOver(step, of: type), opinion.isEmpty, !input.isUnfinished { faults.append(Opinion.missing) }
        if input.isUnfinished { return try await DocumentPage.show(call, id, .step(name, input, faults, nil)) }
        var call = call
        do {
            // Rows whose personal data was not shown are not judged before they are whole.
            let shown = input.needsStanding(fields) ? fields.filter { !$0.kind.isPersonal } : fields
            func outward(_ values: [String: JSONValue]) -> [String: JSONValue] {
                fields.reduce(into: values) { values, field in
                    values[field.key] = values[field.key].map { call.ids.outward($0, field.kind) }
                }
            }
            var standing = outward(row.values)
            let judged = input.handed(shown, standing: standing, call.ids).filter { entry in shown.contains { $0.key == entry.key } }
            let further = FurtherFaults(step: step, type: type, id: id, input: judged, form: form)
            try await further.requireNone(besides: faults, call)
            let signature = step.signs ? try await further.sign(&call) : nil
            // What stands in rows and was not asked for stays as it is.
            if input.needsStanding(fields) {
                let purpose = call.l("办理：\(step.title.zh)", "For the step: \(step.title.en)")
                standing = outward(try await call.desk.reveal(id, of: type.name, by: call.person, purpose: purpose).values)
            }
            let handed = input.handed(fields, standing: standing, call.ids)
            let principal = Principal(call.person, onBehalfOf: call.behalf(form), signed: signature, request: call.key)
            let version = form.has("version") ? Int64(row.version) : nil
            let taken = try await call.desk.take(
                name, of: type.name, on: id, expecting: version, input: handed, opinion: opinion, by: principal)
            call.edge.typed.remember(input, fields, taken, call)
            return await ActAnswer.redirect(call, id)
        } catch DeskError.invalid(let faults) {
            let page = try await DocumentPage.show(call, id, .step(name, input, faults, nil))
            return form.has(FormData.oversized) ? page.with(status: .contentTooLarge) : page
        } catch let refusal as Refusal {
            return try await DocumentPage.show(call, id, .step(name, input, [], refusal))
        } catch let error where ErrorResponse.keepsForm(error) {
            // Somebody else was quicker, or the server cannot just now: what was typed is not lost.
            let call = call.after(error, form)
            guard let page = try? await DocumentPage.show(call, id, .step(name, input, [], Refusal(unable: error))) else { throw error }
            return page.with(ErrorResponse(error))
        }
    }
}
