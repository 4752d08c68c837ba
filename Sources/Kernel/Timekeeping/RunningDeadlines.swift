import Store
import WorkCalendar

/// 时限: the clocks of documents. A document can have several; the earliest that still runs governs.
enum RunningDeadlines {
    static let insertion = """
        INSERT INTO deadline (id, document, name, article, started, due, provisional, working_days, belated, first_due, remind_at, breached,
            held_by, met)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
        """

    /// What `insertion` takes.
    static func row(_ clock: StartedClock, of document: Int64, under law: Article?, id: Int64) -> [Value] {
        let article = clock.deadline.article == .named ? law ?? .named : clock.deadline.article
        let reminder = clock.deadline.reminder(after: clock.since, started: clock.since, due: clock.due)
        return [
            .int(id), .int(document), .text(clock.deadline.name), .text(article.key), .int(clock.since.milliseconds),
            .int(clock.due.milliseconds), .int(clock.isProvisional ? 1 : 0), .int(ifAny: clock.workingDays.map { Int64($0) }),
            .int(clock.isBelated ? 1 : 0), .int(ifAny: clock.firstDue?.milliseconds), .int(ifAny: reminder?.milliseconds),
            .int(ifAny: clock.brokenBy == nil ? nil : clock.due.milliseconds), .text(ifAny: clock.brokenBy?.kept),
            .int(ifAny: clock.met?.milliseconds),
        ]
    }

    /// Stops every running clock of this name, in time or late.
    /// - Parameter by: who does it; who is late by it, where nobody else was.
    static func meet(_ deadline: Deadline, of document: Int64, at now: Moment, by person: Words?, _ session: any Session) throws {
        try session.execute(
            """
            UPDATE deadline SET met = $1, held_by = CASE WHEN due < $1 AND breached IS NULL THEN $4 ELSE held_by END,
                breached = CASE WHEN due < $1 AND breached IS NULL THEN due ELSE breached END
            WHERE document = $2 AND name = $3 AND met IS NULL
            """,
            [.int(now.milliseconds), .int(document), .text(deadline.name), .text(ifAny: person?.kept)])
        try session.execute(
            "DELETE FROM task WHERE document = $1 AND step = $2", [.int(document), .text(TaskList.overdue(deadline.name))])
        try endSupervision(of: document, at: now, session)
    }

    /// What a supervisor asked for is done with the last clock that had run out.
    private static func endSupervision(of document: Int64, at now: Moment, _ session: any Session) throws {
        let open = try session.count(
            "SELECT count(*) FROM deadline WHERE document = $1 AND name <> $2 AND met IS NULL AND breached IS NOT NULL",
            [.int(document), .text(Supervision.name)])
        guard open == 0 else { return }
        let ended = try session.execute(
            "UPDATE deadline SET met = $1 WHERE document = $2 AND name = $3 AND met IS NULL",
            [.int(now.milliseconds), .int(document), .text(Supervision.name)])
        guard ended > 0 else { return }
        try session.execute(
            "DELETE FROM task WHERE document = $1 AND step = $2", [.int(document), .text(TaskList.overdue(Supervision.name))])
    }

    /// A running clock that is found to have ended in time is not broken, also where it was thought so meanwhile: the ledger says both.
    static func acquit(_ deadline: Deadline, of document: Int64, at moment: Moment, _ session: any Session) throws {
        try session.execute(
            """
            UPDATE deadline SET breached = NULL, held_by = NULL
            WHERE document = $1 AND name = $2 AND met IS NULL AND due >= $3
            """,
            [.int(document), .text(deadline.name), .int(moment.milliseconds)])
    }

    /// Whether a clock of this name runs and has not run out.
    static func runs(_ deadline: Deadline, of document: Int64, _ session: any Session) throws -> Bool {
        try session.count(
            "SELECT count(*) FROM deadline WHERE document = $1 AND name = $2 AND met IS NULL AND breached IS NULL",
            [.int(document), .text(deadline.name)]) > 0
    }

    /// Takes away a running clock that has not run out.
    static func drop(_ deadline: Deadline, of document: Int64, _ session: any Session) throws {
        try session.execute(
            "DELETE FROM deadline WHERE document = $1 AND name = $2 AND met IS NULL AND breached IS NULL",
            [.int(document), .text(deadline.name)])
    }

    /// The clock of this name that was started last.
    static func last(_ deadline: Deadline, of document: Int64, _ session: any Session) throws -> StartedClock? {
        try session.first(
            """
            SELECT started, due, provisional, working_days, belated, first_due FROM deadline
            WHERE document = $1 AND name = $2 ORDER BY id DESC LIMIT 1
            """, [.int(document), .text(deadline.name)]
        ) { row in
            StartedClock(
                deadline: deadline, since: Moment(milliseconds: row.int(0)), due: Moment(milliseconds: row.int(1)),
                isProvisional: row.int(2) == 1, workingDays: row.intIfAny(3).map { Int($0) }, isBelated: row.int(4) == 1,
                firstDue: row.intIfAny(5).map(Moment.init(milliseconds:)))
        }
    }

    /// All clocks of a document, the earliest due first.
    static func of(_ record: Record, _ catalogue: Catalogue, _ session: any Session) throws -> [DeadlineView] {
        // Most types have none, and need not be asked.
        guard catalogue.type(record.type)?.deadlines.isEmpty == false else { return [] }
        return try of([record.id], catalogue, session)[record.id] ?? []
    }

    /// All clocks of these documents, the earliest due first.
    static func of(_ documents: [Int64], _ catalogue: Catalogue, _ session: any Session) throws -> [Int64: [DeadlineView]] {
        guard !documents.isEmpty else { return [:] }
        let places = (1...documents.count).map { "$\($0)" }.joined(separator: ", ")
        var clocks: [Int64: [DeadlineView]] = [:]
        try session.each(
            """
            SELECT k.document, k.name, k.article, k.started, k.due, k.provisional, k.met, k.breached, k.first_due, k.held_by, d.type
            FROM deadline k JOIN document d ON d.id = k.document WHERE k.document IN (\(places)) ORDER BY k.due, k.id
            """,
            documents.map { .int($0) }
        ) { row in
            let title =
                row.text(1) == Supervision.name
                ? Supervision.title : catalogue.type(row.text(10))?.deadlines.first { $0.name == row.text(1) }?.title
            clocks[row.int(0), default: []].append(
                DeadlineView(
                    name: row.text(1), title: title ?? Words(row.text(1), row.text(1)),
                    article: Article(key: row.text(2)) ?? Article(regulation: "", ref: row.text(2)),
                    started: Moment(milliseconds: row.int(3)),
                    due: Moment(milliseconds: row.int(4)), isProvisional: row.int(5) == 1,
                    met: row.intIfAny(6).map(Moment.init(milliseconds:)), breached: row.intIfAny(7).map(Moment.init(milliseconds:)),
                    firstDue: row.intIfAny(8).map(Moment.init(milliseconds:)), heldBy: row.textIfAny(9).map(Words.init(kept:))))
        }
        return clocks
    }
}
