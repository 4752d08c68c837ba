import CustomerAuthenticity
import EngineFixture
import Kernel
import Testing
import Vault
import WorkCalendar

/// In the demonstration something of every kind stands: what is open, what is over, and what is overdue.
@Suite struct ConsequenceDemonstrationTests {
    @Test func somethingStandsInEveryState() async throws {
        let now = Moment(Day(iso: "2026-11-30")!, hour: 10)!
        let demonstration = Demonstration(days: 28, daily: 40)
        let clock = Demonstration.MovingClock(demonstration.start(before: now))
        try await TestEngine.sqlite.withStore { store in
            let desk = try await Desk.open(
                store: store, catalogue: Catalogue([authenticityContents]), master: .fleeting(), clock: clock.clock)
            try await demonstration.fill(desk, clock, until: now)
            let people = try await desk.organisation().people.values
            func person(_ login: String) throws -> PersonID { try #require(people.first { $0.login == login }).id }
            func states(_ type: String, _ login: String) async throws -> Set<String> {
                var query = RegisterQuery()
                query.limit = 500
                return Set(try await desk.register(type, query, by: try person(login)).rows.map(\.state))
            }
            #expect(
                try await states("complaint", "songlan") == ["received", "investigating", "concluded", "upheld", "rejected", "retracted"])
            #expect(try await states("re-verification", "songlan") == ["open"])
            #expect(try await states("policy-check", "zhoumin") == ["listed", "checked"])
            #expect(try await states("penalty", "luomin") == ["proposed", "filed"])
            #expect(try await states("false-data-list", "xieting") == ["receipted", "compiled"])
            #expect(try await states("seller-appraisal", "luomin") == ["drawn", "rated", "confirmed"])
            #expect(try await states("rectification-notice", "songlan") == ["issued", "closed"])
            #expect(try await states("committee-session", "zhengguodong") == ["closed", "sitting"])
            #expect(try await states("committee-matter", "zhengguodong") == ["resolved", "voting"])
            #expect(try await states("accountability-case", "zhengguodong") == ["opened"])
            #expect(try await states("agency-contact", "luomin") == ["recorded"])
            #expect(try await states("agency-report", "xieting") == ["upheld"])
            // The notice that nobody answered is overdue.
            let manager = try await desk.todo(of: try person("zhengguodong"))
            #expect(manager.items.contains { $0.row.type == "rectification-notice" && $0.title.zh.hasPrefix("督办") })
        }
    }
}
