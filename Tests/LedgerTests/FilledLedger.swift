import EngineFixture
import Store

@testable import Ledger

/// A ledger with entries in it, for tests.
struct FilledLedger {
    let store: any Store
    let signer: Signer

    static func with(_ engine: TestEngine, _ body: (FilledLedger) async throws -> Void) async throws {
        try await engine.withStore { store in
            try await store.migrate([Migration(name: "ledger", sql: Ledger.schema)], at: 0)
            try await body(FilledLedger(store: store, signer: try Signer(name: "test.example/log", secret: Array(1...32))))
        }
    }

    /// One act on each of ten documents in turn; ids and moments grow by one from 1.
    static func entry(_ id: Int64) -> Entry {
        Entry(
            id: id, at: id, kind: .act, document: id % 10 + 1, documentType: "loan", version: id / 10 + 1, person: id % 7, step: "lend",
            articles: ["5.19"], from: "asked", to: "lent", digest: digest(id))
    }

    static func digest(_ number: Int64) -> [UInt8] { (0..<32).map { UInt8(truncatingIfNeeded: number &* 31 &+ $0) } }

    func append(_ ids: ClosedRange<Int64>) async throws {
        try await store.write { session in
            for id in ids { try Ledger.append(FilledLedger.entry(id), in: session) }
        }
    }

    @discardableResult
    func sequence(limit: Int = 10_000) async throws -> Int {
        try await store.write { try Ledger.sequence(in: $0, limit: limit) }
    }

    @discardableResult
    func checkpoint(at: Int64 = 1) async throws -> CheckpointNote? {
        try await store.write { [signer] in try Ledger.checkpoint(in: $0, signer: signer, at: at) }
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

    func verify(kept: [CheckpointNote] = [], placedBefore: Int64 = 0) async throws -> VerificationReport {
        let expectation = Ledger.Expectation(key: signer.verifierKey, kept: kept, placedBefore: placedBefore)
        return try await store.read { try Ledger.verify(in: $0, expecting: expectation) }
    }

    func positions() async throws -> [Int64] {
        try await store.read { try $0.all("SELECT entry FROM leaf ORDER BY position") { $0.int(0) } }
    }
}
