import Crypto

/// The key of one document's content. It is destroyed with it, and all that was sealed by other keys opens as before.
///
/// A key of the ring wraps it. What it seals is `version (2) | key (8, big-endian) | nonce (12) | ciphertext | tag (16)`, AES-256-GCM,
/// authenticated together with the caller's context.
package struct ContentKey: Sendable {
    package let id: Int64
    let secret: SymmetricKey

    private static let version: UInt8 = 2
    private static let headerSize = 9

    /// A key that is kept nowhere yet.
    package static func draw(_ id: Int64) -> ContentKey { ContentKey(id: id, secret: SymmetricKey(size: .bits256)) }

    /// The key that sealed this value; `nil` where it was one of the ring.
    package static func id(of sealed: [UInt8]) -> Int64? {
        guard sealed.count > headerSize, sealed[0] == version else { return nil }
        return Int64(bitPattern: sealed[1..<headerSize].reduce(0) { $0 << 8 | UInt64($1) })
    }

    package func seal(_ bytes: [UInt8], context: [UInt8]) throws -> [UInt8] {
        guard let box = try AES.GCM.seal(bytes, using: secret, authenticating: context).combined else { throw VaultError.valueDamaged }
        return [Self.version] + withUnsafeBytes(of: id.bigEndian) { Array($0) } + box
    }

    /// - Throws: `VaultError.valueDamaged`.
    package func open(_ sealed: [UInt8], context: [UInt8]) throws -> [UInt8] {
        guard Self.id(of: sealed) == id, let box = try? AES.GCM.SealedBox(combined: sealed.dropFirst(Self.headerSize)),
            let opened = try? AES.GCM.open(box, using: secret, authenticating: context)
        else { throw VaultError.valueDamaged }
        return Array(opened)
    }
}

extension KeyRing {
    /// The key as its row keeps it: sealed under the level's present key, and bound to its id.
    package func wrap(_ key: ContentKey, level: Int) throws -> [UInt8] {
        try seal(bytes: key.secret.withUnsafeBytes { Array($0) }, level: level, context: Self.context(document: key.id, field: "+key"))
    }

    /// - Throws: `VaultError.keyUnknown`, `.valueDamaged`.
    package func unwrap(contentKey id: Int64, _ wrapped: [UInt8]) throws -> ContentKey {
        let secret = try open(bytes: wrapped, context: Self.context(document: id, field: "+key"))
        guard secret.count == DataKey.size else { throw VaultError.valueDamaged }
        return ContentKey(id: id, secret: SymmetricKey(data: secret))
    }
}
