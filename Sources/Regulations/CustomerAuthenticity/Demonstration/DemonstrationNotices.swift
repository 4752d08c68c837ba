import Kernel
import WorkCalendar

/// How the invented insurer tells its customers, calls them back and asks them, day by day: notices of each kind in each state, a number
/// that fails, call-backs with their script, a seller who has left.
struct DemonstrationNotices {
    let desk: Desk
    let office: DemonstrationOffice
    let rules: DemonstrationRules
    private let gateway = DemonstrationGateway()
    private var carrier: NoticeCarrier { NoticeCarrier(desk: desk, messages: gateway, mail: gateway) }
    private var service: Principal { office.service }

    init(_ desk: Desk, _ office: DemonstrationOffice) {
        (self.desk, self.office, rules) = (desk, office, DemonstrationRules(desk: desk, office: office))
    }

    /// One working morning, the `number`th.
    func work(_ number: Int, on day: Day) async throws {
        if number == 0, try await desk.all(MessageTemplate.self).isEmpty { try await furnish() }
        try await rules.work(number, on: day)
        try await callBack(on: day)
        try await receive(on: day, within: 42)
        if number >= 3 { try await tell(number, on: day) }
        if number == 9 || number == 14 { try await contact(number) }
        if number == 12 { try await leave(on: day) }
    }

    // MARK: Furnishing

    func furnish() async throws {
        for (index, kind) in NoticeKind.allCases.filter({ $0 != .unknown }).enumerated() {
            let id = try await desk.take(
                MessageTemplate.draft,
                input: [
                    "code": .text("M\(2001 + index)"), "kind": .text(kind.rawValue), "way": .text("sms"),
                    "signature": .text("岭南人寿"),
                    "text": .text(Self.text(kind)),
                ], by: service
            ).id
            // One more waits for its approval.
            if kind == .changeReminder { continue }
            try await desk.take(MessageTemplate.approve, on: id, input: ["filing": .text("SMS\(2001 + index)")], by: office.compliance)
        }
    }

    private static func text(_ kind: NoticeKind) -> String {
        switch kind {
        case .inEffect: "您{保单}的保单已于{日期}生效。"
        case .renewalDue: "您{保单}的保单应于{日期}续期缴费{金额}。"
        case .premiumReceived: "您{保单}的保单于{日期}收到保费{金额}。"
        case .claimResult: "您{保单}的保单索赔已审核完毕，请查询结果。"
        case .paymentDue: "您{保单}的保单自{日期}起可办理领取。"
        case .majorChange: "您{保单}的保单于{日期}有重大变更，请查询。"
        case .sellerLeft: "您{保单}的保单现由{服务人员}为您服务。"
        case .changeReminder: "如您的联系方式有变，请及时办理变更。"
        case .code: "验证码{验证码}，5分钟内有效，请勿告诉他人。"
        case .unknown: ""
        }
    }

    // MARK: Notices

    private func policies(_ states: Set<String>, from day: Day? = nil, limit: Int) async throws -> [DocumentRow] {
        var query = RegisterQuery()
        query.from = day
        (query.states, query.sort, query.limit, query.isCounted) = (states, .oldest, limit, false)
        return try await desk.register(Policy.name, query, by: service.person).rows
    }

    private func record(_ kind: PolicyEvent.Kind, of policy: DocumentRow, _ number: Int, on day: Day) async throws {
        let isDue = kind.notice.isDue
        var input: [String: JSONValue] = [
            "eventNo": .text("HX\(day.yyyymmdd)\(number)\(kind.rawValue.prefix(3))"), "policy": .whole(policy.id),
            "kind": .text(kind.rawValue),
            "day": .text(day.adding(days: isDue ? 15 : 0).description),
        ]
        if kind.notice.mayNameAmount { input["amount"] = .text("\(1200 + number % 90 * 35)") }
        try await desk.take(PolicyEvent.record, input: input, by: service)
    }

    /// Events of some policies, what the gateway made of them, and what it reports of those of the day before.
    func tell(_ number: Int, on day: Day) async throws {
        try await report(gateway.takeKeys(), number)
        let kinds = PolicyEvent.Kind.allCases.filter { $0 != .unknown }, found = try await policies(["issued", "delivered"], limit: 200)
        guard found.count > 8 else { return }
        for offset in 0..<3 {
            try await record(
                kinds[(number * 3 + offset) % kinds.count], of: found[(number * 5 + offset) % found.count], number * 10 + offset, on: day)
        }
        switch number % 9 {
        case 5: gateway.answer(.noSuchAddress(Words("空号", "No such number")))
        case 7: gateway.answer(.taken("G7"), .unacceptable(Words("签名报备已过期", "The filing of the signature has ended")))
        default: gateway.answer()
        }
        try await carrier.round()
    }

    /// All that was handed over arrived.
    func arrive() async throws { try await report(gateway.takeKeys(), 1) }

    /// Most arrive; each eleventh day's first is heard of no more, and one is lost for good.
    private func report(_ keys: [String], _ number: Int) async throws {
        let now = desk.clock.now()
        for (index, key) in keys.enumerated() {
            if index == 0, number % 11 == 6 { continue }
            let state = index == 0 && number % 13 == 8 ? "permanent" : "delivered"
            try await carrier.take(
                reported: .record([
                    .init("key", .text(key)), .init("state", .text(state)), .init("at", .text(now.adding(hours: -1).description)),
                    .init("detail", .text(state == "delivered" ? "DELIVRD" : "UNDELIV")),
                ]))
        }
    }

    /// What is under way when the visitor comes: queued, handed over, failed for now, without an answer.
    func end(on day: Day) async throws {
        let found = try await policies(["issued", "delivered"], limit: 200)
        guard found.count > 30 else { return }
        gateway.answer(.later(Words("网关繁忙", "The gateway is busy")), .unsure(Words("没有答复", "No answer")))
        for offset in 0..<3 { try await record(.premiumReceived, of: found[20 + offset], 9000 + offset, on: day) }
        try await carrier.round()
        for offset in 0..<2 { try await record(.renewalDue, of: found[25 + offset], 9100 + offset, on: day) }
    }

    // MARK: Receipts and call-backs

    /// Contracts of the last so many days that reached their customers.
    func receive(on day: Day, within days: Int, _ places: [Int] = [3, 9], of least: Int = 21) async throws {
        let issued = try await policies(["issued"], from: day.adding(days: -days), limit: 60)
        guard issued.count >= least else { return }
        for policy in places.map({ issued[$0] }) {
            guard let applied = policy.values["appliedOn"]?.text.flatMap({ Day(iso: $0) }) else { continue }
            let paper = try await desk.keep(file: "送达回执.txt", content: Array("本人已收到合同，销售人员已提示查询方式。（演示）\(policy.title)".utf8), by: service)
            try await desk.take(
                DeliveryReceipt.register,
                input: [
                    "policy": .whole(policy.id), "issuedOn": .text(applied.description), "signedOn": .text(day.description),
                    "wasHintGiven": .flag(true),
                    "isHintConfirmed": .flag(true), "paper": .list([paper.stored]),
                ], by: service)
        }
    }

    /// Most calls succeed within some days; some reach nobody, one is a problem, some are left until they are late.
    /// - Parameter all: whether all of them succeed, and none is left.
    func callBack(on day: Day, most: Int = 3, all: Bool = false) async throws {
        var query = RegisterQuery()
        (query.states, query.sort, query.limit, query.isCounted) = (["planned"], .oldest, 40, false)
        for (index, row) in try await desk.register(CallBack.name, query, by: service.person).rows.enumerated() {
            let serial = Int((row.number ?? "").drop { $0 != "〕" }.filter(\.isNumber)) ?? 0
            guard index < most, all || serial % 7 != 6, row.created.day < day else { continue }
            if !all, serial % 4 == 1, row.created.day.distance(to: day) < 3 {
                try await desk.take(CallBack.attempt, on: row.id, input: ["missed": .text("no_answer")], by: office.secondService)
                continue
            }
            let isProblem = !all && serial % 10 == 8
            guard let call = try await desk.load([ID<CallBack>(row.id)]).first?.value,
                let customer = try await desk.load([call.customer]).first?.value
            else { continue }
            let answers = ScriptPoint.asked.map { ScriptAnswer($0, isProblem && $0 == .surrender ? .unsure : .yes).stored }
            try await desk.take(
                isProblem ? CallBack.raise : CallBack.complete, on: row.id,
                input: [
                    "phone": .text(customer.mobile.isEmpty ? customer.landline : customer.mobile), "isApplicant": .flag(true),
                    "answers": .list(answers),
                ], by: office.secondService)
        }
    }

    // MARK: Contacts and leaving

    private func contact(_ number: Int) async throws {
        let found = try await policies(["issued", "delivered"], limit: 40)
        guard found.count > 30, let customer = found[number].values["applicant"]?.whole else { return }
        let id = try await desk.take(
            ContactEvent.begin, input: ["customer": .whole(customer), "kind": .text(number == 9 ? "policy_service" : "care")], by: service
        ).id
        if number == 14 { return }
        func finding(_ value: String, _ outcome: String, phone: String = "") -> JSONValue {
            .record([
                .init("value", .text(value)), .init("outcome", .text(outcome)), .init("phone", phone.isEmpty ? .null : .text(phone)),
                .init("source", .text("办理保全时客户本人")),
            ])
        }
        try await desk.take(
            ContactEvent.finish, on: id,
            input: ["findings": .list([finding("address", "confirmed"), finding("mobile", "corrected", phone: "13755550101")])], by: service
        )
    }

    private func leave(on day: Day) async throws {
        var query = RegisterQuery()
        (query.limit, query.sort, query.isCounted) = (40, .oldest, false)
        let agents = try await desk.register(Agent.name, query, by: service.person).rows
        guard agents.count > 6 else { return }
        try await desk.take(
            SellerLeaving.register,
            input: [
                "agent": .whole(agents[4].id), "leftOn": .text(day.adding(days: -2).description), "successor": .whole(agents[1].id),
                "servedBy": .text("服务专员（\(agents[1].title)）"),
            ], by: office.backOffice(ofTeam: 1))
        gateway.answer()
        try await carrier.round()
    }
}
