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
            try await breakOverdueClocks()
            try await doDuties()
            try await seekFindings()
            try await sendNotices()
            try await keepLedger()
            try await settleSearch()
            try await clearAway()
        }
    }

    // MARK: Clocks

    /// Records every clock that has run out, tells whom it escalates to, and puts the document on their to-do list.
    func breakOverdueClocks() async throws {
        let now = clock.now()
        let broken = try await store.read { session in
            try session.all(
                "SELECT id, document, name FROM deadline WHERE met IS NULL AND breached IS NULL AND due < $1 ORDER BY due LIMIT 1000",
                [.int(now.milliseconds)]
            ) { ($0.int(0), $0.int(1), $0.text(2)) }
        }
        for (id, document, name) in broken {
            try await store.write { [self] session in try runOut(id, document, name, at: now, session) }
        }
        try await remindBeforeDue(at: now)
    }

    private func runOut(_ id: Int64, _ document: Int64, _ name: String, at now: Moment, _ session: any Session) throws {
        guard let record = try provedForJob(document, session), let type = catalogue.type(record.type),
            let deadline = type.deadlines.first(where: { $0.name == name })
        else { return }
        let column = deadline.takes == nil ? "breached" : "met"
        let marked = try session.execute(
            "UPDATE deadline SET \(column) = due WHERE id = $1 AND met IS NULL AND breached IS NULL", [.int(id)])
        guard marked == 1 else { return }
        guard let step = deadline.takes else { return try escalate(deadline, record, type, at: now, session) }
        try sealed(record, session)
        let transaction = try Transaction(self, session, now: now)
        func end<D: Document>(_ type: D.Type) throws {
            _ = try transaction.take(type, step, on: document, hand: .system, place: nil) { _ in }
        }
        try end(type.swiftType)
        try transaction.writePending()
    }

    private func escalate(_ deadline: Deadline, _ record: Record, _ type: DocumentType, at now: Moment, _ session: any Session) throws {
        let transaction = try Transaction(self, session, now: now)
        let fields = try JSONReader.read(record.body)
        let title = record.number ?? type.title.zh
        var told: Set<PersonID> = []
        for addressee in transaction.authority.addressees(of: deadline.escalatesTo, record, fields: fields) {
            try TaskBoard.add(
                TaskBoard.overdue(deadline.name), to: addressee, record.id, sender: .none, note: "", at: now, numberer: numberer, session)
            for person in transaction.authority.people(addressee) {
                told.insert(person)
                try transaction.notify(
                    person,
                    Words("\(title) \(deadline.title.zh)已逾期，请督办", "\(record.number ?? type.title.en): \(deadline.title.en) is overdue"),
                    about: record.id)
            }
        }
        if !record.holder.isNone, !told.contains(record.holder) {
            try transaction.notify(
                record.holder,
                Words(
                    "\(title) \(deadline.title.zh)已逾期，请尽快办理",
                    "\(record.number ?? type.title.en): \(deadline.title.en) is overdue; see to it"),
                about: record.id)
        }
        try enter(
            .system, record, hand: .system, step: TaskBoard.overdue(deadline.name), articles: [deadline.article], from: record.state,
            at: now, session)
    }

    /// One reminder to whom the document waits for, when a fifth of the time is left.
    private func remindBeforeDue(at now: Moment) async throws {
        let near = try await store.read { session in
            try session.all(
                """
                SELECT id, document, name, due FROM deadline
                WHERE met IS NULL AND breached IS NULL AND reminded IS NULL AND due > $1
                    AND due - (due - started) / 5 <= $1 ORDER BY due LIMIT 1000
                """,
                [.int(now.milliseconds)]
            ) { ($0.int(0), $0.int(1), $0.text(2)) }
        }
        for (id, document, name) in near {
            try await store.write { [self] session in try remind(id, document, name, at: now, session) }
        }
    }

    private func remind(_ id: Int64, _ document: Int64, _ name: String, at now: Moment, _ session: any Session) throws {
        let marked = try session.execute(
            "UPDATE deadline SET reminded = $1 WHERE id = $2 AND reminded IS NULL", [.int(now.milliseconds), .int(id)])
        guard marked == 1, let record = try Record.load(document, session), let type = catalogue.type(record.type) else { return }
        let transaction = try Transaction(self, session, now: now)
        let title = type.deadlines.first { $0.name == name }?.title ?? Words(name, name)
        let tasks: [Addressee] = try session.all("SELECT person, post, unit FROM task WHERE document = $1", [.int(document)]) { row in
            if let person = row.intIfAny(0) { return .person(PersonID(person)) }
            return .post(row.textIfAny(1) ?? "", UnitID(row.intIfAny(2) ?? 0))
        }
        var people = Set(tasks.flatMap { transaction.authority.people($0) })
        if !record.holder.isNone { people.insert(record.holder) }
        let number = Words(record.number ?? type.title.zh, record.number ?? type.title.en)
        for person in people {
            try transaction.notify(person, Words("\(number.zh) \(title.zh)即将到期", "\(number.en): \(title.en) is due soon"), about: document)
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
                    let since = max(adoption.from, Numberer.moment(of: adoption.unit.raw).day)
                    for day in duty.rhythm.days(before: now.day, since: since, calendar).suffix(40) {
                        do {
                            try await store.write { [self] session in try run(duty, contents, day, adoption.unit, at: now, session) }
                        } catch DeskError.conflict(let words) { watch.alarm(words, at: now) }
                    }
                }
            }
        }
    }

    private func run(_ duty: Duty, _ contents: Contents, _ day: Day, _ scope: UnitID, at now: Moment, _ session: any Session) throws {
        let first = try session.execute(
            "INSERT INTO duty_run (duty, scope, day, at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
            [.text(duty.name), .int(scope.raw), .int(Int64(day.number)), .int(now.milliseconds)])
        guard first == 1 else { return }
        let transaction = try Transaction(self, session, now: now)
        try duty.work(DutyAct(transaction, day: day, scope: scope, regulation: contents.regulation.id))
        try transaction.writePending()
        try enter(
            .system, nil, type: "duty", hand: .system, step: duty.name, articles: [duty.article], purpose: day.description, at: now, session
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
