import ArticleProof
import CustomerAuthenticity
import EngineFixture
import Kernel
import Testing
import TestOffice
import WorkCalendar

/// What an application meets on its way into the book.
@Suite struct UnderwritingTests {
    @Test(arguments: TestEngine.all) func aRegisterFindsANumberHoweverItIsTyped(engine: TestEngine) async throws {
        try await InsurerOffice.with(engine) { insurer in
            let id = try await insurer.submit(insurer.application(" t-2026 001 ", sequence: 1)).id
            try await insurer.submit(insurer.application("T-2026002", sequence: 3))
            try await insurer.desk.take(
                "request", of: "account-exception",
                input: [
                    "applicationNo": .text("ｔ-2026001"), "accountHolder": .text("李建国"), "account": .text("6222020200000000992"),
                    "relation": .text("父亲"), "reason": .text("投保人无本人账户"),
                ], by: insurer.backOffice)
            func found(_ type: String, _ number: String) async throws -> [Int64] {
                var query = RegisterQuery()
                query.equal = ["applicationNo": number]
                return try await insurer.desk.register(type, query, by: insurer.compliance.person).rows.map(\.id)
            }
            for number in ["T-2026001", "t-2026001", "Ｔ－２０２６００１", " T-2026 001", "T‐2026001"] {
                #expect(try await found("application", number) == [id], "\(number)")
                #expect(try await found("account-exception", number).count == 1, "\(number)")
            }
            #expect(try await found("application", "T-2026003").isEmpty)
        }
    }

    @Test(.demand(authenticity[4], 1), .demand(authenticity[7], 2), .article(authenticity[5], authenticity[2]), arguments: TestEngine.all)
    func whatPassesBecomesCustomersAndAPolicy(engine: TestEngine) async throws {
        try await InsurerOffice.with(engine) { insurer in
            let taken = try await insurer.submit(insurer.application("T1", sequence: 1))
            #expect(taken.state == "accepted")
            #expect(taken.refusal == nil)
            #expect(try await insurer.rows("customer").count == 1)
            let policy = try #require(try await insurer.rows("policy").first)
            #expect(policy.title == "PT1" && policy.values["productClass"] == .text("life") && policy.values["term"] == .text("20"))
            // The same person under a second policy stays one customer.
            try await insurer.submit(insurer.application("T2", sequence: 1))
            #expect(try await insurer.rows("customer").count == 1)
            #expect(try await insurer.rows("policy").count == 2)
            #expect(try await insurer.rows("suspicion").isEmpty)
        }
    }

    @Test(.demand(authenticity[5], 1), .article(authenticity[6], authenticity[11]), arguments: TestEngine.all)
    func whatIsRefusedStaysADraftWithEveryFaultUnderItsArticle(engine: TestEngine) async throws {
        try await InsurerOffice.with(engine) { insurer in
            let application = insurer.application("T1", sequence: 1) {
                $0.persons[0].address = ""
                $0.persons[0].sex = .female
                $0.persons[0].mobile = "13800138000"
                $0.agentNo = "nobody"
            }
            let taken = try await insurer.submit(application)
            #expect(taken.state == "draft")
            let faults = try #require(taken.refusal?.faults)
            let found = Set(faults.map { "\($0.field) \($0.article?.ref ?? "")" })
            #expect(found.isSuperset(of: ["persons.0.address 第五条", "persons.0.sex 第六条", "persons.0.mobile 第十一条", "agentNo 第十条"]))
            #expect(try await insurer.rows("customer").isEmpty)
            let right = insurer.application("T1", sequence: 1)
            let again = try await insurer.desk.take(Application.supplement, on: taken.id, by: insurer.underwriter) { $0 = right }
            #expect(again.state == "accepted")
            #expect(try await insurer.rows("customer").count == 1)
        }
    }

    /// Applications with one fault each, where it stands and under which article.
    private static func wrong(_ insurer: InsurerOffice) -> [(Application, field: String, article: Article)] {
        func application(_ number: String, _ sequence: Int) -> Application { insurer.application(number, sequence: sequence) }
        var (early, odd, negative, double, nobodys) = (
            application("W1", 11), application("W2", 12), application("W3", 13), application("W4", 14), application("W5", 15)
        )
        early.applicationDate = insurer.office.now.day.adding(days: 1)
        (odd.term, negative.term) = ("abc", "-3")
        double.policyNo = "PT1"
        nobodys.persons.removeFirst()
        return [
            (early, "applicationDate", authenticity[5]), (odd, "term", authenticity[4]), (negative, "term", authenticity[4]),
            (double, "policyNo", authenticity[3]), (nobodys, "persons", authenticity[5]),
        ]
    }

    @Test(.article(authenticity[3], authenticity[4], authenticity[5]), arguments: TestEngine.all)
    func whatNoPersonsRowShowsIsJudgedToo(engine: TestEngine) async throws {
        try await InsurerOffice.with(engine) { insurer in
            try await insurer.submit(insurer.application("T1", sequence: 1))
            for (index, (application, field, article)) in Self.wrong(insurer).enumerated() {
                let taken = try await insurer.submit(application)
                #expect(taken.state == "draft" && taken.refusal?.faults.map(\.field) == [field] && taken.refusal?.article == article, "\(index)")
            }
            for (index, term) in ["至70岁", "to age 70", "终身", "20年"].enumerated() {
                #expect(try await insurer.submit(insurer.application("R\(index)", sequence: 20 + index) { $0.term = term }).state == "accepted")
            }
            // Who names nobody else insures himself.
            let alone = try await insurer.submit(
                insurer.application("A1", sequence: 30) {
                    $0.persons.removeLast()
                    $0.policyNo = ""
                })
            #expect(alone.state == "accepted")
            let policy = try #require(try await insurer.rows("policy").last)
            #expect(policy.title == "A1", "not numbered yet, it is called by its application")
            #expect(policy.values["insured"]?.list.first == policy.values["applicant"])
        }
    }

    @Test(.article(authenticity[16], authenticity[3])) func aReceiptIsForAPolicyWithANumberOfItsOwn() async throws {
        try await InsurerOffice.with { insurer in
            try await insurer.submit(insurer.application("T1", sequence: 1))
            try await insurer.submit(insurer.application("T2", sequence: 3) { $0.policyNo = "" })
            let policy = try #require(try await insurer.rows("policy").last)
            func deliver(_ number: String?) async throws {
                var input: [String: JSONValue] = ["signedOn": .text("2026-01-15"), "wasHintGiven": .flag(true)]
                input["policyNo"] = number.map { .text($0) }
                try await insurer.desk.take(Policy.deliver, on: policy.id, input: input, by: insurer.service)
            }
            for (number, says) in [(nil, "请填写保单号"), ("PT1", "另一份保单")] {
                let refusal = await #expect(throws: Refusal.self) { try await deliver(number) }
                #expect(refusal?.words.zh.contains(says) == true)
            }
            try await deliver("P77")
            #expect(try await insurer.rows("policy").last?.title == "P77")
        }
    }

    @Test(.article(authenticity[5])) func aMinorInsuredNeedsNoNumber() async throws {
        try await InsurerOffice.with { insurer in
            func insured(born: String) async throws -> Desk.Taken {
                try await insurer.submit(
                    insurer.application("T" + born, sequence: 1) {
                        ($0.persons[1].documentNumber, $0.persons[1].birthDate, $0.persons[1].name) = ("", born, "王小小")
                    })
            }
            #expect(try await insured(born: "2008-01-16").state == "accepted")
            // 18 on the day of the application.
            let adult = try await insured(born: "2008-01-15")
            #expect(adult.refusal?.faults.map(\.field) == ["persons.1.documentNumber"])
            // Known again by name, sex and date of birth.
            try await insurer.submit(
                insurer.application("T9", sequence: 1) {
                    ($0.persons[1].documentNumber, $0.persons[1].birthDate, $0.persons[1].name) = ("", "2008/1/16", "王小小")
                })
            #expect(try await insurer.rows("customer").count == 2)
        }
    }

    @Test(.demand(authenticity[10], 1)) func onlyQualifiedAgentsSell() async throws {
        try await InsurerOffice.with { insurer in
            let early = insurer.application("T1", sequence: 1) { $0.applicationDate = insurer.office.now.day.adding(days: -40) }
            #expect(try await insurer.submit(early).refusal?.article == authenticity[10])
            try await insurer.desk.take(
                "suspend", of: "agent", on: insurer.agent, input: ["reason": .text("投诉")], by: insurer.trainer)
            #expect(try await insurer.submit(insurer.application("T2", sequence: 2)).refusal?.article == authenticity[10])
        }
    }

    @Test(.article(authenticity[9], authenticity[10])) func qualificationNeedsHoursAndAPassedTest() async throws {
        try await InsurerOffice.with { insurer in
            let day = insurer.office.now.day
            func qualify(hours: Int64, tested: Day) async throws {
                try await insurer.desk.take(
                    "qualify", of: "agent", on: insurer.agent,
                    input: [
                        "trainingHours": .whole(hours), "testedOn": .text(tested.description),
                        "qualifiedUntil": .text(day.adding(days: 90).description), "takenOverFrom": .text("原系统记录"),
                    ],
                    by: insurer.trainer)
            }
            let refusal = await #expect(throws: Refusal.self) { try await qualify(hours: 1, tested: day) }
            #expect(refusal?.article == authenticity[9])
            await #expect(throws: Refusal.self) { try await qualify(hours: 2, tested: day.adding(days: 1)) }
            try await qualify(hours: 2, tested: day)
        }
    }

    /// That 李建国 pays for T1 from his account: investigated, and not approved yet.
    private static func investigatedException(_ insurer: InsurerOffice) async throws -> Int64 {
        let exception = try await insurer.desk.take(
            "request", of: "account-exception",
            input: [
                "applicationNo": .text("T1"), "accountHolder": .text("李建国"), "account": .text("622202100001"), "relation": .text("父亲"),
                "reason": .text("本人无账户"),
            ], by: insurer.backOffice)
        try await insurer.desk.take(
            "investigate", of: "account-exception", on: exception.id, input: ["findings": .text("属实")], by: insurer.compliance)
        return exception.id
    }

    @Test(.demand(authenticity[11], 2), arguments: TestEngine.all)
    func anotherOnesAccountNeedsAnApprovedException(engine: TestEngine) async throws {
        try await InsurerOffice.with(engine) { insurer in
            let application = insurer.application("T1", sequence: 1) { $0.persons[0].accountHolder = "李建国" }
            let draft = try await insurer.submit(application)
            #expect(draft.refusal?.faults.map(\.field) == ["persons.0.accountHolder"])
            let desk = insurer.desk
            let exception = try await Self.investigatedException(insurer)
            #expect(
                try await desk.take(Application.supplement, on: draft.id, by: insurer.underwriter) { $0 = application }.state
                    == "draft")
            try await desk.take(AccountException.approve, on: exception, by: insurer.manager)
            #expect(
                try await desk.take(Application.supplement, on: draft.id, by: insurer.underwriter) { $0 = application }.state
                    == "accepted")
            // The exception is named on the policy.
            #expect(try await insurer.rows("policy").first?.values["exception"] == .whole(exception))
        }
    }

    @Test(.demand(authenticity[11], 2)) func anApprovalIsForTheAccountThatItNames() async throws {
        try await InsurerOffice.with { insurer in
            let desk = insurer.desk
            let exception = try await Self.investigatedException(insurer)
            try await desk.take(AccountException.approve, on: exception, by: insurer.manager)
            for (holder, account) in [("陈三", "622202100001"), ("李建国", "622202100099")] {
                let other = insurer.application("T1", sequence: 1) {
                    ($0.persons[0].accountHolder, $0.persons[0].account) = (holder, account)
                }
                let draft = try await insurer.rows("application").first
                let taken =
                    draft == nil
                    ? try await insurer.submit(other)
                    : try await desk.take(Application.supplement, on: draft?.id, by: insurer.underwriter) { $0 = other }
                #expect(taken.state == "draft" && taken.refusal?.article == authenticity[11], "\(holder) \(account)")
            }
        }
    }

    @Test(.demand(authenticity[11], 3)) func theAgentSignsForTheCheck() async throws {
        try await InsurerOffice.with { insurer in
            let taken = try await insurer.submit(insurer.application("T1", sequence: 1) { $0.isCheckedByAgent = false })
            #expect(taken.refusal?.faults.map(\.field) == ["isCheckedByAgent"])
        }
    }

    @Test(.demand(authenticity[4], 3)) func aShortPolicyIsStoredAndMarked() async throws {
        try await InsurerOffice.with { insurer in
            let taken = try await insurer.submit(
                insurer.application("T1", sequence: 1) {
                    $0.term = "0"; $0.persons[0].address = ""
                })
            #expect(taken.state == "accepted")
            #expect(try await insurer.rows("policy").first?.values["isOutsideRules"] == .flag(true))
        }
    }

    @Test(.article(authenticity[7], authenticity[16])) func coolingOffCountsFromTheSignedReceipt() async throws {
        try await InsurerOffice.with { insurer in
            try await insurer.submit(insurer.application("T1", sequence: 1))
            let policy = try #require(try await insurer.rows("policy").first)
            let input: [String: JSONValue] = ["signedOn": .text("2026-01-15")]
            await #expect(throws: Refusal.self) {
                try await insurer.desk.take(Policy.deliver, on: policy.id, input: input, by: insurer.service)
            }
            let early: [String: JSONValue] = ["signedOn": .text("2020-01-01"), "wasHintGiven": .flag(true)]
            let refusal = await #expect(throws: Refusal.self) {
                try await insurer.desk.take(Policy.deliver, on: policy.id, input: early, by: insurer.service)
            }
            #expect(refusal?.words.zh.contains("不能早于投保日期") == true)
            try await insurer.desk.take(
                "deliver", of: "policy", on: policy.id, input: input.merging(["wasHintGiven": .flag(true)]) { $1 }, by: insurer.service)
            #expect(try await insurer.rows("policy").first?.values["coolingOffEnd"] == .text("2026-01-30"))
        }
    }

    @Test(arguments: TestEngine.all) func anApplicationTakenTwiceAddsNothing(engine: TestEngine) async throws {
        try await InsurerOffice.with(engine) { insurer in
            let application = insurer.application("T1", sequence: 1)
            try await insurer.submit(application)
            await #expect(throws: DeskError.self) { try await insurer.submit(application) }
            await #expect(throws: DeskError.self) { try await insurer.submit(insurer.application("T1", sequence: 3)) }
            #expect(try await insurer.rows("application").count == 1)
            #expect(try await insurer.rows("customer").count == 1)
        }
    }
}
