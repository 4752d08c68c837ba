import Store
import WorkCalendar

/// 总览: how much there is, waits and is late in each register that a person reads, and what was done under each article, through the
/// access rule like every list.
package struct Overview: Sendable {
    /// Met in time, all that ended.
    package typealias Punctual = (inTime: Int, all: Int)

    package struct Register: Sendable {
        package let type: DocumentType
        /// In each state; `nil` where there are too many to be counted.
        package let states: [String: Int]?
        /// For which there is something to be done, or a clock runs; `nil` where there are too many documents to look at each.
        package let open: Int?
        package let overdue: Int
        /// Overdue by the unit where it waits, the most first.
        package let units: [(unit: UnitID, count: Int)]
        /// Entered in each of the last twelve months, as `2026-03`; `nil` where there are too many.
        package let months: [String: Int]?
        /// Of the clocks that ended in each of the last months: met in time, all.
        package let punctuality: [String: Punctual]

        package var all: Int? { states.map { $0.values.reduce(0, +) } }
    }

    /// What is done under an article: a step or a clock of a register.
    package struct Matter: Sendable {
        package enum Kind: Sendable {
            /// In how many documents it was taken in the last twelve months, and in how many in the month.
            case step(DocumentType.Step, year: Int, month: Int)
            /// In how many documents it has run out, and how many were met in time in the last twelve months.
            case clock(Deadline, overdue: Int, Punctual)
        }

        package let article: Article
        package let type: DocumentType
        package let kind: Kind
    }

    package let registers: [Register]
    /// In the order of the registers, each article's where it stands.
    package let matters: [Matter]
    /// The last twelve months, the one that is asked for last.
    package let months: [String]
    /// Whether there is nothing in any of the registers.
    package var isEmpty: Bool { registers.allSatisfy { $0.all == 0 && $0.overdue == 0 } }
}

extension Desk {
    /// - Parameters:
    ///   - types: those whose registers the person has; what of them the person may not read is not counted.
    ///   - day: of the month that is the last; today where none is given.
    ///   - below: only documents of a lesser level are counted.
    package func overview(of types: [String], by person: PersonID, upTo day: Day? = nil, below: Level? = nil) async throws -> Overview {
        let now = clock.now(), end = day ?? now.day
        let months = (0..<12).reversed().map { Self.month(end.adding(months: -$0)) }
        let month = Day(year: end.year, month: end.month, day: 1) ?? end, first = month.adding(months: -11)
        return try await store.read { [self] session in
            let access = self.access(of: person, try organisation(session), at: now)
            var registers: [Overview.Register] = [], matters: [Overview.Matter] = []
            for type in types.compactMap({ catalogue.type($0) }) {
                var query = RegisterQuery()
                query.below = below
                let all = RegisterSearch(type: type, query: query, access: access, keys: keys)
                let states = try all.states(upTo: RegisterPage.countLimit, session)
                let open = try states.map { _ in try unfinished(type, query, access, session) }
                query.from = first
                let entered = RegisterSearch(type: type, query: query, access: access, keys: keys)
                let late = try overdue(type, access, below, at: now, session)
                let clocks = try punctuality(type, since: first, access, below, session)
                registers.append(
                    Overview.Register(
                        type: type, states: states, open: open,
                        overdue: late.reduce(0) { $0 + $1.count }, units: late,
                        months: try entered.months(upTo: RegisterPage.countLimit, session),
                        punctuality: Self.sum(clocks) { $0.month }))
                let figures = TypeFigures(all)
                let acts = try figures.acts(since: first, in: month..<month.adding(months: 1), session)
                let runOut = try type.deadlines.isEmpty ? [:] : figures.overdue(at: now, session)
                matters += self.matters(of: type, acts, runOut, Self.sum(clocks) { $0.name })
            }
            return Overview(registers: registers, matters: matters, months: months)
        }
    }

    private static func month(_ day: Day) -> String { String(day.description.prefix(7)) }

    private func matters(
        of type: DocumentType, _ acts: [String: (year: Int, month: Int)], _ overdue: [String: Int], _ ended: [String: Overview.Punctual]
    ) -> [Overview.Matter] {
        let practised = catalogue.practices(of: type.name).map(\.article)
        func articles(_ own: [Article]) -> [Article] { practised.isEmpty ? own.filter { $0 != .named } : practised }
        var matters: [Overview.Matter] = []
        for step in type.steps {
            guard let count = acts[step.name] else { continue }
            matters += articles(step.articles).map {
                .init(article: $0, type: type, kind: .step(step, year: count.year, month: count.month))
            }
        }
        for clock in type.deadlines {
            let (late, share) = (overdue[clock.name] ?? 0, ended[clock.name] ?? (0, 0))
            if late == 0, share.all == 0 { continue }
            matters += articles([clock.article]).map { .init(article: $0, type: type, kind: .clock(clock, overdue: late, share)) }
        }
        return matters
    }

    private static let mostLate = 10_000

    private static func rule(_ below: Level?) -> String { below.map { " AND d.level < \($0.rawValue)" } ?? "" }

    /// As the list counts them to which the figure leads.
    private func unfinished(_ type: DocumentType, _ query: RegisterQuery, _ access: Access, _ session: any Session) throws -> Int {
        var asked = query
        asked.onlyUnfinished = true
        return try RegisterSearch(type: type, query: asked, access: access, keys: keys).counting(upTo: RegisterPage.countLimit, session)
    }

    /// By the unit where each waits now, the most first: whoever registered a document has often long handed it on. What waits for nobody
    /// is its own unit's.
    private func overdue(
        _ type: DocumentType, _ access: Access, _ below: Level?, at now: Moment, _ session: any Session
    ) throws -> [(unit: UnitID, count: Int)] {
        let (rule, arguments) = access.condition(type: type.name, startingAt: 3)
        // The task of whoever is told that a clock ran out is no place where the document waits.
        let rows = try session.all(
            """
            SELECT late.id, late.unit, t.unit, t.person FROM (
                SELECT DISTINCT d.id AS id, d.unit AS unit FROM deadline k JOIN document d ON d.id = k.document
                WHERE k.met IS NULL AND k.due <= $1 AND d.type = $2 AND \(rule)\(Self.rule(below)) LIMIT \(Self.mostLate)) late
            LEFT JOIN task t ON t.document = late.id AND t.step NOT LIKE '!%'
            ORDER BY late.id, t.id
            """, [access.moment, .text(type.name)] + arguments
        ) { row in
            let person = row.intIfAny(3).map { PersonID($0) }
            return (id: row.int(0), own: UnitID(row.int(1)), unit: row.intIfAny(2).map { UnitID($0) }, person: person)
        }
        var counts: [UnitID: Int] = [:], last: Int64?
        for row in rows where row.id != last {
            last = row.id
            let places = row.person.map { access.organisation.holdings(of: $0, on: now.day).map(\.unit) } ?? []
            // Of somebody with several posts, the document's own unit before another.
            let place = row.unit ?? (places.contains(row.own) ? row.own : places.first) ?? row.own
            counts[place, default: 0] += 1
        }
        return counts.sorted { ($1.value, $0.key.raw) < ($0.value, $1.key.raw) }.map { (unit: $0.key, count: $0.value) }
    }

    private struct Ended { let name, month: String, isInTime: Bool }

    /// The clocks that ended, by the month in which each was due; of very many the latest.
    private func punctuality(
        _ type: DocumentType, since day: Day, _ access: Access, _ below: Level?, _ session: any Session
    ) throws -> [Ended] {
        if type.deadlines.isEmpty { return [] }
        let (rule, arguments) = access.condition(type: type.name, startingAt: 3)
        return try session.all(
            """
            SELECT k.name, k.due, CASE WHEN k.breached IS NULL THEN 1 ELSE 0 END FROM deadline k JOIN document d ON d.id = k.document
            WHERE (k.met IS NOT NULL OR k.breached IS NOT NULL) AND k.due >= $1 AND d.type = $2 AND \(rule)\(Self.rule(below))
            ORDER BY k.due DESC LIMIT \(Self.mostLate)
            """, [.int(Moment.startOfDay(day).milliseconds), .text(type.name)] + arguments
        ) { row in
            Ended(name: row.text(0), month: Self.month(Moment(milliseconds: row.int(1)).day), isInTime: row.int(2) == 1)
        }
    }

    private static func sum(_ clocks: [Ended], by key: (Ended) -> String) -> [String: Overview.Punctual] {
        var found: [String: Overview.Punctual] = [:]
        for clock in clocks {
            let was = found[key(clock)] ?? (0, 0)
            found[key(clock)] = (was.inTime + (clock.isInTime ? 1 : 0), was.all + 1)
        }
        return found
    }
}
