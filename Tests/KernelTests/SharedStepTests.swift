import EngineFixture
import Kernel
import TestOffice
import Testing

/// A step that several people each take: the document moves on with the last of them, and waits for nobody twice.
@Suite struct SharedStepTests {
    private static let contents = RegulationContents(
        clinic, articles: clinicArticles, posts: [nurse, doctor], documents: [Disposal.self, Circular.self])

    @Test(arguments: TestEngine.all) func itMovesOnWithTheLastOfSoMany(engine: TestEngine) async throws {
        try await TestOffice.with(engine, [Self.contents]) { office in
            let clerk = Principal(try await office.hire("clerk", nurse)), desk = office.desk
            let one = Principal(try await office.hire("one", doctor)), two = Principal(try await office.hire("two", doctor))
            let id = try await desk.take(Disposal.ask, by: clerk).id
            #expect(try await desk.take(Disposal.witness, on: id, by: one).state == "asked")
            #expect(try await desk.todo(of: one.person).items.isEmpty, "it waits for somebody else now")
            #expect(try await desk.document(id, by: one.person).availableSteps.map(\.step.name) == ["object"])
            #expect(try await desk.todo(of: two.person).items.map(\.row.id) == [id])
            let again = DeskError.conflict(Words("您已办理“见证”，现等待其他人办理", "You have taken “Witness”; it waits for others now"))
            await #expect(throws: again) { try await desk.take(Disposal.witness, on: id, by: one) }
            #expect(try await desk.take(Disposal.witness, on: id, by: two).state == "destroyed")
            #expect(try await desk.document(id, by: one.person).trail.map(\.title.zh) == ["见证", "见证", "申请"])
            #expect(try await desk.verify().faults == [])
        }
    }

    /// Where fewer hold the post than have to take the step, whoever begins is told so.
    @Test(arguments: TestEngine.all) func oneHolderIsTooFewForTwo(engine: TestEngine) async throws {
        try await TestOffice.with(engine, [Self.contents]) { office in
            let clerk = try await office.hire("clerk", nurse), desk = office.desk
            let type = try #require(desk.catalogue.type(Disposal.name)), opening = try #require(type.step("ask"))
            func vacant() async throws -> [Words] {
                type.vacant(after: opening, for: clerk, try await desk.organisation(), on: office.now.day)
            }
            _ = try await office.hire("one", doctor)
            #expect(try await vacant() == [doctor.title])
            _ = try await office.hire("two", doctor)
            #expect(try await vacant() == [])
        }
    }

    /// Whoever signs for somebody else signs once.
    @Test(arguments: TestEngine.all) func aDelegateIsNoSecondWitness(engine: TestEngine) async throws {
        try await TestOffice.with(engine, [Self.contents]) { office in
            let clerk = Principal(try await office.hire("clerk", nurse)), desk = office.desk
            let one = try await office.hire("one", doctor), two = try await office.hire("two", doctor)
            try await desk.handle(
                .delegate(to: two, from: office.now, until: office.now.adding(hours: 9), reason: "出差"), by: Principal(one))
            let id = try await desk.take(Disposal.ask, by: clerk).id
            try await desk.take(Disposal.witness, on: id, by: Principal(two, onBehalfOf: one))
            await #expect(throws: DeskError.self) { try await desk.take(Disposal.witness, on: id, by: Principal(two)) }
            #expect(try await desk.document(id, by: clerk.person).row.state == "asked")
        }
    }

    /// What comes back is witnessed anew by all.
    @Test(arguments: TestEngine.all) func whatComesBackCountsFromTheBeginning(engine: TestEngine) async throws {
        try await TestOffice.with(engine, [Self.contents]) { office in
            let clerk = Principal(try await office.hire("clerk", nurse)), desk = office.desk
            let one = Principal(try await office.hire("one", doctor)), two = Principal(try await office.hire("two", doctor))
            let id = try await desk.take(Disposal.ask, by: clerk).id
            try await desk.take(Disposal.witness, on: id, by: one)
            try await desk.take(Disposal.object, on: id, by: two)
            office.move(hours: 1)
            try await desk.take(Disposal.askAgain, on: id, by: clerk)
            #expect(try await desk.take(Disposal.witness, on: id, by: one).state == "asked")
            #expect(try await desk.take(Disposal.witness, on: id, by: two).state == "destroyed")
        }
    }

    @Test(arguments: TestEngine.all) func everybodyOnTheListTakesIt(engine: TestEngine) async throws {
        try await TestOffice.with(engine, [Self.contents]) { office in
            let clerk = Principal(try await office.hire("clerk", nurse)), desk = office.desk
            let one = try await office.hire("one", nurse), two = try await office.hire("two", nurse),
                other = try await office.hire("other", nurse)
            let input: [String: JSONValue] = ["readers": .list([.whole(one.raw), .whole(two.raw)])]
            let id = try await desk.take(Circular.issue, input: input, by: clerk).id
            #expect(try await desk.document(id, by: clerk.person).waiting.map(\.who.zh) == ["one", "two"])
            await #expect(throws: DeskError.self) { try await desk.take(Circular.acknowledge, on: id, by: Principal(other)) }
            #expect(try await desk.take(Circular.acknowledge, on: id, by: Principal(one)).state == "issued")
            #expect(try await desk.document(id, by: clerk.person).waiting.map(\.who.zh) == ["two"])
            #expect(try await desk.todo(of: one).items.isEmpty)
            await #expect(throws: DeskError.self) { try await desk.take(Circular.acknowledge, on: id, by: Principal(one)) }
            #expect(try await desk.take(Circular.acknowledge, on: id, by: Principal(two)).state == "acknowledged")
            #expect(try await desk.document(id, by: clerk.person).waiting.isEmpty)
            #expect(try await desk.verify().faults == [])
        }
    }
}

private struct Circular: Document {
    enum State: String, CaseIterable, Sendable { case issued, acknowledged }
    static let name = "circular"
    var readers: [PersonID] = []
    init() {}

    static let form = Form<Circular>(
        "通知", "Circular", states: [.issued: .open("待签收", "Issued"), .acknowledged: .done("已签收", "Acknowledged")],
        readers: [.post(doctor)], [.people(\.readers, "收件人", "Readers")])
    static let issue = Step<Circular>("issue", "下发", "Issue", to: .issued, by: .post(nurse), under: clinic[1])
    static let acknowledge = Step<Circular>(
        "acknowledge", "签收", "Acknowledge", from: .issued, to: .acknowledged, by: .each(\Circular.readers), under: clinic[2])
    static let steps = [issue, acknowledge]
}

private struct Disposal: Document {
    enum State: String, CaseIterable, Sendable { case asked, contested, destroyed }
    static let name = "disposal"
    var reason = ""
    init() {}

    static let form = Form<Disposal>(
        "销毁", "Disposal",
        states: [.asked: .open("待见证", "Asked"), .contested: .open("有异议", "Contested"), .destroyed: .done("已销毁", "Destroyed")],
        readers: [.post(nurse), .post(doctor)], [.text(\.reason, "理由", "Reason").optional()])
    static let ask = Step<Disposal>("ask", "申请", "Ask", to: .asked, by: .post(nurse), under: clinic[1])
    static let witness = Step<Disposal>(
        "witness", "见证", "Witness", from: .asked, to: .destroyed, by: .post(doctor), notBy: ask, takers: 2, under: clinic[2])
    static let object = Step<Disposal>(
        "object", "异议", "Object", from: .asked, to: .contested, by: .post(doctor), under: clinic[2], isOptional: true)
    static let askAgain = Step<Disposal>("askAgain", "再次申请", "Ask again", from: .contested, to: .asked, by: .requester, under: clinic[1])
    static let steps = [ask, witness, object, askAgain]
}
