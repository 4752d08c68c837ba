import Kernel
import WorkCalendar

/// 保单事项: what happened to a policy, as the core system says it, and of which the customer is told at once (第二十条).
package struct PolicyEvent: Document {
    package enum State: String, CaseIterable, Sendable { case recorded }

    package enum Kind: String, Choosable {
        case unknown = "", inEffect = "in_effect", renewalDue = "renewal_due", premiumReceived = "premium_received"
        case claimResult = "claim_result", paymentDue = "payment_due", majorChange = "major_change"

        package var notice: NoticeKind { NoticeKind(rawValue: rawValue) ?? .unknown }
        package var words: Words { notice.words }
    }

    package var eventNo = ""
    package var policy = ID<Policy>.none
    package var kind = Kind.unknown
    package var day: Day?
    package var amount: DecimalNumber?
    package var recipient = ID<Customer>.none
    package var notice = ID<CustomerNotice>.none
    package init() {}

    package static let name = "policy-event"
    package var title: String { eventNo }

    package static let form = Form<PolicyEvent>(
        "保单事项", "Event of a policy", states: [.recorded: .done("已登记并告知", "Recorded, the customer is told")],
        readers: [.either(.customerService, .compliance, .underwriter)],
        [
            .text(\.eventNo, "事项编号", "Event number").indexed(by: ApplicationNumber.normalForm).listed().longest(60).hint(
                "核心系统的流水号", "of the core system"),
            .reference(\.policy, "保单", "Policy").listed(), .choice(\.kind, "事项", "Kind").listed(),
            .day(\.day, "日期", "Day").listed().hint("发生日，或应缴、应领日", "on which it happened, or is due"),
            .decimal(\.amount, "金额（元）", "Amount, yuan", places: 2, in: 0...100_000_000).optional(),
            .reference(\.recipient, "告知对象", "Who is told").optional().hint("不填即投保人", "the applicant, unless it is said"),
            .reference(\.notice, "客户通知", "Notice").optional().onceFilled(),
        ])

    package static let record = Step<PolicyEvent>(
        "record", "登记事项", "Record", to: .recorded, by: .either(.customerService, .underwriter), under: authenticity[20],
        fields: [\.eventNo, \.policy, \.kind, \.day, \.amount, \.recipient]
    ) { event, act in
        event.eventNo = ApplicationNumber.normalForm(event.eventNo)
        try act.require(
            try act.find(\PolicyEvent.eventNo, is: event.eventNo, limit: 1).isEmpty, "该事项已登记，客户已被告知，不重复通知",
            "This event is recorded and the customer told; nobody is told twice")
        guard let policy = try act.load(event.policy), let day = event.day else { throw DeskError.absent }
        let kind = event.kind.notice
        try act.require(
            policy.state != .ended || !kind.isDue, "该保单已终止，不再有应缴应领", "The policy has ended; nothing is due of it any more")
        try act.require(
            kind.isDue ? day >= act.today : day <= act.today,
            kind.isDue ? "应缴、应领日已过，通知已无意义，请核对" : "事项尚未发生，请核对日期",
            kind.isDue ? "The day on which it is due has passed; check it" : "This has not happened yet; check the day")
        if event.recipient.isNone { event.recipient = policy.value.applicant }
        try act.require(
            event.recipient == policy.value.applicant || policy.value.insured.contains(event.recipient),
            "告知对象须是该保单的投保人或被保险人", "Who is told is the applicant or an insured of the policy")
        try act.require(
            try MessageTemplate.approved(kind, .sms, act) != nil || MessageTemplate.approved(kind, .mail, act) != nil
                || MessageTemplate.approved(kind, .letter, act) != nil,
            "“\(kind.words.zh)”没有使用中的通知模板，请先报批", "There is no template in use for “\(kind.words.en)”; have one approved first")
        var notice = CustomerNotice()
        (notice.kind, notice.customer, notice.policy, notice.day) = (kind, event.recipient, event.policy, day)
        notice.amount = event.amount
        event.notice = try CustomerNotice.make(notice, act)
    }
    package static let steps = [record]
}
