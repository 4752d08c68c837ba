import Kernel

/// What the fields of a form can be chosen from: the people, the units and the documents that the document may name. More is refused where
/// it is taken (`Naming`), and so it is not offered.
struct FieldOptions: Sendable {
    /// Beyond so many, a reference is looked for instead of chosen from a list.
    static let longestList = 50

    let people: [Option]
    let units: [Option]
    /// By document type; one that is missing is looked for.
    private(set) var documents: [String: [Option]] = [:]
    /// What looking for a reference has found, by field.
    var found: [String: [Option]] = [:]

    /// - Parameter scope: where the document belongs; `nil` where the person can make none.
    static func load(_ fields: [FieldDescription], in scope: UnitID?, _ call: Call) async throws -> FieldOptions {
        var options = FieldOptions(people: [], units: [])
        if let scope {
            options = FieldOptions(
                people: Options.people(call) { call.organisation.mayName($0.id, in: scope, on: call.today) },
                units: Options.units(call) { call.organisation.mayName($0, in: scope) })
        }
        for type in Set(fields.flatMap { references($0.kind) }) {
            let choices = try await call.desk.choices(of: type, matching: "", by: call.person)
            if choices.count < longestList { options.documents[type] = choices.map { Option($0, call) } }
        }
        return options
    }

    /// What a field is chosen from, where that is known without looking; `nil` for what is no choice, or is looked for.
    func choices(_ kind: FieldKind, _ call: Call) -> [Option]? {
        switch kind {
        case .choice(let choices): choices.map { Option(value: $0.value, title: $0.words[call.l], also: [$0.words.zh, $0.words.en]) }
        case .person, .people: people
        case .unit: units
        case .article: call.articles
        case .reference(let type), .references(let type): documents[type]
        default: nil
        }
    }

    private init(people: [Option], units: [Option]) { (self.people, self.units) = (people, units) }

    private static func references(_ kind: FieldKind) -> [String] {
        if case .document(let type) = kind.named { [type] } else { kind.columns.flatMap { references($0.kind) } }
    }
}

extension Option {
    /// A document that a reference may name.
    init(_ found: (id: Int64, title: Words), _ call: Call) {
        self.init(value: call.ids.word(found.id, .document), title: found.title[call.l])
    }
}
