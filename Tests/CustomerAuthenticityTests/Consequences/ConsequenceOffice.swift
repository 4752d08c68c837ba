import CustomerAuthenticity
import EngineFixture
import Kernel
import TestOffice
import WorkCalendar

/// The insurer's office with channel management, general office and a committee; one seller is known by document.
struct ConsequenceOffice: Sendable {
    let insurer: InsurerOffice
    let channel: Principal
    let generalOffice: Principal
    let handler: Principal
    let members: [Principal]
    let seller: Int64
    var desk: Desk { insurer.desk }
    var office: TestOffice { insurer.office }
    var today: Day { office.now.day }

    static func with(
        _ engine: TestEngine = .sqlite, at start: Moment = TestOffice.start, _ body: (ConsequenceOffice) async throws -> Void
    ) async throws {
        try await InsurerOffice.with(engine, at: start) { try await body(try await open($0)) }
    }

    private static func open(_ insurer: InsurerOffice) async throws -> ConsequenceOffice {
        let office = insurer.office
        let channel = Principal(try await office.hire("channel", .channelManagement))
        var members: [Principal] = []
        for index in 1...4 { members.append(Principal(try await office.hire("member\(index)", .committeeMember, in: office.service))) }
        let seller = try await insurer.desk.take(
            SellerIdentity.register,
            input: [
                "kind": .text("person"), "personName": .text("赵业务"),
                "documentNumber": .text(IntakeFile.number(birth: "19880101", sequence: 301)), "agents": .list([.whole(insurer.agent)]),
            ], by: channel
        ).id
        return ConsequenceOffice(
            insurer: insurer, channel: channel, generalOffice: Principal(try await office.hire("general", .generalOffice)),
            handler: Principal(try await office.hire("handler", .customerService, in: office.service)), members: members, seller: seller)
    }

    /// Takes a step by its name.
    @discardableResult
    func take(_ step: String, _ type: String, _ id: Int64? = nil, _ input: [String: JSONValue] = [:], by principal: Principal) async throws
        -> Int64
    {
        try await desk.take(step, of: type, on: id, input: input, by: principal).id
    }

    func row(_ id: Int64, by principal: Principal) async throws -> DocumentRow { try await desk.document(id, by: principal.person).row }

    func rows(_ type: String, by principal: Principal, _ states: Set<String> = []) async throws -> [DocumentRow] {
        var query = RegisterQuery()
        (query.states, query.sort, query.limit) = (states, .oldest, 500)
        return try await desk.register(type, query, by: principal.person).rows
    }

    func file(_ text: String, by principal: Principal) async throws -> JSONValue {
        .list([try await desk.keep(file: "\(text).txt", content: Array(text.utf8), by: principal).stored])
    }

    /// A policy that an agent sold; its number is `P` and that of the application.
    @discardableResult
    func sell(_ number: String, sequence: Int, by agent: String = "A1", on day: Day? = nil) async throws -> Int64 {
        let applied = day ?? today
        try await insurer.submit(
            insurer.application(number, sequence: sequence) { ($0.agentNo, $0.applicationDate) = (agent, applied) })
        let policies = try await desk.all(Policy.self)
        return policies.first { $0.value.policyNo == "P\(number)" }?.id.raw ?? 0
    }

    /// Another number, qualified to sell.
    func agent(_ number: String) async throws -> Int64 {
        let id = try await take(
            "register", "agent", nil,
            [
                "agentNo": .text(number), "name": .text("赵业务"), "channel": .text("individual"), "team": .whole(office.market.raw),
                "leader": .whole(insurer.leader.person.raw), "phone": .text("1360000\(1000 + number.utf8.reduce(0) { $0 + Int($1) })"),
            ], by: insurer.backOffice)
        try await take(
            "qualify", "agent", id,
            [
                "trainingHours": .whole(2), "takenOverFrom": .text("原系统"), "testedOn": .text(today.adding(days: -5).description),
                "qualifiedUntil": .text(today.adding(days: 300).description),
            ], by: insurer.trainer)
        return id
    }

    // MARK: Complaints

    static let said: [String: JSONValue] = [
        "way": .text("telephone"), "complainantName": .text("钱投诉"), "complainantPhone": .text("13700007777"),
        "complainant": .text("applicant"), "matter": .text("mis_selling"), "facts": .text("称保单等同存款"),
    ]

    func complain(_ more: [String: JSONValue] = [:], by principal: Principal? = nil) async throws -> Int64 {
        let input = Self.said.merging(["receivedOn": .text(today.description), "agentNo": .text("A1")]) { $1 }.merging(more) { $1 }
        return try await take("receive", "complaint", nil, input, by: principal ?? insurer.service)
    }

    func assign(_ complaint: Int64, to person: Principal? = nil) async throws {
        try await take(
            "assign", "complaint", complaint, ["handler": .whole((person ?? handler).person.raw)], by: insurer.compliance)
    }

    func conclude(_ complaint: Int64) async throws {
        try await take("hear", "complaint", complaint, ["statement": .text("不记得说过")], by: handler)
        try await take(
            "conclude", "complaint", complaint, ["findings": .text("录音证实"), "hasNoInterest": .flag(true)], by: handler)
    }

    static let upholding: [String: JSONValue] = ["behaviours": .text("sold_as_deposit"), "decision": .text("属实")]

    func uphold(_ complaint: Int64) async throws {
        try await take("uphold", "complaint", complaint, Self.upholding, by: insurer.compliance)
    }

    /// Received, handled and upheld at once.
    @discardableResult
    func upheld(_ more: [String: JSONValue] = [:]) async throws -> Int64 {
        let id = try await complain(more)
        try await assign(id)
        try await conclude(id)
        try await uphold(id)
        return id
    }

    func overturn(_ complaint: Int64) async throws {
        try await take("overturn", "complaint", complaint, ["decision": .text("复核认为证据不足")], by: insurer.manager)
    }

    func verifications() async throws -> [DocumentRow] { try await rows("re-verification", by: insurer.compliance) }
    func checks() async throws -> [DocumentRow] { try await rows("policy-check", by: insurer.compliance) }

    func set(_ parameter: String, to value: Int) async throws {
        try await desk.administer(
            .setParameter(
                regulation: authenticity.id, name: parameter, unit: office.company, value: value, from: today, reason: "测试"), by: .system)
    }
}
