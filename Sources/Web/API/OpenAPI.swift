import Kernel

/// The description of the API (OpenAPI 3.1), drawn from the catalogue.
struct OpenAPI {
    let bytes: [UInt8]

    init(_ catalogue: Catalogue) {
        var paths: [JSONValue.Entry] = OpenAPI.commonPaths
        var schemas: [JSONValue.Entry] = OpenAPISchemas.common + APIHandling.schemas
        for type in catalogue.types {
            paths += OpenAPI.paths(of: type) + APIHandling.paths(of: type)
            schemas += OpenAPISchemas.schemas(of: type)
        }
        let whole = JSONValue.object([
            ("openapi", .text("3.1.0")),
            (
                "info",
                JSONValue.object([
                    ("title", .text("典章 Dianzhang")), ("version", .text("1")),
                    ("description", .text("Registers, documents and steps. 登记簿、单据与办理步骤。Every refusal names its article.")),
                ])
            ),
            ("servers", .list([JSONValue.object([("url", .text("/"))])])),
            ("security", .list([JSONValue.object([("token", .list([]))])])),
            (
                "tags",
                .list(
                    catalogue.types.map { type in
                        JSONValue.object([
                            ("name", .text(type.name)),
                            ("description", .text("\(type.title.zh) \(type.title.en) (\(type.regulation.title.zh))")),
                        ])
                    })
            ),
            ("paths", .record(paths)),
            (
                "components",
                JSONValue.object([
                    ("securitySchemes", JSONValue.object([("token", Self.scheme)])),
                    ("schemas", .record(schemas)),
                ])
            ),
        ])
        var bytes: [UInt8] = []
        JSONText.write(whole, into: &bytes)
        self.bytes = bytes
    }

    private static func path(_ path: String, _ operations: [(method: String, operation: OpenAPIOperation)]) -> JSONValue.Entry {
        .init(path, JSONValue.object(operations.map { ($0.method, $0.operation.stored) }))
    }

    private static var scheme: JSONValue {
        let scopes = TokenScope.allCases.map { "\($0.rawValue): \($0.words.zh) \($0.words.en)" }.joined(separator: "; ")
        return JSONValue.object([
            ("type", .text("http")), ("scheme", .text("bearer")),
            (
                "description",
                .text(
                    "接口令牌，在“我的账户”创建，最长 \(APITokens.mostDays) 天。An API token, made under “My account” for at most "
                        + "\(APITokens.mostDays) days, with scopes - \(scopes). One that lacks the scope of a request is answered 403.")
            ),
        ])
    }

    private static var commonPaths: [JSONValue.Entry] {
        let after = OpenAPIParameters.parameter("after", in: "query", OpenAPISchemas.matching("^\(TodoKey.pattern)$"))
        let name = OpenAPIParameters.parameter(
            "name", in: "query", isRequired: true, OpenAPISchemas.short(PendingUploads.longestName, isRequired: true))
        return [
            path(
                "/api/v1/todo",
                [
                    (
                        "get",
                        OpenAPIOperation(
                            id: "todo", title: Words("待办", "What waits for the caller"), tag: nil,
                            parameters: [after, OpenAPIParameters.limit], answers: OpenAPIOperation.json("200", "Todo"))
                    )
                ]),
            path(
                "/api/v1/readings",
                [
                    (
                        "get",
                        OpenAPIOperation(
                            id: "readings", title: Words("查阅登记", "Who read personal data, for whoever watches over it"), tag: nil,
                            parameters: ReadingsAddress.parameters, answers: OpenAPIOperation.json("200", "Readings"))
                    )
                ]),
            path(
                "/api/v1/files",
                [
                    (
                        "post",
                        OpenAPIOperation(
                            id: "keepFile", title: Words("上传附件", "Keep a file; its word goes into a field of files"), tag: nil, scope: .act,
                            parameters: [name], body: ("application/octet-stream", JSONValue.object([("minLength", .whole(1))]), true),
                            answers: OpenAPIOperation.json("201", "KeptFile"))
                    )
                ]),
        ]
    }

    private static func paths(of type: DocumentType) -> [JSONValue.Entry] {
        let name = type.name
        let one = OpenAPIOperation(
            id: "get_\(name)", title: Words("一件\(type.title.zh)", "One document: \(type.title.en)"), tag: name,
            parameters: [OpenAPIParameters.id], answers: OpenAPIOperation.json("200", name))
        let reveal = OpenAPIOperation(
            id: "reveal_\(name)",
            title: Words("查看个人信息，目的记入存证", "Personal data in clear; the purpose stands in the ledger"), tag: name, scope: .reveal,
            parameters: [OpenAPIParameters.id], body: ("application/json", JSONValue.reference("Purpose"), true),
            answers: OpenAPIOperation.json("200", name))
        let export = OpenAPIOperation(
            id: "export_\(name)", title: Words("导出登记簿，记入存证", "The register as a file; it stands in the ledger"), tag: name, scope: .reveal,
            body: ("application/json", JSONValue.reference("\(name)_export"), false),
            answers: [("200", RegisterExport.Format.allCases.map { ($0.type, JSONValue.object([])) })])
        var paths = [
            path("/api/v1/\(name)", register(type)), path("/api/v1/\(name)/export", [("post", export)]),
            path("/api/v1/\(name)/{id}", [("get", one)]), path("/api/v1/\(name)/{id}/reveal", [("post", reveal)]),
        ]
        for step in type.steps where !step.creates && step.by != .system {
            let operation = OpenAPIOperation(
                id: "\(name)_\(step.name)", title: step.title, tag: name, scope: step.signs ? .sign : .act,
                parameters: [OpenAPIParameters.id, OpenAPIParameters.behalf, OpenAPIParameters.version],
                body: input(step, type), answers: OpenAPIOperation.json("200", "Taken"))
            paths.append(path("/api/v1/\(name)/{id}/\(step.name)", [("post", operation)]))
        }
        return paths
    }

    private static func register(_ type: DocumentType) -> [(method: String, operation: OpenAPIOperation)] {
        let name = type.name
        let list = OpenAPIOperation(
            id: "list_\(name)", title: Words("\(type.title.zh)登记簿", "Register: \(type.title.en)"), tag: name,
            parameters: OpenAPIParameters.filters(of: type), answers: OpenAPIOperation.json("200", "\(name)_page"))
        guard let opening = type.opening else { return [("get", list)] }
        // Whoever may be let in by one of them is told which scope it needs when it is asked.
        let needsSignature = type.openings.allSatisfy(\.signs)
        let open = OpenAPIOperation(
            id: "\(name)_\(opening.name)", title: opening.title, tag: name, scope: needsSignature ? .sign : .act,
            parameters: [OpenAPIParameters.behalf] + openings(of: type), body: input(opening, type),
            answers: OpenAPIOperation.json("201", "Taken"))
        return [("get", list), ("post", open)]
    }

    /// By which step, where a document may begin in several ways; the first is meant without it.
    private static func openings(of type: DocumentType) -> [JSONValue] {
        type.openings.count < 2 ? [] : [OpenAPIParameters.parameter("step", in: "query", OpenAPISchemas.one(of: type.openings.map(\.name)))]
    }

    private static func input(_ step: DocumentType.Step, _ type: DocumentType) -> (String, JSONValue, Bool) {
        let steps = step.creates ? type.openings : [step]
        let schemas = steps.map { JSONValue.reference("\(type.name)_\($0.name)_input") }
        let schema = schemas.count == 1 ? schemas[0] : JSONValue.object([("anyOf", .list(schemas))])
        return ("application/json", schema, !steps.contains { OpenAPISchemas.required($0, type).isEmpty })
    }
}

extension JSONValue {
    /// A JSON object of its pairs, in order.
    static func object(_ pairs: [(String, JSONValue)]) -> JSONValue { .record(pairs.map { .init($0.0, $0.1) }) }
    /// A schema of the description, by its name.
    static func reference(_ schema: String) -> JSONValue { object([("$ref", .text("#/components/schemas/\(schema)"))]) }
}
