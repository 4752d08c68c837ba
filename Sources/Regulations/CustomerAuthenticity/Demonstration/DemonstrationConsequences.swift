import Kernel
import WorkCalendar

/// What the invented people make of complaints and what follows from them, morning by morning: in the end something stands in every state.
struct DemonstrationConsequences {
    let desk: Desk
    let office: DemonstrationOffice
    let channel: Principal
    let generalOffice: Principal
    let chair: Principal
    /// Those who vote, without the leader of the first team, who manages the seller.
    let voters: [Principal]
    let members: [Principal]
    var seller = ID<SellerIdentity>.none
    var first: Int64 = 0, second: Int64 = 0, extended: Int64 = 0
    var matter: Int64 = 0, session: Int64 = 0, penalty: Int64 = 0
    private var isEnding = false

    /// Hires whom the regulation names besides those that are there.
    static func found(_ desk: Desk, _ office: DemonstrationOffice, from day: Day) async throws -> DemonstrationConsequences {
        let from = day.adding(days: -400)
        func appoint(_ person: PersonID, _ post: Post, in unit: UnitID) async throws {
            try await desk.administer(.appoint(person, unit, post: post.id, from: from, to: nil), by: .system)
        }
        func hire(_ login: String, _ zh: String, _ en: String, _ post: Post, in unit: UnitID) async throws -> Principal {
            let id = PersonID(
                try await desk.administer(.addPerson(login: login, zh: zh, en: en, clearance: .secret, administrator: false), by: .system))
            try await appoint(id, post, in: unit)
            return Principal(id)
        }
        let management = UnitID(
            try await desk.administer(.addUnit(parent: office.branch, zh: "渠道管理部", en: "Channel management"), by: .system))
        let units = try await desk.organisation().units.values
        let house = units.first { $0.words.zh == "综合办公室" }?.id ?? office.branch
        let channel = try await hire("luomin", "罗敏", "Luo Min", .channelManagement, in: management)
        try await appoint(channel.person, .head, in: management)
        let voters = [office.generalManager, office.compliance, channel, office.underwriter, office.trainer]
        let members = voters + [Principal(office.leaders[0])]
        for member in members { try await appoint(member.person, .committeeMember, in: office.branch) }
        return DemonstrationConsequences(
            desk: desk, office: office, channel: channel,
            generalOffice: try await hire("xieting", "谢婷", "Xie Ting", .generalOffice, in: house), chair: office.generalManager,
            voters: voters, members: members)
    }

    init(
        desk: Desk, office: DemonstrationOffice, channel: Principal, generalOffice: Principal, chair: Principal, voters: [Principal],
        members: [Principal]
    ) {
        (self.desk, self.office, self.channel, self.generalOffice) = (desk, office, channel, generalOffice)
        (self.chair, self.voters, self.members) = (chair, voters, members)
    }

    /// One working morning, the `number`th, of a history that ends on `last`.
    mutating func work(_ number: Int, on day: Day, until last: Day) async throws {
        switch number {
        case 0:
            try await registerSellers()
            try await beginAgencies(on: day)
            try await issueNotice(on: day)
        case 1: try await sendList(on: day)
        case 2:
            first = try await complain(
                .misSelling, policyOf: "A441001", "业务员称保单等同存款，到期保本付息", on: day, came: 3, handledBy: office.secondService)
        case 3: try await conclude(first, "录音证实业务员以存款名义介绍产品")
        case 4:
            try await uphold(first, "sold_as_deposit")
            second = try await complain(.misSelling, policyOf: "A441001", "业务员承诺每年固定分红", on: day, came: 5, handledBy: office.secondService)
            try await conclude(second, "微信记录中有固定分红的承诺")
        case 5:
            try await uphold(second, "promised;uncertainty")
            try await acknowledge()
            try await extendOne(on: day)
        case 6: try await checkPolicies()
        case 7: try await penalise()
        case 8: try await convene(on: day)
        case 9: try await sit()
        case 10: try await account()
        default: break
        }
        if number > 6 { try await goOnChecking(on: day) }
        if number > 6, day.distance(to: last) <= 5, !isEnding {
            isEnding = true
            try await endings(on: day)
        }
    }

    // MARK: What every deed needs

    func take(_ step: String, of type: String, on id: Int64? = nil, _ input: [String: JSONValue] = [:], by principal: Principal)
        async throws -> Int64
    {
        try await desk.take(step, of: type, on: id, input: input, by: principal).id
    }

    func file(_ name: String, _ text: String, by principal: Principal) async throws -> JSONValue {
        .list([try await desk.keep(file: name, content: Array("\(text)（演示）".utf8), by: principal).stored])
    }

    func agent(_ number: String) async throws -> Int64 {
        try await desk.all(Agent.self).first { $0.value.agentNo == number }?.id.raw ?? 0
    }

    /// Policies of an agent, the oldest first.
    private func policies(of number: String) async throws -> [Found<Policy>] {
        let agent = try await agent(number)
        return try await desk.all(Policy.self).filter { $0.value.agent.raw == agent && !$0.value.policyNo.isEmpty }
    }

    func rows(_ type: String, _ states: Set<String>, by principal: Principal) async throws -> [DocumentRow] {
        var query = RegisterQuery()
        (query.states, query.limit, query.sort, query.isCounted) = (states, 500, .oldest, false)
        return try await desk.register(type, query, by: principal.person).rows
    }

    func person(_ principal: Principal) -> JSONValue { .whole(principal.person.raw) }

    // MARK: Complaints (第十四条)

    private mutating func registerSellers() async throws {
        var people = DemonstrationPeople(seed: 77)
        for (index, number) in ["A441001", "A441002", "A441004"].enumerated() {
            let somebody = people.person(.applicant, on: desk.clock.now().day)
            let id = try await take(
                "register", of: SellerIdentity.name,
                [
                    "kind": .text("person"), "personName": .text(somebody.name), "documentNumber": .text(somebody.documentNumber),
                    "agents": .list([.whole(try await agent(number))]),
                ], by: channel)
            if index == 0 { seller = ID(id) }
        }
    }

    /// - Parameters:
    ///   - came: how many days before the day it came.
    ///   - handler: nobody where it is left to be handed on.
    func complain(
        _ matter: Complaint.Matter, policyOf number: String, _ facts: String, on day: Day, came: Int, handledBy handler: Principal?
    ) async throws -> Int64 {
        let others = try await desk.all(Complaint.self), serial = others.count
        let policy = try await policies(of: number).first { found in !others.contains { $0.value.policyNo == found.value.policyNo } }
        let id = try await take(
            "receive", of: Complaint.name,
            [
                "way": .text(["telephone", "visit", "regulator", "web"][serial % 4]),
                "receivedOn": .text(day.adding(days: -came).description),
                "complainantName": .text(["卢春燕", "蒋大勇", "余小红", "田秀梅", "董立群", "肖海涛", "袁佳", "邓国平"][serial % 8]),
                "complainantPhone": .text("1330000\(1000 + serial)"), "complainant": .text("applicant"), "matter": .text(matter.rawValue),
                "agentNo": .text(number), "policyNo": .text(policy?.value.policyNo ?? ""), "facts": .text(facts),
            ], by: office.service)
        guard let handler else { return id }
        return try await take("assign", of: Complaint.name, on: id, ["handler": person(handler)], by: office.compliance)
    }

    func conclude(_ complaint: Int64, _ findings: String) async throws {
        let handler = office.secondService
        _ = try await take("hear", of: Complaint.name, on: complaint, ["statement": .text("本人承认当时表述不当（笔录）")], by: handler)
        _ = try await take(
            "conclude", of: Complaint.name, on: complaint,
            [
                "findings": .text(findings), "hasNoInterest": .flag(true),
                "evidence": try await file("调查笔录.txt", findings, by: handler),
            ], by: handler)
    }

    func uphold(_ complaint: Int64, _ behaviours: String) async throws {
        _ = try await take(
            "uphold", of: Complaint.name, on: complaint, ["behaviours": .text(behaviours), "decision": .text("销售误导属实，向投诉人致歉并协商处理")],
            by: office.compliance)
        _ = try await take(
            "answer", of: Complaint.name, on: complaint,
            ["answeredOn": .text(desk.clock.now().day.description), "answer": .text("已电话并书面告知处理结果")], by: office.secondService)
    }

    /// A complex one, told in time, whose investigation goes on.
    private mutating func extendOne(on day: Day) async throws {
        extended = try await complain(
            .misSelling, policyOf: "A441002", "客户称未被告知退保损失，时间久远，多方说法不一", on: day, came: 6, handledBy: office.secondService)
        _ = try await take(
            "extend", of: Complaint.name, on: extended,
            ["extensionReason": .text("须调取总公司录音并走访三名证人"), "extensionToldOn": .text(day.description)], by: office.compliance)
    }

    /// Near the end of the history: what is under way then.
    private func endings(on day: Day) async throws {
        _ = try await complain(.service, policyOf: "A441004", "多次致电未获回复", on: day, came: 0, handledBy: nil)
        _ = try await complain(.misSelling, policyOf: "A441004", "客户称被告知投保后可随时取回本金", on: day, came: 2, handledBy: office.secondService)
        let waiting = try await complain(.misSelling, policyOf: "A441002", "客户称收益被夸大", on: day, came: 4, handledBy: office.secondService)
        try await conclude(waiting, "宣传材料与条款不符")
        let plain = try await complain(.falseData, policyOf: "A441002", "客户称联系电话不是本人所留", on: day, came: 4, handledBy: office.secondService)
        try await conclude(plain, "投保单由客户本人填写并签名")
        _ = try await take("reject", of: Complaint.name, on: plain, ["decision": .text("未查实，已向投诉人说明")], by: office.compliance)
        let over = try await complain(.service, policyOf: "A441004", "保单送达迟延", on: day, came: 3, handledBy: office.secondService)
        _ = try await take(
            "retract", of: Complaint.name, on: over, ["retractedOn": .text(day.description), "retraction": .text("客户已收到保单，来电撤回")],
            by: office.secondService)
        try await sitAgain(on: day)
    }
}
