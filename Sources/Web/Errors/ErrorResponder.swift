import Hummingbird
import Kernel

/// Gives the answer to an error: a page to people, `application/problem+json` (RFC 9457) to programs.
struct ErrorResponder {
    let edge: Edge

    func answer(to error: any Error, _ request: Request, _ context: WebContext) -> Response {
        let answer = ErrorResponse(error)
        if let detail = answer.detail { context.logger.error("\(request.method) \(request.loggedPath): \(detail)") }
        let isProgram = request.uri.path.hasPrefix("/api/")
        var response =
            isProgram
            ? Response.json(Self.problem(answer, context.language), status: answer.status, type: "application/problem+json")
            : page(answer, request, context)
        response.add(answer)
        return response
    }

    private func page(_ answer: ErrorResponse, _ request: Request, _ context: WebContext) -> Response {
        if case .unauthorized = answer.status {
            let back = request.method == .get ? request.uri.description : "/"
            return .redirect(to: "/login" + FormData.query([("next", back == "/" ? "" : back)]))
        }
        if answer.code == "password-due" { return .redirect(to: FirstPasswordPage.address) }
        let l = context.language
        var note: HTML = "<p><b>\(answer.words[l])</b> "
        if let article = answer.article { note += ArticleName.link(article, in: edge.desk.catalogue, l) }
        note += "</p>"
        if !answer.faults.isEmpty { note += "<ul>\(answer.faults.map { "<li>\($0.words[l])</li>" as HTML })</ul>" }
        let body: HTML = """
            <div class="head"><h1>\(answer.title[l])</h1></div>
            <div class="note refusal" role="alert">\(note)</div>
            <p><a class="button" href="/">\(l("回到待办", "Back to the to-do list"))</a></p>
            """
        return BarePage(title: answer.title[l], body: body, back: nil).response(answer.status, l)
    }

    static func problem(_ answer: ErrorResponse, _ l: Language) -> JSONValue {
        var entries: [JSONValue.Entry] = [
            .init("type", .text("urn:dianzhang:\(answer.code)")), .init("title", .text(answer.title[l])),
            .init("status", .whole(Int64(answer.status.code))), .init("detail", .text(answer.words[l])),
            .init("zh", .text(answer.words.zh)), .init("en", .text(answer.words.en)),
        ]
        if let article = answer.article { entries.append(.init("article", json(article))) }
        if !answer.faults.isEmpty { entries.append(.init("faults", .list(answer.faults.map(json)))) }
        return .record(entries)
    }

    static func json(_ article: Article) -> JSONValue {
        .record([.init("regulation", .text(article.regulation)), .init("ref", .text(article.ref))])
    }

    static func json(_ fault: Refusal.Fault) -> JSONValue {
        var entries: [JSONValue.Entry] = [
            .init("field", .text(fault.field)), .init("zh", .text(fault.words.zh)), .init("en", .text(fault.words.en)),
        ]
        if let article = fault.article { entries.append(.init("article", json(article))) }
        return .record(entries)
    }
}
