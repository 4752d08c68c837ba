import Crypto

/// The secret by which the program knows its own entries, leaves, heads and checkpoints again: HMAC-SHA-256 (RFC 2104) under one key that
/// the database does not hold. Whoever owns the database can write bytes into it and compute every unkeyed hash; he cannot make a seal.
///
/// Every message begins with a byte that says what is sealed, so that no seal can be taken for another: an entry's is its format.
/// The two states of HMAC after the key's blocks are made once and copied.
package struct EntryKey: Sendable {
    private let inner: SHA256
    private let outer: SHA256

    private enum Subject: UInt8 { case leaf = 0x10, head = 0x11, checkpoint = 0x12, boundary = 0x13, subtree = 0x14 }

    /// - Precondition: the secret is 32 bytes.
    package init(secret: [UInt8]) {
        precondition(secret.count == 32, "the secret of the entries is 32 bytes")
        func begun(_ pad: UInt8) -> SHA256 {
            var hash = SHA256()
            hash.update(data: secret.map { $0 ^ pad } + [UInt8](repeating: pad, count: 32))
            return hash
        }
        (inner, outer) = (begun(0x36), begun(0x5c))
    }

    func seal(_ message: UnsafeRawBufferPointer) -> TreeHash {
        var hash = inner
        hash.update(bufferPointer: message)
        var around = outer
        hash.finalize().withUnsafeBytes { around.update(bufferPointer: $0) }
        return TreeHash(around.finalize())
    }

    /// That this entry has this position.
    func seal(leaf hash: TreeHash, entry: Int64, position: Int64) -> TreeHash {
        withUnsafeTemporaryAllocation(byteCount: 17 + TreeHash.byteCount, alignment: 1) { message in
            message[0] = Subject.leaf.rawValue
            message.storeBytes(of: position.bigEndian, toByteOffset: 1, as: Int64.self)
            message.storeBytes(of: entry.bigEndian, toByteOffset: 9, as: Int64.self)
            message.storeBytes(of: hash, toByteOffset: 17, as: TreeHash.self)
            return seal(UnsafeRawBufferPointer(message))
        }
    }

    /// That these leaves are under this hash, all at once.
    func seal(_ subtree: Subtree) -> TreeHash { seal(.subtree, [Int64(subtree.height), subtree.index], subtree.hash.bytes) }

    /// That the tree had this right edge when so many checkpoints had been signed.
    func seal(head: Frontier, checkpoints: Int64) -> TreeHash { seal(.head, [head.size, checkpoints], head.bytes) }

    /// That this is the checkpoint of this number, signed at this moment. Numbers grow by one, so that one taken away leaves a gap.
    func seal(checkpoint note: String, number: Int64, size: Int64, at: Int64) -> TreeHash {
        seal(.checkpoint, [number, size, at], Array(note.utf8))
    }

    func seal(_ boundary: Boundary) -> TreeHash {
        seal(.boundary, [boundary.size, boundary.at, boundary.checkpoints], boundary.root.bytes + boundary.notes)
    }

    /// The numbers are of a fixed count for each subject, and the bytes end the message.
    private func seal(_ subject: Subject, _ numbers: [Int64], _ bytes: [UInt8]) -> TreeHash {
        var message = [subject.rawValue]
        for number in numbers { withUnsafeBytes(of: number.bigEndian) { message.append(contentsOf: $0) } }
        return (message + bytes).withUnsafeBytes(seal)
    }
}
