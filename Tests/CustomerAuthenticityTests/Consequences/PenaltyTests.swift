import ArticleProof
import CustomerAuthenticity
import EngineFixture
import Kernel
import TestOffice
import Testing
import WorkCalendar

/// What false data, private accounts and forged signatures lead to (第十一条, 第十四条).
@Suite struct PenaltyTests {
    /// A report that was upheld, of this kind.
    static func reported(_ kind: String, _ house: ConsequenceOffice) async throws {
        let report = try await house.take(
            "report", "misconduct-report", nil,
            ["kind": .text(kind), "agentNo": .text("A1"), "facts": .text("回执上的签名不是客户本人所签")], by: house.insurer.leader)
        try await house.take("investigate", "misconduct-report", report, ["findings": .text("笔迹不符")], by: house.insurer.compliance)
        try await house.take("uphold", "misconduct-report", report, ["decision": .text("查实")], by: house.insurer.manager)
    }

    static func finding(_ house: ConsequenceOffice) async throws -> DocumentRow {
        try #require(try await house.rows("false-data-finding", by: house.channel).last)
    }

    private static let measure: [String: JSONValue] = ["measure": .text("commission"), "amount": .text("500"), "points": .whole(10)]

    private static func proposed(_ house: ConsequenceOffice, _ more: [String: JSONValue] = [:]) async throws -> Int64 {
        let found = try await finding(house)
        let input = measure.merging(["penaltyFacts": .text("代签名")]) { $1 }.merging(more) { $1 }
        try await house.take("penalise", "false-data-finding", found.id, input, by: house.channel)
        return try #require(try await house.rows("penalty", by: house.channel, ["proposed"]).first).id
    }

    @Test(.demand(authenticity[11], 3), arguments: ["private_account", "forged_signature"])
    func anUpheldReportOfAPrivateAccountOrAForgedSignatureHasItsConsequence(kind: String) async throws {
        try await ConsequenceOffice.with { house in
            try await Self.reported(kind, house)
            let found = try await Self.finding(house)
            #expect(found.values["kind"] == .text(kind) && found.values["agents"] == .list([.whole(house.insurer.agent)]))
            #expect(found.values["finalOn"] == .text(house.today.description))
            #expect(try await house.desk.todo(of: house.channel.person).items.contains { $0.row.id == found.id })
            // Neither a penalty nor a reason why there is none: that is not a way.
            await #expect(throws: DeskError.self) {
                try await house.take("waive", "false-data-finding", found.id, ["waiver": .text("")], by: house.channel)
            }
        }
    }

    @Test(.demand(authenticity[14], 4), .article(authenticity[22]), arguments: TestEngine.all)
    func aPenaltyIsProposedTheSellerHeardAndAnotherDecides(engine: TestEngine) async throws {
        try await ConsequenceOffice.with(engine) { house in
            try await Self.reported("false_contact", house)
            let penalty = try await Self.proposed(house)
            let decision = Self.measure.merging(["decision": .text("扣减佣金")]) { $1 }
            await #expect(throws: DeskError.self) {
                try await house.take("decide", "penalty", penalty, decision, by: house.insurer.manager)
            }
            try await house.take("hear", "penalty", penalty, ["statement": .text("愿意整改")], by: house.insurer.compliance)
            let own = await #expect(throws: Refusal.self) {
                try await house.take("decide", "penalty", penalty, decision, by: house.channel)
            }
            #expect(own?.article == authenticity[14] && own?.words.zh.contains("提出处罚的人不得决定") == true)
            try await house.take("decide", "penalty", penalty, decision, by: house.insurer.manager)
            // Compliance is told, and files it.
            #expect(try await house.desk.todo(of: house.insurer.compliance.person).items.contains { $0.row.id == penalty })
            try await house.take("acknowledge", "penalty", penalty, by: house.insurer.compliance)
            #expect(try await house.row(penalty, by: house.channel).state == "filed")
        }
    }

    @Test(.article(authenticity[14])) func moneyHasItsAmountAndPointsTheirNumber() async throws {
        try await ConsequenceOffice.with { house in
            try await Self.reported("false_contact", house)
            let missing = await #expect(throws: Refusal.self) { _ = try await Self.proposed(house, ["amount": .text("")]) }
            #expect(missing?.words.zh == "请填写扣减佣金或罚款的金额")
            let points = await #expect(throws: Refusal.self) {
                _ = try await Self.proposed(house, ["measure": .text("points"), "points": .whole(0)])
            }
            #expect(points?.words.zh == "请填写考核扣分")
        }
    }

    @Test(.article(authenticity[14], authenticity[10]), arguments: TestEngine.all)
    func whoIsSuspendedSellsUnderNoneOfTheNumbers(engine: TestEngine) async throws {
        try await ConsequenceOffice.with(engine) { house in
            let other = try await house.agent("B7")
            try await house.take(
                "addCodes", "seller-identity", house.seller, ["agents": .list([.whole(house.insurer.agent), .whole(other)])],
                by: house.channel)
            try await Self.reported("forged_signature", house)
            let penalty = try await Self.proposed(house, ["measure": .text("suspension")])
            try await house.take("hear", "penalty", penalty, ["statement": .text("无异议")], by: house.channel)
            try await house.take(
                "decide", "penalty", penalty, ["measure": .text("suspension"), "decision": .text("停止销售")], by: house.insurer.manager)
            for agent in [house.insurer.agent, other] {
                #expect(try await house.row(agent, by: house.channel).state == "suspended")
            }
            let refused = try await house.insurer.submit(house.insurer.application("T9", sequence: 9) { $0.agentNo = "B7" })
            #expect(refused.refusal?.article == authenticity[10])
        }
    }

    @Test(.article(authenticity[14], authenticity[22])) func aPenaltyFallsWithWhatItRestsOn() async throws {
        try await ConsequenceOffice.with { house in
            try await Self.reported("forged_signature", house)
            let penalty = try await Self.proposed(house)
            let found = try await Self.finding(house)
            try await house.take("reverse", "false-data-finding", found.id, ["reversal": .text("笔迹鉴定为本人")], by: house.insurer.compliance)
            #expect(try await house.row(penalty, by: house.channel).state == "fallen")
            #expect(try await house.row(found.id, by: house.channel).state == "reversed")
        }
    }

    @Test(.article(authenticity[14], authenticity[13]), arguments: TestEngine.all)
    func anItemClosedAsFalseDataIsAFindingToo(engine: TestEngine) async throws {
        try await ConsequenceOffice.with(engine) { house in
            let item = try await house.insurer.listSharedTelephone()
            try await house.insurer.distribute(item)
            try await house.insurer.take("receive", item, by: house.insurer.backOffice)
            try await house.insurer.take("investigate", item, by: house.insurer.backOffice)
            try await house.insurer.take("evidence", item, InsurerOffice.statement, by: house.insurer.backOffice)
            try await house.insurer.take("verify", item, ["conclusion": .text("false_data")], by: house.insurer.compliance)
            #expect(try await house.rows("false-data-finding", by: house.channel).isEmpty, "not final yet")
            try await house.insurer.take("close", item, by: house.insurer.service)
            let found = try await Self.finding(house)
            #expect(found.values["source"] == .text("suspicion") && found.values["agents"] == .list([.whole(house.insurer.agent)]))
        }
    }
}
