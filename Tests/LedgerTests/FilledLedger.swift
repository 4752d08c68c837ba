import EngineFixture
import Store

@testable import Ledger

/// A ledger with entries in it, for tests.
struct FilledLedger {
    let store: any Store
    let signer: Signer
    let key = FilledLedger.key
    let writer = EntryWriter(FilledLedger.key)

    static let key = EntryKey(secret: Array(33...64))
    static let migrations = [Migration(name: "ledger", sql: Ledger.schema), Migration(name: "keyed", sql: Ledger.keyedSchema)]

    /// - Parameter before: what an earlier program does with the database.
    static func with(
        _ engine: TestEngine, before: (FilledLedger) async throws -> Void = { _ in }, _ body: (FilledLedger) async throws -> Void
    ) async throws {
        try await engine.withStore { store in
            let ledger = FilledLedger(store: store, signer: try Signer(name: "test.example/log", secret: Array(1...32)))
            try await store.migrate([migrations[0]], at: 0)
            try await before(ledger)
            try await store.migrate(migrations, at: 0)
            try await ledger.begin()
            try await body(ledger)
        }
    }

    func begin() async throws { try await store.write { try Ledger.begin(in: $0, key: key, at: 0) } }

    /// One act on each of ten documents in turn; ids and moments grow by one from 1.
    static func entry(_ id: Int64) -> Entry {
        Entry(
            id: id, at: id, kind: .act, document: id % 10 + 1, documentType: "loan", version: id / 10 + 1, person: id % 7, step: "lend",
            articles: ["5.19"], from: "asked", to: "lent", digest: digest(id))
    }

    static func digest(_ number: Int64) -> [UInt8] { (0..<32).map { UInt8(truncatingIfNeeded: number &* 31 &+ $0) } }

    func append(_ ids: ClosedRange<Int64>) async throws {
        try await store.write { session in
            for id in ids { try Ledger.append(FilledLedger.entry(id), in: session, by: writer) }
        }
    }

    @discardableResult
    func sequence(limit: Int = 10_000) async throws -> Int {
        try await store.write { try Ledger.sequence(in: $0, key: key, limit: limit).placed }
    }

    @discardableResult
    func checkpoint(at: Int64 = 1) async throws -> CheckpointNote? {
        try await store.write { [signer] in try Ledger.checkpoint(in: $0, signer: signer, key: key, at: at) }
    }

    /// Appends, sequences and signs.
    @discardableResult
    func grow(_ ids: ClosedRange<Int64>) async throws -> CheckpointNote? {
        try await append(ids)
        try await sequence(limit: ids.count)
        return try await checkpoint()
    }

    func execute(_ sql: String, _ arguments: [Value] = []) async throws {
        let changed = try await store.write { try $0.execute(sql, arguments) }
        // A tampering that touches nothing would prove nothing.
        guard changed > 0 else { throw StoreError.broken("nothing changed by \(sql)") }
    }

    func verify(kept: [CheckpointNote] = [], placedBefore: Int64 = 0, signedBefore: Int64 = .min) async throws -> VerificationReport {
        let expectation = Ledger.Expectation(
            key: signer.verifierKey, entryKey: key, kept: kept, placedBefore: placedBefore, signedBefore: signedBefore)
        return try await store.read { try Ledger.verify(in: $0, expecting: expectation) }
    }

    func positions() async throws -> [Int64] {
        try await store.read { try $0.all("SELECT entry FROM leaf ORDER BY position") { $0.int(0) } }
    }
}

/// What the owner of the database can do: any row, any hash that needs no key.
extension FilledLedger {
    struct Line {
        var id: Int64
        var body: [UInt8]
    }

    /// The entries in the order of their places.
    func lines() async throws -> [Line] {
        try await store.read { session in
            try session.all("SELECT e.id, e.body FROM leaf l JOIN entry e ON e.id = l.entry ORDER BY l.position") {
                Line(id: $0.int(0), body: $0.blob(1))
            }
        }
    }

    /// Writes another history, with every leaf, subtree and head computed anew. Seals stay where they are: nobody without the key has
    /// better ones.
    func rewrite(_ lines: [Line]) async throws {
        try await store.write { session in
            var seals: [Int64: Value] = [:], subtreeSeals: [Int64: Value] = [:]
            try session.each("SELECT position, seal FROM leaf", []) { seals[$0.int(0)] = .blob(ifAny: $0.blobIfAny(1)) }
            try session.each("SELECT position, seal FROM subtree", []) { subtreeSeals[$0.int(0)] = .blob(ifAny: $0.blobIfAny(1)) }
            for table in ["entry", "leaf", "subtree"] { try session.execute("DELETE FROM \(table)") }
            let hasher = TreeHasher()
            var tree = Frontier()
            for (position, line) in lines.enumerated() {
                let entry = try Entry(body: line.body), hash = hasher.leaf(line.body)
                try session.execute(Ledger.insertion, Ledger.row(entry, line.body))
                try session.execute(
                    "INSERT INTO leaf (position, entry, hash, seal) VALUES ($1, $2, $3, $4)",
                    [.int(Int64(position)), .int(line.id), .blob(hash.bytes), seals[Int64(position)] ?? .null])
                try tree.append(hash, hasher) { subtree in
                    try session.execute(
                        "INSERT INTO subtree (height, position, hash, seal) VALUES ($1, $2, $3, $4)",
                        [
                            .int(Int64(subtree.height)), .int(subtree.index), .blob(subtree.hash.bytes),
                            subtreeSeals[subtree.index] ?? .null,
                        ])
                }
            }
            try session.execute("UPDATE tree_head SET size = $1, frontier = $2", [.int(tree.size), .blob(tree.bytes)])
        }
    }

    /// Takes the end away, with every checkpoint that speaks of it.
    func cut(to size: Int64) async throws {
        try await rewrite(Array(lines().prefix(Int(size))))
        try await execute("DELETE FROM checkpoint WHERE size > $1", [.int(size)])
    }

    /// The head's row.
    func head() async throws -> [Value] {
        try await store.read { session in
            try session.first("SELECT id, size, frontier, checkpoints, seal FROM tree_head") {
                [.int($0.int(0)), .int($0.int(1)), .blob($0.blob(2)), .int($0.int(3)), .blob(ifAny: $0.blobIfAny(4))]
            } ?? []
        }
    }

    /// Puts an entry in among those that wait.
    func putIn(_ body: [UInt8], as id: Int64) async throws {
        let entry = try? Entry(body: body)
        try await execute(
            "INSERT INTO entry (id, at, document, person, body) VALUES ($1, $2, $3, $4, $5)",
            [.int(id), .int(entry?.at ?? id), .int(entry?.document ?? 0), .int(entry?.person ?? 0), .blob(body)])
        try await execute("INSERT INTO entry_pending (entry) VALUES ($1)", [.int(id)])
    }
}
