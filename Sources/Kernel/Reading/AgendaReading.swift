import Store
import WorkCalendar

/// Which part of what waits for a person is wanted.
package struct AgendaFilter: Sendable, Hashable {
    package enum Due: String, Sendable, CaseIterable { case overdue, today, week, none }

    /// 我督办的: what others have and was escalated to the person; else what the person has to do.
    package var isSupervised = false
    /// Of a type, and of one task there.
    package var type: String?
    package var task: String?
    package var due: Due?
    /// Number, title, or what is said in the row's summary.
    package var text = ""
    package init() {}
}

/// One document of the list: what is to be done about it, and what else waits there.
package struct Matter: Sendable {
    package let main: Todo
    package let others: [Todo]
    package var key: TodoKey
}

/// 待办: the list of what waits, a row a document.
package struct Agenda: Sendable {
    /// A step and how many documents wait for it.
    package struct Group: Sendable {
        package let type: String
        package let task: String
        package let title: Words
        package let count: Int
    }

    package let matters: [Matter]
    package let names: [Int64: Words]
    package let figures: TodoFigures
    package let groups: [Group]
    package let dues: [AgendaFilter.Due: Int]
    /// Documents in either list, whatever the filter says.
    package let own: Int
    package let supervised: Int
    /// Documents that the filter leaves, on all pages.
    package let found: Int
    package let next: TodoKey?
    package let notices: [NoticeView]
    package let unseen: Int
}

extension Desk {
    /// - Parameter after: the last row of the page before.
    package func agenda(of person: PersonID, _ filter: AgendaFilter = AgendaFilter(), after: TodoKey? = nil, limit: Int = 100) async throws
        -> Agenda
    {
        let now = clock.now()
        return try await store.read { [self] session in
            let organisation = try organisation(session)
            let access = self.access(of: person, organisation, at: now)
            let waiting = try TaskSearch(access: access).waiting(limit: TodoFigures.most + 1, session)
            let figures = TodoFigures(waiting, at: now)
            let counted = Array(waiting.prefix(TodoFigures.most))
            let (own, supervised) = (
                Self.byDocument(counted.filter { !$0.isSupervision }), Self.byDocument(counted.filter(\.isSupervision))
            )
            let part = filter.isSupervised ? supervised : own.map(mainFirst)
            let rows = RowPresenter(desk: self, session: session, organisation: organisation)
            var left = part.filter { filter.takes($0[0], at: now) }
            if !filter.text.isEmpty { left = try matching(filter.text, left, rows, access, session) }
            let page = left.drop { tasks in after.map { Self.place(tasks) <= $0 } ?? false }
            let listed = Array(page.prefix(limit))
            let tasks = try ShownTask.all(of: listed.flatMap { $0 }, session)
            let shown = try rows.rows(tasks.map(\.record))
            var todos: [Int64: Todo] = [:]
            for (task, row) in zip(tasks, shown) {
                todos[task.waiting.task] = try todo(task, row, organisation, isOwn: row.creator == person, asks: person)
            }
            let matters = listed.compactMap { waiting -> Matter? in
                let all = waiting.compactMap { todos[$0.task] }
                return all.first.map { Matter(main: $0, others: Array(all.dropFirst()), key: Self.place(waiting)) }
            }
            return Agenda(
                matters: matters, names: try rows.names(shown, for: access), figures: figures, groups: groups(part),
                dues: Self.dues(part, at: now), own: own.count, supervised: supervised.count, found: left.count,
                next: page.count > limit ? listed.last.map(Self.place) : nil, notices: try newestNotices(for: access, session),
                unseen: try unseen(by: access, session))
        }
    }

    /// In the order in which the first task of each is due.
    private static func byDocument(_ waiting: [WaitingTask]) -> [[WaitingTask]] {
        var order: [Int64] = [], found: [Int64: [WaitingTask]] = [:]
        for one in waiting {
            if found[one.document] == nil { order.append(one.document) }
            found[one.document, default: []].append(one)
        }
        return order.compactMap { found[$0] }
    }

    /// Where a document stands in that order, whichever of its tasks is shown first.
    private static func place(_ tasks: [WaitingTask]) -> TodoKey {
        tasks.map(\.key).min() ?? TodoKey(due: TodoKey.never, task: 0)
    }

    /// A step that can be taken stands before what was found, or is to be signed.
    private func mainFirst(_ tasks: [WaitingTask]) -> [WaitingTask] {
        guard let place = tasks.firstIndex(where: { catalogue.type($0.type)?.step($0.step) != nil }), place > 0 else { return tasks }
        var tasks = tasks
        tasks.swapAt(0, place)
        return tasks
    }

    private func groups(_ part: [[WaitingTask]]) -> [Agenda.Group] {
        var order: [[String]] = [], counts: [[String]: Int] = [:]
        for tasks in part {
            let key = [tasks[0].type, tasks[0].step]
            if counts[key] == nil { order.append(key) }
            counts[key, default: 0] += 1
        }
        return order.map { key in
            let title = catalogue.type(key[0])?.taskTitle(key[1]) ?? Words(key[1], key[1])
            return Agenda.Group(type: key[0], task: key[1], title: title, count: counts[key] ?? 0)
        }.sorted { $0.count > $1.count }
    }

    private static func dues(_ part: [[WaitingTask]], at now: Moment) -> [AgendaFilter.Due: Int] {
        var counts: [AgendaFilter.Due: Int] = [:]
        for due in AgendaFilter.Due.allCases { counts[due] = part.count { due.holds($0[0].due, at: now) } }
        return counts
    }

    /// Those in whose number, title or summary the text stands.
    private func matching(
        _ text: String, _ part: [[WaitingTask]], _ rows: RowPresenter, _ access: Access, _ session: any Session
    ) throws -> [[WaitingTask]] {
        let tasks = try ShownTask.all(of: part.map { $0[0] }, session)
        let shown = try rows.rows(tasks.map(\.record)), names = try rows.names(shown, for: access)
        let wanted = text.lowercased()
        var found: Set<Int64> = []
        for row in shown {
            let said =
                [row.number ?? "", row.title] + (catalogue.type(row.type)?.summary(of: row.values, names) ?? []).flatMap { [$0.zh, $0.en] }
            if said.contains(where: { $0.lowercased().contains(wanted) }) { found.insert(row.id) }
        }
        return part.filter { found.contains($0[0].document) }
    }
}

extension AgendaFilter {
    fileprivate func takes(_ task: WaitingTask, at now: Moment) -> Bool {
        (type == nil || task.type == type) && (self.task == nil || task.step == self.task) && (due?.holds(task.due, at: now) ?? true)
    }
}

extension AgendaFilter.Due {
    /// - Parameter due: in milliseconds.
    fileprivate func holds(_ due: Int64, at now: Moment) -> Bool {
        let today = now.day
        let toSunday = 7 - today.weekday.rawValue
        return switch self {
        case .overdue: due < now.milliseconds
        case .today: due >= now.milliseconds && due <= Moment.endOfDay(today).milliseconds
        case .week: due >= now.milliseconds && due <= Moment.endOfDay(today.adding(days: toSunday)).milliseconds
        case .none: due == TodoKey.never
        }
    }
}

extension TodoKey: Comparable {
    package static func < (one: TodoKey, other: TodoKey) -> Bool { (one.due, one.task) < (other.due, other.task) }
}
