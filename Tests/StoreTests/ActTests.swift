import EngineFixture
import Store
import Synchronization
import Testing

private struct Refused: Error {}

private final class Done: Sendable { let numbers = Mutex<[Int64]>([]) }

/// Acts that run at once, and acts that fail.
@Suite struct ActTests {
    static let accounts = "CREATE TABLE account (name TEXT PRIMARY KEY, amount BIGINT NOT NULL CONSTRAINT solvent CHECK (amount >= 0))"

    @Test(arguments: TestEngine.all) func twoHundredAtOnceLoseNothing(engine: TestEngine) async throws {
        try await engine.withStore { store in
            try await store.write { session in
                try session.execute(Self.accounts)
                try session.execute("INSERT INTO account VALUES ('a', 0)")
            }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<200 {
                    group.addTask {
                        try await store.write { session in
                            let amount = try session.count("SELECT amount FROM account WHERE name = 'a'")
                            try session.execute("UPDATE account SET amount = $1 WHERE name = 'a'", [.int(amount + 1)])
                        }
                    }
                }
                try await group.waitForAll()
            }
            #expect(try await store.read { try $0.count("SELECT amount FROM account") } == 200)
        }
    }

    @Test(arguments: TestEngine.all) func aFailingActLeavesTheOthersAlone(engine: TestEngine) async throws {
        try await engine.withStore { store in
            try await store.write { try $0.execute(Self.accounts) }
            let kept = await withTaskGroup(of: Int64?.self) { group in
                for number in Int64(0)..<300 {
                    group.addTask {
                        let act: Void? = try? await store.write { session in
                            try session.execute("INSERT INTO account VALUES ($1, $2)", [.text("n\(number)"), .int(number)])
                            if number % 3 == 0 { throw Refused() }
                            if number % 3 == 1 { try session.execute("UPDATE account SET amount = -1 WHERE amount = $1", [.int(number)]) }
                        }
                        return act == nil ? nil : number
                    }
                }
                return await group.reduce(into: Set<Int64>()) { kept, number in if let number { kept.insert(number) } }
            }
            #expect(kept == Set((0..<300).filter { $0 % 3 == 2 }))
            let found = try await store.read { try $0.all("SELECT amount FROM account") { $0.int(0) } }
            #expect(Set(found) == kept && found.count == kept.count)
        }
    }

    /// Of acts that share a commit, those that fail take their part with them.
    @Test(arguments: TestEngine.all) func whatFollowsACommitFollowsNothingElse(engine: TestEngine) async throws {
        try await engine.withStore { store in
            try await store.write { try $0.execute(Self.accounts) }
            let done = Done()
            await withTaskGroup(of: Void.self) { group in
                for number in Int64(0)..<200 {
                    group.addTask {
                        try? await store.write { session in
                            session.afterCommit.append { done.numbers.withLock { $0.append(number) } }
                            try session.execute("INSERT INTO account VALUES ($1, $2)", [.text("n\(number)"), .int(number)])
                            if number % 3 == 0 { throw Refused() }
                            if number % 3 == 1 { try session.execute("UPDATE account SET amount = -1 WHERE amount = $1", [.int(number)]) }
                        }
                        // Before the answer.
                        #expect(done.numbers.withLock { $0.contains(number) } == (number % 3 == 2))
                    }
                }
            }
            #expect(done.numbers.withLock { $0.sorted() } == (0..<200).filter { $0 % 3 == 2 })
        }
    }

    @Test(arguments: TestEngine.all) func whatAnActHasLearntEndsWithItsTransaction(engine: TestEngine) async throws {
        try await engine.withStore { store in
            for fails in [false, true] {
                try? await store.write { session in
                    session.known["amount"] = 1
                    if fails { throw Refused() }
                }
                for _ in 0..<8 {
                    let found = try await store.write { $0.known["amount"] }
                    #expect(found == nil)
                }
            }
        }
    }

    @Test(arguments: TestEngine.all) func theClosuresOwnErrorComesBack(engine: TestEngine) async throws {
        try await engine.withStore { store in
            try await store.write { try $0.execute(Self.accounts) }
            await #expect(throws: Refused.self) { try await store.write { _ in throw Refused() } }
            await #expect(throws: Refused.self) { try await store.read { _ in throw Refused() } }
        }
    }

    @Test(arguments: TestEngine.all) func aCaughtFailureStillFailsTheAct(engine: TestEngine) async throws {
        try await engine.withStore { store in
            try await store.write { try $0.execute(Self.accounts) }
            await #expect(throws: StoreError.constraint("solvent")) {
                try await store.write { session in
                    try session.execute("INSERT INTO account VALUES ('a', 1)")
                    _ = try? session.execute("INSERT INTO account VALUES ('b', -1)")
                }
            }
            #expect(try await store.read { try $0.count("SELECT count(*) FROM account") } == 0)
        }
    }

    @Test(arguments: TestEngine.all) func constraintsAreNamed(engine: TestEngine) async throws {
        try await engine.withStore { store in
            try await store.write { session in
                try session.execute(Self.accounts)
                try session.execute(
                    """
                    CREATE TABLE entry (
                        account TEXT NOT NULL REFERENCES account (name) DEFERRABLE INITIALLY DEFERRED, label TEXT UNIQUE)
                    """)
                try session.execute("INSERT INTO account VALUES ('a', 1)")
                try session.execute("INSERT INTO entry VALUES ('a', 'x')")
            }
            #expect(await Self.failure(store, "INSERT INTO account VALUES ('b', -1)") == .constraint("solvent"))
            #expect(await Self.failure(store, "INSERT INTO entry VALUES (NULL, 'y')") == .constraint("entry.account"))
            let unique = engine.engine == .sqlite ? "entry.label" : "entry_label_key"
            #expect(await Self.failure(store, "INSERT INTO entry VALUES ('a', 'x')") == .constraint(unique))
            let foreign = engine.engine == .sqlite ? "FOREIGN KEY" : "entry_account_fkey"
            #expect(await Self.failure(store, "INSERT INTO entry VALUES ('nobody', 'z')") == .constraint(foreign))
            // Deferred: the account may come after its entry.
            try await store.write { session in
                try session.execute("INSERT INTO entry VALUES ('late', 'late')")
                try session.execute("INSERT INTO account VALUES ('late', 1)")
            }
        }
    }

    @Test(arguments: TestEngine.all) func anOpenForeignKeyFailsOnlyItsAct(engine: TestEngine) async throws {
        try await engine.withStore { store in
            try await store.write { session in
                try session.execute(
                    "CREATE TABLE unit (id BIGINT PRIMARY KEY, above BIGINT REFERENCES unit (id) DEFERRABLE INITIALLY DEFERRED)")
            }
            await withTaskGroup(of: Void.self) { group in
                for id in Int64(1)...100 {
                    group.addTask {
                        let above = id % 10 == 0 ? 1_000 : id
                        let act = try? await store.write { try $0.execute("INSERT INTO unit VALUES ($1, $2)", [.int(id), .int(above)]) }
                        #expect((act == nil) == (id % 10 == 0))
                    }
                }
            }
            #expect(try await store.read { try $0.count("SELECT count(*) FROM unit") } == 90)
        }
    }

    @Test(arguments: TestEngine.all) func aReaderCannotWriteAndSeesOneMoment(engine: TestEngine) async throws {
        try await engine.withStore { store in
            try await store.write { try $0.execute(Self.accounts) }
            await #expect(throws: StoreError.self) {
                _ = try await store.read { try $0.execute("INSERT INTO account VALUES ('a', 1)") }
            }
            let writing = Task {
                for number in 0..<200 {
                    _ = try await store.write { try $0.execute("INSERT INTO account VALUES ($1, 1)", [.text("\(number)")]) }
                }
            }
            for _ in 0..<20 {
                let (before, after) = try await store.read { session in
                    let before = try session.count("SELECT count(*) FROM account")
                    for _ in 0..<50 { _ = try session.count("SELECT count(*) FROM account WHERE amount = 2") }
                    return (before, try session.count("SELECT count(*) FROM account"))
                }
                #expect(before == after)
            }
            try await writing.value
        }
    }

    @Test(arguments: TestEngine.all) func mistakesAreBroken(engine: TestEngine) async throws {
        try await engine.withStore { store in
            for sql in ["SELEC 1", "SELECT 1; SELECT 2", "SELECT nothing FROM nowhere", ""] {
                guard case .broken = await Self.failure(store, sql) else {
                    Issue.record("\(sql) did not fail as broken")
                    continue
                }
            }
        }
    }

    private static func failure(_ store: any Store, _ sql: String) async -> StoreError? {
        do {
            try await store.write { try $0.execute(sql) }
            return nil
        } catch { return error as? StoreError }
    }
}
