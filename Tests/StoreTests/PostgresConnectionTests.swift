import EngineFixture
import Foundation
import Store
import StorePostgres
import Testing

/// Connections that break, and conflicts between servers.
@Suite(.enabled(if: TestEngine.hasPostgres, "DIANZHANG_TEST_POSTGRES is not set: run bin/postgres run swift test"))
struct PostgresConnectionTests {
    @Test func aConnectionLostWhileIdleIsReplaced() async throws {
        try await TestEngine.postgres.withPlace { place in
            let store = try PostgresStore(url: place.address, writers: 1, readers: 1)
            let other = try place.open()
            for call in [Self.writingProcess, Self.readingProcess] {
                let process = try await call(store)
                try await other.write { try $0.execute("SELECT pg_terminate_backend($1::int)", [.text("\(process)")]) }
                #expect(try await call(store) != process)
            }
            await store.close()
            await other.close()
        }
    }

    @Test func anActWhoseConnectionIsLostRunsAgainOnce() async throws {
        try await TestEngine.postgres.withPlace { place in
            let store = try PostgresStore(url: place.address, writers: 1, readers: 1)
            try await store.write { try $0.execute("CREATE TABLE attempt (id BIGINT PRIMARY KEY)") }
            let runs = Counter()
            try await store.write { session in
                try session.execute("INSERT INTO attempt VALUES ($1)", [.int(runs.next())])
                if runs.value == 1 { try session.execute("SELECT pg_terminate_backend(pg_backend_pid())") }
            }
            #expect(runs.value == 2)
            #expect(try await store.read { try $0.all("SELECT id FROM attempt") { $0.int(0) } } == [2])
            let error = await #expect(throws: StoreError.self) {
                try await store.write { try $0.execute("SELECT pg_terminate_backend(pg_backend_pid())") }
            }
            guard case .gone = error else { return #expect(error == .gone("")) }
            #expect(try await store.write { try $0.count("SELECT count(*) FROM attempt") } == 1)
            await store.close()
        }
    }

    @Test func aConflictRunsAgain() async throws {
        try await TestEngine.postgres.withPlace { place in
            let (one, other) = (try place.open(), try place.open())
            try await one.write { session in
                try session.execute("CREATE TABLE duty (who BIGINT PRIMARY KEY, on_call BIGINT NOT NULL)")
                try session.execute("INSERT INTO duty VALUES (1, 1), (2, 1)")
            }
            // Write skew: each goes off call if another is on call; only SERIALIZABLE keeps one there.
            let runs = Counter()
            async let first: Void = one.write { try Self.goOffCall(1, in: $0, runs) }
            async let second: Void = other.write { try Self.goOffCall(2, in: $0, runs) }
            _ = try await (first, second)
            #expect(try await one.read { try $0.count("SELECT count(*) FROM duty WHERE on_call = 1") } == 1)
            #expect(runs.value >= 3)
            await one.close()
            await other.close()
        }
    }

    @Test func aChangedTableIsAskedAnew() async throws {
        try await TestEngine.postgres.withPlace { place in
            let (one, other) = (try PostgresStore(url: place.address, writers: 1, readers: 1), try place.open())
            try await one.write { session in
                try session.execute("CREATE TABLE thing (id BIGINT)")
                try session.execute("INSERT INTO thing VALUES (1)")
            }
            let ask: @Sendable (any Session) throws -> Int64? = { try $0.first("SELECT * FROM thing") { $0.int(0) } }
            #expect(try await one.read(ask) == 1)
            try await other.write { try $0.execute("ALTER TABLE thing ADD COLUMN name TEXT") }
            #expect(try await one.read(ask) == 1)
            await one.close()
            await other.close()
        }
    }

    @Test func aLeaseEndsWithItsConnection() async throws {
        try await TestEngine.postgres.withPlace { place in
            let store = try place.open()
            let taken = try await store.withLease("jobs") {
                try await store.write { session in
                    try session.execute(
                        """
                        SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'
                        AND ((classid::bigint << 32) | objid::bigint) = hashtextextended(current_schema() || '.jobs', 0)
                        """)
                }
                return try await store.withLease("jobs") { true }
            }
            #expect(taken == true)
            await store.close()
        }
    }

    @Test func noServerIsGone() async throws {
        let store = try PostgresStore(url: "postgres://nobody@127.0.0.1:1/nothing")
        let error = await #expect(throws: StoreError.self) { try await store.read { try $0.count("SELECT 1") } }
        guard case .gone = error else { return #expect(error == .gone("")) }
        await store.close()
        #expect(throws: StoreError.self) { try PostgresStore(url: "postgres://[") }
    }

    private static func goOffCall(_ who: Int64, in session: any Session, _ runs: Counter) throws {
        let onCall = try session.count("SELECT count(*) FROM duty WHERE on_call = 1")
        _ = runs.next()
        // Both have looked before either writes.
        for _ in 0..<1_000 where runs.value < 2 { Thread.sleep(forTimeInterval: 0.01) }
        if onCall > 1 { try session.execute("UPDATE duty SET on_call = 0 WHERE who = $1", [.int(who)]) }
    }

    private static func writingProcess(_ store: any Store) async throws -> Int64 { try await store.write(process) }
    private static func readingProcess(_ store: any Store) async throws -> Int64 { try await store.read(process) }
    @Sendable private static func process(_ session: any Session) throws -> Int64 { try session.count("SELECT pg_backend_pid()") }
}
