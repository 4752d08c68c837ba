import Kernel
import WorkCalendar

/// 反馈记录: whether one person fed one piece of information back in time and rightly (（9）). Its obligation is when it was due: that orders the
/// sequence of a person's records, whenever they were entered.
package struct FeedbackRecord: Document {
    package enum State: String, CaseIterable, Sendable { case pending, good, failed, excused }
    package var person = PersonID.none
    package var item = ID<QualityItem>.none
    package var knownAt: Moment?, obligedAt: Moment?, reportedAt: Moment?
    package var isUrgent = false, isLate = false, isInaccurate = false, isUnreported = false, isDated = false
    package var isAccepted = false, isExcused = false, isCleared = false
    package var basis = ""
    /// The contest by which it was cleared.
    package var contest = ID<AppraisalEntry>.none
    package init() {}

    package static let name = "feedback-record"

    package static let form = Form<FeedbackRecord>(
        "反馈记录", "Feedback record",
        states: [
            .pending: .open("待认定", "Not judged yet"), .good: .done("按要求反馈", "In time and right"), .failed: .no("失误", "Failure"),
            .excused: .done("不计", "Not counted"),
        ],
        readers: [.hub, .leaders],
        [
            .person(\.person, "反馈人", "Person").listed(), .reference(\.item, "质量信息", "Item").optional().listed(),
            .moment(\.knownAt, "知悉时间", "Known since"), .moment(\.obligedAt, "应反馈时间", "Due").optional().listed(),
            .moment(\.reportedAt, "实际上报", "Reported").optional().listed(), .flag(\.isUrgent, "异常、突发", "Abnormal or sudden"),
            .flag(\.isLate, "迟报", "Late"), .flag(\.isInaccurate, "不准确", "Inaccurate"),
            .flag(\.isUnreported, "知情未报", "Known and not reported"),
            .flag(\.isDated, "按期报送", "Due on a day of its own"), .flag(\.isAccepted, "已认定准确", "Accepted as right"),
            .flag(\.isExcused, "不计入", "Not counted"),
            .flag(\.isCleared, "申诉成立", "Cleared by contest"), .prose(\.basis, "认定依据", "Basis").optional(),
            .reference(\.contest, "申诉条目", "Contested entry").optional(),
        ])

    /// Late and inaccurate together are one failure; a contest that was won makes it a success. Until it is judged it is neither.
    var outcome: State {
        if isExcused { return .excused }
        if isCleared { return .good }
        if isLate || isInaccurate || isUnreported { return .failed }
        return isAccepted ? .good : .pending
    }

    // MARK: Following the item

    static func open(for item: QualityItem, _ act: Act) throws -> ID<FeedbackRecord> {
        var record = FeedbackRecord()
        (record.person, record.item, record.knownAt) = (item.knower, ID(act.record.id), item.knownAt)
        (record.reportedAt, record.isUrgent) = (act.now, item.urgency != .ordinary)
        let id = try act.create(record, by: begin, heldBy: item.knower)
        try assess(id, act) { _ in }
        return id
    }

    /// Of what falls due on a day of its own, as statistics do, and was known all the time.
    static func open(by person: PersonID, due: Moment, _ act: Act) throws -> ID<FeedbackRecord> {
        var record = FeedbackRecord()
        (record.person, record.knownAt, record.obligedAt, record.reportedAt, record.isDated) = (person, due, due, act.now, true)
        let id = try act.create(record, by: begin, heldBy: person)
        try assess(id, act) { _ in }
        return id
    }

    /// Judges a record anew after something about it has changed. Its step is that of what it comes to.
    static func assess(_ id: ID<FeedbackRecord>, _ act: Act, _ change: (inout FeedbackRecord) -> Void) throws {
        guard !id.isNone, let found = try act.load(id) else { return }
        var record = found.value
        change(&record)
        let hours = try act.parameter(record.isUrgent ? .urgentFeedbackHours : .ordinaryFeedbackHours)
        if !record.isUnreported, !record.isDated { record.obligedAt = record.knownAt?.adding(hours: hours) }
        if let obliged = record.obligedAt, let reported = record.reportedAt { record.isLate = reported > obliged }
        let judged = record
        try act.take(judged.step, on: id) { $0 = judged }
    }

    private var step: Step<FeedbackRecord> {
        switch outcome {
        case .pending: Self.hold
        case .good: Self.accept
        case .failed: Self.fail
        case .excused: Self.excuse
        }
    }

    package static let begin = Step<FeedbackRecord>("begin", "建立", "Begin", to: .pending, by: .system, under: drugQuality[9])
    package static let hold = judging("hold", "待认定", "Not judged yet", .pending)
    package static let accept = judging("accept", "认定按要求反馈", "In time and right", .good)
    package static let fail = judging("fail", "认定失误", "A failure", .failed)
    package static let excuse = judging("excuse", "不计", "Not counted", .excused)

    private static func judging(_ name: String, _ zh: String, _ en: String, _ state: State) -> Step<FeedbackRecord> {
        Step(
            name, zh, en, from: .pending, .good, .failed, .excused, to: state, by: .system, under: drugQuality[9], drugQuality[4],
            isOptional: true
        ) { record, act in
            try FeedbackChain.follow(record, as: state, act)
            guard state == .failed, act.record.state != state.rawValue else { return }
            act.notify([record.person], "一次质量信息反馈被认定为失误，请查看", "A feedback of yours was judged a failure; see why")
        }
    }

    // MARK: What is found later

    /// 知情未报: a failure when it is found.
    package static let findUnreported = Step<FeedbackRecord>(
        "findUnreported", "登记知情未报", "Enter what was known and not reported", to: .failed, by: .judges, under: drugQuality[9],
        fields: [\.person, \.knownAt, \.isUrgent, \.basis], isIrrevocable: true
    ) { record, act in
        try record.requireJudge(act)
        let hours = try act.parameter(record.isUrgent ? .urgentFeedbackHours : .ordinaryFeedbackHours)
        record.obligedAt = record.knownAt?.adding(hours: hours)
        record.isUnreported = true
        try FeedbackChain.follow(record, as: .failed, act)
        act.hold(record.person)
    }.checking { record, check in
        let hours = try check.act.parameter(record.isUrgent ? .urgentFeedbackHours : .ordinaryFeedbackHours)
        check.require(
            record.knownAt.map { $0.adding(hours: hours) < check.act.now } ?? false, "反馈时限（\(hours)小时）尚未过，不能认定知情未报",
            "The \(hours) hours to report it are not over yet", at: \.knownAt, \.isUrgent)
        check.require(!record.basis.isEmpty, "请写明认定依据", "Say on what it rests", at: \.basis)
    }
    /// A report that was taken for right is found inaccurate later: the sequence is counted anew from there.
    package static let findInaccurate = Step<FeedbackRecord>(
        "findInaccurate", "查明不准确", "Found inaccurate", from: .pending, .good, to: .failed, by: .judges, under: drugQuality[9],
        drugQuality[4],
        fields: [\.basis], isOptional: true, signs: true
    ) { record, act in
        try record.requireJudge(act)
        try act.require(!record.basis.isEmpty, "请写明何处不准确、应为何值", "Say what is wrong and what is right")
        record.isInaccurate = true
        record.isCleared = false
        try FeedbackChain.follow(record, as: .failed, act)
    }
    package static let steps = [begin, hold, accept, fail, excuse, findUnreported, findInaccurate]

    private func requireJudge(_ act: Act) throws { try FeedbackChain.requireJudge(of: person, act) }
}
