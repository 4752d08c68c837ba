import Store

extension Ledger {
    /// Shows that the leaf at a position is in the tree of a size.
    /// - Throws: `LedgerError.outOfRange`, `.treeDamaged`.
    package static func inclusionProof(position: Int64, size: Int64, in session: any Session) throws -> InclusionProof {
        guard position >= 0, position < size else { throw LedgerError.outOfRange }
        let reader = try TreeReader(session, size: size)
        var path: [TreeHash] = []
        var range = 0..<size
        // From the root down: the sibling of each subtree that holds the leaf.
        while range.count > 1 {
            let middle = range.lowerBound + TreeReader.largestPower(below: Int64(range.count))
            if position < middle {
                path.append(try reader.root(of: middle..<range.upperBound))
                range = range.lowerBound..<middle
            } else {
                path.append(try reader.root(of: range.lowerBound..<middle))
                range = middle..<range.upperBound
            }
        }
        return InclusionProof(position: position, size: size, path: path.reversed())
    }

    /// Shows that the tree of size `from` is the beginning of the tree of size `to`.
    /// - Throws: `LedgerError.outOfRange`, `.treeDamaged`.
    package static func consistencyProof(from: Int64, to: Int64, in session: any Session) throws -> ConsistencyProof {
        guard from >= 0, from <= to else { throw LedgerError.outOfRange }
        if from == 0 || from == to { return ConsistencyProof(from: from, to: to, path: []) }
        let reader = try TreeReader(session, size: to)
        var path: [TreeHash] = []
        var range = 0..<to
        // From the root down to the old tree's last complete subtree (RFC 9162, section 2.1.4.1).
        while range.upperBound != from {
            let middle = range.lowerBound + TreeReader.largestPower(below: Int64(range.count))
            if from <= middle {
                path.append(try reader.root(of: middle..<range.upperBound))
                range = range.lowerBound..<middle
            } else {
                path.append(try reader.root(of: range.lowerBound..<middle))
                range = middle..<range.upperBound
            }
        }
        // The old tree's root is known to the verifier where it is itself a subtree.
        if range.lowerBound > 0 { path.append(try reader.root(of: range)) }
        return ConsistencyProof(from: from, to: to, path: path.reversed())
    }

    /// The root of the tree of a size, made from its stored leaves and subtrees.
    package static func root(size: Int64, in session: any Session) throws -> TreeHash {
        guard size > 0 else { return TreeHasher().empty }
        return try TreeReader(session, size: size).root(of: 0..<size)
    }

    /// The position of an entry; `nil` while it waits for one.
    package static func position(ofEntry id: Int64, in session: any Session) throws -> Int64? {
        try session.first("SELECT position FROM leaf WHERE entry = $1", [.int(id)]) { $0.int(0) }
    }
}

/// Makes the roots of subtrees from what is stored; reads at most 256 rows for each complete one.
private struct TreeReader {
    private let session: any Session
    private let hasher = TreeHasher()

    init(_ session: any Session, size: Int64) throws {
        self.session = session
        guard try session.first("SELECT position FROM leaf WHERE position = $1", [.int(size - 1)], { $0.int(0) }) != nil else {
            throw LedgerError.outOfRange
        }
    }

    static func largestPower(below size: Int64) -> Int64 { 1 << Int64(63 - (size - 1).leadingZeroBitCount) }

    /// - Parameter range: begins at a multiple of the smallest power of two that is not below its length, as all ranges of a proof do.
    func root(of range: Range<Int64>) throws -> TreeHash {
        let count = Int64(range.count)
        guard count & (count - 1) == 0 else {
            let middle = range.lowerBound + Self.largestPower(below: count)
            return hasher.node(try root(of: range.lowerBound..<middle), try root(of: middle..<range.upperBound))
        }
        let height = count.trailingZeroBitCount
        let kept = Int64(height & ~7)
        let hashes = try stored(height: kept, (range.lowerBound >> kept)..<(range.upperBound >> kept))
        var frontier = Frontier()
        for hash in hashes { frontier.append(hash, hasher) { _ in } }
        return frontier.root(hasher)
    }

    private func stored(height: Int64, _ range: Range<Int64>) throws -> [TreeHash] {
        let bounds = [Value.int(range.lowerBound), .int(range.upperBound)]
        let read: (any Row) throws -> TreeHash = { row in
            guard let hash = row.withBlob(0, { TreeHash($0) }) else { throw LedgerError.treeDamaged }
            return hash
        }
        let hashes =
            height == 0
            ? try session.all("SELECT hash FROM leaf WHERE position >= $1 AND position < $2 ORDER BY position", bounds, read)
            : try session.all(
                "SELECT hash FROM subtree WHERE position >= $1 AND position < $2 AND height = $3 ORDER BY position",
                bounds + [.int(height)], read)
        guard hashes.count == range.count else { throw LedgerError.treeDamaged }
        return hashes
    }
}
