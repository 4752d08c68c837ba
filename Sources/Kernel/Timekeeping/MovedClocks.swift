import Ledger
import Store
import WorkCalendar

/// Clocks that were counted in working days follow when these change: days off that were declared late, or the notice of a new year. When
/// they were due before stays beside them, and an entry says so.
extension Desk {
    /// The setting that says since which day the working days have changed and clocks have not followed yet.
    private static let mark = "working-days-changed"

    /// What a clock that moved is called in the ledger.
    static func moved(_ deadline: String) -> String { "~" + deadline }

    /// To be called in the transaction that changes them.
    /// - Parameter before: the calendar as it was: a clock of an earlier program does not say by how many days it was counted. It is
    ///   told from its start and its end, where the end is just that of a working day.
    func noteChange(of days: [Day], before: WorkCalendar, by version: Int64, at now: Moment, _ session: any Session) throws {
        guard let first = days.min() else { return }
        let waiting = try session.first("SELECT value FROM setting WHERE name = $1", [.text(Self.mark)]) { Self.since($0.text(0)) } ?? nil
        try session.execute(
            "INSERT INTO setting (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
            [.text(Self.mark), .text("\(min(first.number, waiting ?? first.number)) \(version)")])
        let uncounted = try session.all(
            "SELECT id, started, due, document, name, provisional FROM deadline WHERE working_days IS NULL AND met IS NULL", []
        ) { row in
            (
                id: row.int(0), started: Moment(milliseconds: row.int(1)), due: Moment(milliseconds: row.int(2)), document: row.int(3),
                name: row.text(4), isProvisional: row.int(5) == 1
            )
        }
        for clock in uncounted {
            let count = before.workingDays(from: clock.started.day, to: clock.due.adding(milliseconds: -1).day)
            guard count > 0, before.limit(workingDays: count, from: clock.started).moment == clock.due,
                let record = try provedForJob(clock.document, session), let type = catalogue.type(record.type),
                let deadline = type.deadlines.first(where: { $0.name == clock.name }), deadline.isOfWorkingDays || clock.isProvisional
            else { continue }
            try session.execute("UPDATE deadline SET working_days = $1 WHERE id = $2", [.int(Int64(count)), .int(clock.id)])
            try enter(.system, record, principal: .system, step: Self.moved(clock.name), from: record.state, at: now, session)
        }
    }

    private static func since(_ value: String) -> Int32? { value.split(separator: " ").first.flatMap { Int32($0) } }

    /// Computes the clocks anew that lie over days which have changed. Run again, it finds nothing more to do.
    func followWorkingDays() async throws {
        let now = clock.now()
        let value = try await store.read { try $0.first("SELECT value FROM setting WHERE name = $1", [.text(Self.mark)]) { $0.text(0) } }
        guard let value, let first = Self.since(value) else { return }
        let from = Moment.startOfDay(Day(number: Int(first)))
        var after: Int64 = 0
        while true {
            let start = after
            let found = try await store.read { session in
                try session.all(
                    """
                    SELECT id FROM deadline WHERE id > $1 AND working_days IS NOT NULL AND (provisional = 1 OR due > $2)
                        AND (met IS NULL OR breached IS NOT NULL) ORDER BY id LIMIT 200
                    """, [.int(start), .int(from.milliseconds)]
                ) { $0.int(0) }
            }
            guard let last = found.last else { break }
            try await store.write(alone: true) { [self] session in
                for id in found {
                    // One transaction, and each clock with the documents as the one before left them.
                    let transaction = try Transaction(self, session, now: now)
                    try transaction.followWorkingDays(id)
                    try transaction.writePending()
                }
            }
            after = last
        }
        try await store.write { session in
            try session.execute("DELETE FROM setting WHERE name = $1 AND value = $2", [.text(Self.mark), .text(value)])
        }
    }
}

/// A clock of working days.
private struct CountedClock {
    let id: Int64
    let document: Int64
    let name: String
    let started: Moment
    let due: Moment
    let isProvisional: Bool
    let workingDays: Int
    let isBelated: Bool
    let met: Moment?
    let breached: Moment?

    static let columns = "id, document, name, started, due, provisional, working_days, belated, met, breached"

    init(_ row: any Row) {
        id = row.int(0)
        document = row.int(1)
        name = row.text(2)
        started = Moment(milliseconds: row.int(3))
        due = Moment(milliseconds: row.int(4))
        isProvisional = row.int(5) == 1
        workingDays = Int(row.int(6))
        isBelated = row.int(7) == 1
        met = row.intIfAny(8).map(Moment.init(milliseconds:))
        breached = row.intIfAny(9).map(Moment.init(milliseconds:))
    }
}

extension Transaction {
    fileprivate func followWorkingDays(_ id: Int64) throws {
        let found = try session.first(
            "SELECT \(CountedClock.columns) FROM deadline WHERE id = $1 AND working_days IS NOT NULL", [.int(id)], CountedClock.init)
        guard let clock = found, let record = try desk.provedForJob(clock.document, session), let type = desk.catalogue.type(record.type),
            let deadline = type.deadlines.first(where: { $0.name == clock.name })
        else { return }
        let limit = calendar.limit(workingDays: clock.workingDays, from: clock.started, belated: clock.isBelated)
        guard limit.moment != clock.due || limit.isProvisional != clock.isProvisional else { return }
        let hasRunOut = (clock.met ?? now) > limit.moment
        let reminder = deadline.reminder(after: now, started: clock.started, due: limit.moment)
        try session.execute(
            """
            UPDATE deadline SET due = $1, provisional = $2, remind_at = $3,
                first_due = CASE WHEN due = $1 THEN first_due ELSE COALESCE(first_due, due) END,
                breached = CASE WHEN breached IS NULL OR $4 = 0 THEN NULL ELSE $1 END,
                held_by = CASE WHEN $4 = 0 THEN NULL ELSE held_by END
            WHERE id = $5
            """,
            [
                .int(limit.moment.milliseconds), .int(limit.isProvisional ? 1 : 0), .int(ifAny: reminder?.milliseconds),
                .int(hasRunOut ? 1 : 0), .int(id),
            ])
        try session.execute(TaskList.timing, [.int(record.id)])
        let isForgiven = clock.breached != nil && !hasRunOut
        if isForgiven, clock.met == nil {
            try session.execute(
                "DELETE FROM task WHERE document = $1 AND step = $2", [.int(record.id), .text(TaskList.overdue(clock.name))])
        }
        try desk.enter(
            .system, record, principal: .system, step: Desk.moved(clock.name), articles: [deadline.article], from: record.state,
            words: told(clock, limit, isForgiven: isForgiven), at: now, session)
        guard limit.moment != clock.due, clock.met == nil else { return }
        if limit.moment < clock.due { try tellOfLessTime(record, type, deadline, limit.moment) }
        if let step = deadline.moves { try follow(type.swiftType, step, record) }
    }

    private func follow<D: Document>(_ type: D.Type, _ step: String, _ record: Record) throws {
        guard D.steps.contains(where: { $0.name == step && $0.from.contains { $0.rawValue == record.state } }) else { return }
        _ = try take(type, step, on: record.id, principal: .system, place: nil) { _ in }
    }

    private func told(_ clock: CountedClock, _ limit: WorkCalendar.WorkingDayLimit, isForgiven: Bool) -> Words {
        if limit.moment == clock.due {
            return limit.isProvisional
                ? Words("到期时间改为暂计", "The time is provisional now") : Words("假期已公布，到期时间不再是暂计", "The time is provisional no more")
        }
        let (old, new) = (clock.due.minuteText, limit.moment.minuteText)
        return Words(
            "工作日有变更，到期时间由 \(old) 改为 \(new)" + (isForgiven ? "，原逾期不再计" : ""),
            "The working days have changed: due \(new) instead of \(old)" + (isForgiven ? "; it was not overdue" : ""))
    }

    /// Time that is taken away is told; more of it needs no word.
    private func tellOfLessTime(_ record: Record, _ type: DocumentType, _ deadline: Deadline, _ due: Moment) throws {
        let tasks = try session.all("SELECT person, post, unit FROM task WHERE document = $1", [.int(record.id)]) {
            Addressee(person: $0.intIfAny(0), post: $0.textIfAny(1), unit: $0.intIfAny(2))
        }
        for person in Set(tasks.flatMap(authority.people)) {
            try notify(
                person,
                Words(
                    "工作日有变更：\(record.number ?? type.title.zh) \(deadline.title.zh)提前到 \(due.minuteText)",
                    "The working days have changed: \(record.number ?? type.title.en), \(deadline.title.en) is due \(due.minuteText) now"),
                about: record.id, kind: .limit)
        }
    }
}
