import Courier
import EngineFixture
import Kernel
import Practices
import TestOffice
import Testing
import WorkCalendar

@testable import Outbox

@Suite struct OutboxTests {
    /// A port where nobody listens.
    private static let nowhere = OutboxWays(
        server: MailServer(url: "smtp://127.0.0.1:9"), sender: "book@example.org", robot: nil, base: "https://dz.example.org")

    /// An office in which a task is passed on to `receiver`, which tells that person.
    private func office(_ engine: TestEngine, _ body: (TestOffice, PersonID, @escaping (String) async throws -> Void) async throws -> Void)
        async throws
    {
        try await TestOffice.with(engine, [Laboratory.contents]) { office in
            let giver = try await office.hire("giver", Laboratory.analyst), receiver = try await office.hire("receiver", Laboratory.analyst)
            try await body(office, receiver) { subject in
                let id = try await office.desk.take(
                    Assay.enter,
                    input: [
                        "subject": .text(subject), "readers": .list([.whole(receiver.raw)]), "price": .text("1.00"), "warmth": .null,
                        "quarter": .text("2026Q1"),
                    ], by: Principal(giver)
                ).id
                let task = try #require(try await office.desk.todo(of: giver).items.first { $0.row.id == id })
                try await office.desk.handle(.reassign(task: task.task, to: receiver, reason: "请办理"), by: Principal(giver))
            }
        }
    }

    @Test(arguments: TestEngine.all) func whoWishesNothingIsSentNothing(engine: TestEngine) async throws {
        try await office(engine) { office, receiver, tell in
            try await tell("品一")
            let outbox = Outbox(desk: office.desk, courier: Courier(seconds: 2), ways: Self.nowhere)
            #expect(try await outbox.round().isEmpty)
            #expect(try await office.desk.outgoing().isEmpty)
            // What came before the wish is not sent.
            try await office.desk.choose(Reach(way: .mail, address: "receiver@example.org"), by: receiver)
            #expect(try await outbox.round().isEmpty)
        }
    }

    @Test(arguments: TestEngine.all) func whatDoesNotArriveIsTriedAgainAndGivenUpInTheEnd(engine: TestEngine) async throws {
        try await office(engine) { office, receiver, tell in
            let desk = office.desk
            try await desk.choose(Reach(way: .mail, address: "receiver@example.org"), by: receiver)
            #expect(try await desk.reach(of: receiver) == Reach(way: .mail, address: "receiver@example.org"))
            try await tell("品一")
            let outbox = Outbox(desk: desk, courier: Courier(seconds: 2), ways: Self.nowhere)
            #expect(try await outbox.round().first?.fault != nil)
            #expect(try await outbox.round().isEmpty, "it waits before it is tried again")
            for _ in 1..<Outbox.mostAttempts {
                office.move(hours: 2)
                #expect(try await outbox.round().count == 1)
            }
            let given = try #require(try await desk.outgoing().first)
            #expect(given.state == .dead && given.attempts == Outbox.mostAttempts)
            office.move(hours: 2)
            #expect(try await outbox.round().isEmpty)
            try await desk.retry(given.id, by: receiver)
            #expect(try await outbox.round().count == 1)
            await #expect(throws: DeskError.absent) { try await desk.retry(given.id, by: receiver) }
        }
    }

    @Test(arguments: TestEngine.all) func aDigestIsGatheredOnceADayFromEight(engine: TestEngine) async throws {
        try await office(engine) { office, receiver, tell in
            let desk = office.desk
            office.move(to: Moment(Day(iso: "2026-01-16")!, hour: 6)!)
            try await desk.choose(Reach(way: .digest, address: "receiver@example.org"), by: receiver)
            try await tell("品一")
            try await tell("品二")
            try await desk.gatherOutgoing(by: [.mail])
            #expect(try await desk.outgoing().isEmpty)
            office.move(hours: 2)
            try await desk.gatherOutgoing(by: [.mail])
            let message = try #require(try await desk.outgoing().first)
            #expect(try await desk.content(of: message).lines.count == 2)
            try await tell("品三")
            try await desk.gatherOutgoing(by: [.mail])
            #expect(try await desk.outgoing().count == 1)
            office.move(hours: 24)
            try await desk.gatherOutgoing(by: [.mail])
            #expect(try await desk.outgoing().count == 2)
        }
    }

    @Test func robotsSayThatThereIsSomethingAndNotWhat() throws {
        let content = OutgoingContent(
            address: "", login: "qinyun", name: Words("秦芸", "Qin Yun"), lines: [Words("质信〔2026〕1号 待办", "to do")])
        let message = Outgoing(id: 7, person: PersonID(1), way: .robot)
        for kind in GroupRobot.Kind.allCases {
            let robot = try #require(GroupRobot("\(kind.rawValue) https://robot.example.org/send?key=a", secret: nil))
            let request = robot.request(message, content, nil, at: TestOffice.start)
            let body = String(decoding: request.body, as: UTF8.self)
            #expect(body.contains("秦芸 有 1 条新通知") && !body.contains("质信"), "\(kind)")
        }
        #expect(GroupRobot("wecom", secret: nil) == nil && GroupRobot("telegram https://x", secret: nil) == nil)
        // An answer of status 200 that says no is a no.
        let wecom = try #require(GroupRobot("wecom https://robot.example.org/send", secret: nil))
        try wecom.mustHaveTaken(HTTPReply(status: 200, type: "application/json", body: Array("{\"errcode\":0,\"errmsg\":\"ok\"}".utf8)))
        #expect(throws: CourierError.refused(code: 93000, "invalid webhook url")) {
            try wecom.mustHaveTaken(
                HTTPReply(status: 200, type: "application/json", body: Array("{\"errcode\":93000,\"errmsg\":\"invalid webhook url\"}".utf8))
            )
        }
        #expect(throws: CourierError.refused(code: 500, "")) { try wecom.mustHaveTaken(HTTPReply(status: 500, type: "", body: [])) }
    }
}

/// What stays inside, and what is not sent to whoever does not wish it any more.
@Suite struct OutgoingContentTests {
    private func with(_ engine: TestEngine, _ body: (Desk, PersonID, PersonID) async throws -> Void) async throws {
        try await TestOffice.with(engine, [Laboratory.contents]) { office in
            let giver = try await office.hire("giver", Laboratory.analyst), receiver = try await office.hire("receiver", Laboratory.analyst)
            try await office.desk.choose(Reach(way: .mail, address: "receiver@example.org", isCalled: true), by: receiver)
            try await body(office.desk, giver, receiver)
        }
    }

    private func hand(_ desk: Desk, from giver: PersonID, to receiver: PersonID) async throws {
        let id = try await desk.take(
            Assay.enter,
            input: [
                "subject": .text("样品"), "readers": .list([.whole(receiver.raw)]), "price": .text("1.00"), "quarter": .text("2026Q1"),
            ], by: Principal(giver)
        ).id
        let task = try #require(try await desk.todo(of: giver).items.first { $0.row.id == id })
        try await desk.handle(.reassign(task: task.task, to: receiver, reason: "请办理"), by: Principal(giver))
    }

    @Test(arguments: TestEngine.all) func whoeverWishesNoMoreIsSentNothing(engine: TestEngine) async throws {
        try await with(engine) { desk, giver, receiver in
            try await hand(desk, from: giver, to: receiver)
            try await desk.gatherOutgoing(by: [.mail, .robot])
            let messages = try await desk.dueOutgoing()
            #expect(Set(messages.map(\.way)) == [.mail, .robot])
            for message in messages { #expect(try await desk.content(of: message).lines.count == 1) }
            try await desk.choose(Reach(), by: receiver)
            #expect(try await desk.dueOutgoing().isEmpty)
            for message in messages { #expect(try await desk.content(of: message).lines.isEmpty, "one that was under way says nothing") }
        }
    }
}

/// The overview by mail: when it is due, what is sent, and what stays inside.
@Suite struct OverviewMailTests {
    private static let nowhere = OutboxWays(
        server: MailServer(url: "smtp://127.0.0.1:9"), sender: "book@example.org", robot: nil, base: nil)
    private static let paper = OutgoingReport(name: "overview.pdf", pdf: Array("%PDF-1.7".utf8), texts: ["总览", "客户服务部 3"])

    private func outbox(_ desk: Desk, _ report: OutgoingReport?) -> Outbox {
        Outbox(desk: desk, courier: Courier(seconds: 2), ways: Self.nowhere) { _, _, _ in report }
    }

    @Test(arguments: TestEngine.all) func itIsDueOnceAWeekOrAMonthFromEight(engine: TestEngine) async throws {
        try await TestOffice.with(engine, [Laboratory.contents]) { office in
            let desk = office.desk
            let weekly = try await office.hire("weekly"), monthly = try await office.hire("monthly"), never = try await office.hire("never")
            for (person, report) in [(weekly, Reach.Report.weekly), (monthly, .monthly), (never, .never)] {
                try await desk.choose(Reach(address: "a@example.org", report: report), by: person)
            }
            func due() async throws -> [PersonID] {
                try await desk.gatherReports()
                return try await desk.outgoing().map(\.person)
            }
            #expect(try await due().isEmpty, "who has just wished it waits for the next one")
            office.move(to: Moment(Day(iso: "2026-01-19")!, hour: 7)!)
            #expect(try await due().isEmpty)
            office.move(hours: 1)
            #expect(try await due() == [weekly])
            #expect(try await due() == [weekly], "once")
            let message = try #require(try await desk.outgoing().first)
            #expect(message.way == .report && message.reportDay == Day(iso: "2026-01-19"))
            // Nobody ran the program on the first; it is made up for on the next day.
            office.move(to: Moment(Day(iso: "2026-02-03")!, hour: 9)!)
            #expect(try await due().count == 3)
            #expect(try await desk.outgoing().first { $0.person == monthly }?.reportDay == Day(iso: "2026-02-01"))
            try await desk.choose(Reach(), by: weekly)
            office.move(to: Moment(Day(iso: "2026-02-09")!, hour: 9)!)
            #expect(try await due() == [monthly])
        }
    }

    @Test(arguments: TestEngine.all) func whoHasNothingToSumUpIsSentNothing(engine: TestEngine) async throws {
        try await TestOffice.with(engine, [Laboratory.contents]) { office in
            let desk = office.desk, reader = try await office.hire("reader")
            try await desk.choose(Reach(address: "a@example.org", report: .weekly), by: reader)
            office.move(to: Moment(Day(iso: "2026-01-19")!, hour: 8)!)
            #expect(try await outbox(desk, nil).round().isEmpty)
            #expect(try await desk.outgoing().map(\.state) == [.void])
            // Where there is something, it goes to the mail server, and where that is not there it is tried again.
            office.move(to: Moment(Day(iso: "2026-01-26")!, hour: 8)!)
            #expect(try await outbox(desk, Self.paper).round().map { $0.fault != nil } == [true])
            #expect(try await desk.outgoing().first?.state == .waiting)
            // Who wishes it no more while it is under way is sent nothing.
            let message = try #require(try await desk.outgoing().first)
            #expect(try await desk.content(of: message).lines.count == 1)
            try await desk.choose(Reach(), by: reader)
            #expect(try await desk.content(of: message).lines.isEmpty)
        }
    }

    @Test(arguments: TestEngine.all) func whatLooksPersonalStaysInside(engine: TestEngine) async throws {
        try await TestOffice.with(engine, [Laboratory.contents]) { office in
            let desk = office.desk, reader = try await office.hire("reader")
            try await desk.choose(Reach(address: "a@example.org", report: .weekly), by: reader)
            office.move(to: Moment(Day(iso: "2026-01-19")!, hour: 8)!)
            try await desk.gatherReports()
            let message = try #require(try await desk.dueOutgoing().first)
            #expect(try await desk.mayLeave(Self.paper, message))
            func entries() async throws -> Int64 { try await desk.store.read { try $0.count("SELECT count(*) FROM entry", []) } }
            let before = try await entries()
            let personal = OutgoingReport(name: "overview.pdf", pdf: [], texts: ["总览", "热线13800134499组 3"])
            #expect(try await !desk.mayLeave(personal, message))
            #expect(try await entries() == before + 1, "it stands in the ledger")
        }
    }
}
