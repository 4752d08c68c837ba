/// A path through the tree that shows that a leaf is in it (RFC 9162, section 2.1.3).
package struct InclusionProof: Sendable, Hashable {
    package let position: Int64
    package let size: Int64
    package let path: [TreeHash]

    package init(position: Int64, size: Int64, path: [TreeHash]) {
        self.position = position
        self.size = size
        self.path = path
    }

    /// Whether this path leads from this leaf to this root. Needs nothing but its arguments, so anyone can ask it anywhere.
    package func proves(_ leaf: TreeHash, in root: TreeHash) -> Bool {
        guard position >= 0, position < size else { return false }
        let hasher = TreeHasher()
        var node = position
        var last = size - 1
        var hash = leaf
        for sibling in path {
            guard last > 0 else { return false }
            if node & 1 == 1 || node == last {
                hash = hasher.node(sibling, hash)
                while node & 1 == 0, node != 0 {
                    node >>= 1
                    last >>= 1
                }
            } else {
                hash = hasher.node(hash, sibling)
            }
            node >>= 1
            last >>= 1
        }
        return last == 0 && hash == root
    }
}

/// Hashes that show that one tree is the beginning of another (RFC 9162, section 2.1.4).
package struct ConsistencyProof: Sendable, Hashable {
    package let from: Int64
    package let to: Int64
    package let path: [TreeHash]

    package init(from: Int64, to: Int64, path: [TreeHash]) {
        self.from = from
        self.to = to
        self.path = path
    }

    /// Whether the tree of size `from` with root `old` is the beginning of the tree of size `to` with root `new`.
    package func proves(_ old: TreeHash, isBeginningOf new: TreeHash) -> Bool {
        guard from >= 0, from <= to else { return false }
        if from == to { return path.isEmpty && old == new }
        // The empty tree is the beginning of every tree; there is nothing to show.
        if from == 0 { return path.isEmpty && old == TreeHasher().empty }
        let isComplete = from & (from - 1) == 0
        guard let first = isComplete ? old : path.first else { return false }
        let hasher = TreeHasher()
        var node = from - 1
        var last = to - 1
        while node & 1 == 1 {
            node >>= 1
            last >>= 1
        }
        var oldHash = first
        var newHash = first
        for sibling in isComplete ? path[...] : path.dropFirst() {
            guard last > 0 else { return false }
            if node & 1 == 1 || node == last {
                oldHash = hasher.node(sibling, oldHash)
                newHash = hasher.node(sibling, newHash)
                while node & 1 == 0, node != 0 {
                    node >>= 1
                    last >>= 1
                }
            } else {
                newHash = hasher.node(newHash, sibling)
            }
            node >>= 1
            last >>= 1
        }
        return last == 0 && oldHash == old && newHash == new
    }
}
