import ArticleProof
import CustomerAuthenticity
import EngineFixture
import Kernel
import TestOffice
import Testing
import WorkCalendar

/// Rectification notices, the committee's agenda, exclusions, votes and resolution, and who is held to account (第二十四条, 第二十七条).
@Suite struct CommitteeTests {
    private static func notice(
        _ house: ConsequenceOffice, to addressee: Principal, _ more: [String: JSONValue] = [:]
    ) async throws -> Int64 {
        let unit = try await house.desk.organisation().home(of: addressee.person, on: house.today)
        let input: [String: JSONValue] = [
            "unit": .whole(unit?.raw ?? 0), "addressee": .whole(addressee.person.raw), "breached": .text(authenticity[13].key),
            "facts": .text("三件问题件未排查"), "demands": .text("逐件补正"), "dueOn": .text(house.today.adding(days: 10).description),
        ]
        return try await house.take("issue", "rectification-notice", nil, input.merging(more) { $1 }, by: house.insurer.compliance)
    }

    @Test(.demand(authenticity[24], 1), arguments: TestEngine.all)
    func aRectificationNoticeIsAnsweredByItsDayAndLookedAt(engine: TestEngine) async throws {
        try await ConsequenceOffice.with(engine) { house in
            let id = try await Self.notice(house, to: house.insurer.leader)
            #expect(try await house.desk.todo(of: house.insurer.leader.person).items.contains { $0.row.id == id })
            await #expect(throws: DeskError.self) {
                try await house.take("reply", "rectification-notice", id, ["reply": .text("已改")], by: house.insurer.backOffice)
            }
            try await house.take("reply", "rectification-notice", id, ["reply": .text("已改")], by: house.insurer.leader)
            try await house.take(
                "insist", "rectification-notice", id,
                ["answer": .text("第三件未补正"), "dueOn": .text(house.today.adding(days: 5).description)], by: house.insurer.compliance)
            house.office.move(hours: 24 * 7)
            try await house.desk.runJobs()
            #expect(try await house.desk.todo(of: house.insurer.manager.person).items.contains { $0.title.zh.hasPrefix("督办") })
            try await house.take("reply", "rectification-notice", id, ["reply": .text("已补正")], by: house.insurer.leader)
            #expect(try await house.row(id, by: house.insurer.compliance).values["isLate"] == .flag(true))
            try await house.take("accept", "rectification-notice", id, ["answer": .text("到位")], by: house.insurer.compliance)
            #expect(try await house.row(id, by: house.insurer.compliance).state == "closed")
        }
    }

    @Test(.demand(authenticity[24], 1)) func aNoticeHasAnAddresseeOfTheUnitAnArticleAndADayToCome() async throws {
        try await ConsequenceOffice.with { house in
            let wrong: [([String: JSONValue], String)] = [
                (["unit": .whole(house.office.service.raw)], "责任人不在整改单位任职"), (["dueOn": .text(house.today.description)], "整改期限须晚于今天"),
                (["dueOn": .text(house.today.adding(days: 61).description)], "整改期限最长 60 日"),
            ]
            for (change, words) in wrong {
                let refusal = await #expect(throws: Refusal.self) { _ = try await Self.notice(house, to: house.insurer.leader, change) }
                #expect(refusal?.article == authenticity[24] && refusal?.words.zh.contains(words) == true)
            }
            let own = await #expect(throws: Refusal.self) { _ = try await Self.notice(house, to: house.insurer.compliance) }
            #expect(own?.words.zh == "整改责任人不能是发出通知的人")
        }
    }

    // MARK: The committee

    /// A matter on the agenda of a session that sits, with these members.
    private static func sitting(
        _ house: ConsequenceOffice, present: [Principal], chair: Principal, isHeard: Bool = true, _ more: [String: JSONValue] = [:]
    ) async throws -> (session: Int64, matter: Int64) {
        let input: [String: JSONValue] = [
            "subject": .text("两次误导"), "facts": .text("已查实"), "proposal": .text("通报批评"), "agents": .list([.whole(house.insurer.agent)]),
        ]
        let matter = try await house.take("table", "committee-matter", nil, input.merging(more) { $1 }, by: house.insurer.compliance)
        if isHeard { try await house.take("hear", "committee-matter", matter, ["statement": .text("请求从轻")], by: house.insurer.compliance) }
        let session = try await house.take(
            "convene", "committee-session", nil,
            [
                "day": .text(house.today.description), "place": .text("会议室"), "chair": .whole(chair.person.raw),
                "matters": .list([.whole(matter)]),
            ], by: house.insurer.compliance)
        try await house.take(
            "begin", "committee-session", session, ["present": .list(present.map { .whole($0.person.raw) })], by: chair)
        return (session, matter)
    }

    private static func vote(_ ballot: String, _ matter: Int64, by member: Principal, _ house: ConsequenceOffice) async throws {
        try await house.take("vote", "committee-matter", matter, ["ballot": .text(ballot)], by: member)
    }

    @Test(.demand(authenticity[24], 2), arguments: TestEngine.all)
    func theCommitteeHearsVotesAndResolves(engine: TestEngine) async throws {
        try await ConsequenceOffice.with(engine) { house in
            let members = house.members, chair = members[0]
            let (session, matter) = try await Self.sitting(house, present: Array(members.prefix(3)), chair: chair)
            try await house.take("openVote", "committee-matter", matter, by: chair)
            try await Self.vote("support", matter, by: members[0], house)
            // Nobody votes twice, and nobody who is not there.
            await #expect(throws: DeskError.self) { try await Self.vote("against", matter, by: members[0], house) }
            await #expect(throws: DeskError.self) { try await Self.vote("support", matter, by: members[3], house) }
            let early = await #expect(throws: Refusal.self) { try await house.take("endVote", "committee-matter", matter, by: chair) }
            #expect(early?.article == authenticity[24] && early?.words.zh.contains("只有 1 票，不足法定人数 3 人") == true)
            try await Self.vote("support", matter, by: members[1], house)
            try await Self.vote("against", matter, by: members[2], house)
            let voted = try await house.row(matter, by: members[3])
            #expect(voted.state == "voted" && voted.values["isCarried"] == .flag(true) && voted.values["votes"]?.list.count == 3)
            let open = await #expect(throws: Refusal.self) {
                try await house.take("close", "committee-session", session, ["minutes": .text("如上")], by: chair)
            }
            #expect(open?.words.zh.contains("还有 1 个议题没有决议") == true)
            try await house.take(
                "resolve", "committee-matter", matter, ["outcome": .text("penalise"), "resolution": .text("提请处罚")], by: chair)
            try await house.take("close", "committee-session", session, ["minutes": .text("如上")], by: chair)
            #expect(try await house.row(matter, by: chair).number?.hasPrefix("合委决〔2026〕") == true)
            // What was resolved is proposed to those who decide it, and the chair is not among them.
            let penalty = try #require(try await house.rows("penalty", by: house.channel).first)
            #expect(penalty.values["matter"] == .whole(matter) && penalty.values["proposer"] == .whole(chair.person.raw))
            #expect(try await house.desk.todo(of: house.channel.person).items.contains { $0.row.id == penalty.id })
        }
    }

    @Test(.demand(authenticity[24], 2), arguments: TestEngine.all)
    func whoIsNamedInvestigatedOrManagesTheSellerDoesNotVote(engine: TestEngine) async throws {
        try await ConsequenceOffice.with(engine) { house in
            // The leader of the seller's team, one who has something to put right, and one who is named.
            for person in [house.insurer.leader] {
                try await house.desk.administer(
                    .appoint(
                        person.person, house.office.market, post: Post.committeeMember.id, from: house.today.adding(days: -1), to: nil),
                    by: .system)
            }
            let extra = Principal(try await house.office.hire("member5", .committeeMember, in: house.office.service))
            _ = try await Self.notice(house, to: extra)
            let named = house.members[3]
            let all = house.members + [extra, house.insurer.leader]
            let (_, matter) = try await Self.sitting(
                house, present: all, chair: house.members[0], ["concerned": .list([.whole(named.person.raw)])])
            try await house.take("openVote", "committee-matter", matter, by: house.members[0])
            let values = try await house.row(matter, by: house.members[0]).values
            #expect(values["voters"] == .list(house.members.prefix(3).map { .whole($0.person.raw) }))
            let reasons = Dictionary(
                uniqueKeysWithValues: (values["excluded"]?.list ?? []).map { ($0["member"].whole ?? 0, $0["reason"].text ?? "") })
            #expect(reasons == [named.person.raw: "named", extra.person.raw: "investigated", house.insurer.leader.person.raw: "manages"])
            for member in [named, extra, house.insurer.leader] {
                await #expect(throws: DeskError.self) { try await Self.vote("support", matter, by: member, house) }
            }
        }
    }

    @Test(.demand(authenticity[24], 2)) func theSellerIsHeardFirstAndTheQuorumIsThereAfterTheExclusions() async throws {
        try await ConsequenceOffice.with { house in
            let members = house.members
            let few = await #expect(throws: Refusal.self) {
                _ = try await Self.sitting(house, present: Array(members.prefix(2)), chair: members[0])
            }
            #expect(few?.words.zh.contains("出席委员不足法定人数 3 人") == true)
            let (_, unheard) = try await Self.sitting(house, present: members, chair: members[0], isHeard: false)
            let early = await #expect(throws: Refusal.self) {
                try await house.take("openVote", "committee-matter", unheard, by: members[0])
            }
            #expect(early?.article == authenticity[24] && early?.words.zh.contains("须先听取当事人陈述") == true)
            let named = members.suffix(2).map { JSONValue.whole($0.person.raw) }
            let (_, matter) = try await Self.sitting(house, present: members, chair: members[0], ["concerned": .list(named)])
            let left = await #expect(throws: Refusal.self) { try await house.take("openVote", "committee-matter", matter, by: members[0]) }
            #expect(left?.words.zh.contains("回避后只有 2 名委员可以表决") == true)
            try await house.take("postpone", "committee-matter", matter, ["reason": .text("增补委员后再议")], by: members[0])
            #expect(try await house.row(matter, by: members[1]).state == "tabled")
        }
    }

    @Test(.article(authenticity[24])) func aChairWhoIsExcludedDoesNotPreside() async throws {
        try await ConsequenceOffice.with { house in
            let members = house.members
            let concerned = JSONValue.list([.whole(members[0].person.raw)])
            let (_, matter) = try await Self.sitting(house, present: members, chair: members[0], ["concerned": concerned])
            let refusal = await #expect(throws: Refusal.self) {
                try await house.take("openVote", "committee-matter", matter, by: members[0])
            }
            #expect(refusal?.words.zh.contains("主持人应当回避（系当事人）") == true)
            try await house.take(
                "replaceChair", "committee-matter", matter, ["chair": .whole(members[1].person.raw)], by: house.insurer.compliance)
            try await house.take("openVote", "committee-matter", matter, by: members[1])
        }
    }

    @Test(.demand(authenticity[24], 2), arguments: [("support", "against"), ("abstain", "abstain")])
    func halfIsNoMajorityAndNothingFollowsFromIt(third: String, fourth: String) async throws {
        try await ConsequenceOffice.with { house in
            let members = house.members
            let (_, matter) = try await Self.sitting(house, present: members, chair: members[0])
            try await house.take("openVote", "committee-matter", matter, by: members[0])
            for (member, ballot) in zip(members, ["support", "against", third, fourth]) {
                try await Self.vote(ballot, matter, by: member, house)
            }
            #expect(try await house.row(matter, by: members[0]).values["isCarried"] != .flag(true))
            let refusal = await #expect(throws: Refusal.self) {
                try await house.take(
                    "resolve", "committee-matter", matter, ["outcome": .text("criticise"), "resolution": .text("批评")], by: members[0])
            }
            #expect(refusal?.words.zh.contains("表决未通过") == true)
            try await house.take(
                "resolve", "committee-matter", matter, ["outcome": .text("nothing"), "resolution": .text("不予处理")], by: members[0])
        }
    }

    @Test(.article(authenticity[24])) func aNoticeIsPutBeforeTheCommitteeOnceAndAMemberRecusesHimself() async throws {
        try await ConsequenceOffice.with { house in
            let id = try await Self.notice(house, to: house.insurer.leader)
            try await house.take("refer", "rectification-notice", id, by: house.insurer.compliance)
            await #expect(throws: DeskError.self) {
                try await house.take("refer", "rectification-notice", id, by: house.insurer.compliance)
            }
            let matter = try #require(try await house.rows("committee-matter", by: house.members[0]).first)
            #expect(matter.values["concerned"] == .list([.whole(house.insurer.leader.person.raw)]))
            let (_, other) = try await Self.sitting(house, present: house.members, chair: house.members[0])
            try await house.take("recuse", "committee-matter", other, ["reason": .text("系同学")], by: house.members[3])
            try await house.take("openVote", "committee-matter", other, by: house.members[0])
            let values = try await house.row(other, by: house.members[0]).values
            #expect(values["voters"]?.list.count == 3)
            #expect(values["excluded"]?.list.map { $0["reason"].text } == ["own"])
        }
    }

    // MARK: Accountability (第二十七条)

    @Test(.demand(authenticity[27], 1), arguments: TestEngine.all)
    func anAccountabilityCaseRefersToArticleFactsAndEvidence(engine: TestEngine) async throws {
        try await ConsequenceOffice.with(engine) { house in
            let proof = try await house.file("督办记录", by: house.insurer.compliance)
            func open(_ more: [String: JSONValue], by principal: Principal? = nil) async throws -> Int64 {
                let input: [String: JSONValue] = [
                    "breached": .text(authenticity[13].key), "unit": .whole(house.office.market.raw),
                    "responsible": .list([.whole(house.insurer.leader.person.raw)]), "facts": .text("未组织排查"), "risk": .text("三名客户失联"),
                    "evidence": proof,
                ]
                return try await house.take(
                    "open", "accountability-case", nil, input.merging(more) { $1 }, by: principal ?? house.insurer.compliance)
            }
            await #expect(throws: DeskError.self) { _ = try await open(["evidence": .list([])]) }
            await #expect(throws: DeskError.self) { _ = try await open(["facts": .text("")]) }
            for (person, words) in [(house.insurer.compliance, "不得对本人立案"), (house.insurer.manager, "由上级机构追究")] {
                let refusal = await #expect(throws: Refusal.self) {
                    _ = try await open(["responsible": .list([.whole(person.person.raw)])])
                }
                #expect(refusal?.article == authenticity[27] && refusal?.words.zh.contains(words) == true)
            }
            let id = try await open([:])
            await #expect(throws: DeskError.self) { _ = try await house.desk.document(id, by: house.insurer.leader.person) }
            let decision: [String: JSONValue] = ["measure": .text("criticism"), "decision": .text("通报批评")]
            await #expect(throws: DeskError.self) {
                try await house.take("decide", "accountability-case", id, decision, by: house.insurer.manager)
            }
            try await house.take("hear", "accountability-case", id, ["statement": .text("承认疏忽")], by: house.insurer.compliance)
            await #expect(throws: DeskError.self) {
                try await house.take("decide", "accountability-case", id, decision, by: house.insurer.compliance)
            }
            try await house.take("decide", "accountability-case", id, decision, by: house.insurer.manager)
            try await house.take("close", "accountability-case", id, ["carriedOut": .text("已通报")], by: house.insurer.compliance)
            let shown = try await house.row(id, by: house.insurer.manager)
            #expect(shown.state == "closed" && shown.values["breached"] == .text(authenticity[13].key))
            #expect(shown.values["evidence"] == proof)
        }
    }
}
