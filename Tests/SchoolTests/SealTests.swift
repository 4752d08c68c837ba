import ArticleProof
import EngineFixture
import Kernel
import School
import TestOffice
import Testing
import WorkCalendar

@Suite struct SealTests {
    private func request(_ campus: Campus, _ seal: Int64, copies: Int = 3, by principal: Principal? = nil) async throws -> Int64 {
        try await campus.desk.take(
            SealRequest.request,
            input: [
                "seal": .whole(seal), "subject": .text("在读证明"), "text": .text("兹证明张某系我校学员。"), "purpose": .text("证明"),
                "copies": .whole(Int64(copies)),
            ], by: principal ?? campus.teacher
        ).id
    }

    private func approved(_ campus: Campus, _ seal: Int64, copies: Int = 3) async throws -> Int64 {
        let id = try await request(campus, seal, copies: copies)
        try await campus.desk.take(SealRequest.approve, on: id, by: campus.dean)
        return id
    }

    private func stamp(_ campus: Campus, _ id: Int64, _ count: Int, by principal: Principal? = nil, more: Bool = false) async throws {
        try await campus.desk.take(
            more ? SealRequest.stampMore : SealRequest.stamp, on: id, input: ["count": .whole(Int64(count)), "present": .text("文员")],
            by: principal ?? campus.keeper)
    }

    @Test(.demand(school[16], 2), arguments: TestEngine.all)
    func eachImpressionIsCounted(engine: TestEngine) async throws {
        try await Campus.with(engine) { campus in
            let seal = try await campus.seal(), id = try await approved(campus, seal)
            let four = try await campus.refusal { try await stamp(campus, id, 4) }
            #expect(four?.article == school[16] && four?.words.zh == "批准用印3份，已用0份，本次不能用4份；要多用请另行申请")
            try await stamp(campus, id, 2)
            let two = try await campus.refusal { try await stamp(campus, id, 2, more: true) }
            #expect(two?.words.zh == "批准用印3份，已用2份，本次不能用2份；要多用请另行申请")
            try await stamp(campus, id, 1, more: true)
            await #expect(throws: DeskError.self) { try await stamp(campus, id, 1, more: true) }
            // For which document, for what, how often, by whose leave and by whose hand.
            let row = try await campus.view(id, by: campus.keeper).row
            #expect(row.title == "在读证明" && row.values["purpose"] == .text("证明"))
            #expect(row.values["copies"] == .whole(3) && row.values["stamped"] == .whole(3))
            #expect(row.values["approver"] == campus.person(campus.dean) && row.values["keeper"] == campus.person(campus.keeper))
        }
    }

    @Test(.article(school[16]), arguments: TestEngine.all)
    func whatIsLeftOverExpires(engine: TestEngine) async throws {
        try await Campus.with(engine) { campus in
            let seal = try await campus.seal(), id = try await approved(campus, seal)
            try await stamp(campus, id, 2)
            campus.office.move(hours: 24 * 11)
            try await campus.desk.runJobs()
            #expect(try await campus.state(id, by: campus.keeper) == "expired")
        }
    }

    @Test(.demand(school[16], 2), arguments: TestEngine.all)
    func noApprovalNoSealAndNothingBlank(engine: TestEngine) async throws {
        try await Campus.with(engine) { campus in
            let desk = campus.desk, seal = try await campus.seal()
            let blank: [String: JSONValue] = [
                "seal": .whole(seal), "subject": .text("空白信笺"), "purpose": .text("备用"), "copies": .whole(1),
            ]
            let refusal = try await campus.refusal { try await desk.take(SealRequest.request, input: blank, by: campus.teacher) }
            #expect(refusal?.words.zh.contains("空白") == true)
            let id = try await request(campus, seal)
            await #expect(throws: DeskError.self) { try await stamp(campus, id, 1) }
            await #expect(throws: DeskError.self) { try await desk.take(SealRequest.approve, on: id, by: campus.keeper) }
        }
    }

    @Test(.article(school[16]), arguments: TestEngine.all)
    func editingTheTextCancelsTheApproval(engine: TestEngine) async throws {
        try await Campus.with(engine) { campus in
            let seal = try await campus.seal(), id = try await approved(campus, seal)
            try await campus.desk.take(
                SealRequest.amend, on: id,
                input: [
                    "seal": .whole(seal), "subject": .text("在读证明"), "text": .text("兹证明李某系我校学员。"), "purpose": .text("证明"),
                    "copies": .whole(3),
                ], by: campus.teacher)
            #expect(try await campus.state(id, by: campus.keeper) == "requested")
            await #expect(throws: DeskError.self) { try await stamp(campus, id, 1) }
        }
    }

    /// The document is voided behind the approval's back.
    @Test(.article(school[16]), arguments: TestEngine.all)
    func aVoidedDocumentIsNotSealed(engine: TestEngine) async throws {
        try await Campus.with(engine) { campus in
            let desk = campus.desk, seal = try await campus.seal(), document = try await campus.numbered()
            try await desk.take(OutgoingDocument.print, on: document, input: ["copyCount": .whole(1)], by: campus.clerk)
            let id = try await desk.take(
                SealRequest.request,
                input: [
                    "seal": .whole(seal), "document": .whole(document), "subject": .text("考试通知"), "purpose": .text("印发"),
                    "copies": .whole(1),
                ], by: campus.adminSpecialist
            ).id
            try await desk.take(SealRequest.approve, on: id, by: campus.manager)
            try await desk.take(OutgoingDocument.cancel, on: document, input: ["reason": .text("印制错误")], by: campus.manager)
            await #expect(throws: (any Error).self) { try await stamp(campus, id, 1) }
            #expect(try await campus.state(document) == "void")
            #expect(try await campus.state(id, by: campus.keeper) == "approved")
        }
    }

    @Test(.article(school[16]), arguments: TestEngine.all)
    func theNameUnderTheTextMustBeTheSeals(engine: TestEngine) async throws {
        try await Campus.with(engine) { campus in
            let seal = try await campus.seal(issuer: "育才学校东工作点"), document = try await campus.numbered()
            let input: [String: JSONValue] = [
                "seal": .whole(seal), "document": .whole(document), "subject": .text("考试通知"), "purpose": .text("印发"), "copies": .whole(1),
            ]
            let refusal = try await campus.refusal {
                try await campus.desk.take(SealRequest.request, input: input, by: campus.adminSpecialist)
            }
            #expect(refusal?.words.zh.contains("与印文") == true)
        }
    }

    @Test(.article(school[16]), arguments: TestEngine.all)
    func aKeeperDoesNotSealTheOwnRequest(engine: TestEngine) async throws {
        try await Campus.with(engine) { campus in
            let seal = try await campus.seal(), id = try await request(campus, seal, by: campus.keeper)
            try await campus.desk.take(SealRequest.approve, on: id, by: campus.manager)
            await #expect(throws: Refusal.self) { try await stamp(campus, id, 1) }
            // Nor does anybody who has not the seal.
            let second = try await campus.refusal { try await stamp(campus, id, 1, by: campus.secondKeeper) }
            #expect(second?.words.zh.contains("keeper保管") == true)
        }
    }

    @Test(.article(school[16]), arguments: TestEngine.all)
    func aDeputyCountsWhenItComesAndWhenItGoes(engine: TestEngine) async throws {
        try await Campus.with(engine) { campus in
            let desk = campus.desk, office = campus.office, seal = try await campus.seal()
            try await stamp(campus, try await approved(campus, seal), 3)
            func give(_ counter: Int) async throws -> Int64 {
                try await desk.take(
                    SealHandover.give,
                    input: [
                        "seal": .whole(seal), "deputy": campus.person(campus.secondKeeper), "reason": .text("休假"),
                        "until": .text(office.now.adding(days: 3).description), "counter": .whole(Int64(counter)),
                    ], by: campus.keeper
                ).id
            }
            let wrong = try await campus.refusal { _ = try await give(2) }
            #expect(wrong?.words.zh.contains("应为3次") == true)
            let id = try await give(3)
            let miscounted = try await campus.refusal {
                try await desk.take(SealHandover.accept, on: id, input: ["counted": .whole(4)], by: campus.secondKeeper)
            }
            #expect(miscounted?.words.zh.contains("清点数与移交数不符") == true)
            try await desk.take(SealHandover.accept, on: id, input: ["counted": .whole(3)], by: campus.secondKeeper)
            let next = try await approved(campus, seal)
            await #expect(throws: Refusal.self) { try await stamp(campus, next, 1) }
            try await stamp(campus, next, 1, by: campus.secondKeeper)
            office.move(hours: 24 * 4)
            let over = try await campus.refusal { try await stamp(campus, next, 1, by: campus.secondKeeper, more: true) }
            #expect(over?.words.zh.contains("代管期已满") == true)
            await #expect(throws: Refusal.self) {
                try await desk.take(SealHandover.handBack, on: id, input: ["countedBack": .whole(3)], by: campus.secondKeeper)
            }
            try await desk.take(SealHandover.handBack, on: id, input: ["countedBack": .whole(4)], by: campus.secondKeeper)
            await #expect(throws: Refusal.self) { try await desk.take(SealHandover.close, on: id, by: campus.secondKeeper) }
            try await desk.take(SealHandover.close, on: id, by: campus.keeper)
            try await stamp(campus, next, 1, more: true)
        }
    }

    /// Nobody is there: it waits, and goes up; whoever approved never stamps.
    @Test(.article(school[16]), arguments: TestEngine.all)
    func withoutADeputyItWaitsAndEscalates(engine: TestEngine) async throws {
        try await Campus.with(engine) { campus in
            let seal = try await campus.seal(), id = try await approved(campus, seal)
            campus.office.move(hours: 25)
            try await campus.desk.runJobs()
            #expect(try await campus.tray(of: campus.officeHead).contains(id))
            await #expect(throws: (any Error).self) { try await stamp(campus, id, 1, by: campus.dean) }
        }
    }

    @Test(.article(school[16]), arguments: TestEngine.all)
    func twoTogetherDestroyASeal(engine: TestEngine) async throws {
        try await Campus.with(engine) { campus in
            let desk = campus.desk, seal = try await campus.seal()
            await #expect(throws: (any Error).self) { try await desk.take(Seal.retire, on: seal, by: campus.officeHead) }
            try await desk.take(Seal.retire, on: seal, input: ["reason": .text("更名")], by: campus.officeHead)
            try await desk.take(Seal.destroy, on: seal, by: campus.officeHead)
            await #expect(throws: DeskError.self) { try await desk.take(Seal.destroy, on: seal, by: campus.officeHead) }
            #expect(try await campus.state(seal) == "retired")
            try await desk.take(Seal.destroy, on: seal, by: campus.clerk)
            #expect(try await campus.state(seal) == "destroyed")
            await #expect(throws: (any Error).self) { _ = try await request(campus, seal) }
        }
    }

    private func letter(_ campus: Campus, until day: String) async throws -> Int64 {
        try await campus.desk.take(
            IntroductionLetter.request,
            input: [
                "addressee": .text("市教育局"), "bearer": .text("张教师"), "bearerPost": .text("教师"), "persons": .whole(12),
                "matter": .text("联系实习"), "validUntil": .text(day),
            ], by: campus.teacher
        ).id
    }

    @Test(.demand(school[16], 3), arguments: TestEngine.all)
    func aLetterHasItsStubAndEndsWithItsDay(engine: TestEngine) async throws {
        try await Campus.with(engine) { campus in
            let desk = campus.desk, office = campus.office
            await #expect(throws: Refusal.self) { _ = try await letter(campus, until: "2026-06-30") }
            let id = try await letter(campus, until: "2026-01-20"), other = try await letter(campus, until: "2026-01-20")
            await #expect(throws: DeskError.self) { try await desk.take(IntroductionLetter.issue, on: id, by: campus.teacher) }
            for letter in [id, other] { try await desk.take(IntroductionLetter.issue, on: letter, by: campus.dean) }
            let row = try await campus.view(id, by: campus.clerk).row
            #expect(row.number == "校介〔2026〕1号" && row.values["personsInWords"] == .text("壹拾贰"))
            #expect(row.values["stub"]?.text?.contains("壹拾贰人前往贵处") == true)
            // The last minute of the day counts, the next does not.
            office.move(to: Moment(Day(iso: "2026-01-20")!, hour: 23, minute: 59)!)
            try await desk.take(IntroductionLetter.use, on: id, by: campus.teacher)
            office.move(to: Moment(Day(iso: "2026-01-21")!, hour: 0)!)
            let refusal = try await campus.refusal { try await desk.take(IntroductionLetter.use, on: other, by: campus.teacher) }
            #expect(refusal?.words.zh.contains("已过有效期") == true)
            try await desk.runJobs()
            #expect(try await campus.tray(of: campus.clerk).contains(other))
            // Expired is not unused: the paper comes back, or its loss is reported.
            try await desk.take(IntroductionLetter.recall, on: other, input: ["reason": .text("过期")], by: campus.clerk)
            #expect(try await campus.state(other, by: campus.clerk) == "recalling")
            try await desk.take(IntroductionLetter.lose, on: other, input: ["reason": .text("途中遗失")], by: campus.teacher)
            #expect(try await campus.told(campus.officeHead).contains { $0.contains("请通知“市教育局”") })
        }
    }

    /// Unused is not expired: the paper comes back with the reason.
    @Test(.demand(school[16], 3), arguments: TestEngine.all)
    func anUnusedLetterComesBackWithItsReason(engine: TestEngine) async throws {
        try await Campus.with(engine) { campus in
            let desk = campus.desk, id = try await letter(campus, until: "2026-01-20")
            try await desk.take(IntroductionLetter.issue, on: id, by: campus.dean)
            try await desk.take(IntroductionLetter.recall, on: id, input: ["reason": .text("行程取消")], by: campus.clerk)
            #expect(try await campus.told(campus.teacher).contains { $0.contains("请交回原件") })
            await #expect(throws: DeskError.self) { try await desk.take(IntroductionLetter.use, on: id, by: campus.teacher) }
            await #expect(throws: DeskError.self) {
                try await desk.take(IntroductionLetter.bringBack, on: id, input: ["reason": .text("未用")], by: campus.teacher)
            }
            try await desk.take(IntroductionLetter.bringBack, on: id, input: ["reason": .text("行程取消，未用")], by: campus.clerk)
            #expect(try await campus.state(id, by: campus.clerk) == "returned")
        }
    }

    @Test(.article(school[16])) func numbersInCapitals() {
        let words = [1: "壹", 10: "壹拾", 12: "壹拾贰", 105: "壹佰零伍", 110: "壹佰壹拾", 1000: "壹仟", 1005: "壹仟零伍", 2026: "贰仟零贰拾陆"]
        for (number, word) in words { #expect(CapitalNumber.words(number) == word) }
    }
}
