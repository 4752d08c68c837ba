import EngineFixture
import Kernel
import Store
import TestOffice
import Testing
import Vault

/// Personal data is not opened in bulk: so many documents within an hour, and whoever supervises hears of it.
@Suite struct ReadingLimitTests {
    private static func with(
        _ engine: TestEngine, limit: Int, _ body: (TwoHouses, _ charts: [Int64]) async throws -> Void
    ) async throws {
        try await TwoHouses.with(engine) { houses in
            try await houses.desk.administer(.setReadingLimit(limit), by: .system)
            var charts: [Int64] = []
            for _ in 0..<6 { charts.append(try await houses.chart(by: houses.nurse)) }
            try await body(houses, charts)
        }
    }

    private static func refusal(_ limit: Int, until time: String) -> DeskError {
        .forbidden(
            Words(
                "一小时内查看个人信息已达上限（\(limit) 件），\(time) 后可再查看；确有需要的，请与合规或主管岗位联系",
                "You have opened \(limit) documents within an hour, the limit; go on after \(time), or ask whoever supervises"))
    }

    @Test(arguments: TestEngine.all) func soManyWithinAnHourAndNoMore(engine: TestEngine) async throws {
        try await Self.with(engine, limit: 4) { houses, charts in
            let (desk, doctor) = (houses.desk, houses.doctor.person), second = try await houses.office.hire("second doctor", .doctor)
            func open(_ id: Int64) async throws { _ = try await desk.document(id, by: doctor, revealing: "核对") }
            func reveal(_ id: Int64) async throws { _ = try await desk.reveal(id, of: Chart.name, by: doctor, purpose: "核对") }
            func told() async throws -> [String] { try await desk.notices(of: second).notices.reversed().map(\.words.zh) }
            try await open(charts[0])
            #expect(try await told() == [])
            try await reveal(charts[1])
            #expect(try await told() == ["doctor一小时内已查看 2 件单据的个人信息（上限 4 件），请核实"])
            try await open(charts[2])
            try await reveal(charts[3])
            // What was opened already is opened again, and counts once.
            for id in charts.prefix(4) { try await reveal(id) }
            let both = try await told()
            #expect(both.count == 2 && both.last?.contains("4 件单据") == true)
            let limit = Self.refusal(4, until: "10:00")
            await #expect(throws: limit) { try await open(charts[4]) }
            await #expect(throws: limit) { try await reveal(charts[4]) }
            let trail = try await desk.document(charts[4], by: doctor).trail
            #expect(trail.map(\.kind) == [.refusal, .refusal, .act] && trail[0].words?.zh.hasPrefix("一小时内") == true)
            // Masked, it is read as before; another person opens it.
            _ = try await desk.document(charts[4], by: second, revealing: "核对")
            #expect(try await desk.notices(of: doctor).notices.isEmpty)
            houses.office.move(to: houses.office.now.adding(hours: 1).adding(seconds: 1))
            try await open(charts[4])
        }
    }

    @Test(arguments: TestEngine.all) func whatARuleCopiesCountsToo(engine: TestEngine) async throws {
        try await Self.with(engine, limit: 2) { houses, charts in
            func copy(_ id: Int64) async throws {
                try await houses.take("plan", ["chart": .whole(charts[0]), "number": .whole(id), "deed": .text("copy")], by: houses.nurse)
            }
            for id in charts.prefix(2) { try await copy(id) }
            await #expect(throws: Self.refusal(2, until: "10:00")) { try await copy(charts[2]) }
        }
    }

    /// Two servers, or one that was started again: what was opened stands in the ledger.
    @Test(arguments: TestEngine.all) func whatAnotherServerAnsweredCounts(engine: TestEngine) async throws {
        try await engine.withStore { store in
            let master = MasterKey.fleeting(), office = try await TestOffice.open(store, [TwoHouses.contents], master: master)
            let nurse = Principal(try await office.hire("nurse", .nurse)), doctor = try await office.hire("doctor", .doctor)
            let administrator = PersonID(
                try await office.desk.administer(
                    .addPerson(login: "admin", zh: "管理员", en: "admin", clearance: .internal, administrator: true), by: .system))
            try await office.desk.administer(.setReadingLimit(2), by: .system)
            var charts: [Int64] = []
            for _ in 0..<3 {
                charts.append(try await office.desk.take(Chart.openUp, input: ["name": .text("张三丰")], by: nurse).id)
            }
            for id in charts.prefix(2) { _ = try await office.desk.document(id, by: doctor, revealing: "核对") }
            let other = try await Desk.open(
                store: store, catalogue: Catalogue([TwoHouses.contents]), master: master, clock: Clock { office.now })
            await #expect(throws: Self.refusal(2, until: "10:00")) { _ = try await other.document(charts[2], by: doctor, revealing: "核对") }
            _ = try await other.document(charts[1], by: doctor, revealing: "核对")
            // Nobody else reads charts: the administrators hear of it, once each.
            #expect(try await other.notices(of: administrator).total == 2)
        }
    }
}
