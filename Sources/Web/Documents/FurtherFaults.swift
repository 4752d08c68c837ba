import Kernel

/// A form that has faults of its own - a file that was not taken, a reference that names several, a password that is wrong - is judged by
/// the desk all the same, so that it comes back once with everything.
struct FurtherFaults {
    let step: DocumentType.Step
    let type: DocumentType
    /// The document; nothing for a new one.
    let id: Int64?
    let input: [String: JSONValue]
    let form: FormData

    /// - Throws: `DeskError.invalid` with these faults and those that the desk finds besides.
    func requireNone(besides faults: [Refusal.Fault], _ call: Call) async throws {
        if faults.isEmpty { return }
        let principal = Principal(call.person, onBehalfOf: call.behalf(form))
        // What is wrong is told also when the rest cannot be judged just now.
        let more = try? await call.desk.faults(of: step.name, of: type.name, on: id, input, besides: faults, by: principal)
        throw DeskError.invalid(faults + (more ?? []))
    }

    /// 签署, with what else is wrong where it fails.
    func sign(_ call: inout Call) async throws -> Signature {
        do {
            return try await Signing.sign(&call, form, in: step.name)
        } catch DeskError.invalid(let faults) {
            try await requireNone(besides: faults, call)
            throw DeskError.invalid(faults)
        }
    }
}
