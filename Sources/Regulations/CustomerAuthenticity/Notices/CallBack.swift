import Kernel
import WorkCalendar

/// 犹豫期回访: the call after the contract was received, within the cooling-off: it succeeds with the applicant in person and a yes to every
/// point of the script; an attempt is none (第七条, 第十二条, 第十六条).
package struct CallBack: Document {
    package enum State: String, CaseIterable, Sendable { case planned, problem, done, void }

    package enum Missed: String, Choosable {
        case unknown = "", noAnswer = "no_answer", busy, another, refused

        package var words: Words {
            switch self {
            case .unknown: Words("", "")
            case .noAnswer: Words("无人接听", "No answer")
            case .busy: Words("占线或关机", "Engaged or switched off")
            case .another: Words("非投保人接听", "Not the applicant")
            case .refused: Words("客户不便接听", "Not convenient")
            }
        }
    }

    package var policy = ID<Policy>.none
    package var customer = ID<Customer>.none
    package var receiptOn: Day?
    package var coolingOffEnd: Day?
    package var plannedOn: Day?
    package var missed = Missed.unknown
    package var attempts: [CallAttempt] = []
    package var phone = ""
    package var isApplicant = false
    package var answers: [ScriptAnswer] = []
    package var calledAt: Moment?
    package var isLate = false
    package var suspicion = ID<Suspicion>.none
    package var reason = ""
    package init() {}

    package static let name = "call-back"

    package static let form = Form<CallBack>(
        "犹豫期回访", "Call-back", number: "回访",
        states: [
            .planned: .open("待回访", "To be called"), .problem: .open("有问题，待再次回访", "A problem; to be called again"),
            .done: .done("回访成功", "Succeeded"), .void: .no("不再回访", "Void"),
        ],
        readers: [.either(.customerService, .compliance)],
        [
            .reference(\.policy, "保单", "Policy").listed(), .reference(\.customer, "投保人", "Applicant").subject().listed(),
            .day(\.receiptOn, "签收日期", "Receipt signed on").optional(),
            .day(\.coolingOffEnd, "犹豫期届满", "Cooling-off ends").optional().listed(),
            .day(\.plannedOn, "计划回访日", "Planned for").optional().listed(),
            .choice(\.missed, "未接通情况", "What came of the attempt").onceFilled(),
            .lines(\.attempts, "未接通记录", "Attempts").optional().onceFilled(),
            .sealed(\.phone, "拨打的号码", "Number called", .phone).unindexed().hint(
                "只拨打承保时登记的号码；新号码须先办理更正", "the number recorded at underwriting; a new one goes through a correction first"),
            .flag(\.isApplicant, "投保人本人接听", "The applicant in person"),
            .lines(\.answers, "回访要点", "Points of the script"), .moment(\.calledAt, "回访时间", "Called at").optional().onceFilled(),
            .flag(\.isLate, "已超出犹豫期", "After the cooling-off"),
            .reference(\.suspicion, "问题件", "Suspicious item").optional().onceFilled(),
            .text(\.reason, "不再回访的理由", "Why it is void").onceFilled(),
        ])

    /// Within the contract's days, whatever the customer's own right has been moved to.
    static let limit = Deadline(
        "limit", "犹豫期内回访", "Within the cooling-off", under: authenticity[7], escalatesTo: .post(.compliance),
        reminders: [.days(3), .days(1)])
    package static let deadlines = [limit]

    package static let plan = Step<CallBack>(
        "plan", "列入回访", "Plan", to: .planned, by: .system, under: authenticity[7]
    ) { call, act in try call.prepare(act) }
    package static let register = Step<CallBack>(
        "register", "登记回访", "Register", to: .planned, by: .post(.customerService), under: authenticity[7], fields: [\.policy]
    ) { call, act in
        let known = try act.find(\CallBack.policy, is: call.policy, limit: 20)
        try act.require(
            !known.contains { $0.state != .void }, "该保单已有回访记录\(known.first?.record.number.map { "（\($0)）" } ?? "")",
            "This policy has a call-back\(known.first?.record.number.map { " (\($0))" } ?? "") already")
        try call.prepare(act)
    }
    package static let attempt = Step<CallBack>(
        "attempt", "登记未接通", "Register an attempt", from: .planned, .problem, to: nil, by: .post(.customerService),
        under: authenticity[7], fields: [\.missed], isOptional: true
    ) { call, act in
        // It never counts as a call.
        call.attempts.append(CallAttempt(call.missed, by: act.person, at: act.now))
        call.missed = .unknown
    }
    package static let complete = Step<CallBack>(
        "complete", "回访成功", "Succeeded", from: .planned, .problem, to: .done, by: .post(.customerService), under: authenticity[7],
        authenticity[12], fields: [\.phone, \.isApplicant, \.answers]
    ) { call, act in
        try call.requireKnownNumber(act)
        call.calledAt = act.now
        call.isLate = call.coolingOffEnd.map { act.now >= .endOfDay($0) } ?? false
        act.meet(limit)
    }.task("回访客户", "Call the customer").checking { call, check in
        check.require(
            call.isApplicant, "回访须由投保人本人接听，他人接听不算", "Only a call that the applicant answers in person counts", at: \.isApplicant)
        let open = ScriptPoint.asked.filter { point in !call.answers.contains { $0.point == point && $0.answer == .yes } }
        check.require(
            open.isEmpty, "“\(open.map(\.words.zh).joined(separator: "、"))”未得到肯定答复，请改为登记问题",
            "No yes to: \(open.map(\.words.en).joined(separator: ", ")); register the problem instead", at: \.answers)
    }
    package static let raise = Step<CallBack>(
        "raise", "登记问题", "Register a problem", from: .planned, .problem, to: .problem, by: .post(.customerService),
        under: authenticity[7], authenticity[13], fields: [\.phone, \.isApplicant, \.answers], isOptional: true
    ) { call, act in
        try call.requireKnownNumber(act)
        let doubts = call.answers.filter { $0.answer != .yes }
        try act.require(
            !call.isApplicant || !doubts.isEmpty, "各要点均已肯定答复，请登记回访成功", "Every point has its yes; register that it succeeded")
        var item = Suspicion()
        (item.customers, item.policies, item.phone) = ([call.customer], [call.policy], call.phone)
        item.report =
            (call.isApplicant ? "" : "接听者非投保人本人。")
            + doubts.map { "\($0.point.words.zh)：\($0.answer.words.zh)\($0.note.isEmpty ? "" : "，\($0.note)")" }.joined(separator: "；")
        call.suspicion = try act.create(item, by: Suspicion.report)
    }
    package static let void = Step<CallBack>(
        "void", "不再回访", "Void", from: .planned, .problem, to: .void, by: .post(.customerService), under: authenticity[7],
        fields: [\.reason], isOptional: true
    ) { call, act in
        let policy = try act.load(call.policy)
        let hasDied = try ContactRestriction.hasDied(call.customer, act)
        try act.require(
            policy?.state == .ended || hasDied, "保单有效、投保人在世的，须完成回访", "A policy in force whose applicant is alive is called back")
        act.meet(limit)
    }
    /// 第十六条: a receipt that starts anew starts the call-back anew.
    package static let restart = Step<CallBack>(
        "restart", "随签收重新计算", "Follow a new receipt", from: .planned, .problem, .done, to: .planned, by: .system,
        under: authenticity[16], authenticity[7], isOptional: true
    ) { call, act in
        act.meet(limit)
        (call.isApplicant, call.answers, call.calledAt, call.isLate) = (false, [], nil, false)
        try call.prepare(act)
    }
    package static let steps = [plan, register, attempt, complete, raise, void, restart]

    /// 第七条: with the receipt of a policy its call-back is planned.
    static func plan(_ id: ID<Policy>, _ policy: Policy, _ act: Act) throws {
        if policy.isOutsideRules || policy.applicant.isNone { return }
        var call = CallBack()
        (call.policy, call.customer) = (id, policy.applicant)
        (call.receiptOn, call.coolingOffEnd) = (policy.signedOn, policy.coolingOffEnd)
        try act.create(call, by: CallBack.plan)
    }

    /// A call before the receipt satisfies nothing: there is nothing yet to be asked about.
    private mutating func prepare(_ act: Act) throws {
        // The policy is in the middle of its own step where that plans the call.
        if receiptOn == nil || coolingOffEnd == nil, let policy = try act.load(policy)?.value {
            (customer, receiptOn, coolingOffEnd) = (policy.applicant, policy.signedOn, policy.coolingOffEnd)
        }
        guard let receipt = receiptOn, let end = coolingOffEnd else {
            return try act.require(
                false, "客户尚未签收合同：签收之前的回访不算，请先登记签收", "The contract is not received yet: a call before the receipt satisfies nothing")
        }
        // The script stands in the form, to be answered point by point.
        answers = ScriptPoint.asked.map { ScriptAnswer($0, .unknown) }
        plannedOn = max(act.today, CoolingOff.lastWorkingDay(upTo: end, act.calendar))
        // 23:59 of the last day is in time, 00:00 of the next is late.
        act.start(CallBack.limit, due: Moment.endOfDay(end).adding(milliseconds: -1), since: .startOfDay(receipt)) {
            Words("签收登记时已过犹豫期", "The cooling-off was over when the receipt was registered")
        }
    }

    private func requireKnownNumber(_ act: Act) throws {
        let customer = try act.load(customer)?.value
        try act.require(
            customer?.knows(phone, .phone) ?? false, "该号码不是客户登记的号码；新号码须先办理更正，再回访",
            "This is no number of the customer's record; a new one goes through a correction first")
    }
}

/// A call that reached nobody, or not the applicant.
package struct CallAttempt: Line {
    package var at: Moment?
    package var missed = CallBack.Missed.unknown
    package var person = PersonID.none
    package init() {}

    init(_ missed: CallBack.Missed, by person: PersonID, at now: Moment) { (self.missed, self.person, at) = (missed, person, now) }

    package static let fields: [Field<CallAttempt>] = [
        .moment(\.at, "时间", "At"), .choice(\.missed, "情况", "What came of it"), .person(\.person, "回访人", "Called by"),
    ]
}
