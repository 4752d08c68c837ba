import Kernel

/// The description of the API (OpenAPI 3.1), drawn from the catalogue.
struct OpenAPI {
    let bytes: [UInt8]

    init(_ catalogue: Catalogue) {
        var paths: [Stored.Entry] = OpenAPI.commonPaths
        var schemas: [Stored.Entry] = OpenAPISchemas.common
        for type in catalogue.types {
            paths += OpenAPI.paths(of: type)
            schemas += OpenAPISchemas.schemas(of: type)
        }
        let whole = Stored.object([
            ("openapi", .text("3.1.0")),
            (
                "info",
                Stored.object([
                    ("title", .text("典章 Dianzhang")), ("version", .text("1")),
                    ("description", .text("Registers, documents and steps. 登记簿、文书与办理步骤。Every refusal names its article.")),
                ])
            ),
            ("servers", .list([Stored.object([("url", .text("/"))])])),
            ("security", OpenAPI.security(.read)),
            (
                "tags",
                .list(
                    catalogue.types.map { type in
                        Stored.object([
                            ("name", .text(type.name)),
                            ("description", .text("\(type.title.zh) \(type.title.en) (\(type.regulation.title.zh))")),
                        ])
                    })
            ),
            ("paths", .record(paths)),
            (
                "components",
                Stored.object([
                    ("securitySchemes", Stored.object([("token", OpenAPI.scheme)])),
                    ("schemas", .record(schemas)),
                ])
            ),
        ])
        var bytes: [UInt8] = []
        JSONText.write(whole, into: &bytes)
        self.bytes = bytes
    }

    private static var scheme: Stored {
        let scopes = TokenScope.allCases.map { "\($0.rawValue): \($0.words.zh) \($0.words.en)" }.joined(separator: "; ")
        return Stored.object([
            ("type", .text("http")), ("scheme", .text("bearer")),
            (
                "description",
                .text(
                    "接口令牌，在“我的账户”创建，最长 \(APITokens.mostDays) 天。An API token, made under “My account” for at most "
                        + "\(APITokens.mostDays) days, with scopes - \(scopes). One that lacks the scope of a request is answered 403.")
            ),
        ])
    }

    /// What a token must be made for.
    private static func security(_ scope: TokenScope) -> Stored {
        .list([Stored.object([("token", .list([.text(scope.rawValue)]))])])
    }

    private static var commonPaths: [Stored.Entry] {
        [
            .init(
                "/api/v1/todo",
                Stored.object([
                    (
                        "get",
                        operation(
                            "todo", Words("待办", "What waits for the caller"), tag: nil,
                            parameters: ["after", "limit"].map { parameter($0, in: "query", isRequired: false) }, answers: [("200", "Todo")])
                    )
                ])),
            .init(
                "/api/v1/files",
                Stored.object([
                    (
                        "post",
                        operation(
                            "keepFile", Words("上传附件", "Keep a file; its word goes into a field of files"), tag: nil, needing: .act,
                            parameters: [parameter("name", in: "query", isRequired: true)],
                            body: ("application/octet-stream", Stored.object([])),
                            answers: [("201", "KeptFile")])
                    )
                ])),
        ]
    }

    private static func paths(of type: DocumentType) -> [Stored.Entry] {
        let name = type.name
        var register = [
            (
                "get",
                operation(
                    "list_\(name)", Words("\(type.title.zh)登记簿", "Register: \(type.title.en)"), tag: name, parameters: filters(of: type),
                    answers: [("200", "\(name)_page")])
            )
        ]
        if let opening = type.opening {
            register.append(
                (
                    "post",
                    operation(
                        "\(name)_\(opening.name)", opening.title, tag: name, needing: opening.signs ? .sign : .act,
                        body: ("application/json", Stored.reference("\(name)_\(opening.name)_input")),
                        answers: [("201", "Taken")])
                ))
        }
        let id = parameter("id", in: "path", isRequired: true)
        var paths: [Stored.Entry] = [
            .init("/api/v1/\(name)", Stored.object(register)),
            .init(
                "/api/v1/\(name)/{id}",
                Stored.object([
                    (
                        "get",
                        operation(
                            "get_\(name)", Words("一件\(type.title.zh)", "One document: \(type.title.en)"), tag: name,
                            parameters: [id, parameter("reveal", in: "query", isRequired: false)], answers: [("200", name)])
                    )
                ])),
        ]
        for step in type.steps where !step.creates && step.by != .system {
            paths.append(
                .init(
                    "/api/v1/\(name)/{id}/\(step.name)",
                    Stored.object([
                        (
                            "post",
                            operation(
                                "\(name)_\(step.name)", step.title, tag: name, needing: step.signs ? .sign : .act,
                                parameters: [id, parameter("behalf", in: "query", isRequired: false)],
                                body: ("application/json", Stored.reference("\(name)_\(step.name)_input")), answers: [("200", "Taken")])
                        )
                    ])))
        }
        return paths
    }

    private static func filters(of type: DocumentType) -> [Stored] {
        RegisterAddress.names(of: type).map { parameter($0, in: "query", isRequired: false) }
    }

    private static func parameter(_ name: String, in place: String, isRequired: Bool) -> Stored {
        Stored.object([
            ("name", .text(name)), ("in", .text(place)), ("required", .flag(isRequired)),
            ("schema", Stored.object([("type", .text("string"))])),
        ])
    }

    private static func operation(
        _ id: String, _ title: Words, tag: String?, needing scope: TokenScope = .read, parameters: [Stored] = [],
        body: (type: String, schema: Stored)? = nil, answers: [(status: String, schema: String)]
    ) -> Stored {
        var entries: [(String, Stored)] = [("operationId", .text(id)), ("summary", .text("\(title.zh) \(title.en)"))]
        if scope != .read { entries.append(("security", security(scope))) }
        if let tag { entries.append(("tags", .list([.text(tag)]))) }
        if !parameters.isEmpty { entries.append(("parameters", .list(parameters))) }
        if let body {
            entries.append(
                ("requestBody", Stored.object([("content", Stored.object([(body.type, Stored.object([("schema", body.schema)]))]))])))
        }
        var responses: [(String, Stored)] = answers.map { answer in
            (
                answer.status,
                Stored.object([
                    ("description", .text("OK")),
                    ("content", Stored.object([("application/json", Stored.object([("schema", Stored.reference(answer.schema))]))])),
                ])
            )
        }
        responses.append(
            (
                "default",
                Stored.object([
                    ("description", .text("Refused, invalid, forbidden, absent, conflict, overloaded or broken")),
                    ("content", Stored.object([("application/problem+json", Stored.object([("schema", Stored.reference("Problem"))]))])),
                ])
            ))
        entries.append(("responses", Stored.object(responses)))
        return Stored.object(entries)
    }
}

extension Stored {
    /// A JSON object of its pairs, in order.
    static func object(_ pairs: [(String, Stored)]) -> Stored { .record(pairs.map { .init($0.0, $0.1) }) }
    /// A schema of the description, by its name.
    static func reference(_ schema: String) -> Stored { object([("$ref", .text("#/components/schemas/\(schema)"))]) }
}
