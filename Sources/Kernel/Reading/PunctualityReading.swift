import Store
import WorkCalendar

/// How much of the work was done in time.
extension Desk {
    /// Of the clocks that were met or broken this month and last month on documents that the person may see: met in time, all.
    package func punctuality(of person: PersonID) async throws -> Punctuality {
        let now = clock.now()
        return try await store.read { [self] session in
            let access = self.access(of: person, try organisation(session), at: now)
            return Punctuality(
                thisMonth: try punctuality(in: now.day, access, session),
                lastMonth: try punctuality(in: now.day.adding(days: -now.day.day), access, session))
        }
    }

    /// Where a month has more, the last ones tell what share was in time.
    private static let mostClocks = 20_000

    private func punctuality(in day: Day, _ access: Access, _ session: any Session) throws -> (inTime: Int, all: Int) {
        let first = Day(year: day.year, month: day.month, day: 1) ?? day
        let (condition, arguments) = access.condition(type: nil, startingAt: 3)
        let counts = try session.first(
            """
            SELECT count(*) FILTER (WHERE k.breached IS NULL), count(*) FROM (
                SELECT document, breached FROM deadline WHERE due >= $1 AND due < $2 AND name <> '\(Supervision.name)'
                    AND (met IS NOT NULL OR breached IS NOT NULL)
                ORDER BY due DESC LIMIT \(Self.mostClocks)) k JOIN document d ON d.id = k.document
            WHERE \(condition)
            """,
            [.int(Moment.startOfDay(first).milliseconds), .int(Moment.startOfDay(first.adding(months: 1)).milliseconds)] + arguments
        ) { (Int($0.int(0)), Int($0.int(1))) }
        return counts ?? (0, 0)
    }
}
