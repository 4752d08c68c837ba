import ArticleProof
import CustomerAuthenticity
import EngineFixture
import Kernel
import Testing
import TestOffice
import WorkCalendar

/// From the clue to the closed item.
@Suite struct SuspicionTests {
    /// What the product says of a clue is said in the reader's language, wherever it stands.
    @Test(.demand(authenticity[3], 1), .article(authenticity[7])) func whatASuspicionSaysHasTwoLanguages() async throws {
        try await InsurerOffice.with { insurer in
            let item = try await insurer.shareTelephone()
            #expect(item.title.isEmpty && item.values["kind"] == .text("phone"))
            let customer = try #require(try await insurer.rows("customer").first)
            #expect(customer.state == "suspicious" && customer.values["cause"] == .text("phone") && customer.values["reasons"] == nil)
            try await insurer.desk.runJobs()
            insurer.office.move(to: .startOfDay(insurer.office.now.day.adding(days: 1)).adding(hours: 9))
            try await insurer.desk.runJobs()
            try await insurer.distribute(item.id)
            let grants = try await insurer.desk.document(item.id, by: insurer.service.person).grants
            #expect(grants.map(\.purpose) == [Words("团队负责人知悉", "For the team leader to know")])
        }
    }

    private static func moment(_ day: String, hour: Int = 9) -> Moment { Moment(Day(iso: day)!, hour: hour)! }

    @Test(.demand(authenticity[7], 3), arguments: TestEngine.all)
    func aClueIsFoundAtIntakeAndNamesBothCustomers(engine: TestEngine) async throws {
        try await InsurerOffice.with(engine) { insurer in
            let item = try await insurer.shareTelephone()
            #expect(item.state == "noticed")
            #expect(item.values["customers"]?.list.count == 2)
            #expect(item.values["policies"]?.list.count == 2)
            #expect(item.values["agents"]?.list.count == 1)
            #expect(item.values["phone"] == .text("139****0001"))
            #expect(try await insurer.rows("customer").allSatisfy { $0.state == "suspicious" })
            #expect(try await insurer.rows("application").last?.values["findings"] == .text("clue.phone"))
            // A third customer joins the same item; a further policy of the second makes none.
            try await insurer.submit(insurer.application("T3", sequence: 3) { $0.persons[0].mobile = "139 1234 0001" })
            try await insurer.submit(insurer.application("T4", sequence: 2) { $0.persons[0].mobile = "13912340001" })
            let items = try await insurer.rows("suspicion")
            #expect(items.count == 1)
            #expect(items.first?.values["customers"]?.list.count == 3)
        }
    }

    @Test(.article(authenticity[7])) func aSharedAccountIsAClue() async throws {
        try await InsurerOffice.with { insurer in
            try await insurer.submit(insurer.application("T1", sequence: 1))
            try await insurer.submit(insurer.application("T2", sequence: 2) { $0.persons[0].account = "622202100001" })
            #expect(try await insurer.rows("suspicion").map { $0.values["kind"] } == [.text("account")])
        }
    }

    @Test(.demand(authenticity[11], 1), arguments: ["13600000001", "13600000002"])
    func anAgentsOrARelativesTelephoneIsAClue(phone: String) async throws {
        try await InsurerOffice.with { insurer in
            let taken = try await insurer.submit(insurer.application("T1", sequence: 1) { $0.persons[0].mobile = phone })
            #expect(taken.state == "accepted")
            #expect(try await insurer.rows("suspicion").map { $0.values["kind"] } == [.text("agent_contact")])
        }
    }

    @Test(.article(authenticity[11])) func anAgentMayInsureHimself() async throws {
        try await InsurerOffice.with { insurer in
            try await insurer.submit(
                insurer.application("T1", sequence: 1) {
                    for index in 0...1 { ($0.persons[index].name, $0.persons[index].mobile) = ("赵业务", "13600000001") }
                    $0.persons[0].accountHolder = "赵业务"
                })
            #expect(try await insurer.rows("customer").count == 1)
            #expect(try await insurer.rows("suspicion").isEmpty)
        }
    }

    @Test(.demand(authenticity[11], 1)) func anAgentsAddressIsAClue() async throws {
        try await InsurerOffice.with { insurer in
            try await insurer.submit(insurer.application("T1", sequence: 1) { $0.persons[0].address = "广州天河体育西路１号" })
            #expect(try await insurer.rows("suspicion").map { $0.values["kind"] } == [.text("agent_contact")])
        }
    }

    @Test(.demand(authenticity[7], 2)) func anExemptionNeedsAnotherHandAndEndsWhenEnded() async throws {
        try await InsurerOffice.with { insurer in
            let exemption = try await insurer.desk.take(
                "request", of: "exemption", input: ["phone": .text("13912340001"), "owner": .text("分公司"), "reason": .text("公司电话")],
                by: insurer.service)
            await #expect(throws: DeskError.self) {
                try await insurer.desk.take(Exemption.approve, on: exemption.id, by: insurer.service)
            }
            try await insurer.desk.take(Exemption.approve, on: exemption.id, by: insurer.compliance)
            try await insurer.submit(insurer.application("T1", sequence: 1))
            try await insurer.submit(insurer.application("T2", sequence: 2) { $0.persons[0].mobile = "13912340001" })
            #expect(try await insurer.rows("suspicion").isEmpty)
            try await insurer.desk.take(Exemption.end, on: exemption.id, input: ["answer": .text("号码已停用")], by: insurer.compliance)
            try await insurer.submit(insurer.application("T3", sequence: 3) { $0.persons[0].mobile = "13912340001" })
            #expect(try await insurer.rows("suspicion").count == 1)
        }
    }

    @Test(
        .demand(authenticity[7], 1), arguments: [("2026-02-13", "2026-02-14"), ("2026-09-30", "2026-10-08"), ("2026-01-17", "2026-01-20")])
    func theListOfADayIsClosedByTheNextWorkingDay(day: String, next: String) async throws {
        try await InsurerOffice.with(at: Self.moment(day)) { insurer in
            let item = try await insurer.shareTelephone()
            let clock = try await insurer.desk.document(item.id, by: insurer.service.person).deadlines.first { $0.name == "screening" }
            #expect(clock?.due == .endOfDay(Day(iso: next)!))
            try await insurer.desk.runJobs()
            #expect(try await insurer.rows("suspicion").map(\.state) == ["noticed"])
            insurer.office.move(to: Self.moment(next, hour: 1))
            try await insurer.desk.runJobs()
            #expect(try await insurer.rows("suspicion").map(\.state) == ["listed"])
            let listed = try await insurer.desk.document(item.id, by: insurer.service.person).deadlines.first { $0.name == "screening" }
            #expect(listed?.met == insurer.office.now && listed?.breached == nil, "what came on a day off is not late either")
            // Run again, it is the same.
            try await insurer.desk.runJobs()
            #expect(try await insurer.rows("suspicion").map(\.version) == [try await insurer.rows("suspicion")[0].version])
            #expect(try await insurer.desk.todo(of: insurer.service.person).items.contains { $0.row.id == item.id })
        }
    }

    @Test(
        .demand(authenticity[13], 2), arguments: [("2026-02-13", "2026-02-25"), ("2026-09-30", "2026-10-10"), ("2026-02-14", "2026-02-26")])
    func theThreeDaysCountFromReceipt(day: String, due: String) async throws {
        try await InsurerOffice.with(at: Self.moment("2026-01-15")) { insurer in
            let item = try await insurer.listSharedTelephone()
            insurer.office.move(to: Self.moment(day))
            try await insurer.distribute(item)
            try await insurer.take("receive", item, by: insurer.backOffice)
            let clock = try await insurer.desk.document(item, by: insurer.backOffice.person).deadlines.first { $0.name == "investigation" }
            #expect(clock?.due == .endOfDay(Day(iso: due)!))
            #expect(clock?.isProvisional == false)
        }
    }

    @Test(.demand(authenticity[13], 1, 3, 4), arguments: TestEngine.all)
    func anItemIsWalkedToItsEnd(engine: TestEngine) async throws {
        try await InsurerOffice.with(engine) { insurer in
            let item = try await insurer.listSharedTelephone()
            await #expect(throws: DeskError.self) { _ = try await insurer.desk.document(item, by: insurer.leader.person) }
            try await insurer.distribute(item)
            // The team leader sees it at once.
            #expect(try await insurer.desk.document(item, by: insurer.leader.person).row.state == "distributed")
            #expect(try await insurer.desk.todo(of: insurer.leader.person).notices.count == 1)
            // The back office of the unit that it was distributed to is told.
            #expect(try await insurer.desk.todo(of: insurer.backOffice.person).notices.contains { $0.words.zh.contains("分发给您") })
            // Whoever investigates reads the customers concerned, from the receipt on.
            let reader = insurer.backOffice.person
            #expect(try await insurer.desk.register("customer", RegisterQuery(), by: reader).rows.isEmpty)
            try await insurer.take("receive", item, by: insurer.backOffice)
            #expect(try await insurer.desk.register("customer", RegisterQuery(), by: reader).rows.count == 2)
            try await insurer.take("investigate", item, by: insurer.backOffice)
            #expect(try await insurer.rows("customer").allSatisfy { $0.state == "investigated" })
            let none = await #expect(throws: Refusal.self) {
                try await insurer.take("evidence", item, ["report": .text("已核对")], by: insurer.backOffice)
            }
            #expect(none?.words.zh.contains("亲笔签名") == true)
            let file = try await insurer.desk.keep(file: "声明.txt", content: Array("属实".utf8), by: insurer.backOffice)
            try await insurer.take(
                "evidence", item, ["report": .text("已核对"), "evidence": .list([file.stored]), "isSignedByCustomer": .flag(true)],
                by: insurer.backOffice)
            try await insurer.take("return", item, ["returnReason": .text("缺录音")], by: insurer.compliance)
            try await insurer.take("evidence", item, InsurerOffice.statement, by: insurer.backOffice)
            try await insurer.take("verify", item, ["conclusion": .text("genuine")], by: insurer.compliance)
            try await insurer.take("close", item, by: insurer.service)
            let view = try await insurer.desk.document(item, by: insurer.service.person)
            #expect(view.row.state == "closed")
            #expect(view.deadlines.allSatisfy { $0.met != nil && $0.breached == nil })
            // Each step stands there with its person and its time.
            let steps = Array(view.trail.filter { $0.kind == .act }.reversed())
            #expect(
                steps.map { "\($0.title.zh) \($0.who.zh)" } == [
                    "分发 service", "接收 back", "开始排查 back", "取证完毕 back", "退回补查 compliance", "取证完毕 back", "核实 compliance",
                    "结案 service",
                ])
            #expect(steps.allSatisfy { $0.at == insurer.office.now })
            #expect(try await insurer.rows("customer").allSatisfy { $0.state == "verified" })
        }
    }

    @Test(.demand(authenticity[13], 4, 5)) func whoInvestigatedNeitherVerifiesNorCloses() async throws {
        try await InsurerOffice.with { insurer in
            let item = try await insurer.listSharedTelephone()
            try await insurer.distribute(item)
            // Customer service takes the item over.
            try await insurer.take("takeOver", item, by: insurer.service)
            try await insurer.take("evidence", item, InsurerOffice.statement, by: insurer.service)
            let refusal = await #expect(throws: Refusal.self) {
                try await insurer.take("verify", item, ["conclusion": .text("genuine")], by: insurer.service)
            }
            #expect(refusal?.article == authenticity[13])
            try await insurer.take("verify", item, ["conclusion": .text("genuine")], by: insurer.secondService)
            await #expect(throws: Refusal.self) { try await insurer.take("close", item, by: insurer.service) }
            try await insurer.take("close", item, by: insurer.secondService)
        }
    }

    @Test(.article(authenticity[13])) func overdueEscalates() async throws {
        try await InsurerOffice.with { insurer in
            let item = try await insurer.listSharedTelephone()
            try await insurer.distribute(item)
            try await insurer.take("receive", item, by: insurer.backOffice)
            insurer.office.move(to: insurer.office.now.adding(days: 7))
            try await insurer.desk.runJobs()
            let view = try await insurer.desk.document(item, by: insurer.compliance.person)
            #expect(view.deadlines.first { $0.name == "investigation" }?.breached != nil)
            #expect(try await insurer.desk.todo(of: insurer.compliance.person).notices.contains { $0.words.zh.contains("已逾期") })
        }
    }

    @Test(.demand(authenticity[7], 4), .article(authenticity[16]), arguments: TestEngine.all)
    func theCoolingOffFollowsTheReceipt(engine: TestEngine) async throws {
        try await InsurerOffice.with(engine) { insurer in
            let item = try await insurer.shareTelephone()
            #expect(item.values["coolingOffEnd"] == .text("2026-01-30"))
            insurer.office.move(hours: 24 * 3)
            let policies = try await insurer.rows("policy")
            for (policy, signed) in zip(policies, ["2026-01-17", "2026-01-16"]) {
                try await insurer.desk.take(
                    "deliver", of: "policy", on: policy.id, input: ["signedOn": .text(signed), "wasHintGiven": .flag(true)],
                    by: insurer.service)
            }
            let view = try await insurer.desk.document(item.id, by: insurer.service.person)
            #expect(view.row.values["coolingOffEnd"] == .text("2026-01-31"), "the earlier of the two")
            let running = view.deadlines.filter { $0.name == "coolingOff" }
            #expect(running.map(\.due) == [Day(iso: "2026-01-30").map { .endOfDay($0) }], "31 January is a Saturday")
            // The call-back lies within it.
            try await insurer.desk.runJobs()
            let late: [String: JSONValue] = ["channelUnit": .whole(insurer.office.market.raw), "callBackOn": .text("2026-01-31")]
            let refusal = await #expect(throws: Refusal.self) { try await insurer.take("distribute", item.id, late, by: insurer.service) }
            #expect(refusal?.article == authenticity[7] && refusal?.words.zh.contains("2026-01-31 届满，期内最后一个可回访的工作日为 2026-01-30") == true)
        }
    }

    @Test(.demand(authenticity[13], 3)) func theLeaderReadsWhatTheItemIsAbout() async throws {
        try await InsurerOffice.with { insurer in
            let item = try await insurer.listSharedTelephone()
            let customer = try #require(try await insurer.rows("customer").first)
            let policy = try #require(try await insurer.rows("policy").first)
            for id in [customer.id, policy.id, insurer.agent] {
                await #expect(throws: DeskError.self) { _ = try await insurer.desk.document(id, by: insurer.leader.person) }
            }
            try await insurer.distribute(item)
            for id in [customer.id, policy.id, insurer.agent] {
                _ = try await insurer.desk.document(id, by: insurer.leader.person)
            }
        }
    }

    @Test(.demand(authenticity[13], 4)) func aCorrectionKeepsBeforeAndAfter() async throws {
        try await InsurerOffice.with { insurer in
            let item = try await insurer.listSharedTelephone()
            try await insurer.distribute(item)
            try await insurer.take("receive", item, by: insurer.backOffice)
            try await insurer.take("investigate", item, by: insurer.backOffice)
            try await insurer.take("evidence", item, InsurerOffice.statement, by: insurer.backOffice)
            try await insurer.take("verify", item, ["conclusion": .text("corrected")], by: insurer.compliance)
            await #expect(throws: Refusal.self) { try await insurer.take("close", item, by: insurer.service) }
            let customer = try #require(try await insurer.rows("customer").last)
            let proof = try await insurer.desk.keep(file: "证明.txt", content: Array("号码变更".utf8), by: insurer.backOffice)
            func request(_ phone: String) async throws -> Int64 {
                try await insurer.desk.take(
                    "request", of: "correction",
                    input: [
                        "customer": .whole(customer.id), "suspicion": .whole(item), "mobile": .text(phone),
                        "isSignedByCustomer": .flag(true), "reason": .text("客户更换号码"), "evidence": .list([proof.stored]),
                    ], by: insurer.backOffice
                ).id
            }
            await #expect(throws: Refusal.self) { _ = try await request("13800138000") }
            let correction = try await request("13988887777")
            try await insurer.desk.take(Correction.apply, on: correction, by: insurer.service)
            try await insurer.take("close", item, ["correction": .whole(correction)], by: insurer.service)
            let shown = try await insurer.desk.document(correction, by: insurer.service.person, revealing: "核对").row.values
            #expect(shown["oldMobile"] == .text("13912340001"))
            #expect(shown["mobile"] == .text("13988887777"))
            let after = try await insurer.desk.document(customer.id, by: insurer.service.person, revealing: "核对").row
            #expect(after.values["mobile"] == .text("13988887777"))
            #expect(after.state == "corrected")
            let origin = after.values["origins"]?.list.first
            #expect(origin?["value"] == .text("mobile") && origin?["source"].text?.hasPrefix("更正〔2026〕") == true)
        }
    }

    @Test(.demand(authenticity[13], 5)) func callBackFindingsEnterTheSameWay() async throws {
        try await InsurerOffice.with { insurer in
            try await insurer.submit(insurer.application("T1", sequence: 1))
            let customer = try #require(try await insurer.rows("customer").first)
            let taken = try await insurer.desk.take(
                "report", of: "suspicion", input: ["customers": .list([.whole(customer.id)]), "report": .text("回访时客户称未投保")],
                by: insurer.service)
            #expect(taken.state == "listed")
            #expect(try await insurer.rows("customer").first?.state == "suspicious")
        }
    }
}
