import Hummingbird
import Kernel

/// Takes a step on a document that stands: POST /d/<id>/<step>.
enum StepSubmission {
    static func add(to routes: Routes) {
        let limit = routes.edge.configuration.greatestAttachment
        routes.form("/d/:id/:step", within: FormLimits(file: limit, files: limit * 3), isLong: true) { call, form in
            try await take(call, form)
        }
    }

    private static func take(_ call: Call, _ form: FormData) async throws -> Response {
        let id = try call.id()
        let name = try call.part("step")
        let row = try await call.desk.document(id, by: call.person).row
        guard let type = call.catalogue.type(row.type), let step = type.step(name), !step.creates else { throw DeskError.absent }
        let fields = step.fields.compactMap { type.field($0) }.filter { $0.belongs(to: row.values) }
        let input = try await FormInput.read(form, fields, isNew: false, call)
        var faults = input.faults
        let page = call.address(id)
        if form.has("version"), form["version"] != String(row.version) {
            // The same form came before, and this is what it changed.
            if try await call.desk.taken(by: call.principal) != nil { return .redirect(to: page) }
            faults.append(.init(field: "", DeskError.changedMeanwhile))
        }
        guard faults.isEmpty, !input.isUnfinished else { return try await DocumentPage.show(call, id, .step(name, input, faults, nil)) }
        var call = call
        do {
            let signature = step.signs ? try await Signing.sign(&call, form, in: name) : nil
            var standing: [String: JSONValue] = [:]
            if input.needsStanding(fields) {
                let purpose = call.l("办理：\(step.title.zh)", "For the step: \(step.title.en)")
                standing = try await call.desk.reveal(id, of: type.name, by: call.person, purpose: purpose).values
            }
            let principal = Principal(call.person, onBehalfOf: call.behalf(form), signed: signature, request: call.key)
            let version = form.has("version") ? Int64(row.version) : nil
            let handed = input.handed(fields, standing: standing, call.ids)
            try await call.desk.take(name, of: type.name, on: id, expecting: version, input: handed, by: principal)
            return .redirect(to: page)
        } catch DeskError.invalid(let faults) {
            return try await DocumentPage.show(call, id, .step(name, input, faults, nil))
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
