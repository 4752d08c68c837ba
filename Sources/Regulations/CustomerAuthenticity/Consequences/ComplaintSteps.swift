import Kernel
import WorkCalendar

/// The way of a complaint (第十四条): received, handed to somebody without an own interest, investigated, decided by another, told.
extension Complaint {
    private static let deciders = Who.any([.named(\Complaint.decider), .named(\Complaint.above)])

    package static let receive = Step<Complaint>(
        "receive", "受理投诉", "Receive", to: .received, by: .post(.customerService), under: authenticity[14],
        fields: [
            \.way, \.receivedOn, \.complainantName, \.complainantPhone, \.complainantDocument, \.complainant, \.speakers, \.matter,
            \.agentNo,
            \.agencyName, \.policyNo, \.facts, \.papers, \.respondent,
        ], isIrrevocable: true
    ) { complaint, act in
        try complaint.identify(act)
        try act.require(
            complaint.respondent.isNone || complaint.respondent != act.person, "投诉针对您本人，请由其他客服人员受理",
            "It is about you; somebody else receives it")
        try complaint.nameDeciders(act)
        try complaint.startLimit(act)
        act.notify([complaint.decider], "收到一件投诉，请指定承办人", "A complaint came in; name who handles it")
    }.checking { complaint, check in
        check.require(
            complaint.receivedOn.map { $0 <= check.act.today } ?? false, "收到日期不能晚于今天", "It cannot have come after today",
            at: \.receivedOn)
        let most = try check.act.parameter(.complaintSpeakers)
        check.require(
            complaint.speakers.count <= most, "共同投诉的代表不超过 \(most) 人，请推选", "A group has at most \(most) speakers; it chooses them",
            at: \.speakers)
    }
    package static let assign = Step<Complaint>(
        "assign", "指定承办人", "Name the handler", from: .received, to: .investigating,
        by: .any([.named(\Complaint.decider), .requester]), under: authenticity[14], fields: [\.handler]
    ) { complaint, act in
        try complaint.requireFree(complaint.handler, act)
        (complaint.hasNoInterest, complaint.assigner) = (false, act.principal.effective)
        try complaint.nameDeciders(act)
        act.notify(
            [complaint.handler], "请承办一件投诉，先确认与本件无利害关系", "A complaint is yours to handle; confirm first that you have no interest in it")
    }
    /// Whoever has an interest of his own, or cannot go on, gives it back.
    package static let handBack = Step<Complaint>(
        "handBack", "退回改派", "Hand back", from: .investigating, to: .received,
        by: .any([.named(\Complaint.handler), .named(\Complaint.decider), .requester]), under: authenticity[14], fields: [\.returnReason],
        isOptional: true
    ) { complaint, act in
        try act.require(!complaint.returnReason.isEmpty, "请写明改派的理由", "Say why it changes hands")
        complaint.handler = .none
        act.notify([complaint.decider], "一件投诉退回改派，请另行指定承办人", "A complaint was handed back; name another handler")
    }
    /// Whoever is complained about turns out to log in here: what is under way closes to that log-in at once.
    package static let learnRespondent = Step<Complaint>(
        "learnRespondent", "被投诉人系本系统用户", "Learn who is complained about", from: .received, .investigating, .concluded, .reviewing, to: nil,
        by: .system, under: authenticity[14], isOptional: true
    ) { complaint, act in try complaint.nameDeciders(act) }
    package static let takeAway = Step<Complaint>(
        "takeAway", "承办人系被投诉人，收回改派", "Take it from the handler", from: .investigating, to: .received, by: .system,
        under: authenticity[14], isOptional: true
    ) { complaint, act in
        complaint.handler = .none
        act.notify([complaint.decider], "一件投诉须另行指定承办人", "A complaint needs another handler")
    }
    package static let identifySeller = Step<Complaint>(
        "identify", "核定被投诉人和保单", "Settle whom it is about", from: .investigating, to: nil, by: .named(\Complaint.handler),
        under: authenticity[14], fields: [\.matter, \.agentNo, \.agencyName, \.policyNo, \.respondent], isOptional: true
    ) { complaint, act in
        try complaint.identify(act)
        try complaint.requireNobodyConcerned(act)
        try complaint.nameDeciders(act)
    }
    package static let disclose = Step<Complaint>(
        "disclose", "告知被投诉人", "Tell who is complained about", from: .investigating, to: nil, by: .named(\Complaint.handler),
        under: authenticity[14], fields: [\.allegation], isOptional: true
    ) { complaint, act in
        try act.require(
            !complaint.respondent.isNone, "被投诉人没有本系统账号：请当面或书面告知，并在“登记陈述”中记录",
            "The seller has no log-in here; tell him on paper and record what he says")
        try act.require(
            !complaint.isTold(to: act), "告知内容中不得出现投诉人的姓名、电话或证件号码", "Nothing of the complainant's name or numbers is put to the seller")
        try RespondentStatement.ask(complaint, of: act)
    }
    package static let hear = Step<Complaint>(
        "hear", "登记陈述", "Record what the seller says", from: .investigating, to: nil, by: .named(\Complaint.handler),
        under: authenticity[14], fields: [\.statement], isOptional: true)
    package static let receiveStatement = Step<Complaint>(
        "receiveStatement", "收到陈述", "Receive the statement", from: .investigating, .concluded, to: nil, by: .system,
        under: authenticity[14], isOptional: true
    ) { complaint, act in act.notify([complaint.handler], "被投诉人已提交陈述", "The seller's statement has come") }
    package static let extend = Step<Complaint>(
        "extend", "情况复杂，延期", "Extend: complex", from: .received, .investigating, .concluded, to: nil, by: .named(\Complaint.decider),
        under: authenticity[14], fields: [\.extensionReason, \.extensionToldOn], isOptional: true, signs: true
    ) { complaint, act in try complaint.extend(veryComplex: false, act) }
    package static let extendFurther = Step<Complaint>(
        "extendFurther", "情况特别复杂，批准再延期", "Extend further: very complex", from: .received, .investigating, .concluded, to: nil,
        by: .named(\Complaint.above), notBy: extend, under: authenticity[14], fields: [\.extensionReason, \.extensionToldOn],
        isOptional: true,
        signs: true
    ) { complaint, act in try complaint.extend(veryComplex: true, act) }
    package static let conclude = Step<Complaint>(
        "conclude", "调查完毕", "Conclude the investigation", from: .investigating, to: .concluded, by: .named(\Complaint.handler),
        under: authenticity[14], fields: [\.findings, \.evidence, \.hasNoInterest]
    ) { complaint, act in
        try complaint.requireFree(act.principal.effective, act)
        try act.require(
            complaint.hasNoInterest, "承办人须声明与投诉事项无利害关系；有利害关系的请退回改派",
            "The handler states to have no own interest in it; else somebody else handles it")
    }.task("调查投诉", "Look into the complaint")
    package static let giveBack = Step<Complaint>(
        "return", "退回补查", "Return", from: .concluded, to: .investigating, by: deciders, notBy: conclude, under: authenticity[14],
        fields: [\.decision], isOptional: true
    ) { complaint, act in act.notify([complaint.handler], "投诉被退回，请补充调查", "The complaint was returned; look into it further") }

    package static let uphold = Step<Complaint>(
        "uphold", "查实", "Uphold", from: .concluded, to: .upheld, by: deciders, notBy: conclude, under: authenticity[14],
        fields: [\.behaviours, \.decision], isIrrevocable: true, signs: true
    ) { complaint, act in
        try complaint.requireFree(act.principal.effective, act)
        try complaint.beUpheld(act)
    }
    package static let reject = Step<Complaint>(
        "reject", "未查实", "Do not uphold", from: .concluded, to: .rejected, by: deciders, notBy: conclude, under: authenticity[14],
        fields: [\.decision], isOptional: true, isIrrevocable: true, signs: true
    ) { complaint, act in
        try complaint.requireFree(act.principal.effective, act)
        complaint.decidedOn = act.today
        try RespondentStatement.close(of: act)
    }
    /// 第十四条: within the limit it is told as well as finished.
    package static let answerComplainant = Step<Complaint>(
        "answer", "告知投诉人", "Tell the complainant", from: .upheld, .rejected, .overturned, to: nil,
        by: .any([.named(\Complaint.handler), .requester]), when: { $0.value.answeredOn == nil }, under: authenticity[14],
        fields: [\.answeredOn, \.answer]
    ) { complaint, act in
        let isInOrder = complaint.answeredOn.map { $0 <= act.today && $0 >= complaint.decidedOn ?? .first } ?? false
        try act.require(isInOrder, "告知日期不能早于决定之日或晚于今天", "It is told not before it was decided and not after today")
        act.meet(answering)
    }

    package static let retract = Step<Complaint>(
        "retract", "投诉人撤回", "Withdrawn by the complainant", from: .received, .investigating, .concluded, to: .retracted,
        by: .any([.requester, .named(\Complaint.handler)]), under: authenticity[14], fields: [\.retractedOn, \.retraction, \.papers],
        isOptional: true, isIrrevocable: true
    ) { complaint, act in
        guard let day = complaint.retractedOn, let received = complaint.receivedOn else { return }
        try act.require(
            day <= act.today && day >= received, "撤回日期不能早于收到投诉之日或晚于今天", "It is withdrawn not before it came and not after today")
        // 第十四条: the procedure ends on the day on which the withdrawal arrives.
        act.meet(answering, at: min(act.now, .endOfDay(day).adding(milliseconds: -1)))
        try RespondentStatement.close(of: act)
        act.notify([complaint.handler, complaint.decider], "投诉人已撤回投诉，程序终止", "The complaint was withdrawn; the procedure has ended")
    }
    /// What was found by ourselves stands, whoever withdrew.
    package static let upholdOwn = Step<Complaint>(
        "upholdOwn", "撤回后依职权查实", "Uphold by own finding", from: .retracted, to: .upheld, by: deciders, notBy: conclude,
        under: authenticity[14], fields: [\.findings, \.evidence, \.behaviours, \.decision], isOptional: true, isIrrevocable: true,
        signs: true
    ) { complaint, act in
        try complaint.requireFree(act.principal.effective, act)
        try complaint.beUpheld(act)
    }

    package static let askReview = Step<Complaint>(
        "askReview", "投诉人申请复核", "Ask for a review", from: .upheld, .rejected, to: .reviewing,
        by: .any([.requester, .named(\Complaint.handler)]), under: authenticity[14], fields: [\.reviewReason, \.papers], isOptional: true
    ) { complaint, act in
        guard let told = complaint.answeredOn else {
            return try act.require(false, "决定尚未告知投诉人，不能申请复核", "The decision has not been told yet")
        }
        let last = told.adding(days: try act.parameter(.complaintReviewDays))
        try act.require(act.today <= last, "复核申请期限 \(last) 已过", "A review could be asked for until \(last)")
        complaint.wasUpheld = act.record.state == State.upheld.rawValue
        act.notify([complaint.above], "投诉人申请复核，请办理", "A review is asked for")
    }
    package static let upholdOnReview = Step<Complaint>(
        "upholdOnReview", "复核：查实", "Uphold on review", from: .reviewing, to: .upheld, by: .named(\Complaint.above),
        notBy: conclude, uphold, reject, upholdOwn, under: authenticity[14], fields: [\.behaviours, \.decision], isIrrevocable: true,
        signs: true
    ) { complaint, act in
        try complaint.requireFree(act.principal.effective, act)
        complaint.answeredOn = nil
        try complaint.beUpheld(act)
    }
    package static let rejectOnReview = Step<Complaint>(
        "rejectOnReview", "复核：未查实", "Do not uphold on review", from: .reviewing, to: .rejected, by: .named(\Complaint.above),
        notBy: conclude, uphold, reject, upholdOwn, when: { !$0.value.wasUpheld }, under: authenticity[14], fields: [\.decision],
        isOptional: true,
        isIrrevocable: true, signs: true
    ) { complaint, act in
        (complaint.decidedOn, complaint.answeredOn) = (act.today, nil)
    }
    /// What was upheld falls away, by a review or a judgment: the count falls, and what it opened is not erased.
    package static let overturn = Step<Complaint>(
        "overturn", "撤销查实决定", "Overturn", from: .upheld, .reviewing, to: .overturned, by: .named(\Complaint.above),
        notBy: uphold, upholdOwn, when: { $0.state == .upheld || $0.value.wasUpheld }, under: authenticity[14],
        fields: [\.decision, \.evidence],
        isOptional: true, isIrrevocable: true, signs: true
    ) { complaint, act in
        try complaint.requireFree(act.principal.effective, act)
        (complaint.decidedOn, complaint.answeredOn) = (act.today, nil)
        try complaint.follow(as: .overturned, act)
    }

    package static let link = Step<Complaint>(
        "link", "并为同一销售行为", "Link to the same sale", from: .investigating, .concluded, .upheld, .rejected, .retracted, to: nil,
        by: deciders, under: authenticity[14], fields: [\.sameSaleAs, \.linkReason], isOptional: true
    ) { complaint, act in
        let other = try act.load(complaint.sameSaleAs)
        try act.require(
            other != nil && other?.id.raw != act.record.id && other?.value.seller == complaint.seller,
            "只能与同一销售主体的另一件投诉并案", "It is linked to another complaint about the same seller")
        complaint.isOwnAct = false
        try complaint.recount(act)
    }
    package static let separate = Step<Complaint>(
        "separate", "系另一行为，单独计次", "Count by itself", from: .investigating, .concluded, .upheld, .rejected, .retracted, to: nil,
        by: deciders, under: authenticity[14], fields: [\.linkReason], isOptional: true
    ) { complaint, act in
        (complaint.sameSaleAs, complaint.isOwnAct) = (.none, true)
        try complaint.recount(act)
    }

    package static let steps = [
        receive, assign, handBack, learnRespondent, takeAway, identifySeller, disclose, hear, receiveStatement, extend, extendFurther,
        conclude, giveBack, uphold,
        reject,
        answerComplainant, retract, upholdOwn, askReview, upholdOnReview, rejectOnReview, overturn, link, separate,
    ]

    // MARK: Rules

    /// What every decision to uphold demands: by whom and by what, after the seller was heard.
    private mutating func beUpheld(_ act: Act) throws {
        if matter == .misSelling {
            try act.require(!behaviours.isEmpty, "请选择查实的误导行为", "Say by what the sale misled")
            // The number may have been registered for somebody since.
            if seller.isNone { seller = try SellerIdentity.of(agent: agent, agency: agency, act)?.id ?? .none }
            try act.require(
                !seller.isNone, "尚未登记销售主体：请先核定被投诉人，并按证件号码或统一社会信用代码登记，投诉按人计次",
                "The seller is not registered by document or credit code yet; complaints count by person")
        }
        try act.require(
            !statement.isEmpty || state(of: act) == .retracted, "请先听取被投诉人陈述；拒绝陈述的，如实登记",
            "The seller is heard first; where he says nothing, that is recorded")
        // Upheld once and again on review, it counts from the first.
        if upheldOn == nil || !wasUpheld { upheldOn = act.today }
        decidedOn = act.today
        try RespondentStatement.close(of: act)
        try follow(as: .upheld, act)
    }

    private func recount(_ act: Act) throws {
        guard let state = state(of: act) else { return }
        try follow(as: state, act)
    }

    private func state(of act: Act) -> State? { State(rawValue: act.record.state) }

    /// Whether what is put to the seller tells who complained.
    private func isTold(to act: Act) -> Bool {
        let figures = allegation.filter(\.isNumber)
        func stands(_ number: String) -> Bool {
            let plain = number.filter(\.isNumber)
            return plain.count >= 7 && figures.contains(plain)
        }
        let names = ([complainantName] + speakers.map(\.name)).filter { $0.count >= 2 }
        return names.contains(where: allegation.contains) || stands(complainantPhone) || stands(complainantDocument)
            || speakers.contains { stands($0.phone) }
    }
}
