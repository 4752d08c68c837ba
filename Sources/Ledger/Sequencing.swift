import Store

extension Ledger {
    /// Gives positions to entries that have none, in the order of their ids.
    ///
    /// Runs in a write transaction; the caller sees to it that one server does it at a time (a lease). Should two do it all the same,
    /// the database lets one of them win and the other begins again.
    /// - Parameter limit: how many at most; what is left waits for the next call.
    /// - Returns: how many; fewer than `limit` means that none is left.
    /// - Throws: `LedgerError.entryMissing`, `.treeDamaged`; nothing is changed then.
    package static func sequence(in session: any Session, limit: Int) throws -> Int {
        let hasher = TreeHasher()
        var leaves: [Leaf] = []
        try session.each(
            """
            SELECT p.entry, e.body FROM entry_pending p LEFT JOIN entry e ON e.id = p.entry ORDER BY p.entry LIMIT $1
            """, [.int(Int64(limit))]
        ) { row in
            guard !row.isNull(1) else { throw LedgerError.entryMissing(id: row.int(0)) }
            leaves.append(Leaf(entry: row.int(0), hash: row.withBlob(1) { hasher.leaf($0) }))
        }
        guard let last = leaves.last else { return 0 }
        try place(leaves, in: session)
        // The transaction's snapshot has no waiting entry up to here but those taken; a later one with a smaller id is not in it.
        try session.execute("DELETE FROM entry_pending WHERE entry <= $1", [.int(last.entry)])
        return leaves.count
    }

    /// Appends entries and gives them their positions at once. For a transaction beside which nobody can write: elsewhere all acts would
    /// wait for one another at the tree's head.
    package static func appendInPlace(_ entries: [Entry], in session: any Session) throws {
        let hasher = TreeHasher(), bodies = entries.map(\.body)
        try session.executeMany(insertion, zip(entries, bodies).map { row($0, $1) })
        try place(zip(entries, bodies).map { entry, body in Leaf(entry: entry.id, hash: body.withUnsafeBytes(hasher.leaf)) }, in: session)
    }

    private struct Leaf {
        let entry: Int64
        let hash: TreeHash
    }

    private static func place(_ leaves: [Leaf], in session: any Session) throws {
        let hasher = TreeHasher()
        var frontier = try head(in: session)
        var rows = BatchInsert(into: "leaf (position, entry, hash)", session)
        var subtrees = BatchInsert(into: "subtree (height, position, hash)", session)
        let isFirst = frontier.size == 0
        for leaf in leaves {
            try rows.add(frontier.size, leaf.entry, leaf.hash)
            try frontier.append(leaf.hash, hasher) { try subtrees.add(Int64($0.height), $0.index, $0.hash) }
        }
        try rows.finish()
        try subtrees.finish()
        try keep(frontier, isFirst: isFirst, in: session)
    }

    private static func keep(_ head: Frontier, isFirst: Bool, in session: any Session) throws {
        let sql =
            isFirst
            ? "INSERT INTO tree_head (id, size, frontier) VALUES (1, $1, $2)"
            : "UPDATE tree_head SET size = $1, frontier = $2 WHERE id = 1"
        guard try session.execute(sql, [.int(head.size), .blob(head.bytes)]) == 1 else { throw LedgerError.treeDamaged }
    }
}

/// Inserts rows of two numbers and a hash, many in one statement: a statement is a journey to the server.
private struct BatchInsert {
    private static let rowsAtOnce = 64
    private let table: String
    private let whole: String
    private let session: any Session
    private var waiting: [Value] = []

    init(into table: String, _ session: any Session) {
        self.table = table
        self.session = session
        whole = Self.statement(table, rows: Self.rowsAtOnce)
        waiting.reserveCapacity(Self.rowsAtOnce * 3)
    }

    mutating func add(_ first: Int64, _ second: Int64, _ hash: TreeHash) throws {
        waiting.append(.int(first))
        waiting.append(.int(second))
        waiting.append(.blob(hash.bytes))
        guard waiting.count == Self.rowsAtOnce * 3 else { return }
        try session.execute(whole, waiting)
        waiting.removeAll(keepingCapacity: true)
    }

    mutating func finish() throws {
        let one = Self.statement(table, rows: 1)
        for start in stride(from: 0, to: waiting.count, by: 3) {
            try session.execute(one, Array(waiting[start..<(start + 3)]))
        }
        waiting = []
    }

    private static func statement(_ table: String, rows: Int) -> String {
        let places = (0..<rows).map { "($\($0 * 3 + 1), $\($0 * 3 + 2), $\($0 * 3 + 3))" }
        return "INSERT INTO \(table) VALUES " + places.joined(separator: ", ")
    }
}
