import ArticleProof
import CustomerAuthenticity
import EngineFixture
import Kernel
import Testing
import TestOffice
import WorkCalendar

/// What an item's clocks, its evidence and its end demand (第十三条).
@Suite struct ChaseTests {
    /// An item that the back office investigates.
    static func investigated(_ insurer: InsurerOffice) async throws -> Int64 {
        let item = try await insurer.shareTelephone()
        insurer.office.move(to: insurer.office.now.adding(days: 1))
        try await insurer.desk.runJobs()
        try await insurer.distribute(item.id)
        try await insurer.take("receive", item.id, by: insurer.backOffice)
        try await insurer.take("investigate", item.id, by: insurer.backOffice)
        return item.id
    }

    /// Customers to whom no number was given yet are told apart by their masked names.
    @Test(.article(authenticity[7])) func anItemNamesItsCustomers() async throws {
        try await InsurerOffice.with { insurer in
            let item = try await insurer.shareTelephone()
            let names = try await insurer.desk.document(item.id, by: insurer.service.person).names
            let customers = item.values["customers"]?.list.compactMap(\.whole) ?? []
            #expect(customers.map { names[$0]?.zh } == ["王*红", "王*军"] && customers.map { names[$0]?.en } == ["王*红", "王*军"])
        }
    }

    private static func clock(_ item: Int64, _ insurer: InsurerOffice) async throws -> DeadlineView? {
        try await insurer.desk.document(item, by: insurer.compliance.person).deadlines.last { $0.name == "investigation" && $0.met == nil }
    }

    @Test(.demand(authenticity[13], 2), arguments: TestEngine.all) func theThreeDaysPauseForNothing(engine: TestEngine) async throws {
        try await InsurerOffice.with(engine) { insurer in
            let item = try await Self.investigated(insurer)
            let due = try #require(try await Self.clock(item, insurer)).due
            try await insurer.take("evidence", item, InsurerOffice.statement, by: insurer.backOffice)
            #expect(try await Self.clock(item, insurer) == nil)
            insurer.office.move(hours: 24)
            try await insurer.take("return", item, ["returnReason": .text("缺录音")], by: insurer.compliance)
            #expect(try await Self.clock(item, insurer)?.due == due, "it goes on from the receipt")
            insurer.office.move(to: due.adding(hours: 1))
            try await insurer.desk.runJobs()
            #expect(try await Self.clock(item, insurer)?.breached == due)
            #expect(try await insurer.desk.todo(of: insurer.compliance.person).items.contains { $0.title.zh.hasPrefix("督办") })
        }
    }

    /// Whoever has all of the evidence when the item comes needs no act that says that the search begins.
    @Test(.article(authenticity[13]), arguments: TestEngine.all)
    func theEvidenceIsCompletedStraightFromTheReceipt(engine: TestEngine) async throws {
        try await InsurerOffice.with(engine) { insurer in
            let item = try await insurer.listSharedTelephone()
            try await insurer.distribute(item)
            await #expect(throws: DeskError.self, "before the receipt no clock runs") {
                try await insurer.take("evidenceAtOnce", item, InsurerOffice.statement, by: insurer.backOffice)
            }
            try await insurer.take("receive", item, by: insurer.backOffice)
            let due = try #require(try await Self.clock(item, insurer)).due
            let bare = await #expect(throws: Refusal.self) {
                try await insurer.take("evidenceAtOnce", item, ["report": .text("已核对")], by: insurer.backOffice)
            }
            #expect(bare?.article == authenticity[13] && bare?.words.zh.contains("写明理由") == true)
            await #expect(throws: DeskError.self, "it is for the back office") {
                try await insurer.take("evidenceAtOnce", item, InsurerOffice.statement, by: insurer.leader)
            }
            #expect(try await insurer.rows("customer").allSatisfy { $0.state == "suspicious" }, "what was refused began nothing")
            insurer.office.move(hours: 2)
            try await insurer.take("evidenceAtOnce", item, InsurerOffice.statement, by: insurer.backOffice)
            #expect(try await insurer.rows("suspicion").map(\.state) == ["evidenced"])
            #expect(try await insurer.rows("customer").allSatisfy { $0.state == "investigated" })
            #expect(try await Self.clock(item, insurer) == nil)
            // Given back, it is in the hand of whoever completed it, and the clock goes on from the receipt.
            try await insurer.take("return", item, ["returnReason": .text("缺录音")], by: insurer.compliance)
            #expect(try await Self.clock(item, insurer)?.due == due)
            try await insurer.take("evidence", item, InsurerOffice.statement, by: insurer.backOffice)
            #expect(try await insurer.rows("suspicion").map(\.state) == ["evidenced"])
        }
    }

    @Test(.demand(authenticity[13], 4)) func whoCompletedAtOnceVerifiesNot() async throws {
        try await InsurerOffice.with { insurer in
            let item = try await insurer.listSharedTelephone(), hand = insurer.backOffice
            try await insurer.distribute(item)
            try await insurer.take("receive", item, by: hand)
            try await insurer.take("evidenceAtOnce", item, InsurerOffice.statement, by: hand)
            try await insurer.desk.administer(
                .appoint(hand.person, insurer.office.company, post: Post.compliance.id, from: insurer.office.now.day, to: nil), by: .system)
            let refusal = await #expect(throws: Refusal.self) {
                try await insurer.take("verify", item, ["conclusion": .text("genuine")], by: hand)
            }
            #expect(refusal?.article == authenticity[13])
            try await insurer.take("verify", item, ["conclusion": .text("genuine")], by: insurer.compliance)
        }
    }

    @Test(.demand(authenticity[13], 5)) func takenOverBeforeItWasReceivedTheItemHasItsThreeDays() async throws {
        try await InsurerOffice.with { insurer in
            let item = try await insurer.shareTelephone()
            insurer.office.move(to: insurer.office.now.adding(days: 1))
            try await insurer.desk.runJobs()
            try await insurer.distribute(item.id)
            try await insurer.take("takeOver", item.id, by: insurer.service)
            let limit = try await insurer.desk.calendar().limit(workingDays: 3, from: insurer.office.now)
            #expect(try await Self.clock(item.id, insurer)?.due == limit.moment)
        }
    }

    @Test(.demand(authenticity[13], 3), .demand(authenticity[11], 1)) func theLeadersOfAllAgentsConcernedKnowAtOnce() async throws {
        try await InsurerOffice.with { insurer in
            let other = Principal(try await insurer.office.hire("leader2", .teamLeader, in: insurer.office.market))
            let agent = try await insurer.desk.take(
                "register", of: "agent",
                input: [
                    "agentNo": .text("A2"), "name": .text("钱业务"), "channel": .text("individual"),
                    "team": .whole(insurer.office.market.raw), "leader": .whole(other.person.raw), "phone": .text("13912340001"),
                ], by: insurer.backOffice)
            // The telephone of the second agent in the data of the first one's customer.
            try await insurer.submit(insurer.application("T1", sequence: 1))
            let item = try #require(try await insurer.rows("suspicion").first)
            #expect(item.values["agents"]?.list.contains(.whole(agent.id)) == true)
            insurer.office.move(to: insurer.office.now.adding(days: 1))
            try await insurer.desk.runJobs()
            for leader in [insurer.leader, other] {
                await #expect(throws: DeskError.self) { _ = try await insurer.desk.document(item.id, by: leader.person) }
            }
            try await insurer.distribute(item.id)
            for leader in [insurer.leader, other] {
                #expect(try await insurer.desk.document(item.id, by: leader.person).row.state == "distributed")
                #expect(try await insurer.desk.todo(of: leader.person).notices.contains { $0.words.zh.contains("已分发") })
            }
        }
    }

    @Test(.demand(authenticity[13], 4)) func evidenceHasItsKindItsDigestAndWhoCollectedIt() async throws {
        try await InsurerOffice.with { insurer in
            let item = try await Self.investigated(insurer)
            let proof = try await insurer.desk.keep(file: "声明.txt", content: Array("属实".utf8), by: insurer.backOffice)
            let report = try await insurer.desk.keep(file: "报告.txt", content: Array("已排查".utf8), by: insurer.backOffice)
            let alone: [String: JSONValue] = ["report": .text("已核对"), "signedReport": .list([report.stored])]
            let without = await #expect(throws: Refusal.self) { try await insurer.take("evidence", item, alone, by: insurer.backOffice) }
            #expect(without?.article == authenticity[13] && without?.words.zh.contains("写明理由") == true)
            let whole = alone.merging(["evidence": .list([proof.stored]), "isSignedByCustomer": .flag(true)]) { $1 }
            try await insurer.take("evidence", item, whole, by: insurer.backOffice)
            let shown = try await insurer.desk.document(item, by: insurer.compliance.person).row.values
            #expect(shown["evidence"] == .list([proof.stored]) && shown["signedReport"] == .list([report.stored]))
            #expect(shown["collector"] == .whole(insurer.backOffice.person.raw) && proof.digest.count == 64)
            let (_, content) = try await insurer.desk.file(report.digest, of: item, by: insurer.compliance)
            #expect(content == Array("已排查".utf8))
        }
    }

    /// - Parameter item: for which the correction is made.
    private static func corrected(_ customer: Int64, for item: Int64? = nil, _ insurer: InsurerOffice) async throws -> Int64 {
        let proof = try await insurer.desk.keep(file: "证明.txt", content: Array("号码变更".utf8), by: insurer.service)
        let correction = try await insurer.desk.take(
            "request", of: "correction",
            input: [
                "customer": .whole(customer), "mobile": .text("139888\(customer % 90_000 + 10_000)"), "isSignedByCustomer": .flag(true),
                "reason": .text("更换号码"),
                "evidence": .list([proof.stored]), "suspicion": .text(item.map { String($0) } ?? ""),
            ], by: insurer.service)
        try await insurer.desk.take(Correction.apply, on: correction.id, by: insurer.secondService)
        return correction.id
    }

    @Test(.demand(authenticity[13], 4), .demand(authenticity[3], 1), arguments: TestEngine.all)
    func aClosedItemLeavesNobodyUnderInvestigation(engine: TestEngine) async throws {
        try await InsurerOffice.with(engine) { insurer in
            let item = try await Self.investigated(insurer)
            try await insurer.submit(insurer.application("T9", sequence: 9))
            let customers = try await insurer.rows("customer")
            let stranger = try await Self.corrected(customers[2].id, insurer)
            await #expect(throws: Refusal.self) { _ = try await Self.corrected(customers[2].id, for: item, insurer) }
            let right = try await Self.corrected(customers[1].id, for: item, insurer)
            // As long as the item is open, its customers stay in doubt.
            #expect(try await insurer.rows("customer").map(\.state) == ["investigated", "investigated", "corrected"])
            try await insurer.take("evidence", item, InsurerOffice.statement, by: insurer.backOffice)
            try await insurer.take("verify", item, ["conclusion": .text("corrected")], by: insurer.compliance)
            let wrong = await #expect(throws: Refusal.self) {
                try await insurer.take("close", item, ["correction": .whole(stranger)], by: insurer.service)
            }
            #expect(wrong?.words.zh.contains("不是为本件办理") == true)
            try await insurer.take("close", item, ["correction": .whole(right)], by: insurer.service)
            #expect(try await insurer.rows("customer").map(\.state) == ["verified", "corrected", "corrected"])
        }
    }

    @Test(.article(authenticity[13], authenticity[3])) func whoStandsInAnotherOpenItemIsStillInDoubt() async throws {
        try await InsurerOffice.with { insurer in
            let item = try await Self.investigated(insurer)
            // The account of the first customer is given by a third one.
            try await insurer.submit(insurer.application("T3", sequence: 3) { $0.persons[0].account = "622202100001" })
            try await insurer.take("evidence", item, InsurerOffice.statement, by: insurer.backOffice)
            try await insurer.take("verify", item, ["conclusion": .text("genuine")], by: insurer.compliance)
            try await insurer.take("close", item, by: insurer.service)
            #expect(try await insurer.rows("customer").map(\.state) == ["suspicious", "verified", "suspicious"])
        }
    }

    @Test(.demand(authenticity[11], 3), arguments: TestEngine.all)
    func reportedMisconductIsInvestigatedAndDecidedByOthers(engine: TestEngine)
        async throws
    {
        try await InsurerOffice.with(engine) { insurer in
            func report(_ more: [String: JSONValue]) async throws -> Int64 {
                let input: [String: JSONValue] = ["kind": .text("forged_signature"), "facts": .text("回执上的签名不是客户本人所签")]
                return try await insurer.desk.take(MisconductReport.report, input: input.merging(more) { $1 }, by: insurer.leader).id
            }
            func take(_ step: String, _ id: Int64, _ input: [String: JSONValue], by principal: Principal) async throws {
                try await insurer.desk.take(step, of: "misconduct-report", on: id, input: input, by: principal)
            }
            let vague = await #expect(throws: Refusal.self) { _ = try await report([:]) }
            #expect(vague?.article == authenticity[11] && vague?.words.zh.contains("请至少填写") == true)
            for unknown in ["agentNo", "policyNo"] {
                let refusal = await #expect(throws: Refusal.self) { _ = try await report([unknown: .text("nobody")]) }
                #expect(refusal?.words.zh.contains("查无此") == true)
            }
            let id = try await report(["agentNo": .text("A1"), "account": .text("622202100001")])
            #expect(try await insurer.desk.todo(of: insurer.compliance.person).items.contains { $0.row.id == id })
            // Nobody else reads it; whoever reported does.
            await #expect(throws: DeskError.self) { _ = try await insurer.desk.document(id, by: insurer.backOffice.person) }
            #expect(try await insurer.desk.document(id, by: insurer.leader.person).row.values["account"] == .text("****0001"))
            try await take("investigate", id, ["findings": .text("笔迹不符")], by: insurer.compliance)
            await #expect(throws: Refusal.self) { try await take("uphold", id, ["decision": .text("处罚")], by: insurer.compliance) }
            await #expect(throws: DeskError.self) { try await take("uphold", id, [:], by: insurer.manager) }
            try await take("uphold", id, ["decision": .text("处罚")], by: insurer.manager)
            #expect(try await insurer.desk.document(id, by: insurer.compliance.person).row.state == "upheld")
        }
    }
}
