import Hummingbird
import Kernel
import WorkCalendar

/// A page of a regulation's for whoever comes, without an account: a questionnaire, a box for opinions. It works without a script, sets no
/// cookie, and nothing of where the request comes from reaches it. One with a session of its own is told its word and where the request
/// comes from, and no other page's.
package struct OpenPage: Sendable {
    package typealias Show = @Sendable (OpenRequest) async throws -> OpenResponse
    package typealias Take = @Sendable (OpenRequest, FormData) async throws -> OpenResponse

    let path: String
    let title: Words
    let show: Show
    let take: Take
    /// Under which name the browser keeps the word of the page's own session; `nil` for a page without.
    let session: String?
    /// Who floods the page waits for the others of the flood, and keeps nobody else.
    private let limiter: ConcurrencyLimiter

    package init(path: String, title: Words, show: @escaping Show, take: @escaping Take) {
        (self.path, self.title, self.show, self.take, session) = (path, title, show, take, nil)
        limiter = ConcurrencyLimiter(limit: 2, waiting: 64)
    }

    /// A page with a session of its own.
    /// - Parameters:
    ///   - session: a short word by which its cookie is told from others'.
    ///   - together: how many requests are answered at a time: more, where each is made to last as long as any other.
    package init(path: String, title: Words, session: String, together: Int = 16, show: @escaping Show, take: @escaping Take) {
        (self.path, self.title, self.show, self.take, self.session) = (path, title, show, take, session)
        limiter = ConcurrencyLimiter(limit: together, waiting: 256)
    }

    func add(to routes: Routes) {
        let edge = routes.edge
        routes.openPage(path) { request, context in
            let open = OpenRequest(edge: edge, request, context, session)
            return try await limiter.pass { respond(try await show(open), open, request, edge.configuration) }
        }
        routes.openForm(path) { request, context, form in
            let open = OpenRequest(edge: edge, request, context, session)
            return try await limiter.pass { respond(try await take(open, form), open, request, edge.configuration) }
        }
    }

    private func respond(_ answer: OpenResponse, _ open: OpenRequest, _ request: Request, _ configuration: WebConfiguration) -> Response {
        let back = request.method == .get ? request.uri.path : nil
        var response: Response =
            switch answer.content {
            case .body(let body, let isFault):
                BarePage(title: title[open.language], body: body, back: back).response(isFault ? .unprocessableContent : .ok, open.language)
            case .redirect(let address): .redirect(to: LoginPage.inside(address))
            case .bytes(let bytes, let name, let type): .download(bytes, name: name, type: type)
            }
        if let session, let word = answer.word {
            response.headers[.setCookie] = SessionCookie.text(session, word, configuration)
        }
        return response
    }
}

/// The cookie of a page's own session: never sent with what another site asks, never read by a script, gone with the browser.
enum SessionCookie {
    static func name(_ session: String, _ configuration: WebConfiguration) -> String {
        "\(configuration.isHTTPS ? "__Host-" : "")dianzhang-\(session)"
    }

    static func text(_ session: String, _ word: String, _ configuration: WebConfiguration) -> String {
        let end = word.isEmpty ? "; Max-Age=0" : "", secure = configuration.isHTTPS ? "; Secure" : ""
        return "\(name(session, configuration))=\(word); Path=/; HttpOnly; SameSite=Strict\(end)\(secure)"
    }
}

/// What an open page is asked: nothing of who asks, unless the page has a session of its own.
package struct OpenRequest: Sendable {
    package let desk: Desk
    package let language: Language
    package let now: Moment
    /// The word of the page's own session, as the browser has kept it; `nil` where there is none.
    package let word: String?
    /// From where the request comes, for a page with a session: guessing is counted by it.
    package let network: String
    /// By which the house was reached, for a link that is given out.
    package let origin: String
    private let context: WebContext

    init(edge: Edge, _ request: Request, _ context: WebContext, _ session: String?) {
        (desk, language, now, self.context) = (edge.desk, context.language, edge.desk.clock.now(), context)
        let configuration = edge.configuration
        word = session.flatMap { AuthenticationMiddleware.cookie(SessionCookie.name($0, configuration), of: request).map(String.init) }
        network = session == nil ? "" : context.place(request, configuration).network
        origin =
            configuration.link
            ?? "\(configuration.isHTTPS ? "https" : "http")://\(request.head.authority ?? "\(configuration.host):\(configuration.port)")"
    }

    /// A part of the path by its name.
    package func part(_ name: String) throws -> String {
        guard let raw = context.parameters.get(name), let part = FormData.decode(part: raw) else { throw DeskError.absent }
        return part
    }
}

package struct OpenResponse: Sendable {
    enum Content: Sendable {
        case body(HTML, isFault: Bool)
        case redirect(String)
        case bytes([UInt8], name: String, type: String)
    }

    let content: Content
    /// The word of the page's own session from now on; empty where it ends.
    var word: String?

    package init(_ body: HTML, isFault: Bool = false) { content = .body(body, isFault: isFault) }

    private init(_ content: Content) { self.content = content }

    package static func redirect(_ address: String) -> OpenResponse { OpenResponse(.redirect(address)) }
    package static func bytes(_ bytes: [UInt8], name: String, type: String) -> OpenResponse {
        OpenResponse(.bytes(bytes, name: name, type: type))
    }

    /// The same, with another word of the page's session.
    package func with(word: String) -> OpenResponse {
        var answer = self
        answer.word = word
        return answer
    }
}
