import Kernel

/// The shapes that the API takes and gives (JSON Schema 2020-12, as OpenAPI 3.1 has it).
enum OpenAPISchemas {
    static let text = JSONValue.object([("type", .text("string"))])
    static let whole = JSONValue.object([("type", .text("integer"))])
    private static let moment = JSONValue.object([("type", .text("string")), ("format", .text("date-time"))])

    private static func orNull(_ type: String) -> JSONValue { JSONValue.object([("type", .list([.text(type), .text("null")]))]) }
    static func list(of schema: JSONValue) -> JSONValue { JSONValue.object([("type", .text("array")), ("items", schema)]) }

    static func record(_ properties: [(String, JSONValue)], required: [String] = [], isClosed: Bool = false) -> JSONValue {
        var pairs: [(String, JSONValue)] = [("type", .text("object")), ("properties", JSONValue.object(properties))]
        if !required.isEmpty { pairs.append(("required", .list(required.map { .text($0) }))) }
        if isClosed { pairs.append(("additionalProperties", .flag(false))) }
        return JSONValue.object(pairs)
    }

    static var common: [JSONValue.Entry] {
        [
            .init("Words", record([("zh", text), ("en", text)], required: ["zh", "en"])),
            .init("Article", record([("regulation", text), ("ref", text)], required: ["regulation", "ref"])),
            .init(
                "Fault",
                record(
                    [("field", text), ("zh", text), ("en", text), ("article", JSONValue.reference("Article"))],
                    required: ["field", "zh", "en"])),
            .init(
                "Problem",
                record(
                    [
                        ("type", text), ("title", text), ("status", whole), ("detail", text), ("zh", text), ("en", text),
                        ("article", JSONValue.reference("Article")), ("faults", list(of: JSONValue.reference("Fault"))),
                    ], required: ["type", "title", "status", "detail"])),
            .init(
                "Taken",
                record(
                    [
                        ("id", text), ("number", orNull("string")), ("state", text), ("version", whole),
                        ("refusal", record([("zh", text), ("en", text), ("faults", list(of: JSONValue.reference("Fault")))])),
                    ], required: ["id", "state", "version"])),
            .init(
                "Deadline",
                record([
                    ("name", text), ("title", JSONValue.reference("Words")), ("article", JSONValue.reference("Article")),
                    ("started", moment),
                    ("due", moment),
                    ("provisional", JSONValue.object([("type", .text("boolean"))])), ("met", orNull("string")),
                    ("breached", orNull("string")),
                    ("firstDue", orNull("string")),
                    (
                        "heldBy",
                        JSONValue.object([("anyOf", .list([JSONValue.reference("Words"), JSONValue.object([("type", .text("null"))])]))])
                    ),
                ])),
            .init("KeptFile", record([("file", text), ("digest", text)], required: ["file"])),
            .init(
                "Purpose", record([("purpose", short(Desk.longestPurpose, isRequired: true))], required: ["purpose"], isClosed: true)),
            .init("Readings", record([("items", list(of: JSONValue.object([("type", .text("object"))]))), ("next", orNull("string"))])),
            .init(
                "Todo",
                record([
                    (
                        "items",
                        list(
                            of: record([
                                ("task", text), ("step", orNull("string")), ("title", JSONValue.reference("Words")), ("since", moment),
                                ("note", text),
                                ("document", JSONValue.object([("type", .text("object"))])),
                            ]))
                    ), ("total", whole), ("isMore", JSONValue.object([("type", .text("boolean"))])), ("dueToday", whole),
                    ("overdue", whole), ("next", orNull("string")),
                ])),
        ]
    }

    static func schemas(of type: DocumentType) -> [JSONValue.Entry] {
        let name = type.name
        var schemas: [JSONValue.Entry] = [
            .init("\(name)_values", record(type.fields.map { ($0.key, OpenAPIFields.output($0)) })),
            .init(
                name,
                record(
                    [
                        ("id", text), ("type", JSONValue.object([("const", .text(name))])), ("number", orNull("string")), ("title", text),
                        (
                            "state",
                            JSONValue.object([
                                ("type", .text("string")),
                                ("enum", .list((type.states + TaskAction.endings).map { .text($0.name) })),
                            ])
                        ),
                        ("level", JSONValue.object([("type", .text("string")), ("enum", .list(Level.allCases.map { .text("\($0)") }))])),
                        ("unit", orNull("string")), ("holder", orNull("string")), ("creator", orNull("string")), ("created", moment),
                        ("changed", moment), ("version", whole), ("values", JSONValue.reference("\(name)_values")),
                        (
                            "due",
                            JSONValue.object([
                                ("anyOf", .list([JSONValue.reference("Deadline"), JSONValue.object([("type", .text("null"))])]))
                            ])
                        ),
                    ], required: ["id", "type", "state", "version", "values"])),
            .init(
                "\(name)_page",
                record([("items", list(of: JSONValue.reference(name))), ("next", orNull("string"))], required: ["items", "next"])),
        ]
        schemas.append(
            .init(
                "\(name)_export",
                record(
                    [(APIExport.format, one(of: APIExport.formats))]
                        + APIExport.names(of: type).map { ($0, filter($0, of: type)) }, isClosed: true)))
        for step in type.steps where step.by != .system {
            let fields = step.fields.compactMap { type.field($0) }
            schemas.append(
                .init(
                    "\(name)_\(step.name)_input",
                    record(
                        fields.map { ($0.key, OpenAPIFields.input($0, allowsBlanks: step.allowsBlanks)) }, required: required(step, type),
                        isClosed: true)))
        }
        return schemas
    }

    /// What a step cannot do without. Of a document that stands, most may stand there already.
    static func required(_ step: DocumentType.Step, _ type: DocumentType) -> [String] {
        guard step.creates, !step.allowsBlanks else { return [] }
        return step.fields.compactMap { type.field($0) }.filter { !$0.isOptional && $0.condition == nil }.map(\.key)
    }

    /// What a register is filtered by.
    static func filter(_ name: String, of type: DocumentType) -> JSONValue {
        switch name {
        case "state": one(of: (type.states + TaskAction.endings).map(\.name) + ["open", "unfinished"])
        case "clock": one(of: RegisterAddress.clocks(of: type))
        case "act": one(of: RegisterAddress.acts(of: type).map(\.name))
        case "sort": one(of: RegisterQuery.Sort.allCases.map(\.rawValue))
        case "unit", "person", "after": id
        case "from", "to", "acted": JSONValue.object([("type", .text("string")), ("format", .text("date"))])
        case "q": short(RegisterAddress.longestText, isRequired: true)
        default: type.field(name).map(OpenAPIFields.filter) ?? text
        }
    }

    static func one(of values: [String]) -> JSONValue {
        JSONValue.object([("type", .text("string")), ("enum", .list(values.map { .text($0) }))])
    }
    static func matching(_ pattern: String) -> JSONValue { JSONValue.object([("type", .text("string")), ("pattern", .text(pattern))]) }
    /// Of a document, a person or a unit: a word that tells nothing.
    static let id = matching("^\(PublicIDs.pattern)$")
    static func short(_ longest: Int, isRequired: Bool) -> JSONValue {
        JSONValue.object([
            ("type", .text("string")), ("minLength", .whole(isRequired ? 1 : 0)), ("maxLength", .whole(Int64(longest))),
        ])
    }
}
