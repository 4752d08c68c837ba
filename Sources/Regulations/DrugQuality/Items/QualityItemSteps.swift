import Kernel
import WorkCalendar

/// （8）: report - analysis - review - feedback form - acknowledged by the reporter.
extension QualityItem {
    private static var reported: [PartialKeyPath<QualityItem>] {
        [
            \.kind, \.subject, \.stage, \.way, \.facts, \.urgency, \.knownAt, \.knower, \.occurredAt, \.furtherKinds, \.law, \.capabilities,
            \.competitor, \.competitorAspects, \.internalAspects, \.authority, \.noticeNo, \.noticeDay, \.concern, \.consumerName,
            \.consumerPhone, \.adverse, \.isAboutGoods, \.category, \.drug, \.approvalNo, \.batchNo, \.expiry, \.traceCode, \.maker,
            \.holder,
            \.supplier, \.buyer, \.quantity, \.minutes, \.evidence,
        ]
    }

    /// What has been reported has gone to the quality department: the reporter adds to it, and does not take it back.
    package static let report = Step<QualityItem>(
        "report", "上报质量信息", "Report", to: .reported, by: .staff, under: drugQuality[8], drugQuality[1], drugQuality[2], drugQuality[3],
        drugQuality[5], fields: reported, isIrrevocable: true
    ) { item, act in
        try item.takeGoods(act)
        if item.knower.isNone { item.knower = act.person }
        item.record = try FeedbackRecord.open(for: item, act)
        item.isLate = try act.load(item.record)?.value.isLate ?? false
        try item.startClocks(act)
    }.checking { item, check in
        item.checkKnown(check)
        item.checkGoods(check)
    }.reporting()
    /// What the system brings in: a point of a meeting, an answer to a questionnaire, an opinion from the box.
    package static let enter = Step<QualityItem>(
        "enter", "系统转入", "Enter", to: .reported, by: .system, under: drugQuality[5], drugQuality[2], isIrrevocable: true)

    private func startClocks(_ act: Act) throws {
        try startUrgent(act)
        try startAdverse(act)
        guard urgency != .ordinary else { return }
        act.notify(
            .leaders, "\(urgency.words.zh)质量信息：\(subject)，请签收书面反馈", "\(urgency.words.en) quality information: receive the written form")
    }

    package static let returnWrong = Step<QualityItem>(
        "return", "退回更正", "Return as inaccurate", from: .reported, to: .returned, by: .hub, notBy: report,
        when: { !$0.record.creator.isNone }, under: drugQuality[4], drugQuality[9], fields: [\.wrongField, \.rightValue], isOptional: true
    ) { item, act in
        item.returns += 1
        let basis = "\(item.wrongField)：应为\(item.rightValue)"
        item.note("退回更正：\(basis)", act)
        try FeedbackRecord.assess(item.record, act) { ($0.isInaccurate, $0.basis) = (true, basis) }
    }
    /// The knowing time is not among it: that is changed with a reason and an approval.
    package static let correct = Step<QualityItem>(
        "correct", "更正重报", "Correct", from: .returned, to: .reported, by: .requester, under: drugQuality[4],
        fields: reported.filter { $0 != \QualityItem.knownAt && $0 != \QualityItem.kind && $0 != \QualityItem.urgency }
    ) { item, act in
        try item.takeGoods(act)
        // What was wrong stays among the updates.
        (item.wrongField, item.rightValue) = ("", "")
    }.checking { item, check in item.checkGoods(check) }
    package static let analyse = Step<QualityItem>(
        "analyse", "分析汇总", "Analyse", from: .reported, to: .analysed, by: .hub, notBy: report, under: drugQuality[8], drugQuality[2],
        fields: [\.analysis, \.proposal, \.decider]
    ) { item, act in
        item.analysedAt = act.now
        try FeedbackRecord.assess(item.record, act) { $0.isAccepted = true }
    }
    package static let decide = deciding("decide", by: .leaders) { $0.value.decider == .leader }
    package static let decideInQuality = deciding("decideInQuality", by: .post(.qualityHead)) { $0.value.decider == .department }
    package static let decideInUnit = deciding("decideInUnit", by: .head) { $0.value.decider == .unit }

    private static func deciding(
        _ name: String, by who: Who, when holds: @escaping @Sendable (Found<QualityItem>) -> Bool
    ) -> Step<QualityItem> {
        Step(
            name, "审阅决策", "Review and decide", from: .analysed, to: .decided, by: who, notBy: report, when: holds, under: drugQuality[6],
            drugQuality[8], fields: [\.decision, \.measures], signs: true
        ) { item, act in
            item.decidedAt = act.now
            for ordered in item.measures { try Measure.order(ordered, of: ID(act.record.id), named: item.subject, act) }
        }
    }

    package static let answer = Step<QualityItem>(
        "answer", "填写信息反馈单", "Feed back", from: .decided, to: .answered, by: .hub, under: drugQuality[8], fields: [\.feedback]
    ) { item, act in
        try item.answerMerged(act)
    }
    package static let acknowledge = Step<QualityItem>(
        "acknowledge", "确认收到反馈", "Acknowledge", from: .answered, to: .acknowledged, by: .requester,
        when: { !$0.record.creator.isNone }, under: drugQuality[8])
    package static let close = Step<QualityItem>(
        "close", "结案归档", "Close and archive", from: .answered, .acknowledged, to: .closed, by: .hub, notBy: report,
        when: { $0.state == .acknowledged || $0.record.creator.isNone }, under: drugQuality[2], drugQuality[4], drugQuality[6],
        fields: [\.usefulness], signs: true
    ) { item, act in
        try item.requireFinished(act)
    }

    /// （6）: no item is closed before each measure is confirmed and its effect seen; nor before what the law asks has been reported.
    private func requireFinished(_ act: Act) throws {
        let open = try act.find(\Measure.item, is: ID(act.record.id), limit: 1000).filter {
            $0.state != .effective && $0.state != .cancelled
        }
        let numbers = open.compactMap(\.record.number).joined(separator: "、")
        try act.require(
            open.isEmpty, "还有措施未确认完成并核查效果：\(numbers)，全部办结后方可结案",
            "Measures are not yet confirmed with their effect checked: \(numbers); it can be closed after that", under: drugQuality[6])
        try act.require(
            !isAwaited, "企业经理尚未签收书面反馈，签收后方可结案", "The manager has not received the written form; it can be closed after that",
            under: drugQuality[7])
        try act.require(
            adverse == .none || adverseReportedAt != nil, "不良反应尚未上报监测机构，登记上报后方可结案",
            "The adverse reaction has not been reported to the authority; enter that first", under: drugQuality[7])
    }

    package static let void = Step<QualityItem>(
        "void", "作废", "Declare void", from: .reported, .returned, to: .void, by: .hub, notBy: report, under: drugQuality[2],
        fields: [\.voidReason], isOptional: true, signs: true
    ) { item, act in
        try act.require(
            !item.isAwaited, "异常、突发信息须先由企业经理签收，不能直接作废", "What is abnormal or sudden is received by the manager first", under: drugQuality[7]
        )
        try FeedbackRecord.assess(item.record, act) { $0.isExcused = true }
    }
    /// The law that it rests on was changed or withdrawn, or something came to light.
    package static let reopen = Step<QualityItem>(
        "reopen", "重新办理", "Reopen", from: .closed, to: .reported, by: .post(.qualityHead), under: drugQuality[2],
        fields: [\.news], isOptional: true, isIrrevocable: true
    ) { item, act in
        item.note(item.news, act)
    }
    package static let reopenForLaw = Step<QualityItem>(
        "reopenForLaw", "因公告变更重新办理", "Reopen: the notice was changed", from: .closed, to: .reported, by: .system, under: drugQuality[3],
        isOptional: true, isIrrevocable: true)

    /// Adds to what is known since.
    mutating func note(_ text: String, _ act: Act) {
        var update = Update()
        (update.at, update.by, update.text) = (act.now, act.person, text)
        updates.append(update)
        news = ""
    }

    package static let steps = [
        report, enter, receive, receiveAsDeputy, analyse, correct, decide, decideInQuality, decideInUnit, answer, acknowledge,
        acknowledgeAlong,
        close, returnWrong, markUrgent, handOver, logCall, update, merge, reportAdverse, void, reopen, absorb, answerAlong, settleAlong,
        move,
        reopenForLaw,
    ]
}
