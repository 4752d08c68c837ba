import ArticleProof
import CustomerAuthenticity
import EngineFixture
import Kernel
import TestOffice
import Testing
import WorkCalendar

/// Guards that a field left empty, or written otherwise, does not switch off.
@Suite struct GuardTests {
    @Test(.demand(authenticity[4], 2), arguments: ["366天", "365天", "365日", "366 days", "一年", "12个月", "十二个月", "一年期"])
    func aYearInDaysOrInChineseIsAYear(term: String) async throws {
        try await InsurerOffice.with { insurer in
            let taken = try await insurer.submit(
                insurer.application("T1", sequence: 1) {
                    $0.term = term
                    ($0.agentNo, $0.isCheckedByAgent) = ("", false)
                    $0.persons[0].address = ""
                })
            #expect(taken.state == "draft")
            let fields = Set(taken.refusal?.faults.map(\.field) ?? [])
            #expect(fields == ["agentNo", "isCheckedByAgent", "persons.0.address"])
            let right = insurer.application("T1", sequence: 1) { $0.term = term }
            #expect(
                try await insurer.desk.take(Application.supplement, on: taken.id, by: insurer.underwriter) { $0 = right }.state
                    == "accepted")
            #expect(try await insurer.rows("policy").first?.values["isOutsideRules"] != .flag(true))
        }
    }

    @Test(.demand(authenticity[4], 2, 3), arguments: ["364天", "11个月", "半年", "51周"]) func lessThanAYearIsOutside(term: String) async throws {
        try await InsurerOffice.with { insurer in
            let taken = try await insurer.submit(insurer.application("T1", sequence: 1) { $0.term = term })
            #expect(taken.state == "accepted")
            #expect(try await insurer.rows("policy").first?.values["isOutsideRules"] == .flag(true))
        }
    }

    @Test(.article(authenticity[11])) func anAccountNamesItsHolder() async throws {
        try await InsurerOffice.with { insurer in
            let taken = try await insurer.submit(insurer.application("T1", sequence: 1) { $0.persons[0].accountHolder = "" })
            #expect(taken.refusal?.faults.map(\.field) == ["persons.0.accountHolder"] && taken.refusal?.article == authenticity[11])
        }
    }

    /// The account that was left out is not the one that was approved.
    @Test(.demand(authenticity[11], 2), arguments: TestEngine.all)
    func anExceptionIsForTheAccountThatStandsThere(engine: TestEngine) async throws {
        try await InsurerOffice.with(engine) { insurer in
            try await Self.approve("T1", holder: "李建国", account: "622202100001", insurer)
            let without = insurer.application("T1", sequence: 1) { ($0.persons[0].accountHolder, $0.persons[0].account) = ("李建国", "") }
            let draft = try await insurer.submit(without)
            #expect(draft.state == "draft" && draft.refusal?.article == authenticity[11])
            let with = insurer.application("T1", sequence: 1) { $0.persons[0].accountHolder = "李建国" }
            #expect(
                try await insurer.desk.take(Application.supplement, on: draft.id, by: insurer.underwriter) { $0 = with }.state
                    == "accepted")
        }
    }

    private static func approve(_ number: String, holder: String, account: String, _ insurer: InsurerOffice) async throws {
        let desk = insurer.desk
        let exception = try await desk.take(
            "request", of: "account-exception",
            input: [
                "applicationNo": .text(number), "accountHolder": .text(holder), "account": .text(account), "relation": .text("父亲"),
                "reason": .text("本人无账户"),
            ], by: insurer.backOffice)
        try await desk.take(
            "investigate", of: "account-exception", on: exception.id, input: ["findings": .text("属实")], by: insurer.compliance)
        try await desk.take(AccountException.approve, on: exception.id, by: insurer.manager)
    }

    /// Of the agent, of a relative, by the number of the account, and of an agency: never.
    @Test(.demand(authenticity[11], 2), arguments: TestEngine.all)
    func noExceptionIsMadeForASellersAccount(engine: TestEngine) async throws {
        try await InsurerOffice.with(engine) { insurer in
            let desk = insurer.desk
            try await desk.take(
                "register", of: "agency",
                input: [
                    "agencyName": .text("某代理公司"), "channel": .text("agency"), "address": .text("广州市越秀区中山六路9号"),
                    "account": .text("622202555501"),
                ], by: insurer.backOffice)
            try await insurer.submit(insurer.application("T1", sequence: 1) { $0.persons[0].accountHolder = "李建国" })
            for (holder, account) in [
                ("赵业务", "622202999901"), ("赵亲属", "622202999902"), ("某代理公司", "622202999903"), ("李建国", "6222 0255 5501"),
            ] {
                let refusal = await #expect(throws: Refusal.self) {
                    try await Self.approve("T1", holder: holder, account: account, insurer)
                }
                #expect(refusal?.article == authenticity[11] && refusal?.words.zh.contains("不能特批") == true, "\(holder)")
            }
            // Approved before the application came in, it does not help either.
            try await Self.approve("T2", holder: "赵亲属", account: "622202999902", insurer)
            let late = try await insurer.submit(
                insurer.application("T2", sequence: 2) {
                    ($0.persons[0].accountHolder, $0.persons[0].account) = ("赵亲属", "622202999902")
                })
            #expect(late.state == "draft" && late.refusal?.article == authenticity[11])
        }
    }

    @Test(.article(authenticity[11])) func whatIsPaidToInsuredAndBeneficiaryIsNoPremium() async throws {
        try await InsurerOffice.with { insurer in
            func application(_ number: String, holder: String) -> Application {
                insurer.application(number, sequence: 1) {
                    var beneficiary = ApplicationPerson()
                    (beneficiary.role, beneficiary.name) = (.beneficiary, "何受益")
                    (beneficiary.account, beneficiary.accountHolder) = ("622202777701", holder)
                    $0.persons.append(beneficiary)
                }
            }
            #expect(try await insurer.submit(application("T1", holder: "何受益")).state == "accepted")
            let strangers = try await insurer.submit(application("T2", holder: "陈外人"))
            #expect(strangers.refusal?.faults.map(\.field) == ["persons.2.accountHolder"])
        }
    }

    @Test(.article(authenticity[5], authenticity[11]), arguments: TestEngine.all)
    func aDraftIsNotSupplementedUnderAnothersNumber(engine: TestEngine) async throws {
        try await InsurerOffice.with(engine) { insurer in
            try await Self.approve("EX", holder: "李建国", account: "622202100001", insurer)
            func paid(_ number: String, _ sequence: Int) -> Application {
                insurer.application(number, sequence: sequence) {
                    ($0.persons[0].accountHolder, $0.persons[0].account) = ("李建国", "622202100001")
                }
            }
            #expect(try await insurer.submit(paid("EX", 1)).state == "accepted")
            let draft = try await insurer.submit(paid("Y", 3))
            #expect(draft.state == "draft")
            for number in ["EX", "ex", "Ｅ-Ｘ"] {
                let other = paid(number, 3)
                await #expect(throws: DeskError.self) {
                    try await insurer.desk.take(Application.supplement, on: draft.id, by: insurer.underwriter) { $0 = other }
                }
            }
            #expect(try await insurer.rows("policy").count == 1)
            // A number that nobody has may be put right.
            let right = insurer.application("Z", sequence: 3)
            #expect(
                try await insurer.desk.take(Application.supplement, on: draft.id, by: insurer.underwriter) { $0 = right }.state
                    == "accepted")
        }
    }

    @Test(.article(authenticity[3]), arguments: TestEngine.all) func aNumberIsOneHoweverItIsTyped(engine: TestEngine) async throws {
        try await InsurerOffice.with(engine) { insurer in
            try await insurer.submit(insurer.application("AU2101", sequence: 1))
            for number in ["au2101", "ＡＵ２１０１", "AU21-01", " AU 2101 ", "AU21－01"] {
                await #expect(throws: DeskError.self) {
                    try await insurer.submit(insurer.application(number, sequence: 1) { $0.policyNo = "" })
                }
            }
            // The policy's number and the agent's too.
            let second = try await insurer.submit(insurer.application("AU22", sequence: 3) { $0.policyNo = "pau21-01" })
            #expect(second.refusal?.faults.map(\.field) == ["policyNo"])
            let third = try await insurer.submit(insurer.application("AU23", sequence: 5) { $0.agentNo = "a１" })
            #expect(third.state == "accepted")
        }
    }

    @Test(.article(authenticity[10], authenticity[11])) func everyChannelSaysWhoSold() async throws {
        try await InsurerOffice.with { insurer in
            try await insurer.desk.take(
                "register", of: "agency",
                input: ["agencyName": .text("某代理公司"), "channel": .text("agency"), "address": .text("广州市越秀区中山六路9号")],
                by: insurer.backOffice)
            func submit(_ number: String, by principal: Principal? = nil, _ change: (inout Application) -> Void) async throws -> [String] {
                let taken = try await insurer.submit(insurer.application(number, sequence: 1, change), by: principal)
                return taken.refusal?.faults.map(\.field) ?? []
            }
            #expect(try await submit("A1") { ($0.agentNo, $0.channel) = ("", .agency) } == ["agencyName"])
            #expect(try await submit("A2") { ($0.agentNo, $0.channel, $0.agencyName) = ("", .agency, "没有的公司") } == ["agencyName"])
            #expect(try await submit("A3") { ($0.agentNo, $0.channel, $0.agencyName) = ("", .agency, "某代理公司") } == [])
            #expect(try await insurer.rows("policy").first?.values["agency"]?.whole != nil, "the policy names it")
            #expect(try await submit("A4") { $0.channel = .agency } == [], "its agent is enough")
            #expect(try await submit("A5") { ($0.agentNo, $0.channel, $0.isCheckedByAgent) = ("", .direct, false) } == ["isCheckedByAgent"])
            // A channel's back office has no direct business.
            #expect(try await submit("A6", by: insurer.backOffice) { ($0.agentNo, $0.channel) = ("", .direct) } == ["channel"])
            #expect(try await submit("A7", by: insurer.service) { ($0.agentNo, $0.channel) = ("", .direct) } == [])
        }
    }

    /// By the qualification on the day on which it was signed, whatever was renewed or taken away since.
    @Test(.demand(authenticity[10], 1), arguments: TestEngine.all) func aLaterTestSpoilsNoEarlierSale(engine: TestEngine) async throws {
        try await InsurerOffice.with(engine) { insurer in
            let signed = insurer.office.now.day
            insurer.office.move(hours: 24 * 10)
            let today = insurer.office.now.day
            func qualify(tested: Day, until: Day) async throws {
                try await insurer.desk.take(
                    "qualify", of: "agent", on: insurer.agent,
                    input: [
                        "trainingHours": .whole(2), "testedOn": .text(tested.description), "qualifiedUntil": .text(until.description), "takenOverFrom": .text("原系统记录"),
                    ], by: insurer.trainer)
            }
            try await qualify(tested: today.adding(days: -1), until: today.adding(days: 300))
            func submit(_ number: String, on day: Day) async throws -> String {
                try await insurer.submit(insurer.application(number, sequence: 1) { $0.applicationDate = day }).state
            }
            #expect(try await submit("T1", on: signed) == "accepted")
            #expect(try await submit("T2", on: signed.adding(days: -30)) == "draft", "before the first test")
            try await insurer.desk.take(Agent.suspend, on: insurer.agent, input: ["reason": .text("投诉")], by: insurer.trainer)
            #expect(try await submit("T3", on: today) == "draft")
            #expect(try await submit("T4", on: today.adding(days: -1)) == "accepted", "signed before it was taken away")
            let shown = try await insurer.desk.document(insurer.agent, by: insurer.trainer.person).row.values["qualifications"]?.list ?? []
            #expect(shown.map { $0["endedOn"].text } == [today.description, today.description])
            for (tested, until) in [("1999-01-01", "2099-01-01"), (today.description, "2099-01-01")] {
                let refusal = await #expect(throws: Refusal.self) { try await qualify(tested: Day(iso: tested)!, until: Day(iso: until)!) }
                #expect(refusal?.article == authenticity[10] && refusal?.words.zh.contains("最长 24 个月") == true)
            }
        }
    }

    @Test(.article(authenticity[7])) func anExemptionIsForANumberThatThereCanBe() async throws {
        try await InsurerOffice.with { insurer in
            func request(_ field: String, _ value: String) async throws {
                try await insurer.desk.take(
                    "request", of: "exemption", input: [field: .text(value), "owner": .text("网点"), "reason": .text("机构电话")],
                    by: insurer.service)
            }
            for (field, value) in [("phone", "abc"), ("phone", "12"), ("account", "123"), ("address", "不详")] {
                let refusal = await #expect(throws: Refusal.self) { try await request(field, value) }
                #expect(refusal?.faults.map(\.field) == [field])
            }
            for (field, value) in [("phone", "95500"), ("phone", "020-83330000"), ("account", "622202100001")] { try await request(field, value) }
        }
    }

    @Test(.article(authenticity[6])) func anOldNumberIsToldByItsOwnPlaces() async throws {
        try await InsurerOffice.with { insurer in
            let taken = try await insurer.submit(insurer.application("T1", sequence: 1) { $0.persons[0].documentNumber = "110105801303011" })
            #expect(taken.refusal?.words.zh.contains("第7至12位") == true, "\(taken.refusal?.words.zh ?? "")")
        }
    }

    /// Where the one person of compliance reports, somebody else is named to investigate.
    @Test(.article(authenticity[11])) func whoReportedDoesNotHaveToInvestigate() async throws {
        try await InsurerOffice.with { insurer in
            let desk = insurer.desk
            let report = try await desk.take(
                "report", of: "misconduct-report",
                input: ["kind": .text("forged_signature"), "agentNo": .text("a1"), "facts": .text("签名不符")], by: insurer.compliance)
            let findings: [String: JSONValue] = ["findings": .text("笔迹不符")]
            await #expect(throws: Refusal.self) {
                try await desk.take(MisconductReport.investigate, on: report.id, input: findings, by: insurer.compliance)
            }
            await #expect(throws: DeskError.self) {
                try await desk.take(MisconductReport.investigate, on: report.id, input: findings, by: insurer.trainer)
            }
            func name(_ principal: Principal) async throws {
                try await desk.take(
                    "appoint", of: "misconduct-report", on: report.id, input: ["investigator": .whole(principal.person.raw)], by: insurer.manager)
            }
            await #expect(throws: Refusal.self) { try await name(insurer.compliance) }
            try await name(insurer.trainer)
            try await desk.take(MisconductReport.investigate, on: report.id, input: findings, by: insurer.trainer)
            try await desk.take(
                "uphold", of: "misconduct-report", on: report.id, input: ["decision": .text("处罚")], by: insurer.manager)
        }
    }
}
