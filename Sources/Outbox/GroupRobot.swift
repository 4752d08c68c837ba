import Courier
import Crypto
import Foundation
import Kernel
import WorkCalendar

/// A robot in a group of WeCom, DingTalk or Feishu, or an address of one's own. The whole group reads it: it says who has something to
/// read, and nothing of what.
package struct GroupRobot: Sendable {
    package enum Kind: String, Sendable, CaseIterable { case wecom, dingtalk, feishu, webhook }

    let kind: Kind
    let url: String
    let secret: String?

    /// - Parameter text: `wecom https://…`, as the setting has it.
    /// - Returns: `nil` where it is not of this form.
    package init?(_ text: String, secret: String?) {
        let parts = text.split(separator: " ", maxSplits: 1).map(String.init)
        guard parts.count == 2, let kind = Kind(rawValue: parts[0]),
            parts[1].hasPrefix("https://") || parts[1].hasPrefix("http://")
        else { return nil }
        self.kind = kind
        url = parts[1]
        self.secret = secret
    }

    func request(_ message: Outgoing, _ content: OutgoingContent, _ base: String?, at now: Moment) -> HTTPRequest {
        let count = content.lines.count
        let text = "典章：\(content.name.zh) 有 \(count) 条新通知，请登录查看\(base.map { " \($0)/notices" } ?? "")"
        var headers = [(name: "Content-Type", value: "application/json; charset=utf-8")]
        var address = url
        let seconds = now.milliseconds / 1000
        var body: [JSONValue.Entry]
        switch kind {
        case .wecom:
            body = [.init("msgtype", .text("text")), .init("text", .record([.init("content", .text(text))]))]
        case .dingtalk:
            body = [.init("msgtype", .text("text")), .init("text", .record([.init("content", .text(text))]))]
            // In milliseconds, and signed over itself and the secret.
            if let secret {
                let sign = Self.mac(Array("\(now.milliseconds)\n\(secret)".utf8), key: Array(secret.utf8))
                let quoted = sign.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? sign
                address += "\(url.contains("?") ? "&" : "?")timestamp=\(now.milliseconds)&sign=\(quoted)"
            }
        case .feishu:
            body = [.init("msg_type", .text("text")), .init("content", .record([.init("text", .text(text))]))]
            // In seconds, and here both are the key, of a message of nothing.
            if let secret {
                body =
                    [
                        .init("timestamp", .text(String(seconds))),
                        .init("sign", .text(Self.mac([], key: Array("\(seconds)\n\(secret)".utf8)))),
                    ] + body
            }
        case .webhook:
            body = [
                .init("person", .text(content.login)), .init("count", .whole(Int64(count))), .init("words", .text(text)),
            ]
        }
        let bytes = Array(JSONText.text(.record(body)).utf8)
        if kind == .webhook {
            let key = secret.flatMap(WebhookSigning.secret)
            headers += WebhookSigning.headers(id: "notice-\(message.id)", seconds: seconds, body: bytes, secret: key)
        }
        return HTTPRequest(url: address, headers: headers, body: bytes)
    }

    private static func mac(_ message: [UInt8], key: [UInt8]) -> String {
        Data(HMAC<SHA256>.authenticationCode(for: message, using: SymmetricKey(data: key))).base64EncodedString()
    }

    /// A robot that refuses says so in an answer of status 200.
    func mustHaveTaken(_ reply: HTTPReply) throws {
        guard (200..<300).contains(reply.status) else { throw CourierError.refused(code: reply.status, "") }
        if kind == .webhook { return }
        guard let said = try? JSONReader.read(String(decoding: reply.body, as: UTF8.self)) else {
            throw CourierError.refused(code: reply.status, "")
        }
        let code = (said["errcode"].whole ?? said["code"].whole ?? said["StatusCode"].whole).map(Int.init)
        guard code == 0 else {
            throw CourierError.refused(code: code ?? reply.status, said["errmsg"].text ?? said["msg"].text ?? "")
        }
    }
}
