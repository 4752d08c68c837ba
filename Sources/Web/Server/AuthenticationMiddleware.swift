import HTTPTypes
import Hummingbird
import Kernel

/// Finds out who makes a request, and refuses forms that another site sends in his name.
struct AuthenticationMiddleware: RouterMiddleware {
    typealias Context = WebContext
    let edge: Edge
    let paths: RoutePaths

    func handle(_ request: Request, context: WebContext, next: (Request, WebContext) async throws -> Response) async throws -> Response {
        var context = context
        context.language = language(of: request)
        if let authorization = request.headers[.authorization], authorization.hasPrefix("Bearer ") {
            guard let known = try await edge.apiTokens.recall(authorization.dropFirst(7)) else { throw WebFault.loggedOut }
            context.caller = .program(known)
        } else if let token = Self.cookie(edge.configuration.cookieName, of: request).flatMap({ Token($0) }),
            case (let login?, let organisation) = try await edge.logins.find(token)
        {
            (context.caller, context.organisation) = (.browser(login, token), organisation)
            context.language = login.language
        }
        if request.method != .get, request.method != .head, isFromElsewhere(request) { throw WebFault.foreignForm }
        do {
            if case .browser(let login, _) = context.caller, login.method == .once, !FirstPasswordPage.isOpen(request.uri.path) {
                throw WebFault.passwordDue
            }
            return try await next(request, context)
        } catch WebFault.loggedOut where request.headers[.accept] == "text/event-stream" {
            // A page that listens still asks no more; whatever is done on it leads to the log-in.
            return Response(status: .noContent)
        } catch {
            // Answered here, where the person's language is known.
            return ErrorResponder(edge: edge).answer(to: wrongMethod(error, request) ?? error, request, context)
        }
    }

    /// The router knows no address for this method; it may know it for others.
    private func wrongMethod(_ error: any Error, _ request: Request) -> WebFault? {
        guard let error = error as? HTTPError, error.status == .notFound else { return nil }
        let allowed = API.methods(paths.methods(of: request.uri.path), of: request.uri.path, edge.desk.catalogue)
        return allowed.isEmpty || allowed.contains(request.method) ? nil : .wrongMethod(allowed: allowed.map(\.rawValue))
    }

    /// Browsers say where a form comes from; programs say nothing.
    private func isFromElsewhere(_ request: Request) -> Bool {
        if let site = request.headers[.init("Sec-Fetch-Site")!] { return site != "same-origin" && site != "none" }
        guard let origin = request.headers[.origin], let host = request.head.authority else { return false }
        return !Self.isOrigin(origin, of: host)
    }

    /// The browser says that a page of this site sent it. Pages over plain HTTP have only their origin to say so.
    static func isFromHere(_ request: Request) -> Bool {
        if let site = request.headers[.init("Sec-Fetch-Site")!] { return site == "same-origin" }
        guard let origin = request.headers[.origin], let host = request.head.authority else { return false }
        return isOrigin(origin, of: host)
    }

    private static func isOrigin(_ origin: String, of host: String) -> Bool { origin == "http://\(host)" || origin == "https://\(host)" }

    /// Of who is not logged in: chosen on a page, else what the browser asks for first.
    private func language(of request: Request) -> Language {
        if let chosen = Self.cookie("language", of: request).flatMap({ Language(rawValue: String($0)) }) { return chosen }
        let asked = request.headers[.acceptLanguage]?.lowercased() ?? ""
        let firstEnglish = asked.firstRange(of: "en")?.lowerBound
        let firstChinese = asked.firstRange(of: "zh")?.lowerBound
        guard let firstEnglish else { return .zh }
        return firstChinese.map { $0 < firstEnglish } == true ? .zh : .en
    }

    static func cookie(_ name: String, of request: Request) -> Substring? {
        guard let header = request.headers[.cookie] else { return nil }
        for pair in header.split(separator: ";") {
            let pair = pair.drop { $0 == " " }
            if pair.hasPrefix(name), case let rest = pair.dropFirst(name.count), rest.first == "=" { return rest.dropFirst() }
        }
        return nil
    }
}
