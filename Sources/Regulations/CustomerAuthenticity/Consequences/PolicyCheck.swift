import Kernel
import WorkCalendar

/// 保单核查: one policy of a re-verification, from its listing to its outcome. One that has ended meanwhile keeps its line and says how it
/// ended (第十四条).
package struct PolicyCheck: Document {
    package enum State: String, CaseIterable, Sendable { case listed, checked, dropped }

    package enum Priority: String, Choosable {
        case ordinary = "", coolingOff = "cooling_off", ended
        package var words: Words {
            switch self {
            case .ordinary: Words("一般", "Ordinary")
            case .coolingOff: Words("犹豫期内，优先", "Within the cooling-off: first")
            case .ended: Words("保单已终止", "The policy has ended")
            }
        }
    }

    package enum Outcome: String, Choosable {
        case unknown = "", genuine, corrected, falseData = "false_data", surrendered, lapsed, paidOut = "paid_out", deceased
        case unreachable

        package var words: Words {
            switch self {
            case .unknown: Words("", "")
            case .genuine: Words("资料真实", "Genuine")
            case .corrected: Words("资料有误，已更正", "Corrected")
            case .falseData: Words("提供不实资料", "False data")
            case .surrendered: Words("已退保", "Surrendered")
            case .lapsed: Words("已失效", "Lapsed")
            case .paidOut: Words("已给付终止", "Paid out")
            case .deceased: Words("客户已身故", "Deceased")
            case .unreachable: Words("多方联系无法取得联系", "Not to be reached")
            }
        }
    }

    package var verification = ID<ReVerification>.none
    package var policy = ID<Policy>.none
    package var policyNo = ""
    package var agent = ID<Agent>.none
    package var customers: [ID<Customer>] = []
    package var priority = Priority.ordinary
    package var coolingOffEnd: Day?, dueOn: Day?
    package var isLater = false
    package var needsCallBack = false
    package var calledBackOn: Day?
    package var callBack = "", basis = ""
    package var outcome = Outcome.unknown
    package var correction = ID<Correction>.none
    package var evidence: [FileReference] = []
    package init() {}

    package static let name = "policy-check"
    package var title: String { policyNo }

    package static let form = Form<PolicyCheck>(
        "保单核查", "Check of a policy",
        states: [.listed: .open("待核查", "To be checked"), .checked: .done("已核查", "Checked"), .dropped: .no("随核查终止", "Dropped")],
        readers: [.either(.customerService, .compliance, .channelManagement, .generalManager)],
        [
            .reference(\.verification, "重新核查", "Re-verification").listed(), .reference(\.policy, "保单", "Policy"),
            .text(\.policyNo, "保单号", "Policy number").code().optional().onceFilled(),
            .reference(\.agent, "签署的业务员", "Signed by").optional().listed(),
            .references(\.customers, "客户", "Customers").subject().optional().unindexed(),
            .choice(\.priority, "次序", "Order").optional().listed(),
            .day(\.coolingOffEnd, "犹豫期届满", "Cooling-off ends").optional().onceFilled(), .day(\.dueOn, "核查期限", "Due").optional().listed(),
            .flag(\.isLater, "启动后售出", "Sold after the opening").onceFilled(),
            .flag(\.needsCallBack, "须再次回访", "To be called again").onceFilled(),
            .day(\.calledBackOn, "再次回访日期", "Called again on").onceFilled(),
            .prose(\.callBack, "回访情况", "What the customer said").onceFilled(),
            .choice(\.outcome, "核查结果", "Outcome").listed(), .prose(\.basis, "依据", "By what").onceFilled(),
            .reference(\.correction, "更正记录", "Correction").optional().onceFilled(),
            .files(\.evidence, "证据", "Evidence").optional().onceFilled(),
        ])

    static let inTime = Deadline("inTime", "按期核查", "Check in time", under: authenticity[14], escalatesTo: .post(.compliance))
    package static let deadlines = [inTime]

    package static let list = Step<PolicyCheck>("list", "列入核查", "List", to: .listed, by: .system, under: authenticity[14]) { check, act in
        if let due = check.dueOn { act.start(inTime, due: .endOfDay(due)) }
    }
    package static let askCallBack = Step<PolicyCheck>(
        "askCallBack", "要求再次回访", "Ask for a call", from: .listed, to: nil, by: .either(.customerService, .compliance),
        under: authenticity[14],
        isOptional: true
    ) { check, _ in check.needsCallBack = true }
    package static let recordCallBack = Step<PolicyCheck>(
        "recordCallBack", "登记再次回访", "Record the call", from: .listed, to: nil, by: .post(.customerService), under: authenticity[14],
        fields: [\.calledBackOn, \.callBack], isOptional: true
    ) { check, act in try act.require(check.calledBackOn.map { $0 <= act.today } ?? false, "回访日期不能晚于今天", "It was not called after today") }
    package static let check = Step<PolicyCheck>(
        "check", "核查", "Check", from: .listed, to: .checked, by: .post(.customerService), under: authenticity[14],
        fields: [\.outcome, \.basis, \.correction, \.evidence]
    ) { check, act in
        try act.require(
            !check.needsCallBack || check.calledBackOn != nil, "本件须再次回访，请先登记回访情况", "The customer is called again first; record the call")
        try check.requireOutcome(act)
        act.meet(inTime)
        if check.outcome == .falseData { try FalseDataFinding.enter(check, act) }
    }
    package static let drop = Step<PolicyCheck>(
        "drop", "随核查终止", "Drop", from: .listed, to: .dropped, by: .system, under: authenticity[14], isOptional: true
    ) { _, act in act.meet(inTime) }
    package static let steps = [list, askCallBack, recordCallBack, check, drop]

    static func all(of verification: ID<ReVerification>, _ inquiry: Inquiry) throws -> [Found<PolicyCheck>] {
        try inquiry.find(\PolicyCheck.verification, is: verification, limit: SellerIdentity.mostPolicies)
    }

    /// Within the cooling-off it is checked before that ends, at the latest on its last working day.
    init(of found: Found<Policy>, for verification: ID<ReVerification>, due: Day?, isLater: Bool, _ act: Act) throws {
        let value = found.value
        (self.verification, policy, policyNo, agent, self.isLater) = (verification, found.id, value.title, value.agent, isLater)
        customers = ([value.applicant] + value.insured).reduce(into: []) { known, one in
            if !one.isNone, !known.contains(one) { known.append(one) }
        }
        dueOn = due
        if found.state == .ended {
            priority = .ended
        } else if !value.isOutsideRules, let end = try value.earliestCoolingOffEnd(act), end >= act.today {
            (priority, coolingOffEnd) = (.coolingOff, end)
            dueOn = min(due ?? end, CoolingOff.lastDay(of: end, after: act.today, act.calendar))
        }
    }

    private func requireOutcome(_ act: Act) throws {
        let state = try act.load(policy)?.state
        let isEnd = [.surrendered, .lapsed, .paidOut].contains(outcome)
        try act.require(
            !isEnd || state == .ended, "保单尚未登记终止，请先在保单上登记终止，再选择该结果", "The policy is not registered as ended; register its end first")
        try act.require(
            outcome != .falseData || !evidence.isEmpty, "认定提供不实资料须附证据", "False data are found with evidence alone", under: authenticity[11])
        guard outcome == .corrected else { return }
        let made = try act.load(correction)
        try act.require(
            made?.state == .applied && customers.contains(made?.value.customer ?? .none),
            "结果为已更正的，须先为该客户办结更正记录并在此引用", "A correction of this customer is applied first and named here")
    }
}
