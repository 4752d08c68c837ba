import CustomerAuthenticity
import EngineFixture
import Kernel
import Testing
import Vault
import WorkCalendar

/// What a visitor of the demonstration finds of notices, reports and rules.
@Suite struct NoticeDemonstrationTests {
    @Test func aVisitorFindsEachKindAndState() async throws {
        let now = Moment(Day(iso: "2026-03-04")!, hour: 10)!
        let demonstration = Demonstration(days: 42, daily: 14)
        let clock = Demonstration.MovingClock(demonstration.start(before: now))
        try await TestEngine.sqlite.withStore { store in
            let desk = try await Desk.open(store: store, catalogue: Catalogue([authenticityContents]), master: .fleeting(), clock: clock.clock)
            try await demonstration.fill(desk, clock, until: now)
            let notices = try await desk.all(CustomerNotice.self)
            let kinds: [NoticeKind] = [.inEffect, .renewalDue, .premiumReceived, .claimResult, .paymentDue, .majorChange, .sellerLeft]
            for kind in kinds { #expect(notices.contains { $0.value.kind == kind }, "\(kind)") }
            let states: [CustomerNotice.State] = [.queued, .handed, .delivered, .temporary, .permanent, .technical, .unknown, .dead]
            for state in states { #expect(notices.contains { $0.state == state }, "\(state)") }
            let tasks = try await desk.all(ContactTask.self)
            #expect(tasks.contains { $0.value.cause == .undelivered } && tasks.contains { $0.value.cause == .told })
            let calls = try await desk.all(CallBack.self)
            for state: CallBack.State in [.planned, .done, .problem] { #expect(calls.contains { $0.state == state }, "\(state)") }
            let reports = try await desk.all(UsageReport.self)
            #expect(reports.contains { $0.state == .filed } && reports.contains { $0.state == .drawn })
            let check = try #require(try await desk.all(SelfCheck.self).first)
            #expect(check.value.rows == 400 && check.value.refused > 20 && check.value.units.count == 3)
            #expect(Set(try await desk.all(SelfCheckTask.self).map(\.state)) == [.open, .reported, .closed])
            #expect(try await desk.all(ArticleQuestion.self).count { $0.state == .published } == 2)
            let overdue = try await desk.organisation().people.values.first { $0.login == "lintao" }?.id ?? .none
            #expect(try await desk.todo(of: overdue).items.contains { $0.row.type == Procedure.name }, "a review is overdue")
            #expect(try await desk.verify().isClean)
        }
    }
}
