import Crypto

/// A word that nobody can guess: 32 random bytes, written in hexadecimal. Only its SHA-256 is kept.
package struct Token: Sendable {
    package let text: String

    /// A fresh one.
    init() { text = Token.hexadecimal((0..<32).map { _ in UInt8.random(in: .min ... .max) }) }

    /// One that came in; `nil` when it cannot be one.
    init?(_ text: some StringProtocol) {
        let isToken = text.utf8.count == 64 && text.utf8.allSatisfy { (48...57).contains($0) || (97...102).contains($0) }
        guard isToken else { return nil }
        self.text = String(text)
    }

    var digest: [UInt8] { Array(SHA256.hash(data: Array(text.utf8))) }

    static func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
        let digits = Array("0123456789abcdef".utf8)
        var out: [UInt8] = []
        for byte in bytes { out += [digits[Int(byte >> 4)], digits[Int(byte & 15)]] }
        return String(decoding: out, as: UTF8.self)
    }

    /// Whether the two are the same, in a time that does not tell where they differ.
    static func same(_ one: String, _ other: String) -> Bool {
        let (one, other) = (Array(one.utf8), Array(other.utf8))
        guard one.count == other.count else { return false }
        return zip(one, other).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }
}
