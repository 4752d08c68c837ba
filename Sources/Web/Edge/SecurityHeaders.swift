import HTTPTypes
import Hummingbird
import Kernel
import Logging

/// The outermost layer: every answer, the unhappy ones too, leaves with the headers that keep a browser safe, and with one line in the log.
struct SecurityHeaders: RouterMiddleware {
    typealias Context = WebContext
    let edge: Edge

    private static let all: [(HTTPField.Name, String)] = [
        (
            .contentSecurityPolicy,
            "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; img-src 'self' data:; object-src 'none'"
        ),
        (.xContentTypeOptions, "nosniff"),
        (HTTPField.Name("X-Frame-Options")!, "DENY"),
        (HTTPField.Name("Referrer-Policy")!, "no-referrer"),
        (HTTPField.Name("Permissions-Policy")!, "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
        (HTTPField.Name("Cross-Origin-Opener-Policy")!, "same-origin"),
        (HTTPField.Name("Cross-Origin-Resource-Policy")!, "same-origin"),
    ]

    func handle(_ request: Request, context: WebContext, next: (Request, WebContext) async throws -> Response) async throws -> Response {
        var response: Response
        do {
            response = try await next(request, context)
        } catch {
            response = Answers(edge: edge).answer(to: error, request, context)
        }
        for (name, value) in Self.all { response.headers[name] = value }
        if edge.configuration.isHTTPS { response.headers[.strictTransportSecurity] = "max-age=31536000; includeSubDomains" }
        if response.headers[.cacheControl] == nil { response.headers[.cacheControl] = "no-store" }
        // No query: it may hold names. No person: the ledger says who did what.
        let status = response.status.code
        let level: Logger.Level = status >= 500 ? .error : .debug
        context.logger.log(level: level, "\(request.method) \(request.uri.path) \(status)")
        return response
    }
}
