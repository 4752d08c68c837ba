import Courier
import CustomerAuthenticity
import EngineFixture
import Kernel
import Outbox
import TestOffice
import Testing
import WorkCalendar

/// An insurer that can tell its customers something: channels, templates, a customer with a policy.
struct NoticeOffice: Sendable {
    let insurer: InsurerOffice
    var desk: Desk { insurer.desk }
    var office: TestOffice { insurer.office }

    static let secret = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="

    static func with(
        _ engine: TestEngine = .sqlite, at start: Moment = TestOffice.start, _ body: (NoticeOffice) async throws -> Void
    ) async throws {
        try await InsurerOffice.with(engine, at: start) { insurer in
            let office = NoticeOffice(insurer: insurer)
            try await office.setChannels()
            for kind in NoticeKind.allCases where kind != .unknown { try await office.approve(kind) }
            try await insurer.submit(insurer.application("T1", sequence: 1) { $0.persons[0].email = "wang@example.org" })
            try await body(office)
        }
    }

    func setChannels(_ hotLine: String = "95500", site: String = "www.lingnan.example") async throws {
        let office = JSONValue.record([.init("office", .text("天河营业部")), .init("address", .text("体育西路1号"))])
        let id = try await desk.take(
            QueryChannels.draft,
            input: [
                "hotLine": .text(hotLine), "hours": .text("每日 8:00-20:00"), "webSite": .text(site), "offices": .list([office]),
            ], by: insurer.service
        ).id
        try await desk.take(QueryChannels.publish, on: id, by: insurer.compliance)
    }

    static func text(_ kind: NoticeKind) -> String {
        switch kind {
        case .inEffect: "您{保单}的保单已于{日期}生效。"
        case .renewalDue: "您{保单}的保单应于{日期}续期缴费{金额}。"
        case .premiumReceived: "您{保单}的保单于{日期}收到保费{金额}。"
        case .claimResult: "您{保单}的保单索赔已于{日期}审核完毕，请查询结果。"
        case .paymentDue: "您{保单}的保单自{日期}起可办理领取。"
        case .majorChange: "您{保单}的保单于{日期}有重大变更，请查询。"
        case .sellerLeft: "您{保单}的保单现由{服务人员}为您服务。"
        case .changeReminder: "如您的联系方式有变，请及时办理变更。"
        case .code: "验证码{验证码}，5分钟内有效，请勿告诉他人。"
        case .unknown: ""
        }
    }

    @discardableResult
    func approve(_ kind: NoticeKind, _ way: NoticeWay = .sms, text: String? = nil, code: String? = nil) async throws -> Int64 {
        var input: [String: JSONValue] = [
            "code": .text(code ?? "\(kind.rawValue)\(way.rawValue)"), "kind": .text(kind.rawValue), "way": .text(way.rawValue),
            "text": .text(text ?? Self.text(kind)),
        ]
        if way == .sms { input["signature"] = .text("岭南人寿") }
        let id = try await desk.take(MessageTemplate.draft, input: input, by: insurer.service).id
        try await desk.take(
            MessageTemplate.approve, on: id, input: way == .sms ? ["filing": .text("SMS\(kind.rawValue)")] : [:], by: insurer.compliance)
        return id
    }

    func policy(_ number: String = "PT1") async throws -> DocumentRow {
        try #require(try await insurer.rows("policy").first { $0.title == number })
    }

    func customer(of number: String = "PT1") async throws -> ID<Customer> {
        ID(try #require(try await policy(number).values["applicant"]?.whole))
    }

    /// Records an event of the first policy.
    /// - Returns: its notice.
    @discardableResult
    func tell(
        _ kind: PolicyEvent.Kind, _ number: String = "E1", day: Day? = nil, amount: String? = nil, of policy: String = "PT1"
    ) async throws -> ID<CustomerNotice> {
        var input: [String: JSONValue] = [
            "eventNo": .text(number), "policy": .whole(try await self.policy(policy).id), "kind": .text(kind.rawValue),
            "day": .text((day ?? office.now.day).description),
        ]
        if let amount { input["amount"] = .text(amount) }
        let event = try await desk.take(PolicyEvent.record, input: input, by: insurer.service).id
        return try #require(try await desk.load([ID<PolicyEvent>(event)]).first?.value.notice)
    }

    func notice(_ id: ID<CustomerNotice>) async throws -> Found<CustomerNotice> { try #require(try await desk.load([id]).first) }

    /// All notices, the oldest first.
    func notices() async throws -> [Found<CustomerNotice>] { try await desk.all(CustomerNotice.self) }

    func carrier(_ gateway: GatewayServer?, mail: MailboxServer? = nil) throws -> NoticeCarrier {
        let courier = Courier(seconds: 1)
        let messages = try gateway.map { try #require(ShortMessageGateway(url: $0.url, secret: Self.secret, courier: courier)) }
        return NoticeCarrier(
            desk: desk, messages: messages,
            mail: mail.map { MailGateway(server: MailServer(url: $0.url), sender: "service@lingnan.example", courier: courier) })
    }

    /// A report as the gateway posts it.
    static func report(
        _ state: String, key: String = "", number: String = "", part: Int = 0, of parts: Int = 1, at moment: Moment
    ) -> JSONValue {
        .record([
            .init("key", key.isEmpty ? .null : .text(key)), .init("id", number.isEmpty ? .null : .text(number)),
            .init("state", .text(state)),
            .init("part", .whole(Int64(part))), .init("parts", .whole(Int64(parts))), .init("at", .text(moment.description)),
        ])
    }

    /// Expects the refusal under an article, by words that stand in it.
    static func refused(
        _ words: String, _ article: Int, sourceLocation: SourceLocation = #_sourceLocation, _ body: () async throws -> Void
    ) async {
        let refusal = await #expect(throws: Refusal.self, sourceLocation: sourceLocation) { try await body() }
        #expect(
            refusal?.words.zh.contains(words) == true && refusal?.article == authenticity[article],
            "\(refusal?.words.zh ?? "") \(refusal?.article?.key ?? "")",
            sourceLocation: sourceLocation)
    }
}
