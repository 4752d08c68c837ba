import Crypto
import Foundation

/// Signatures of Standard Webhooks: HMAC-SHA-256 over `id.timestamp.body`. The moment is signed, so that who receives can refuse what is
/// old, and the id, so that he can refuse what he has had.
package enum WebhookSigning {
    /// A secret as it is configured: base64 of 24 to 64 random bytes, with or without `whsec_` before it.
    /// - Returns: `nil` where it is not of this form.
    package static func secret(_ text: String) -> [UInt8]? {
        let bare = text.hasPrefix("whsec_") ? String(text.dropFirst(6)) : text
        guard let data = Data(base64Encoded: bare), (24...64).contains(data.count) else { return nil }
        return Array(data)
    }

    package static func headers(id: String, seconds: Int64, body: [UInt8], secret: [UInt8]?) -> [(name: String, value: String)] {
        var headers = [(name: "webhook-id", value: id), (name: "webhook-timestamp", value: String(seconds))]
        if let secret {
            let signed = Array("\(id).\(seconds).".utf8) + body
            let code = HMAC<SHA256>.authenticationCode(for: signed, using: SymmetricKey(data: secret))
            headers.append((name: "webhook-signature", value: "v1,\(Data(code).base64EncodedString())"))
        }
        return headers
    }

    /// How old, or how far ahead, a signed moment may be: clocks differ, and what was kept back is no news.
    package static let tolerance: Int64 = 300

    /// Whether a body came signed with the secret, and now.
    /// - Parameters:
    ///   - signatures: as the head has them, several with blanks between.
    ///   - now: in seconds.
    package static func isSigned(
        id: String, seconds: Int64, body: [UInt8], signatures: String, secret: [UInt8], at now: Int64
    ) -> Bool {
        guard !id.isEmpty, (now - tolerance...now + tolerance).contains(seconds) else { return false }
        let signed = Array("\(id).\(seconds).".utf8) + body, key = SymmetricKey(data: secret)
        return signatures.split(separator: " ").contains { one in
            guard one.hasPrefix("v1,"), let code = Data(base64Encoded: String(one.dropFirst(3))) else { return false }
            return HMAC<SHA256>.isValidAuthenticationCode(code, authenticating: signed, using: key)
        }
    }
}
