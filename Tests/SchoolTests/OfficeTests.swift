import ArticleProof
import EngineFixture
import Kernel
import School
import TestOffice
import Testing
import WorkCalendar

@Suite struct OfficeTests {
    private func resolution(_ campus: Campus) async throws -> Int64 {
        let point = JSONValue.record([
            .init("what", .text("修订档案制度")), .init("owner", campus.person(campus.adminSpecialist)), .init("due", .text("2026-01-30")),
        ])
        let meeting = try await campus.desk.take(
            ManagementMeeting.minute,
            input: [
                "day": .text("2026-01-15"), "chair": campus.person(campus.manager), "present": .text("各部门负责人"),
                "discussion": .text("议定如下。"),
                "points": .list([point]),
            ], by: campus.clerk
        ).id
        let before = try await campus.rows("resolution", by: campus.manager).map(\.id)
        await #expect(throws: (any Error).self) { try await campus.desk.take(ManagementMeeting.sign, on: meeting, by: campus.director) }
        try await campus.desk.take(ManagementMeeting.sign, on: meeting, by: campus.manager)
        let after = try await campus.rows("resolution", by: campus.manager)
        return try #require(after.first { !before.contains($0.id) }).id
    }

    @Test(.demand(school[10], 1), arguments: TestEngine.all)
    func aResolutionIsDoneWhenTheLeaderSaysSo(engine: TestEngine) async throws {
        try await Campus.with(engine) { campus in
            let desk = campus.desk, id = try await resolution(campus)
            #expect(try await campus.tray(of: campus.adminSpecialist).contains(id))
            await #expect(throws: (any Error).self) { try await desk.take(Resolution.report, on: id, by: campus.adminSpecialist) }
            try await desk.take(Resolution.report, on: id, input: ["progress": .text("已起草")], by: campus.adminSpecialist)
            await #expect(throws: (any Error).self) { try await desk.take(Resolution.confirm, on: id, by: campus.adminSpecialist) }
            // A word that asks for more means that it is not done; the clock runs on.
            try await desk.take(Resolution.more, on: id, input: ["answer": .text("征求意见后再报")], by: campus.manager)
            #expect(try await campus.view(id).row.due?.met == nil)
            try await desk.take(Resolution.report, on: id, input: ["progress": .text("已征求意见")], by: campus.adminSpecialist)
            try await desk.take(Resolution.confirm, on: id, by: campus.manager)
            #expect(try await campus.state(id) == "confirmed")
            #expect(try await campus.view(id).row.values["isLate"]?.isEmpty ?? true)
        }
    }

    @Test(.demand(school[10], 1), arguments: TestEngine.all)
    func aLaterDayIsAskedForBeforeTheOldOneAndJudgedByIt(engine: TestEngine) async throws {
        try await Campus.with(engine) { campus in
            let desk = campus.desk, id = try await resolution(campus), second = try await resolution(campus)
            try await desk.take(
                Resolution.prolong, on: id, input: ["due": .text("2026-02-20"), "reason": .text("等上级文件")], by: campus.manager)
            campus.office.move(to: Moment(Day(iso: "2026-02-10")!, hour: 9)!)
            try await desk.runJobs()
            let late = try await campus.refusal {
                try await desk.take(
                    Resolution.prolong, on: second, input: ["due": .text("2026-03-20"), "reason": .text("忙")], by: campus.manager)
            }
            #expect(late?.words.zh.contains("期限已过") == true)
            try await desk.take(Resolution.report, on: id, input: ["progress": .text("完成")], by: campus.adminSpecialist)
            try await desk.take(Resolution.confirm, on: id, by: campus.manager)
            let row = try await campus.view(id).row
            #expect(row.values["isLate"] == .flag(true) && row.values["firstDue"] == .text("2026-01-30"))
        }
    }

    @Test(.demand(school[10], 2), arguments: TestEngine.all)
    func proposalsAreAnsweredAndFollowed(engine: TestEngine) async throws {
        try await Campus.with(engine) { campus in
            let desk = campus.desk
            let id = try await desk.take(
                ImprovementProposal.file, input: ["subject": .text("电子签到"), "text": .text("建议用电子签到")], by: campus.teacher
            ).id
            await #expect(throws: DeskError.self) { try await desk.take(ImprovementProposal.accept, on: id, by: campus.dean) }
            await #expect(throws: (any Error).self) {
                try await desk.take(ImprovementProposal.accept, on: id, input: ["answer": .text("好")], by: campus.manager)
            }
            try await desk.take(
                ImprovementProposal.accept, on: id,
                input: ["answer": .text("采纳"), "owner": campus.person(campus.adminSpecialist), "due": .text("2026-03-01")],
                by: campus.manager)
            #expect(try await campus.tray(of: campus.adminSpecialist).contains(id))
            try await desk.take(ImprovementProposal.finish, on: id, input: ["result": .text("已上线")], by: campus.adminSpecialist)
            #expect(try await campus.state(id) == "done")
        }
    }

    @Test(.demand(school[10], 3), arguments: TestEngine.all)
    func findingsOfAVisitAreClosedOneByOne(engine: TestEngine) async throws {
        try await Campus.with(engine) { campus in
            let desk = campus.desk
            let id = try await desk.take(
                SupervisionVisit.plan,
                input: ["visited": .whole(campus.east.raw), "day": .text("2026-01-16"), "purpose": .text("检查信息工作")],
                by: campus.marketSpecialist
            ).id
            let line = JSONValue.record([.init("what", .text("档案未上锁")), .init("due", .text("2026-01-30"))])
            let record: [String: JSONValue] = ["record": .text("查看了档案柜"), "observations": .list([line])]
            let early = try await campus.refusal {
                try await desk.take(SupervisionVisit.carryOut, on: id, input: record, by: campus.marketSpecialist)
            }
            #expect(early?.words.zh == "走访尚未进行")
            campus.office.move(hours: 24)
            try await desk.take(SupervisionVisit.carryOut, on: id, input: record, by: campus.marketSpecialist)
            let finding = try #require(try await campus.rows("visit-finding", by: campus.marketSpecialist).first).id
            #expect(try await campus.tray(of: campus.eastHead).contains(finding))
            await #expect(throws: DeskError.self) { try await desk.take(VisitFinding.close, on: finding, by: campus.marketSpecialist) }
            try await desk.take(VisitFinding.answer, on: finding, input: ["answer": .text("已加锁")], by: campus.eastHead)
            try await desk.take(VisitFinding.close, on: finding, input: ["check": .text("属实")], by: campus.marketSpecialist)
            #expect(try await campus.state(finding, by: campus.marketSpecialist) == "closed")
        }
    }

    @Test(.demand(school[10], 4), arguments: TestEngine.all)
    func whoWasAtATrainingSignedIn(engine: TestEngine) async throws {
        try await Campus.with(engine) { campus in
            let desk = campus.desk, from = Moment(Day(iso: "2026-01-20")!, hour: 14)!
            let id = try await desk.take(
                TrainingSession.plan,
                input: [
                    "subject": .text("保密制度"), "place": .text("会议室"), "teacher": .text("周老师"), "from": .text(from.description),
                    "until": .text(from.adding(hours: 2).description), "invited": campus.people(campus.teacher, campus.eastTeacher),
                ], by: campus.adminSpecialist
            ).id
            let early = try await campus.refusal { try await desk.take(TrainingSession.signIn, on: id, by: campus.teacher) }
            #expect(early?.words.zh.contains("签到只能") == true)
            campus.office.move(to: from.adding(hours: 1))
            // It is offered to whoever is invited, and not to whoever only reads it.
            func offered(_ person: Principal) async throws -> Bool {
                try await campus.view(id, by: person).availableSteps.contains { $0.step.name == TrainingSession.signIn.name }
            }
            let offers = [try await offered(campus.teacher), try await offered(campus.manager), try await offered(campus.adminSpecialist)]
            #expect(offers == [true, false, false])
            await #expect(throws: DeskError.self) { try await desk.take(TrainingSession.signIn, on: id, by: campus.manager) }
            try await desk.take(TrainingSession.signIn, on: id, by: campus.teacher)
            await #expect(throws: (any Error).self) { try await desk.take(TrainingSession.signIn, on: id, by: campus.teacher) }
            await #expect(throws: DeskError.self) { try await desk.take(TrainingSession.signIn, on: id, by: campus.secondTeacher) }
            await #expect(throws: Refusal.self) {
                try await desk.take(TrainingSession.hold, on: id, input: ["summary": .text("完成")], by: campus.adminSpecialist)
            }
            campus.office.move(hours: 2)
            try await desk.take(TrainingSession.hold, on: id, input: ["summary": .text("完成")], by: campus.adminSpecialist)
            let row = try await campus.view(id).row
            #expect(row.values["present"] == campus.people(campus.teacher) && row.values["absent"] == campus.people(campus.eastTeacher))
        }
    }

    @Test(.demand(school[10], 5), arguments: TestEngine.all)
    func theReportToTheManagerFallsDue(engine: TestEngine) async throws {
        try await Campus.with(engine) { campus in
            let desk = campus.desk
            campus.office.move(to: Moment(Day(iso: "2026-02-01")!, hour: 1)!)
            try await desk.runJobs()
            let reports = try await campus.rows("manager-report", by: campus.manager)
            #expect(reports.count == 2 && reports.allSatisfy { $0.state == "due" && $0.due != nil })
            let mine = try #require(reports.first { $0.values["author"] == campus.person(campus.adminSpecialist) }).id
            await #expect(throws: DeskError.self) {
                try await desk.take(ManagerReport.submit, on: mine, input: ["content": .text("x")], by: campus.marketSpecialist)
            }
            try await desk.take(ManagerReport.submit, on: mine, input: ["content": .text("本月收发文 30 件")], by: campus.adminSpecialist)
            try await desk.take(ManagerReport.read, on: mine, input: ["answer": .text("已阅")], by: campus.manager)
            #expect(try await campus.state(mine) == "read")
        }
    }

    @Test(.demand(school[21], 1, 2), arguments: TestEngine.all)
    func printJobsAndEquipmentAreRegistered(engine: TestEngine) async throws {
        try await Campus.with(engine) { campus in
            let desk = campus.desk
            let job = try await desk.take(
                PrintJob.request,
                input: ["subject": .text("试卷"), "secrecy": .text("internal"), "pages": .whole(4), "copies": .whole(50)], by: campus.teacher
            ).id
            let row = try await campus.view(job, by: campus.adminSpecialist).row
            #expect(row.title == "试卷" && row.values["secrecy"] == .text("internal"))
            #expect(row.values["pages"] == .whole(4) && row.values["copies"] == .whole(50) && row.values["sheets"] == .whole(200))
            await #expect(throws: DeskError.self) { try await desk.take(PrintJob.finish, on: job, by: campus.teacher) }
            try await desk.take(PrintJob.finish, on: job, by: campus.adminSpecialist)
            func register(_ serial: String) async throws -> Int64 {
                try await desk.take(
                    OfficeEquipment.register,
                    input: [
                        "kind": .text("copier"), "label": .text("复印机"), "serial": .text(serial), "place": .text("一楼"),
                        "keeper": campus.person(campus.keeper),
                    ], by: campus.adminSpecialist
                ).id
            }
            let copier = try await register("C-1")
            await #expect(throws: (any Error).self) { _ = try await register("C-1") }
            campus.office.move(hours: 24 * 181)
            try await desk.runJobs()
            #expect(try await campus.tray(of: campus.adminSpecialist).contains(copier))
            await #expect(throws: (any Error).self) {
                try await desk.take(OfficeEquipment.maintain, on: copier, by: campus.adminSpecialist)
            }
            let line = JSONValue.record([
                .init("day", .text(campus.office.now.day.description)), .init("what", .text("清洁换粉")), .init("by", .text("服务商")),
            ])
            try await desk.take(OfficeEquipment.maintain, on: copier, input: ["log": .list([line])], by: campus.adminSpecialist)
            campus.office.move(hours: 2)
            try await desk.runJobs()
            #expect(try await !campus.tray(of: campus.adminSpecialist).contains(copier))
        }
    }

    @Test(.demand(school[21], 3), arguments: TestEngine.all)
    func draftsHaveVersionsAndAReview(engine: TestEngine) async throws {
        try await Campus.with(engine) { campus in
            let desk = campus.desk
            func write(_ reviewer: Principal) async throws -> Int64 {
                try await desk.take(
                    WrittenDraft.write, input: ["subject": .text("会议通知"), "text": .text("第一稿"), "reviewer": campus.person(reviewer)],
                    by: campus.adminSpecialist
                ).id
            }
            await #expect(throws: Refusal.self) { _ = try await write(campus.adminSpecialist) }
            let id = try await write(campus.officeHead)
            await #expect(throws: DeskError.self) { try await desk.take(WrittenDraft.agree, on: id, by: campus.adminSpecialist) }
            try await desk.take(WrittenDraft.giveBack, on: id, input: ["comment": .text("补地点")], by: campus.officeHead)
            try await desk.take(
                WrittenDraft.revise, on: id, input: ["text": .text("第二稿"), "note": .text("加地点")], by: campus.adminSpecialist)
            try await desk.take(WrittenDraft.agree, on: id, input: ["comment": .text("同意")], by: campus.officeHead)
            let versions = try await campus.view(id, by: campus.officeHead).row.values["versions"]?.list ?? []
            #expect(versions.map { $0["text"].text } == ["第一稿", "第二稿"])
        }
    }

    @Test(.demand(school[21], 4), arguments: TestEngine.all)
    func assignedTasksHaveADay(engine: TestEngine) async throws {
        try await Campus.with(engine) { campus in
            let desk = campus.desk
            func assign(_ day: String) async throws -> Int64 {
                try await desk.take(
                    AssignedTask.assign, input: ["what": .text("接待记者"), "owner": campus.person(campus.adminSpecialist), "due": .text(day)],
                    by: campus.manager
                ).id
            }
            await #expect(throws: Refusal.self) { _ = try await assign("2026-01-10") }
            let id = try await assign("2026-01-16")
            campus.office.move(hours: 48)
            try await desk.runJobs()
            #expect(try await campus.view(id).deadlines.first?.breached != nil)
            try await desk.take(AssignedTask.report, on: id, input: ["result": .text("已接待")], by: campus.adminSpecialist)
            try await desk.take(AssignedTask.confirm, on: id, by: campus.manager)
            #expect(try await campus.state(id) == "done")
        }
    }
}
