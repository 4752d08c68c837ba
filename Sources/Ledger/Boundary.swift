import Crypto
import Store

/// Where the keyed part of the ledger begins. What an earlier program wrote lies before it, without seals of its own, and is held by this
/// one seal over the tree and the checkpoints of that time: nobody can write in the earlier form afterwards, nor move the boundary.
///
/// A ledger that was begun by this program has its boundary at 0.
struct Boundary: Sendable, Hashable {
    /// How many positions lie before it.
    let size: Int64
    /// When it was drawn, in milliseconds since 1970.
    let at: Int64
    /// How many checkpoints lie before it.
    let checkpoints: Int64
    let root: TreeHash
    /// The digest of those checkpoints, see `EarlierNotes`.
    let notes: [UInt8]

    /// - Returns: `nil` where the row is gone or is not what the key sealed.
    static func read(in session: any Session, _ key: EntryKey) throws -> Boundary? {
        try session.first("SELECT size, at, checkpoints, root, notes, seal FROM ledger_boundary WHERE id = 1") { row -> Boundary? in
            guard let root = TreeHash(row.blob(3)), let seal = TreeHash(row.blob(5)) else { return nil }
            let boundary = Boundary(size: row.int(0), at: row.int(1), checkpoints: row.int(2), root: root, notes: row.blob(4))
            return key.seal(boundary) == seal ? boundary : nil
        } ?? nil
    }

    func insert(in session: any Session, _ key: EntryKey) throws {
        try session.execute(
            "INSERT INTO ledger_boundary (id, size, at, checkpoints, root, notes, seal) VALUES (1, $1, $2, $3, $4, $5, $6)",
            [.int(size), .int(at), .int(checkpoints), .blob(root.bytes), .blob(notes), .blob(key.seal(self).bytes)])
    }
}

/// The checkpoints of an earlier program, in their order, as one digest.
struct EarlierNotes: Sendable {
    private var hash = SHA256()
    private(set) var count: Int64 = 0

    mutating func add(size: Int64, at: Int64, note: String) {
        count += 1
        var bytes: [UInt8] = []
        for number in [size, at, Int64(note.utf8.count)] { withUnsafeBytes(of: number.bigEndian) { bytes.append(contentsOf: $0) } }
        hash.update(data: bytes + Array(note.utf8))
    }

    var digest: [UInt8] { Array(hash.finalize()) }
}

extension Ledger {
    /// Whether the boundary is drawn, or was: then `begin` has nothing to do.
    package static func isBegun(in session: any Session) throws -> Bool {
        // A boundary that was taken away is not drawn again: that would bless whatever stands there now.
        for question in [
            "SELECT 1 FROM ledger_boundary", "SELECT 1 FROM tree_head WHERE seal IS NOT NULL",
            "SELECT 1 FROM leaf WHERE seal IS NOT NULL AND position = (SELECT max(position) FROM leaf)",
            "SELECT 1 FROM checkpoint WHERE number IS NOT NULL AND size = (SELECT max(size) FROM checkpoint)",
        ] where try session.first(question, [], { _ in true }) ?? false { return true }
        // Seals can be wiped from every row beside the entries. A keyed entry is the work of a ledger that was begun, and nobody makes one
        // of the earlier form of it unseen: its leaf, and every checkpoint since, would be another.
        return try session.first(
            "SELECT 1 FROM entry WHERE substr(body, 1, 1) IN ($1, $2) LIMIT 1", Entry.Format.keyedBytes.map { .blob($0) }
        ) { _ in true } ?? false
    }

    /// Draws the boundary on a database that this program opens for the first time. What an earlier one left waiting is placed before it.
    /// - Parameters:
    ///   - at: the moment, in milliseconds since 1970.
    ///   - mayBeEarlier: an earlier program may have worked on it.
    ///   - placed: called for each entry that was placed.
    /// - Throws: `LedgerError.boundaryTaken` where none has and entries are there all the same.
    package static func begin(
        in session: any Session, key: EntryKey, at: Int64, mayBeEarlier: Bool = true, placed: (Entry) throws -> Void = { _ in }
    ) throws {
        guard try !isBegun(in: session) else { return }
        let hasEntries = try session.first("SELECT 1 FROM entry LIMIT 1", [], { _ in true }) ?? false
        guard mayBeEarlier || !hasEntries else { throw LedgerError.boundaryTaken }
        try placeEarlier(in: session, placed)
        var notes = EarlierNotes()
        try session.stream("SELECT size, at, note FROM checkpoint ORDER BY size, at", []) { row in
            notes.add(size: row.int(0), at: row.int(1), note: row.text(2))
        }
        let head = try head(in: session)
        let boundary = Boundary(
            size: head.size, at: at, checkpoints: notes.count, root: head.root(TreeHasher()), notes: notes.digest)
        try boundary.insert(in: session, key)
        if head.size > 0 { try TreeHead(frontier: head, checkpoints: 0, isSealed: false).write(in: session, key) }
    }

    /// As the earlier program would have done with its next turn.
    private static func placeEarlier(in session: any Session, _ placed: (Entry) throws -> Void) throws {
        let hasher = TreeHasher()
        var leaves: [Leaf] = []
        try session.stream("SELECT e.id, e.body FROM entry_pending p JOIN entry e ON e.id = p.entry ORDER BY e.id", []) { row in
            guard let entry = try? row.withBlob(1, { try Entry($0) }), entry.id == row.int(0) else { return }
            leaves.append(Leaf(entry: entry.id, hash: row.withBlob(1) { hasher.leaf($0) }))
            try placed(entry)
        }
        var frontier = try head(in: session)
        try place(leaves, onto: &frontier, in: session, key: nil)
        if !leaves.isEmpty {
            try session.execute("DELETE FROM entry_pending WHERE entry IN (SELECT entry FROM leaf WHERE position >= $1)",
                [.int(frontier.size - Int64(leaves.count))])
        }
        guard frontier.size > 0 else { return }
        try session.execute(
            """
            INSERT INTO tree_head (id, size, frontier) VALUES (1, $1, $2)
            ON CONFLICT (id) DO UPDATE SET size = excluded.size, frontier = excluded.frontier
            """, [.int(frontier.size), .blob(frontier.bytes)])
    }
}
