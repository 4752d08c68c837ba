import Ledger
import Store
import WorkCalendar

/// The tasks that wait for a person, in the own name and as a delegate.
struct TaskSearch {
    /// Carried inside the query: what waits for somebody who may not read it is neither listed nor counted.
    let access: Access
    var now: Moment { access.now }

    /// The person's tasks on one document, which the person may read.
    /// - Parameter name: in whose name alone; in any when `nil`.
    func ids(on document: Int64, for name: PersonID? = nil, _ session: any Session) throws -> Set<Int64> {
        var arguments: [Value] = [.int(document)]
        let ways = (name.map { [$0] } ?? access.names).map { name in
            access.waits(for: name) { value in
                arguments.append(value)
                return "$\(arguments.count)"
            }
        }
        let sql =
            "SELECT t.id FROM task t JOIN document d ON d.id = t.document WHERE t.document = $1 AND (\(ways.joined(separator: " OR ")))"
        return Set(try session.all(sql, arguments) { $0.int(0) })
    }

    struct Row {
        let task: Int64
        let step: String
        let since: Moment
        let sender: PersonID
        let note: String
        let behalf: PersonID?
        let key: TodoKey
        let record: Record
    }

    /// What waits, what is due first at the top.
    /// - Parameter after: the last row of the page before.
    func rows(after: TodoKey?, limit: Int, _ session: any Session) throws -> [Row] {
        var question = TodoQuestion(access)
        let from = after.map { "WHERE (w.due, w.task) > (\(question.bind(.int($0.due))), \(question.bind(.int($0.task))))" } ?? ""
        return try session.all(
            """
            \(question.waiting) SELECT \(Record.joinedColumns), t.id, t.step, t.since, t.sender, t.note, w.name, w.due
            FROM waiting w JOIN task t ON t.id = w.task JOIN document d ON d.id = t.document \(from) ORDER BY w.due, w.task LIMIT \(limit)
            """,
            question.arguments
        ) { row in
            let base = Record.columnCount
            let name = PersonID(row.int(base + 5))
            return Row(
                task: row.int(base), step: row.text(base + 1), since: Moment(milliseconds: row.int(base + 2)),
                sender: PersonID(row.int(base + 3)), note: row.text(base + 4), behalf: name == access.person ? nil : name,
                key: TodoKey(due: row.int(base + 6), task: row.int(base)), record: Record(row))
        }
    }

    /// How much waits in all, counted and not listed.
    func figures(_ session: any Session) throws -> TodoFigures {
        var question = TodoQuestion(access)
        let (from, to) = (question.bind(.int(now.milliseconds)), question.bind(.int(Moment.endOfDay(now.day).milliseconds)))
        var figures = TodoFigures()
        try session.each(
            """
            \(question.waiting) SELECT d.type, count(*), count(*) FILTER (WHERE w.due >= \(from) AND w.due <= \(to)),
                count(*) FILTER (WHERE w.due < \(from))
            FROM waiting w JOIN document d ON d.id = w.document GROUP BY d.type
            """,
            question.arguments
        ) { row in
            figures.byType[row.text(0)] = Int(row.int(1))
            figures.all += Int(row.int(1))
            figures.dueToday += Int(row.int(2))
            figures.overdue += Int(row.int(3))
        }
        return figures
    }
}

/// What waits for a person, each with the name in which it can be taken - the own before another's - and its earliest clock. A step that
/// waits for the person in two ways, as requester and by post, waits once. What four eyes keep from the person is not among them.
private struct TodoQuestion {
    private(set) var arguments: [Value] = []
    /// Begins a query: the table `waiting` of task, document, name and due.
    private(set) var waiting = ""

    init(_ access: Access) {
        var ways: [(condition: String, name: String)] = []
        for name in access.names {
            let own = access.waits(for: name) { bind($0) }
            ways.append(("(\(own) AND NOT \(isSameHand([access.person, name], access.catalogue)))", bind(.int(name.raw))))
        }
        let level = bind(.int(Int64(access.clearance?.rawValue ?? -1)))
        let ranks = ways.indices.map { "WHEN \(ways[$0].condition) THEN \($0)" }
        let names = ways.indices.map { "WHEN \($0) THEN \(ways[$0].name)" }
        waiting = """
            WITH mine AS (
                SELECT t.id AS task, t.document AS document, t.step AS step, CASE \(ranks.joined(separator: " ")) END AS rank
                FROM task t JOIN document d ON d.id = t.document
                WHERE d.level <= \(level) AND (\(ways.map(\.condition).joined(separator: " OR ")))),
            once AS (SELECT m.*, ROW_NUMBER() OVER (PARTITION BY m.document, m.step ORDER BY m.rank, m.task) AS place FROM mine m),
            waiting AS (
                SELECT o.task, o.document, CASE o.rank \(names.joined(separator: " ")) END AS name,
                    COALESCE((SELECT min(k.due) FROM deadline k WHERE k.document = o.document AND k.met IS NULL), \(TodoKey.never)) AS due
                FROM once o WHERE o.place = 1)
            """
    }

    mutating func bind(_ value: Value) -> String {
        arguments.append(value)
        return "$\(arguments.count)"
    }

    /// `Authority.isSameHand` as a condition.
    private mutating func isSameHand(_ names: Set<PersonID>, _ catalogue: Catalogue) -> String {
        let people = names.map { bind(.int($0.raw)) }.joined(separator: ", ")
        var cases = ["1 = 0"]
        for type in catalogue.types {
            for step in type.steps where !step.isOptional && (step.isShared || !step.notBy.isEmpty) {
                let (kind, task) = (bind(.text(type.name)), bind(.text(step.name)))
                if step.isShared {
                    cases.append(
                        """
                        (d.type = \(kind) AND t.step = \(task) AND EXISTS (SELECT 1 FROM taken x WHERE x.document = d.id
                            AND x.step = t.step AND x.at >= t.since AND (x.person IN (\(people)) OR x.behalf IN (\(people)))))
                        """)
                }
                if step.notBy.isEmpty { continue }
                let others = step.notBy.map { bind(.text($0)) }.joined(separator: ", ")
                cases.append(
                    """
                    (d.type = \(kind) AND t.step = \(task) AND EXISTS (SELECT 1 FROM taken x WHERE x.document = d.id
                        AND x.step IN (\(others)) AND (x.person IN (\(people)) OR x.behalf IN (\(people)))))
                    """)
            }
        }
        return "(\(cases.joined(separator: " OR ")))"
    }
}

/// 待办: the home page.
extension Desk {
    /// - Parameter after: the last task of the page before.
    package func todo(of person: PersonID, after: TodoKey? = nil, limit: Int = 200) async throws -> TodoList {
        let now = clock.now()
        return try await store.read { [self] session in
            let organisation = try organisation(session)
            let access = Access(person: person, organisation: organisation, catalogue: catalogue, now: now)
            let search = TaskSearch(access: access)
            let found = try search.rows(after: after, limit: limit + 1, session)
            let listed = Array(found.prefix(limit))
            let rows = RowPresenter(desk: self, session: session, organisation: organisation)
            let shown = try rows.rows(listed.map(\.record))
            return TodoList(
                items: try zip(listed, shown).map { task, row in try todo(task, row, organisation, isOwn: row.creator == person) },
                names: try rows.names(shown, for: access), figures: try search.figures(session),
                next: found.count > limit ? listed.last?.key : nil,
                thisMonth: try punctuality(in: now.day, access, session),
                lastMonth: try punctuality(in: now.day.adding(days: -now.day.day), access, session),
                notices: try newestNotices(for: access, session), unseen: try unseen(by: access, session))
        }
    }

    /// How much waits for the person, and how many notices are new: what every page shows.
    package func todoFigures(of person: PersonID) async throws -> (tasks: TodoFigures, unseen: Int) {
        let now = clock.now()
        return try await store.read { [self] session in
            let access = Access(person: person, organisation: try organisation(session), catalogue: catalogue, now: now)
            return (try TaskSearch(access: access).figures(session), try unseen(by: access, session))
        }
    }

    private func todo(_ task: TaskSearch.Row, _ row: DocumentRow, _ organisation: Organisation, isOwn: Bool) throws -> Todo {
        let type = catalogue.type(row.type)
        let step = type?.step(task.step)
        return Todo(
            task: task.task, row: row, step: step, title: type?.taskTitle(task.step) ?? Words(task.step, task.step),
            article: step?.articles.first ?? type?.findings.first { $0.task == task.step }?.article ?? row.due?.article,
            sender: organisation.name(task.sender),
            behalf: task.behalf.map { organisation.name($0) }, note: try FreeText(keys: keys).opened(note: task.note, on: row.id),
            since: task.since, due: row.due, isOwn: isOwn)
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
}
