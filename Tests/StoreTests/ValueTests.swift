import EngineFixture
import Store
import Testing

/// What is written comes back as it was, on both engines.
@Suite struct ValueTests {
    static let table = "CREATE TABLE thing (id BIGINT PRIMARY KEY, ratio DOUBLE PRECISION, name TEXT, body BYTEA)"
    static let insert = "INSERT INTO thing (id, ratio, name, body) VALUES ($1, $2, $3, $4)"

    static let rows: [[Value]] = [
        [.int(0), .double(0), .text(""), .blob([])],
        [.int(.max), .double(.greatestFiniteMagnitude), .text("典章 📜 it's \"quoted\" $1 ?1 -- ;\n\u{1}"), .blob(Array(0...255))],
        [.int(.min), .double(-0.1), .text(String(repeating: "长", count: 100_000)), .blob([UInt8](repeating: 0, count: 1_000_000))],
        [.int(-1), .null, .null, .null],
        [.int(256), .double(.infinity), .null, .blob([0])],
    ]

    @Test(arguments: TestEngine.all) func comeBackAsTheyWere(engine: TestEngine) async throws {
        try await engine.withStore { store in
            let changed = try await store.write { session in
                try session.execute(Self.table)
                return try Self.rows.map { try session.execute(Self.insert, $0) }
            }
            #expect(changed == [1, 1, 1, 1, 1])
            let found = try await store.read { session in try Self.everything(in: session) }
            #expect(Set(found) == Set(Self.rows))
        }
    }

    @Test(arguments: TestEngine.all) func manyAtOnce(engine: TestEngine) async throws {
        let many: [[Value]] = (0..<1_001).map { number in
            [.int(number), number % 2 == 0 ? .null : .double(Double(number)), number % 3 == 0 ? .null : .text("n\(number)"), .null]
        }
        try await engine.withStore { store in
            try await store.write { session in
                try session.execute(Self.table)
                try session.executeMany(Self.insert, many)
            }
            #expect(try await store.read { try Self.everything(in: $0) } == many)
            await #expect(throws: StoreError.self) {
                try await store.write { try $0.executeMany(Self.insert, [[.int(5_000), .null, .null, .null], many[7], many[8]]) }
            }
            // One row of many that go in by one statement is there already.
            let next: [[Value]] = (990..<1_100).map { [.int($0), .null, .null, .null] }
            await #expect(throws: StoreError.self) { try await store.write { try $0.executeMany(Self.insert, next) } }
            #expect(try await store.read { try $0.count("SELECT count(*) FROM thing") } == 1_001)
            try await store.write { try $0.executeMany(Self.insert + " ON CONFLICT DO NOTHING", next) }
            #expect(try await store.read { try $0.count("SELECT count(*) FROM thing") } == 1_100)
        }
    }

    @Test(arguments: TestEngine.all) func streamIsLikeEach(engine: TestEngine) async throws {
        try await engine.withStore { store in
            try await store.write { session in
                try session.execute(Self.table)
                try session.executeMany(Self.insert, (1...2_500).map { [.int($0), .null, .text("x"), .null] })
            }
            let found = try await store.read { session in
                var found: [Int64] = []
                try session.stream("SELECT id FROM thing WHERE id > $1 AND name = $2 ORDER BY id", [.int(10), .text("x")]) { row in
                    found.append(row.int(0))
                    let all = row.int(0) == 11 ? try session.count("SELECT count(*) FROM thing") : 2_500
                    #expect(all == 2_500)
                }
                return found
            }
            #expect(found == Array(11...2_500))
        }
    }

    @Test(arguments: TestEngine.all) func aWalkAsksWhileItIsAnswered(engine: TestEngine) async throws {
        try await engine.withStore { store in
            try await store.write { session in
                try session.execute("CREATE TABLE unit (id BIGINT PRIMARY KEY, above BIGINT)")
                for id in Int64(2)...31 { try session.execute("INSERT INTO unit VALUES ($1, $2)", [.int(id), .int(id / 2)]) }
            }
            let visited = try await store.read { session in
                func below(_ id: Int64) throws -> Int {
                    var visited = 1
                    try session.each("SELECT id FROM unit WHERE above = $1", [.int(id)]) { visited += try below($0.int(0)) }
                    return visited
                }
                return try below(1)
            }
            #expect(visited == 31)
        }
    }

    @Test(arguments: TestEngine.all) func argumentsGoByNumber(engine: TestEngine) async throws {
        try await engine.withStore { store in
            let sql = "SELECT CAST($2 AS TEXT) || '$1' || CAST($1 AS TEXT) || CAST($2 AS TEXT) -- $9"
            let found = try await store.read { try $0.first(sql, [.text("a"), .text("b")]) { $0.text(0) } }
            #expect(found == "b$1ab")
        }
    }

    @Test(arguments: TestEngine.all) func nulIsRefused(engine: TestEngine) async throws {
        try await engine.withStore { store in
            try await store.write { try $0.execute(Self.table) }
            let error = await #expect(throws: StoreError.self) {
                try await store.write { try $0.execute(Self.insert, [.int(1), .null, .text("before\0after"), .null]) }
            }
            guard case .unstorable = error else { return #expect(error == .unstorable("")) }
            #expect(try await store.read { try $0.count("SELECT count(*) FROM thing") } == 0)
        }
    }

    @Test(arguments: TestEngine.all) func columnsKeepTheirType(engine: TestEngine) async throws {
        try await engine.withStore { store in
            try await store.write { try $0.execute(Self.table) }
            await #expect(throws: StoreError.self) {
                try await store.write { try $0.execute(Self.insert, [.text("one"), .null, .null, .null]) }
            }
            await #expect(throws: StoreError.self) {
                try await store.write { try $0.execute(Self.insert, [.int(1), .null, .null, .int(1)]) }
            }
        }
    }

    private static func everything(in session: any Session) throws -> [[Value]] {
        try session.all("SELECT id, ratio, name, body FROM thing ORDER BY id") { row in
            [
                .int(row.int(0)), row.isNull(1) ? .null : .double(row.double(1)), .text(ifAny: row.textIfAny(2)),
                .blob(ifAny: row.blobIfAny(3)),
            ]
        }
    }
}
