import Identifiers
import Kernel
import WorkCalendar

extension Suspicion {
    package static let screening = Deadline(
        "screening", "列入可疑清单", "Listing", under: authenticity[7], escalatesTo: .post(.customerService))
    package static let investigation = Deadline(
        "investigation", "三个工作日内排查", "Investigation", under: authenticity[13], escalatesTo: .either(.customerService, .compliance),
        moves: "reschedule")
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

    package static let steps: [Step<Suspicion>] = [
        Step("notice", "发现", "Notice", to: .noticed, by: .system, under: authenticity[7], authenticity[11]) { item, act in
            // What is found on a day off belongs to the next working day's list.
            act.start(screening, workingDays: try act.parameter("screeningWorkingDays"), belated: true)
            try item.startCoolingOff(act)
        },
        Step("join", "并入同一线索", "Join", from: .noticed, to: nil, by: .system, under: authenticity[7], isOptional: true),
        Step(
            "follow", "犹豫期随保单签收", "Follow the policy's receipt", from: .noticed, .listed, .distributed, .received, .investigating,
            .evidenced,
            .verified, to: nil, by: .system, under: authenticity[7], isOptional: true
        ) { item, act in
            if let end = item.coolingOffEnd { act.restart(coolingOff, due: .endOfDay(end)) }
        },
        Step(
            "reschedule", "排查期限随工作日变更", "Follow the working days", from: .received, .investigating, to: nil, by: .system,
            under: authenticity[13], isOptional: true
        ) { item, act in item.investigateBy = try act.due(investigation)?.adding(milliseconds: -1).day },
        Step("list", "列入可疑清单", "List", from: .noticed, to: .listed, by: .system, under: authenticity[7]) { _, act in act.meet(screening) },
        Step(
            "report", "登记回访中的可疑情况", "Register a call-back finding", to: .listed, by: .post(.customerService), under: authenticity[13],
            asks: [\Suspicion.customers, \Suspicion.policies, \Suspicion.phone, \Suspicion.report]
        ) { item, act in
            (item.kind, item.day) = (.callBack, act.today)
            try act.refuse(Telephone.faults(item.phone, field: "phone"))
            try item.addBook(of: item.customers, act)
            try item.assign(to: nil, .unknown, act)
            try item.startCoolingOff(act)
            for customer in item.customers { try act.take("suspect", on: customer) { $0.cause = .callBack } }
        },
        Step(
            "distribute", "分发", "Distribute", from: .listed, to: .distributed, by: .post(.customerService), under: authenticity[13],
            asks: [\Suspicion.channelUnit, \Suspicion.leader, \Suspicion.callBackOn]
        ) { item, act in
            try item.requireReceivers(act)
            if let day = item.callBackOn {
                try act.require(
                    day > act.today, "回访日期须晚于今天：调查和修正须在回访之前完成", "The call-back comes after today: the item is finished before it",
                    under: authenticity[7])
                if let end = item.coolingOffEnd, end >= act.today {
                    try act.require(
                        day <= end, "回访须在犹豫期内，犹豫期 \(end) 届满，请改早",
                        "The call-back lies within the cooling-off, which ends on \(end); choose an earlier day",
                        under: authenticity[7])
                }
                act.start(callBack, due: .startOfDay(day))
            }
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
        },
        Step("receive", "接收", "Receive", from: .distributed, to: .received, by: investigators, under: authenticity[13]) { item, act in
            try item.startInvestigation(act)
            // Whoever investigates reads what the item is about, and nothing else of the book.
            let month = act.now.adding(days: 30)
            try act.grant(act.person, on: item.customers, until: month, "排查可疑问题件", "To investigate a suspicious item")
            try act.grant(act.person, on: item.policies, until: month, "排查可疑问题件", "To investigate a suspicious item")
        },
        Step("investigate", "开始排查", "Investigate", from: .received, to: .investigating, by: investigators, under: authenticity[13]) {
            item, act in
            item.investigator = act.person
            for customer in item.customers { try act.take("investigate", on: customer) }
        },
        Step(
            "takeOver", "客服接手排查", "Take over", from: .distributed, .received, .investigating, to: .investigating,
            by: .post(.customerService), under: authenticity[13], isOptional: true
        ) { item, act in
            try act.require(item.investigator != act.person, "您已在排查该件", "You investigate this item already")
            act.notify([item.investigator], "客服已接手您排查的问题件", "Customer service took over the item that you investigated")
            item.investigator = act.person
            try item.startInvestigation(act)
            for customer in item.customers { try act.take("investigate", on: customer) }
        },
        Step(
            "evidence", "取证完毕", "Complete the evidence", from: .investigating, to: .evidenced, by: .named(\Suspicion.investigator),
            under: authenticity[13], asks: evidenceFields
        ) { item, act in
            try item.requireEvidence(act)
            if item.collector.isNone { item.collector = act.person }
            act.meet(investigation)
        },
        Step(
            "verify", "核实", "Verify", from: .evidenced, to: .verified, by: .either(.compliance, .customerService),
            notBy: "investigate", "takeOver", "evidence", under: authenticity[13], asks: [\Suspicion.conclusion], signs: true),
        Step(
            "return", "退回补查", "Return", from: .evidenced, to: .investigating, by: .either(.compliance, .customerService),
            under: authenticity[13], asks: [\Suspicion.returnReason], isOptional: true
        ) { item, act in
            // The three days pause for nothing: they go on from the receipt.
            try act.resume(investigation)
            act.notify([item.investigator], "问题件被退回，请按退回理由补查", "The item was returned; its reason says what to look into")
        },
        Step(
            "close", "结案", "Close", from: .verified, to: .closed, by: .post(.customerService), notBy: "investigate", "takeOver", "evidence",
            under: authenticity[13], asks: [\Suspicion.correction], signs: true
        ) { item, act in
            try item.requireEvidence(act)
            try item.conclude(act)
            for deadline in deadlines { act.meet(deadline) }
        },
    ]

    /// 第七条: the list of a working day is closed by the end of the next. Run again, there is nothing left to list.
    package static let nightlyList = Duty(
        "suspicious-list", "可疑客户问题件清单", "List of suspicious customers", under: authenticity[7], .eachWorkingDay
    ) { duty in
        let items = try duty.all(Suspicion.self, in: .noticed, createdBy: duty.day)
        for item in items { try duty.take("list", on: item.id) }
        guard !items.isEmpty else { return }
        try duty.notify(
            .customerService, "\(duty.day) 的可疑清单共 \(items.count) 件，请整理分发",
            "The list of \(duty.day) has \(items.count) item\(items.count == 1 ? "" : "s"); sort and distribute")
    }

    /// 第十三条: it goes to a unit whose channel has a back office, and to nobody but a team leader.
    private func requireReceivers(_ act: Act) throws {
        let office = act.organisation.place(of: Post.backOffice.id, from: channelUnit, on: act.today)
        try act.require(
            office != nil, "所选单位及其上级没有渠道内勤，无人接收，请改选", "Neither the unit nor one above it has a back office to receive the item")
        let leads = act.organisation.holdings(of: leader, on: act.today).contains { $0.post == Post.teamLeader.id }
        try act.require(leader.isNone || leads, "所选人员不是团队负责人，请改选", "The person chosen is no team leader; choose another")
    }

    /// The earliest end of cooling-off among the policies; where no receipt was signed yet, counted from today.
    private mutating func startCoolingOff(_ act: Act) throws {
        let ends = try policies.compactMap { try act.load($0)?.value.coolingOffEnd }.filter { $0 >= act.today }
        let days = try act.parameter("coolingOffDays")
        let end = ends.min() ?? act.today.adding(days: days)
        coolingOffEnd = end
        act.start(Suspicion.coolingOff, due: .endOfDay(end))
    }

    /// 第十三条: three working days from the receipt. Received again, or taken over after it, the item keeps the day that it has.
    private mutating func startInvestigation(_ act: Act) throws {
        guard investigateBy == nil else { return }
        investigateBy = act.start(Suspicion.investigation, workingDays: try act.parameter("investigationWorkingDays")).day
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
            for customer in customers { try act.take("contradict", on: customer) { $0.cause = .falseData } }
            act.notify(.post(.compliance), "问题件查实有人提供不实资料", "An item was closed: false data were given")
        case .genuine, .open: try clearCustomers(act)
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
            try act.take(corrected.contains(customer) ? "correct" : "clear", on: customer)
        }
    }
}
