import Kernel

/// The shapes that the API takes and gives (JSON Schema 2020-12, as OpenAPI 3.1 has it).
enum OpenAPISchemas {
    private static let text = Stored.object([("type", .text("string"))])
    private static let whole = Stored.object([("type", .text("integer"))])
    private static let moment = Stored.object([("type", .text("string")), ("format", .text("date-time"))])

    private static func orNull(_ type: String) -> Stored { Stored.object([("type", .list([.text(type), .text("null")]))]) }
    private static func list(of schema: Stored) -> Stored { Stored.object([("type", .text("array")), ("items", schema)]) }

    private static func record(_ properties: [(String, Stored)], required: [String] = [], isClosed: Bool = false) -> Stored {
        var pairs: [(String, Stored)] = [("type", .text("object")), ("properties", Stored.object(properties))]
        if !required.isEmpty { pairs.append(("required", .list(required.map { .text($0) }))) }
        if isClosed { pairs.append(("additionalProperties", .flag(false))) }
        return Stored.object(pairs)
    }

    static var common: [Stored.Entry] {
        [
            .init("Words", record([("zh", text), ("en", text)], required: ["zh", "en"])),
            .init("Article", record([("regulation", text), ("ref", text)], required: ["regulation", "ref"])),
            .init(
                "Fault",
                record(
                    [("field", text), ("zh", text), ("en", text), ("article", Stored.reference("Article"))],
                    required: ["field", "zh", "en"])),
            .init(
                "Problem",
                record(
                    [
                        ("type", text), ("title", text), ("status", whole), ("detail", text), ("zh", text), ("en", text),
                        ("article", Stored.reference("Article")), ("faults", list(of: Stored.reference("Fault"))),
                    ], required: ["type", "title", "status", "detail"])),
            .init(
                "Taken",
                record(
                    [
                        ("id", text), ("number", orNull("string")), ("state", text), ("version", whole),
                        ("refusal", record([("zh", text), ("en", text), ("faults", list(of: Stored.reference("Fault")))])),
                    ], required: ["id", "state", "version"])),
            .init(
                "Deadline",
                record([
                    ("name", text), ("title", Stored.reference("Words")), ("article", Stored.reference("Article")), ("started", moment),
                    ("due", moment),
                    ("provisional", Stored.object([("type", .text("boolean"))])), ("met", orNull("string")), ("breached", orNull("string")),
                ])),
            .init("KeptFile", record([("file", text), ("digest", text)], required: ["file"])),
            .init(
                "Todo",
                record([
                    (
                        "items",
                        list(
                            of: record([
                                ("task", text), ("step", orNull("string")), ("title", Stored.reference("Words")), ("since", moment),
                                ("note", text),
                                ("document", Stored.object([("type", .text("object"))])),
                            ]))
                    ), ("total", whole), ("dueToday", whole), ("overdue", whole), ("next", orNull("string")),
                ])),
        ]
    }

    static func schemas(of type: DocumentType) -> [Stored.Entry] {
        let name = type.name
        var schemas: [Stored.Entry] = [
            .init("\(name)_values", record(type.fields.map { ($0.key, schema($0, isInput: false)) })),
            .init(
                name,
                record(
                    [
                        ("id", text), ("type", Stored.object([("const", .text(name))])), ("number", orNull("string")), ("title", text),
                        (
                            "state",
                            Stored.object([
                                ("type", .text("string")),
                                ("enum", .list(type.states.map { .text($0.name) } + [.text(Handling.withdrawn)])),
                            ])
                        ),
                        ("level", Stored.object([("type", .text("string")), ("enum", .list(Level.allCases.map { .text("\($0)") }))])),
                        ("unit", orNull("string")), ("holder", orNull("string")), ("creator", orNull("string")), ("created", moment),
                        ("changed", moment), ("version", whole), ("values", Stored.reference("\(name)_values")),
                        (
                            "due",
                            Stored.object([("anyOf", .list([Stored.reference("Deadline"), Stored.object([("type", .text("null"))])]))])
                        ),
                    ], required: ["id", "type", "state", "version", "values"])),
            .init(
                "\(name)_page",
                record([("items", list(of: Stored.reference(name))), ("next", orNull("string"))], required: ["items", "next"])),
        ]
        for step in type.steps where step.by != .system {
            let fields = step.asks.compactMap { type.field($0) }
            let required = step.creates && !step.takesGaps ? fields.filter { !$0.isOptional }.map(\.key) : []
            schemas.append(
                .init(
                    "\(name)_\(step.name)_input",
                    record(fields.map { ($0.key, schema($0, isInput: true)) }, required: required, isClosed: true)))
        }
        return schemas
    }

    private static func schema(_ field: FieldDescription, isInput: Bool) -> Stored {
        var pairs: [(String, Stored)]
        switch field.kind {
        case .whole(let range):
            pairs = [
                ("type", .text("integer")), ("minimum", .whole(Int64(range.lowerBound))), ("maximum", .whole(Int64(range.upperBound))),
            ]
        case .flag: pairs = [("type", .text("boolean"))]
        case .day: pairs = [("type", .text("string")), ("format", .text("date"))]
        case .moment: pairs = [("type", .text("string")), ("format", .text("date-time"))]
        case .choice(let choices): pairs = [("type", .text("string")), ("enum", .list(choices.map { .text($0.value) }))]
        case .references: pairs = [("type", .text("array")), ("items", text)]
        case .files:
            pairs = [("type", .text("array")), ("items", isInput ? text : record([("digest", text), ("name", text), ("size", whole)]))]
        case .lines(let columns):
            pairs = [("type", .text("array")), ("items", record(columns.map { ($0.key, schema($0, isInput: isInput)) }))]
        default: pairs = [("type", .text("string"))]
        }
        pairs.append(("description", .text("\(field.label.zh) \(field.label.en)")))
        return Stored.object(pairs)
    }
}
