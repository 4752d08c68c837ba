import EngineFixture
import Store
import Testing

@testable import Vault

/// What the master key says of the ledger.
@Suite struct LedgerMarkTests {
    private static func with(_ engine: TestEngine, _ body: (any Store, MasterKey) async throws -> Void) async throws {
        try await engine.withStore { store in
            try await store.migrate([Migration(name: "vault", sql: KeyRing.schema)], at: 0)
            try await body(store, .fleeting())
        }
    }

    @Test func comesBackFromItsBytes() {
        let mark = LedgerMark.new(at: 1_700_000_000_000)
        #expect(LedgerMark(mark.bytes[...]) == mark)
        #expect(LedgerMark([]) == .earlier && LedgerMark.earlier.bytes == [])
        #expect(LedgerMark(mark.bytes[..<8]) == nil)
    }

    @Test(arguments: TestEngine.all) func everyNewHouseHasANameOfItsOwn(engine: TestEngine) async throws {
        var names: Set<String> = []
        for _ in 0..<2 {
            try await Self.with(engine) { store, master in
                let ring = try await KeyRing.open(store, master: master, at: 7)
                #expect(ring.ledgerMark.keyedSince == 7)
                #expect(try await KeyRing.open(store, master: master, at: 9).ledgerMark == ring.ledgerMark)
                let other = MasterKey.fleeting()
                try await ring.rewrap(under: other, in: store)
                #expect(try await KeyRing.read(store, master: other).ledgerMark == ring.ledgerMark)
                names.insert(ring.ledgerMark.origin)
            }
        }
        #expect(names.count == 2 && names.allSatisfy { $0.wholeMatch(of: /dianzhang\.internal\/[a-z2-9]{16}/) != nil })
    }

    /// A house of before keeps its name, by which witnesses know it, and its secret.
    @Test(arguments: TestEngine.all) func anEarlierHouseKeepsItsName(engine: TestEngine) async throws {
        try await Self.with(engine) { store, master in
            let first = try await KeyRing.open(store, master: master, at: 7)
            let row = try #require(try await store.read { try DataKey.Row.all(in: $0) }.first { $0.purpose == .signing })
            let bare = try master.wrap(first.signingSecret, label: row.label)
            try await store.write { session in
                try session.execute("UPDATE data_key SET wrapped = $1 WHERE purpose = 'signing'", [.blob(bare)])
            }
            let ring = try await KeyRing.open(store, master: master, at: 8)
            #expect(ring.ledgerMark == .earlier && ring.signingSecret == first.signingSecret)
            for moment in [9, 10] as [Int64] { try await store.write { try ring.vouch(keyedSince: moment, in: $0) } }
            try await ring.reload(from: store)
            #expect(ring.ledgerMark == LedgerMark(origin: "dianzhang", keyedSince: 9) && ring.entryKey == first.entryKey)
        }
    }

    @Test(arguments: TestEngine.all) func nobodyElseMakesAMark(engine: TestEngine) async throws {
        try await Self.with(engine) { store, master in
            _ = try await KeyRing.open(store, master: master, at: 7)
            try await store.write { session in
                try session.execute("UPDATE data_key SET wrapped = substr(wrapped, 1, 60) WHERE purpose = 'signing'")
            }
            await #expect(throws: VaultError.keyDamaged(id: 6)) { try await KeyRing.open(store, master: master, at: 8) }
        }
    }
}
