import EngineFixture
import Foundation
import Store
import StorePostgres
import Testing

/// The acts of several servers come one group after the other, so that none undoes another.
@Suite(.enabled(if: TestEngine.hasPostgres, "DIANZHANG_TEST_POSTGRES is not set: run bin/postgres run swift test"))
struct WritingTurnTests {
    private static let table = Migration(name: "thing", sql: "CREATE TABLE thing (id BIGINT PRIMARY KEY, before BIGINT NOT NULL);")

    private static func withTwo(_ body: (PostgresStore, PostgresStore, TestPlace) async throws -> Void) async throws {
        try await TestEngine.postgres.withPlace { place in
            let one = try PostgresStore(url: place.address, writers: 1, readers: 1)
            let other = try PostgresStore(url: place.address, writers: 1, readers: 1)
            try await one.migrate([table], at: 1)
            try await body(one, other, place)
            await one.close()
            await other.close()
        }
    }

    /// Reads all that the others wrote, and adds to it: two at once cannot both be had.
    private static func add(_ id: Int64, _ session: any Session) throws {
        let before = try session.count("SELECT count(*) FROM thing")
        try session.execute("INSERT INTO thing VALUES ($1, $2)", [.int(id), .int(before)])
    }

    @Test func twoServersUndoNothing() async throws {
        try await Self.withTwo { one, other, _ in
            let runs = Counter()
            try await withThrowingTaskGroup { group in
                for number in 0..<60 as Range<Int64> {
                    group.addTask {
                        try await (number % 2 == 0 ? one : other).write { session in
                            runs.next()
                            try Self.add(number, session)
                        }
                    }
                }
                try await group.waitForAll()
            }
            #expect(runs.value == 60)
            let seen = try await one.read { try $0.all("SELECT before FROM thing ORDER BY before") { $0.int(0) } }
            #expect(seen == Array(0..<60))
        }
    }

    @Test func aServerThatStandsStillHoldsUpNobodyForLong() async throws {
        try await Self.withTwo { one, other, _ in
            let runs = Counter()
            let (begun, begin) = AsyncStream<Void>.makeStream()
            async let paused: Void = one.write { session in
                try Self.add(1, session)
                // What waits to be sent is sent by the next question.
                _ = try session.count("SELECT count(*) FROM thing")
                if runs.next() == 1 {
                    begin.yield()
                    Thread.sleep(forTimeInterval: 25)
                }
            }
            for await _ in begun { break }
            let start = ContinuousClock.now
            try await other.write { try Self.add(2, $0) }
            #expect(start.duration(to: .now) < .seconds(20) && runs.value == 1)
            try await paused
            #expect(runs.value == 2)
            #expect(try await other.read { try $0.all("SELECT id FROM thing ORDER BY before") { $0.int(0) } } == [2, 1])
        }
    }

    @Test func whoeverWritesAloneWaitsForNoTurn() async throws {
        try await Self.withTwo { one, other, _ in
            let done = Counter()
            let (begun, begin) = AsyncStream<Void>.makeStream()
            async let held: Void = one.write { session in
                _ = try session.count("SELECT count(*) FROM migration")
                begin.yield()
                let end = Date(timeIntervalSinceNow: 5)
                while done.value == 0, Date() < end { Thread.sleep(forTimeInterval: 0.005) }
            }
            for await _ in begun { break }
            try await other.write(alone: true) { try $0.execute("INSERT INTO thing VALUES (1, 0)") }
            done.next()
            try await held
        }
    }
}
