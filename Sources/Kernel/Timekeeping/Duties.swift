import Ledger
import Store
import WorkCalendar

/// Does what falls due by calendar. Run again, or on two servers, it does the same once.
extension Desk {
    /// Does every duty of every unit that adopted its regulation, for each period that it was not done for (at most 40 back,
    /// or the last alone where that is enough).
    func doDuties(_ done: @Sendable (JobDone) -> Void = { _ in }) async throws {
        let now = clock.now()
        let due = try await dutiesToDo(at: now)
        done(.dutiesAsked)
        for (duty, scope, period) in due {
            do {
                try await store.write(alone: true) { [self] session in try run(duty, period, scope, at: now, session) }
            } catch DeskError.conflict(let words) { watch.alarm(words, at: now) }
            done(.duty(duty.key))
        }
    }

    private typealias DueDuty = (duty: Duty, scope: UnitID, period: ClosedRange<Day>)

    /// Asked without the writer's turn, which nobody waits for where there is nothing to do.
    private func dutiesToDo(at now: Moment) async throws -> [DueDuty] {
        let calendar = try await self.calendar()
        return try await store.read { [self] session in
            let transaction = try Transaction(self, session, now: now)
            var due: [DueDuty] = []
            for contents in catalogue.contents {
                for adoption in transaction.organisation.adoptions(of: contents.regulation.id)
                where adoption.regulation == contents.regulation.id && adoption.isInForce(on: now.day) {
                    // No list and no figure of days before there was anything here.
                    let since = max(adoption.from, IDGenerator.moment(of: adoption.unit.raw).day)
                    for duty in contents.duties {
                        let months = try duty.rhythm.parameter.map { try transaction.value(of: $0, at: adoption.unit) }
                        let periods = duty.periods(today: now.day, since: since, months: months, calendar).suffix(
                            duty.lastIsEnough ? 1 : 40)
                        let done = try done(duty, adoption.unit, from: periods.first?.upperBound, session)
                        due += periods.filter { !done.contains($0.upperBound) }.map { (duty, adoption.unit, $0) }
                    }
                }
            }
            return due
        }
    }

    private func done(_ duty: Duty, _ scope: UnitID, from first: Day?, _ session: any Session) throws -> Set<Day> {
        guard let first else { return [] }
        return Set(
            try session.all(
                "SELECT day FROM duty_run WHERE duty = $1 AND scope = $2 AND day >= $3",
                [.text(duty.key), .int(scope.raw), .int(Int64(first.number))]
            ) { Day(number: Int($0.int(0))) })
    }

    private func run(_ duty: Duty, _ period: ClosedRange<Day>, _ scope: UnitID, at now: Moment, _ session: any Session) throws {
        let first = try session.execute(
            "INSERT INTO duty_run (duty, scope, day, at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
            [.text(duty.key), .int(scope.raw), .int(Int64(period.upperBound.number)), .int(now.milliseconds)])
        guard first == 1 else { return }
        let transaction = try Transaction(self, session, now: now)
        try duty.work(DutyAct(transaction, for: period, within: scope))
        try transaction.writePending()
        try enter(
            .system, nil, type: "duty", principal: .system, step: duty.name, articles: [duty.article],
            purpose: period.upperBound.description,
            at: now, session)
    }

    /// What an earlier program kept by the bare name of a duty belongs to the one regulation that had it.
    func beginDuties() async throws {
        let names = catalogue.contents.flatMap(\.duties).map { (bare: $0.name, key: $0.key) }
        guard try await store.read({ try $0.count("SELECT count(*) FROM duty_run WHERE duty NOT LIKE '% %'", []) }) > 0 else { return }
        try await store.write { session in
            for name in names {
                try session.execute(
                    """
                    UPDATE duty_run SET duty = $1 WHERE duty = $2
                        AND NOT EXISTS (SELECT 1 FROM duty_run o WHERE o.duty = $1 AND o.scope = duty_run.scope AND o.day = duty_run.day)
                    """, [.text(name.key), .text(name.bare)])
            }
        }
    }
}

extension Duty.Rhythm {
    fileprivate var parameter: Parameter? { if case .months(let parameter) = self { parameter } else { nil } }
}
