import Kernel

/// One operation of the API's description.
struct OpenAPIOperation {
    let id: String
    let title: Words
    let tag: String?
    /// What a token must be made for.
    var scope = TokenScope.read
    var parameters: [JSONValue] = []
    /// By content type; a step that asks for nothing takes an empty record, or no body.
    var body: (type: String, schema: JSONValue, isRequired: Bool)?
    /// By status, each with its content types.
    let answers: [(status: String, contents: [(type: String, schema: JSONValue)])]

    /// What is asked by POST may carry a key.
    var isPost: Bool { body != nil }

    var stored: JSONValue {
        var entries: [(String, JSONValue)] = [("operationId", .text(id)), ("summary", .text("\(title.zh) \(title.en)"))]
        if let tag { entries.append(("tags", .list([.text(tag)]))) }
        entries.append(("security", .list([JSONValue.object([("token", .list([.text(scope.rawValue)]))])])))
        let all = parameters + (isPost ? [OpenAPIParameters.key] : [])
        if !all.isEmpty { entries.append(("parameters", .list(all))) }
        if let body {
            entries.append(
                (
                    "requestBody",
                    JSONValue.object([
                        ("required", .flag(body.isRequired)),
                        ("content", JSONValue.object([(body.type, JSONValue.object([("schema", body.schema)]))])),
                    ])
                ))
        }
        var responses: [(String, JSONValue)] = answers.map { answer in
            (
                answer.status,
                JSONValue.object([
                    ("description", .text("OK")),
                    ("content", JSONValue.object(answer.contents.map { ($0.type, JSONValue.object([("schema", $0.schema)])) })),
                ])
            )
        }
        responses.append(("default", Self.problem))
        entries.append(("responses", JSONValue.object(responses)))
        return JSONValue.object(entries)
    }

    private static let problem = JSONValue.object([
        ("description", .text("Refused, invalid, forbidden, absent, conflict, overloaded or broken")),
        ("content", JSONValue.object([("application/problem+json", JSONValue.object([("schema", JSONValue.reference("Problem"))]))])),
    ])

    /// The usual answer: JSON of a schema.
    static func json(_ status: String, _ schema: String) -> [(status: String, contents: [(type: String, schema: JSONValue)])] {
        [(status, [("application/json", JSONValue.reference(schema))])]
    }
}

/// The parameters of the API's operations.
enum OpenAPIParameters {
    static let id = parameter("id", in: "path", isRequired: true, OpenAPISchemas.id)
    static let version = parameter("version", in: "query", OpenAPISchemas.whole)
    static let behalf = parameter("behalf", in: "query", OpenAPISchemas.id)
    static let limit = parameter(
        "limit", in: "query", JSONValue.object([("type", .text("integer")), ("minimum", .whole(1)), ("maximum", .whole(500))]))
    static let key = parameter(
        APIRequest.keyName.rawName, in: "header",
        JSONValue.object([
            ("type", .text("string")), ("minLength", .whole(1)), ("maxLength", .whole(Int64(APIRequest.longestKey))),
            ("pattern", .text("^[!-~]+$")),
            (
                "description",
                .text("重复发送同一请求只办理一次，48 小时内答复相同。Sent again within 48 hours, the request is answered as before and not done again.")
            ),
        ]))

    static func parameter(_ name: String, in place: String, isRequired: Bool = false, _ schema: JSONValue) -> JSONValue {
        JSONValue.object([("name", .text(name)), ("in", .text(place)), ("required", .flag(isRequired)), ("schema", schema)])
    }

    /// What a register is asked by.
    static func filters(of type: DocumentType) -> [JSONValue] {
        RegisterAddress.names(of: type).map { name in
            name == "limit" ? limit : parameter(name, in: "query", OpenAPISchemas.filter(name, of: type))
        }
    }
}
