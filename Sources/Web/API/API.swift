import Hummingbird
import Kernel
import Store
import WorkCalendar

/// The same registers, documents and steps for programs: JSON over /api/v1, by an API token.
enum API {
    static func add(to routes: Routes) {
        let (edge, router) = (routes.edge, routes.router)
        let limit = edge.configuration.greatestAttachment
        router.get("/api/openapi.json") { request, context in
            _ = try await person(edge, request, context)
            return Response(
                status: .ok, headers: [.contentType: "application/json"], body: .init(byteBuffer: ByteBuffer(bytes: edge.openAPI)))
        }
        router.get("/api/v1/todo") { request, context in try await todo(edge, request, person(edge, request, context)) }
        router.post("/api/v1/files") { request, context in
            try await keep(edge, request, person(edge, request, context, needing: .act), limit)
        }
        router.get("/api/v1/:type") { request, context in try await register(edge, request, context, person(edge, request, context)) }
        router.post("/api/v1/:type") { request, context in try await open(edge, request, context) }
        router.get("/api/v1/:type/:id") { request, context in try await document(edge, request, context) }
        router.post("/api/v1/:type/:id/:step") { request, context in try await step(edge, request, context) }
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
    private static func confirming<T: Sendable>(
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

    private static func type(_ edge: Edge, _ context: WebContext) throws -> DocumentType {
        guard let type = edge.desk.catalogue.type(context.parameters.get("type") ?? "") else { throw DeskError.absent }
        return type
    }

    private static func id(_ context: WebContext) throws -> Int64 {
        guard let id = context.parameters.get("id").flatMap({ Int64($0) }), id > 0 else { throw DeskError.absent }
        return id
    }

    private static func register(_ edge: Edge, _ request: Request, _ context: WebContext, _ person: PersonID) async throws -> Response {
        let type = try type(edge, context)
        let form = try FormData(urlEncoded: request.uri.query ?? "")
        try RegisterAddress.requireKnown(form.names, of: type)
        let address = RegisterAddress(form, of: type)
        guard address.faults.isEmpty else { throw DeskError.invalid(address.faults) }
        var query = address.query
        query.limit = min(max(Int(form["limit"]) ?? 50, 1), 500)
        let page = try await edge.desk.register(type.name, query, by: person)
        return .json(
            .record([
                .init("items", .list(page.rows.map { DocumentJSON.row($0, type) })),
                .init("next", page.next.map { .text(String($0)) } ?? .null),
            ]))
    }

    private static func document(_ edge: Edge, _ request: Request, _ context: WebContext) async throws -> Response {
        let type = try type(edge, context)
        let query = try FormData(urlEncoded: request.uri.query ?? "")
        if query.has("reveal") {
            if case .browser(let login, _) = context.caller {
                let row = try await edge.desk.reveal(try id(context), of: type.name, by: login.person, purpose: query["reveal"])
                return .json(DocumentJSON.row(row, type))
            }
            let row = try await confirming(edge, context, needing: .reveal) { person, seen in
                try await edge.desk.reveal(try id(context), of: type.name, by: person, seen: seen, purpose: query["reveal"])
            }
            return .json(DocumentJSON.row(row, type))
        }
        let view = try await edge.desk.document(try id(context), by: person(edge, request, context))
        guard view.row.type == type.name else { throw DeskError.absent }
        return .json(DocumentJSON.view(view, type))
    }

    private static func open(_ edge: Edge, _ request: Request, _ context: WebContext) async throws -> Response {
        guard case .program(let known) = context.caller else { throw WebFault.loggedOut }
        let type = try type(edge, context)
        guard let opening = type.opening else { throw DeskError.absent }
        try known.require(scope(of: opening))
        let input = try await APIInput.read(request, opening, type, edge, known.person)
        let taken = try await confirming(edge, context, needing: scope(of: opening)) { person, seen in
            let hand = Hand(person, signed: opening.signs ? .token : nil, seen: seen)
            return try await edge.desk.take(opening.name, of: type.name, input: input, by: hand)
        }
        var response = Response.json(DocumentJSON.taken(taken), status: .created)
        response.headers[.location] = "/api/v1/\(type.name)/\(taken.id)"
        return response
    }

    /// A step that signs needs a token that may sign, any other one that may act.
    private static func scope(of step: DocumentType.Step) -> TokenScope { step.signs ? .sign : .act }

    private static func step(_ edge: Edge, _ request: Request, _ context: WebContext) async throws -> Response {
        guard case .program(let known) = context.caller else { throw WebFault.loggedOut }
        let type = try type(edge, context)
        guard let step = type.step(context.parameters.get("step") ?? ""), !step.creates else { throw DeskError.absent }
        try known.require(scope(of: step))
        let input = try await APIInput.read(request, step, type, edge, known.person)
        let behalf = try request.uri.query.map { try FormData(urlEncoded: $0)["behalf"] }.flatMap { Int64($0) }.map { PersonID($0) }
        let id = try id(context)
        let taken = try await confirming(edge, context, needing: scope(of: step)) { person, seen in
            let hand = Hand(person, onBehalfOf: behalf, signed: step.signs ? .token : nil, seen: seen)
            return try await edge.desk.take(step.name, of: type.name, on: id, input: input, by: hand)
        }
        return .json(DocumentJSON.taken(taken))
    }

    private static func todo(_ edge: Edge, _ request: Request, _ person: PersonID) async throws -> Response {
        let form = try FormData(urlEncoded: request.uri.query ?? "")
        let after = try form.has("after") ? TodoKey.read(form["after"]) : nil
        let todo = try await edge.desk.todo(of: person, after: after, limit: min(max(Int(form["limit"]) ?? 200, 1), 500))
        return .json(
            .record([
                .init("items", .list(todo.items.map { DocumentJSON.todo($0, edge.desk.catalogue) })),
                .init("total", .whole(Int64(todo.figures.all))), .init("dueToday", .whole(Int64(todo.figures.dueToday))),
                .init("overdue", .whole(Int64(todo.figures.overdue))), .init("next", todo.next.map { .text($0.text) } ?? .null),
            ]))
    }

    /// Keeps a file; its word goes into a field of files.
    private static func keep(_ edge: Edge, _ request: Request, _ person: PersonID, _ limit: Int) async throws -> Response {
        let name = try FormData(urlEncoded: request.uri.query ?? "")["name"]
        let clean = String(String.UnicodeScalarView(name.unicodeScalars.filter { $0.value >= 0x20 && $0 != "/" && $0 != "\\" }.prefix(150)))
        guard !clean.isEmpty else {
            throw DeskError.invalid([.init(field: "name", Words("请用参数 name 给出文件名", "Name the file with the parameter name"))])
        }
        let body = try await request.body(upTo: limit)
        let file = try await edge.desk.keep(file: clean, content: Array(buffer: body))
        return .json(
            .record([.init("file", .text(edge.keptFiles.word(for: file, of: person))), .init("digest", .text(file.digest))]),
            status: .created)
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
