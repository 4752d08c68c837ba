import Kernel
import WorkCalendar

/// 业务员离职告知: who bought from somebody who has left is told within the days that the article sets, and by whom he is served now
/// (第二十条).
package struct SellerLeaving: Document {
    package enum State: String, CaseIterable, Sendable { case telling, told }

    package var agent = ID<Agent>.none
    package var leftOn: Day?
    package var successor = ID<Agent>.none
    package var servedBy = ""
    package var count = 0
    package var told = 0
    package init() {}

    package static let name = "seller-leaving"

    package static let form = Form<SellerLeaving>(
        "业务员离职告知", "Leaving of a seller", number: "离职告知",
        states: [.telling: .open("正在告知客户", "Customers are being told"), .told: .done("客户均已告知", "All customers are told")],
        readers: [.either(.customerService, .compliance, .backOffice)],
        [
            .reference(\.agent, "离职业务员", "Seller who has left").listed(), .day(\.leftOn, "离职日期", "Left on").listed(),
            .reference(\.successor, "接替业务员", "Successor").optional(),
            .text(\.servedBy, "现由谁服务", "Who serves now").longest(20).hint("写入通知，如“李小红（A1002）”", "as the notice says it"),
            .whole(\.count, "应告知客户数", "Customers to be told", in: 0...1_000_000).optional().listed(),
            .whole(\.told, "已告知客户数", "Customers told", in: 0...1_000_000).optional().listed(),
        ])

    static let limit = Deadline(
        "limit", "告知期限", "To be told", under: authenticity[20], escalatesTo: .either(.customerService, .compliance))
    package static let deadlines = [limit]

    /// So many policies of one seller are looked through.
    private static let mostPolicies = 20_000

    package static let register = Step<SellerLeaving>(
        "register", "登记离职并告知", "Register and tell", to: .telling, by: .either(.backOffice, .customerService), under: authenticity[20],
        fields: [\.agent, \.leftOn, \.successor, \.servedBy]
    ) { leaving, act in
        guard let left = leaving.leftOn else { return }
        try act.require(
            try act.find(\SellerLeaving.agent, is: leaving.agent, limit: 20).allSatisfy { $0.value.leftOn != left },
            "该业务员的离职已登记，客户不重复告知", "This leaving is registered already; nobody is told twice")
        try act.require(
            try MessageTemplate.approved(.sellerLeft, .sms, act) != nil || MessageTemplate.approved(.sellerLeft, .mail, act) != nil
                || MessageTemplate.approved(.sellerLeft, .letter, act) != nil,
            "“业务员离职”没有使用中的通知模板，请先报批", "There is no template in use for the leaving of a seller; have one approved first")
        let days = try act.parameter(.sellerLeavingDays)
        act.start(limit, due: .endOfDay(left.adding(days: days)), since: .startOfDay(left)) {
            Words("登记时已过告知期限", "The time was over when it was registered")
        }
        try leaving.tellAll(act)
        if leaving.count == 0 { act.meet(limit) }
    }.checking { leaving, check in
        check.require(
            leaving.leftOn.map { $0 <= check.act.today } ?? true, "离职日期不能晚于今天", "The day cannot be after today", at: \.leftOn)
        check.require(
            leaving.successor != leaving.agent, "接替业务员不能是离职者本人", "Nobody succeeds himself", at: \.successor, \.agent)
    }
    package static let tell = Step<SellerLeaving>(
        "tell", "又一客户已告知", "One more is told", from: .telling, to: nil, by: .system, under: authenticity[20], isOptional: true
    ) { leaving, _ in leaving.told += 1 }
    package static let finish = Step<SellerLeaving>(
        "finish", "客户均已告知", "All are told", from: .telling, to: .told, by: .system, under: authenticity[20], isOptional: true
    ) { leaving, act in
        leaving.told = leaving.count
        act.meet(limit)
    }
    package static let steps = [register, tell, finish]

    /// Each customer once, of the policies that stand, whoever serves them: by who signed.
    private mutating func tellAll(_ act: Act) throws {
        var customers: Set<ID<Customer>> = []
        for policy in try act.find(\Policy.agent, is: agent, limit: Self.mostPolicies) where policy.state != .ended {
            let customer = policy.value.applicant
            guard try !customer.isNone && !ContactRestriction.hasDied(customer, act), customers.insert(customer).inserted else {
                continue
            }
            var notice = CustomerNotice()
            (notice.kind, notice.customer, notice.policy) = (.sellerLeft, customer, policy.id)
            (notice.leaving, notice.day, notice.servedBy) = (ID(act.record.id), leftOn, servedBy)
            try CustomerNotice.make(notice, act)
        }
        count = customers.count
    }

    /// One more customer has been told. With the last of them it is done.
    static func count(_ leaving: ID<SellerLeaving>, _ act: Act) throws {
        guard !leaving.isNone, let found = try act.load(leaving), found.state == .telling else { return }
        try act.take(found.value.told + 1 >= found.value.count ? finish : tell, on: leaving)
    }
}
