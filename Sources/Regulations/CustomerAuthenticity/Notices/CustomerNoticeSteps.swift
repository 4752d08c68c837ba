import Kernel
import WorkCalendar

/// How a notice is handed over (第二十条). The carrier takes these steps in the system's name.
extension CustomerNotice {
    /// A carrier that died while it handed over leaves the notice to the next.
    static let handing: Deadline = Deadline("handing", "正在交付", "Being handed over", under: authenticity[20], takes: requeue, reminders: [])
    static let retry: Deadline = Deadline("retry", "重试", "Next try", under: authenticity[20], takes: requeue, reminders: [])
    static let receipt: Deadline = Deadline(
        "receipt", "等待回执", "Waiting for the report", under: authenticity[20], takes: giveUp, reminders: [])

    /// Longer than an errand of the carrier's may take.
    private static let handingMinutes = 5

    package static let queue = Step<CustomerNotice>(
        "queue", "生成通知", "Compose", to: .queued, by: .system, under: authenticity[20], authenticity[15])
    package static let lay = Step<CustomerNotice>(
        "lay", "生成信函", "Compose a letter", to: .printing, by: .system, under: authenticity[20], authenticity[15])
    package static let hold = Step<CustomerNotice>(
        "hold", "未能发出", "Withhold", to: .withheld, by: .system, under: authenticity[20]
    ) { notice, act in
        act.notify(
            .post(.customerService), "一件“\(notice.kind.words.zh)”通知未能发出：\(notice.withheld.words.zh)",
            "A notice (\(notice.kind.words.en)) was withheld: \(notice.withheld.words.en)")
    }

    /// Claimed before it is handed over: two carriers never hand over one notice, and its key stands on disk before the gateway has it.
    package static let claim = Step<CustomerNotice>(
        "claim", "交付", "Hand over", from: .queued, to: .sending, by: .system, under: authenticity[20]
    ) { notice, act in
        if let reason = try NoticeGuard(act: act).reason(notice) {
            notice.withheld = reason
            // Another way may still be open.
            if reason == .deadAddress { try notice.follow(by: notice.way.next, act) }
            return act.keepAsDraft([.init(field: "text", reason.words, under: authenticity[20])], in: State.withheld)
        }
        let most = try act.parameter(.noticeAttempts)
        notice.tries += 1
        notice.isLastTry = notice.tries >= most
        var attempt = HandingAttempt()
        (attempt.at, attempt.round) = (act.now, notice.round)
        notice.attempts.append(attempt)
        act.start(handing, due: act.now.adding(seconds: handingMinutes * 60))
    }
    package static let accept = Step<CustomerNotice>(
        "accept", "网关已接收", "Taken over", from: .sending, to: .handed, by: .system, under: authenticity[20]
    ) { notice, act in
        notice.meetAll(act)
        act.start(receipt, due: act.now.adding(hours: try act.parameter(.noticeUnknownHours)))
        if notice.takings == 1 { try notice.countLeaving(act) }
    }
    /// The gateway's number, where a report was quicker than its answer.
    package static let noteNumber = Step<CustomerNotice>(
        "noteNumber", "补记网关编号", "Note the gateway's number", from: .handed, .delivered, .temporary, .permanent, .unknown, .queued, .dead,
        to: nil, by: .system, under: authenticity[20], isOptional: true)
    package static let postpone = Step<CustomerNotice>(
        "postpone", "网关暂不接收", "Not now", from: .sending, to: .temporary, by: .system, under: authenticity[20], isOptional: true
    ) { notice, act in notice.tryAgain(act) }
    package static let falter = Step<CustomerNotice>(
        "falter", "没有答复", "No answer", from: .sending, to: .technical, by: .system, under: authenticity[20], isOptional: true
    ) { notice, act in notice.tryAgain(act) }
    package static let abandon = Step<CustomerNotice>(
        "abandon", "停止重试", "Give up", from: .sending, .handed, to: .dead, by: .system, under: authenticity[20], isOptional: true
    ) { notice, act in notice.meetAll(act) }
    package static let refuseAddress = Step<CustomerNotice>(
        "refuseAddress", "号码或地址不存在", "No such address", from: .sending, to: .permanent, by: .system, under: authenticity[20],
        isOptional: true
    ) { notice, act in try notice.fail(act) }
    /// What was not handed over because the program stops is no try.
    package static let release = Step<CustomerNotice>(
        "release", "交还", "Put back", from: .sending, to: .queued, by: .system, under: authenticity[20], isOptional: true
    ) { notice, act in
        notice.tries -= 1
        notice.meetAll(act)
    }
    package static let requeue = Step<CustomerNotice>(
        "requeue", "再次待发", "Queue again", from: .sending, .temporary, .technical, to: .queued, by: .system, under: authenticity[20],
        isOptional: true
    ) { notice, act in notice.meetAll(act) }

    func meetAll(_ act: Act) { for deadline in CustomerNotice.deadlines { act.meet(deadline) } }

    /// Doubled with each try, from a minute to an hour; seconds.
    package static func patience(after tries: Int) -> Int { min(3600, 60 << min(max(tries - 1, 0), 6)) }

    fileprivate func tryAgain(_ act: Act) {
        meetAll(act)
        act.start(CustomerNotice.retry, due: act.now.adding(seconds: CustomerNotice.patience(after: tries)))
    }
}

/// What becomes of it afterwards.
extension CustomerNotice {
    package static let report = Step<CustomerNotice>(
        "report", "登记回执", "Enter a report", from: .queued, .sending, .handed, .delivered, .temporary, .permanent, .technical, .unknown,
        .dead,
        to: nil, by: .system, under: authenticity[20], isOptional: true)
    package static let deliver = Step<CustomerNotice>(
        "deliver", "已送达", "Delivered", from: .queued, .sending, .handed, .temporary, .permanent, .technical, .unknown, .dead,
        to: .delivered,
        by: .system, under: authenticity[20], isOptional: true
    ) { notice, act in
        try notice.requireVerdict(.delivered)
        if notice.takings == 0 { try notice.countLeaving(act) }
        notice.meetAll(act)
    }
    /// The gateway had it and could not bring it further: the next round is another message.
    package static let failForNow = Step<CustomerNotice>(
        "failForNow", "暂时失败", "Failed for now", from: .sending, .handed, .technical, .unknown, to: .temporary, by: .system,
        under: authenticity[20], isOptional: true
    ) { notice, act in
        try notice.requireVerdict(.temporary)
        notice.round += 1
        notice.tryAgain(act)
    }
    package static let failForGood = Step<CustomerNotice>(
        "failForGood", "永久失败", "Failed for good", from: .queued, .sending, .handed, .delivered, .temporary, .technical, .unknown, .dead,
        to: .permanent, by: .system, under: authenticity[20], isOptional: true
    ) { notice, act in
        try notice.requireVerdict(.permanent)
        try notice.fail(act)
    }
    package static let giveUp = Step<CustomerNotice>(
        "giveUp", "结果不明", "Not known", from: .handed, to: .unknown, by: .system, under: authenticity[20], isOptional: true)
    package static let replay = Step<CustomerNotice>(
        "replay", "重新发送", "Send again", from: .dead, .unknown, to: .queued, by: .post(.customerService),
        when: { $0.state == .dead || $0.value.way == .sms }, under: authenticity[20], fields: [\.note]
    ) { notice, act in
        // Where nobody knows whether the gateway had it, it goes under the same key, so that it cannot leave twice.
        if act.record.state == State.unknown.rawValue || notice.attempts.last?.outcome != .unsure { notice.round += 1 }
        (notice.tries, notice.isLastTry) = (0, false)
    }

    // Letters.
    package static let post = Step<CustomerNotice>(
        "post", "登记寄出", "Posted", from: .printing, to: .handed, by: .post(.customerService), under: authenticity[20],
        fields: [\.mailNumber]
    ) { notice, act in
        if let reason = try NoticeGuard(act: act).reason(notice) { try act.require(false, reason.words.zh, reason.words.en) }
        try notice.countLeaving(act)
    }
    package static let confirm = Step<CustomerNotice>(
        "confirm", "登记妥投", "Received", from: .handed, to: .delivered, by: .post(.customerService), when: { $0.value.way == .letter },
        under: authenticity[20], fields: [\.note], isOptional: true)
    package static let comeBack = Step<CustomerNotice>(
        "comeBack", "登记退信", "Came back", from: .handed, .delivered, to: .permanent, by: .post(.customerService),
        when: { $0.value.way == .letter }, under: authenticity[20], fields: [\.note], isOptional: true
    ) { notice, act in try notice.fail(act) }

    /// Told anew by what the book says now; what became of this one stays.
    package static let reissue = Step<CustomerNotice>(
        "reissue", "按现有资料重新告知", "Tell anew", from: .permanent, .withheld, .unknown, to: nil, by: .post(.customerService),
        under: authenticity[20], fields: [\.note], isOptional: true
    ) { notice, act in try notice.follow(by: NoticeWay.order, act) }

    /// How often a gateway took it over.
    fileprivate var takings: Int { attempts.count { $0.outcome == .taken } }

    /// A customer is told once, however many ways it takes.
    fileprivate func countLeaving(_ act: Act) throws {
        var before = try act.load(follows)?.value
        for _ in 0..<8 {
            guard let earlier = before else { return try SellerLeaving.count(leaving, act) }
            if earlier.takings > 0 { return }
            before = try act.load(earlier.follows)?.value
        }
    }

    /// 第二十条: a number that does not reach the customer is looked into, and the customer is told by the next way. The failure is no proof
    /// of a false number: a sender may be blocked.
    fileprivate func fail(_ act: Act) throws {
        meetAll(act)
        try ContactTask.open(.undelivered, of: self, act)
        if way == .sms, let holder = try act.load(customer)?.value.documentNumber { try QueryTelephone.markFailed(phone, of: holder, act) }
        let later = way.next
        if !later.isEmpty { try follow(by: later, act) }
    }

    private func follow(by ways: [NoticeWay], _ act: Act) throws {
        var next = CustomerNotice()
        (next.kind, next.customer, next.policy, next.leaving) = (kind, customer, policy, leaving)
        (next.day, next.amount, next.servedBy) = (day, amount, servedBy)
        next.follows = ID(act.record.id)
        try CustomerNotice.make(next, by: ways, act)
    }

    /// Read once more in the act itself: another server may have entered a report meanwhile.
    private func requireVerdict(_ wanted: DeliveryVerdict) throws {
        guard DeliveryVerdict.of(reports, round: round) == wanted else {
            throw DeskError.conflict(Words("已有新的回执，请重新核对", "There is a newer report; look again"))
        }
    }
}
