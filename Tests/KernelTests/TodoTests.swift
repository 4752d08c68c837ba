import EngineFixture
import Kernel
import TestOffice
import Testing

/// The list of what waits for a person.
@Suite struct TodoTests {
    private static func pages(of person: PersonID, _ office: TestOffice, limit: Int) async throws -> [TodoList] {
        var pages = [try await office.desk.todo(of: person, limit: limit)]
        while let next = pages.last?.next, pages.count < 20 {
            pages.append(try await office.desk.todo(of: person, after: TodoKey(next.text), limit: limit))
        }
        return pages
    }

    @Test(arguments: TestEngine.all) func nothingIsLeftOutAndTheTotalIsHonest(engine: TestEngine) async throws {
        try await DeskTests.with(engine) { office, nurse, doctor in
            var filed: [Int64] = []
            for _ in 0..<7 { filed.append(try await office.desk.take("file", of: "patient", input: DeskTests.input(), by: nurse).id) }
            let pages = try await Self.pages(of: doctor.person, office, limit: 3)
            #expect(pages.map(\.items.count) == [3, 3, 1])
            #expect(pages.flatMap { $0.items.map(\.row.id) } == filed)
            #expect(pages.allSatisfy { $0.figures.all == 7 && $0.figures.byType == ["patient": 7] })
            #expect(try await office.desk.todoFigures(of: doctor.person).tasks.all == 7)
            #expect(try await Self.pages(of: nurse.person, office, limit: 3).map(\.figures.all) == [0])
        }
    }

    @Test(arguments: TestEngine.all) func aDelegateSeesBothAndFourEyesKeepOut(engine: TestEngine) async throws {
        try await DeskTests.with(engine) { office, nurse, doctor in
            let filed = try await office.desk.take("file", of: "patient", input: DeskTests.input(), by: nurse).id
            let now = office.now
            try await office.desk.handle(
                .delegate(to: nurse.person, from: now.adding(hours: -1), until: now.adding(hours: 9), reason: "出差"), by: doctor)
            // The nurse filed it, and does not review it in the doctor's name either.
            let own = try await office.desk.todo(of: nurse.person)
            #expect(own.items.isEmpty && own.figures.all == 0)
            let other = Hand(try await office.hire("other", Post("nurse", "护士", "Nurse")))
            let second = try await office.desk.take("file", of: "patient", input: DeskTests.input(), by: other).id
            let list = try await office.desk.todo(of: nurse.person)
            #expect(list.items.map(\.row.id) == [second] && list.figures.all == 1)
            #expect(try await list.items.first?.behalf == office.desk.organisation().name(doctor.person))
            #expect(try await office.desk.todo(of: doctor.person).items.map(\.row.id) == [filed, second])
        }
    }

    @Test func aKeyIsReadAsItIsWritten() {
        for text in ["", "1", "1.", "a.b", "1.2.3", "1.99999999999999999999"] { #expect(TodoKey(text) == nil, "\(text)") }
        #expect(TodoKey("12.34")?.text == "12.34")
    }
}
