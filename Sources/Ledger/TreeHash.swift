import Crypto

/// A hash in the Merkle tree: SHA-256, 32 bytes.
package struct TreeHash: Hashable, Sendable, BitwiseCopyable {
    private var parts: (UInt64, UInt64, UInt64, UInt64)

    package static let byteCount = 32

    /// - Returns: `nil` unless there are exactly 32 bytes.
    package init?(_ bytes: UnsafeRawBufferPointer) {
        guard bytes.count == Self.byteCount else { return nil }
        self = bytes.loadUnaligned(as: TreeHash.self)
    }

    package init?(_ bytes: [UInt8]) {
        guard let hash = bytes.withUnsafeBytes({ TreeHash($0) }) else { return nil }
        self = hash
    }

    init(_ digest: SHA256.Digest) {
        self = digest.withUnsafeBytes { $0.loadUnaligned(as: TreeHash.self) }
    }

    package var bytes: [UInt8] { Swift.withUnsafeBytes(of: parts) { Array($0) } }

    package static func == (left: TreeHash, right: TreeHash) -> Bool { left.parts == right.parts }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(parts.0)
        hasher.combine(parts.1)
    }
}

/// The hashes of RFC 6962, section 2.1 (the same in RFC 9162): leaves begin with 0x00 and nodes with 0x01, so that neither can be
/// taken for the other. The first byte is hashed once and its state copied.
package struct TreeHasher: Sendable {
    private let leafSeed: SHA256
    private let nodeSeed: SHA256

    package init() {
        var leaf = SHA256()
        leaf.update(data: [0])
        leafSeed = leaf
        var node = SHA256()
        node.update(data: [1])
        nodeSeed = node
    }

    package func leaf(_ body: UnsafeRawBufferPointer) -> TreeHash {
        var hasher = leafSeed
        hasher.update(bufferPointer: body)
        return TreeHash(hasher.finalize())
    }

    package func leaf(_ body: [UInt8]) -> TreeHash { body.withUnsafeBytes { leaf($0) } }

    package func node(_ left: TreeHash, _ right: TreeHash) -> TreeHash {
        var hasher = nodeSeed
        let pair = (left, right)
        withUnsafeBytes(of: pair) { hasher.update(bufferPointer: $0) }
        return TreeHash(hasher.finalize())
    }

    /// The root of a tree without leaves: the hash of nothing.
    package var empty: TreeHash { TreeHash(SHA256().finalize()) }
}
