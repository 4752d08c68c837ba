import EngineFixture
import Kernel
import Store
import TestOffice
import Testing

/// Whose delegate somebody says to be counts while the delegation is in force, and tells nothing otherwise.
@Suite struct DelegateTests {
    private static func entries(on document: Int64, _ houses: TwoHouses) async throws -> Int64 {
        try await houses.desk.store.read { try $0.count("SELECT count(*) FROM entry WHERE document = $1", [.int(document)]) }
    }

    private static func delegate(from giver: Principal, to receiver: Principal, hours: Int = 9, _ houses: TwoHouses) async throws {
        let now = houses.office.now
        try await houses.desk.handle(
            .delegate(to: receiver.person, from: now, until: now.adding(hours: hours), reason: "出差"), by: giver)
    }

    @Test(arguments: TestEngine.all) func anInventedDelegationTellsNothingOfADocument(engine: TestEngine) async throws {
        try await TwoHouses.with(engine) { houses in
            let chart = try await houses.chart(by: houses.nurse), before = try await Self.entries(on: chart, houses)
            let task = try await houses.desk.document(chart, by: houses.doctor.person).waiting[0].task
            let liar = Principal(houses.foreignNurse.person, onBehalfOf: houses.doctor.person), desk = houses.desk
            for id in [chart, NamingTests.never] {
                await #expect(throws: DeskError.absent) { try await desk.take(Chart.check, on: id, by: liar) }
                await #expect(throws: DeskError.absent) { try await desk.take(Chart.mark, on: id, by: liar) }
                await #expect(throws: DeskError.absent) { _ = try await desk.dryRun(Chart.check, on: id, by: liar) }
                await #expect(throws: DeskError.absent) { _ = try await desk.file("00", of: id, by: liar) }
                await #expect(throws: DeskError.absent) { try await desk.handle(.withdraw(document: id, reason: "不要"), by: liar) }
                await #expect(throws: DeskError.absent) {
                    try await desk.handle(.addSigner(document: id, houses.nurse.person, note: ""), by: liar)
                }
            }
            for id in [task, NamingTests.never] {
                for principal in [liar, houses.foreignNurse, houses.foreignDoctor] {
                    await #expect(throws: DeskError.absent) { try await desk.handle(.remind(task: id), by: principal) }
                    await #expect(throws: DeskError.absent) { try await desk.handle(.sign(task: id, note: ""), by: principal) }
                    await #expect(throws: DeskError.absent) {
                        try await desk.handle(.reassign(task: id, to: houses.nurse.person, reason: "忙"), by: principal)
                    }
                }
            }
            #expect(try await Self.entries(on: chart, houses) == before, "nothing of it stands on the document's trail")
        }
    }

    @Test(arguments: TestEngine.all) func whoReadsTheDocumentIsToldThatTheDelegationIsNone(engine: TestEngine) async throws {
        try await TwoHouses.with(engine) { houses in
            let chart = try await houses.chart(by: houses.nurse)
            let principal = Principal(houses.nurse.person, onBehalfOf: houses.doctor.person)
            let none = DeskError.forbidden(Words("没有这样的委托，或该委托已失效", "There is no such delegation in force"))
            await #expect(throws: none) { try await houses.desk.take(Chart.check, on: chart, by: principal) }
            try await Self.delegate(from: houses.doctor, to: houses.nurse, houses)
            try await houses.desk.take(Chart.check, on: chart, by: principal)
        }
    }

    @Test(arguments: TestEngine.all) func anOpeningStepHonoursTheDelegationOrRefuses(engine: TestEngine) async throws {
        try await TwoHouses.with(engine) { houses in
            let principal = Principal(houses.doctor.person, onBehalfOf: houses.nurse.person), input: [String: JSONValue] = ["name": .text("张三丰")]
            let none = DeskError.forbidden(Words("没有这样的委托，或该委托已失效", "There is no such delegation in force"))
            await #expect(throws: none) { try await houses.desk.take(Chart.openUp, input: input, by: principal) }
            for giver in [PersonID.none, PersonID(-1), PersonID(NamingTests.never)] {
                let principal = Principal(houses.nurse.person, onBehalfOf: giver)
                await #expect(throws: none) { try await houses.desk.take(Chart.openUp, input: input, by: principal) }
            }
            try await Self.delegate(from: houses.nurse, to: houses.doctor, houses)
            let id = try await houses.desk.take(Chart.openUp, input: input, by: principal).id
            let opened = try await houses.desk.document(id, by: houses.doctor.person).trail[0]
            #expect(opened.who.zh == "doctor" && opened.behalf?.zh == "nurse")
            try await houses.desk.take(Chart.openUp, input: input, by: Principal(houses.nurse.person))
        }
    }

    /// A delegate may name what the one who delegated may name.
    @Test(arguments: TestEngine.all) func aDelegateNamesWhatTheGiverMayName(engine: TestEngine) async throws {
        try await TwoHouses.with(engine) { houses in
            let chart = try await houses.chart(by: houses.nurse)
            try await Self.delegate(from: houses.nurse, to: houses.secondNurse, houses)
            await #expect(throws: DeskError.self) { try await houses.take("plan", ["chart": .whole(chart)], by: houses.secondNurse) }
            let principal = Principal(houses.secondNurse.person, onBehalfOf: houses.nurse.person)
            try await houses.take("plan", ["chart": .whole(chart)], by: principal)
        }
    }

    @Test(arguments: TestEngine.all) func whatWasDelegatedToSomebodyIsNotPassedOn(engine: TestEngine) async throws {
        try await TwoHouses.with(engine) { houses in
            let chart = try await houses.chart(by: houses.nurse), third = Principal(try await houses.office.hire("third"))
            try await Self.delegate(from: houses.doctor, to: houses.secondNurse, houses)
            try await Self.delegate(from: houses.secondNurse, to: third, houses)
            let principal = Principal(third.person, onBehalfOf: houses.secondNurse.person)
            for id in [chart, NamingTests.never] {
                await #expect(throws: DeskError.absent) { try await houses.desk.take(Chart.check, on: id, by: principal) }
            }
        }
    }

    @Test(arguments: TestEngine.all) func nobodyDelegatesInAnothersName(engine: TestEngine) async throws {
        try await TwoHouses.with(engine) { houses in
            try await Self.delegate(from: houses.doctor, to: houses.nurse, houses)
            let principal = Principal(houses.nurse.person, onBehalfOf: houses.doctor.person)
            await #expect(throws: DeskError.self) { try await Self.delegate(from: principal, to: houses.secondNurse, houses) }
        }
    }
}
