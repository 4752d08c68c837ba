import ArticleProof
import CustomerAuthenticity
import EngineFixture
import Kernel
import TestOffice
import Testing
import WorkCalendar

/// What the second upheld complaint of a year opens, and how it is tracked to the last policy (第十四条).
@Suite struct ReVerificationTests {
    /// Opened by two complaints on two policies; a third policy was sold as well.
    private static func opened(_ house: ConsequenceOffice) async throws -> (id: Int64, second: Int64) {
        for index in 1...3 { try await house.sell("T\(index)", sequence: index) }
        try await house.upheld(["policyNo": .text("PT1")])
        let second = try await house.upheld(["policyNo": .text("PT2")])
        return (try #require(try await house.verifications().first).id, second)
    }

    private static func check(_ policy: String, _ house: ConsequenceOffice, _ more: [String: JSONValue] = [:]) async throws {
        let found = try #require(try await house.checks().first { $0.title == policy })
        let input: [String: JSONValue] = ["outcome": .text("genuine"), "basis": .text("电话回访核实")]
        try await house.take("check", "policy-check", found.id, input.merging(more) { $1 }, by: house.insurer.service)
    }

    private static func acknowledge(_ id: Int64, _ house: ConsequenceOffice) async throws {
        try await house.take("acknowledgeCompliance", "re-verification", id, by: house.insurer.compliance)
        try await house.take("acknowledgeChannel", "re-verification", id, by: house.channel)
    }

    private static func finish(_ id: Int64, _ house: ConsequenceOffice) async throws {
        try await house.take("finish", "re-verification", id, ["conclusion": .text("资料真实")], by: house.insurer.compliance)
    }

    @Test(.demand(authenticity[14], 2), arguments: TestEngine.all)
    func itListsEveryPolicySoldAndEndsWithTheLast(engine: TestEngine) async throws {
        try await ConsequenceOffice.with(engine) { house in
            let (id, _) = try await Self.opened(house)
            #expect(try await house.checks().map(\.title).sorted() == ["PT1", "PT2", "PT3"])
            #expect(try await house.desk.todo(of: house.insurer.service.person).items.contains { $0.row.type == "policy-check" })
            try await Self.acknowledge(id, house)
            for policy in ["PT1", "PT2"] { try await Self.check(policy, house) }
            let refusal = await #expect(throws: Refusal.self) { try await Self.finish(id, house) }
            #expect(refusal?.article == authenticity[14] && refusal?.words.zh.contains("还有 1 份保单未核查") == true)
            try await Self.check("PT3", house)
            try await Self.finish(id, house)
            #expect(try await house.row(id, by: house.channel).state == "finished")
        }
    }

    @Test(.demand(authenticity[14], 3), arguments: TestEngine.all)
    func complianceAndChannelAreToldAndMustAcknowledge(engine: TestEngine) async throws {
        try await ConsequenceOffice.with(engine) { house in
            let (id, _) = try await Self.opened(house)
            for principal in [house.insurer.compliance, house.channel] {
                let todo = try await house.desk.todo(of: principal.person)
                #expect(todo.notices.contains { $0.words.zh.contains("已启动重新核查，请知悉") })
                #expect(todo.items.contains { $0.row.id == id })
            }
            await #expect(throws: DeskError.self) {
                try await house.take("acknowledgeChannel", "re-verification", id, by: house.insurer.compliance)
            }
            for policy in ["PT1", "PT2", "PT3"] { try await Self.check(policy, house) }
            try await house.take("acknowledgeCompliance", "re-verification", id, by: house.insurer.compliance)
            let refusal = await #expect(throws: Refusal.self) { try await Self.finish(id, house) }
            #expect(refusal?.words.zh.contains("合规和渠道管理均须知悉") == true)
            // Three working days, and then it is overdue.
            let limit = try await house.desk.calendar().limit(workingDays: 3, from: house.office.now)
            house.office.move(to: limit.moment.adding(hours: 1))
            try await house.desk.runJobs()
            let clock = try await house.desk.document(id, by: house.channel.person).deadlines.first { $0.name == "acknowledging" }
            #expect(clock?.breached != nil)
            #expect(try await house.desk.todo(of: house.insurer.manager.person).items.contains { $0.title.zh.hasPrefix("督办") })
            try await house.take("acknowledgeChannel", "re-verification", id, by: house.channel)
            try await Self.finish(id, house)
        }
    }

    @Test(.demand(authenticity[14], 2), arguments: TestEngine.all)
    func whatIsSoldMeanwhileIsTakenInUntilItCloses(engine: TestEngine) async throws {
        try await ConsequenceOffice.with(engine) { house in
            let (id, _) = try await Self.opened(house)
            try await Self.acknowledge(id, house)
            for policy in ["PT1", "PT2", "PT3"] { try await Self.check(policy, house) }
            try await house.sell("T4", sequence: 4)
            let missing = await #expect(throws: Refusal.self) { try await Self.finish(id, house) }
            #expect(missing?.words.zh.contains("又售出 1 份保单尚未列入") == true)
            house.office.move(hours: 24)
            try await house.desk.runJobs()
            let later = try #require(try await house.checks().first { $0.title == "PT4" })
            #expect(later.values["isLater"] == .flag(true), "taken in the next morning")
            try await Self.check("PT4", house)
            try await Self.finish(id, house)
            // Closed, it takes in nothing more.
            try await house.sell("T5", sequence: 5)
            house.office.move(hours: 24)
            try await house.desk.runJobs()
            #expect(try await house.checks().count == 4)
        }
    }

    @Test(.article(authenticity[14], authenticity[13]), arguments: TestEngine.all)
    func policiesWithinTheirCoolingOffComeFirstAndThoseThatEndedKeepTheirLine(engine: TestEngine) async throws {
        try await ConsequenceOffice.with(engine) { house in
            let old = try await house.sell("T1", sequence: 1), ended = try await house.sell("T2", sequence: 2)
            func deliver(_ policy: Int64, _ number: String) async throws {
                try await house.take(
                    "deliver", "policy", policy,
                    ["policyNo": .text(number), "signedOn": .text(house.today.description), "wasHintGiven": .flag(true)],
                    by: house.insurer.service)
            }
            try await deliver(old, "PT1")
            try await house.take("end", "policy", ended, ["reason": .text("退保")], by: house.insurer.service)
            house.office.move(hours: 24 * 20)
            let fresh = try await house.sell("T3", sequence: 3)
            try await deliver(fresh, "PT3")
            try await house.upheld(["policyNo": .text("PT1")])
            try await house.upheld(["policyNo": .text("PT2")])
            let checks = Dictionary(uniqueKeysWithValues: try await house.checks().map { ($0.title, $0) })
            #expect(checks["PT3"]?.values["priority"] == .text("cooling_off"))
            #expect((checks["PT3"]?.values["dueOn"]?.text ?? "") < (checks["PT1"]?.values["dueOn"]?.text ?? ""))
            #expect(checks["PT2"]?.values["priority"] == .text("ended"), "surrendered, and listed all the same")
            // How it ended is its outcome; one in force has not ended.
            let refusal = await #expect(throws: Refusal.self) { try await Self.check("PT1", house, ["outcome": .text("surrendered")]) }
            #expect(refusal?.words.zh.contains("保单尚未登记终止") == true)
            try await Self.check("PT2", house, ["outcome": .text("surrendered"), "basis": .text("2026年1月退保")])
        }
    }

    @Test(.article(authenticity[14])) func aCallIsMadeWhereItIsAskedForAndACorrectionIsNamed() async throws {
        try await ConsequenceOffice.with { house in
            _ = try await Self.opened(house)
            let check = try #require(try await house.checks().first { $0.title == "PT1" })
            try await house.take("askCallBack", "policy-check", check.id, by: house.insurer.compliance)
            let without = await #expect(throws: Refusal.self) { try await Self.check("PT1", house) }
            #expect(without?.words.zh.contains("本件须再次回访") == true)
            try await house.take(
                "recordCallBack", "policy-check", check.id,
                ["calledBackOn": .text(house.today.description), "callBack": .text("客户称号码有误")], by: house.insurer.service)
            let unnamed = await #expect(throws: Refusal.self) { try await Self.check("PT1", house, ["outcome": .text("corrected")]) }
            #expect(unnamed?.words.zh.contains("办结更正记录并在此引用") == true)
            let unproved = await #expect(throws: Refusal.self) { try await Self.check("PT1", house, ["outcome": .text("false_data")]) }
            #expect(unproved?.article == authenticity[11] && unproved?.words.zh.contains("须附证据") == true)
            try await Self.check(
                "PT1", house, ["outcome": .text("false_data"), "evidence": try await house.file("回访", by: house.insurer.service)])
            #expect(try await house.rows("false-data-finding", by: house.channel).first?.values["source"] == .text("check"))
        }
    }

    @Test(.article(authenticity[14]), arguments: TestEngine.all)
    func anOverturnedComplaintErasesNothingItIsStoppedOrFinished(engine: TestEngine) async throws {
        try await ConsequenceOffice.with(engine) { house in
            let (id, second) = try await Self.opened(house)
            func stop() async throws {
                try await house.take("stop", "re-verification", id, ["reason": .text("一件投诉已撤销查实")], by: house.insurer.compliance)
            }
            let early = await #expect(throws: Refusal.self) { try await stop() }
            #expect(early?.words.zh.contains("仍达到规定次数，不能终止") == true)
            try await house.overturn(second)
            #expect(try await house.row(id, by: house.channel).state == "open", "not erased")
            #expect(try await house.row(id, by: house.channel).values["hasLostGround"] == .flag(true))
            #expect(try await house.desk.todo(of: house.insurer.compliance.person).notices.contains { $0.words.zh.contains("已不足规定次数") })
            try await stop()
            #expect(try await house.row(id, by: house.channel).state == "stopped")
            #expect(try await house.checks().allSatisfy { $0.state == "dropped" })
        }
    }

    @Test(.article(authenticity[14])) func aThirdComplaintJoinsTheOpenOneAndOpensAnotherAfterIt() async throws {
        try await ConsequenceOffice.with { house in
            let (id, _) = try await Self.opened(house)
            let third = try await house.upheld(["policyNo": .text("PT3")])
            #expect(try await house.verifications().count == 1)
            #expect(try await house.row(id, by: house.channel).values["complaints"]?.list.contains(.whole(third)) == true)
            try await Self.acknowledge(id, house)
            for policy in ["PT1", "PT2", "PT3"] { try await Self.check(policy, house) }
            try await Self.finish(id, house)
            // The regulator hands on what was counted already: nothing new.
            try await house.upheld(["policyNo": .text("PT3"), "way": .text("regulator")])
            #expect(try await house.verifications().count == 1)
            try await house.sell("T4", sequence: 4)
            try await house.upheld(["policyNo": .text("PT4")])
            #expect(try await house.verifications().count == 2)
        }
    }
}
