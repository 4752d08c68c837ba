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

    private static func delegate(from giver: Hand, to receiver: Hand, hours: Int = 9, _ houses: TwoHouses) async throws {
        let now = houses.office.now
        try await houses.desk.handle(
            .delegate(to: receiver.person, from: now, until: now.adding(hours: hours), reason: "出差"), by: giver)
    }

    @Test(arguments: TestEngine.all) func anInventedDelegationTellsNothingOfADocument(engine: TestEngine) async throws {
        try await TwoHouses.with(engine) { houses in
            let chart = try await houses.chart(by: houses.nurse), before = try await Self.entries(on: chart, houses)
            let task = try await houses.desk.document(chart, by: houses.doctor.person).waiting[0].task
            let liar = Hand(houses.foreignNurse.person, onBehalfOf: houses.doctor.person), desk = houses.desk
            for id in [chart, NamingTests.never] {
                await #expect(throws: DeskError.absent) { try await desk.take("check", of: Chart.name, on: id, by: liar) }
                await #expect(throws: DeskError.absent) { try await desk.take("mark", of: Chart.name, on: id, by: liar) }
                await #expect(throws: DeskError.absent) { _ = try await desk.rehearse("check", of: Chart.name, on: id, by: liar) }
                await #expect(throws: DeskError.absent) { _ = try await desk.file("00", of: id, by: liar) }
                await #expect(throws: DeskError.absent) { try await desk.handle(.withdraw(document: id, reason: "不要"), by: liar) }
                await #expect(throws: DeskError.absent) {
                    try await desk.handle(.addSigner(document: id, houses.nurse.person, note: ""), by: liar)
                }
            }
            for id in [task, NamingTests.never] {
                for hand in [liar, houses.foreignNurse, houses.foreignDoctor] {
                    await #expect(throws: DeskError.absent) { try await desk.handle(.remind(task: id), by: hand) }
                    await #expect(throws: DeskError.absent) { try await desk.handle(.sign(task: id, note: ""), by: hand) }
                    await #expect(throws: DeskError.absent) {
                        try await desk.handle(.reassign(task: id, to: houses.nurse.person, reason: "忙"), by: hand)
                    }
                }
            }
            #expect(try await Self.entries(on: chart, houses) == before, "nothing of it stands on the document's trail")
        }
    }

    @Test(arguments: TestEngine.all) func whoReadsTheDocumentIsToldThatTheDelegationIsNone(engine: TestEngine) async throws {
        try await TwoHouses.with(engine) { houses in
            let chart = try await houses.chart(by: houses.nurse)
            let hand = Hand(houses.nurse.person, onBehalfOf: houses.doctor.person)
            let none = DeskError.forbidden(Words("没有这样的委托，或该委托已失效", "There is no such delegation in force"))
            await #expect(throws: none) { try await houses.desk.take("check", of: Chart.name, on: chart, by: hand) }
            try await Self.delegate(from: houses.doctor, to: houses.nurse, houses)
            try await houses.desk.take("check", of: Chart.name, on: chart, by: hand)
        }
    }

    @Test(arguments: TestEngine.all) func anOpeningStepHonoursTheDelegationOrRefuses(engine: TestEngine) async throws {
        try await TwoHouses.with(engine) { houses in
            let hand = Hand(houses.doctor.person, onBehalfOf: houses.nurse.person), input: [String: Stored] = ["name": .text("张三丰")]
            let none = DeskError.forbidden(Words("没有这样的委托，或该委托已失效", "There is no such delegation in force"))
            await #expect(throws: none) { try await houses.desk.take("open", of: Chart.name, input: input, by: hand) }
            for giver in [PersonID.none, PersonID(-1), PersonID(NamingTests.never)] {
                let hand = Hand(houses.nurse.person, onBehalfOf: giver)
                await #expect(throws: none) { try await houses.desk.take("open", of: Chart.name, input: input, by: hand) }
            }
            try await Self.delegate(from: houses.nurse, to: houses.doctor, houses)
            let id = try await houses.desk.take("open", of: Chart.name, input: input, by: hand).id
            let opened = try await houses.desk.document(id, by: houses.doctor.person).trail[0]
            #expect(opened.who.zh == "doctor" && opened.behalf?.zh == "nurse")
            try await houses.desk.take("open", of: Chart.name, input: input, by: Hand(houses.nurse.person))
        }
    }

    /// A delegate may name what the one who delegated may name.
    @Test(arguments: TestEngine.all) func aDelegateNamesWhatTheGiverMayName(engine: TestEngine) async throws {
        try await TwoHouses.with(engine) { houses in
            let chart = try await houses.chart(by: houses.nurse)
            try await Self.delegate(from: houses.nurse, to: houses.secondNurse, houses)
            await #expect(throws: DeskError.self) { try await houses.take("plan", ["chart": .whole(chart)], by: houses.secondNurse) }
            let hand = Hand(houses.secondNurse.person, onBehalfOf: houses.nurse.person)
            try await houses.take("plan", ["chart": .whole(chart)], by: hand)
        }
    }

    @Test(arguments: TestEngine.all) func whatWasDelegatedToSomebodyIsNotPassedOn(engine: TestEngine) async throws {
        try await TwoHouses.with(engine) { houses in
            let chart = try await houses.chart(by: houses.nurse), third = Hand(try await houses.office.hire("third"))
            try await Self.delegate(from: houses.doctor, to: houses.secondNurse, houses)
            try await Self.delegate(from: houses.secondNurse, to: third, houses)
            let hand = Hand(third.person, onBehalfOf: houses.secondNurse.person)
            for id in [chart, NamingTests.never] {
                await #expect(throws: DeskError.absent) { try await houses.desk.take("check", of: Chart.name, on: id, by: hand) }
            }
        }
    }

    @Test(arguments: TestEngine.all) func nobodyDelegatesInAnothersName(engine: TestEngine) async throws {
        try await TwoHouses.with(engine) { houses in
            try await Self.delegate(from: houses.doctor, to: houses.nurse, houses)
            let hand = Hand(houses.nurse.person, onBehalfOf: houses.doctor.person)
            await #expect(throws: DeskError.self) { try await Self.delegate(from: hand, to: houses.secondNurse, houses) }
        }
    }
}
