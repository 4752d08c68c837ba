import ArticleProof
import CustomerAuthenticity
import EngineFixture
import Kernel
import TestOffice
import Testing
import WorkCalendar

/// Who sells, and whose contacts stand in customers' places.
@Suite struct AgentTests {
    @Test(.article(authenticity[10]), arguments: [Channel.individual, .bancassurance, .unknown])
    func whereAgentsSellTheApplicationNamesOne(channel: Channel) async throws {
        try await InsurerOffice.with { insurer in
            let without = insurer.application("T1", sequence: 1) { ($0.agentNo, $0.channel) = ("", channel) }
            let draft = try await insurer.submit(without)
            #expect(draft.state == "draft")
            #expect(draft.refusal?.faults.map(\.field) == ["agentNo"] && draft.refusal?.article == authenticity[10])
            let named = insurer.application("T1", sequence: 1) { $0.channel = channel }
            let again = try await insurer.desk.take(Application.supplement, on: draft.id, by: insurer.underwriter) { $0 = named }
            #expect(again.state == "accepted")
        }
    }

    @Test(.article(authenticity[10]), arguments: [Channel.direct]) func nobodySoldWhatWasSoldDirectly(channel: Channel) async throws {
        try await InsurerOffice.with { insurer in
            let taken = try await insurer.submit(insurer.application("T1", sequence: 1) { ($0.agentNo, $0.channel) = ("", channel) })
            #expect(taken.state == "accepted")
        }
    }

    private static func register(_ number: String, _ insurer: InsurerOffice, _ more: [String: JSONValue]) async throws -> Int64 {
        let input: [String: JSONValue] = [
            "agentNo": .text(number), "name": .text("钱业务"), "channel": .text("individual"), "team": .whole(insurer.office.market.raw),
            "leader": .whole(insurer.leader.person.raw), "phone": .text("13600000009"),
        ]
        return try await insurer.desk.take(Agent.register, input: input.merging(more) { $1 }, by: insurer.backOffice).id
    }

    private static func clues(_ insurer: InsurerOffice) async throws -> [DocumentRow] {
        try await insurer.rows("suspicion").filter { $0.values["kind"] == .text("agent_contact") }
    }

    @Test(.demand(authenticity[11], 1), .article(authenticity[7]), arguments: TestEngine.all)
    func anAgentRegisteredLaterIsMatchedAgainstTheBook(engine: TestEngine) async throws {
        try await InsurerOffice.with(engine) { insurer in
            try await insurer.submit(insurer.application("T1", sequence: 1))
            try await insurer.submit(insurer.application("T2", sequence: 2))
            #expect(try await Self.clues(insurer).isEmpty)
            let agent = try await Self.register("A9", insurer, ["phone": .text("139 1234 0001")])
            let clue = try #require(try await Self.clues(insurer).first)
            let customers = try await insurer.rows("customer")
            #expect(clue.values["customers"] == .list([.whole(customers[0].id)]))
            #expect(clue.values["agents"] == .list([.whole(agent)]))
            #expect(clue.values["policies"]?.list.count == 1 && clue.values["channelUnit"] == .whole(insurer.office.market.raw))
            #expect(try await insurer.rows("customer").map(\.state) == ["suspicious", "unverified"])
            // A relative declared later counts too; what stands already makes no second item.
            let relative = JSONValue.record([.init("name", .text("钱亲属")), .init("address", .text("广东省广州市天河区中山路2号2栋301室"))])
            for _ in 0..<2 {
                try await insurer.desk.take(
                    "amend", of: "agent", on: agent,
                    input: [
                        "team": .whole(insurer.office.market.raw), "phone": .text("13912340001"), "address": .text(""),
                        "relatives": .list([relative]),
                    ], by: insurer.backOffice)
            }
            #expect(try await Self.clues(insurer).count == 2)
            #expect(try await insurer.rows("customer").map(\.state) == ["suspicious", "suspicious"])
        }
    }

    @Test(.demand(authenticity[11], 1), .article(authenticity[23])) func anAgencysContactsAreMatchedToo() async throws {
        try await InsurerOffice.with { insurer in
            try await insurer.submit(insurer.application("T1", sequence: 1))
            try await insurer.desk.take(
                "register", of: "agency",
                input: [
                    "agencyName": .text("某代理公司"), "channel": .text("agency"), "address": .text("广州市越秀区中山六路9号"),
                    "phones": .list([.record([.init("phone", .text("13912340001"))])]),
                ], by: insurer.backOffice)
            #expect(try await Self.clues(insurer).count == 1)
            // Known by then, its address is a clue at intake.
            try await insurer.submit(insurer.application("T2", sequence: 2) { $0.persons[0].address = "广州市越秀区中山六路9号" })
            #expect(try await Self.clues(insurer).count == 2)
            #expect(try await insurer.rows("application").last?.values["findings"] == .text("clue.agent_contact"))
        }
    }

    @Test(.demand(authenticity[7], 2), .article(authenticity[11])) func agentsMayInsureThemselvesAndExemptNumbersAreNoClue() async throws {
        try await InsurerOffice.with { insurer in
            try await insurer.submit(
                insurer.application("T1", sequence: 1) { application in
                    for index in application.persons.indices { application.persons[index].name = "钱业务" }
                    application.persons[0].accountHolder = "钱业务"
                })
            try await insurer.submit(insurer.application("T2", sequence: 2))
            let exemption = try await insurer.desk.take(
                "request", of: "exemption",
                input: ["phone": .text("13912340002"), "owner": .text("网点"), "reason": .text("机构电话")], by: insurer.service)
            try await insurer.desk.take(Exemption.approve, on: exemption.id, by: insurer.compliance)
            _ = try await Self.register("A8", insurer, ["phone": .text("13912340001")])
            _ = try await Self.register("A9", insurer, ["phone": .text("13912340002")])
            #expect(try await Self.clues(insurer).isEmpty)
        }
    }

    @Test(.demand(authenticity[10], 1, 2), arguments: TestEngine.all)
    func aQualificationEndsByItself(engine: TestEngine) async throws {
        try await InsurerOffice.with(engine) { insurer in
            func state() async throws -> String {
                try await insurer.desk.runJobs()
                return try await insurer.desk.document(insurer.agent, by: insurer.trainer.person).row.state
            }
            func qualify(tested: Int, until: Int) async throws {
                let day = insurer.office.now.day
                try await insurer.desk.take(
                    "qualify", of: "agent", on: insurer.agent,
                    input: [
                        "trainingHours": .whole(2), "testedOn": .text(day.adding(days: tested).description),
                        "qualifiedUntil": .text(day.adding(days: until).description), "takenOverFrom": .text("原系统记录"),
                    ], by: insurer.trainer)
            }
            insurer.office.move(hours: 24 * 300)
            #expect(try await state() == "qualified", "its last day")
            let before = insurer.office.now.day
            insurer.office.move(hours: 24)
            #expect(try await state() == "registered")
            #expect(try await insurer.desk.todo(of: insurer.trainer.person).notices.contains { $0.words.zh == "业务员 A1 的销售资格已到期" })
            #expect(try await insurer.submit(insurer.application("T1", sequence: 1)).refusal?.article == authenticity[10])
            // What was signed before it ended comes in after it.
            let late = insurer.application("T2", sequence: 2) { $0.applicationDate = before }
            #expect(try await insurer.submit(late).state == "accepted")
            let refusal = await #expect(throws: Refusal.self) { try await qualify(tested: -20, until: -1) }
            #expect(refusal?.words.zh.contains("资格有效期已过") == true)
            // Qualified anew, the earlier end does not count.
            try await qualify(tested: -1, until: 30)
            try await qualify(tested: -1, until: 300)
            insurer.office.move(hours: 24 * 40)
            #expect(try await state() == "qualified")
        }
    }

    @Test(arguments: TestEngine.all) func aDryRunAsksTheBook(engine: TestEngine) async throws {
        try await InsurerOffice.with(engine) { insurer in
            _ = try await Self.register("A9", insurer, [:])
            let file = try IntakeFile(
                (0..<8).map { index in
                    let agent = ["A1", "A9", "nobody", ""][index % 4]
                    return ["application_no": "T\(index)", "policy_no": "P\(index)", "agent_no": agent]
                })
            defer { file.remove() }
            try await insurer.submit(insurer.application("T0", sequence: 1))
            let forecast = try await IntakeForecast(file.path, insurer.desk, by: insurer.underwriter.person)
            #expect((forecast.applications, forecast.known) == (8, 1))
            let reasons = forecast.reasons.map { "\($1) \($0.zh.prefix(8))" }.sorted()
            #expect(reasons == ["1 该投保单号已核保", "2 查无此业务员代码", "2 该业务员当日没有", "2 请填写业务员代码"], "\(reasons)")
            #expect(forecast.words.count == 5 && forecast.words.allSatisfy { !$0.zh.isEmpty && !$0.en.isEmpty })
            #expect(try await insurer.rows("application").count == 1, "nothing is written")
        }
    }
}
