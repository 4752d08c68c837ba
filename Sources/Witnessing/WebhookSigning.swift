import Crypto
import Foundation

/// Signatures of Standard Webhooks: HMAC-SHA-256 over `id.timestamp.body`. The moment is signed, so that who receives can refuse what is
/// old, and the id, so that he can refuse what he has had.
enum WebhookSigning {
    /// A secret as it is configured: base64 of 24 to 64 random bytes, with or without `whsec_` before it.
    static func secret(_ text: String) throws -> [UInt8] {
        let bare = text.hasPrefix("whsec_") ? String(text.dropFirst(6)) : text
        guard let data = Data(base64Encoded: bare), (24...64).contains(data.count) else {
            throw PlaceFault(
                "checkpoint-webhook-secret 应为 24 至 64 个随机字节的 base64，可用 openssl rand -base64 32 生成。",
                "checkpoint-webhook-secret must be base64 of 24 to 64 random bytes, as openssl rand -base64 32 makes them.")
        }
        return Array(data)
    }

    static func headers(id: String, seconds: Int64, body: [UInt8], secret: [UInt8]?) -> [(name: String, value: String)] {
        var headers = [(name: "webhook-id", value: id), (name: "webhook-timestamp", value: String(seconds))]
        if let secret {
            let signed = Array("\(id).\(seconds).".utf8) + body
            let code = HMAC<SHA256>.authenticationCode(for: signed, using: SymmetricKey(data: secret))
            headers.append((name: "webhook-signature", value: "v1,\(Data(code).base64EncodedString())"))
        }
        return headers
    }
}
