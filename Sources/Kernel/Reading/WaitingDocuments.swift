import Store
import WorkCalendar

extension Desk {
    /// The documents of a type that are in a state, the oldest first, in every scope: for a job that takes them one by one.
    /// - Parameter last: the last one of the part before.
    package func waiting<D: Document>(_ type: D.Type, in state: D.State, after last: ID<D> = .none, limit: Int = 200) async throws -> [ID<
        D
    >] {
        try await store.read { session in
            try session.all(
                "SELECT id FROM document WHERE type = $1 AND state = $2 AND id > $3 ORDER BY id LIMIT $4",
                [.text(D.name), .text(state.rawValue), .int(last.raw), .int(Int64(limit))]
            ) { ID<D>($0.int(0)) }
        }
    }
}

/// Figures for a report, without opening what is counted.
extension Inquiry {
    /// How many documents of a type were created on these days.
    /// - Parameters:
    ///   - state: only those that are in it now.
    ///   - isChanged: only those on which a further step was taken since.
    package func count<D: Document>(
        _ type: D.Type, in state: D.State? = nil, created days: ClosedRange<Day>, isChanged: Bool = false
    ) throws -> Int {
        let first = Moment.startOfDay(days.lowerBound), end = Moment.endOfDay(days.upperBound)
        // Ids grow with time, and no document has one that is older than itself: what lies before is not looked at.
        let known: [Value] = [
            .text(D.name), .int(scope.raw), .int(first.milliseconds), .int(end.milliseconds), .int(IDGenerator.first(at: first)),
        ]
        let found = try transaction.session.count(
            """
            SELECT count(*) FROM document WHERE type = $1 AND scope = $2 AND created >= $3 AND created < $4 AND id >= $5
            \(state == nil ? "" : "AND state = $6") \(isChanged ? "AND version > 1" : "")
            """, known + (state.map { [.text($0.rawValue)] } ?? []))
        return Int(found)
    }

    /// How often steps of a type were refused on these days, by the articles under which they were: as the ledger has it.
    package func refusals<D: Document>(of type: D.Type, on days: ClosedRange<Day>) throws -> [Article: Int] {
        let regulation = transaction.desk.catalogue.type(D.name)?.regulation.id ?? ""
        let rows = try transaction.session.all(
            """
            SELECT article, CAST(sum(count) AS BIGINT) FROM tally
            WHERE regulation = $1 AND type = $2 AND kind = 'refusal' AND scope = $3 AND day >= $4 AND day <= $5 GROUP BY article
            """,
            [
                .text(regulation), .text(D.name), .int(scope.raw), .int(Int64(days.lowerBound.number)),
                .int(Int64(days.upperBound.number)),
            ]
        ) { (Article(regulation: regulation, ref: $0.text(0)), Int($0.int(1))) }
        return Dictionary(rows) { $0 + $1 }
    }
}
