import ArticleProof
import EngineFixture
import Kernel
import Print
import School
import Synchronization
import TestOffice
import Testing
import WorkCalendar

/// Letters to people outside: what leaves the house, by which way, and what is said of it.
@Suite(.article(school[19])) struct LetterTests {
    private func student(_ campus: Campus, email: String = "") async throws -> Int64 {
        try await campus.desk.take(
            StudentFile.enter,
            input: [
                "student": .text("陈小明"), "birthday": .text("2008-05-01"), "telephone": .text("13712340011"), "course": .text("英语"),
                "email": .text(email),
            ], by: campus.marketSpecialist
        ).id
    }

    private func approved(_ campus: Campus, way: String = "mail", email: String = "xiaoming@example.org") async throws -> Int64 {
        let id = try await campus.desk.take(
            CustomerLetter.draft,
            input: [
                "student": .whole(try await student(campus, email: email)), "heading": .text("课程说明"), "text": .text("您好，课程说明如下。"),
                "way": .text(way),
            ], by: campus.marketSpecialist
        ).id
        try await campus.desk.take(CustomerLetter.approve, on: id, by: campus.director)
        return id
    }

    @Test(.demand(school[19], 2), arguments: TestEngine.all)
    func aLetterIsArchivedWhenTheMailServerHasTakenIt(engine: TestEngine) async throws {
        try await Campus.with(engine) { campus in
            let desk = campus.desk, id = try await approved(campus), box = Mutex<[LetterCarrier.Letter]>([])
            // By hand only what does not go by mail.
            await #expect(throws: DeskError.self) {
                try await desk.take(CustomerLetter.send, on: id, input: ["proof": .text("已发")], by: campus.marketSpecialist)
            }
            try await desk.take(CustomerLetter.mail, on: id, by: campus.marketSpecialist)
            // Nothing says that it was handed over before somebody took it.
            #expect(try await campus.state(id, by: campus.director) == "queued")
            #expect(try await campus.view(id, by: campus.director).row.values["sentAt"].map(\.isEmpty) ?? true)
            let refuses = LetterCarrier(desk) { _ in Words("对方拒绝（451）", "refused: 451") }
            #expect(try await refuses.round().count == 1)
            #expect(try await refuses.round().isEmpty)
            #expect(try await campus.state(id, by: campus.director) == "queued")
            #expect(try await campus.rows("archive-entry", by: campus.clerk).isEmpty)
            campus.office.move(hours: 1)
            let takes = LetterCarrier(desk) { letter in
                box.withLock { $0.append(letter) }
                return nil
            }
            #expect(try await takes.round().isEmpty)
            let letter = try #require(box.withLock { $0.first })
            #expect(letter.address == "xiaoming@example.org" && letter.subject == "课程说明" && letter.text == "您好，课程说明如下。")
            #expect(!letter.id.contains(String(id)))
            let row = try await campus.view(id, by: campus.director).row
            #expect(row.state == "sent" && row.values["sentText"] == .text("课程说明\n\n您好，课程说明如下。"))
            #expect(row.values["proof"]?.text?.contains("是否送达以对方为准") == true)
            #expect(row.values["messageID"] == .text(letter.id))
            #expect(try await campus.rows("archive-entry", by: campus.clerk).count == 1)
            #expect(try await campus.rows("contact-record", by: campus.director).count == 1)
            _ = try await takes.round()
            #expect(box.withLock { $0.count } == 1)
        }
    }

    @Test(arguments: TestEngine.all) func withoutAMailServerItSaysSoAndIsEnteredByHand(engine: TestEngine) async throws {
        try await Campus.with(engine) { campus in
            let desk = campus.desk
            // Without an address there is nowhere to send it.
            let nowhere = try await approved(campus, email: "")
            let refusal = try await campus.refusal { try await desk.take(CustomerLetter.mail, on: nowhere, by: campus.marketSpecialist) }
            #expect(refusal?.words.zh.contains("学员档案没有电子邮箱") == true)
            let id = try await approved(campus)
            try await desk.take(CustomerLetter.mail, on: id, by: campus.marketSpecialist)
            #expect(try await LetterCarrier(desk, nil).round().count == 1)
            #expect(try await campus.state(id, by: campus.director) == "undelivered")
            #expect(try await campus.tray(of: campus.marketSpecialist).contains(id))
            #expect(try await campus.told(campus.marketSpecialist).contains { $0.contains("没有设置邮件服务器") })
            await #expect(throws: (any Error).self) { try await desk.take(CustomerLetter.send, on: id, by: campus.marketSpecialist) }
            try await desk.take(CustomerLetter.send, on: id, input: ["proof": .text("自有邮箱发出，回执 8821")], by: campus.marketSpecialist)
            #expect(try await campus.state(id, by: campus.director) == "sent")
        }
    }

    @Test(arguments: TestEngine.all) func aServerThatNeverTakesItIsGivenUpInSight(engine: TestEngine) async throws {
        try await Campus.with(engine) { campus in
            let id = try await approved(campus), carrier = LetterCarrier(campus.desk) { _ in Words("无法连接", "no way") }
            try await campus.desk.take(CustomerLetter.mail, on: id, by: campus.marketSpecialist)
            for _ in 0..<8 {
                _ = try await carrier.round()
                campus.office.move(hours: 1)
            }
            #expect(try await campus.state(id, by: campus.director) == "undelivered")
            #expect(try await campus.view(id, by: campus.director).row.values["fault"] == .text("无法连接"))
        }
    }

    @Test(.article(school[16])) func minutesSayWhoWasThereWhoWasExcusedAndWhoAttended() async throws {
        try await Campus.with { campus in
            // Only minutes ask for it, and they need it.
            await #expect(throws: DeskError.self) { _ = try await campus.signed(["kind": .text("minutes")]) }
            await #expect(throws: DeskError.self) { _ = try await campus.signed(["present": .text("各部门负责人")]) }
            let present = "总经理、教务部主任、市场部主任、行政部主任、信息室主任、东工作点主任、西工作点主任", organisation = try await campus.desk.organisation()
            let id = try await campus.signed([
                "kind": .text("minutes"), "present": .text(present), "excused": .text("西工作点主任"), "attending": .text("财务人员"),
            ])
            let paper = OfficialForm(try await campus.view(id), organisation).paper
            #expect(paper.attendance.map(\.label) == ["出席", "请假", "列席"] && paper.attendance[0].names == present)
            #expect(try OfficialPrinter().pdf(paper).count > 1000)
            let meeting = try await campus.desk.take(
                ManagementMeeting.minute,
                input: [
                    "day": .text("2026-01-15"), "chair": campus.person(campus.manager), "present": .text("各部门负责人"), "excused": .text("无"),
                    "discussion": .text("听取了汇报。"),
                ], by: campus.clerk
            ).id
            try await campus.desk.take(ManagementMeeting.sign, on: meeting, by: campus.manager)
            let minutes = MinutesForm(try await campus.view(meeting), organisation).paper
            #expect(minutes.style == .minutes && !minutes.isSealed && minutes.attendance.map(\.label) == ["出席", "请假"])
            #expect(try OfficialPrinter().pdf(minutes).count > 1000)
        }
    }
}
