import Identifiers
import Kernel
import WorkCalendar

extension Suspicion {
    package static let screening = Deadline(
        "screening", "列入可疑清单", "Listing", under: authenticity[7], escalatesTo: .post(.customerService), ofWorkingDays: true)
    package static let investigation: Deadline = Deadline(
        "investigation", "三个工作日内排查", "Investigation", under: authenticity[13], escalatesTo: .either(.customerService, .compliance),
        moves: reschedule)
    package static let callBack = Deadline(
        "callBack", "犹豫期回访前完成", "Before the call-back", under: authenticity[7], escalatesTo: .post(.compliance))
    package static let coolingOff = Deadline(
        "coolingOff", "犹豫期内补录", "Within the cooling-off", under: authenticity[13], escalatesTo: .either(.customerService, .compliance))
    package static let deadlines = [screening, investigation, callBack, coolingOff]

    private static let investigators = Who.post(.backOffice, of: \Suspicion.channelUnit)
    private static var evidenceFields: [PartialKeyPath<Suspicion>] {
        [
            \Suspicion.report, \Suspicion.evidence, \Suspicion.isSignedByCustomer, \Suspicion.statements, \Suspicion.signedReport,
            \Suspicion.collector, \Suspicion.reasonWithout,
        ]
    }

    package static let notice = Step<Suspicion>(
        "notice", "发现", "Notice", to: .noticed, by: .system, under: authenticity[7], authenticity[11]
    ) { item, act in
        // What is found on a day off belongs to the next working day's list.
        act.start(screening, workingDays: try act.parameter(.screeningWorkingDays), belated: true)
        try item.startCoolingOff(act)
    }
    package static let join = Step<Suspicion>(
        "join", "并入同一线索", "Join", from: .noticed, to: nil, by: .system, under: authenticity[7], isOptional: true)
    package static let follow = Step<Suspicion>(
        "follow", "犹豫期随保单签收", "Follow the policy's receipt", from: .noticed, .listed, .distributed, .received, .investigating,
        .evidenced,
        .verified, to: nil, by: .system, under: authenticity[7], isOptional: true
    ) { item, act in
        if let end = item.coolingOffEnd {
            let last = CoolingOff.lastDay(of: end, after: act.today, act.calendar)
            act.restart(coolingOff, due: .endOfDay(last))
            // Once it is distributed, the day is what somebody has planned.
            if [State.noticed.rawValue, State.listed.rawValue].contains(act.record.state) {
                item.callBackOn = end > act.today ? last : nil
            }
        }
        item.warnOfLateInvestigation(act)
    }
    package static let reschedule = Step<Suspicion>(
        "reschedule", "排查期限随工作日变更", "Follow the working days", from: .received, .investigating, to: nil, by: .system,
        under: authenticity[13], isOptional: true
    ) { item, act in
        item.investigateBy = try act.due(investigation)?.adding(milliseconds: -1).day
        item.warnOfLateInvestigation(act)
    }
    package static let list = Step<Suspicion>("list", "列入可疑清单", "List", from: .noticed, to: .listed, by: .system, under: authenticity[7]) {
        _, act in act.meet(screening)
    }
    package static let report = Step<Suspicion>(
        "report", "登记回访中的可疑情况", "Register a call-back finding", to: .listed, by: .post(.customerService), under: authenticity[13],
        fields: [\Suspicion.customers, \Suspicion.policies, \Suspicion.phone, \Suspicion.report]
    ) { item, act in
        (item.kind, item.day) = (.callBack, act.today)
        try act.refuse(Telephone.faults(item.phone, field: "phone"))
        try item.addBook(of: item.customers, act)
        try item.assign(to: nil, .unknown, act)
        try item.startCoolingOff(act)
        for customer in item.customers { try act.take(Customer.suspect, on: customer) { $0.cause = .callBack } }
    }
    package static let distribute = Step<Suspicion>(
        "distribute", "分发", "Distribute", from: .listed, to: .distributed, by: .post(.customerService), under: authenticity[13],
        fields: [\Suspicion.channelUnit, \Suspicion.leader, \Suspicion.callBackOn]
    ) { item, act in
        try item.requireReceivers(act)
        try item.requireCallBack(act)
        if let day = item.callBackOn { act.restart(callBack, due: .startOfDay(day)) }
        act.notify(investigators, "可疑问题件已分发给您，请接收并排查", "A suspicious item was distributed to you; receive and investigate it")
        // 第十三条: the leaders of all agents concerned have the item at once.
        let leaders = Set([item.leader] + (try item.agents.compactMap { try act.load($0)?.value.leader })).filter { !$0.isNone }
        for leader in leaders {
            let quarter = act.now.adding(days: 90), zh = "团队负责人知悉", en = "For the team leader to know"
            try act.grant(leader, as: .teamLeader, until: quarter, zh, en)
            try act.grant(leader, as: .teamLeader, on: item.customers, until: quarter, zh, en)
            try act.grant(leader, as: .teamLeader, on: item.policies, until: quarter, zh, en)
            try act.grant(leader, as: .teamLeader, on: item.agents, until: quarter, zh, en)
        }
        act.notify(Array(leaders), "您团队的可疑问题件已分发", "A suspicious item of your team was distributed")
    }
    package static let receive = Step<Suspicion>(
        "receive", "接收", "Receive", from: .distributed, to: .received, by: investigators, under: authenticity[13]
    ) { item, act in
        try item.startInvestigation(act)
        // Whoever investigates reads what the item is about, and nothing else of the book.
        let month = act.now.adding(days: 30)
        try act.grant(act.person, on: item.customers, until: month, "排查可疑问题件", "To investigate a suspicious item")
        try act.grant(act.person, on: item.policies, until: month, "排查可疑问题件", "To investigate a suspicious item")
    }
    package static let investigate = Step<Suspicion>(
        "investigate", "开始排查", "Investigate", from: .received, to: .investigating, by: investigators, under: authenticity[13]
    ) { item, act in try item.begin(act) }
    package static let takeOver = Step<Suspicion>(
        "takeOver", "客服接手排查", "Take over", from: .distributed, .received, .investigating, to: .investigating,
        by: .post(.customerService), under: authenticity[13], isOptional: true
    ) { item, act in
        try act.require(item.investigator != act.person, "您已在排查该件", "You investigate this item already")
        act.notify([item.investigator], "客服已接手您排查的问题件", "Customer service took over the item that you investigated")
        try item.startInvestigation(act)
        try item.begin(act)
    }
    package static let completeEvidence = Step<Suspicion>(
        "evidence", "取证完毕", "Complete the evidence", from: .investigating, to: .evidenced, by: .named(\Suspicion.investigator),
        under: authenticity[13], fields: evidenceFields
    ) { item, act in item.end(act) }.task("调查取证", "Collect the evidence").checking(requirePapers)
    /// 第十三条 counts from the receipt and asks for what was found: whoever has all of it when the item comes begins and ends in one act.
    package static let completeAtOnce = Step<Suspicion>(
        "evidenceAtOnce", "取证完毕", "Complete the evidence", from: .received, to: .evidenced, by: investigators,
        under: authenticity[13], fields: evidenceFields, isOptional: true
    ) { item, act in
        try item.begin(act)
        item.end(act)
    }.checking(requirePapers)
    package static let verify = Step<Suspicion>(
        "verify", "核实", "Verify", from: .evidenced, to: .verified, by: .either(.compliance, .customerService),
        notBy: investigate, takeOver, completeEvidence, completeAtOnce, under: authenticity[13], fields: [\Suspicion.conclusion],
        signs: true
    ) { item, act in
        try act.require(
            item.conclusion != .samePerson, "系同一人的，请办理“客户并档”，本件随之撤销",
            "Where it is one person, join the two records; the item is dissolved by that")
    }
    package static let giveBack = Step<Suspicion>(
        "return", "退回补查", "Return", from: .evidenced, to: .investigating, by: .either(.compliance, .customerService),
        under: authenticity[13], fields: [\Suspicion.returnReason], isOptional: true
    ) { item, act in
        // The three days pause for nothing: they go on from the receipt.
        try act.resume(investigation)
        act.notify([item.investigator], "问题件被退回，请按退回理由补查", "The item was returned; its reason says what to look into")
    }
    package static let dissolve = Step<Suspicion>(
        "dissolve", "系同一人，撤销", "Dissolve: one person", from: .noticed, .listed, .distributed, .received, .investigating, .evidenced,
        .verified, to: .closed, by: .system, under: authenticity[7], isOptional: true
    ) { item, act in
        item.conclusion = .samePerson
        for deadline in deadlines { act.meet(deadline) }
    }
    package static let reopen = Step<Suspicion>(
        "reopen", "恢复", "Restore", from: .closed, to: .listed, by: .system, under: authenticity[7], isOptional: true
    ) { item, act in
        item.conclusion = .open
        try item.startCoolingOff(act)
    }
    package static let moveCustomer = Step<Suspicion>(
        "moveCustomer", "随客户并档调整", "Follow joined customers", from: .noticed, .listed, .distributed, .received, .investigating,
        .evidenced, .verified, .closed, to: nil, by: .system, under: authenticity[2], isOptional: true)
    package static let close = Step<Suspicion>(
        "close", "结案", "Close", from: .verified, to: .closed, by: .post(.customerService),
        notBy: investigate, takeOver, completeEvidence, completeAtOnce, under: authenticity[13], fields: [\Suspicion.correction],
        signs: true
    ) { item, act in
        try item.requireEvidence(act)
        try item.conclude(act)
        for deadline in deadlines { act.meet(deadline) }
    }
    package static let steps = [
        notice, join, follow, reschedule, list, report, distribute, receive, investigate, takeOver, completeEvidence,
        completeAtOnce, verify, giveBack, dissolve, reopen, moveCustomer, close,
    ]

    private static let requirePapers: Step<Suspicion>.Checks = { item, check in
        // Each by itself: whoever attached the papers is told of the signature alone.
        check.require(
            !item.evidence.isEmpty || !item.reasonWithout.isEmpty, "请附上客户证明材料；确无需要的，写明理由",
            "Attach the customer's evidence, or state why none is needed", at: \.evidence)
        check.require(
            item.isSignedByCustomer || !item.reasonWithout.isEmpty, "请取得客户亲笔签名并勾选；确无需要的，写明理由",
            "Have the customer sign and tick it, or state why no signature is needed", at: \.isSignedByCustomer)
    }

    /// The investigation is in somebody's hand, and the customers' data is said to be looked into.
    private mutating func begin(_ act: Act) throws {
        investigator = act.person
        for customer in customers { try act.take(Customer.investigate, on: customer) }
    }

    private mutating func end(_ act: Act) {
        if collector.isNone { collector = act.person }
        act.meet(Suspicion.investigation)
    }

    /// 第十三条: it goes to a unit whose channel has a back office, and to nobody but a team leader.
    private func requireReceivers(_ act: Act) throws {
        let office = act.organisation.place(of: Post.backOffice.id, from: channelUnit, on: act.today)
        try act.require(
            office != nil, "所选单位及其上级没有渠道内勤，无人接收，请改选", "Neither the unit nor one above it has a back office to receive the item")
        let leads = act.organisation.holdings(of: leader, on: act.today).contains { $0.post == Post.teamLeader.id }
        try act.require(leader.isNone || leads, "所选人员不是团队负责人，请改选", "The person chosen is no team leader; choose another")
    }

    /// The earliest end of cooling-off among the policies: what is to be entered is entered by the last working day within it. Where all
    /// are over there is none; a receipt that is registered later starts it.
    private mutating func startCoolingOff(_ act: Act) throws {
        coolingOffEnd = try coolingOffToCome(act)
        guard let end = coolingOffEnd else { return }
        let last = CoolingOff.lastDay(of: end, after: act.today, act.calendar)
        act.start(Suspicion.coolingOff, due: .endOfDay(last))
        // Whoever distributes may plan the call-back for another day within it.
        if kind != .callBack { callBackOn = end > act.today ? last : nil }
    }

    /// 第十三条: three working days from the receipt. Received again, or taken over after it, the item keeps the day that it has.
    private mutating func startInvestigation(_ act: Act) throws {
        guard investigateBy == nil else { return }
        investigateBy = act.start(Suspicion.investigation, workingDays: try act.parameter(.investigationWorkingDays)).day
        warnOfLateInvestigation(act)
    }

    /// Three working days may end after the call-back and the cooling-off, for which the item has to be finished.
    private mutating func warnOfLateInvestigation(_ act: Act) {
        guard let limit = investigateBy else { return }
        let isBehindCallBack = callBackOn.map { $0 > act.today && limit >= $0 } ?? false
        let isTooLate = isBehindCallBack || coolingOffEnd.map { $0 >= act.today && limit > $0 } ?? false
        let before = warnings
        warnings = isTooLate ? Warning.investigationTooLate.rawValue : ""
        guard isTooLate, before.isEmpty else { return }
        let first = [callBackOn, coolingOffEnd].compactMap { $0 }.min() ?? limit
        act.notify(
            .any([Suspicion.investigators, .post(.customerService)]), "问题件的排查期限 \(limit) 晚于回访或犹豫期届满（\(first)），请提前完成",
            "The item's investigation is due on \(limit), after the call-back or the cooling-off (\(first)); finish it earlier")
    }

    /// 第十三条: evidence and the customer's own signature, or a stated reason why none is needed.
    private func requireEvidence(_ act: Act) throws {
        let isComplete = !evidence.isEmpty && isSignedByCustomer
        try act.require(
            isComplete || !reasonWithout.isEmpty, "请附上客户证明材料并取得亲笔签名；确无需要的，写明理由",
            "Attach the evidence with the customer's own signature, or state why none is needed")
    }

    private func conclude(_ act: Act) throws {
        switch conclusion {
        case .corrected:
            let named = try correction.isNone ? nil : act.load(correction)
            try act.require(
                named?.state == .applied, "结论为已更正的，须先办结更正记录并在此引用", "A correction must be applied and named here before the item closes")
            let item = ID<Suspicion>(act.record.id)
            try act.require(
                named.map { customers.contains($0.value.customer) && $0.value.suspicion == item } ?? false,
                "所引用的更正不是为本件办理的，请改选", "The correction named was not made for this item; choose another")
            let made = try act.find(\Correction.suspicion, is: item, in: .applied, limit: 1000)
            try clearCustomers(act, corrected: Set(made.map(\.value.customer)))
        case .falseData:
            for customer in customers { try act.take(Customer.contradict, on: customer) { $0.cause = .falseData } }
            act.notify(.post(.compliance), "问题件查实有人提供不实资料", "An item was closed: false data were given")
            try FalseDataFinding.enter(self, act)
        case .genuine, .samePerson, .open: try clearCustomers(act)
        }
    }

    /// An item that names the customer and is not closed.
    static func open(naming customer: ID<Customer>, _ act: Act) throws -> Found<Suspicion>? {
        try act.find(\Suspicion.customers, with: customer, limit: 1000).first { ![.closed, nil].contains($0.state) }
    }

    /// Whoever was only held in doubt by this item is in doubt no more; who stands in another open one still is.
    private func clearCustomers(_ act: Act, corrected: Set<ID<Customer>> = []) throws {
        for customer in customers {
            guard let state = try act.load(customer)?.state, state == .suspicious || state == .investigated,
                try Suspicion.open(naming: customer, act) == nil
            else { continue }
            try act.take(corrected.contains(customer) ? Customer.correct : Customer.clear, on: customer) {
                // 第十二条: verified by this item's investigation, and by nothing else.
                ($0.verifiedFrom, $0.verifiedAt) = (act.record.number ?? "", act.now)
            }
        }
    }
}
