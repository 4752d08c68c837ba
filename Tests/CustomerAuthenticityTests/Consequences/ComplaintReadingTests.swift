import ArticleProof
import CustomerAuthenticity
import EngineFixture
import Kernel
import TestOffice
import Testing
import WorkCalendar

/// Who reads a complaint, and who never has it in hand (第十四条, 第二十一条).
@Suite struct ComplaintReadingTests {
    /// The seller known by document logs in here, and holds these posts.
    private static func respondent(_ house: ConsequenceOffice, _ posts: Post...) async throws -> Principal {
        let person = try await house.office.hire("respondent", posts.first, in: house.office.service)
        for post in posts.dropFirst() {
            try await house.desk.administer(
                .appoint(person, house.office.service, post: post.id, from: house.today.adding(days: -10), to: nil), by: .system)
        }
        try await house.take(
            "addCodes", "seller-identity", house.seller, ["agents": .list([.whole(house.insurer.agent)]), "account": .whole(person.raw)],
            by: house.channel)
        return Principal(person)
    }

    private static func reads(_ id: Int64, _ principal: Principal, _ house: ConsequenceOffice) async throws -> Bool {
        do {
            _ = try await house.desk.document(id, by: principal.person)
            return true
        } catch DeskError.absent {
            return false
        }
    }

    @Test(.article(authenticity[14], authenticity[21]), arguments: TestEngine.all)
    func whoIsComplainedAboutNeverReadsItWhateverPostIsHeld(engine: TestEngine) async throws {
        try await ConsequenceOffice.with(engine) { house in
            let respondent = try await Self.respondent(house, .customerService, .compliance)
            let id = try await house.complain()
            try await house.assign(id)
            #expect(try await !Self.reads(id, respondent, house))
            #expect(try await house.rows("complaint", by: respondent).isEmpty)
            #expect(try await house.desk.todo(of: respondent.person).items.allSatisfy { $0.row.id != id })
            #expect(try await house.desk.todo(of: respondent.person).notices.isEmpty)
            #expect(try await house.desk.search("钱投诉", by: respondent.person).rows.isEmpty)
            // Those named read it; others with the same posts do not.
            for reader in [house.insurer.service, house.handler, house.insurer.compliance, house.insurer.manager] {
                #expect(try await Self.reads(id, reader, house))
            }
            #expect(try await !Self.reads(id, house.insurer.secondService, house))
            // Decided, it stays closed too.
            try await house.conclude(id)
            try await house.uphold(id)
            #expect(try await !Self.reads(id, respondent, house))
        }
    }

    @Test(.article(authenticity[14]), arguments: TestEngine.all)
    func whatIsPutToWhoIsComplainedAboutSaysNothingOfTheComplainant(engine: TestEngine) async throws {
        try await ConsequenceOffice.with(engine) { house in
            let respondent = try await Self.respondent(house)
            let id = try await house.complain()
            try await house.assign(id)
            func disclose(_ text: String) async throws {
                try await house.take("disclose", "complaint", id, ["allegation": .text(text)], by: house.handler)
            }
            for told in ["钱投诉反映您夸大收益", "来电 137 0000 7777 反映"] {
                let refusal = await #expect(throws: Refusal.self) { try await disclose(told) }
                #expect(refusal?.article == authenticity[14] && refusal?.words.zh.contains("不得出现投诉人的姓名") == true)
            }
            #expect(try await house.rows("respondent-statement", by: respondent).isEmpty, "before it says so there is nothing to read")
            try await disclose("有客户反映您以存款名义介绍产品")
            let asked = try #require(try await house.rows("respondent-statement", by: respondent).first)
            #expect(try await !Self.reads(id, respondent, house))
            let second = await #expect(throws: Refusal.self) { try await disclose("再次告知") }
            #expect(second?.words.zh == "已告知被投诉人，尚未陈述")
            try await house.take("answer", "respondent-statement", asked.id, ["statement": .text("当时口误")], by: respondent)
            #expect(try await house.row(id, by: house.handler).values["statement"] == .text("当时口误"))
            #expect(try await house.desk.todo(of: house.handler.person).notices.contains { $0.words.zh == "被投诉人已提交陈述" })
        }
    }

    @Test(.article(authenticity[14])) func nobodyWithAnOwnInterestHandlesOrDecidesIt() async throws {
        try await ConsequenceOffice.with { house in
            let respondent = try await Self.respondent(house, .customerService)
            let own = await #expect(throws: Refusal.self) { _ = try await house.complain(by: respondent) }
            #expect(own?.article == authenticity[14] && own?.words.zh.contains("投诉针对您本人") == true)
            let id = try await house.complain()
            for (person, words) in [(respondent, "被投诉人不得经办"), (house.insurer.leader, "与本件有利害关系")] {
                let refusal = await #expect(throws: Refusal.self) { try await house.assign(id, to: person) }
                #expect(refusal?.article == authenticity[14] && refusal?.words.zh.contains(words) == true)
            }
            // Nor somebody in whose name the one complained about acts.
            try await house.desk.handle(
                .delegate(
                    to: respondent.person, from: house.office.now, until: house.office.now.adding(days: 5), reason: "休假"),
                by: house.insurer.secondService)
            let lent = await #expect(throws: Refusal.self) { try await house.assign(id, to: house.insurer.secondService) }
            #expect(lent?.words.zh.contains("委托给被投诉人") == true)
            try await house.assign(id)
            let undeclared = await #expect(throws: Refusal.self) {
                try await house.take("conclude", "complaint", id, ["findings": .text("录音证实")], by: house.handler)
            }
            #expect(undeclared?.words.zh.contains("须声明与投诉事项无利害关系") == true)
            // Whoever has an interest hands it back, and another takes it.
            try await house.take("handBack", "complaint", id, ["returnReason": .text("与投诉人系亲属")], by: house.handler)
            try await house.assign(id, to: house.insurer.service)
            #expect(try await house.desk.todo(of: house.insurer.service.person).items.contains { $0.row.id == id })
        }
    }

    @Test(.article(authenticity[14])) func whereComplianceIsComplainedAboutTheGeneralManagerDecides() async throws {
        try await ConsequenceOffice.with { house in
            try await house.take(
                "addCodes", "seller-identity", house.seller,
                ["agents": .list([.whole(house.insurer.agent)]), "account": .whole(house.insurer.compliance.person.raw)], by: house.channel)
            let id = try await house.complain()
            #expect(try await !Self.reads(id, house.insurer.compliance, house))
            #expect(try await house.row(id, by: house.insurer.manager).values["decider"] == .whole(house.insurer.manager.person.raw))
            await #expect(throws: DeskError.self) { try await house.assign(id) }
        }
    }

    @Test(.article(authenticity[14])) func whoTurnsOutToBeConcernedReadsItNoMore() async throws {
        try await ConsequenceOffice.with { house in
            let second = Principal(try await house.office.hire("compliance2", .compliance))
            let id = try await house.complain()
            try await house.take("assign", "complaint", id, ["handler": .whole(house.handler.person.raw)], by: house.insurer.service)
            #expect(try await Self.reads(id, house.insurer.compliance, house))
            try await house.take(
                "identify", "complaint", id,
                ["matter": .text("mis_selling"), "agentNo": .text("A1"), "respondent": .whole(house.insurer.compliance.person.raw)],
                by: house.handler)
            #expect(try await !Self.reads(id, house.insurer.compliance, house))
            #expect(try await house.row(id, by: second).values["decider"] == .whole(second.person.raw))
        }
    }

    @Test(.article(authenticity[14])) func aLogInThatIsLearntLaterClosesWhatIsUnderWay() async throws {
        try await ConsequenceOffice.with { house in
            let id = try await house.complain()
            try await house.assign(id)
            #expect(try await Self.reads(id, house.handler, house))
            // It is the handler who sells.
            try await house.take(
                "addCodes", "seller-identity", house.seller,
                ["agents": .list([.whole(house.insurer.agent)]), "account": .whole(house.handler.person.raw)], by: house.channel)
            #expect(try await !Self.reads(id, house.handler, house))
            #expect(try await house.row(id, by: house.insurer.compliance).state == "received")
            let refusal = await #expect(throws: Refusal.self) { try await house.assign(id) }
            #expect(refusal?.words.zh.contains("被投诉人不得经办") == true)
            try await house.assign(id, to: house.insurer.secondService)
        }
    }

    @Test(.demand(authenticity[21], 2), .article(authenticity[14]), arguments: TestEngine.all)
    func aComplainantsDataAreMaskedUntilAPurposeIsStated(engine: TestEngine) async throws {
        try await ConsequenceOffice.with(engine) { house in
            let id = try await house.complain(["complainantDocument": .text(IntakeFile.number(birth: "19800203", sequence: 5))])
            let shown = try await house.row(id, by: house.insurer.compliance).values
            #expect(shown["complainantName"] == .text("钱*诉") && shown["complainantPhone"] == .text("137****7777"))
            let opened = try await house.desk.reveal(id, of: "complaint", by: house.insurer.compliance.person, purpose: "联系投诉人")
            #expect(opened.values["complainantPhone"] == .text("13700007777"))
            let trail = try await house.desk.document(id, by: house.insurer.compliance.person).trail
            #expect(trail.contains { $0.kind == .read && $0.articles == [authenticity[21]] })
        }
    }
}
