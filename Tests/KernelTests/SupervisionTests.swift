import EngineFixture
import Kernel
import TestOffice
import Testing

/// 差事: its overdue clock goes to the head, who is none of its readers.
private struct Errand: Document {
    enum State: String, CaseIterable, Sendable { case open, closed }
    static let name = "errand"
    var text = ""
    init() {}

    static let form = Form<Errand>(
        "差事", "Errand", number: "差事", states: [.open: .open("待办", "Open"), .closed: .done("已办", "Closed")], readers: [.post(doctor)],
        [.text(\.text, "内容", "Text")])
    static let answer = Deadline("answer", "答复", "Answer", under: clinic[1], escalatesTo: .head)
    static let deadlines = [answer]
    static let write = Step<Errand>(
        "write", "登记", "Write", to: .open, by: .post(nurse), under: clinic[1], fields: [\.text]
    ) { _, act in act.start(answer, due: act.now.adding(hours: 10)) }
    static let close = Step<Errand>(
        "close", "办结", "Close", from: .open, to: .closed, by: .post(doctor), under: clinic[1]
    ) { _, act in act.meet(answer) }
    static let steps = [write, close]

    static let contents = RegulationContents(clinic, articles: clinicArticles, posts: [nurse, doctor], documents: [Errand.self])

    /// One whose clock ran out: the head is to supervise it.
    static func late(
        _ engine: TestEngine, _ body: (TestOffice, _ id: Int64, _ head: PersonID, _ closer: Principal) async throws -> Void
    ) async throws {
        try await TestOffice.with(engine, [contents]) { office in
            let writer = Principal(try await office.hire("writer", nurse)), closer = Principal(try await office.hire("closer", doctor))
            let head = try await office.hire("head", .head)
            let id = try await office.desk.take(Errand.write, input: ["text": .text("不便外传")], by: writer).id
            office.move(hours: 12)
            try await office.desk.runJobs()
            try await body(office, id, head, closer)
        }
    }
}

/// 督办: an overdue clock on a superior's list, and how it leaves the list.
@Suite struct SupervisionTests {
    /// A ticket whose clock ran out: it was escalated to the doctors, who also have to close it.
    private static func late(
        _ engine: TestEngine, _ body: (TestOffice, _ id: Int64, _ nurse: Principal, _ doctor: Principal) async throws -> Void
    ) async throws {
        try await Ticket.with(engine) { office, nurse, doctor in
            let id = try await office.desk.take(
                Ticket.write, input: ["kind": .text("wish"), "idea": .text("加灯"), "since": .text(office.now.description)], by: nurse
            ).id
            office.move(hours: 12)
            try await office.desk.runJobs()
            try await body(office, id, nurse, doctor)
        }
    }

    private static func supervised(_ person: PersonID, _ office: TestOffice) async throws -> Agenda {
        var filter = AgendaFilter()
        filter.isSupervised = true
        return try await office.desk.agenda(of: person, filter)
    }

    @Test(arguments: TestEngine.all) func itEndsTheRowAndComesBackWhereTheNewLimitIsMissed(engine: TestEngine) async throws {
        try await Self.late(engine) { office, id, _, doctor in
            let before = try await Self.supervised(doctor.person, office)
            #expect(before.supervised == 1 && before.own == 1 && before.matters.map(\.main.row.id) == [id])
            let until = office.now.adding(hours: 5)
            try await office.desk.handle(.supervise(document: id, opinion: "今天办完", until: until), by: doctor)
            let after = try await Self.supervised(doctor.person, office)
            #expect(after.supervised == 0 && after.own == 1, "the work itself still waits")
            let view = try await office.desk.document(id, by: doctor.person)
            #expect(view.deadlines.map(\.name).sorted() == ["+supervise", "answer"])
            #expect(view.deadlines.first { $0.name == "answer" }?.breached != nil, "it stays judged as it was")
            #expect(view.trail.first?.title.zh == "督办" && view.trail.first?.written == "今天办完")
            office.move(hours: 6)
            try await office.desk.runJobs()
            #expect(try await Self.supervised(doctor.person, office).matters.first?.main.title.zh == "督办：要求的时间已过")
            try await office.desk.take(Ticket.close, on: id, by: doctor)
            #expect(try await Self.supervised(doctor.person, office).supervised == 0)
            let clocks = try await office.desk.document(id, by: doctor.person).deadlines
            #expect(clocks.allSatisfy { $0.met != nil })
            try await office.desk.runJobs()
            #expect(try await office.desk.verify().isClean)
        }
    }

    @Test(arguments: TestEngine.all) func aLimitThatWasKeptBringsNothingBack(engine: TestEngine) async throws {
        try await Self.late(engine) { office, id, _, doctor in
            try await office.desk.handle(.supervise(document: id, opinion: "今天办完", until: office.now.adding(hours: 5)), by: doctor)
            office.move(hours: 1)
            try await office.desk.take(Ticket.close, on: id, by: doctor)
            office.move(hours: 24)
            try await office.desk.runJobs()
            #expect(try await Self.supervised(doctor.person, office).supervised == 0)
            #expect(
                try await office.desk.punctuality(of: doctor.person).thisMonth.all == 1, "the supervisor's limit is no clock of an article")
        }
    }

    @Test(arguments: TestEngine.all) func onlyWhoeverItWasEscalatedToAndWithWordsAndALimit(engine: TestEngine) async throws {
        try await Self.late(engine) { office, id, nurse, doctor in
            let until = office.now.adding(hours: 5)
            await #expect(throws: DeskError.self) {
                try await office.desk.handle(.supervise(document: id, opinion: "快", until: until), by: nurse)
            }
            await #expect(throws: DeskError.self) {
                try await office.desk.handle(.supervise(document: id, opinion: " ", until: until), by: doctor)
            }
            await #expect(throws: DeskError.self) {
                try await office.desk.handle(.supervise(document: id, opinion: "快", until: office.now), by: doctor)
            }
            let far = Words("完成时间最晚为一年内，请更正", "The limit lies within a year; correct it")
            await #expect(throws: DeskError.invalid([.init(field: "until", far)])) {
                try await office.desk.handle(.supervise(document: id, opinion: "快", until: office.now.adding(days: 367)), by: doctor)
            }
            let list = try await Self.supervised(doctor.person, office)
            #expect(list.supervised == 1)
        }
    }

    /// The task let the head read the document, and nothing does afterwards; what was asked for and what became of it stays to be seen.
    @Test(arguments: TestEngine.all) func whoeverIsNoReaderSeesWhatBecameOfTheDemand(engine: TestEngine) async throws {
        try await Errand.late(engine) { office, id, head, closer in
            let desk = office.desk
            func outcomes() async throws -> [SupervisedMatter.Demand.Outcome] {
                try await desk.supervisedMatter(id, of: head).demands.map(\.outcome)
            }
            #expect(try await desk.document(id, by: head).row.id == id)
            #expect(try await desk.supervisedMatters(of: head).isEmpty, "nothing was asked for yet")
            let until = office.now.adding(hours: 5)
            try await desk.handle(.supervise(document: id, opinion: "今天办完", until: until), by: Principal(head))
            await #expect(throws: DeskError.absent) { _ = try await desk.document(id, by: head) }
            let matter = try #require(try await desk.supervisedMatters(of: head).first)
            #expect(matter.id == id && matter.type == "errand" && matter.state == "open" && !matter.mayRead)
            #expect(matter.number == "差事〔2026〕1号")
            #expect(matter.demands.map(\.opinion) == ["今天办完"])
            #expect(matter.demands.first?.until == until)
            #expect(try await outcomes() == [.running])
            for person in try await desk.organisation().people.keys where person != head {
                #expect(try await desk.supervisedMatters(of: person).isEmpty)
                await #expect(throws: DeskError.absent) { _ = try await desk.supervisedMatter(id, of: person) }
            }
            // Missed again it is the head's to supervise once more.
            office.move(hours: 6)
            try await desk.runJobs()
            #expect(try await outcomes() == [.missed])
            #expect(try await desk.supervisedMatter(id, of: head).mayRead)
            let again = office.now.adding(hours: 5)
            try await desk.handle(.supervise(document: id, opinion: "最后期限", until: again), by: Principal(head))
            #expect(try await outcomes() == [.running, .replaced])
            office.move(hours: 1)
            try await desk.take(Errand.close, on: id, by: closer)
            let done = try await desk.supervisedMatter(id, of: head)
            #expect(done.demands.map(\.outcome) == [.met, .replaced])
            #expect(done.demands.map(\.opinion) == ["最后期限", "今天办完"])
            #expect(done.deeds.map(\.title.zh) == ["办结"])
            #expect(done.state == "closed" && !done.mayRead)
            // What has ended has ended: whoever is the head no more sees none of it.
            let held = try #require(try await desk.organisation().holdings.first { $0.person == head })
            try await desk.administer(.endHolding(held.id, on: office.now.day, settled: true), by: .system)
            await #expect(throws: DeskError.absent) { _ = try await desk.supervisedMatter(id, of: head) }
            #expect(try await desk.verify().isClean)
        }
    }

    /// Asked for in somebody's name it is that person's to follow, and the delegate's while the delegation lasts.
    @Test(arguments: TestEngine.all) func aDelegateFollowsItAsLongAsHeActs(engine: TestEngine) async throws {
        try await Errand.late(engine) { office, id, head, closer in
            let desk = office.desk, deputy = try await office.hire("deputy")
            try await desk.handle(
                .delegate(to: deputy, from: office.now, until: office.now.adding(hours: 9), reason: "出差"), by: Principal(head))
            try await desk.handle(
                .supervise(document: id, opinion: "今天办完", until: office.now.adding(hours: 2)), by: Principal(deputy))
            for person in [head, deputy] {
                let matter = try await desk.supervisedMatter(id, of: person)
                #expect(matter.demands.map { $0.behalf?.zh } == ["head"])
                #expect(!matter.mayRead)
                #expect(try await desk.supervisedMatters(of: person).map(\.id) == [id])
            }
            office.move(hours: 3)
            try await desk.take(Errand.close, on: id, by: closer)
            #expect(try await desk.supervisedMatter(id, of: deputy).demands.map(\.outcome) == [.late])
            office.move(hours: 7)
            await #expect(throws: DeskError.absent) { _ = try await desk.supervisedMatter(id, of: deputy) }
            #expect(try await desk.supervisedMatters(of: deputy).isEmpty)
            #expect(try await desk.supervisedMatters(of: head).map(\.id) == [id])
        }
    }
}
