import ArticleProof
import CustomerAuthenticity
import EngineFixture
import Kernel
import TestOffice
import Testing
import WorkCalendar

/// What articles demand that no other suite is about: each with what passes and what does not.
@Suite struct ArticleTests {
    @Test(.demand(authenticity[1], 1)) func everyArticleIsShownInTheCharter() async throws {
        try await InsurerOffice.with { insurer in
            let charter = try await insurer.desk.charter(authenticity.id, by: insurer.leader.person)
            #expect(charter.laws.map(\.article) == (1...29).map { authenticity[$0] })
            #expect(charter.laws.allSatisfy { !$0.text.zh.isEmpty && !$0.text.en.isEmpty })
            #expect(charter.laws[0].text.kind == [.principle] && charter.adopter?.zh == "公司")
            await #expect(throws: DeskError.self) { _ = try await insurer.desk.charter("no-such-regulation", by: insurer.leader.person) }
        }
    }

    @Test(.demand(authenticity[29], 1), arguments: TestEngine.all) func itBindsFromTheDayOfItsAdoption(engine: TestEngine) async throws {
        try await InsurerOffice.with(engine) { insurer in
            let desk = insurer.desk
            let other = UnitID(try await desk.administer(.addUnit(parent: nil, zh: "二公司", en: "Second company"), by: .system))
            let underwriter = Principal(try await insurer.office.hire("second", .underwriter, in: other))
            let application = insurer.application("T1", sequence: 1) { ($0.agentNo, $0.channel) = ("", .direct) }
            await #expect(throws: DeskError.self) { try await insurer.submit(application, by: underwriter) }
            let tomorrow = insurer.office.now.day.adding(days: 1)
            try await desk.administer(.adopt(regulation: authenticity.id, version: 1, unit: other, from: tomorrow), by: .system)
            await #expect(throws: DeskError.self) { try await insurer.submit(application, by: underwriter) }
            insurer.office.move(hours: 24)
            #expect(try await insurer.submit(application, by: underwriter).state == "accepted")
            #expect(try await desk.charter(authenticity.id, by: underwriter.person).inForce == tomorrow)
        }
    }

    @Test(.demand(authenticity[21], 2), arguments: TestEngine.all)
    func whoOpensPersonalDataSaysWhyAndStandsInTheLedger(engine: TestEngine) async throws {
        try await InsurerOffice.with(engine) { insurer in
            try await insurer.submit(insurer.application("T1", sequence: 1))
            let (desk, service) = (insurer.desk, insurer.service.person)
            let customer = try #require(try await insurer.rows("customer").first).id
            await #expect(throws: DeskError.self) { try await desk.document(customer, by: service, revealing: " ") }
            await #expect(throws: DeskError.self) { try await desk.reveal(customer, of: "policy", by: service, purpose: "回访") }
            _ = try await desk.document(customer, by: service, revealing: "回访")
            let opened = try await desk.reveal(customer, of: "customer", by: service, purpose: "核对")
            #expect(opened.values["mobile"] == .text("13912340001"))
            let readings = try await desk.document(customer, by: service).trail.filter { $0.kind == .read }
            #expect(readings.map(\.written) == ["核对", "回访"] && readings.allSatisfy { $0.articles == [authenticity[21]] })
            try await desk.runJobs()
            let law = try await desk.charter(authenticity.id, by: service).laws.first { $0.article == authenticity[21] }
            #expect(law?.carriers.first { $0.kind == .reading }?.acts == 2)
        }
    }

    @Test(.demand(authenticity[2], 1), .article(authenticity[12]), arguments: TestEngine.all)
    func everyWayToReachACustomerKeepsItsSourceAndTime(engine: TestEngine) async throws {
        try await InsurerOffice.with(engine) { insurer in
            try await insurer.submit(insurer.application("T1", sequence: 1))
            insurer.office.move(hours: 30)
            try await insurer.submit(
                insurer.application("T2", sequence: 1) {
                    ($0.persons[0].mobile, $0.persons[0].landline, $0.persons[0].email) = (
                        "13700001111", "020-87654321", "wang@example.com"
                    )
                    $0.persons[0].account = "622202300009"
                })
            let customer = try #require(try await insurer.rows("customer").first)
            let shown = try await insurer.desk.document(customer.id, by: insurer.service.person, revealing: "回访").row.values
            #expect(shown["mobile"] == .text("13912340001") && shown["source"] == .text("T1"))
            #expect(shown["documentType"] == .text("resident-id") && shown["birthDate"] == .text("1980-02-03"))
            #expect(shown["documentNumber"] == .text(IntakeFile.number(birth: "19800203", sequence: 1)) && shown["sex"] == .text("M"))
            #expect(shown["name"] == .text("王小红") && shown["account"] == .text("622202100001"))
            #expect(shown["address"] == .text("广东省广州市天河区中山路1号2栋301室") && shown["since"] != insurer.office.now.stored)
            // What was empty is filled; a second telephone and a second account stand beside the first.
            #expect(shown["landline"] == .text("020-87654321") && shown["email"] == .text("wang@example.com"))
            let origins = shown["origins"]?.list ?? []
            #expect(origins.map { $0["value"] } == [.text("landline"), .text("email")])
            #expect(origins.allSatisfy { $0["source"] == .text("T2") && $0["since"] == insurer.office.now.stored })
            let further = shown["contacts"]?.list ?? []
            #expect(further.compactMap { $0["phone"].text }.filter { !$0.isEmpty } == ["13700001111"])
            #expect(further.compactMap { $0["account"].text }.filter { !$0.isEmpty } == ["622202300009"])
            #expect(further.allSatisfy { $0["source"] == .text("T2") && $0["since"] == insurer.office.now.stored })
        }
    }

    @Test(.article(authenticity[13])) func whoStandsInAnOpenItemIsNotVerifiedBesideIt() async throws {
        try await InsurerOffice.with { insurer in
            _ = try await insurer.shareTelephone()
            let customer = try #require(try await insurer.rows("customer").first)
            #expect(customer.state == "suspicious")
            let steps = ["verify": "verifiedFrom", "doubt": "reasons", "contradict": "reasons"]
            for (step, field) in steps {
                let refusal = await #expect(throws: Refusal.self) {
                    try await insurer.desk.take(step, of: "customer", on: customer.id, input: [field: .text("电话回访")], by: insurer.service)
                }
                #expect(refusal?.words.zh.contains("未结案的可疑问题件") == true)
            }
            #expect(try await insurer.rows("customer").first?.state == "suspicious")
        }
    }

    @Test(.demand(authenticity[3], 1), .article(authenticity[12]))
    func aCustomersStateComesWithItsReasonAndIsVerifiedFromASource() async throws {
        try await InsurerOffice.with { insurer in
            try await insurer.submit(insurer.application("T1", sequence: 1))
            let customer = try #require(try await insurer.rows("customer").first)
            func take(_ step: String, _ input: [String: JSONValue], by principal: Principal? = nil) async throws {
                try await insurer.desk.take(step, of: "customer", on: customer.id, input: input, by: principal ?? insurer.service)
            }
            func now() async throws -> DocumentRow { try #require(try await insurer.rows("customer").first) }
            for (step, state, reason) in [("doubt", "incomplete", "缺门牌号"), ("contradict", "inconsistent", "性别与证件不符")] {
                // Without new words, whether none are given or those of before: what stood there said something of another state.
                for input: [String: JSONValue] in [["reasons": .text("")], [:], ["reasons": try await now().values["reasons"] ?? .text("")]] {
                    let without = await #expect(throws: Refusal.self) { try await take(step, input) }
                    #expect(without?.article == authenticity[3])
                }
                await #expect(throws: DeskError.self) { try await take(step, ["reasons": .text(reason)], by: insurer.underwriter) }
                try await take(step, ["reasons": .text(reason)])
                let row = try await now()
                #expect(row.state == state && row.values["reasons"] == .text(reason))
            }
            for input: [String: JSONValue] in [["verifiedFrom": .text("")], [:]] {
                await #expect(throws: DeskError.self) { try await take("verify", input) }
            }
            try await take("verify", ["verifiedFrom": .text("电话回访")])
            let row = try await now()
            #expect(row.state == "verified" && row.values["verifiedFrom"] == .text("电话回访") && row.values["reasons"] == nil)
            #expect(row.values["source"] == .text("T1") && row.values["verifiedAt"] == insurer.office.now.stored)
        }
    }

    /// The system's own cause does not stand in for what a person has to say.
    @Test(.demand(authenticity[3], 1)) func anOldCauseIsNoReason() async throws {
        try await InsurerOffice.with { insurer in
            _ = try await insurer.shareTelephone()
            let customer = try #require(try await insurer.rows("customer").first)
            #expect(customer.state == "suspicious" && customer.values["cause"] == .text("phone"))
            for input: [String: JSONValue] in [[:], ["reasons": .text(" ")]] {
                let refusal = await #expect(throws: Refusal.self) {
                    try await insurer.desk.take(Customer.doubt, on: customer.id, input: input, by: insurer.service)
                }
                #expect(refusal?.article == authenticity[3])
            }
            #expect(try await insurer.rows("customer").first?.state == "suspicious")
        }
    }

    @Test(.demand(authenticity[21], 2), arguments: TestEngine.all)
    func whoReadsPersonalDataSaysWhatForAndStandsInTheTrail(engine: TestEngine)
        async throws
    {
        try await InsurerOffice.with(engine) { insurer in
            try await insurer.submit(insurer.application("T1", sequence: 1))
            let customer = try #require(try await insurer.rows("customer").first)
            #expect(customer.values["mobile"] == .text("139****0001"))
            await #expect(throws: DeskError.self) {
                _ = try await insurer.desk.document(customer.id, by: insurer.service.person, revealing: " ")
            }
            // Whoever has no business with it does not even learn that it is there.
            for reader in [insurer.trainer, insurer.backOffice, insurer.leader] {
                await #expect(throws: DeskError.self) {
                    _ = try await insurer.desk.document(customer.id, by: reader.person, revealing: "好奇")
                }
            }
            _ = try await insurer.desk.document(customer.id, by: insurer.service.person, revealing: "电话回访")
            let trail = try await insurer.desk.document(customer.id, by: insurer.compliance.person).trail
            #expect(trail.first?.kind == .read && trail.first?.written == "电话回访")
            #expect(trail.filter { $0.kind == .read }.count == 1)
        }
    }

    @Test(.demand(authenticity[10], 1, 2)) func whoIsSuspendedSellsNothing() async throws {
        try await InsurerOffice.with { insurer in
            let reason: [String: JSONValue] = ["reason": .text("一年内两次投诉查实")]
            await #expect(throws: DeskError.self) {
                try await insurer.desk.take(Agent.suspend, on: insurer.agent, input: reason, by: insurer.backOffice)
            }
            await #expect(throws: DeskError.self) {
                try await insurer.desk.take(Agent.suspend, on: insurer.agent, by: insurer.compliance)
            }
            try await insurer.desk.take(Agent.suspend, on: insurer.agent, input: reason, by: insurer.compliance)
            #expect(try await insurer.submit(insurer.application("T1", sequence: 1)).refusal?.article == authenticity[10])
            #expect(try await insurer.rows("agent", states: ["qualified"]).isEmpty)
        }
    }

    /// Kind, number, sex and birth as typed, and the fault that refuses it.
    private static let numbers: [(kind: CardKind, number: String, sex: PersonSex, birth: String, says: String)] = [
        (.residentID, "11010519491231002X", .female, "1949-12-31", ""), (.residentID, "１１０１０５ 19491231-002x", .female, "1949年12月31日", ""),
        (.residentID, "110105491231002", .female, "1949-12-31", ""), (.passport, "E12345678", .female, "1949-12-31", ""),
        (.hkMacauPermit, "H12345678", .female, "1949-12-31", ""), (.residencePermit, "810000199001010019", .male, "1990-01-01", ""),
        (.residentID, "110105194912310021", .female, "1949-12-31", "校验"), (.residentID, "11010519491331002X", .female, "1949-12-31", "日期"),
        (.residentID, "99010519491231002X", .female, "1949-12-31", "省"), (.residentID, "11010519491231002", .female, "1949-12-31", "位"),
        (.residentID, "11010519491231002X", .male, "1949-12-31", "性别"), (.residentID, "11010519491231002X", .female, "1949-12-30", "出生日期"),
        (.passport, "1234", .female, "1949-12-31", "证件"), (.hkMacauPermit, "A12345678", .female, "1949-12-31", "证件"),
    ]

    @Test(.demand(authenticity[6], 1, 2, 3), arguments: numbers.indices) func everyKindOfNumberKeepsItsRule(index: Int) async throws {
        let wanted = Self.numbers[index]
        try await InsurerOffice.with { insurer in
            let taken = try await insurer.submit(
                insurer.application("T1", sequence: 1) { application in
                    for at in application.persons.indices {
                        (application.persons[at].documentType, application.persons[at].documentNumber) = (wanted.kind, wanted.number)
                        (application.persons[at].sex, application.persons[at].birthDate) = (wanted.sex, wanted.birth)
                    }
                })
            let customer = try await insurer.rows("customer").first
            guard !wanted.says.isEmpty else {
                #expect(taken.state == "accepted", "\(taken.refusal?.words.zh ?? "")")
                let shown = try await insurer.desk.document(try #require(customer).id, by: insurer.service.person, revealing: "核对").row
                #expect(shown.values["documentNumber"] == .text(wanted.number), "what was typed is kept")
                return
            }
            #expect(taken.state == "draft" && customer == nil)
            #expect(taken.refusal?.faults.allSatisfy { $0.article == authenticity[6] } == true)
            #expect(taken.refusal?.words.zh.contains(wanted.says) == true, "\(taken.refusal?.words.zh ?? "")")
        }
    }

    @Test(.demand(authenticity[23], 1)) func whatIsFoundOfAnAgencyStandsInItsRecord() async throws {
        try await InsurerOffice.with { insurer in
            let agency = try await insurer.desk.take(
                "register", of: "agency",
                input: ["agencyName": .text("某代理公司"), "channel": .text("agency"), "address": .text("广州市越秀区中山六路9号")],
                by: insurer.backOffice)
            await #expect(throws: Refusal.self) {
                try await insurer.desk.take(
                    "register", of: "agency",
                    input: ["agencyName": .text("某代理公司"), "channel": .text("agency"), "address": .text("广州市越秀区中山六路9号")],
                    by: insurer.backOffice)
            }
            let found: [String: JSONValue] = ["finding": .text("三份投保单留了本机构电话")]
            await #expect(throws: DeskError.self) {
                try await insurer.desk.take(Agency.report, on: agency.id, input: found, by: insurer.underwriter)
            }
            try await insurer.desk.take(Agency.report, on: agency.id, input: found, by: insurer.backOffice)
            try await insurer.desk.take(Agency.report, on: agency.id, input: ["finding": .text("未回复")], by: insurer.compliance)
            try await insurer.desk.take(Agency.end, on: agency.id, by: insurer.compliance)
            let view = try await insurer.desk.document(agency.id, by: insurer.compliance.person)
            let findings = view.row.values["findings"]?.list ?? []
            #expect(view.row.state == "ended" && findings.map { $0["text"].text } == ["三份投保单留了本机构电话", "未回复"])
            #expect(findings.map { $0["person"].whole } == [insurer.backOffice.person.raw, insurer.compliance.person.raw])
            #expect(view.trail.map(\.title.zh) == ["终止合作", "记录情况", "记录情况", "拒绝：记录情况", "登记机构"])
            await #expect(throws: DeskError.self) {
                try await insurer.desk.take(Agency.report, on: agency.id, input: found, by: insurer.backOffice)
            }
        }
    }

    /// The same rules, whether a book that exists is checked or its rows are taken in.
    @Test(.demand(authenticity[26], 1), arguments: TestEngine.all) func aFileIsCheckedByTheRulesOfIntake(engine: TestEngine) async throws {
        let cases = (RowCheckTests.missing + RowCheckTests.identity + RowCheckTests.contacts + RowCheckTests.application).map(\.change)
        let applicants = cases.filter { ["", "投保人"].contains($0["role"] ?? "") }
        let rows = applicants.enumerated().map { index, change in
            ["application_no": "T\(index)", "policy_no": "P\(index)"].merging(change) { $1 }
        }
        let file = try IntakeFile(rows)
        defer { file.remove() }
        let (answers, summary) = try file.check()
        try await InsurerOffice.with(engine) { insurer in
            let taken = try await IntakeImport(insurer.desk, by: insurer.underwriter).run(file.path)
            #expect((taken.accepted, taken.drafts) == (summary.passed, summary.refused) && summary.refused > 20)
            func numbers(_ verdict: String) -> Set<String> {
                Set(answers.filter { $0["verdict"] == verdict }.compactMap { $0["application_no"] })
            }
            #expect(try await Set(insurer.rows("application", states: ["accepted"]).map(\.title)) == numbers("pass"))
            #expect(try await Set(insurer.rows("application", states: ["draft"]).map(\.title)) == numbers("refuse"))
        }
    }
}
