import EngineFixture
import Store
import Testing

/// Migrations land once, in order, unchanged.
@Suite struct MigrationTests {
    static let first = Migration(
        name: "0001 person",
        sql: """
            -- People; one a row.
            CREATE TABLE person (
                id BIGINT PRIMARY KEY,  -- made by the program
                name TEXT NOT NULL DEFAULT 'a;b'
            );

            CREATE UNIQUE INDEX person_name ON person (name);
            -- The first of them;
            INSERT INTO person VALUES (1, 'x;y');
            """)
    static let second = Migration(name: "0002 post", sql: "ALTER TABLE person ADD COLUMN post BYTEA;\nUPDATE person SET post = NULL")

    @Test func textIsSplitAtTheEndOfLines() {
        #expect(Self.first.statements.count == 3)
        #expect(Self.first.statements.last == "INSERT INTO person VALUES (1, 'x;y')")
        #expect(Self.second.statements == ["ALTER TABLE person ADD COLUMN post BYTEA", "UPDATE person SET post = NULL"])
    }

    @Test func digestIsSHA256() {
        let hex = Migration(name: "", sql: "abc").digest.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
        #expect(hex == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    }

    @Test(arguments: TestEngine.all) func landOnceAndInOrder(engine: TestEngine) async throws {
        try await engine.withStore { store in
            try await store.migrate([Self.first], at: 1_000)
            try await store.migrate([Self.first, Self.second], at: 2_000)
            try await store.migrate([Self.first, Self.second], at: 3_000)
            let landed = try await store.read { try $0.all("SELECT at FROM migration ORDER BY position") { $0.int(0) } }
            #expect(landed == [1_000, 2_000])
            #expect(try await store.read { try $0.count("SELECT count(*) FROM person WHERE post IS NULL") } == 1)
        }
    }

    @Test(arguments: TestEngine.all) func anAlteredOrNewerDatabaseIsRefused(engine: TestEngine) async throws {
        try await engine.withStore { store in
            try await store.migrate([Self.first, Self.second], at: 1)
            await #expect(throws: StoreError.newer(found: 2, known: 1)) { try await store.migrate([Self.first], at: 2) }
            let edited = Migration(name: Self.first.name, sql: Self.first.sql + "\n")
            await #expect(throws: StoreError.altered(migration: "0001 person")) {
                try await store.migrate([edited, Self.second, Migration(name: "0003", sql: "CREATE TABLE third (id BIGINT)")], at: 2)
            }
            await #expect(throws: StoreError.self) { try await store.read { try $0.count("SELECT count(*) FROM third") } }
        }
    }

    @Test(arguments: TestEngine.all) func aFailingOneLeavesNothing(engine: TestEngine) async throws {
        try await engine.withStore { store in
            let failing = Migration(name: "0002", sql: "CREATE TABLE half (id BIGINT);\nINSERT INTO nowhere VALUES (1);")
            await #expect(throws: StoreError.self) { try await store.migrate([Self.first, failing], at: 1) }
            #expect(try await store.read { try $0.count("SELECT count(*) FROM migration") } == 1)
            await #expect(throws: StoreError.self) { try await store.read { try $0.count("SELECT count(*) FROM half") } }
            try await store.migrate([Self.first, Self.second], at: 2)
        }
    }

    @Test(arguments: TestEngine.all) func serversThatStartAtOnceWait(engine: TestEngine) async throws {
        try await engine.withPlace { place in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for server in Int64(0)..<5 {
                    group.addTask {
                        let store = try place.open()
                        try await store.migrate([Self.first, Self.second], at: server)
                        await store.close()
                    }
                }
                try await group.waitForAll()
            }
        }
    }
}
