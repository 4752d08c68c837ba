import Courier
import Foundation
import Kernel
import WorkCalendar

/// A gateway for short messages, by HTTP. Posted are JSON's `key to signature template version text`, signed as Standard Webhooks has it
/// and with the key as `Idempotency-Key`: what comes a second time under one key leaves once. Answered is `{"id": …}`, or
/// `{"error": "number" | "content" | "later", "message": …}`.
package struct ShortMessageGateway: MessageGateway {
    private let url: String
    private let secret: [UInt8]
    private let courier: Courier

    /// - Parameter secret: base64 of 24 to 64 bytes.
    /// - Returns: `nil` where address or secret are not of this form.
    package init?(url: String, secret: String, courier: Courier) {
        guard url.hasPrefix("https://") || url.hasPrefix("http://"), let key = WebhookSigning.secret(secret) else { return nil }
        (self.url, self.secret, self.courier) = (url, key, courier)
    }

    package func hand(_ message: OutwardMessage, at now: Moment) async throws -> HandingOutcome {
        let body = Array(
            JSONText.text(
                .record([
                    .init("key", .text(message.key)), .init("to", .text(message.address)), .init("signature", .text(message.signature)),
                    .init("template", .text(message.template)), .init("version", .whole(Int64(message.version))),
                    .init("text", .text(message.text)),
                ])
            ).utf8)
        let headers =
            [(name: "Content-Type", value: "application/json; charset=utf-8"), (name: "Idempotency-Key", value: message.key)]
            + WebhookSigning.headers(id: message.key, seconds: now.milliseconds / 1000, body: body, secret: secret)
        do {
            return Self.outcome(try await courier.post(HTTPRequest(url: url, headers: headers, body: body)))
        } catch let error as CourierError {
            return try Self.outcome(error)
        }
    }

    static func outcome(_ reply: HTTPReply) -> HandingOutcome {
        let said = try? JSONReader.read(String(decoding: reply.body, as: UTF8.self))
        let detail = said?["message"].text ?? ""
        let words = Words("网关答复 \(reply.status) \(detail)", "The gateway answered \(reply.status) \(detail)")
        if let error = said?["error"].text {
            switch error {
            case "number": return .noSuchAddress(words)
            case "later": return .later(words)
            default: return .unacceptable(words)
            }
        }
        switch reply.status {
        case 200..<300:
            // Taken, or so it seems: without a number nobody can tell.
            guard let id = said?["id"].text ?? said?["id"].whole.map(String.init) else { return .unsure(words) }
            return .taken(id)
        case 429, 503: return .later(words)
        case 400..<500: return .unacceptable(words)
        default: return .unsure(words)
        }
    }

    /// What never reached the gateway is tried again; whether it had what broke off or got no answer in time, nobody knows.
    fileprivate static func outcome(_ error: CourierError) throws -> HandingOutcome {
        switch error {
        case .recalled: throw error
        case .unreachable, .untrusted, .address: return .later(Words(error.zh, error.en))
        default: return .unsure(Words(error.zh, error.en))
        }
    }
}

/// Mail to customers, by the same mail server as other notices.
package struct MailGateway: MessageGateway {
    private let server: MailServer
    private let sender: String
    private let courier: Courier

    package init(server: MailServer, sender: String, courier: Courier) {
        (self.server, self.sender, self.courier) = (server, sender, courier)
    }

    package func hand(_ message: OutwardMessage, at now: Moment) async throws -> HandingOutcome {
        let mail = MailMessage(
            sender: sender, recipients: [message.address], subject: message.subject, text: message.text, date: now, id: message.key)
        do {
            try await courier.send(mail, by: server)
            return .taken("")
        } catch let error as CourierError {
            let words = Words(error.zh, error.en)
            switch error {
            // RFC 5321 and 3463: no such mailbox, none that may be written to.
            case .refused(let code, _) where [550, 551, 553].contains(code): return .noSuchAddress(words)
            case .refused(let code, _) where (400..<500).contains(code): return .later(words)
            case .refused: return .unacceptable(words)
            case .login: return .later(words)
            default: return try ShortMessageGateway.outcome(error)
            }
        }
    }
}

extension OutboxWays {
    /// By which mail to customers leaves; `nil` where no mail server is set.
    package func mailGateway(_ courier: Courier) -> MailGateway? {
        guard let server, let sender else { return nil }
        return MailGateway(server: server, sender: sender, courier: courier)
    }
}
