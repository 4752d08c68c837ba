import Kernel

/// One operation of the API's description.
struct OpenAPIOperation {
    let id: String
    let title: Words
    let tag: String?
    /// What a token must be made for.
    var scope = TokenScope.read
    var parameters: [Stored] = []
    /// By content type; a step that asks for nothing takes an empty record, or no body.
    var body: (type: String, schema: Stored, isRequired: Bool)?
    /// By status, each with its content types.
    let answers: [(status: String, contents: [(type: String, schema: Stored)])]

    /// What is asked by POST may carry a key.
    var isPost: Bool { body != nil }

    var stored: Stored {
        var entries: [(String, Stored)] = [("operationId", .text(id)), ("summary", .text("\(title.zh) \(title.en)"))]
        if let tag { entries.append(("tags", .list([.text(tag)]))) }
        entries.append(("security", .list([Stored.object([("token", .list([.text(scope.rawValue)]))])])))
        let all = parameters + (isPost ? [OpenAPIParameters.key] : [])
        if !all.isEmpty { entries.append(("parameters", .list(all))) }
        if let body {
            entries.append(
                (
                    "requestBody",
                    Stored.object([
                        ("required", .flag(body.isRequired)),
                        ("content", Stored.object([(body.type, Stored.object([("schema", body.schema)]))])),
                    ])
                ))
        }
        var responses: [(String, Stored)] = answers.map { answer in
            (
                answer.status,
                Stored.object([
                    ("description", .text("OK")),
                    ("content", Stored.object(answer.contents.map { ($0.type, Stored.object([("schema", $0.schema)])) })),
                ])
            )
        }
        responses.append(("default", Self.problem))
        entries.append(("responses", Stored.object(responses)))
        return Stored.object(entries)
    }

    private static let problem = Stored.object([
        ("description", .text("Refused, invalid, forbidden, absent, conflict, overloaded or broken")),
        ("content", Stored.object([("application/problem+json", Stored.object([("schema", Stored.reference("Problem"))]))])),
    ])

    /// The usual answer: JSON of a schema.
    static func json(_ status: String, _ schema: String) -> [(status: String, contents: [(type: String, schema: Stored)])] {
        [(status, [("application/json", Stored.reference(schema))])]
    }
}

/// The parameters of the API's operations.
enum OpenAPIParameters {
    static let id = parameter("id", in: "path", isRequired: true, OpenAPISchemas.id)
    static let version = parameter("version", in: "query", OpenAPISchemas.whole)
    static let behalf = parameter("behalf", in: "query", OpenAPISchemas.id)
    static let limit = parameter(
        "limit", in: "query", Stored.object([("type", .text("integer")), ("minimum", .whole(1)), ("maximum", .whole(500))]))
    static let key = parameter(
        APIRequest.keyName.rawName, in: "header",
        Stored.object([
            ("type", .text("string")), ("minLength", .whole(1)), ("maxLength", .whole(Int64(APIRequest.longestKey))),
            ("pattern", .text("^[!-~]+$")),
            (
                "description",
                .text("重复发送同一请求只办理一次，48 小时内答复相同。Sent again within 48 hours, the request is answered as before and not done again.")
            ),
        ]))

    static func parameter(_ name: String, in place: String, isRequired: Bool = false, _ schema: Stored) -> Stored {
        Stored.object([("name", .text(name)), ("in", .text(place)), ("required", .flag(isRequired)), ("schema", schema)])
    }

    /// What a register is asked by.
    static func filters(of type: DocumentType) -> [Stored] {
        RegisterAddress.names(of: type).map { name in
            name == "limit" ? limit : parameter(name, in: "query", OpenAPISchemas.filter(name, of: type))
        }
    }
}
