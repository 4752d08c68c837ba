import ArticleProof
import CustomerAuthenticity
import EngineFixture
import Kernel
import TestOffice
import Testing
import WorkCalendar

/// Once a year each customer with a policy is asked to report what has changed (第十二条).
@Suite struct ChangeReminderTests {
    private func reminders(_ house: NoticeOffice) async throws -> [Found<CustomerNotice>] {
        try await house.notices().filter { $0.value.kind == .changeReminder }
    }

    private func moveOn(_ house: NoticeOffice, to day: Day) async throws {
        house.office.move(to: .startOfDay(day).adding(hours: 9))
        try await house.desk.runJobs()
    }

    @Test(.demand(authenticity[12], 3), arguments: TestEngine.all)
    func aYearAfterTheRecordCameInTheCustomerIsReminded(engine: TestEngine) async throws {
        try await NoticeOffice.with(engine) { house in
            let began = house.office.now.day
            try await moveOn(house, to: began.adding(months: 12).adding(days: -14))
            #expect(try await reminders(house).isEmpty, "not before its time")
            try await moveOn(house, to: began.adding(months: 12).adding(days: 7))
            let sent = try await reminders(house)
            #expect(sent.count == 1 && sent[0].state == .queued && sent[0].value.phone == "13912340001")
            #expect(sent[0].value.text.contains("请及时办理变更") && sent[0].value.text.contains("95500"))
            let week = try #require(try await house.desk.all(ChangeReminder.self).first)
            #expect(week.state == .sent && (week.value.due, week.value.told, week.value.withheld) == (1, 1, 0))
            try await moveOn(house, to: began.adding(months: 12).adding(days: 21))
            #expect(try await reminders(house).count == 1, "once")
            try await moveOn(house, to: began.adding(months: 24).adding(days: 7))
            #expect(try await reminders(house).count == 2, "and again a year later")
        }
    }

    @Test(.demand(authenticity[12], 3)) func whoWasRemindedAtAContactMeanwhileAndWhoHasDiedIsSpared() async throws {
        try await NoticeOffice.with { house in
            let (insurer, desk, began) = (house.insurer, house.desk, house.office.now.day)
            try await insurer.submit(insurer.application("T2", sequence: 2))
            let dead = try await house.customer(of: "PT2")
            try await moveOn(house, to: began.adding(months: 9))
            let event = try await desk.take(
                ContactEvent.begin, input: ["customer": .whole(try await house.customer().raw), "kind": .text("care")], by: insurer.service
            ).id
            let finding = JSONValue.record([
                .init("value", .text("mobile")), .init("outcome", .text("confirmed")), .init("source", .text("本人")),
            ])
            try await desk.take(
                ContactEvent.finish, on: event, input: ["findings": .list([finding]), "remindsOfChanges": .flag(true)], by: insurer.service)
            #expect(try await reminders(house).count == 1)
            let paper = try await desk.keep(file: "死亡证明.txt", content: Array("证明".utf8), by: insurer.service)
            try await desk.take(
                ContactRestriction.register,
                input: [
                    "customer": .whole(dead.raw), "kind": .text("deceased"), "since": .text(house.office.now.day.description),
                    "source": .text("家属"), "evidence": .list([paper.stored]),
                ], by: insurer.service)
            try await moveOn(house, to: began.adding(months: 12).adding(days: 7))
            let week = try #require(try await desk.all(ChangeReminder.self).first)
            #expect((week.value.due, week.value.told, week.value.withheld, week.value.remindedBefore) == (2, 0, 1, 1))
            #expect(try await reminders(house).filter { $0.state != .withheld }.count == 1)
        }
    }

    @Test(.demand(authenticity[12], 3)) func withoutATemplateTheyWaitAndAreSentOnceOneIsApproved() async throws {
        try await InsurerOffice.with { insurer in
            let house = NoticeOffice(insurer: insurer), began = insurer.office.now.day
            try await house.setChannels()
            try await insurer.submit(insurer.application("T1", sequence: 1))
            try await moveOn(house, to: began.adding(months: 12).adding(days: 7))
            let week = try #require(try await house.desk.all(ChangeReminder.self).first)
            #expect(week.state == .waiting)
            #expect(try await house.notices().isEmpty)
            await NoticeOffice.refused("没有使用中的通知模板", 12) {
                try await house.desk.take(ChangeReminder.sendLater, on: week.id.raw, by: insurer.service)
            }
            try await house.approve(.changeReminder)
            try await house.desk.take(ChangeReminder.sendLater, on: week.id.raw, by: insurer.service)
            #expect(try await reminders(house).count == 1)
        }
    }
}
