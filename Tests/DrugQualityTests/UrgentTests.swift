import ArticleProof
import DrugQuality
import EngineFixture
import Kernel
import TestOffice
import Testing
import WorkCalendar

@Suite struct UrgentTests {
    private let sudden: [String: JSONValue] = ["urgency": .text("sudden")]

    @Test(.demand(drugQuality[7], 1, 2), arguments: TestEngine.all)
    func theClockRunsFromWhenItWasKnownByTheWallClock(engine: TestEngine) async throws {
        // Friday evening: the shop's clerk knew at 21:40, it is entered at 08:10 on Saturday.
        let known = Moment(Day(iso: "2026-01-16")!, hour: 21, minute: 40)!
        try await Trader.with(engine, at: Moment(Day(iso: "2026-01-17")!, hour: 7, minute: 10)!) { trader in
            let id = try await trader.report(sudden.merging(["knownAt": .text(known.description)]) { $1 })
            let clock = try #require(try await trader.clock(id))
            #expect(clock.started == known && clock.due == known.adding(hours: 10))
            // It stands on the to-do list of who has it, and of the manager.
            for person in [trader.officer, trader.manager] {
                #expect(try await trader.desk.todo(of: person.person).items.first { $0.row.id == id }?.due?.due == clock.due)
            }
        }
    }

    @Test(.demand(drugQuality[7], 2), arguments: TestEngine.all)
    func theReceiptAtTenHoursExactlyIsInTime(engine: TestEngine) async throws {
        try await Trader.with(engine) { trader in
            let first = try await trader.report(known: 0, sudden), second = try await trader.report(known: 0, sudden)
            trader.office.move(hours: 10)
            let first10 = trader.office.now
            try await trader.desk.take(QualityItem.receive, on: first, by: trader.manager)
            trader.office.move(to: trader.office.now.adding(milliseconds: 1))
            try await trader.desk.take(QualityItem.receive, on: second, by: trader.manager)
            let clock = try #require(try await trader.clock(first))
            #expect(clock.breached == nil && clock.met == first10)
            #expect(try await trader.clock(second)?.breached != nil)
            #expect(try await trader.value(first, "receipt") == .text("manager"))
        }
    }

    @Test(.demand(drugQuality[7], 1, 2), arguments: TestEngine.all)
    func remindersComeAtHalfAndFourFifthsInTheNightTooAndOnce(engine: TestEngine) async throws {
        try await Trader.with(engine, at: Moment(Day(iso: "2026-01-15")!, hour: 20)!) { trader in
            let id = try await trader.report(known: 0, sudden), other = try await trader.office.anotherDesk()
            // Until it is received it stands before the manager, with how long there is.
            let waiting = try #require(try await trader.desk.todo(of: trader.manager.person).items.first { $0.row.id == id })
            #expect(waiting.due?.due == trader.office.now.adding(hours: 10))
            func reminders() async throws -> Int {
                // Two servers run their jobs.
                try await trader.desk.runJobs()
                try await other.runJobs()
                return try await trader.told(trader.manager).filter { $0.contains("即将到期") }.count
            }
            trader.office.move(hours: 4)
            #expect(try await reminders() == 0)
            trader.office.move(hours: 1)  // 01:00
            #expect(try await reminders() == 1)
            trader.office.move(hours: 2)
            #expect(try await reminders() == 1)
            trader.office.move(hours: 1)  // 04:00
            #expect(try await reminders() == 2)
            trader.office.move(hours: 3)
            #expect(try await reminders() == 2)
            let breach = try #require(try await trader.clock(id))
            #expect(breach.breached == breach.due)
            // Against whoever held it, and it escalates.
            #expect(breach.heldBy?.zh.contains("manager") == true)
            #expect(try await trader.told(trader.qualityHead).contains { $0.contains("已逾期") })
            // The manager's receipt ends it, and that it came late stays.
            try await trader.desk.take(QualityItem.receive, on: id, by: trader.manager)
            let ended = try #require(try await trader.clock(id))
            #expect(ended.met == trader.office.now && ended.breached == breach.due)
        }
    }

    @Test(.article(drugQuality[7]), arguments: TestEngine.all)
    func enteredAtNineHoursTheTwoRemindersAreOne(engine: TestEngine) async throws {
        try await Trader.with(engine) { trader in
            _ = try await trader.report(known: 9, sudden)
            try await trader.desk.runJobs()
            trader.office.move(to: trader.office.now.adding(milliseconds: 1000))
            try await trader.desk.runJobs()
            #expect(try await trader.told(trader.manager).filter { $0.contains("即将到期") }.count == 1)
        }
    }

    @Test(.demand(drugQuality[7], 1, 2), arguments: TestEngine.all)
    func recognisedLateIsBrokenAtOnceAndAgainstWhoHadItThen(engine: TestEngine) async throws {
        try await Trader.with(engine) { trader in
            // Entered after the time was over: against who knew.
            let late = try await trader.report(known: 11, sudden)
            let first = try #require(try await trader.clock(late))
            #expect(first.breached == first.due && first.heldBy?.zh == "seller")
            // Recognised at hour 11, in the tray of the quality department since hour 1.
            let ordinary = try await trader.report(known: 1)
            trader.office.move(hours: 10)
            try await trader.desk.take(QualityItem.markUrgent, on: ordinary, input: ["urgency": .text("abnormal")], by: trader.officer)
            let clock = try #require(try await trader.clock(ordinary))
            #expect(clock.breached == clock.due)
            #expect(clock.heldBy?.zh == "qualityHead、officer、officer2")
            #expect(try await trader.told(trader.manager).contains { $0.contains("已逾期") })
        }
    }

    @Test(.demand(drugQuality[7], 2), arguments: TestEngine.all)
    func aQuestionToTheReporterStopsNothing(engine: TestEngine) async throws {
        try await Trader.with(engine) { trader in
            let id = try await trader.report(known: 0, sudden), due = try await trader.clock(id)?.due
            try await trader.desk.take(
                QualityItem.returnWrong, on: id, input: ["wrongField": .text("批号"), "rightValue": .text("20230501")], by: trader.officer)
            trader.office.move(hours: 3)
            try await trader.desk.take(QualityItem.correct, on: id, input: [:], by: trader.seller)
            let clock = try #require(try await trader.clock(id))
            #expect(clock.due == due && clock.met == nil)
            // Neither does declaring it void: the manager has it first.
            let refusal = await #expect(throws: Refusal.self) {
                try await trader.desk.take(QualityItem.void, on: id, input: ["voidReason": .text("误报")], by: trader.officer)
            }
            #expect(refusal?.words.zh.contains("须先由企业经理签收") == true)
        }
    }

    @Test(.demand(drugQuality[7], 2), arguments: TestEngine.all)
    func aCallDoesNotEndIt(engine: TestEngine) async throws {
        try await Trader.with(engine) { trader in
            let id = try await trader.report(known: 0, sudden)
            try await trader.desk.take(QualityItem.logCall, on: id, input: ["callNote": .text("电话告知经理")], by: trader.seller)
            #expect(try await trader.clock(id)?.met == nil)
            #expect(try await trader.value(id, "updates")?.list.count == 1)
            await #expect(throws: DeskError.self) { try await trader.desk.take(QualityItem.receive, on: id, by: trader.officer) }
            try await trader.desk.take(QualityItem.receiveAsDeputy, on: id, by: trader.deputy)
            #expect(try await trader.value(id, "receipt") == .text("deputy"))
            #expect(try await trader.clock(id)?.met == trader.office.now)
            // Once is enough: it waits for nobody's receipt any more.
            #expect(try await !trader.tray(of: trader.manager).contains(id))
        }
    }

    @Test(.demand(drugQuality[7], 2), arguments: TestEngine.all)
    func aPaperEndsItAtItsTimeBeforeAWitness(engine: TestEngine) async throws {
        try await Trader.with(engine) { trader in
            let id = try await trader.report(known: 0, sudden), handed = trader.office.now.adding(hours: 9)
            trader.office.move(hours: 12)
            try await trader.desk.runJobs()
            #expect(try await trader.clock(id)?.breached != nil)
            func hand(at moment: Moment, to receiver: Principal, witness: Principal) async throws {
                try await trader.desk.take(
                    QualityItem.handOver, on: id,
                    input: [
                        "receivedAt": .text(moment.description), "receivedBy": .whole(receiver.person.raw),
                        "witness": .whole(witness.person.raw),
                    ], by: trader.officer)
            }
            await #expect(throws: Refusal.self) { try await hand(at: handed, to: trader.seller, witness: trader.keeper) }
            await #expect(throws: Refusal.self) { try await hand(at: handed, to: trader.manager, witness: trader.officer) }
            await #expect(throws: Refusal.self) {
                try await hand(at: trader.office.now.adding(hours: 1), to: trader.manager, witness: trader.keeper)
            }
            try await hand(at: handed, to: trader.manager, witness: trader.keeper)
            let clock = try #require(try await trader.clock(id))
            #expect(clock.met == handed && clock.breached == nil)
            #expect(try await trader.desk.verify().isClean)
        }
    }

    @Test(.article(drugQuality[7]), arguments: TestEngine.all)
    func aKnowingTimeIsNotToCome(engine: TestEngine) async throws {
        try await Trader.with(engine) { trader in
            let refusal = await #expect(throws: Refusal.self) { try await trader.report(known: -1) }
            #expect(refusal?.article == drugQuality[7] && refusal?.words.zh.contains("不能晚于现在") == true)
            let happened: [String: JSONValue] = ["occurredAt": .text(trader.office.now.description)]
            await #expect(throws: Refusal.self) { try await trader.report(known: 1, happened) }
        }
    }

    @Test(.demand(drugQuality[7], 1, 2), arguments: TestEngine.all)
    func aChangedKnowingTimeKeepsBothAndCountsAnew(engine: TestEngine) async throws {
        try await Trader.with(engine) { trader in
            let id = try await trader.report(known: 1, sudden), was = trader.office.now.adding(hours: -1)
            func ask(_ hours: Int) async throws -> Int64 {
                try await trader.desk.take(
                    KnowingTimeChange.request,
                    input: [
                        "item": .whole(id), "after": .text(trader.office.now.adding(hours: -hours).description), "reason": .text("门店记录在先"),
                    ],
                    by: trader.officer
                ).id
            }
            await #expect(throws: Refusal.self) { _ = try await ask(-2) }
            let change = try await ask(12)
            // Until it is approved nothing moves, and who asked does not approve.
            #expect(try await trader.clock(id)?.due == was.adding(hours: 10))
            try await trader.desk.take(KnowingTimeChange.approve, on: change, by: trader.qualityHead)
            let clocks = try await trader.view(id).deadlines.filter { $0.name == "urgent" }
            #expect(clocks.count == 1 && clocks[0].started == trader.office.now.adding(hours: -12))
            #expect(clocks[0].breached == clocks[0].due && clocks[0].heldBy?.zh == "seller")
            #expect(try await trader.value(id, "firstKnownAt") == .text(was.description))
            let kept = try await trader.view(change).row.values
            #expect(kept["before"] == .text(was.description) && kept["reason"] == .text("门店记录在先"))
            #expect(try await trader.view(change).trail.first?.who.zh == "qualityHead")
            // The failure of whoever reported late follows from it.
            let records = try await trader.desk.register("feedback-record", RegisterQuery(), by: trader.officer.person).rows
            #expect(records.map(\.state) == ["failed"])
        }
    }

    @Test(.article(drugQuality[7]), arguments: TestEngine.all)
    func anotherNumberOfHoursIsForNewClocksAlone(engine: TestEngine) async throws {
        try await Trader.with(engine) { trader in
            let before = try await trader.report(known: 0, sudden)
            try await trader.desk.administer(
                .setParameter(
                    regulation: drugQuality.id, name: "urgentFeedbackHours", unit: trader.office.company, value: 6,
                    from: trader.office.now.day, reason: "从严"),
                by: .system)
            let after = try await trader.report(known: 0, sudden)
            #expect(try await trader.clock(before)?.due == trader.office.now.adding(hours: 10))
            #expect(try await trader.clock(after)?.due == trader.office.now.adding(hours: 6))
        }
    }

    @Test(.article(drugQuality[7]), arguments: TestEngine.all)
    func anAdverseReactionRunsBesideTheTenHours(engine: TestEngine) async throws {
        try await Trader.with(engine) { trader in
            let id = try await trader.report(known: 0, sudden.merging(["adverse": .text("serious")]) { $1 })
            #expect(try await trader.clock(id, "adverse")?.due == trader.office.now.adding(days: 15))
            try await trader.desk.take(QualityItem.receive, on: id, by: trader.manager)
            #expect(try await trader.clock(id, "adverse")?.met == nil)
            try await trader.analyse(id)
            try await trader.decide(id)
            try await trader.answer(id)
            try await trader.desk.take(QualityItem.acknowledge, on: id, by: trader.seller)
            let refusal = await #expect(throws: Refusal.self) { try await trader.close(id) }
            #expect(refusal?.words.zh.contains("不良反应") == true)
            try await trader.desk.take(QualityItem.reportAdverse, on: id, input: ["adverseReportNo": .text("ADR-1")], by: trader.officer)
            try await trader.close(id)
        }
    }
}
