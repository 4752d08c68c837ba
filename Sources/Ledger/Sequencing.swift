import Store

extension Ledger {
    /// What a turn of the sequencer came to.
    package struct Sequenced: Sendable {
        package fileprivate(set) var placed = 0
        /// Those that it will not place, now or later; each was marked and stays where it waits.
        package fileprivate(set) var refused: [(id: Int64, objection: Objection)] = []

        /// Fewer than the limit means that none is left.
        package var taken: Int { placed + refused.count }
    }

    /// Gives positions to entries that have none, in the order of their ids. What this program did not write gets none: see `Objection`.
    ///
    /// Runs in a write transaction; the caller sees to it that one server does it at a time (a lease). Should two do it all the same,
    /// the database lets one of them win and the other begins again.
    /// - Parameters:
    ///   - limit: how many at most; what is left waits for the next call.
    ///   - placed: called for each entry that gets its position.
    /// - Throws: `LedgerError.treeDamaged`; nothing is changed then.
    package static func sequence(
        in session: any Session, key: EntryKey, limit: Int, placed: (Entry) throws -> Void = { _ in }
    ) throws -> Sequenced {
        let hasher = TreeHasher()
        var leaves: [Leaf] = [], turn = Sequenced()
        let moment = try latestMoment(in: session, key)
        try session.each(
            """
            SELECT p.entry, e.body FROM entry_pending p LEFT JOIN entry e ON e.id = p.entry WHERE p.refused IS NULL
            ORDER BY p.entry LIMIT $1
            """, [.int(Int64(limit))]
        ) { row in
            let id = row.int(0)
            guard !row.isNull(1) else { return turn.refused.append((id, .missing)) }
            try row.withBlob(1) { body in
                let (objection, entry) = Objection.to(body, id: id, after: moment, key)
                if let objection { turn.refused.append((id, objection)) }
                guard let entry else { return }
                leaves.append(Leaf(entry: id, hash: hasher.leaf(body)))
                try placed(entry)
            }
        }
        for (id, objection) in turn.refused {
            try session.execute("UPDATE entry_pending SET refused = $1 WHERE entry = $2", [.text(objection.rawValue), .int(id)])
        }
        guard let last = leaves.last else { return turn }
        turn.placed = leaves.count
        var head = try TreeHead.toContinue(in: session, key)
        try place(leaves, onto: &head.frontier, in: session, key: key)
        try head.write(in: session, key)
        // The transaction's snapshot has no waiting entry up to here but those taken; a later one with a smaller id is not in it.
        try session.execute("DELETE FROM entry_pending WHERE entry <= $1 AND refused IS NULL", [.int(last.entry)])
        return turn
    }

    /// Appends entries and gives them their positions at once. For a transaction beside which nobody can write: elsewhere all acts would
    /// wait for one another at the tree's head. Where the head cannot be trusted they wait like others.
    /// - Returns: whether they have their positions.
    package static func appendInPlace(_ entries: [Entry], in session: any Session, by writer: EntryWriter) throws -> Bool {
        let key = writer.key
        var head: TreeHead
        do { head = try TreeHead.toContinue(in: session, key) } catch is LedgerError {
            try append(entries, in: session, by: writer)
            return false
        }
        let hasher = TreeHasher(), bodies = entries.map { $0.body(key) }
        try session.executeMany(insertion, zip(entries, bodies).map { row($0, $1) })
        let leaves = zip(entries, bodies).map { entry, body in Leaf(entry: entry.id, hash: hasher.leaf(body)) }
        try place(leaves, onto: &head.frontier, in: session, key: key)
        try head.write(in: session, key)
        writer.count(entries, in: session)
        return true
    }

    struct Leaf {
        let entry: Int64
        let hash: TreeHash
    }

    /// Writes leaves and the subtrees that they complete; the head is the caller's.
    /// - Parameter key: by which leaves are sealed; none before the boundary.
    static func place(_ leaves: [Leaf], onto frontier: inout Frontier, in session: any Session, key: EntryKey?) throws {
        let hasher = TreeHasher()
        var rows: [[Value]] = [], subtrees: [[Value]] = []
        for leaf in leaves {
            let seal = key?.seal(leaf: leaf.hash, entry: leaf.entry, position: frontier.size)
            rows.append([.int(frontier.size), .int(leaf.entry), .blob(leaf.hash.bytes), .blob(ifAny: seal?.bytes)])
            try frontier.append(leaf.hash, hasher) { subtree in
                subtrees.append([
                    .int(Int64(subtree.height)), .int(subtree.index), .blob(subtree.hash.bytes), .blob(ifAny: key?.seal(subtree).bytes),
                ])
            }
        }
        try session.executeMany("INSERT INTO leaf (position, entry, hash, seal) VALUES ($1, $2, $3, $4)", rows)
        try session.executeMany("INSERT INTO subtree (height, position, hash, seal) VALUES ($1, $2, $3, $4)", subtrees)
    }
}
