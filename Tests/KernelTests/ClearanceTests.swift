import EngineFixture
import Kernel
import Store
import TestOffice
import Testing

/// The level is asked wherever a document is listed, counted or told of.
@Suite struct ClearanceTests {
    private static func clear(_ person: PersonID, to level: Level, _ houses: TwoHouses) async throws {
        try await houses.desk.administer(
            .changePerson(person, zh: "某人", en: "somebody", clearance: level, active: true, administrator: false), by: .system)
    }

    @Test(arguments: TestEngine.all) func whatIsAboveTheClearanceIsNeitherListedNorCountedNorTold(engine: TestEngine) async throws {
        try await TwoHouses.with(engine) { houses in
            let chart = try await houses.chart(by: houses.nurse), desk = houses.desk, doctor = houses.doctor.person
            let task = try await desk.document(chart, by: doctor).waiting[0].task
            try await desk.handle(.remind(task: task), by: houses.nurse)
            func seen() async throws -> [Int] {
                let todo = try await desk.todo(of: doctor), figures = try await desk.todoFigures(of: doctor)
                let notices = try await desk.notices(of: doctor)
                return try await [
                    todo.items.count, todo.figures.all, todo.figures.byType.count, todo.notices.count, todo.unseen, figures.tasks.all,
                    figures.unseen, notices.notices.count, notices.total, notices.unseen,
                    desk.register(Chart.name, RegisterQuery(), by: doctor).total, desk.search("三丰", by: doctor).rows.count,
                    desk.choices(of: Chart.name, matching: "", by: doctor).count,
                ]
            }
            #expect(try await seen() == Array(repeating: 1, count: 13))
            try await Self.clear(doctor, to: .public, houses)
            #expect(try await seen() == Array(repeating: 0, count: 13))
            await #expect(throws: DeskError.absent) { try await desk.handle(.remind(task: task), by: houses.doctor) }
            // What is about no document stays.
            let now = houses.office.now
            try await desk.handle(.delegate(to: doctor, from: now, until: now.adding(hours: 1), reason: "出差"), by: houses.nurse)
            #expect(try await desk.notices(of: doctor).notices.map(\.document) == [nil])
            try await Self.clear(doctor, to: .internal, houses)
            #expect(try await desk.todoFigures(of: doctor).tasks.all == 1)
        }
    }

    @Test(arguments: TestEngine.all) func aDelegateSeesNoMoreThanEitherMay(engine: TestEngine) async throws {
        try await TwoHouses.with(engine) { houses in
            let chart = try await houses.chart(by: houses.nurse), desk = houses.desk, second = houses.secondNurse.person
            let now = houses.office.now
            try await desk.handle(.delegate(to: second, from: now, until: now.adding(hours: 9), reason: "出差"), by: houses.doctor)
            #expect(try await desk.todo(of: second).items.map(\.row.id) == [chart])
            #expect(try await desk.document(chart, by: second).waiting.map(\.isMine) == [true])
            for person in [second, houses.doctor.person] {
                try await Self.clear(person, to: .public, houses)
                #expect(try await desk.todo(of: second).items.isEmpty)
                #expect(try await desk.todoFigures(of: second).tasks.all == 0)
                await #expect(throws: DeskError.absent) { try await desk.document(chart, by: second) }
                let principal = Principal(second, onBehalfOf: houses.doctor.person)
                await #expect(throws: DeskError.absent) { try await desk.take(Chart.check, on: chart, by: principal) }
                try await Self.clear(person, to: .internal, houses)
            }
        }
    }
}
