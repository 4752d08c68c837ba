import Kernel
import WorkCalendar

/// 整改通知书: what compliance criticises, what is to be put right and until when; answered, looked at, and where need be put before the
/// committee (第二十四条).
package struct RectificationNotice: Document {
    package enum State: String, CaseIterable, Sendable { case issued, replied, closed, cancelled }
    package var unit = UnitID.none
    package var addressee = PersonID.none
    package var breached = "", facts = "", demands = "", reply = "", answer = "", reason = ""
    package var dueOn: Day?, firstDue: Day?, repliedOn: Day?
    package var isLate = false
    package var evidence: [FileReference] = []
    package var papers: [FileReference] = []
    package var agents: [ID<Agent>] = []
    package var matter = ID<CommitteeMatter>.none
    package init() {}

    package static let name = "rectification-notice"

    package static let form = Form<RectificationNotice>(
        "整改通知书", "Rectification notice", number: "整改",
        states: [
            .issued: .open("待整改回复", "To be answered"), .replied: .open("已回复，待核实", "Answered"), .closed: .done("整改完毕", "Put right"),
            .cancelled: .no("已撤销", "Cancelled"),
        ],
        readers: [.either(.compliance, .generalManager), .head],
        [
            .unit(\.unit, "整改单位", "Unit").listed(), .person(\.addressee, "责任人", "Addressee").listed(),
            .article(\.breached, "违反条款", "Article"), .references(\.agents, "涉及业务员", "Agents concerned").optional().onceFilled(),
            .prose(\.facts, "不诚信行为的事实", "Facts"), .prose(\.demands, "整改要求", "What is to be put right"),
            .files(\.evidence, "证据", "Evidence").optional().onceFilled(), .day(\.dueOn, "整改期限", "Due").listed(),
            .day(\.firstDue, "原定期限", "First due").optional().onceFilled().listed(), .prose(\.reply, "整改情况", "What was done").onceFilled(),
            .files(\.papers, "整改材料", "Papers").optional().onceFilled(), .day(\.repliedOn, "回复日期", "Answered on").optional().onceFilled(),
            .flag(\.isLate, "逾期回复", "Late").onceFilled().listed(), .prose(\.answer, "核实意见", "What compliance says").onceFilled(),
            .prose(\.reason, "延期或撤销理由", "Why it is prolonged or cancelled").onceFilled(),
            .reference(\.matter, "委员会议题", "Committee's matter").optional().onceFilled(),
        ])

    static let rectifying = Deadline(
        "rectifying", "按期整改", "Put right in time", under: authenticity[24], escalatesTo: .either(.compliance, .generalManager),
        reminders: [.days(3), .days(1)])
    package static let deadlines = [rectifying]

    package static let issue = Step<RectificationNotice>(
        "issue", "发出整改通知", "Issue", to: .issued, by: .post(.compliance), under: authenticity[24],
        fields: [\.unit, \.addressee, \.breached, \.agents, \.facts, \.demands, \.evidence, \.dueOn], signs: true
    ) { notice, act in
        try act.require(notice.addressee != act.person, "整改责任人不能是发出通知的人", "Whoever issues it is not its addressee")
        try act.require(
            act.organisation.isInService(notice.addressee, within: notice.unit, on: act.today), "责任人不在整改单位任职，请改选",
            "The addressee does not work in this unit; choose another")
        notice.firstDue = notice.dueOn
        act.place(in: notice.unit)
        act.hold(notice.addressee)
        if let due = notice.dueOn { act.start(rectifying, due: .endOfDay(due)) }
        act.notify([notice.addressee], "合规向您发出整改通知，请按期整改并回复", "Compliance asks you to put something right; answer in time")
    }.checking { notice, check in
        check.require(
            Article(key: notice.breached)?.regulation == authenticity.id, "请选择本细则的条款", "Choose an article of this regulation",
            at: \.breached)
        try notice.checkDue(check)
    }
    package static let answerNotice = Step<RectificationNotice>(
        "reply", "回复整改情况", "Answer", from: .issued, to: .replied, by: .named(\RectificationNotice.addressee), under: authenticity[24],
        fields: [\.reply, \.papers]
    ) { notice, act in
        notice.repliedOn = act.today
        notice.isLate = notice.dueOn.map { act.today > $0 } ?? false
        act.meet(rectifying)
    }
    package static let accept = Step<RectificationNotice>(
        "accept", "核实整改完毕", "Accept", from: .replied, to: .closed, by: .post(.compliance), notBy: answerNotice, under: authenticity[24],
        fields: [\.answer], signs: true
    ).task("核实整改", "Check what was put right")
    package static let insist = Step<RectificationNotice>(
        "insist", "整改不到位，继续整改", "Insist", from: .replied, to: .issued, by: .post(.compliance), notBy: answerNotice, under: authenticity[24],
        fields: [\.answer, \.dueOn], isOptional: true
    ) { notice, act in
        if let due = notice.dueOn { act.restart(rectifying, due: .endOfDay(due)) }
    }.checking { notice, check in
        check.require(!notice.answer.isEmpty, "请写明何处不到位", "Say what is missing", at: \.answer)
        try notice.checkDue(check)
    }
    package static let prolong = Step<RectificationNotice>(
        "prolong", "延长期限", "Prolong", from: .issued, to: nil, by: .post(.compliance), notBy: answerNotice, under: authenticity[24],
        fields: [\.dueOn, \.reason], isOptional: true
    ) { notice, act in
        let former = try act.due(rectifying)
        try act.require(former.map { act.now < $0 } ?? false, "期限已过，不能再延长", "The time is over; it is not prolonged any more")
        try act.require(
            notice.dueOn.map { Moment.endOfDay($0) > former ?? act.now } ?? false, "新的期限须晚于原期限", "The new day lies after the old one")
        if let due = notice.dueOn { act.restart(rectifying, due: .endOfDay(due)) }
    }.checking { notice, check in try notice.checkDue(check) }
    package static let refer = Step<RectificationNotice>(
        "refer", "提交合规委员会评议", "Put before the committee", from: .issued, .replied, to: nil, by: .post(.compliance),
        when: { $0.value.matter.isNone }, under: authenticity[24], isOptional: true
    ) { notice, act in
        var matter = CommitteeMatter()
        (matter.subject, matter.facts, matter.proposal) = ("\(act.record.number ?? "")", notice.facts, notice.demands)
        (matter.concerned, matter.agents, matter.notice) = ([notice.addressee], notice.agents, ID(act.record.id))
        notice.matter = try act.create(matter, by: CommitteeMatter.refer, in: act.scope)
    }
    package static let cancel = Step<RectificationNotice>(
        "cancel", "撤销通知", "Cancel", from: .issued, .replied, to: .cancelled, by: .post(.compliance), under: authenticity[24],
        fields: [\.reason],
        isOptional: true, signs: true
    ) { _, act in act.meet(rectifying) }
    package static let steps = [issue, answerNotice, accept, insist, prolong, refer, cancel]

    private func checkDue(_ check: Checking<RectificationNotice>) throws {
        let today = check.act.today, most = try check.act.parameter(.rectificationDays)
        check.require(dueOn.map { $0 > today } ?? false, "整改期限须晚于今天", "The day lies after today", at: \.dueOn)
        check.require(
            dueOn.map { $0 <= today.adding(days: most) } ?? false, "整改期限最长 \(most) 日，请改早",
            "It is \(most) days at most; choose an earlier day", at: \.dueOn)
    }
}
