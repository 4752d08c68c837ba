import Kernel

/// What the fields of a form can be chosen from: people, units, and the documents that references may name.
struct FieldOptions: Sendable {
    /// Beyond so many, a reference is looked for instead of chosen from a list.
    static let longestList = 50

    let people: [Choice]
    let units: [Choice]
    /// By document type; one that is missing is looked for.
    private(set) var documents: [String: [Choice]] = [:]
    /// What looking for a reference has found, by field.
    var found: [String: [Choice]] = [:]

    static func load(_ fields: [FieldDescription], _ call: Call) async throws -> FieldOptions {
        var options = FieldOptions(people: Choices.people(call), units: Choices.units(call))
        for type in Set(fields.flatMap { references($0.kind) }) {
            let choices = try await call.desk.choices(of: type, matching: "", by: call.person)
            if choices.count < longestList { options.documents[type] = choices.map { Choice(value: String($0.id), title: $0.title) } }
        }
        return options
    }

    private init(people: [Choice], units: [Choice]) { (self.people, self.units) = (people, units) }

    private static func references(_ kind: FieldKind) -> [String] {
        switch kind {
        case .reference(let type), .references(let type): [type]
        case .lines(let columns): columns.flatMap { references($0.kind) }
        default: []
        }
    }
}
