import ArticleProof
import CustomerAuthenticity
import EngineFixture
import Kernel
import TestOffice
import Testing
import WorkCalendar

/// Registered, trained, passed, of a grade that covers the product, on the day of signing (第十条).
@Suite struct QualificationTests {
    @Test(.article(authenticity[10]), arguments: TestEngine.all)
    func aGradeSellsItsProductsOnTheDayOfSigning(engine: TestEngine) async throws {
        try await LearningOffice.with(engine) { learning in
            try await learning.sit(right: 5)
            let low = learning.office.now.day
            // Each by itself: closures within an expectation and beside it are taken for one another.
            func submit(_ number: String, _ sequence: Int, _ product: ProductClass, on day: Day? = nil) async throws -> Desk.Taken {
                try await learning.submit(number, sequence: sequence) {
                    $0.productClass = product
                    if let day { $0.applicationDate = day }
                }
            }
            #expect(try await submit("T1", 1, .life).state == "accepted")
            let draft = try await submit("T2", 2, .universal)
            #expect(draft.refusal?.faults.map(\.field) == ["agentNo"] && draft.refusal?.article == authenticity[10])
            #expect(draft.refusal?.words.zh == "该业务员当日为四级，销售万能产品须二级以上，请由有资格的业务员办理")
            learning.office.move(hours: 24 * 10)
            try await learning.desk.take(
                Agent.license, on: learning.agent,
                input: [
                    "licenceNo": .text("LA5"), "grade": .text("2"), "registeredOn": .text(learning.office.now.day.description),
                ], by: learning.insurer.trainer)
            #expect(try await submit("T3", 3, .universal).state == "accepted")
            let before = try await submit("T4", 4, .universal, on: low)
            #expect(before.refusal?.words.zh.contains("当日为四级") == true, "signed before the grade was given")
            #expect(try await submit("T5", 5, .unitLinked).state == "draft", "grade 1 alone")
        }
    }

    @Test(.article(authenticity[10])) func oneRegisteredWithACompanySellsForIt() async throws {
        try await LearningOffice.with { learning in
            let (insurer, desk) = (learning.insurer, learning.desk)
            try await learning.sit(right: 5)
            let today = learning.office.now.day
            // Another agent cannot have the licence while this one does.
            let taken = await #expect(throws: Refusal.self) {
                _ = try await LearningOffice.hire("second", "A6", insurer, more: ["licenceNo": .text("l-a5")])
            }
            #expect(taken?.words.zh.contains("已登记在业务员 A5 名下") == true && taken?.article == authenticity[10])
            learning.office.move(hours: 24 * 5)
            let leave: [String: JSONValue] = ["leftOn": .text(today.adding(days: 2).description), "reason": .text("转司")]
            try await desk.take(Agent.deregister, on: learning.agent, input: leave, by: insurer.backOffice)
            let agent = try await learning.agent()
            #expect(agent.state == .registered)
            #expect(agent.value.maySell(on: today.adding(days: 2), state: agent.state), "its last day")
            #expect(!agent.value.maySell(on: today.adding(days: 3), state: agent.state))
            #expect(try await learning.submit("T1", sequence: 1) { $0.applicationDate = today.adding(days: 2) }.state == "accepted")
            let late = try await learning.submit("T2", sequence: 2) { $0.applicationDate = today.adding(days: 3) }
            #expect(late.refusal?.words.zh.contains("当日没有有效的执业登记") == true)
            let half = await #expect(throws: Refusal.self) {
                _ = try await LearningOffice.hire("third", "A7", insurer, more: ["grade": .text("")])
            }
            #expect(half?.words.zh == "执业登记编号、等级和登记日期须一并填写")
        }
    }

    /// Qualified again after backdating: the day of signing is compared with when the application came in and with what was on record then.
    @Test(.article(authenticity[10]), arguments: TestEngine.all)
    func whatIsRecordedLaterServesNoApplicationThatWasRefusedBefore(engine: TestEngine) async throws {
        try await InsurerOffice.with(engine) { insurer in
            let desk = insurer.desk, today = insurer.office.now.day
            let agent = try await desk.take(
                Agent.register,
                input: [
                    "agentNo": .text("A8"), "name": .text("钱业务"), "channel": .text("individual"), "team": .whole(insurer.office.market.raw),
                    "phone": .text("13600000008"),
                ], by: insurer.backOffice)
            let application = insurer.application("T1", sequence: 1) { ($0.agentNo, $0.applicationDate) = ("A8", today.adding(days: -3)) }
            let draft = try await insurer.submit(application)
            #expect(draft.refusal?.article == authenticity[10])
            insurer.office.move(hours: 1)
            try await desk.take(
                Agent.qualify, on: agent.id,
                input: [
                    "trainingHours": .whole(2), "testedOn": .text(today.adding(days: -5).description),
                    "qualifiedUntil": .text(today.adding(days: 300).description), "takenOverFrom": .text("原系统记录"),
                ], by: insurer.trainer)
            #expect(try await desk.todo(of: insurer.compliance.person).notices.contains { $0.words.zh.contains("A8 的销售资格系补登") })
            func supplement(on day: Day, agent: String = "A8") async throws -> Desk.Taken {
                var changed = application
                (changed.applicationDate, changed.agentNo) = (day, agent)
                let wanted = changed
                return try await desk.take(Application.supplement, on: draft.id, by: insurer.underwriter) { $0 = wanted }
            }
            let recorded = try await supplement(on: today.adding(days: -3))
            #expect(recorded.refusal?.words.zh.hasPrefix("该业务员的资格系投保单录入之后补登") == true)
            let moved = try await supplement(on: today.adding(days: -1))
            #expect(moved.refusal?.words.zh.contains("首次录入的投保日期为 \(today.adding(days: -3))") == true, "another date mends nothing")
            #expect(try await supplement(on: today.adding(days: -1)).state == "draft", "nor at the second try")
            // An agent who may sell takes it over.
            #expect(try await supplement(on: today.adding(days: -3), agent: "A1").state == "accepted")
        }
    }

    @Test(.article(authenticity[10])) func aSlipOfTheDateIsVerifiedBySomebodyElse() async throws {
        try await InsurerOffice.with { insurer in
            let desk = insurer.desk, today = insurer.office.now.day
            let application = insurer.application("T1", sequence: 1) { $0.applicationDate = today.adding(days: -365) }
            let draft = try await insurer.submit(application)
            var right = application
            right.applicationDate = today
            let wanted = right
            func supplement() async throws -> Desk.Taken {
                try await desk.take(Application.supplement, on: draft.id, by: insurer.underwriter) { $0 = wanted }
            }
            #expect(try await supplement().state == "draft")
            await #expect(throws: DeskError.self) {
                try await desk.take(Application.verifyDate, on: draft.id, input: ["dateGrounds": .text("x")], by: insurer.underwriter)
            }
            try await desk.take(Application.verifyDate, on: draft.id, input: ["dateGrounds": .text("纸质投保单为今日")], by: insurer.compliance)
            #expect(try await supplement().state == "accepted")
        }
    }

    @Test(.article(authenticity[10])) func aLaterEntryShowsHowTheSellerStoodOnBothDays() async throws {
        try await InsurerOffice.with { insurer in
            let signed = insurer.office.now.day
            insurer.office.move(hours: 24 * 3)
            func standing(_ number: String, _ sequence: Int, on day: Day) async throws -> String? {
                let taken = try await insurer.submit(insurer.application(number, sequence: sequence) { $0.applicationDate = day })
                #expect(taken.state == "accepted")
                return try await insurer.desk.document(taken.id, by: insurer.service.person).row.values["sellerStanding"]?.text
            }
            #expect(try await standing("T1", 1, on: insurer.office.now.day) == nil, "one day")
            #expect(try await standing("T2", 2, on: signed) == "both")
            // The qualification was entered on the first day, for one that began earlier.
            #expect(try await standing("T3", 3, on: signed.adding(days: -5)) == "recorded_later")
            insurer.office.move(hours: 24 * 300)
            try await insurer.desk.runJobs()
            #expect(try await standing("T4", 4, on: signed) == "signing_only")
        }
    }

    /// A renewal is a line of its own: what was before stays, and its hours do not count again.
    @Test(.article(authenticity[10], authenticity[9]), arguments: TestEngine.all)
    func aRenewalNeedsNewHoursAndKeepsWhatWasBefore(engine: TestEngine) async throws {
        try await LearningOffice.with(engine) { learning in
            let first = try await learning.sit(right: 5), tested = learning.office.now.day
            learning.office.move(hours: 24 * 300)
            let test = try await LearningOffice.arrange(learning.paper, learning.insurer)
            let refusal = await #expect(throws: Refusal.self) { _ = try await learning.begin(test: test) }
            #expect(refusal?.words.zh.contains("您现有 0 个课时") == true, "the old completion is no new one")
            try await LearningOffice.attend([learning.agent], course: learning.course, learning.insurer)
            let second = try await learning.sit(right: 5, test: test), today = learning.office.now.day
            let agent = try await learning.agent()
            #expect(agent.value.qualifications.map(\.sheet) == [ID(first), ID(second)])
            #expect(agent.value.qualifications.map(\.until) == [tested.adding(months: 12), today.adding(months: 12)])
            #expect(agent.value.attended.map(\.usedFor) == [ID(first), ID(second)])
            #expect(agent.value.qualifiedUntil == today.adding(months: 12))
            #expect(agent.value.maySell(on: tested, state: agent.state), "the list of any earlier day stands")
            learning.office.move(to: .startOfDay(tested.adding(months: 12).adding(days: 2)))
            try await learning.desk.runJobs()
            #expect(try await learning.agent().state == .qualified, "the first end does not end the second")
            // A failed renewal takes nothing away.
            try await LearningOffice.attend([learning.agent], course: learning.course, learning.insurer)
            let third = try await LearningOffice.arrange(learning.paper, learning.insurer)
            try await learning.sit(right: 0, test: third)
            #expect(try await learning.agent().state == .qualified)
        }
    }

    @Test(.article(authenticity[10])) func byHandIsTakenOverWhatWasBeforeAndNothingElse() async throws {
        try await LearningOffice.with { learning in
            let (insurer, desk) = (learning.insurer, learning.desk)
            let today = learning.office.now.day
            var input: [String: JSONValue] = [
                "trainingHours": .whole(2), "testedOn": .text(today.description),
                "qualifiedUntil": .text(today.adding(days: 90).description),
            ]
            let silent = await #expect(throws: DeskError.self) {
                try await desk.take(Agent.qualify, on: learning.agent, input: input, by: insurer.trainer)
            }
            guard case .invalid(let faults) = silent else { throw DeskError.absent }
            #expect(faults.map(\.field) == ["takenOverFrom"])
            input["takenOverFrom"] = .text("原系统记录")
            try await learning.sit(right: 0)
            let tested = await #expect(throws: Refusal.self) {
                try await desk.take(Agent.qualify, on: learning.agent, input: input, by: insurer.trainer)
            }
            #expect(tested?.words.zh == "该业务员已在本系统参加专项测试，资格只能由测试产生，不能补登")
        }
    }

    @Test(.article(authenticity[10])) func aSuspensionIsEndedByComplianceAndANewTest() async throws {
        try await LearningOffice.with { learning in
            let (insurer, desk) = (learning.insurer, learning.desk)
            try await learning.sit(right: 5)
            try await desk.take(Agent.suspend, on: learning.agent, input: ["reason": .text("投诉查实")], by: insurer.compliance)
            try await LearningOffice.attend([learning.agent], course: learning.course, insurer)
            let test = try await LearningOffice.arrange(learning.paper, insurer)
            let refusal = await #expect(throws: Refusal.self) { _ = try await learning.begin(test: test) }
            #expect(refusal?.words.zh.hasPrefix("您已被停止销售") == true)
            let byHand = await #expect(throws: Refusal.self) {
                try await desk.take(
                    Agent.qualify, on: learning.agent,
                    input: [
                        "trainingHours": .whole(2), "testedOn": .text(learning.office.now.day.description),
                        "qualifiedUntil": .text(learning.office.now.day.adding(days: 90).description), "takenOverFrom": .text("x"),
                    ], by: insurer.trainer)
            }
            #expect(byHand?.words.zh.hasPrefix("已停止销售的") == true)
            try await desk.take(Agent.readmit, on: learning.agent, input: ["reason": .text("整改完毕")], by: insurer.compliance)
            #expect(try await learning.agent().state == .registered)
            try await learning.sit(right: 5, test: test)
            #expect(try await learning.agent().state == .qualified)
        }
    }

    @Test(.demand(authenticity[10], 1)) func aSheetThatSomebodyElseSatIsAnnulled() async throws {
        try await LearningOffice.with { learning in
            let sheet = try await learning.sit(right: 5)
            let annul: [String: JSONValue] = ["reason": .text("他人代考")]
            await #expect(throws: DeskError.self) {
                try await learning.desk.take(AnswerSheet.annul, on: sheet, input: annul, by: learning.insurer.trainer)
            }
            try await learning.desk.take(AnswerSheet.annul, on: sheet, input: annul, by: learning.insurer.compliance)
            let agent = try await learning.agent()
            #expect(agent.state == .registered && agent.value.qualifications[0].endedOn == learning.office.now.day)
            #expect(try await learning.submit("T1", sequence: 1).refusal?.article == authenticity[10])
        }
    }

    @Test(.article(authenticity[10])) func whoLacksALicenceOrEndsSoonIsFound() async throws {
        try await LearningOffice.with { learning in
            let (insurer, desk) = (learning.insurer, learning.desk)
            try await learning.sit(right: 5)
            learning.office.move(to: .startOfDay(learning.office.now.day.adding(months: 11).adding(days: 2)))
            try await desk.runJobs()
            #expect(try await desk.todo(of: insurer.trainer.person).notices.contains { $0.words.zh.contains("一个月内到期") })
        }
    }
}
