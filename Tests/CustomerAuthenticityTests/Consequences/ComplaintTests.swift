import ArticleProof
import CustomerAuthenticity
import EngineFixture
import Kernel
import TestOffice
import Testing
import WorkCalendar

/// How a complaint goes on its way, within its limits, and who has it in hand (第十四条).
@Suite struct ComplaintTests {
    private static func clock(_ id: Int64, _ house: ConsequenceOffice) async throws -> DeadlineView? {
        try await house.desk.document(id, by: house.insurer.compliance.person).deadlines.last { $0.name == "answering" }
    }

    @Test(.demand(authenticity[14], 1), arguments: TestEngine.all)
    func aComplaintIsReceivedInvestigatedDecidedAndTold(engine: TestEngine) async throws {
        try await ConsequenceOffice.with(engine) { house in
            let id = try await house.complain()
            #expect(try await house.row(id, by: house.insurer.service).number?.hasPrefix("投诉〔2026〕") == true)
            try await house.assign(id)
            #expect(try await house.desk.todo(of: house.handler.person).items.contains { $0.row.id == id })
            try await house.conclude(id)
            // Whoever investigated does not decide, and without a word of by what it misled nothing is upheld.
            await #expect(throws: DeskError.self) {
                try await house.take("uphold", "complaint", id, ConsequenceOffice.upholding, by: house.handler)
            }
            await #expect(throws: DeskError.self) {
                try await house.take("uphold", "complaint", id, ["decision": .text("属实")], by: house.insurer.compliance)
            }
            try await house.uphold(id)
            #expect(try await Self.clock(id, house)?.met == nil, "decided is not told")
            try await house.take(
                "answer", "complaint", id, ["answeredOn": .text(house.today.description), "answer": .text("已告知")], by: house.handler)
            #expect(try await Self.clock(id, house)?.met != nil)
        }
    }

    @Test(.demand(authenticity[14], 1)) func whatIsNotProvedIsNotUpheldAndCountsNothing() async throws {
        try await ConsequenceOffice.with { house in
            for number in ["PT1", "PT2"] {
                try await house.sell(String(number.dropFirst()), sequence: number == "PT1" ? 1 : 2)
                let id = try await house.complain(["policyNo": .text(number)])
                try await house.assign(id)
                try await house.conclude(id)
                try await house.take("reject", "complaint", id, ["decision": .text("未查实")], by: house.insurer.compliance)
                #expect(try await house.row(id, by: house.insurer.compliance).state == "rejected")
            }
            #expect(try await house.verifications().isEmpty)
        }
    }

    @Test(.article(authenticity[14])) func theSellerIsHeardBeforeAComplaintIsUpheld() async throws {
        try await ConsequenceOffice.with { house in
            let id = try await house.complain()
            try await house.assign(id)
            try await house.take("conclude", "complaint", id, ["findings": .text("录音证实"), "hasNoInterest": .flag(true)], by: house.handler)
            let refusal = await #expect(throws: Refusal.self) { try await house.uphold(id) }
            #expect(refusal?.article == authenticity[14] && refusal?.words.zh.contains("请先听取被投诉人陈述") == true)
        }
    }

    // MARK: Limits

    @Test(.article(authenticity[14]), arguments: TestEngine.all)
    func fifteenNaturalDaysCountFromTheDayAfterItCame(engine: TestEngine) async throws {
        try await ConsequenceOffice.with(engine) { house in
            let id = try await house.complain()
            // 2026-01-30 is a Friday; in between lie weekends, which count.
            #expect(try await Self.clock(id, house)?.due == .endOfDay(Day(iso: "2026-01-30")!))
            house.office.move(to: .endOfDay(Day(iso: "2026-01-30")!).adding(hours: 1))
            try await house.desk.runJobs()
            #expect(try await Self.clock(id, house)?.breached != nil)
            #expect(try await house.desk.todo(of: house.insurer.manager.person).items.contains { $0.title.zh.hasPrefix("督办") })
            // Written down late, it is late at once.
            let late = try await house.complain(["receivedOn": .text("2026-01-10")])
            #expect(try await Self.clock(late, house)?.breached != nil)
            let future = await #expect(throws: Refusal.self) {
                _ = try await house.complain(["receivedOn": .text(house.today.adding(days: 1).description)])
            }
            #expect(future?.words.zh == "收到日期不能晚于今天")
        }
    }

    @Test(.article(authenticity[14]), arguments: TestEngine.all)
    func aLongerLimitIsADecisionToldBeforeTheLastDay(engine: TestEngine) async throws {
        try await ConsequenceOffice.with(engine) { house in
            let received = house.today, id = try await house.complain()
            try await house.assign(id)
            func extend(_ step: String, told: Day, by principal: Principal) async throws {
                try await house.take(
                    step, "complaint", id, ["extensionReason": .text("须调取录音"), "extensionToldOn": .text(told.description)], by: principal)
            }
            house.office.move(hours: 24 * 10)
            let early = await #expect(throws: Refusal.self) {
                try await extend("extendFurther", told: house.today, by: house.insurer.manager)
            }
            #expect(early?.words.zh.contains("先按“情况复杂”延期") == true)
            try await extend("extend", told: house.today, by: house.insurer.compliance)
            #expect(try await Self.clock(id, house)?.due == .endOfDay(received.adding(days: 30)))
            let again = await #expect(throws: Refusal.self) { try await extend("extend", told: house.today, by: house.insurer.compliance) }
            #expect(again?.words.zh == "本件已延期")
            house.office.move(hours: 24 * 19)
            // Another approves thirty more.
            await #expect(throws: DeskError.self) { try await extend("extendFurther", told: house.today, by: house.handler) }
            try await extend("extendFurther", told: house.today, by: house.insurer.manager)
            #expect(try await Self.clock(id, house)?.due == .endOfDay(received.adding(days: 60)))
        }
    }

    @Test(.article(authenticity[14]), arguments: [15, 16]) func onTheLastDayAndAfterItNothingIsExtended(days: Int) async throws {
        try await ConsequenceOffice.with { house in
            let id = try await house.complain()
            try await house.assign(id)
            house.office.move(hours: 24 * days)
            let refusal = await #expect(throws: Refusal.self) {
                try await house.take(
                    "extend", "complaint", id, ["extensionReason": .text("复杂"), "extensionToldOn": .text(house.today.description)],
                    by: house.insurer.compliance)
            }
            #expect(refusal?.article == authenticity[14])
            #expect(refusal?.words.zh.contains(days == 15 ? "之前告知投诉人" : "已过，不能再延期") == true)
        }
    }

    @Test(.article(authenticity[14]), arguments: TestEngine.all)
    func aWithdrawalEndsTheProcedureOnItsDayAndOurOwnFindingStands(engine: TestEngine) async throws {
        try await ConsequenceOffice.with(engine) { house in
            let id = try await house.complain()
            try await house.assign(id)
            house.office.move(hours: 24 * 3)
            let day = house.today.adding(days: -1)
            try await house.take(
                "retract", "complaint", id, ["retractedOn": .text(day.description), "retraction": .text("已协商一致")], by: house.handler)
            #expect(try await house.row(id, by: house.insurer.compliance).state == "retracted")
            #expect(try await Self.clock(id, house)?.met?.day == day, "on the day on which it came")
            await #expect(throws: DeskError.self) { try await house.take("conclude", "complaint", id, by: house.handler) }
            // Found by ourselves, it is upheld all the same, and counts.
            try await house.take(
                "upholdOwn", "complaint", id,
                ConsequenceOffice.upholding.merging(["findings": .text("抽听录音发现")]) { $1 }, by: house.insurer.compliance)
            try await house.upheld()
            #expect(try await house.verifications().count == 1)
        }
    }

    @Test(.article(authenticity[14])) func aReviewIsAskedForWithinItsDaysAndDecidedByAnother() async throws {
        try await ConsequenceOffice.with { house in
            let id = try await house.upheld()
            let early = await #expect(throws: Refusal.self) {
                try await house.take("askReview", "complaint", id, ["reviewReason": .text("不服")], by: house.handler)
            }
            #expect(early?.words.zh.contains("决定尚未告知投诉人") == true)
            try await house.take(
                "answer", "complaint", id, ["answeredOn": .text(house.today.description), "answer": .text("已告知")], by: house.handler)
            house.office.move(hours: 24 * 30)
            try await house.take("askReview", "complaint", id, ["reviewReason": .text("不服")], by: house.handler)
            await #expect(throws: DeskError.self) {
                try await house.take("upholdOnReview", "complaint", id, ConsequenceOffice.upholding, by: house.insurer.compliance)
            }
            try await house.take("upholdOnReview", "complaint", id, ConsequenceOffice.upholding, by: house.insurer.manager)
            try await house.take(
                "answer", "complaint", id, ["answeredOn": .text(house.today.description), "answer": .text("已告知")], by: house.handler)
            house.office.move(hours: 24 * 31)
            let late = await #expect(throws: Refusal.self) {
                try await house.take("askReview", "complaint", id, ["reviewReason": .text("仍不服")], by: house.handler)
            }
            #expect(late?.words.zh.contains("复核申请期限") == true)
        }
    }

    @Test(.article(authenticity[14])) func aGroupHasFiveSpeakersAtMost() async throws {
        try await ConsequenceOffice.with { house in
            func speakers(_ count: Int) -> JSONValue {
                .list((0..<count).map { .record([.init("name", .text("代表\($0)"))]) })
            }
            let refusal = await #expect(throws: Refusal.self) { _ = try await house.complain(["speakers": speakers(6)]) }
            #expect(refusal?.article == authenticity[14] && refusal?.words.zh == "共同投诉的代表不超过 5 人，请推选")
            _ = try await house.complain(["speakers": speakers(5)])
        }
    }
}
