import HTTPTypes
import Hummingbird
import Kernel
import Logging

/// The outermost layer: every answer, the unhappy ones too, leaves with the headers that keep a browser safe, and with one line in the log.
struct SecurityHeaders: RouterMiddleware {
    typealias Context = WebContext
    let edge: Edge

    /// Made once: a field is checked for what it may hold whenever it is made.
    private static let all = [
        HTTPField(
            name: .contentSecurityPolicy,
            value:
                "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; img-src 'self' data:; object-src 'none'"),
        HTTPField(name: .xContentTypeOptions, value: "nosniff"),
        HTTPField(name: HTTPField.Name("X-Frame-Options")!, value: "DENY"),
        HTTPField(name: HTTPField.Name("Referrer-Policy")!, value: "no-referrer"),
        HTTPField(name: HTTPField.Name("Cross-Origin-Opener-Policy")!, value: "same-origin"),
        HTTPField(name: HTTPField.Name("Cross-Origin-Resource-Policy")!, value: "same-origin"),
    ]
    private static let devices = HTTPField(name: policy, value: "camera=(), geolocation=(), microphone=(), payment=(), usb=()")
    /// Where codes are scanned on the spot, and nowhere else.
    private static let devicesWithCamera = HTTPField(
        name: policy, value: "camera=(self), geolocation=(), microphone=(), payment=(), usb=()")
    private static let policy = HTTPField.Name("Permissions-Policy")!
    private static let scanning = "/it/stocktake/"
    private static let unstored = HTTPField(name: .cacheControl, value: "no-store")

    func handle(_ request: Request, context: WebContext, next: (Request, WebContext) async throws -> Response) async throws -> Response {
        var response: Response
        do {
            response = try await next(request, context)
        } catch {
            response = ErrorResponder(edge: edge).answer(to: error, request, context)
        }
        response.headers.append(contentsOf: Self.all)
        response.headers.append(request.uri.path.hasPrefix(Self.scanning) ? Self.devicesWithCamera : Self.devices)
        if edge.configuration.isHTTPS { response.headers[.strictTransportSecurity] = "max-age=31536000; includeSubDomains" }
        if response.headers[.cacheControl] == nil { response.headers.append(Self.unstored) }
        // No query: it may hold names. No person: the ledger says who did what.
        let status = response.status.code
        let level: Logger.Level = status >= 500 ? .error : .debug
        context.logger.log(level: level, "\(request.method) \(request.loggedPath) \(status)")
        return response
    }
}

extension Request {
    /// As the log has it: an address that opens something by itself does not stand there.
    var loggedPath: String { uri.path.hasPrefix(CalendarFeed.path) ? "\(CalendarFeed.path)…" : "\(uri.path)" }
}
