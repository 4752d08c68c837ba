import Kernel
import WorkCalendar

/// 保单: what an accepted application became (第四条), with the end of its cooling-off.
package struct Policy: Document {
    package enum State: String, CaseIterable, Sendable { case issued, delivered, ended }

    package var policyNo = ""
    package var productClass = ProductClass.unknown
    package var term = ""
    package var appliedOn: Day?
    package var applicant = ID<Customer>.none
    package var insured: [ID<Customer>] = []
    package var agent = ID<Agent>.none
    package var agency = ID<Agency>.none
    package var channel = Channel.unknown
    package var application = ID<Application>.none
    package var applicationNo = ""
    package var isOutsideRules = false
    package var exception = ID<AccountException>.none
    package var signedOn: Day?
    package var wasHintGiven = false
    package var coolingOffEnd: Day?
    package var rightEnds: Day?
    package var reason = ""
    package init() {}

    package static let name = "policy"
    /// Before it has a number of its own, that of its application.
    package var title: String { policyNo.isEmpty ? applicationNo : policyNo }

    package static let form = Form<Policy>(
        "保单", "Policy",
        states: [.issued: .open("已承保", "Issued"), .delivered: .done("已送达", "Delivered"), .ended: .no("已终止", "Ended")],
        // 第十三条 gives the back office the items distributed to it, and through them their policies: no others.
        readers: [.either(.underwriter, .customerService, .compliance)],
        [
            .text(\.policyNo, "保单号", "Policy number").optional().indexed(by: ApplicationNumber.normalForm).listed(),
            .choice(\.productClass, "险种", "Product class").optional().listed(),
            .text(\.term, "保险期限", "Term").optional().code(),
            .day(\.appliedOn, "投保日期", "Applied on").optional(),
            .reference(\.applicant, "投保人", "Applicant").subject().optional().listed(),
            .references(\.insured, "被保险人", "Insured").subject().optional(),
            .reference(\.agent, "业务员", "Agent").optional().listed(),
            .reference(\.agency, "中介机构", "Agency").optional(),
            .choice(\.channel, "渠道", "Channel").optional().listed(),
            .reference(\.application, "投保单", "Application").optional(),
            .text(\.applicationNo, "投保单号", "Application number").optional().code(),
            .flag(\.isOutsideRules, "不在细则范围之内", "Outside the rules"),
            .reference(\.exception, "非投保人账户的审批", "Approved account exception").optional(),
            .day(\.signedOn, "客户签收日期", "Receipt signed on"),
            .flag(\.wasHintGiven, "已提示查询电话、网站和网点", "Query channels pointed out"),
            .day(\.coolingOffEnd, "犹豫期届满", "Cooling-off ends").optional().listed(),
            .day(\.rightEnds, "客户犹豫期权利至", "The customer may withdraw until").optional(),
            .text(\.reason, "终止原因", "Reason of the end"),
        ])

    package static let issue = Step<Policy>("issue", "承保", "Issue", to: .issued, by: .system, under: authenticity[4])
    package static let deliver = Step<Policy>(
        "deliver", "登记签收", "Register delivery", from: .issued, to: .delivered, by: .post(.customerService),
        under: authenticity[16], authenticity[7], fields: [\Policy.policyNo, \Policy.signedOn, \Policy.wasHintGiven], isOptional: true
    ) { policy, act in
        policy.policyNo = ApplicationNumber.normalForm(policy.policyNo)
        guard let signed = policy.signedOn else { return }
        let applied = try policy.applied(act)
        try act.require(
            applied.map { signed >= $0 } ?? true, "签收日期不能早于投保日期", "The receipt cannot be signed before the application")
        try policy.requireNumber(act)
        let coolingOff = CoolingOff(
            signed: signed, days: try act.parameter(.coolingOffDays),
            followsHolidays: try act.parameter(.coolingOffFollowsHolidays) == 1,
            act.calendar)
        (policy.coolingOffEnd, policy.rightEnds) = (coolingOff.end, coolingOff.rightEnds)
        try Suspicion.follow(ID(act.record.id), policy, act)
        try CallBack.plan(ID(act.record.id), policy, act)
        try DeliveryReceipt.follow(ID(act.record.id), policy, act)
    }.checking { policy, check in
        check.require(
            policy.signedOn.map { $0 <= check.act.today } ?? true, "签收日期不能晚于今天", "The receipt cannot be signed after today", at: \.signedOn)
        check.require(
            policy.wasHintGiven, "请先向客户提示查询电话、网站和网点，再登记签收",
            "Point out the query telephone, web site and offices to the customer first", at: \.wasHintGiven)
        check.require(
            !ApplicationNumber.normalForm(policy.policyNo).isEmpty, "请填写保单号", "Enter the policy number", at: \.policyNo,
            under: authenticity[3])
    }
    package static let end = Step<Policy>(
        "end", "终止", "End", from: .issued, .delivered, to: .ended, by: .post(.customerService), under: authenticity[4],
        fields: [\Policy.reason], isOptional: true)
    package static let correctInsured = Step<Policy>(
        "correctInsured", "更正被保险人", "Correct the insured", from: .issued, .delivered, to: nil, by: .system, under: authenticity[13],
        isOptional: true)
    package static let moveCustomer = Step<Policy>(
        "moveCustomer", "随客户并档调整", "Follow joined customers", from: .issued, .delivered, .ended, to: nil, by: .system,
        under: authenticity[2], isOptional: true)
    package static let steps = [issue, deliver, end, correctInsured, moveCustomer, renewReceipt]

    /// The day of its application, which policies have not always kept themselves.
    func applied(_ act: Act) throws -> Day? { try appliedOn ?? act.load(application)?.value.applicationDate }

    /// A receipt is signed for a policy that has a number, and one number is one policy's.
    private func requireNumber(_ act: Act) throws {
        let before = try act.load(ID<Policy>(act.record.id))?.value.policyNo ?? ""
        try act.require(
            before.isEmpty || ApplicationNumber.normalForm(before) == policyNo, "保单号已登记为\(before)，不能更改",
            "The policy number is \(before) already and does not change",
            under: authenticity[3])
        try act.require(
            try act.find(\Policy.policyNo, is: policyNo, limit: 1).isEmpty, "该保单号已用于另一份保单，请核对",
            "Another policy has this number; check it", under: authenticity[3])
    }
}
