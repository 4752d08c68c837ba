import Crypto

/// The key that wraps all other keys: 32 random bytes, kept outside the database.
///
/// It wraps keys, a few dozen times in the life of a database, and the keys of backups are derived from it. Who loses it loses every
/// sealed value.
package struct MasterKey: Sendable {
    let key: SymmetricKey

    /// Reads a key from the value of a setting or the content of a file: 64 hexadecimal or 43-44 base64 characters (standard or URL
    /// alphabet) on a line of its own. Empty lines and lines that begin with `#` are passed over.
    /// - Throws: `VaultError.keyUnreadable`, `.keyWeak`.
    package init(text: String) throws(VaultError) {
        let lines = text.utf8.split(whereSeparator: { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") })
            .map { line in Array(line.drop(while: Self.isBlank).reversed().drop(while: Self.isBlank).reversed()) }
            .filter { !$0.isEmpty && $0.first != UInt8(ascii: "#") }
        guard lines.count == 1, let bytes = Self.bytes(of: lines[0]) else { throw .keyUnreadable }
        // 32 bytes drawn at random hold fewer than 16 different ones once in some 10^15 draws.
        guard Set(bytes).count >= 16 else { throw .keyWeak }
        key = SymmetricKey(data: bytes)
    }

    private init(key: SymmetricKey) { self.key = key }

    /// A fresh key that is written nowhere, for a demonstration or a test.
    package static func fleeting() -> MasterKey { MasterKey(key: SymmetricKey(size: .bits256)) }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

    private static func bytes(of line: [UInt8]) -> [UInt8]? {
        let bytes = line.count == 64 ? hexadecimal(line) : Base64URL.decode(standardToURL(line))
        return bytes?.count == 32 ? bytes : nil
    }

    private static func hexadecimal(_ line: [UInt8]) -> [UInt8]? {
        var bytes: [UInt8] = []
        for index in stride(from: 0, to: line.count - 1, by: 2) {
            guard let high = nibble(line[index]), let low = nibble(line[index + 1]) else { return nil }
            bytes.append(high << 4 | low)
        }
        return bytes
    }

    private static func nibble(_ character: UInt8) -> UInt8? {
        switch character {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): character - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): character - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): character - UInt8(ascii: "A") + 10
        default: nil
        }
    }

    private static func standardToURL(_ line: [UInt8]) -> [UInt8] {
        let bare = line.count == 44 && line.last == UInt8(ascii: "=") ? line.dropLast() : line[...]
        return bare.map { $0 == UInt8(ascii: "+") ? UInt8(ascii: "-") : $0 == UInt8(ascii: "/") ? UInt8(ascii: "_") : $0 }
    }
}

extension MasterKey {
    /// Wraps a key: nonce (12) | ciphertext | tag (16), AES-256-GCM. `label` says which key it is, so that none can stand for another.
    func wrap(_ secret: [UInt8], label: String) throws -> [UInt8] {
        let box = try AES.GCM.seal(secret, using: key, authenticating: Array(label.utf8))
        return Array(box.nonce) + box.ciphertext + box.tag
    }

    /// - Returns: the key, or `nil` when another master wrapped it, the label differs, or it was altered.
    func unwrap(_ wrapped: [UInt8], label: String) -> [UInt8]? {
        guard let box = try? AES.GCM.SealedBox(combined: wrapped) else { return nil }
        return (try? AES.GCM.open(box, using: key, authenticating: Array(label.utf8))).map(Array.init)
    }
}
