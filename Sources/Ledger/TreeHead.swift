import Store

/// The head of the tree as the database keeps it: what appending goes on from, and how many checkpoints were signed.
struct TreeHead {
    var frontier: Frontier
    /// The number of the last checkpoint.
    var checkpoints: Int64
    /// Whether the program's key made it so.
    let isSealed: Bool

    /// - Returns: `nil` where there is none.
    /// - Throws: `LedgerError.treeDamaged` where the bytes are no head.
    static func read(in session: any Session, _ key: EntryKey) throws -> TreeHead? {
        try session.first("SELECT size, frontier, checkpoints, seal FROM tree_head WHERE id = 1") { row in
            guard let frontier = Frontier(size: row.int(0), bytes: row.blob(1)) else { throw LedgerError.treeDamaged }
            let checkpoints = row.int(2), seal = row.blobIfAny(3).flatMap { TreeHash($0) }
            return TreeHead(
                frontier: frontier, checkpoints: checkpoints, isSealed: seal == key.seal(head: frontier, checkpoints: checkpoints))
        }
    }

    /// The head to go on from.
    /// - Throws: `LedgerError.treeDamaged` where somebody else wrote it, or took it away.
    static func toContinue(in session: any Session, _ key: EntryKey) throws -> TreeHead {
        if let head = try read(in: session, key) {
            guard head.isSealed else { throw LedgerError.treeDamaged }
            return head
        }
        let hasLeaves = try session.first("SELECT 1 FROM leaf LIMIT 1") { _ in true } ?? false
        guard !hasLeaves else { throw LedgerError.treeDamaged }
        return TreeHead(frontier: Frontier(), checkpoints: 0, isSealed: false)
    }

    func write(in session: any Session, _ key: EntryKey) throws {
        let written = try session.execute(
            """
            INSERT INTO tree_head (id, size, frontier, checkpoints, seal) VALUES (1, $1, $2, $3, $4)
            ON CONFLICT (id) DO UPDATE SET size = excluded.size, frontier = excluded.frontier, checkpoints = excluded.checkpoints,
                seal = excluded.seal
            """,
            [
                .int(frontier.size), .blob(frontier.bytes), .int(checkpoints),
                .blob(key.seal(head: frontier, checkpoints: checkpoints).bytes),
            ])
        guard written == 1 else { throw LedgerError.treeDamaged }
    }
}

extension Ledger {
    /// No ledger grows so long; a position beyond is somebody's row, and would only cost time to walk to.
    static let greatestSize: Int64 = 1 << 48

    /// How many entries have their position, unproved.
    package static func size(in session: any Session) throws -> Int64 {
        try session.count("SELECT max(position) + 1 FROM leaf WHERE position < $1", [.int(greatestSize)])
    }

    /// The head of the tree as it is kept, unproved.
    package static func head(in session: any Session) throws -> Frontier {
        let kept = try session.first("SELECT size, frontier FROM tree_head WHERE id = 1") { ($0.int(0), $0.blob(1)) }
        guard let (size, bytes) = kept else { return Frontier() }
        guard let frontier = Frontier(size: size, bytes: bytes) else { throw LedgerError.treeDamaged }
        return frontier
    }
}
