import Kernel
import WorkCalendar

/// 缴费: a premium that is due or was paid, entered so that it can be told (第十七条).
package struct PolicyPayment: Document {
    package enum State: String, CaseIterable, Sendable { case entered, cancelled }

    package var policyNo = ""
    package var policy = ID<Policy>.none
    package var dueOn: Day?
    package var amount: DecimalNumber?
    package var paidOn: Day?
    package var way = PaymentWay.unknown
    package var reason = ""
    package init() {}

    package static let name = "policy-payment"

    package static let form = Form<PolicyPayment>(
        "缴费记录", "Payment", number: "缴费",
        states: [.entered: .done("已登记", "Entered"), .cancelled: .no("已作废", "Cancelled")],
        readers: [.either(.underwriter, .customerService, .compliance)],
        [
            .text(\.policyNo, "保单号", "Policy number").indexed(by: ApplicationNumber.normalForm).listed(),
            .reference(\.policy, "保单", "Policy").optional(),
            .day(\.dueOn, "应缴日期", "Due on").listed(),
            .decimal(\.amount, "金额（元）", "Amount, yuan", places: 2, in: 0...1_000_000_000).listed(),
            .day(\.paidOn, "实缴日期", "Paid on").optional().listed(), .choice(\.way, "缴费方式", "Way").optional(),
            .text(\.reason, "作废原因", "Reason").onceFilled(),
        ])

    package static let enter = Step<PolicyPayment>(
        "enter", "登记缴费", "Enter", to: .entered, by: .either(.underwriter, .customerService), under: authenticity[17],
        fields: [\.policyNo, \.dueOn, \.amount, \.paidOn, \.way]
    ) { payment, act in
        payment.policyNo = ApplicationNumber.normalForm(payment.policyNo)
        payment.policy = try Policy.required(payment.policyNo, act, under: authenticity[17])
        try payment.requirePast(act)
    }
    package static let receive = Step<PolicyPayment>(
        "receive", "登记到账", "Received", from: .entered, to: nil, by: .either(.underwriter, .customerService), under: authenticity[17],
        fields: [\.paidOn, \.way], isOptional: true
    ) { payment, act in
        try act.require(payment.paidOn != nil, "请填写实缴日期", "Enter the day of payment")
        try payment.requirePast(act)
    }
    package static let cancel = Step<PolicyPayment>(
        "cancel", "作废", "Cancel", from: .entered, to: .cancelled, by: .either(.underwriter, .customerService), under: authenticity[17],
        fields: [\.reason], isOptional: true)
    package static let steps = [enter, receive, cancel]

    private func requirePast(_ act: Act) throws {
        try act.require(paidOn.map { $0 <= act.today } ?? true, "实缴日期不能晚于今天", "It cannot have been paid after today")
    }
}

/// 缴费方式.
package enum PaymentWay: String, Choosable {
    case unknown = "", transfer, card, cash, other

    package var words: Words {
        switch self {
        case .unknown: Words("", "")
        case .transfer: Words("银行转账", "Bank transfer")
        case .card: Words("刷卡", "By card")
        case .cash: Words("现金", "Cash")
        case .other: Words("其他", "Other")
        }
    }
}
