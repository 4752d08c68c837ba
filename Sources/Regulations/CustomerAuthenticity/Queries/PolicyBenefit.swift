import Kernel
import WorkCalendar

/// 保障利益: what a policy pays for, entered so that it can be told (第十七条).
package struct PolicyBenefit: Document {
    package enum State: String, CaseIterable, Sendable { case standing, ended }

    package var policyNo = ""
    package var policy = ID<Policy>.none
    package var benefit = ""
    package var amount: DecimalNumber?
    package var from: Day?
    package var until: Day?
    package var explanation = ""
    package var reason = ""
    package init() {}

    package static let name = "policy-benefit"
    package var title: String { "" }

    package static let form = Form<PolicyBenefit>(
        "保障利益", "Benefit", number: "保障",
        states: [.standing: .done("有效", "Standing"), .ended: .no("已终止", "Ended")],
        readers: [.either(.underwriter, .customerService, .compliance)],
        [
            .text(\.policyNo, "保单号", "Policy number").indexed(by: ApplicationNumber.normalForm).listed(),
            .reference(\.policy, "保单", "Policy").optional(),
            .text(\.benefit, "保险责任", "Benefit").listed(),
            .decimal(\.amount, "保险金额（元）", "Amount, yuan", places: 2, in: 0...1_000_000_000).listed(),
            .day(\.from, "保障起期", "From").optional(), .day(\.until, "保障止期", "Until").optional(),
            .prose(\.explanation, "说明", "Explanation").optional(), .text(\.reason, "终止原因", "Reason of the end").onceFilled(),
        ])

    package static let enter = Step<PolicyBenefit>(
        "enter", "登记保障利益", "Enter", to: .standing, by: .either(.underwriter, .customerService), under: authenticity[17],
        fields: [\.policyNo, \.benefit, \.amount, \.from, \.until, \.explanation]
    ) { benefit, act in
        benefit.policyNo = ApplicationNumber.normalForm(benefit.policyNo)
        benefit.policy = try Policy.required(benefit.policyNo, act, under: authenticity[17])
        if let from = benefit.from, let until = benefit.until {
            try act.require(from <= until, "保障止期早于起期，请核对", "It ends before it begins; check the days")
        }
    }
    package static let end = Step<PolicyBenefit>(
        "end", "终止", "End", from: .standing, to: .ended, by: .either(.underwriter, .customerService), under: authenticity[17],
        fields: [\.reason], isOptional: true)
    package static let steps = [enter, end]
}
