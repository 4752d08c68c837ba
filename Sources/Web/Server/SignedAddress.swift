import Courier
import HTTPTypes
import Hummingbird
import Kernel
import NIOCore

/// An address at which another house's program reports something: it has no log-in, and is known by its signature over each report, as
/// Standard Webhooks has it. It is told whether the report was taken, and nothing else.
package struct SignedAddress: Sendable {
    let path: String
    /// Of a report, in bytes.
    let greatestBody: Int
    private let secret: [UInt8]
    private let take: @Sendable (JSONValue) async throws -> Void
    /// Whoever floods it waits for himself.
    private let limiter = ConcurrencyLimiter(limit: 4, waiting: 64)

    /// - Parameter take: a report that was signed. What it throws as `DeskError.invalid` is a report that cannot be read.
    package init(
        path: String, secret: [UInt8], greatestBody: Int = 1 << 20, take: @escaping @Sendable (JSONValue) async throws -> Void
    ) {
        (self.path, self.secret, self.greatestBody, self.take) = (path, secret, greatestBody, take)
    }

    func add(to routes: Routes) {
        let edge = routes.edge
        routes.post(path) { request, _ in
            let body = Array(buffer: try await request.body(upTo: greatestBody))
            let seconds = edge.configuration.wallClock.now().milliseconds / 1000
            guard isSigned(request.headers, body, at: seconds) else { return Self.answer("unsigned", .unauthorized) }
            return try await limiter.pass {
                guard let report = try? JSONReader.read(body) else { return Self.answer("unreadable", .badRequest) }
                do { try await take(report) } catch DeskError.invalid { return Self.answer("unreadable", .badRequest) }
                return Self.answer("taken", .ok)
            }
        }
    }

    private func isSigned(_ headers: HTTPFields, _ body: [UInt8], at now: Int64) -> Bool {
        func head(_ name: String) -> String { HTTPField.Name(name).flatMap { headers[$0] } ?? "" }
        guard let seconds = Int64(head("webhook-timestamp")) else { return false }
        return WebhookSigning.isSigned(
            id: head("webhook-id"), seconds: seconds, body: body, signatures: head("webhook-signature"), secret: secret, at: now)
    }

    private static func answer(_ word: String, _ status: HTTPResponse.Status) -> Response {
        .json(.record([.init("report", .text(word))]), status: status)
    }
}
