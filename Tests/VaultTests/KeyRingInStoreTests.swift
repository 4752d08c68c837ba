import EngineFixture
import Store
import Testing

@testable import Vault

@Suite struct KeyRingInStoreTests {
    private let context = KeyRing.context(document: 1, field: "phone")

    fileprivate func withVault(_ engine: TestEngine, _ body: (any Store, MasterKey, KeyRing) async throws -> Void) async throws {
        try await engine.withStore { store in
            try await store.migrate([Migration(name: "vault", sql: KeyRing.schema)], at: 0)
            let master = MasterKey.fleeting()
            try await body(store, master, try await KeyRing.open(store, master: master, at: 1))
        }
    }

    private func keys(in store: any Store) async throws -> Int64 {
        try await store.read { try $0.count("SELECT count(*) FROM data_key") }
    }

    @Test(arguments: TestEngine.all) func opensAgainWithTheSameKeys(engine: TestEngine) async throws {
        try await withVault(engine) { store, master, ring in
            let sealed = try ring.seal("13800138000", level: 2, context: context)
            let again = try await KeyRing.open(store, master: master, at: 2)
            #expect(try again.open(sealed, context: context) == "13800138000")
            #expect(again.blindIndex.blind("1", domain: "phone") == ring.blindIndex.blind("1", domain: "phone"))
            #expect(again.signingSecret == ring.signingSecret)
            #expect(Set(ring.signingSecret).count > 10)
            let count = try await keys(in: store)
            #expect(count == 6)
        }
    }

    @Test(arguments: TestEngine.all) func refusesAnotherMaster(engine: TestEngine) async throws {
        try await withVault(engine) { store, _, _ in
            await #expect(throws: VaultError.wrongMaster) { try await KeyRing.open(store, master: .fleeting(), at: 2) }
            let count = try await keys(in: store)
            #expect(count == 6)
        }
    }

    @Test(arguments: TestEngine.all) func serversThatStartAtOnceShareOneRing(engine: TestEngine) async throws {
        try await engine.withStore { store in
            try await store.migrate([Migration(name: "vault", sql: KeyRing.schema)], at: 0)
            let master = MasterKey.fleeting()
            let secrets = try await withThrowingTaskGroup(of: [UInt8].self) { group in
                for _ in 0..<8 { group.addTask { try await KeyRing.open(store, master: master, at: 1).signingSecret } }
                return try await group.reduce(into: Set<[UInt8]>()) { $0.insert($1) }
            }
            #expect(secrets.count == 1)
        }
    }

    /// Two servers hear of a key at different moments: the first must not seal with what the second cannot open.
    @Test(arguments: TestEngine.all) func aKeyMadeElsewhereOpensAtOnceAndSealsWhenAllKnowIt(engine: TestEngine) async throws {
        try await withVault(engine) { store, master, ring in
            let server = try await KeyRing.open(store, master: master, at: 100_000), old = try server.currentKey(level: 2)
            let id = try await ring.rotate(level: 2, in: store, at: 200_000)
            let sealed = try ring.seal("new", level: 2, context: context)
            #expect(throws: VaultError.keyUnknown(id: id)) { try server.open(sealed, context: context) }
            try await server.refresh(from: store)
            #expect(try server.open(sealed, context: context) == "new")
            #expect(try server.currentKey(level: 2) == old)
            // One that starts now waits too, and one that starts later does not.
            #expect(try await KeyRing.open(store, master: master, at: 201_000).currentKey(level: 2) == old)
            #expect(try await KeyRing.open(store, master: master, at: 300_000).currentKey(level: 2) == id)
            for _ in 0..<3 { try await server.refresh(from: store) }
            #expect(try server.currentKey(level: 2) == id)
            // After the keys went under another master the server goes on with those it knows.
            try await ring.rewrap(under: .fleeting(), in: store)
            try await server.refresh(from: store)
            #expect(try server.open(sealed, context: context) == "new")
        }
    }

    @Test(arguments: TestEngine.all) func textsAreSealedForTheirPlaceAndOldOnesReadOn(engine: TestEngine) async throws {
        try await withVault(engine) { _, _, ring in
            let sealed = try ring.sealText("电话回访", level: 1, context: context)
            #expect(KeyRing.isSealed(sealed) && !sealed.contains("电话") && sealed.unicodeScalars.dropFirst().allSatisfy(\.isASCII))
            #expect(try ring.openText(sealed, context: context) == "电话回访")
            #expect(throws: VaultError.valueDamaged) { try ring.openText(sealed, context: KeyRing.context(document: 2, field: "phone")) }
            #expect(try ring.openText("电话回访", context: context) == "电话回访")
            #expect(try ring.sealText("", level: 1, context: context) == "" && !KeyRing.isSealed(""))
            #expect(try KeyRing.keyID(ofText: sealed) == ring.currentKey(level: 1) && KeyRing.keyID(ofText: "x") == nil)
        }
    }

    @Test(arguments: TestEngine.all) func rotatesWhileOldValuesStillOpen(engine: TestEngine) async throws {
        try await withVault(engine) { store, master, ring in
            let before = try ring.seal("before", level: 2, context: context)
            let other = try await KeyRing.open(store, master: master, at: 2)
            let id = try await ring.rotate(level: 2, in: store, at: 3)
            let after = try ring.seal("after", level: 2, context: context)
            #expect(try KeyRing.keyID(of: after) == id)
            #expect(try KeyRing.keyID(of: before) != id)
            #expect(try ring.open(before, context: context) == "before")
            #expect(try ring.open(after, context: context) == "after")

            // Another server learns of the key when it needs it.
            #expect(throws: VaultError.keyUnknown(id: id)) { try other.open(after, context: context) }
            try await other.reload(from: store)
            #expect(try other.open(after, context: context) == "after")
        }
    }

    @Test(arguments: TestEngine.all) func destroysWhatAKeySealedAndNothingElse(engine: TestEngine) async throws {
        try await withVault(engine) { store, master, ring in
            let doomed = try ring.seal("doomed", level: 3, context: context)
            let spared = try ring.seal("spared", level: 2, context: context)
            let id = try KeyRing.keyID(of: doomed)
            let wrapped = try await store.read {
                try $0.first("SELECT wrapped FROM data_key WHERE id = $1", [.int(Int64(id))]) { $0.blob(0) }
            }
            try await ring.destroy(id, in: store, at: 5)
            for ring in [ring, try await KeyRing.open(store, master: master, at: 6)] {
                #expect(throws: VaultError.destroyed(id: id)) { try ring.open(doomed, context: context) }
                #expect(try ring.open(spared, context: context) == "spared")
                let fresh = try ring.seal("fresh", level: 3, context: context)
                #expect(try KeyRing.keyID(of: fresh) != id)
                #expect(try ring.open(fresh, context: context) == "fresh")
            }
            let left = try await store.read {
                try $0.first("SELECT wrapped, destroyed FROM data_key WHERE id = $1", [.int(Int64(id))]) { ($0.blob(0), $0.int(1)) }
            }
            #expect(left?.0 != wrapped)
            #expect(left?.0.allSatisfy { $0 == 0 } == true)
            #expect(left?.1 == 5)
        }
    }

    @Test(arguments: TestEngine.all) func keepsTheKeysOfTheIndexAndTheSignature(engine: TestEngine) async throws {
        try await withVault(engine) { store, master, ring in
            let permanent = try await store.read { session in
                try session.all("SELECT id FROM data_key WHERE purpose <> 'level' ORDER BY id") { UInt32($0.int(0)) }
            }
            #expect(permanent.count == 2)
            for id in permanent {
                await #expect(throws: VaultError.keyPermanent(id: id)) { try await ring.destroy(id, in: store, at: 2) }
            }
            await #expect(throws: VaultError.keyUnknown(id: 99)) { try await ring.destroy(99, in: store, at: 2) }
            // A lost blind key must not be replaced in silence: every search would come back empty.
            _ = try await store.write { try $0.execute("DELETE FROM data_key WHERE purpose = 'blind'") }
            await #expect(throws: VaultError.keysMissing) { try await KeyRing.open(store, master: master, at: 2) }
        }
    }

    @Test(arguments: TestEngine.all) func seesAKeyThatWasMoved(engine: TestEngine) async throws {
        try await withVault(engine) { store, master, ring in
            let id = try ring.currentKey(level: 0)
            _ = try await store.write { session in
                let other = try session.first("SELECT wrapped FROM data_key WHERE level = 3") { $0.blob(0) } ?? []
                return try session.execute("UPDATE data_key SET wrapped = $1 WHERE id = $2", [.blob(other), .int(Int64(id))])
            }
            await #expect(throws: VaultError.keyDamaged(id: id)) { try await KeyRing.open(store, master: master, at: 2) }
        }
    }

    @Test(arguments: TestEngine.all) func wrapsEverythingAnewUnderANewMaster(engine: TestEngine) async throws {
        try await withVault(engine) { store, old, ring in
            let sealed = try ring.seal("13800138000", level: 1, context: context)
            try await ring.destroy(try ring.currentKey(level: 0), in: store, at: 2)
            let new = MasterKey.fleeting()
            let addresses = ring.publicIDKey
            try await ring.rewrap(under: new, in: store)
            #expect(ring.publicIDKey == addresses, "addresses hold")
            #expect(try ring.open(sealed, context: context) == "13800138000")
            #expect(try await KeyRing.open(store, master: new, at: 3).open(sealed, context: context) == "13800138000")
            await #expect(throws: VaultError.wrongMaster) { try await KeyRing.open(store, master: old, at: 3) }
        }
    }
}

extension KeyRingInStoreTests {
    /// A database of an earlier program has it too: it is drawn from what is there.
    @Test(arguments: TestEngine.all) func theLedgersKeyIsDrawnFromTheSigningSecret(engine: TestEngine) async throws {
        try await withVault(engine) { store, master, ring in
            let again = try await KeyRing.open(store, master: master, at: 2)
            #expect(again.entryKey == ring.entryKey && ring.entryKey.count == 32)
            #expect(ring.entryKey != ring.signingSecret)
            #expect(again.publicIDKey == ring.publicIDKey && ring.publicIDKey.count == 32)
            #expect(![ring.entryKey, ring.signingSecret].contains(ring.publicIDKey))
            #expect(ring.entryKey != (try KeyRing.fleeting()).entryKey)
        }
    }
}
