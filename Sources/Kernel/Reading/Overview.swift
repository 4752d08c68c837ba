import Store
import WorkCalendar

/// 总览: how much there is, waits and is late in each register that a person reads, through the access rule like every list.
package struct Overview: Sendable {
    package struct Register: Sendable {
        package let type: DocumentType
        /// In each state; `nil` where there are too many to be counted.
        package let states: [String: Int]?
        package let overdue: Int
        /// Overdue by unit, the most first.
        package let units: [(unit: UnitID, count: Int)]
        /// Entered in each of the last twelve months, as `2026-03`; `nil` where there are too many.
        package let months: [String: Int]?
        /// Of the clocks that ended in each of the last months: met in time, all.
        package let punctuality: [String: (inTime: Int, all: Int)]

        package var open: Int? { states.map { found in type.states.filter { $0.tone == .open }.reduce(0) { $0 + (found[$1.name] ?? 0) } } }
        package var all: Int? { states.map { $0.values.reduce(0, +) } }
    }

    package let registers: [Register]
    /// The last twelve months, the present one last.
    package let months: [String]
}

extension Desk {
    /// - Parameter types: those whose registers the person has; what of them the person may not read is not counted.
    package func overview(of types: [String], by person: PersonID) async throws -> Overview {
        let now = clock.now()
        let months = (0..<12).reversed().map { Self.month(now.day.adding(months: -$0)) }
        return try await store.read { [self] session in
            let organisation = try organisation(session)
            let access = Access(person: person, organisation: organisation, catalogue: catalogue, now: now, index: keys.blindIndex)
            let first = Day(year: now.day.year, month: now.day.month, day: 1)?.adding(months: -11)
            let registers = try types.compactMap { catalogue.type($0) }.map { type in
                let all = RegisterSearch(type: type, query: RegisterQuery(), access: access, keys: keys)
                var year = RegisterQuery()
                year.from = first
                let entered = RegisterSearch(type: type, query: year, access: access, keys: keys)
                let late = try overdue(type, access, session)
                return Overview.Register(
                    type: type, states: try all.states(upTo: RegisterPage.countLimit, session), overdue: late.reduce(0) { $0 + $1.count },
                    units: late, months: try entered.months(upTo: RegisterPage.countLimit, session),
                    punctuality: try punctuality(type, since: first ?? now.day, access, session))
            }
            return Overview(registers: registers, months: months)
        }
    }

    private static func month(_ day: Day) -> String { String(day.description.prefix(7)) }

    private static let mostLate = 10_000

    /// By unit, the most first.
    private func overdue(_ type: DocumentType, _ access: Access, _ session: any Session) throws -> [(unit: UnitID, count: Int)] {
        let (rule, arguments) = access.condition(type: type.name, startingAt: 3)
        return try session.all(
            """
            SELECT unit, count(*) FROM (SELECT DISTINCT d.id, d.unit FROM deadline k JOIN document d ON d.id = k.document
                WHERE k.met IS NULL AND k.due <= $1 AND d.type = $2 AND \(rule) LIMIT \(Self.mostLate)) late
            GROUP BY unit ORDER BY count(*) DESC, unit
            """, [access.moment, .text(type.name)] + arguments
        ) { (UnitID($0.int(0)), Int($0.int(1))) }
    }

    /// By the month in which each clock was due; of very many the latest.
    private func punctuality(
        _ type: DocumentType, since day: Day, _ access: Access, _ session: any Session
    ) throws -> [String: (inTime: Int, all: Int)] {
        if type.deadlines.isEmpty { return [:] }
        let (rule, arguments) = access.condition(type: type.name, startingAt: 3)
        var found: [String: (inTime: Int, all: Int)] = [:]
        try session.each(
            """
            SELECT k.due, CASE WHEN k.breached IS NULL THEN 1 ELSE 0 END FROM deadline k JOIN document d ON d.id = k.document
            WHERE (k.met IS NOT NULL OR k.breached IS NOT NULL) AND k.due >= $1 AND d.type = $2 AND \(rule)
            ORDER BY k.due DESC LIMIT \(Self.mostLate)
            """, [.int(Moment.startOfDay(day).milliseconds), .text(type.name)] + arguments
        ) { row in
            let month = Self.month(Moment(milliseconds: row.int(0)).day), was = found[month] ?? (0, 0)
            found[month] = (was.inTime + Int(row.int(1)), was.all + 1)
        }
        return found
    }
}
