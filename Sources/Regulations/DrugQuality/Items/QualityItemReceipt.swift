import Kernel
import WorkCalendar

/// （7）: how the written form reaches the manager, and what is said meanwhile.
extension QualityItem {
    private static let isAwaiting: @Sendable (Found<QualityItem>) -> Bool = { $0.value.isAwaited }

    package static let receive = Step<QualityItem>(
        "receive", "签收书面反馈", "Receive the written form", from: .reported, .returned, .analysed, .decided, .answered, .acknowledged, to: nil,
        by: .post(.enterpriseManager), when: isAwaiting, under: drugQuality[7], signs: true
    ) { item, act in item.receive(.manager, by: act.person, at: act.now, act) }
    package static let receiveAsDeputy = Step<QualityItem>(
        "receiveAsDeputy", "代经理签收书面反馈", "Receive it as the deputy", from: .reported, .returned, .analysed, .decided, .answered,
        .acknowledged, to: nil, by: .post(.deputyManager), when: isAwaiting, under: drugQuality[7], signs: true
    ) { item, act in item.receive(.deputy, by: act.person, at: act.now, act) }
    /// A paper that was handed over: with whom, when, and before which witness.
    package static let handOver = Step<QualityItem>(
        "handOver", "登记纸质送达", "Enter that it was handed over", from: .reported, .returned, .analysed, .decided, .answered, .acknowledged,
        to: nil, by: .hub, when: isAwaiting, under: drugQuality[7], fields: [\.receivedAt, \.receivedBy, \.witness], isOptional: true,
        signs: true
    ) { item, act in
        guard let at = item.receivedAt, let known = item.knownAt else { return }
        try act.require(
            known <= at && at <= act.now, "送达时间应在知悉之后、现在之前，请核对", "It was handed over after it was known and before now; check the time")
        let posts = act.organisation.holdings(of: item.receivedBy, on: act.today).map(\.post)
        try act.require(
            posts.contains(Post.enterpriseManager.id) || posts.contains(Post.deputyManager.id), "书面反馈须送达企业经理或副经理，请改选签收人",
            "It goes to the manager or the deputy; choose who received it")
        try act.require(
            ![act.person, item.receivedBy].contains(item.witness), "见证人须是送达人、签收人以外的人",
            "The witness is neither who brings it nor who receives it")
        item.receive(.paper, by: item.receivedBy, at: at, act)
    }

    private mutating func receive(_ receipt: Receipt, by person: PersonID, at moment: Moment, _ act: Act) {
        (self.receipt, receivedBy, receivedAt) = (receipt, person, moment)
        act.meet(Self.urgent, at: moment)
        act.notify(.hub, "书面反馈已由\(act.organisation.name(person).zh)签收", "\(act.organisation.name(person).en) received the written form")
    }

    package static let markUrgent = Step<QualityItem>(
        "markUrgent", "认定为异常或突发", "Mark as abnormal or sudden", from: .reported, .returned, .analysed, .decided, .answered, .acknowledged,
        to: nil, by: .any([.hub, .head, .requester]), when: { $0.value.urgency == .ordinary }, under: drugQuality[7], fields: [\.urgency],
        isOptional: true
    ) { item, act in
        try act.require(item.urgency != .ordinary, "请选择异常或突发", "Choose abnormal or sudden")
        try item.startUrgent(act)
        try FeedbackRecord.assess(item.record, act) { $0.isUrgent = true }
        act.notify(
            .leaders, "\(item.urgency.words.zh)质量信息：\(item.subject)，请签收书面反馈",
            "\(item.urgency.words.en) quality information: receive the written form")
    }
    /// It is said, and the clock runs on: in writing is in writing.
    package static let logCall = Step<QualityItem>(
        "logCall", "登记电话告知", "Enter a telephone call", from: .reported, .returned, .analysed, .decided, .answered, .acknowledged, to: nil,
        by: .any([.hub, .requester]), when: isAwaiting, under: drugQuality[7], fields: [\.callNote], isOptional: true
    ) { item, act in
        let note = item.callNote
        item.note("电话告知（不计为书面反馈）：\(note)", act)
        item.callNote = ""
    }
    /// The laboratory says otherwise a week later: new knowledge, and nobody's failure.
    package static let update = Step<QualityItem>(
        "update", "补充新情况", "Add what is known since", from: .reported, .returned, .analysed, .decided, .answered, .acknowledged, to: nil,
        by: .any([.hub, .requester]), under: drugQuality[8], fields: [\.news, \.evidence], isOptional: true
    ) { item, act in
        item.note(item.news, act)
    }
    package static let reportAdverse = Step<QualityItem>(
        "reportAdverse", "登记不良反应已上报", "Enter the report to the authority", from: .reported, .returned, .analysed, .decided, .answered,
        .acknowledged, to: nil, by: .hub, when: { $0.value.adverse != .none && $0.value.adverseReportedAt == nil }, under: drugQuality[7],
        fields: [\.adverseReportNo], isOptional: true
    ) { item, act in
        item.adverseReportedAt = act.now
        act.meet(adverseReport)
    }
    /// Another knowing time, once it is approved: see `KnowingTimeChange`.
    package static let move = Step<QualityItem>(
        "move", "知悉时间已更正", "Known since another time", from: .reported, .returned, .analysed, .decided, .answered, .acknowledged, to: nil,
        by: .system, under: drugQuality[7], isOptional: true
    ) { item, act in
        guard let new = item.newKnownAt else { return }
        try item.move(knownAt: new, act)
        item.newKnownAt = nil
    }
}
