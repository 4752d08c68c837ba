import Hummingbird
import Kernel

/// A register as a file, for programs: what filters a register in its address stands in the body here.
enum APIExport {
    static let format = "format"
    static let formats = RegisterExport.Format.allCases.map(\.rawValue)

    /// What an export is asked by.
    static func names(of type: DocumentType) -> [String] { RegisterAddress.names(of: type).filter { $0 != "after" && $0 != "limit" } }

    static func answer(_ edge: Edge, _ request: Request, _ context: WebContext, _ person: PersonID) async throws -> Response {
        let type = try API.type(edge, context)
        _ = try APIQuery(request, known: [])
        let sent = try await APIRequest.read(request, upTo: API.largestBody)
        let numbers = type.fields.filter { if case .whole = $0.kind { RegisterAddress.isAsked($0) } else { false } }.map(\.key)
        let asked = try APIInput.texts(sent.record(request), known: [format] + names(of: type), numbers: numbers)
        var form = FormData()
        for (name, text) in asked where name != format { form.add(name, text) }
        try APIQuery.requireSingle(form)
        let address = RegisterAddress(form, of: type, edge.ids)
        guard address.faults.isEmpty else { throw DeskError.invalid(address.faults) }
        guard let format = RegisterExport.Format(rawValue: asked[format] ?? "csv") else {
            throw DeskError.invalid([.init(field: format, Words("应为 csv 或 xlsx", "It must be csv or xlsx"))])
        }
        let export = RegisterExport(
            desk: edge.desk, type: type, query: address.query, person: person, l: context.language, request: sent.key)
        return try await export.answer(format)
    }
}
