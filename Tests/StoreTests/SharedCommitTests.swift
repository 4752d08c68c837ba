import EngineFixture
import Foundation
import Store
import StorePostgres
import Synchronization
import Testing

private final class Done: Sendable { let numbers = Mutex<[Int64]>([]) }

/// Acts that wait share a transaction, and each is answered for itself.
@Suite(.enabled(if: TestEngine.hasPostgres, "DIANZHANG_TEST_POSTGRES is not set: run bin/postgres run swift test"))
struct SharedCommitTests {
    private struct Refused: Error {}

    /// What becomes of acts on a store with one writer, all of which wait while the first one is held up.
    private static func together(
        _ store: PostgresStore, _ count: Int64, alone: Int64? = nil, _ act: @escaping @Sendable (Int64, any Session) throws -> Void
    ) async -> [Int64: Result<Void, any Error>] {
        // Whoever runs alone has a line and a writer of its own.
        let first: Int64 = alone == 0 ? 1 : 0, behind = Int(count) - (alone == nil ? 1 : 2), runs = Counter()
        let (begun, begin) = AsyncStream<Void>.makeStream()
        @Sendable func one(_ number: Int64) async -> (Int64, Result<Void, any Error>) {
            do {
                try await store.write(alone: number == alone) { session in
                    if number == first, runs.next() == 1 {
                        begin.yield()
                        // Those behind stand in the line by then.
                        while store.actsWaiting < behind { Thread.sleep(forTimeInterval: 0.001) }
                    }
                    try act(number, session)
                }
                return (number, .success(()))
            } catch { return (number, .failure(error)) }
        }
        return await withTaskGroup(of: (Int64, Result<Void, any Error>).self) { group in
            group.addTask { await one(first) }
            for await _ in begun { break }
            for number in 0..<count where number != first { group.addTask { await one(number) } }
            var outcomes: [Int64: Result<Void, any Error>] = [:]
            for await (number, outcome) in group { outcomes[number] = outcome }
            return outcomes
        }
    }

    private static func insert(_ number: Int64, amount: Int64 = 1, _ session: any Session) throws {
        let transaction = "CAST(CAST(pg_current_xact_id() AS TEXT) AS BIGINT)"
        try session.executeMany(
            "INSERT INTO thing (id, amount, transaction) VALUES ($1, $2, \(transaction))", [[.int(number), .int(amount)]])
    }

    private static let table = """
        CREATE TABLE thing (
            id BIGINT PRIMARY KEY, amount BIGINT NOT NULL CONSTRAINT solvent CHECK (amount >= 0), transaction BIGINT NOT NULL)
        """

    private static func withStore(_ body: (PostgresStore, TestPlace, LosingProxy) async throws -> Void) async throws {
        try await TestEngine.postgres.withPlace { place in
            let proxy = try LosingProxy(to: place)
            defer { proxy.close() }
            let store = try PostgresStore(url: proxy.address, writers: 1, readers: 1, longestGroup: .seconds(30))
            try await store.write { try $0.execute(Self.table) }
            try await body(store, place, proxy)
            await store.close()
        }
    }

    private static func ids(_ store: any Store) async throws -> Set<Int64> { Set(try await transactions(store).keys) }

    /// In which transaction each row was written.
    private static func transactions(_ store: any Store) async throws -> [Int64: Int64] {
        let rows = try await store.read { try $0.all("SELECT id, transaction FROM thing") { ($0.int(0), $0.int(1)) } }
        return Dictionary(uniqueKeysWithValues: rows)
    }

    @Test func whoeverWaitsSharesATransaction() async throws {
        try await Self.withStore { store, _, _ in
            for outcome in await Self.together(store, 20, { try Self.insert($0, $1) }).values { try outcome.get() }
            let found = try await Self.transactions(store)
            #expect(Set(found.keys) == Set(0..<20) && Set(found.values).count == 1)
        }
    }

    @Test func anActAloneSharesNothing() async throws {
        try await Self.withStore { store, _, _ in
            for alone in [9, 100] as [Int64] {
                let first = alone == 100 ? alone : 0
                let outcomes = await Self.together(store, 20, alone: alone - first) { try Self.insert($0 + first, $1) }
                for outcome in outcomes.values { try outcome.get() }
                let found = try await Self.transactions(store)
                #expect(found.values.count { $0 == found[alone] } == 1)
                #expect(Set((first..<(first + 20)).map { found[$0] }).count <= 3)
            }
        }
    }

    @Test func whoeverGivesUpTakesOnlyTheOwnPart() async throws {
        try await Self.withStore { store, _, _ in
            let done = Done()
            let outcomes = await Self.together(store, 20) { number, session in
                session.afterCommit.append { done.numbers.withLock { $0.append(number) } }
                try Self.insert(number, session)
                if number % 4 == 3 { throw Refused() }
            }
            let kept = Set((Int64(0)..<20).filter { $0 % 4 != 3 })
            for (number, outcome) in outcomes {
                switch outcome {
                case .success: #expect(kept.contains(number))
                case .failure(let error): #expect(error is Refused && !kept.contains(number))
                }
            }
            let found = try await Self.transactions(store)
            #expect(Set(found.keys) == kept && Set(found.values).count == 1)
            #expect(done.numbers.withLock { $0.sorted() } == kept.sorted())
        }
    }

    @Test func whatWasLearntByWhoeverGivesUpIsForgotten() async throws {
        try await Self.withStore { store, _, _ in
            let learnt = Done()
            _ = await Self.together(store, 20) { number, session in
                if let before = session.known["giver"] { learnt.numbers.withLock { $0.append(before) } }
                session.known["giver"] = number % 4 == 3 ? 1 : 0
                if number % 4 == 3 { throw Refused() }
            }
            let numbers = learnt.numbers.withLock { $0 }
            #expect(!numbers.isEmpty && numbers.allSatisfy { $0 == 0 })
        }
    }

    /// It fails unheard, when others have gone on.
    @Test func aStatementThatFailsFailsItsActAlone() async throws {
        try await Self.withStore { store, _, _ in
            let outcomes = await Self.together(store, 20) { try Self.insert($0, amount: $0 == 13 ? -1 : 1, $1) }
            for (number, outcome) in outcomes where number != 13 { try outcome.get() }
            #expect(throws: StoreError.constraint("solvent")) { try outcomes[13]?.get() }
            #expect(try await Self.ids(store) == Set(0..<20).subtracting([13]))
        }
    }

    @Test func aConflictOfOneIsNobodysLoss() async throws {
        try await Self.withStore { store, place, _ in
            let other = try place.open()
            try await other.write { try $0.execute("CREATE TABLE sum (amount BIGINT NOT NULL)") }
            try await other.write { try $0.execute("INSERT INTO sum VALUES (0)") }
            let runs = Counter()
            let outcomes = await Self.together(store, 10) { number, session in
                let amount = try session.count("SELECT amount FROM sum")
                if number == 0, runs.next() == 1 {
                    // Another server is quicker.
                    let done = DispatchSemaphore(value: 0)
                    Task {
                        _ = try? await other.write { try $0.execute("UPDATE sum SET amount = amount + 100") }
                        done.signal()
                    }
                    done.wait()
                }
                try session.executeMany("UPDATE sum SET amount = $1", [[.int(amount + 1)]])
            }
            for outcome in outcomes.values { try outcome.get() }
            #expect(try await other.read { try $0.count("SELECT amount FROM sum") } == 110)
            await other.close()
        }
    }

    @Test(arguments: LosingProxy.Loss.allCases) func nobodyKnowsOfAnyWhereTheCommitIsLost(loss: LosingProxy.Loss) async throws {
        try await Self.withStore { store, _, proxy in
            proxy.lose(loss)
            let outcomes = await Self.together(store, 10) { try Self.insert($0, $1) }
            for outcome in outcomes.values {
                guard case .failure(StoreError.unknown) = outcome else {
                    Issue.record("\(outcome)")
                    continue
                }
            }
            let kept = loss == .answer ? Set<Int64>(0..<10) : []
            let found = try await Self.ids(store)
            #expect(found == kept)
        }
    }

    @Test func aConnectionThatIsLostBeforeTheCommitIsNobodysLoss() async throws {
        try await Self.withStore { store, place, _ in
            let runs = Counter()
            let outcomes = await Self.together(store, 10) { number, session in
                try Self.insert(number, session)
                if number == 5, runs.next() == 1 {
                    try session.execute("SELECT pg_terminate_backend(pg_backend_pid())")
                }
            }
            for outcome in outcomes.values { try outcome.get() }
            #expect(try await Self.ids(store) == Set(0..<10))
        }
    }
}
