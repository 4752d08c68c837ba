import Crypto

/// A file that leaves the database's disk, sealed in pieces under a key of its own, which is derived from the master key.
///
/// AES-256-GCM. A piece's nonce is its number, and each is bound to what the file says of itself and to whether it is the last: so pieces
/// can be neither changed, nor moved, nor left out, nor cut off at the end.
package struct SealedStream {
    private let key: SymmetricKey
    private let binding: [UInt8]
    private var number: UInt64 = 0

    /// - Parameters:
    ///   - salt: drawn anew for each file (`salt()`), because pieces of two files have the same numbers.
    ///   - binding: what the file says of itself in clear.
    package init(_ master: MasterKey, salt: [UInt8], binding: [UInt8]) {
        key = Self.derive(master, salt, "dianzhang stream 1", 32)
        self.binding = Array(SHA256.hash(data: binding))
    }

    package static func salt() -> [UInt8] { SymmetricKey(size: .bits256).withUnsafeBytes { Array($0) } }

    /// Written in clear beside the salt: tells another master key from a damaged file, and nothing of either.
    package static func check(_ master: MasterKey, salt: [UInt8]) -> [UInt8] {
        derive(master, salt, "dianzhang stream 1 check", 16).withUnsafeBytes { Array($0) }
    }

    private static func derive(_ master: MasterKey, _ salt: [UInt8], _ purpose: String, _ size: Int) -> SymmetricKey {
        HKDF<SHA256>.deriveKey(inputKeyMaterial: master.key, salt: salt, info: Array(purpose.utf8), outputByteCount: size)
    }

    package mutating func seal(_ piece: [UInt8], isLast: Bool) throws -> [UInt8] {
        let box = try AES.GCM.seal(piece, using: key, nonce: nextNonce(), authenticating: authenticated(isLast))
        return Array(box.ciphertext) + Array(box.tag)
    }

    /// - Throws: `VaultError.valueDamaged`.
    package mutating func open(_ piece: [UInt8], isLast: Bool) throws -> [UInt8] {
        guard piece.count >= 16 else { throw VaultError.valueDamaged }
        let box = try AES.GCM.SealedBox(nonce: nextNonce(), ciphertext: piece.dropLast(16), tag: piece.suffix(16))
        guard let opened = try? AES.GCM.open(box, using: key, authenticating: authenticated(isLast)) else { throw VaultError.valueDamaged }
        return Array(opened)
    }

    private mutating func nextNonce() throws -> AES.GCM.Nonce {
        defer { number += 1 }
        return try AES.GCM.Nonce(data: [0, 0, 0, 0] + withUnsafeBytes(of: number.bigEndian) { Array($0) })
    }

    private func authenticated(_ isLast: Bool) -> [UInt8] { binding + [isLast ? 1 : 0] }
}
