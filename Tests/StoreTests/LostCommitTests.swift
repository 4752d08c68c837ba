import EngineFixture
import Foundation
import Store
import StorePostgres
import Testing

/// A connection that is lost at a COMMIT.
@Suite(.enabled(if: TestEngine.hasPostgres, "DIANZHANG_TEST_POSTGRES is not set: run bin/postgres run swift test"))
struct LostCommitTests {
    @Test(arguments: LosingProxy.Loss.allCases) func whatNobodyKnowsIsSaidToBeUnknown(loss: LosingProxy.Loss) async throws {
        try await TestEngine.postgres.withPlace { place in
            let proxy = try LosingProxy(to: place)
            defer { proxy.close() }
            let store = try PostgresStore(url: proxy.address, writers: 1, readers: 1)
            try await store.write { try $0.execute("CREATE TABLE thing (id BIGINT PRIMARY KEY)") }
            proxy.lose(loss)
            let error = await #expect(throws: StoreError.self) { try await store.write { try $0.execute("INSERT INTO thing VALUES (1)") } }
            guard case .unknown? = error else {
                Issue.record("\(String(describing: error))")
                return
            }
            let count = try await store.read { try $0.count("SELECT count(*) FROM thing") }
            #expect(count == (loss == .answer ? 1 : 0))
            await store.close()
        }
    }

    /// What was read is read; whoever comes next gets another connection.
    @Test func aReadThatIsLostAtItsEndStands() async throws {
        try await TestEngine.postgres.withPlace { place in
            let proxy = try LosingProxy(to: place)
            defer { proxy.close() }
            let store = try PostgresStore(url: proxy.address, writers: 1, readers: 1)
            let ask: @Sendable (any Session) throws -> [Int64] = { session in
                try session.first("SELECT CAST(7 AS BIGINT), pg_backend_pid()") { [$0.int(0), $0.int(1)] } ?? []
            }
            proxy.lose(.answer)
            let (first, second) = (try await store.read(ask), try await store.read(ask))
            #expect(first.first == 7 && second.first == 7 && first.last != second.last)
            #expect(proxy.hasLostAll)
            await store.close()
        }
    }
}
