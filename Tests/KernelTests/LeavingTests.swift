import EngineFixture
import Kernel
import Store
import TestOffice
import Testing
import WorkCalendar

/// Nothing is lost with somebody who leaves: tasks by name go back to whom their step addresses, or to the head.
@Suite struct LeavingTests {
    /// A chart whose check was passed on to a second doctor.
    private static func passedOn(_ houses: TwoHouses) async throws -> (chart: Int64, second: Principal) {
        let second = Principal(try await houses.office.hire("second doctor", .doctor))
        let chart = try await houses.chart(by: houses.nurse)
        let task = try await houses.desk.todo(of: houses.doctor.person).items[0].task
        try await houses.desk.handle(.reassign(task: task, to: second.person, reason: "请假"), by: houses.doctor)
        #expect(try await houses.desk.todo(of: houses.doctor.person).items.isEmpty)
        return (chart, second)
    }

    @Test(arguments: TestEngine.all, [true, false]) func aTaskByNameComesBackToThePost(engine: TestEngine, byPost: Bool) async throws {
        try await TwoHouses.with(engine) { houses in
            let (chart, second) = try await Self.passedOn(houses)
            // To be in another post too is not enough.
            try await RightsEndTests.appoint(second, .staff, houses)
            if byPost {
                try await RightsEndTests.leave(second.person, houses, only: .doctor)
            } else {
                try await RightsEndTests.deactivate(second, houses)
            }
            #expect(try await houses.desk.todo(of: houses.doctor.person).items.map(\.row.id) == [chart])
            #expect(try await houses.desk.todo(of: second.person).items.isEmpty)
            let view = try await houses.desk.document(chart, by: houses.doctor.person)
            #expect(view.waiting.map(\.isMine) == [true])
            #expect(view.trail[0].title == Words("待办转回", "Task came back") && view.trail[0].words?.zh == "转给 公司 医生")
            #expect(try await houses.desk.notices(of: houses.doctor.person).notices.contains { $0.words.zh.contains("1 件待办已转来") })
            try await houses.desk.take(Chart.check, on: chart, by: houses.doctor)
            try await houses.desk.runJobs()
            #expect(try await houses.desk.verify().isClean)
        }
    }

    @Test(arguments: TestEngine.all) func whoKeepsThePostKeepsTheTask(engine: TestEngine) async throws {
        try await TwoHouses.with(engine) { houses in
            let (chart, second) = try await Self.passedOn(houses)
            try await RightsEndTests.appoint(second, .staff, houses)
            try await RightsEndTests.leave(second.person, houses, only: .staff)
            #expect(try await houses.desk.todo(of: second.person).items.map(\.row.id) == [chart])
            #expect(try await houses.desk.todo(of: houses.doctor.person).items.isEmpty)
        }
    }

    @Test(arguments: TestEngine.all) func aPostThatEndsByDateGivesItsTasksBackTheNextDay(engine: TestEngine) async throws {
        try await TwoHouses.with(engine) { houses in
            let (chart, second) = try await Self.passedOn(houses), today = houses.office.now.day
            let holding = try await houses.desk.organisation().holdings.first { $0.person == second.person }
            try await houses.desk.administer(.endHolding(try #require(holding).id, on: today.adding(days: 1)), by: .system)
            try await houses.desk.runJobs()
            houses.office.move(hours: 24)
            try await houses.desk.runJobs()
            #expect(try await houses.desk.todo(of: second.person).items.map(\.row.id) == [chart], "still the last day")
            houses.office.move(hours: 24)
            for _ in 0..<2 { try await houses.desk.runJobs() }
            #expect(try await houses.desk.todo(of: houses.doctor.person).items.map(\.row.id) == [chart])
            let trail = try await houses.desk.document(chart, by: houses.doctor.person).trail
            #expect(trail.count { $0.title == Words("待办转回", "Task came back") } == 1)
        }
    }

    @Test(arguments: TestEngine.all, [true, false]) func aSuccessorIsNamedInTheSameAct(engine: TestEngine, byPost: Bool) async throws {
        try await TwoHouses.with(engine) { houses in
            let (chart, second) = try await Self.passedOn(houses), third = Principal(try await houses.office.hire("third doctor", .doctor))
            let root = Principal(
                PersonID(
                    try await houses.desk.administer(
                        .addPerson(login: "root", zh: "管理员", en: "Admin", clearance: .internal, administrator: true), by: .system)))
            let held = try #require(try await houses.desk.organisation().holdings.first { $0.person == second.person })
            func leave(to successor: PersonID?) async throws {
                let change: Administration =
                    byPost
                    ? .endHolding(held.id, on: houses.office.now.day, successor: successor)
                    : .changePerson(
                        second.person, zh: "离职", en: "left", clearance: .internal, active: false, administrator: false,
                        successor: successor)
                try await houses.desk.administer(change, by: root)
            }
            await #expect(throws: DeskError.self) { try await leave(to: nil) }
            #expect(try await houses.desk.successors(of: second.person) == [houses.doctor.person, third.person].sorted { $0.raw < $1.raw })
            // Neither another post nor the same post elsewhere takes the step.
            for stranger in [houses.secondNurse, houses.foreignDoctor, second] {
                do {
                    try await leave(to: stranger.person)
                    Issue.record("a task went to somebody who may not take it")
                } catch DeskError.invalid(let faults) {
                    #expect(faults.map(\.field) == ["successor"] && faults[0].words.zh.contains("请另选接办人"))
                }
            }
            #expect(try await houses.desk.todo(of: second.person).items.map(\.row.id) == [chart], "nothing was done")
            try await leave(to: third.person)
            #expect(try await houses.desk.todo(of: third.person).items.map(\.row.id) == [chart])
            #expect(try await houses.desk.todo(of: houses.doctor.person).items.isEmpty)
            let trail = try await houses.desk.document(chart, by: third.person).trail
            #expect(trail[0].title == Words("待办移交", "Task handed over") && trail[0].words?.zh == "转交third doctor")
            #expect(try await houses.desk.notices(of: third.person).notices.contains { $0.words.zh.contains("1 件待办已转来") })
            try await houses.desk.take(Chart.check, on: chart, by: third)
            #expect(try await houses.desk.verify().isClean)
        }
    }

    @Test(arguments: TestEngine.all) func aSuccessorSignsForASignerWhoLeft(engine: TestEngine) async throws {
        try await TwoHouses.with(engine) { houses in
            let chart = try await houses.chart(by: houses.nurse), signer = Principal(try await houses.office.hire("signer"))
            let other = Principal(try await houses.office.hire("other"))
            try await houses.desk.handle(.addSigner(document: chart, signer.person, note: "请把关"), by: houses.doctor)
            #expect(try await !houses.desk.successors(of: signer.person).contains(houses.doctor.person), "who asked does not sign")
            try await houses.desk.administer(
                .changePerson(
                    signer.person, zh: "离职", en: "left", clearance: .internal, active: false, administrator: false,
                    successor: other.person),
                by: .system)
            let task = try #require(try await houses.desk.todo(of: other.person).items.first)
            try await houses.desk.handle(.sign(task: task.task, note: "同意"), by: other)
            try await houses.desk.take(Chart.check, on: chart, by: houses.doctor)
        }
    }

    @Test(arguments: TestEngine.all) func theHeadSignsForASignerWhoLeft(engine: TestEngine) async throws {
        try await TwoHouses.with(engine) { houses in
            let chart = try await houses.chart(by: houses.nurse), signer = Principal(try await houses.office.hire("signer"))
            let head = Principal(try await houses.office.hire("head", .head, in: houses.office.company))
            try await houses.desk.handle(.addSigner(document: chart, signer.person, note: "请把关"), by: houses.doctor)
            try await RightsEndTests.deactivate(signer, houses)
            let todo = try await houses.desk.todo(of: head.person).items
            #expect(todo.map(\.title) == [Words("会签", "Countersign")] && todo.map(\.note) == ["请把关"])
            await #expect(throws: Refusal.self) { try await houses.desk.take(Chart.check, on: chart, by: houses.doctor) }
            try await houses.desk.handle(.sign(task: todo[0].task, note: "同意"), by: head)
            try await houses.desk.take(Chart.check, on: chart, by: houses.doctor)
        }
    }
}
