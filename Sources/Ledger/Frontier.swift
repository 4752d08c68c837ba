/// The right edge of a Merkle tree: the roots of its complete subtrees, from the largest to the smallest, one for each bit that is set in
/// its size. It is all that appending needs, and says what the root is.
package struct Frontier: Sendable, Hashable {
    /// How many leaves the tree has.
    package private(set) var size: Int64
    private var peaks: [TreeHash]

    package init() {
        size = 0
        peaks = []
    }

    /// Reads what `bytes` wrote. - Returns: `nil` when the bytes do not fit the size.
    package init?(size: Int64, bytes: [UInt8]) {
        guard size >= 0, bytes.count == size.nonzeroBitCount * TreeHash.byteCount else { return nil }
        self.size = size
        peaks = stride(from: 0, to: bytes.count, by: TreeHash.byteCount)
            .compactMap { TreeHash(Array(bytes[$0..<($0 + TreeHash.byteCount)])) }
    }

    package var bytes: [UInt8] { peaks.flatMap(\.bytes) }

    /// Adds a leaf. Calls `completed` for each subtree that it completes and that is kept (see `Subtree.isKept`), the smallest first.
    package mutating func append(_ leaf: TreeHash, _ hasher: TreeHasher, completed: (Subtree) throws -> Void) rethrows {
        var hash = leaf
        var height = 0
        while (size >> Int64(height)) & 1 == 1 {
            hash = hasher.node(peaks.removeLast(), hash)
            height += 1
            if Subtree.isKept(height) { try completed(Subtree(height: height, index: size >> Int64(height), hash: hash)) }
        }
        peaks.append(hash)
        size += 1
    }

    package mutating func append(_ leaf: TreeHash, _ hasher: TreeHasher) { append(leaf, hasher) { _ in } }

    package func root(_ hasher: TreeHasher) -> TreeHash {
        guard var root = peaks.last else { return hasher.empty }
        for peak in peaks.dropLast().reversed() { root = hasher.node(peak, root) }
        return root
    }
}

/// A complete subtree: the leaves from `index` times 2^height on, 2^height of them.
package struct Subtree: Sendable, Hashable {
    package let height: Int
    package let index: Int64
    package let hash: TreeHash

    /// The roots of subtrees of 2^8, 2^16, 2^24... leaves are kept in a table, so that a proof reads a few hundred rows of a log
    /// of any size.
    package static func isKept(_ height: Int) -> Bool { height & 7 == 0 }
    static let keptHeights = [8, 16, 24, 32, 40, 48, 56]

    /// The positions of its leaves.
    var positions: Range<Int64> { (index << Int64(height))..<((index + 1) << Int64(height)) }
}
