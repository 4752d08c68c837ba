import ArticleProof
import EngineFixture
import EnterpriseIT
import Kernel
import TestOffice
import Testing

/// Who reported is known to whoever reported and to whoever judges, and to nobody else.
@Suite(.article(enterpriseIT["第二章14"])) struct BreachTests {
    private func report(
        _ factory: Factory, _ accused: Principal, by reporter: Principal, _ more: [String: JSONValue] = [:]
    ) async throws -> (report: Int64, breach: Int64, judge: Principal) {
        let input: [String: JSONValue] = [
            "kind": .text("cable"), "person": .whole(accused.person.raw), "happened": factory.day(0), "what": .text("私拉网线到休息室"),
        ]
        let id = try await factory.desk.take(OperationReport.report, input: input.merging(more) { $1 }, by: reporter).id
        let breach = try #require(try await factory.value(id, "breach", by: reporter).whole)
        let judge = try #require(try await factory.value(breach, "judgedBy", by: factory.director).whole)
        return (id, breach, Principal(PersonID(judge)))
    }
    private let judgement: [String: JSONValue] = ["judgement": .text("属实"), "measure": .text("拆除并教育")]

    @Test(.demand(enterpriseIT["第二章14"], 2), arguments: TestEngine.all)
    func aBreachIsReportedHeardAndJudged(engine: TestEngine) async throws {
        try await Factory.with(engine) { factory in
            let desk = factory.desk, own = try await report(factory, factory.worker, by: factory.head)
            #expect(own.judge == factory.director || own.judge == factory.leader)
            let refusal = await #expect(throws: Refusal.self) {
                try await desk.take(OperationBreach.judge, on: own.breach, input: judgement, by: own.judge)
            }
            #expect(refusal?.article == enterpriseIT["第二章14"] && refusal?.words.zh.contains("当事人还没有说明") == true)
            try await desk.take(OperationBreach.state, on: own.breach, input: ["statement": .text("不知规定")], by: factory.worker)
            await #expect(throws: DeskError.self) {
                try await desk.take(OperationBreach.judge, on: own.breach, input: judgement, by: factory.head)
            }
            try await desk.take(OperationBreach.judge, on: own.breach, input: judgement, by: own.judge)
            #expect(try await factory.state(own.breach) == "judged")
            // Whoever reported hears what came of it.
            #expect(try await factory.state(own.report, by: factory.head) == "judged")
            #expect(try await factory.value(own.report, "outcome", by: factory.head) == .text("拆除并教育"))
            await #expect(throws: DeskError.absent) { _ = try await factory.view(own.breach, by: factory.worker2) }
        }
    }

    @Test(arguments: TestEngine.all) func theAccusedReadsNowhereWhoReported(engine: TestEngine) async throws {
        try await Factory.with(engine) { factory in
            let desk = factory.desk, own = try await report(factory, factory.worker, by: factory.worker2)
            let view = try await factory.view(own.breach, by: factory.worker), reporter = try await desk.organisation().name(factory.worker2.person)
            #expect(view.row.creator != factory.worker2.person && view.row.unit == factory.workshop)
            #expect(view.trail.count == 1 && view.trail.allSatisfy { $0.who != reporter })
            #expect(view.grants.isEmpty && !view.names.values.contains(reporter))
            #expect(try await factory.rows("operation-report", by: factory.worker).isEmpty)
            #expect(try await desk.search("私拉网线", by: factory.worker.person).rows.allSatisfy { $0.id == own.breach })
            for notice in try await desk.notices(of: factory.worker.person).notices { #expect(!notice.words.zh.contains(reporter.zh)) }
            // Neither does the director, who is accused and reads every breach by the post.
            let second = try await report(factory, factory.director, by: factory.worker2)
            #expect(second.judge == factory.leader)
            await #expect(throws: DeskError.absent) { _ = try await factory.view(second.report, by: factory.director) }
            #expect(try await factory.view(second.breach, by: factory.director).trail.allSatisfy { $0.who != reporter })
            // Whoever judges has to know.
            #expect(try await factory.view(second.report, by: factory.leader).row.creator == factory.worker2.person)
        }
    }

    @Test(.demand(enterpriseIT["第二章14"], 2), arguments: TestEngine.all)
    func whatTheSystemSawGoesToAJudgeAsSoonAsThereIsOne(engine: TestEngine) async throws {
        try await Factory.with(engine) { factory in
            let desk = factory.desk
            // The director is left as the only one who could judge, and is the one whom the system saw.
            try await desk.administer(
                .changePerson(
                    factory.leader.person, zh: "离职", en: "left", clearance: .internal, active: false, administrator: false, settled: true),
                by: .system)
            let room = try await desk.take(
                ComputerRoom.register,
                input: [
                    "label": .text("一车间电脑室"), "place": .text("二楼"), "leader": .whole(factory.head.person.raw),
                    "onDuty": .list([.whole(factory.duty.person.raw)]), "rules": .text("人离断电。"),
                ], by: factory.director
            ).id
            let visit = try await desk.take(
                RoomVisit.enterAtOnce,
                input: [
                    "visitor": .text("周平"), "from": .text("甲公司"), "document": .text("身份证"), "purpose": .text("设备维护"), "room": .whole(room),
                    "area": .text("机柜区"), "escort": .whole(factory.director.person.raw),
                ], by: factory.duty
            ).id
            try await desk.take(
                RoomVisit.leave, on: visit,
                input: [
                    "operated": .flag(true), "operation": .text("查看日志"), "powerOff": .flag(true), "restored": .flag(true),
                ], by: factory.duty)
            let breach = try await factory.one("operation-breach")
            #expect(try await factory.value(breach, "judgedBy") == .null)
            factory.office.move(hours: 24)
            try await desk.runJobs()
            #expect(try await factory.value(breach, "judgedBy") == .null)
            let leader = Principal(try await factory.office.hire("leader2", factoryLeader, in: factory.office.company))
            factory.office.move(hours: 24)
            try await desk.runJobs()
            #expect(try await factory.value(breach, "judgedBy") == .whole(leader.person.raw))
            try await desk.take(OperationBreach.state, on: breach, input: ["statement": .text("已电话请示")], by: factory.director)
            #expect(try await factory.tasks(of: leader).contains(breach))
            try await desk.take(OperationBreach.judge, on: breach, input: judgement, by: leader)
            #expect(try await factory.state(breach) == "judged")
        }
    }

    @Test(arguments: TestEngine.all) func nobodyJudgesTheOwnReportOrTheOwnBreach(engine: TestEngine) async throws {
        try await Factory.with(engine) { factory in
            // Drawn among those who are no party to it.
            for _ in 0..<4 {
                let own = try await report(factory, factory.worker, by: factory.director)
                #expect(own.judge == factory.leader)
                await #expect(throws: DeskError.self) {
                    try await factory.desk.take(OperationBreach.dismiss, on: own.breach, input: ["reason": .text("误会")], by: factory.director)
                }
            }
            let nobody = await #expect(throws: Refusal.self) { _ = try await report(factory, factory.leader, by: factory.director) }
            #expect(nobody?.words.zh.contains("没有可以认定此事的") == true)
            let own = await #expect(throws: Refusal.self) { _ = try await report(factory, factory.worker, by: factory.worker) }
            #expect(own?.words.zh.contains("不能报告本人") == true)
        }
    }
}
