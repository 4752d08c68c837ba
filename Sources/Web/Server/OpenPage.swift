import Hummingbird
import Kernel
import WorkCalendar

/// A page of a regulation's for whoever comes, without an account: a questionnaire, a box for opinions. It works without a script, sets no
/// cookie, and nothing of where the request comes from reaches it.
package struct OpenPage: Sendable {
    package typealias Show = @Sendable (OpenRequest) async throws -> OpenResponse
    package typealias Take = @Sendable (OpenRequest, FormData) async throws -> OpenResponse

    let path: String
    let title: Words
    let show: Show
    let take: Take
    /// Who floods the page waits for the others of the flood, and keeps nobody else.
    private let limiter = ConcurrencyLimiter(limit: 2, waiting: 64)

    package init(path: String, title: Words, show: @escaping Show, take: @escaping Take) {
        (self.path, self.title, self.show, self.take) = (path, title, show, take)
    }

    func add(to routes: Routes) {
        let edge = routes.edge
        routes.openPage(path) { request, context in
            let open = OpenRequest(edge: edge, request, context)
            return try await limiter.pass { respond(try await show(open), open, request) }
        }
        routes.openForm(path) { request, context, form in
            let open = OpenRequest(edge: edge, request, context)
            return try await limiter.pass { respond(try await take(open, form), open, request) }
        }
    }

    private func respond(_ answer: OpenResponse, _ open: OpenRequest, _ request: Request) -> Response {
        let back = request.method == .get ? request.uri.path : nil
        return BarePage(title: title[open.language], body: answer.body, back: back)
            .response(answer.isFault ? .unprocessableContent : .ok, open.language)
    }
}

/// What an open page is asked: nothing of who asks.
package struct OpenRequest: Sendable {
    package let desk: Desk
    package let language: Language
    package let now: Moment
    private let context: WebContext

    init(edge: Edge, _ request: Request, _ context: WebContext) {
        (desk, language, now, self.context) = (edge.desk, context.language, edge.desk.clock.now(), context)
    }

    /// A part of the path by its name.
    package func part(_ name: String) throws -> String {
        guard let raw = context.parameters.get(name), let part = FormData.decode(part: raw) else { throw DeskError.absent }
        return part
    }
}

package struct OpenResponse: Sendable {
    let body: HTML
    let isFault: Bool

    package init(_ body: HTML, isFault: Bool = false) { (self.body, self.isFault) = (body, isFault) }
}
