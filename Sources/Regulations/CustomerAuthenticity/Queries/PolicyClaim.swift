import Kernel
import WorkCalendar

/// 赔案（给付）: a claim or another payout of a policy, entered so that it can be told (第十七条).
package struct PolicyClaim: Document {
    package enum State: String, CaseIterable, Sendable { case reported, decided, cancelled }

    package var claimNo = ""
    package var policyNo = ""
    package var policy = ID<Policy>.none
    package var kind = PayoutKind.unknown
    package var reportedOn: Day?
    package var result = ClaimResult.unknown
    package var decidedOn: Day?
    package var amount: DecimalNumber?
    package var paidOn: Day?
    package var explanation = ""
    package init() {}

    package static let name = "policy-claim"
    package var title: String { claimNo }

    package static let form = Form<PolicyClaim>(
        "赔案（给付）", "Claim or payout",
        states: [
            .reported: .open("审核中", "Under review"), .decided: .done("已有结论", "Decided"), .cancelled: .no("已作废", "Cancelled"),
        ],
        readers: [.either(.underwriter, .customerService, .compliance)],
        [
            .text(\.claimNo, "案号", "Claim number").indexed(by: ApplicationNumber.normalForm).listed(),
            .text(\.policyNo, "保单号", "Policy number").indexed(by: ApplicationNumber.normalForm).listed(),
            .reference(\.policy, "保单", "Policy").optional(), .choice(\.kind, "类别", "Kind").listed(),
            .day(\.reportedOn, "报案或申请日期", "Reported on").listed(), .choice(\.result, "结论", "Result").onceFilled().listed(),
            .day(\.decidedOn, "结论日期", "Decided on").onceFilled(),
            .decimal(\.amount, "给付金额（元）", "Amount, yuan", places: 2, in: 0...1_000_000_000).optional().onceFilled(),
            .day(\.paidOn, "给付日期", "Paid on").optional().onceFilled(),
            .prose(\.explanation, "说明", "Explanation").optional().onceFilled(),
        ])

    package static let enter = Step<PolicyClaim>(
        "enter", "登记赔案", "Enter", to: .reported, by: .either(.underwriter, .customerService), under: authenticity[17],
        fields: [\.claimNo, \.policyNo, \.kind, \.reportedOn]
    ) { claim, act in
        claim.claimNo = ApplicationNumber.normalForm(claim.claimNo)
        claim.policyNo = ApplicationNumber.normalForm(claim.policyNo)
        claim.policy = try Policy.required(claim.policyNo, act, under: authenticity[17])
        let other = try act.find(\PolicyClaim.claimNo, is: claim.claimNo, limit: 5).first { $0.state != .cancelled }
        try act.require(other == nil, "该案号已登记，请核对", "A claim with this number is entered already; check it")
        try act.require(
            claim.reportedOn.map { $0 <= act.today } ?? true, "报案日期不能晚于今天", "It cannot have been reported after today")
    }
    package static let decide = Step<PolicyClaim>(
        "decide", "登记结论", "Enter the result", from: .reported, to: .decided, by: .either(.underwriter, .customerService),
        under: authenticity[17], fields: [\.result, \.decidedOn, \.amount, \.paidOn, \.explanation], isOptional: true
    ) { claim, act in
        let days = [claim.reportedOn, claim.decidedOn, claim.paidOn].compactMap(\.self)
        try act.require(
            days == days.sorted() && days.allSatisfy { $0 <= act.today }, "日期应依次为报案、结论、给付，且不晚于今天，请核对",
            "The days follow each other - reported, decided, paid - and none lies after today; check them")
    }
    package static let pay = Step<PolicyClaim>(
        "pay", "登记给付", "Paid", from: .decided, to: nil, by: .either(.underwriter, .customerService), under: authenticity[17],
        fields: [\.amount, \.paidOn], isOptional: true)
    package static let cancel = Step<PolicyClaim>(
        "cancel", "作废", "Cancel", from: .reported, .decided, to: .cancelled, by: .either(.underwriter, .customerService),
        under: authenticity[17], fields: [\.explanation], isOptional: true)
    package static let steps = [enter, decide, pay, cancel]
}

/// 给付类别.
package enum PayoutKind: String, Choosable {
    case unknown = "", claim, survival, maturity, annuity, surrender

    package var words: Words {
        switch self {
        case .unknown: Words("", "")
        case .claim: Words("理赔", "Claim")
        case .survival: Words("生存金", "Survival benefit")
        case .maturity: Words("满期金", "Maturity benefit")
        case .annuity: Words("年金", "Annuity")
        case .surrender: Words("退保金", "Surrender value")
        }
    }
}

/// 赔案结论.
package enum ClaimResult: String, Choosable {
    case unknown = "", paid, partly, refused

    package var words: Words {
        switch self {
        case .unknown: Words("", "")
        case .paid: Words("全额给付", "Paid in full")
        case .partly: Words("部分给付", "Paid in part")
        case .refused: Words("不予给付", "Not paid")
        }
    }
}
