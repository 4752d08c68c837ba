import Hummingbird
import Kernel

/// Where pages are put up. A form is read, and known as one of this log-in's, before its page sees it.
///
/// What is asked by GET or HEAD changes nothing and stands nowhere: a link that somebody is sent must not act in his name.
struct Routes {
    let edge: Edge
    let router: Router<WebContext>
    let paths: RoutePaths

    typealias Show = @Sendable (Call) async throws -> Response
    typealias Take = @Sendable (Call, FormData) async throws -> Response
    typealias Answering = @Sendable (Request, WebContext) async throws -> Response

    func get(_ path: String, _ answer: @escaping Answering) {
        paths.add(path, .get)
        router.get(RouterPath(path)) { request, context in try await answer(request, context) }
    }

    func post(_ path: String, _ answer: @escaping Answering) {
        paths.add(path, .post)
        router.post(RouterPath(path)) { request, context in try await answer(request, context) }
    }

    func page(_ path: String, _ show: @escaping Show) {
        get(path) { [edge] request, context in try await show(Call(edge, request, context)) }
    }

    /// - Parameter isLong: a person takes time to fill it in. When the log-in ended meanwhile nothing of it is lost
    ///   (`ReauthenticationPage`), and one
    ///   that was filled in during an earlier log-in is shown again.
    func form(_ path: String, within limits: FormLimits = .plain, isLong: Bool = false, _ take: @escaping Take) {
        post(path) { [edge] request, context in
            let mayReturn = isLong && AuthenticationMiddleware.isFromHere(request)
            if case .nobody = context.caller, mayReturn { return try await ReauthenticationPage.answer(request, context, within: limits) }
            var call = try await Call(edge, request, context)
            var form = try await FormData.read(request, within: limits)
            if !Token.same(form["csrf"], call.login.csrf) {
                guard mayReturn else { throw WebFault.foreignForm }
                form.add(FormInput.again, "1")
            }
            call.key = form.requestKey(of: request.uri.path)
            defer { edge.shelfCounts[call.person] = nil }
            return try await take(call, form)
        }
    }

    /// A page for whoever comes.
    func openPage(_ path: String, _ show: @escaping Answering) { get(path, show) }

    /// A form for whoever comes: before the log-in there is no word to know it by, and the browser's word for its origin has to do.
    func openForm(_ path: String, _ take: @escaping @Sendable (Request, WebContext, FormData) async throws -> Response) {
        post(path) { request, context in try await take(request, context, FormData.read(request, within: .plain)) }
    }
}
