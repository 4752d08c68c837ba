import HTTPTypes
import Hummingbird
import Kernel
import Store
import WorkCalendar

/// The same registers, documents and steps for programs: JSON over /api/v1, by an API token.
///
/// What has an effect is asked by POST, and may carry an `Idempotency-Key`: sent again, it is answered as before and not done again.
enum API {
    static let largestBody = 2 << 20

    static func add(to routes: Routes) {
        let edge = routes.edge
        let limit = edge.configuration.greatestAttachment
        routes.get("/api/openapi.json") { request, context in
            _ = try await person(edge, request, context)
            return Response(
                status: .ok, headers: [.contentType: "application/json"], body: .init(byteBuffer: ByteBuffer(bytes: edge.openAPI)))
        }
        routes.get("/api/v1/todo") { request, context in try await todo(edge, request, person(edge, request, context)) }
        routes.post("/api/v1/files") { request, context in
            try await keep(edge, request, person(edge, request, context, needing: .act), limit)
        }
        routes.get("/api/v1/readings") { request, context in
            try await ReadingsPage.program(edge, request, person(edge, request, context))
        }
        routes.get("/api/v1/:type") { request, context in try await register(edge, request, context, person(edge, request, context)) }
        routes.post("/api/v1/:type") { request, context in try await open(edge, request, context) }
        routes.post("/api/v1/:type/export") { request, context in
            try await APIExport.answer(edge, request, context, person(edge, request, context, needing: .reveal))
        }
        routes.get("/api/v1/:type/:id") { request, context in try await document(edge, request, context, person(edge, request, context)) }
        routes.post("/api/v1/:type/:id/reveal") { request, context in try await reveal(edge, request, context) }
        routes.post("/api/v1/:type/:id/handling/:what") { request, context in try await APIHandling.answer(edge, request, context) }
        routes.post("/api/v1/:type/:id/:step") { request, context in try await step(edge, request, context) }
    }

    /// Reading is open to a browser's log-in too; writing takes a token, which no other site can send along, and which may do it.
    /// - Parameter scope: what the token must be made for.
    private static func person(
        _ edge: Edge, _ request: Request, _ context: WebContext, needing scope: TokenScope = .read
    ) async throws -> PersonID {
        switch context.caller {
        case .program(let recalled):
            guard let known = try await edge.apiTokens.confirm(recalled) else { throw WebFault.loggedOut }
            try known.require(scope)
            return known.person
        case .browser(let login, _) where request.method == .get || request.method == .head: return login.person
        default: throw WebFault.loggedOut
        }
    }

    /// For what compares the version of the organisation in its own transaction: nothing is asked before that, but where it has changed.
    static func confirming<T: Sendable>(
        _ edge: Edge, _ context: WebContext, needing scope: TokenScope, _ body: (PersonID, _ seen: Int64) async throws -> T
    ) async throws -> T {
        guard case .program(let recalled) = context.caller else { throw WebFault.loggedOut }
        try recalled.require(scope)
        var known = recalled
        // The organisation seldom changes; while many change it at once, somebody else's turn comes first.
        for _ in 0..<5 {
            do {
                return try await body(known.person, known.seen)
            } catch is StaleCaller {
                guard let fresh = try await edge.apiTokens.confirm(known) else { throw WebFault.loggedOut }
                known = fresh
            }
        }
        throw StoreError.overloaded
    }

    /// Of the methods of an address, those that the type in it has: documents that the system alone makes are not started here.
    static func methods(_ methods: [HTTPRequest.Method], of path: String, _ catalogue: Catalogue) -> [HTTPRequest.Method] {
        let parts = path.split(separator: "/")
        guard parts.count == 3, path.hasPrefix("/api/v1/"), let type = catalogue.type(String(parts[2])), type.opening == nil else {
            return methods
        }
        return methods.filter { $0 != .post }
    }

    static func type(_ edge: Edge, _ context: WebContext) throws -> DocumentType {
        guard let type = edge.desk.catalogue.type(context.parameters.get("type") ?? "") else { throw DeskError.absent }
        return type
    }

    static func id(_ edge: Edge, _ context: WebContext) -> Int64 { edge.ids.id(context.parameters.get("id") ?? "", .document) }

    private static func register(_ edge: Edge, _ request: Request, _ context: WebContext, _ person: PersonID) async throws -> Response {
        let type = try type(edge, context)
        let form = try FormData(urlEncoded: request.uri.query ?? "")
        try RegisterAddress.requireKnown(form.names, of: type)
        try APIQuery.requireSingle(form)
        let address = RegisterAddress(form, of: type, edge.ids)
        guard address.faults.isEmpty else { throw DeskError.invalid(address.faults) }
        var query = address.query
        query.limit = try APIQuery.limit(form.has("limit") ? form["limit"] : nil, standard: 50)
        let page = try await edge.desk.register(type.name, query, by: person)
        return .json(
            .record([
                .init("items", .list(page.rows.map { edge.json.row($0, type) })),
                .init("next", page.next.map { .text(edge.ids.word($0, .place)) } ?? .null),
            ]))
    }

    private static func document(_ edge: Edge, _ request: Request, _ context: WebContext, _ person: PersonID) async throws -> Response {
        let type = try type(edge, context)
        if try FormData(urlEncoded: request.uri.query ?? "").has("reveal") {
            throw WebFault.unreadable(
                Words(
                    "查看个人信息请改用 POST \(request.uri.path)/reveal，目的写在内容里：{\"purpose\": \"…\"}",
                    "Personal data is opened by POST \(request.uri.path)/reveal, with the purpose in its body: {\"purpose\": \"…\"}"))
        }
        _ = try APIQuery(request, known: [])
        let view = try await edge.desk.document(id(edge, context), by: person)
        guard view.row.type == type.name else { throw DeskError.absent }
        return .json(edge.json.view(view, type))
    }

    /// Personal data in clear. It stands in the ledger, with the purpose.
    private static func reveal(_ edge: Edge, _ request: Request, _ context: WebContext) async throws -> Response {
        let type = try type(edge, context), id = id(edge, context)
        _ = try APIQuery(request, known: [])
        let sent = try await APIRequest.read(request, upTo: largestBody)
        let purpose = try APIInput.texts(sent.record(request), known: ["purpose"])["purpose"] ?? ""
        let row = try await confirming(edge, context, needing: .reveal) { person, seen in
            try await edge.desk.reveal(id, of: type.name, by: person, seen: seen, purpose: purpose, request: sent.key)
        }
        return .json(edge.json.row(row, type))
    }

    private static func open(_ edge: Edge, _ request: Request, _ context: WebContext) async throws -> Response {
        let type = try type(edge, context)
        guard let usual = type.opening else { throw WebFault.wrongMethod(allowed: ["GET", "HEAD"]) }
        let query = try APIQuery(request, known: ["behalf", "step"])
        let (behalf, opening) = (try query.behalf(edge.ids), try query.opening(of: type) ?? usual)
        let sent = try await APIRequest.read(request, upTo: largestBody)
        let read = APIInput.read(try sent.record(request), opening, type, edge.ids)
        let taken = try await confirming(edge, context, needing: scope(of: opening)) { person, seen in
            let principal = Principal(person, onBehalfOf: behalf, signed: opening.signs ? .token : nil, seen: seen, request: sent.key)
            try await read.require(opening, type, on: nil, edge.desk, by: principal)
            return try await edge.desk.take(opening.name, of: type.name, input: read.input, by: principal)
        }
        var response = Response.json(edge.json.taken(taken), status: .created)
        response.headers[.location] = "/api/v1/\(type.name)/\(edge.ids.word(taken.id, .document))"
        return response
    }

    /// A step that signs needs a token that may sign, any other one that may act.
    private static func scope(of step: DocumentType.Step) -> TokenScope { step.signs ? .sign : .act }

    private static func step(_ edge: Edge, _ request: Request, _ context: WebContext) async throws -> Response {
        let type = try type(edge, context)
        guard let step = type.step(context.parameters.get("step") ?? ""), !step.creates, step.by != .system else { throw DeskError.absent }
        let query = try APIQuery(request, known: ["behalf", "version"])
        let (behalf, version) = (try query.behalf(edge.ids), try query.version())
        let sent = try await APIRequest.read(request, upTo: largestBody)
        let read = APIInput.read(try sent.record(request), step, type, edge.ids)
        let id = id(edge, context)
        let taken = try await confirming(edge, context, needing: scope(of: step)) { person, seen in
            let principal = Principal(person, onBehalfOf: behalf, signed: step.signs ? .token : nil, seen: seen, request: sent.key)
            try await read.require(step, type, on: id, edge.desk, by: principal)
            return try await edge.desk.take(step.name, of: type.name, on: id, expecting: version, input: read.input, by: principal)
        }
        return .json(edge.json.taken(taken))
    }

    private static func todo(_ edge: Edge, _ request: Request, _ person: PersonID) async throws -> Response {
        let query = try APIQuery(request, known: ["after", "limit"])
        let limit = try APIQuery.limit(query["limit"], standard: 200)
        let todo = try await edge.desk.todo(of: person, after: try query["after"].map { try TodoKey($0, edge.ids) }, limit: limit)
        return .json(
            .record([
                .init("items", .list(todo.items.map { edge.json.todo($0, edge.desk.catalogue) })),
                .init("total", .whole(Int64(todo.figures.tasks))), .init("isMore", .flag(todo.figures.isMore)),
                .init("dueToday", .whole(Int64(todo.figures.dueToday))),
                .init("overdue", .whole(Int64(todo.figures.overdue))), .init("next", todo.next.map { .text($0.word(edge.ids)) } ?? .null),
            ]))
    }

    /// Keeps a file; its word goes into a field of files.
    private static func keep(_ edge: Edge, _ request: Request, _ person: PersonID, _ limit: Int) async throws -> Response {
        let name = try APIQuery(request, known: ["name"])["name"] ?? ""
        let clean = String(String.UnicodeScalarView(name.unicodeScalars.filter { $0.value >= 0x20 && $0 != "/" && $0 != "\\" }))
        guard !clean.isEmpty, clean.unicodeScalars.count <= PendingUploads.longestName else {
            throw DeskError.invalid([
                .init(
                    field: "name",
                    Words(
                        "请用参数 name 给出文件名，最多 \(PendingUploads.longestName) 个字符",
                        "Name the file with the parameter name, in at most \(PendingUploads.longestName) characters"))
            ])
        }
        let sent = try await APIRequest.read(request, upTo: limit)
        let file = try await edge.desk.keep(file: clean, content: Array(buffer: sent.body), by: Principal(person, request: sent.key))
        return .json(
            .record([.init("file", .text(PendingUploads.word(for: file))), .init("digest", .text(file.digest))]), status: .created)
    }
}

extension APITokens.Known {
    func require(_ scope: TokenScope) throws {
        guard !scopes.contains(scope) else { return }
        throw DeskError.forbidden(
            Words(
                "此接口令牌没有“\(scope.rawValue)”权限（\(scope.words.zh)），请在“我的账户”另建令牌",
                "This API token lacks the scope “\(scope.rawValue)” (\(scope.words.en)); make another under “My account”"))
    }
}
