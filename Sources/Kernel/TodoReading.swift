import Ledger
import Store
import WorkCalendar

/// The tasks that wait for a person, in the own name and as a delegate.
struct TaskSearch {
    let person: PersonID
    let organisation: Organisation
    let now: Moment

    init(person: PersonID, organisation: Organisation, at now: Moment) {
        self.person = person
        self.organisation = organisation
        self.now = now
    }

    private func condition(_ people: [PersonID], startingAt start: Int) -> (sql: String, arguments: [Value]) {
        var arguments: [Value] = []
        let sql = TaskBoard.mine(of: people, organisation, now.day) { value in
            arguments.append(value)
            return "$\(start + arguments.count - 1)"
        }
        return (sql, arguments)
    }

    /// Everybody in whose name the person may act.
    var names: [PersonID] { [person] + organisation.givers(to: person, at: now) }

    /// The person's tasks on one document.
    func ids(on document: Int64, _ session: any Session) throws -> Set<Int64> {
        let (sql, arguments) = condition(names, startingAt: 2)
        return Set(try session.all("SELECT t.id FROM task t WHERE t.document = $1 AND \(sql)", [.int(document)] + arguments) { $0.int(0) })
    }

    struct Row {
        let task: Int64
        let step: String
        let since: Moment
        let sender: PersonID
        let note: String
        let behalf: PersonID?
        let record: Record
    }

    /// What waits for one name, what is due first at the top.
    func rows(inNameOf name: PersonID, limit: Int, _ session: any Session) throws -> [Row] {
        let (sql, arguments) = condition([name], startingAt: 1)
        return try session.all(
            """
            SELECT \(Record.joinedColumns), t.id, t.step, t.since, t.sender, t.note,
                (SELECT min(k.due) FROM deadline k WHERE k.document = d.id AND k.met IS NULL) AS due
            FROM task t JOIN document d ON d.id = t.document WHERE \(sql) ORDER BY due NULLS LAST, t.id LIMIT \(limit)
            """,
            arguments
        ) { row in
            let base = Record.columnCount
            return Row(
                task: row.int(base), step: row.text(base + 1), since: Moment(milliseconds: row.int(base + 2)),
                sender: PersonID(row.int(base + 3)), note: row.text(base + 4), behalf: name == person ? nil : name, record: Record(row))
        }
    }
}

/// 待办: the home page.
extension Desk {
    package func todo(of person: PersonID, limit: Int = 200) async throws -> TodoList {
        let now = clock.now()
        return try await store.read { [self] session in
            let organisation = try organisation(session)
            let search = TaskSearch(person: person, organisation: organisation, at: now)
            let authority = Authority(organisation: organisation, catalogue: catalogue, day: now.day)
            var found: [TaskSearch.Row] = []
            for name in search.names {
                for row in try search.rows(inNameOf: name, limit: limit, session) where !found.contains(where: { $0.task == row.task }) {
                    let blocked = catalogue.type(row.record.type)?.step(row.step)?.notBy ?? []
                    let hand = Hand(person, onBehalfOf: row.behalf)
                    if try !authority.isSameHand(hand, as: blocked, on: row.record.id, session) { found.append(row) }
                }
            }
            let rows = Rows(desk: self, session: session, organisation: organisation)
            let shown = try rows.rows(found.map(\.record))
            let items = zip(found, shown).map { task, row in todo(task, row, organisation) }
                .sorted { ($0.due?.due.milliseconds ?? .max, $0.task) < ($1.due?.due.milliseconds ?? .max, $1.task) }
            let access = Access(person: person, organisation: organisation, catalogue: catalogue, now: now)
            let due = items.compactMap { $0.due?.due }
            return TodoList(
                items: items, names: try rows.names(shown, for: access),
                dueToday: due.count { $0 >= now && $0 <= Moment.endOfDay(now.day) }, overdue: due.count { $0 < now },
                thisMonth: try punctuality(in: now.day, access, session),
                lastMonth: try punctuality(in: now.day.adding(days: -now.day.day), access, session),
                notices: try notices(of: person, session))
        }
    }

    private func todo(_ task: TaskSearch.Row, _ row: DocumentRow, _ organisation: Organisation) -> Todo {
        let type = catalogue.type(row.type)
        let step = type?.step(task.step)
        return Todo(
            task: task.task, row: row, step: step, title: type?.taskTitle(task.step) ?? Words(task.step, task.step),
            article: step?.articles.first ?? type?.findings.first { $0.task == task.step }?.article ?? row.due?.article,
            sender: organisation.name(task.sender),
            behalf: task.behalf.map { organisation.name($0) }, note: task.note, since: task.since, due: row.due)
    }

    /// Clocks that were met or broken in the month of a day, on documents that the person may see.
    private func punctuality(in day: Day, _ access: Access, _ session: any Session) throws -> (inTime: Int, all: Int) {
        let first = Day(year: day.year, month: day.month, day: 1) ?? day
        let (condition, arguments) = access.condition(type: nil, startingAt: 3)
        let counts = try session.first(
            """
            SELECT count(*) FILTER (WHERE k.breached IS NULL), count(*) FROM deadline k JOIN document d ON d.id = k.document
            WHERE k.due >= $1 AND k.due < $2 AND (k.met IS NOT NULL OR k.breached IS NOT NULL) AND \(condition)
            """,
            [.int(Moment.startOfDay(first).milliseconds), .int(Moment.startOfDay(first.adding(months: 1)).milliseconds)] + arguments
        ) { (Int($0.int(0)), Int($0.int(1))) }
        return counts ?? (0, 0)
    }

    private func notices(of person: PersonID, _ session: any Session) throws -> [NoticeView] {
        try session.all(
            "SELECT id, zh, en, document, created, seen FROM notice WHERE person = $1 ORDER BY id DESC LIMIT 100", [.int(person.raw)]
        ) { row in
            NoticeView(
                id: row.int(0), words: Words(row.text(1), row.text(2)), document: row.intIfAny(3),
                created: Moment(milliseconds: row.int(4)),
                isSeen: !row.isNull(5))
        }
    }

    package func seen(notices: [Int64], by person: PersonID) async throws {
        let now = clock.now()
        try await store.write { session in
            for id in notices {
                try session.execute(
                    "UPDATE notice SET seen = $1 WHERE id = $2 AND person = $3 AND seen IS NULL",
                    [.int(now.milliseconds), .int(id), .int(person.raw)])
            }
        }
    }
}
