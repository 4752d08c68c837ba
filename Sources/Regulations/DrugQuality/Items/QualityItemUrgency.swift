import Kernel
import WorkCalendar

/// （7）: ten hours by the wall clock, nights and holidays included, from the earliest moment at which anybody of the enterprise knew, to the
/// manager's receipt of the written form. Nothing stops it in between: no question to the reporter, no telephone call.
extension QualityItem {
    package static let urgent = Deadline(
        "urgent", "10小时内书面反馈经理", "In writing to the manager within 10 hours", under: drugQuality[7],
        escalatesTo: .either(.enterpriseManager, .qualityHead), reminders: [.share(50), .share(80)])
    package static let adverseReport = Deadline(
        "adverse", "不良反应上报", "Adverse reaction to the authority", under: drugQuality[7], escalatesTo: .post(.qualityHead),
        reminders: [.share(50), .share(80)])
    package static let deadlines = [urgent, adverseReport]

    /// The written form is still to be received.
    var isAwaited: Bool { urgency != .ordinary && receipt == .none }

    /// 知悉时间 cannot be to come, nor lie before what it is about.
    func checkKnown(_ check: Checking<QualityItem>) {
        guard let knownAt else { return }
        check.require(
            knownAt <= check.act.now, "知悉时间不能晚于现在，请填写最早知道的时间",
            "The time it became known cannot be to come; enter when it was first known", at: \.knownAt, under: drugQuality[7])
        check.require(
            occurredAt.map { $0 <= knownAt } ?? true, "发生时间不能晚于知悉时间，请核对", "It cannot have happened after it was known; check both times",
            at: \.occurredAt, \.knownAt, under: drugQuality[7])
    }

    func startUrgent(_ act: Act) throws {
        guard isAwaited, let due = try urgentDue(act), let knownAt else { return }
        act.start(Self.urgent, due: due, since: knownAt) { whoHad(at: due, act) }
    }

    private func urgentDue(_ act: Act) throws -> Moment? {
        knownAt?.adding(hours: try act.parameter(.urgentFeedbackHours))
    }

    /// The clock of the adverse reaction: calendar days, beside the ten hours.
    func startAdverse(_ act: Act) throws {
        guard let knownAt, adverse != .none, adverseReportedAt == nil else { return }
        let due =
            switch adverse {
            case .serious: knownAt.adding(days: try act.parameter(.adverseSeriousDays))
            case .death: knownAt.adding(hours: try act.parameter(.adverseDeathHours))
            case .other, .none: knownAt.adding(days: try act.parameter(.adverseOtherDays))
            }
        act.start(Self.adverseReport, due: due, since: knownAt) { whoHad(at: due, act) }
    }

    /// Another knowing time: both values stay, and the clocks are counted anew. What had run out already stays on the record.
    mutating func move(knownAt moment: Moment, _ act: Act, isReporters: Bool = true) throws {
        guard moment != knownAt else { return }
        if firstKnownAt == nil { firstKnownAt = knownAt }
        knownAt = moment
        if isAwaited, let due = try urgentDue(act) { act.restart(Self.urgent, due: due, since: moment) { whoHad(at: due, act) } }
        if let receivedAt, urgency != .ordinary, let due = try urgentDue(act), due < receivedAt {
            act.start(Self.urgent, due: due, since: moment, ended: receivedAt) { whoHad(at: due, act) }
        }
        if isReporters { try FeedbackRecord.assess(record, act) { $0.knownAt = moment } }
    }

    /// In whose hands it was: against whom it stands that the time ran out.
    func whoHad(at moment: Moment, _ act: Act) -> Words {
        let isNew = act.record.version == 0
        if isNew || moment < act.record.created { return act.organisation.name(knower.isNone ? act.requester : knower) }
        guard let analysedAt, analysedAt <= moment else { return Self.names(of: [.qualityHead, .qualityOfficer], act) }
        guard let decidedAt, decidedAt <= moment else { return Self.names(of: [.enterpriseManager, .deputyManager], act) }
        return Self.names(of: [.qualityHead, .qualityOfficer], act)
    }

    private static func names(of posts: [Post], _ act: Act) -> Words {
        let people = posts.flatMap { act.organisation.holders(of: $0.id, within: act.record.scope, on: act.today) }
        let names = people.map { act.organisation.name($0) }
        return Words(names.map(\.zh).joined(separator: "、"), names.map(\.en).joined(separator: ", "))
    }
}
