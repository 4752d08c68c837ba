import EngineFixture
import Store
import StorePostgres
import Testing

/// Statements whose answers nobody waits for.
@Suite struct PipelineTests {
    private static let table = "CREATE TABLE thing (id BIGINT PRIMARY KEY, amount BIGINT NOT NULL CONSTRAINT solvent CHECK (amount >= 0))"
    private static let insertion = "INSERT INTO thing (id, amount) VALUES ($1, $2)"

    @Test(arguments: TestEngine.all) func answersKeepTheirOrder(engine: TestEngine) async throws {
        try await engine.withStore { store in
            try await store.write { try $0.execute(Self.table) }
            let counts = try await store.write { session in
                try (Int64(0)..<300).map { number in
                    try session.executeMany(Self.insertion, [[.int(number), .int(1)]])
                    if number % 7 == 0 { try session.executeMany("UPDATE thing SET amount = amount + 1 WHERE id = $1", [[.int(number)]]) }
                    return number % 3 == 0
                        ? try session.count("SELECT CAST(sum(amount) AS BIGINT) FROM thing WHERE id <= $1", [.int(number)]) : -1
                }
            }
            for (number, count) in counts.enumerated() where number % 3 == 0 { #expect(count == Int64(number + 1 + number / 7 + 1)) }
        }
    }

    /// The server answers while it is still being sent to.
    @Test(arguments: TestEngine.all) func moreIsSentThanASocketHolds(engine: TestEngine) async throws {
        try await engine.withStore { store in
            try await store.write { try $0.execute(Self.table) }
            try await store.write { session in
                try session.executeMany(Self.insertion, (0..<100).map { [.int($0), .int(0)] })
                let update = "UPDATE thing SET amount = amount + 1 WHERE id = $1 AND amount < $2"
                try session.executeMany(update, (Int64(0)..<20_000).map { [.int($0 % 100), .int(1_000)] })
            }
            #expect(try await store.read { try $0.count("SELECT CAST(sum(amount) AS BIGINT) FROM thing") } == 20_000)
        }
    }

    @Test(arguments: TestEngine.all) func whatFailsUnheardFailsTheAct(engine: TestEngine) async throws {
        try await engine.withStore { store in
            try await store.write { try $0.execute(Self.table) }
            for asks in [false, true] {
                await #expect(throws: StoreError.constraint("solvent")) {
                    try await store.write { session in
                        try session.executeMany(Self.insertion, [[.int(1), .int(1)]])
                        try session.executeMany(Self.insertion, [[.int(2), .int(-1)]])
                        try session.executeMany("UPDATE thing SET amount = 5 WHERE id = $1", [[.int(1)]])
                        // Only this hears of it, where it is asked at all.
                        if asks { _ = try session.count("SELECT count(*) FROM thing") }
                    }
                }
                #expect(try await store.read { try $0.count("SELECT count(*) FROM thing") } == 0)
            }
        }
    }

    @Test(arguments: TestEngine.all) func whatWasPassedOverIsPreparedAgain(engine: TestEngine) async throws {
        try await engine.withPlace { place in
            let store = place.isFile ? try place.open() : try PostgresStore(url: place.address, writers: 1, readers: 1)
            try await store.write { try $0.execute(Self.table) }
            let update = "UPDATE thing SET amount = amount + $1"
            await #expect(throws: StoreError.constraint("solvent")) {
                try await store.write { session in
                    try session.executeMany(Self.insertion, [[.int(2), .int(-1)]])
                    try session.executeMany(update, [[.int(1)]])
                }
            }
            try await store.write { session in
                try session.executeMany(Self.insertion, [[.int(2), .int(1)]])
                try session.executeMany(update, [[.int(1)]])
            }
            #expect(try await store.read { try $0.count("SELECT amount FROM thing") } == 2)
            await store.close()
        }
    }

    @Test(arguments: TestEngine.all) func anActThatGivesUpLeavesNothingUnderWay(engine: TestEngine) async throws {
        struct Refused: Error {}
        try await engine.withPlace { place in
            let store = place.isFile ? try place.open() : try PostgresStore(url: place.address, writers: 1, readers: 1)
            try await store.write { try $0.execute(Self.table) }
            // SQLite hears of the second at once.
            for amount in engine.engine == .sqlite ? [1] : [1, -1] as [Int64] {
                await #expect(throws: Refused.self) {
                    try await store.write { session in
                        try session.executeMany(Self.insertion, [[.int(1), .int(amount)]])
                        throw Refused()
                    }
                }
                #expect(try await store.write { try $0.count("SELECT count(*) FROM thing") } == 0)
            }
            await store.close()
        }
    }
}

/// One statement for many rows.
@Suite struct ManyRowsTests {
    private static let table = """
        CREATE TABLE fact (
            id BIGINT NOT NULL, part TEXT NOT NULL, ratio DOUBLE PRECISION, body BYTEA, note TEXT, fixed BIGINT NOT NULL,
            PRIMARY KEY (id, part))
        """
    private static let insertion = "INSERT INTO fact (id, part, ratio, body, note, fixed) VALUES ($1, $2, $3, $4, $5, 7)"

    private static func rows(_ count: Int64) -> [[Value]] {
        (0..<count).map { number in
            let ratio: Value = number % 4 == 0 ? .null : .double(Double(number) / 3)
            let body: Value = number % 5 == 0 ? .null : .blob([UInt8](repeating: UInt8(number % 256), count: Int(number % 9)))
            return [.int(number - 5), .text("第\(number)，\"{,}\\"), ratio, body, .null]
        }
    }

    @Test(arguments: TestEngine.all, [3, 4, 31, 33, 2_345] as [Int64]) func comeBackAsTheyWere(engine: TestEngine, count: Int64)
        async throws
    {
        try await engine.withStore { store in
            try await store.write { session in
                try session.execute(Self.table)
                try session.executeMany(Self.insertion, Self.rows(count))
            }
            let found = try await store.read { session in
                try session.all("SELECT id, part, ratio, body, note, fixed FROM fact ORDER BY id") { row -> [Value] in
                    #expect(row.int(5) == 7)
                    let ratio: Value = row.isNull(2) ? .null : .double(row.double(2))
                    let body: Value = .blob(ifAny: row.blobIfAny(3))
                    return [.int(row.int(0)), .text(row.text(1)), ratio, body, .text(ifAny: row.textIfAny(4))]
                }
            }
            #expect(found == Self.rows(count))
        }
    }

    /// The second of two rows with one key finds the first.
    @Test(arguments: TestEngine.all) func aKeyMayComeTwice(engine: TestEngine) async throws {
        try await engine.withStore { store in
            try await store.write { try $0.execute(Self.table) }
            let insertion =
                Self.insertion + " ON CONFLICT (id, part) DO UPDATE SET ratio = fact.ratio + excluded.ratio, note = excluded.note"
            let rows: [[Value]] = (Int64(0)..<40).map { [.int($0 % 20), .text("x"), .double(1), .null, .text("n\($0)")] }
            for turn in 1...2 {
                // Once all different, so that they go in together.
                try await store.write { try $0.executeMany(insertion, turn == 1 ? rows : Array(rows[20...])) }
                let found = try await store.read { session in
                    try session.all("SELECT ratio, note FROM fact ORDER BY id") { ($0.double(0), $0.text(1)) }
                }
                #expect(found.map(\.0) == [Double](repeating: Double(turn + 1), count: 20))
                #expect(found.map(\.1) == (20..<40).map { "n\($0)" })
            }
        }
    }

    @Test(arguments: TestEngine.all) func whatIsOfAnotherTypeIsRefused(engine: TestEngine) async throws {
        try await engine.withStore { store in
            try await store.write { try $0.execute(Self.table) }
            let rows: [[Value]] = Self.rows(10).map { row in [.text("one")] + row[1...] }
            await #expect(throws: StoreError.self) { try await store.write { try $0.executeMany(Self.insertion, rows) } }
            let broken: [[Value]] = Self.rows(10).map { row in [row[0], .text("a\0b")] + row[2...] }
            let error = await #expect(throws: StoreError.self) { try await store.write { try $0.executeMany(Self.insertion, broken) } }
            guard case .unstorable = error else { return #expect(error == .unstorable("")) }
            #expect(try await store.read { try $0.count("SELECT count(*) FROM fact") } == 0)
        }
    }
}
