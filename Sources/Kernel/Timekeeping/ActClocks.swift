import Store
import WorkCalendar

/// The clocks of a document, as a step starts and stops them.
extension Act {
    /// - Parameter since: when its time began, where that was before now.
    package func start(_ deadline: Deadline, due: Moment, since: Moment? = nil, isProvisional: Bool = false) {
        started.append(StartedClock(deadline: deadline, since: since ?? now, due: due, isProvisional: isProvisional))
    }

    /// Starts a clock that may have run out before anybody started it: it is then broken at once, and stands against whoever had the matter
    /// when its time was over.
    /// - Parameter ended: when it had ended already, where that is known now.
    package func start(_ deadline: Deadline, due: Moment, since: Moment, ended: Moment? = nil, brokenBy: () -> Words) {
        let isOver = due < ended ?? now
        started.append(StartedClock(deadline: deadline, since: since, due: due, met: ended, brokenBy: isOver ? brokenBy() : nil))
        guard isOver else { return }
        notify(
            deadline.escalatesTo, "\(record.number ?? type.title.zh) \(deadline.title.zh)已逾期，请督办",
            "\(record.number ?? type.title.en): \(deadline.title.en) is overdue")
    }

    /// Starts a clock of working days, which follows when these change; day 0 is that of its beginning.
    /// - Parameters:
    ///   - since: when its time began, where that was before now.
    ///   - belated: what begins on a day off belongs to the next working day.
    /// - Returns: where it ends.
    @discardableResult
    package func start(
        _ deadline: Deadline, workingDays: Int, since: Moment? = nil, belated: Bool = false
    ) -> WorkCalendar.WorkingDayLimit {
        let since = since ?? now
        let limit = calendar.limit(workingDays: workingDays, from: since, belated: belated)
        started.append(
            StartedClock(
                deadline: deadline, since: since, due: limit.moment, isProvisional: limit.isProvisional, workingDays: workingDays,
                isBelated: belated))
        return limit
    }

    package func meet(_ deadline: Deadline) { met.append(MetClock(deadline: deadline, at: nil)) }

    /// Where it ended before now, as a paper with its time and a witness shows: one that had not run out then is not broken.
    package func meet(_ deadline: Deadline, at moment: Moment) { met.append(MetClock(deadline: deadline, at: moment)) }

    /// Gives a clock another time. What has run out already stays on the record.
    package func restart(_ deadline: Deadline, due: Moment) {
        dropped.append(deadline)
        meet(deadline)
        start(deadline, due: due)
    }

    /// Gives a clock another beginning and another end. What has run out already stays on the record.
    package func restart(_ deadline: Deadline, due: Moment, since: Moment, brokenBy: () -> Words) {
        dropped.append(deadline)
        meet(deadline)
        start(deadline, due: due, since: since, brokenBy: brokenBy)
    }

    /// Lets a clock that was met run on from when it began: what is done again has no new time. Where there was none, none runs.
    package func resume(_ deadline: Deadline) throws {
        guard var clock = try RunningDeadlines.last(deadline, of: record.id, transaction.session) else { return }
        if let days = clock.workingDays {
            let limit = calendar.limit(workingDays: days, from: clock.since, belated: clock.isBelated)
            clock = StartedClock(
                deadline: deadline, since: clock.since, due: limit.moment, isProvisional: limit.isProvisional, workingDays: days,
                isBelated: clock.isBelated, firstDue: clock.firstDue ?? (limit.moment == clock.due ? nil : clock.due))
        }
        started.append(clock)
    }

    /// When the clock of this name that was started last is due.
    package func due(_ deadline: Deadline) throws -> Moment? {
        try started.last { $0.deadline == deadline }?.due ?? RunningDeadlines.last(deadline, of: record.id, transaction.session)?.due
    }

    /// A grant that would be over before it begins is none, and whoever asked for it asks again.
    func requireTimeLeft() throws {
        guard let late = started.first(where: { $0.deadline.takes != nil && $0.due <= now })?.deadline else { return }
        throw Refusal(
            article: late.article,
            words: Words(
                "“\(late.title.zh)”的时间已过，不能再办理，请申请人重新申请",
                "The time of “\(late.title.en)” has passed; whoever asked for it asks anew"))
    }
}
