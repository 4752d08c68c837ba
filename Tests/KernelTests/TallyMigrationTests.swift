import EngineFixture
import Kernel
import Store
import Testing

/// Counts of a database that knew no scopes.
@Suite struct TallyMigrationTests {
    @Test(arguments: TestEngine.all) func countsOfBeforeGoToTheOnlyUnitThatAdopted(engine: TestEngine) async throws {
        try await engine.withStore { store in
            let before = Array(Migration.kernel.prefix { $0.name <= "0003-foundation" })
            #expect(before.count == 3)
            try await store.migrate(before, at: 1)
            try await store.write { session in
                for unit in [1, 2] as [Int64] {
                    try session.execute(
                        "INSERT INTO unit (id, path, zh, en) VALUES ($1, $2, 'x', 'x')", [.int(unit), .text("/\(unit)/")])
                }
                let adopted: [(Int64, String, Int64)] = [(1, "alone", 1), (2, "alone", 1), (3, "shared", 1), (4, "shared", 2)]
                for (id, regulation, unit) in adopted {
                    try session.execute(
                        "INSERT INTO adoption (id, regulation, version, unit, from_day) VALUES ($1, $2, 1, $3, 1)",
                        [.int(id), .text(regulation), .int(unit)])
                }
                for regulation in ["alone", "shared", "nobody"] {
                    try session.execute(
                        "INSERT INTO tally (regulation, article, type, step, kind, day, count) VALUES ($1, '1', 't', 's', 'act', 5, 7)",
                        [.text(regulation)])
                }
            }
            try await store.migrate(Migration.kernel, at: 2)
            let kept = try await store.read { session in
                try session.all("SELECT regulation, scope, count FROM tally ORDER BY regulation") {
                    "\($0.text(0)) \($0.int(1)) \($0.int(2))"
                }
            }
            #expect(kept == ["alone 1 7", "nobody 0 7", "shared 0 7"])
        }
    }
}
