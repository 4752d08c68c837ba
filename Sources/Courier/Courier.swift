import Foundation
import Synchronization

/// Carries things out of the house: posts by HTTP(S) and mail by SMTP(S). The only user of libcurl.
///
/// Each errand has a thread of its own and a limit of time for all of it, so that nobody who is slow holds up anything but himself.
/// Redirections are not followed. Addresses come from the operator's settings: internal hosts are as good as others.
package struct Courier: Sendable {
    let authorities: String?
    /// How long an errand may take.
    package let seconds: Int

    /// - Parameters:
    ///   - authorities: a file of certificates (PEM) that are trusted instead of the system's.
    ///   - seconds: how long an errand may take from its start to its end.
    package init(authorities: String? = nil, seconds: Int = 30) {
        self.authorities = authorities
        self.seconds = seconds
    }

    /// Posts a request and waits for the whole answer, whatever its status.
    /// - Throws: `CourierError`.
    package func post(_ request: HTTPRequest) async throws -> HTTPReply {
        try await errand { transfer in try transfer.post(request) }
    }

    /// Hands a message to a mail server. Returns when the server has taken charge of it for all recipients.
    /// - Throws: `CourierError`.
    package func send(_ message: MailMessage, by server: MailServer) async throws {
        try await errand { transfer in try transfer.send(message, by: server) }
    }

    private func errand<T: Sendable>(_ body: @escaping @Sendable (Transfer) throws -> T) async throws -> T {
        let recall = Recall()
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let thread = Thread {
                    continuation.resume(
                        with: Result { try body(try Transfer(authorities: authorities, seconds: seconds, recall: recall)) })
                }
                thread.name = "courier"
                thread.start()
            }
        } onCancel: {
            recall.say()
        }
    }
}

/// Tells an errand under way to turn back.
final class Recall: Sendable {
    private let isSaid = Atomic(false)
    func say() { isSaid.store(true, ordering: .relaxed) }
    var wasSaid: Bool { isSaid.load(ordering: .relaxed) }
}

/// A POST.
package struct HTTPRequest: Sendable {
    package var url: String
    package var headers: [(name: String, value: String)]
    package var body: [UInt8]

    package init(url: String, headers: [(name: String, value: String)] = [], body: [UInt8]) {
        self.url = url
        self.headers = headers
        self.body = body
    }
}

package struct HTTPReply: Sendable {
    package let status: Int
    /// The media type without its parameters, in small letters.
    package let type: String
    package let body: [UInt8]

    package init(status: Int, type: String, body: [UInt8]) {
        self.status = status
        self.type = type
        self.body = body
    }
}
