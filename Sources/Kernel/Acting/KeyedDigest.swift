import Vault

/// What may be kept of a secret word that somebody else holds - a code, the word of a session: 128 bits of it under a key that the
/// database does not hold. A code of six digits could be guessed from an unkeyed digest.
enum KeyedDigest {
    static func text(of word: String, for use: String, _ index: BlindIndex) -> String {
        ["1", "2"].map { half in
            let digits = String(UInt64(bitPattern: index.blind(word, domain: "\(use).\(half)")), radix: 16)
            return String(repeating: "0", count: 16 - digits.count) + digits
        }.joined()
    }
}

extension Desk {
    /// - Parameter use: a short word; digests of one word for two uses have nothing in common.
    package func keyedDigest(of word: String, for use: String) -> String { KeyedDigest.text(of: word, for: use, keys.blindIndex) }
}

extension Inquiry {
    /// - Parameter use: a short word; digests of one word for two uses have nothing in common.
    package func keyedDigest(of word: String, for use: String) -> String {
        KeyedDigest.text(of: word, for: use, transaction.desk.keys.blindIndex)
    }
}

extension String {
    /// Whether two texts are the same, in a time that tells nothing of where they differ. Digests, which are of one length.
    package func isSameInConstantTime(as other: String) -> Bool {
        let (one, two) = (Array(utf8), Array(other.utf8))
        guard one.count == two.count else { return false }
        return zip(one, two).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }
}
