import Hummingbird
import Kernel

/// What can be done with a document besides its steps, for programs: POST /api/v1/<type>/<id>/handling/<what>.
enum APIHandling {
    struct Kind {
        let what: String
        let title: Words
        /// What it takes, each a text; ids are public ones.
        let fields: [String]
        var scope: TokenScope = .act
        var hasTask: Bool { fields.contains("task") }
    }

    static let kinds = [
        Kind(what: "back", title: Words("退回", "Send back"), fields: ["state", "reason"]),
        Kind(what: "reassign", title: Words("转交", "Pass a task on"), fields: ["task", "to", "reason"]),
        Kind(what: "signer", title: Words("加签", "Ask somebody to sign"), fields: ["to", "reason"]),
        Kind(what: "sign", title: Words("同意会签", "Agree and sign"), fields: ["task", "note"], scope: .sign),
        Kind(what: "object", title: Words("会签不同意", "Object as a signer"), fields: ["task", "note"]),
        Kind(what: "answer", title: Words("答复会签意见", "Answer an objection"), fields: ["task", "note"]),
        Kind(what: "unsigner", title: Words("撤回会签", "Do without a signature"), fields: ["task", "reason"]),
        Kind(what: "remind", title: Words("催办，每天一次", "Remind, once a day"), fields: ["task"]),
        Kind(what: "withdraw", title: Words("撤回", "Withdraw"), fields: ["reason"]),
        Kind(what: "decline", title: Words("不予受理", "Decline a draft"), fields: ["reason"]),
        Kind(what: "undo", title: Words("撤销自己的上一步", "Undo one's last step"), fields: []),
        Kind(what: "supervise", title: Words("督办", "Supervise"), fields: ["opinion", "until"]),
        Kind(what: "claim", title: Words("领取", "Claim a task"), fields: ["task"]),
        Kind(what: "release", title: Words("退领", "Give a claimed task back"), fields: ["task"]),
        Kind(what: "comment", title: Words("评论", "Comment"), fields: ["comment"]),
        Kind(what: "copy", title: Words("抄送", "Send to read"), fields: ["names", "note"]),
        Kind(what: "seen", title: Words("已阅", "Read what was sent"), fields: []),
    ]

    static func answer(_ edge: Edge, _ request: Request, _ context: WebContext) async throws -> Response {
        let type = try API.type(edge, context), id = API.id(edge, context)
        guard let kind = kinds.first(where: { $0.what == context.parameters.get("what") }) else { throw DeskError.absent }
        _ = try APIQuery(request, known: [])
        let sent = try await APIRequest.read(request, upTo: API.largestBody)
        let texts = try APIInput.texts(sent.record(request), known: kind.fields)
        var form = FormData()
        for (name, text) in texts { form.add(name, text) }
        let typed = form
        try await API.confirming(edge, context, needing: kind.scope) { person, seen in
            let handling = try HandlingForms.handling(kind.what, id, typed, edge.ids)
            let view = try await edge.desk.document(id, by: person)
            let task = edge.ids.id(texts["task"] ?? "", .task)
            guard view.row.type == type.name, !kind.hasTask || view.waiting.contains(where: { $0.task == task }) else {
                throw DeskError.absent
            }
            let principal = Principal(person, signed: kind.scope == .sign ? .token : nil, seen: seen, request: sent.key)
            try await edge.desk.handle(handling, by: principal)
        }
        return .json(.record([.init("handled", .text(kind.what))]))
    }

    // MARK: In the description

    static func paths(of type: DocumentType) -> [JSONValue.Entry] {
        kinds.map { kind in
            let operation = OpenAPIOperation(
                id: "\(type.name)_handling_\(kind.what)", title: kind.title, tag: type.name, scope: kind.scope,
                parameters: [OpenAPIParameters.id], body: ("application/json", JSONValue.reference("Handling_\(kind.what)"), true),
                answers: OpenAPIOperation.json("200", "Handled"))
            return .init("/api/v1/\(type.name)/{id}/handling/\(kind.what)", JSONValue.object([("post", operation.stored)]))
        }
    }

    static var schemas: [JSONValue.Entry] {
        [.init("Handled", OpenAPISchemas.record([("handled", OpenAPISchemas.text)], required: ["handled"]))]
            + kinds.map { kind in
                let fields = kind.fields.map { field -> (String, JSONValue) in
                    let isID = field == "task" || field == "to"
                    return (field, isID ? OpenAPISchemas.id : OpenAPISchemas.short(TaskAction.longestText, isRequired: false))
                }
                return .init(
                    "Handling_\(kind.what)",
                    OpenAPISchemas.record(fields, required: kind.fields.filter { $0 == "task" || $0 == "to" }, isClosed: true))
            }
    }
}
