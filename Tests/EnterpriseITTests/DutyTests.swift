import ArticleProof
import EngineFixture
import EnterpriseIT
import Kernel
import TestOffice
import Testing
import WorkCalendar

@Suite struct DutyTests {
    @Test(.demand(enterpriseIT["第二章4"], 1), arguments: TestEngine.all)
    func thePublicityPlanGivesTasksWithTheirDays(engine: TestEngine) async throws {
        try await Factory.with(engine) { factory in
            func issue(_ due: Int) async throws {
                let line = Factory.record([
                    "topic": .text("防范勒索病毒"), "medium": .text("展板"), "owner": .whole(factory.desk1.person.raw), "due": factory.day(due),
                ])
                try await factory.desk.take(
                    PublicityPlan.issue, input: ["period": .text("2026Q1"), "agreedWith": .text("宣传科同意"), "lines": .list([line])],
                    by: factory.director)
            }
            let refusal = await #expect(throws: Refusal.self) { try await issue(-1) }
            #expect(refusal?.article == enterpriseIT["第二章4"])
            try await issue(10)
            let task = try await factory.one("publicity-task")
            #expect(try await factory.tasks(of: factory.desk1) == [task])
            #expect(try await factory.clock(task, "delivering")?.due == .endOfDay(factory.today.adding(days: 10)))
            factory.office.move(hours: 24 * 12)
            try await factory.desk.runJobs()
            #expect(try await factory.tasks(of: factory.director).contains(task))
            try await factory.desk.take(PublicityTask.deliver, on: task, input: ["text": .text("不点陌生链接")], by: factory.desk1)
            try await factory.desk.take(PublicityTask.accept, on: task, by: factory.director)
        }
    }

    @Test(.demand(enterpriseIT["第二章5"], 1), arguments: TestEngine.all)
    func aTrainingHasMaterialTeacherRoomAndAttendance(engine: TestEngine) async throws {
        try await Factory.with(engine) { factory in
            func plan(_ day: Int) async throws -> Int64 {
                try await factory.desk.take(
                    TrainingSession.plan,
                    input: [
                        "year": .text("2026"), "topic": .text("办公软件"), "day": factory.day(day), "teacher": .whole(factory.desk1.person.raw),
                        "invited": .list([.whole(factory.worker.person.raw), .whole(factory.worker2.person.raw)]),
                    ], by: factory.director
                ).id
            }
            await #expect(throws: Refusal.self) { _ = try await plan(0) }
            await #expect(throws: Refusal.self) { _ = try await plan(400) }
            let id = try await plan(5)
            await #expect(throws: DeskError.self) {
                try await factory.desk.take(TrainingSession.prepare, on: id, input: ["material": .text("讲义")], by: factory.desk1)
            }
            try await factory.desk.take(
                TrainingSession.prepare, on: id, input: ["material": .text("讲义"), "place": .text("三楼机房")], by: factory.desk1)
            let held: [String: JSONValue] = ["came": .list([.whole(factory.worker.person.raw)]), "outcome": .text("掌握")]
            let refusal = await #expect(throws: Refusal.self) {
                try await factory.desk.take(TrainingSession.hold, on: id, input: held, by: factory.desk1)
            }
            #expect(refusal?.article == enterpriseIT["第二章5"])
            factory.office.move(hours: 24 * 5)
            try await factory.desk.take(TrainingSession.hold, on: id, input: held, by: factory.desk1)
            #expect(try await factory.state(id, by: factory.worker) == "held")
            let values = try await factory.view(id).row.values
            #expect(values["came"]?.list == [.whole(factory.worker.person.raw)] && values["teacher"] == .whole(factory.desk1.person.raw))
            #expect(values["material"] == .text("讲义") && values["place"] == .text("三楼机房"))
        }
    }

    @Test(.demand(enterpriseIT["第二章6"], 1), arguments: TestEngine.all)
    func contactsAndSubsidiesAreKept(engine: TestEngine) async throws {
        try await Factory.with(engine) { factory in
            let contact = try await factory.desk.take(
                OutsideContact.register,
                input: [
                    "organisation": .text("市工业和信息化局"), "person": .text("李敏"), "matter": .text("两化融合"),
                    "owner": .whole(factory.desk1.person.raw),
                ], by: factory.director
            ).id
            try await factory.desk.take(OutsideContact.talk, on: contact, input: ["what": .text("询问申报条件")], by: factory.desk1)
            func prepare(_ closes: Int) async throws -> Int64 {
                try await factory.desk.take(
                    SubsidyApplication.prepare,
                    input: [
                        "policy": .text("智能制造专项"), "office": .text("市工业和信息化局"), "contact": .whole(contact), "conditions": .text("已建生产系统"),
                        "asked": .text("300000"), "closesOn": factory.day(closes),
                    ], by: factory.director
                ).id
            }
            let refusal = await #expect(throws: Refusal.self) { _ = try await prepare(-1) }
            #expect(refusal?.article == enterpriseIT["第二章6"])
            let id = try await prepare(20)
            try await factory.desk.take(SubsidyApplication.submit, on: id, by: factory.director)
            try await factory.desk.take(
                SubsidyApplication.grant, on: id, input: ["result": .text("获批"), "given": .text("200000")], by: factory.director)
            try await factory.desk.take(SubsidyApplication.settle, on: id, input: ["report": .text("用于扩容")], by: factory.director)
            await #expect(throws: DeskError.absent) { _ = try await factory.view(contact, by: factory.worker) }
        }
    }

    @Test(.demand(enterpriseIT["第二章17"], 1), .demand(enterpriseIT["第三条"], 3), arguments: TestEngine.all)
    func developmentIsLedByTheCentreAndMakesNoIslands(engine: TestEngine) async throws {
        try await Factory.with(engine) { factory in
            let item = try await factory.plan("project")
            func system(_ name: String) async throws -> Int64 {
                try await factory.desk.take(
                    ITSystem.register,
                    input: [
                        "label": .text(name), "purpose": .text("管理"), "owner": .whole(factory.network.person.raw), "stage": .text("trial"),
                    ],
                    by: factory.network
                ).id
            }
            let old = try await system("财务系统")
            let id = try await factory.desk.take(
                DevelopmentRequest.request, input: ["subject": .text("工时系统"), "need": .text("统计工时")], by: factory.worker
            ).id
            let island = await #expect(throws: Refusal.self) {
                try await factory.desk.take(
                    DevelopmentRequest.analyse, on: id, input: ["planItem": .whole(item), "platform": .text("内网网页")], by: factory.network)
            }
            #expect(island?.article == enterpriseIT["第二章17"])
            let unplanned = await #expect(throws: Refusal.self) {
                try await factory.desk.take(
                    DevelopmentRequest.analyse, on: id, input: ["systems": .list([.whole(old)]), "platform": .text("内网网页")],
                    by: factory.network)
            }
            #expect(unplanned?.article == enterpriseIT["第三条"])
            try await factory.desk.take(
                DevelopmentRequest.analyse, on: id,
                input: ["planItem": .whole(item), "systems": .list([.whole(old)]), "platform": .text("内网网页")], by: factory.network)
            await #expect(throws: DeskError.self) {
                try await factory.desk.take(
                    DevelopmentRequest.contract, on: id, input: ["contractor": .text("甲公司"), "due": factory.day(60)], by: factory.director)
            }
            try await factory.desk.take(
                DevelopmentRequest.contract, on: id,
                input: ["difficulty": .text("需要移动端"), "contractor": .text("甲公司"), "due": factory.day(60)], by: factory.director)
            try await factory.desk.take(DevelopmentRequest.tested, on: id, input: ["test": .text("通过")], by: factory.network)
            let new = try await system("工时系统")
            let missing = await #expect(throws: Refusal.self) {
                try await factory.desk.take(DevelopmentRequest.finish, on: id, input: ["result": .whole(new)], by: factory.network)
            }
            #expect(missing?.words.zh.contains("财务系统") == true)
            try await factory.desk.take(
                ITSystem.connect, on: new, input: ["other": .whole(old), "what": .text("工资数据")], by: factory.network)
            try await factory.desk.take(DevelopmentRequest.finish, on: id, input: ["result": .whole(new)], by: factory.network)
        }
    }

    @Test(.demand(enterpriseIT["第二章17"], 1), arguments: TestEngine.all)
    func whatTheCentreCanDoIsDoneInHouse(engine: TestEngine) async throws {
        try await Factory.with(engine) { factory in
            let item = try await factory.plan("project")
            let id = try await factory.desk.take(
                DevelopmentRequest.request, input: ["subject": .text("考勤公示"), "need": .text("公布考勤")], by: factory.worker
            ).id
            func analyse(_ more: [String: JSONValue]) async throws {
                let input: [String: JSONValue] = ["planItem": .whole(item), "isAlone": .flag(true), "platform": .text("内网网页")]
                try await factory.desk.take(DevelopmentRequest.analyse, on: id, input: input.merging(more) { $1 }, by: factory.network)
            }
            // What speaks with no other system says why.
            let island = await #expect(throws: Refusal.self) { try await analyse([:]) }
            #expect(island?.article == enterpriseIT["第二章17"])
            try await analyse(["why": .text("只作公示，不取其他系统的数据")])
            func develop(_ due: Int, by person: Principal) async throws {
                try await factory.desk.take(DevelopmentRequest.develop, on: id, input: ["due": factory.day(due)], by: person)
            }
            await #expect(throws: DeskError.self) { try await develop(30, by: factory.network) }
            await #expect(throws: Refusal.self) { try await develop(0, by: factory.director) }
            try await develop(30, by: factory.director)
            #expect(try await factory.state(id) == "inHouse")
            #expect(try await factory.clock(id, "finishing")?.due == .endOfDay(factory.today.adding(days: 30)))
        }
    }

    @Test(.demand(enterpriseIT["第二章19"], 1), arguments: TestEngine.all)
    func theCentresPeopleStudyAndSumUp(engine: TestEngine) async throws {
        try await Factory.with(engine, at: Moment(Day(iso: "2026-12-30")!, hour: 9)!) { factory in
            func study(_ day: Int, by person: Principal) async throws {
                try await factory.desk.take(
                    StudyRecord.enter,
                    input: [
                        "day": factory.day(day), "topic": .text("IPv6 部署"), "source": .text("标准文本"), "hours": .whole(8),
                        "gain": .text("会划分网段"),
                    ], by: person)
            }
            let refusal = await #expect(throws: Refusal.self) { try await study(1, by: factory.network) }
            #expect(refusal?.article == enterpriseIT["第二章19"])
            await #expect(throws: DeskError.self) { try await study(0, by: factory.worker) }
            try await study(0, by: factory.network)
            try await study(-3, by: factory.network)
            factory.office.move(to: Moment(Day(iso: "2027-01-04")!, hour: 9)!)
            try await factory.desk.runJobs()
            let all = try await factory.rows("study-summary")
            let mine = try #require(
                all.first { $0.values["person"] == .whole(factory.network.person.raw) && $0.values["year"] == .text("2026") })
            #expect(mine.values["hours"] == .whole(16) && mine.values["records"] == .whole(2))
            #expect(try await factory.tasks(of: factory.network).contains(mine.id))
            try await factory.desk.take(StudySummary.write, on: mine.id, input: ["summary": .text("掌握 IPv6")], by: factory.network)
            await #expect(throws: DeskError.self) {
                try await factory.desk.take(StudySummary.read, on: mine.id, input: ["remark": .text("好")], by: factory.desk1)
            }
            try await factory.desk.take(StudySummary.read, on: mine.id, input: ["remark": .text("好")], by: factory.director)
        }
    }
}
