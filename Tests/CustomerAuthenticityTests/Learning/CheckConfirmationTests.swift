import ArticleProof
import CustomerAuthenticity
import EngineFixture
import Kernel
import TestOffice
import Testing
import WorkCalendar

/// The agent signs the check himself (第十一条).
@Suite struct CheckConfirmationTests {
    @Test(.demand(authenticity[11], 3), arguments: TestEngine.all)
    func anAgentWithALogInConfirmsTheCheckInPerson(engine: TestEngine) async throws {
        try await LearningOffice.with(engine) { learning in
            let insurer = learning.insurer
            try await learning.sit(right: 5)
            let application = insurer.application("T-1", sequence: 1) { $0.agentNo = "A5" }
            let draft = try await insurer.submit(application)
            #expect(draft.state == "draft" && draft.refusal?.faults.map(\.field) == ["isCheckedByAgent"])
            #expect(draft.refusal?.words.zh == "该业务员已开通账号，请由其本人登录办理“核对确认”后再录入")
            let confirmation = try await learning.confirm(application)
            #expect(
                try await insurer.desk.todo(of: insurer.underwriter.person).notices.contains { $0.words.zh == "业务员已确认核对，请补充投保单 T1" })
            let taken = try await insurer.desk.take(Application.supplement, on: draft.id, by: insurer.underwriter) { $0 = application }
            #expect(taken.state == "accepted")
            let shown = try await insurer.desk.document(taken.id, by: insurer.service.person).row.values
            #expect(shown["confirmation"]?.whole == confirmation, "who, when and what stands there")
            let late = await #expect(throws: Refusal.self) {
                try await insurer.desk.take(CheckConfirmation.revoke, on: confirmation, input: ["reason": .text("x")], by: learning.seller)
            }
            #expect(late?.words.zh == "该投保单已核保通过，不能撤销确认")
        }
    }

    @Test(.demand(authenticity[11], 3)) func eachPointIsCheckedAndTheDateAgrees() async throws {
        try await LearningOffice.with { learning in
            let insurer = learning.insurer
            try await learning.sit(right: 5)
            let application = insurer.application("T1", sequence: 1) { $0.agentNo = "A5" }
            for field in ["hasSeenIdentity", "isOwnContact", "isOwnAccount", "isOwnSignature"] {
                let refusal = await #expect(throws: Refusal.self) { try await learning.confirm(application, [field: .flag(false)]) }
                #expect(refusal?.faults.map(\.field) == [field] && refusal?.article == authenticity[11])
            }
            let confirmed = try await learning.confirm(application)
            let twice = await #expect(throws: Refusal.self) { try await learning.confirm(application) }
            #expect(twice?.words.zh.hasPrefix("该投保单已有核对确认") == true)
            insurer.office.move(hours: 24)
            var other = application
            other.applicationDate = insurer.office.now.day
            let draft = try await insurer.submit(other)
            #expect(draft.refusal?.words.zh.contains("与投保单不一致") == true)
            try await insurer.desk.take(CheckConfirmation.revoke, on: confirmed, input: ["reason": .text("日期填错")], by: learning.seller)
            #expect(try await insurer.rows("application").first?.state == "draft")
            try await learning.confirm(other)
            let wanted = other
            let taken = try await insurer.desk.take(Application.supplement, on: draft.id, by: insurer.underwriter) { $0 = wanted }
            #expect(taken.state == "accepted")
        }
    }

    @Test(.demand(authenticity[11], 3), .article(authenticity[10])) func nobodyElseConfirmsAndNobodyWithoutTheRightToSell() async throws {
        try await LearningOffice.with { learning in
            let insurer = learning.insurer
            let application = insurer.application("T1", sequence: 1) { $0.agentNo = "A5" }
            let unqualified = await #expect(throws: Refusal.self) { try await learning.confirm(application) }
            #expect(unqualified?.article == authenticity[10])
            try await learning.sit(right: 5)
            await #expect(throws: DeskError.self) { try await learning.confirm(application, by: insurer.underwriter) }
            // Another agent's confirmation is not this agent's.
            let (other, second) = try await LearningOffice.hire("seller2", "A6", insurer)
            try await LearningOffice.attend([second], course: learning.course, insurer)
            try await learning.sit(right: 5, by: other)
            try await learning.confirm(application, by: other)
            #expect(try await insurer.submit(application).refusal?.faults.map(\.field) == ["isCheckedByAgent"])
        }
    }

    /// An agent without a log-in signed on paper, and the mark of whoever enters it says so.
    @Test(.demand(authenticity[11], 3)) func withoutALogInThePaperIsWhatWasSigned() async throws {
        try await InsurerOffice.with { insurer in
            #expect(try await insurer.submit(insurer.application("T1", sequence: 1)).state == "accepted")
            let draft = try await insurer.submit(insurer.application("T2", sequence: 2) { $0.isCheckedByAgent = false })
            #expect(draft.refusal?.faults.map(\.field) == ["isCheckedByAgent"])
        }
    }

    @Test(.article(authenticity[11])) func aLogInIsOnePersonsAndOneAgents() async throws {
        try await LearningOffice.with { learning in
            let insurer = learning.insurer
            func amend(_ user: PersonID) async throws {
                try await insurer.desk.take(
                    Agent.amend, on: insurer.agent,
                    input: ["team": .whole(insurer.office.market.raw), "phone": .text("13600000001"), "user": .whole(user.raw)],
                    by: insurer.backOffice)
            }
            let taken = await #expect(throws: Refusal.self) { try await amend(learning.seller.person) }
            #expect(taken?.words.zh == "该用户已对应业务员 A5，一个用户只对应一名业务员")
            let clerk = await #expect(throws: Refusal.self) { try await amend(insurer.underwriter.person) }
            #expect(clerk?.words.zh.hasPrefix("该用户没有担任业务员岗位") == true)
            // Who logs in by it sees the own record, and no other.
            _ = try await insurer.desk.document(learning.agent, by: learning.seller.person)
            await #expect(throws: DeskError.absent) { _ = try await insurer.desk.document(insurer.agent, by: learning.seller.person) }
        }
    }
}
