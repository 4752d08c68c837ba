import CustomerAuthenticity
import EngineFixture
import Kernel
import Testing
import Vault
import WorkCalendar

@Suite struct DemonstrationTests {
    @Test func aSmallOneHasOpenClosedAndOverdueItems() async throws {
        let now = Moment(Day(iso: "2026-03-04")!, hour: 10)!
        let demonstration = Demonstration(days: 21, daily: 30)
        let clock = Demonstration.MovingClock(demonstration.start(before: now))
        try await TestEngine.sqlite.withStore { store in
            let desk = try await Desk.open(
                store: store, catalogue: Catalogue([authenticityContents]), master: .fleeting(), clock: clock.clock)
            try await demonstration.fill(desk, clock, until: now)
            #expect(clock.now == now)
            let service = try #require(try await desk.organisation().people.values.first { $0.login == "zhoumin" }).id
            func count(_ type: String, _ states: Set<String> = []) async throws -> Int {
                var query = RegisterQuery()
                query.states = states
                query.limit = 1
                return try await desk.register(type, query, by: service).total
            }
            #expect(try await count("customer") > 400)
            #expect(try await count("application", ["draft"]) > 0)
            #expect(try await count("suspicion", ["closed"]) > 0)
            #expect(try await count("suspicion", ["listed", "distributed", "received", "investigating"]) > 0)
            #expect(try await desk.todo(of: service).figures.overdue > 0)
        }
    }
}
