import Ledger
import Store
import WorkCalendar

/// What the program does by itself. Every job may run on several servers and again: a lease or a unique row keeps it to once.
extension Desk {
    /// One round of everything that is due.
    package func runJobs() async throws {
        do { try await watchLedger() } catch let error as LedgerError { watch.alarm(Words(error.zh, error.en), at: clock.now()) }
        try await watchEntries()
        _ = try await store.withLease("jobs") { [self] in
            try await settleWhoLeft()
            try await followWorkingDays()
            try await breakOverdueClocks()
            try await doDuties()
            try await seekFindings()
            try await sendNotices()
            try await keepLedger()
            try await settleSearch()
            try await clearAway()
        }
    }

    // MARK: Duties

    /// Does every duty of every unit that adopted its regulation, for each period that has passed since the last time (at most 40 back).
    func doDuties() async throws {
        let now = clock.now()
        let organisation = try await self.organisation()
        let calendar = try await self.calendar()
        for contents in catalogue.contents {
            for duty in contents.duties {
                for adoption in organisation.adoptions
                where adoption.regulation == contents.regulation.id && adoption.isInForce(on: now.day) {
                    // No list and no figure of days before there was anything here.
                    let since = max(adoption.from, IDGenerator.moment(of: adoption.unit.raw).day)
                    for day in duty.rhythm.days(before: now.day, since: since, calendar).suffix(40) {
                        do {
                            try await store.write { [self] session in try run(duty, contents, day, adoption.unit, at: now, session) }
                        } catch DeskError.conflict(let words) { watch.alarm(words, at: now) }
                    }
                }
            }
        }
    }

    private func run(_ duty: Duty, _ contents: RegulationContents, _ day: Day, _ scope: UnitID, at now: Moment, _ session: any Session)
        throws
    {
        let first = try session.execute(
            "INSERT INTO duty_run (duty, scope, day, at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
            [.text(duty.name), .int(scope.raw), .int(Int64(day.number)), .int(now.milliseconds)])
        guard first == 1 else { return }
        let transaction = try Transaction(self, session, now: now)
        try duty.work(DutyAct(transaction, day: day, scope: scope))
        try transaction.writePending()
        try enter(
            .system, nil, type: "duty", principal: .system, step: duty.name, articles: [duty.article], purpose: day.description, at: now,
            session
        )
    }

    // MARK: Notices

    /// Hands every waiting notice on. In-house notices are read on the page; other channels hang on here.
    func sendNotices() async throws {
        let now = clock.now()
        try await store.write { session in
            try session.execute("UPDATE notice SET sent = $1, attempts = attempts + 1 WHERE sent IS NULL", [.int(now.milliseconds)])
        }
    }
}

extension Duty.Rhythm {
    /// The days, or last days of periods, that lie before `today` and not before `first`, the oldest first.
    func days(before today: Day, since first: Day, _ calendar: WorkCalendar) -> [Day] {
        var days: [Day] = []
        var day = max(first, today.adding(days: -400))
        while day < today {
            let next = day.adding(days: 1)
            switch self {
            case .eachWorkingDay: if calendar.isWorkingDay(day) { days.append(day) }
            case .eachMonth: if next.day == 1 { days.append(day) }
            case .eachQuarter: if next.day == 1, [1, 4, 7, 10].contains(next.month) { days.append(day) }
            }
            day = next
        }
        return days
    }
}
