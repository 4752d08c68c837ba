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

    /// What waits, what is due first at the top, as far as `limit`.
    /// - Parameter after: the last row of the page before.
    func waiting(after: TodoKey? = nil, limit: Int, _ session: any Session) throws -> [WaitingTask] {
        var found: [WaitingTask] = [], last = after
        // Four eyes keep some of a part from the person; then the next part is looked at.
        while found.count < limit {
            let wanted = max(limit - found.count, Self.leastPart)
            var question = TodoQuestion(access)
            let part = try session.all(
                question.part(after: last, limit: wanted, isOnce: after == nil), question.arguments, WaitingTask.init)
            last = part.last?.key
            let more = try free(once(part), session)
            found = found.isEmpty ? more : once(found + more)
            if part.count < wanted { break }
        }
        return Array(found.prefix(limit))
    }

    /// A step that waits for the person in two ways, as requester and by post, waits once: in the own name before another's.
    private func once(_ found: [WaitingTask]) -> [WaitingTask] {
        let names = Dictionary(access.names.enumerated().map { ($1, $0) }, uniquingKeysWith: min)
        var kept: [WaitingTask] = [], documents: Set<Int64> = []
        kept.reserveCapacity(found.count)
        for one in found {
            let isNew = documents.insert(one.document).inserted
            let place = isNew ? nil : kept.firstIndex { $0.document == one.document && $0.step == one.step }
            guard let place else {
                kept.append(one)
                continue
            }
            // At the end, where its own key stands: pages go on by it.
            if names[one.name, default: 0] < names[kept[place].name, default: 0] {
                kept.remove(at: place)
                kept.append(one)
            }
        }
        return kept
    }

    private static let leastPart = 50

    /// Without what four eyes keep from the person.
    private func free(_ part: [WaitingTask], _ session: any Session) throws -> [WaitingTask] {
        let bound = part.filter { !$0.forbidding(access.catalogue).isEmpty }
        if bound.isEmpty { return part }
        var taken: [Int64: [Satellites.Taken]] = [:]
        for documents in Array(Set(bound.map(\.document))).chunked(500) {
            let places = (1...documents.count).map { "$\($0)" }.joined(separator: ", ")
            try session.each(
                "SELECT document, step, person, behalf, at FROM taken WHERE document IN (\(places))", documents.map { .int($0) }
            ) { row in
                taken[row.int(0), default: []].append(
                    Satellites.Taken(step: row.text(1), person: row.int(2), behalf: row.int(3), at: row.int(4)))
            }
        }
        return part.filter { one in
            !(taken[one.document] ?? []).contains { one.isKept(from: [access.person.raw, one.name.raw], by: $0, access.catalogue) }
        }
    }

    /// How much waits in all, counted and not listed; beyond `TodoFigures.most` it is only said that there is more.
    func figures(_ session: any Session) throws -> TodoFigures {
        TodoFigures(try waiting(limit: TodoFigures.most + 1, session), at: now)
    }
}

/// A task that waits for a person, and the name in which it can be taken.
struct WaitingTask {
    let task: Int64
    let document: Int64
    let step: String
    let type: String
    let since: Moment
    let name: PersonID
    let due: Int64

    init(_ row: any Row) {
        (task, document, step, type) = (row.int(0), row.int(1), row.text(2), row.text(3))
        (since, name, due) = (Moment(milliseconds: row.int(4)), PersonID(row.int(5)), row.int(6))
    }

    var key: TodoKey { TodoKey(due: due, task: task) }
    /// A clock that ran out, for whoever supervises.
    var isSupervision: Bool { step.hasPrefix("!") }

    /// The steps whose taker may not take this one.
    fileprivate func forbidding(_ catalogue: Catalogue) -> [String] {
        guard let step = catalogue.type(type)?.step(step), !step.isOptional else { return [] }
        return step.notBy + (step.isShared ? [step.name] : [])
    }

    /// `Authority.isSameHand`, and whether a step that several people each take was taken by this one since it waits.
    fileprivate func isKept(from names: [Int64], by taken: Satellites.Taken, _ catalogue: Catalogue) -> Bool {
        guard names.contains(taken.person) || names.contains(taken.behalf), forbidding(catalogue).contains(taken.step) else { return false }
        return taken.step != step || taken.at >= since.milliseconds
    }
}

extension TodoFigures {
    /// - Parameter waiting: what waits, in the order in which it is due.
    init(_ waiting: [WaitingTask], at now: Moment) {
        self.init()
        (isMore, tasks) = (waiting.count > Self.most, min(waiting.count, Self.most))
        let (from, to) = (now.milliseconds, Moment.endOfDay(now.day).milliseconds)
        let waiting = waiting.prefix(Self.most), own = waiting.filter { !$0.isSupervision }
        var seen = Set(own.map(\.document))
        for one in waiting where seen.insert(one.document).inserted { supervised += 1 }
        seen = []
        // What waits in several ways on one document is one matter.
        for one in own where seen.insert(one.document).inserted {
            all += 1
            byType[one.type, default: 0] += 1
            if one.due < from { overdue += 1 } else if one.due <= to { dueToday += 1 }
        }
    }
}

/// What waits for a person, each with the name in which it can be taken - the own before another's - and its earliest clock. A step that
/// waits for the person in two ways, as requester and by post, waits once. Each way in which something can wait is a walk of its own along
/// an index, in the order of what is due.
private struct TodoQuestion {
    private(set) var arguments: [Value] = []
    private let access: Access

    init(_ access: Access) { self.access = access }

    /// - Parameter isOnce: all that came before is at hand, and what waits twice is found there; else it is looked for.
    mutating func part(after: TodoKey?, limit: Int, isOnce: Bool) -> String {
        let from = after.map { " AND (t.due, t.id) > (\(bind(.int($0.due))), \(bind(.int($0.task))))" } ?? ""
        let level = bind(.int(Int64(access.clearance?.rawValue ?? -1)))
        var walks: [String] = [], before: [String] = []
        for (rank, name) in access.names.enumerated() {
            let named = bind(.int(name.raw))
            var again = ""
            if !isOnce {
                let own = access.waits(for: name, task: "o") { bind($0) }
                let ways = (before + ["(\(own) AND o.id < t.id)"]).joined(separator: " OR ")
                again = " AND NOT EXISTS (SELECT 1 FROM task o WHERE o.document = t.document AND o.step = t.step AND (\(ways)))"
                before.append(own)
            }
            for way in access.waysOfWaiting(for: name, { bind($0) }) {
                walks.append(
                    """
                    SELECT * FROM (SELECT t.id AS task, t.document, t.step, d.type, t.since, CAST(\(named) AS BIGINT) AS name, t.due,
                        \(rank) AS rank
                    FROM task t CROSS JOIN document d WHERE d.id = t.document AND \(way)\(from) AND d.level <= \(level)\(again)
                    ORDER BY t.due, t.id LIMIT \(limit)) w\(walks.count)
                    """)
            }
        }
        if walks.isEmpty { return "SELECT 0 FROM task WHERE id < 0" }
        return "\(walks.joined(separator: " UNION ALL ")) ORDER BY due, task, rank LIMIT \(limit)"
    }

    private mutating func bind(_ value: Value) -> String {
        arguments.append(value)
        return "$\(arguments.count)"
    }
}

/// A task with what is shown of it.
struct ShownTask {
    let waiting: WaitingTask
    let sender: PersonID
    let note: String
    let claimed: PersonID
    let record: Record

    static func all(of listed: [WaitingTask], _ session: any Session) throws -> [ShownTask] {
        var found: [Int64: (PersonID, String, PersonID, Record)] = [:]
        for part in listed.chunked(500) {
            let places = (1...part.count).map { "$\($0)" }.joined(separator: ", ")
            try session.each(
                """
                SELECT \(Record.joinedColumns), t.id, t.sender, t.note, t.claimed FROM task t JOIN document d ON d.id = t.document
                WHERE t.id IN (\(places))
                """, part.map { .int($0.task) }
            ) { row in
                let base = Record.columnCount
                found[row.int(base)] = (PersonID(row.int(base + 1)), row.text(base + 2), PersonID(row.int(base + 3)), Record(row))
            }
        }
        return listed.compactMap { waiting in
            found[waiting.task].map { ShownTask(waiting: waiting, sender: $0.0, note: $0.1, claimed: $0.2, record: $0.3) }
        }
    }
}

/// 待办: the home page.
extension Desk {
    /// - Parameters:
    ///   - after: the last task of the page before.
    ///   - isCounted: whether it is wanted how much waits beyond the page.
    package func todo(of person: PersonID, after: TodoKey? = nil, limit: Int = 200, isCounted: Bool = true) async throws -> TodoList {
        let now = clock.now()
        return try await store.read { [self] session in
            let organisation = try organisation(session)
            let access = self.access(of: person, organisation, at: now)
            let search = TaskSearch(access: access)
            // The first page and the figures are one walk.
            let first = isCounted ? try search.waiting(limit: max(limit, TodoFigures.most) + 1, session) : nil
            let found = if let first, after == nil { first } else { try search.waiting(after: after, limit: limit + 1, session) }
            let listed = Array(found.prefix(limit))
            let rows = RowPresenter(desk: self, session: session, organisation: organisation)
            let tasks = try ShownTask.all(of: listed, session)
            let shown = try rows.rows(tasks.map(\.record))
            return TodoList(
                items: try zip(tasks, shown).map { task, row in
                    try todo(task, row, organisation, isOwn: row.creator == person, asks: person)
                },
                names: try rows.names(shown, for: access), figures: TodoFigures(first ?? found, at: now),
                isCounted: isCounted || (after == nil && found.count <= limit),
                next: found.count > limit ? listed.last?.key : nil,
                notices: try newestNotices(for: access, session), unseen: try unseen(by: access, session))
        }
    }

    /// How much waits for the person, and how many notices are new: what every page shows.
    package func todoFigures(of person: PersonID) async throws -> (tasks: TodoFigures, unseen: Int) {
        let now = clock.now()
        return try await store.read { [self] session in
            let access = self.access(of: person, try organisation(session), at: now)
            return (try TaskSearch(access: access).figures(session), try unseen(by: access, session))
        }
    }

    func todo(_ task: ShownTask, _ row: DocumentRow, _ organisation: Organisation, isOwn: Bool, asks person: PersonID) throws
        -> Todo
    {
        let type = catalogue.type(row.type)
        let step = type?.step(task.waiting.step)
        let behalf = task.waiting.name == person ? nil : organisation.name(task.waiting.name)
        return Todo(
            task: task.waiting.task, row: row, step: step,
            title: type?.taskTitle(task.waiting.step) ?? Words(task.waiting.step, task.waiting.step),
            article: (step?.articles.first ?? type?.findings.first { $0.task == task.waiting.step }?.article ?? row.due?.article).map {
                article in
                article == .named ? row.values["law"]?.text.flatMap(Article.init(key:)) ?? article : article
            },
            sender: organisation.name(task.sender),
            behalf: behalf, note: try FreeText(keys: keys).opened(note: task.note, on: row.id),
            since: task.waiting.since, due: row.due, isOwn: isOwn,
            claimed: organisation.people[task.claimed]?.isActive == true ? task.claimed : nil, name: task.waiting.step)
    }
}
