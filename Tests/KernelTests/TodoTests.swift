import EngineFixture
import Kernel
import TestOffice
import Testing

/// The list of what waits for a person.
@Suite struct TodoTests {
    private static func pages(of person: PersonID, _ office: TestOffice, limit: Int) async throws -> [TodoList] {
        var pages = [try await office.desk.todo(of: person, limit: limit)]
        while let next = pages.last?.next, pages.count < 20 {
            pages.append(try await office.desk.todo(of: person, after: next, limit: limit))
        }
        return pages
    }

    @Test(arguments: TestEngine.all) func nothingIsLeftOutAndTheTotalIsHonest(engine: TestEngine) async throws {
        try await DeskTests.with(engine) { office, nurse, doctor in
            var filed: [Int64] = []
            for _ in 0..<7 { filed.append(try await office.desk.take(Patient.file, input: DeskTests.input(), by: nurse).id) }
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
            let filed = try await office.desk.take(Patient.file, input: DeskTests.input(), by: nurse).id
            let now = office.now
            try await office.desk.handle(
                .delegate(to: nurse.person, from: now.adding(hours: -1), until: now.adding(hours: 9), reason: "出差"), by: doctor)
            // The nurse filed it, and does not review it in the doctor's name either.
            let own = try await office.desk.todo(of: nurse.person)
            #expect(own.items.isEmpty && own.figures.all == 0)
            let other = Principal(try await office.hire("other", Post("nurse", "护士", "Nurse")))
            let second = try await office.desk.take(Patient.file, input: DeskTests.input(), by: other).id
            let list = try await office.desk.todo(of: nurse.person)
            #expect(list.items.map(\.row.id) == [second] && list.figures.all == 1)
            #expect(try await list.items.first?.behalf == office.desk.organisation().name(doctor.person))
            #expect(try await office.desk.todo(of: doctor.person).items.map(\.row.id) == [filed, second])
        }
    }

    /// Asked for a signature in another's name first and in the own name later: the later one stands, where pages look for it.
    @Test(arguments: TestEngine.all) func whatIsTakenInTheOwnNameStandsInItsOwnPlace(engine: TestEngine) async throws {
        try await DeskTests.with(engine) { office, nurse, doctor in
            let expert = Principal(try await office.hire("expert", Post("doctor", "医生", "Doctor")))
            let second = Principal(try await office.hire("second", Post("nurse", "护士", "Nurse")))
            var filed: [Int64] = []
            for _ in 0..<3 { filed.append(try await office.desk.take(Patient.file, input: DeskTests.input(), by: nurse).id) }
            for id in filed { try await office.desk.handle(.addSigner(document: id, expert.person, note: ""), by: doctor) }
            try await office.desk.handle(.addSigner(document: filed[0], second.person, note: ""), by: doctor)
            let now = office.now
            try await office.desk.handle(
                .delegate(to: second.person, from: now.adding(hours: -1), until: now.adding(hours: 9), reason: "出差"), by: expert)
            let signing = try await Self.pages(of: second.person, office, limit: 1).flatMap(\.items).filter { $0.name.hasPrefix("+") }
            #expect(signing.map(\.row.id) == [filed[1], filed[2], filed[0]])
            #expect(signing.map { $0.behalf == nil } == [false, false, true])
        }
    }

    /// As requester and by post, in the own name and in that of somebody who is away: it is still one thing to do.
    @Test(arguments: TestEngine.all) func whatWaitsInTwoWaysWaitsOnce(engine: TestEngine) async throws {
        let contents = RegulationContents(clinic, articles: clinicArticles, posts: [nurse, doctor], documents: [Errand.self])
        try await TestOffice.with(engine, [contents]) { office in
            let one = Principal(try await office.hire("one", nurse)), other = Principal(try await office.hire("other", nurse))
            let errands = try await [office.desk.take(Errand.ask, by: one).id, office.desk.take(Errand.ask, by: other).id]
            let now = office.now
            try await office.desk.handle(
                .delegate(to: one.person, from: now.adding(hours: -1), until: now.adding(hours: 9), reason: "出差"), by: other)
            let list = try await office.desk.todo(of: one.person)
            #expect(list.items.map(\.row.id) == errands)
            #expect(list.items.allSatisfy { $0.behalf == nil }, "the own name goes first")
            #expect(list.figures.all == 2 && list.figures.byType == ["errand": 2])
        }
    }
}

private struct Errand: Document {
    enum State: String, CaseIterable { case asked, done }
    static let name = "errand"
    var remark = ""
    static let form = Form<Errand>(
        "差事", "Errand", states: [.asked: .open("待办", "Asked"), .done: .done("已办", "Done")], readers: [.post(nurse)],
        [.text(\.remark, "备注", "Remark").optional()])
    static let ask = Step<Errand>("ask", "交办", "Ask", to: .asked, by: .post(nurse), under: clinic[1])
    static let carryOut = Step<Errand>("do", "办理", "Do", from: .asked, to: .done, by: .any([.requester, .post(nurse)]), under: clinic[1])
    static let steps = [ask, carryOut]
}
