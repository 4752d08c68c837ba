import Store
import WorkCalendar

/// What was done in the documents that a question to a register finds, by step and by clock. Of very many documents the newest are counted.
struct TypeFigures {
    /// The steps that people took, and the clocks that ran out.
    struct Names {
        let steps: Set<String>
        let clocks: Set<String>
    }

    private let documents: String
    private let arguments: [Value]

    init(_ search: RegisterSearch) {
        let all = search.conditions.joined(separator: " AND ")
        documents = "SELECT d.id AS id FROM \(search.source) WHERE \(all) ORDER BY d.id DESC LIMIT \(RegisterPage.countLimit)"
        arguments = search.arguments
    }

    private func place(_ number: Int) -> String { "$\(arguments.count + number)" }

    func names(_ session: any Session) throws -> Names {
        let steps = try session.all(
            "SELECT DISTINCT y.step FROM (\(documents)) seen JOIN taken y ON y.document = seen.id", arguments
        ) { $0.text(0) }
        let clocks = try session.all(
            """
            SELECT DISTINCT c.name FROM (\(documents)) seen JOIN deadline c ON c.document = seen.id WHERE c.breached IS NOT NULL
            """, arguments
        ) { $0.text(0) }
        return Names(steps: Set(steps), clocks: Set(clocks))
    }

    /// By step: in how many documents it was taken since a day, and in how many of these in a month.
    func acts(since day: Day, in month: Range<Day>, _ session: any Session) throws -> [String: (year: Int, month: Int)] {
        let rows = try session.all(
            """
            SELECT step, count(*), CAST(sum(recent) AS BIGINT) FROM (
                SELECT y.document, y.step AS step, max(CASE WHEN y.at >= \(place(2)) AND y.at < \(place(3)) THEN 1 ELSE 0 END) AS recent
                FROM (\(documents)) seen JOIN taken y ON y.document = seen.id
                WHERE y.at >= \(place(1)) GROUP BY y.document, y.step) acted
            GROUP BY step
            """, arguments + [day, month.lowerBound, month.upperBound].map { .int(Moment.startOfDay($0).milliseconds) }
        ) { ($0.text(0), (year: Int($0.int(1)), month: Int($0.int(2)))) }
        return Dictionary(rows) { first, _ in first }
    }

    /// By clock: in how many documents it has run out and is not met.
    func overdue(at now: Moment, _ session: any Session) throws -> [String: Int] {
        let rows = try session.all(
            """
            SELECT c.name, count(DISTINCT c.document) FROM (\(documents)) seen JOIN deadline c ON c.document = seen.id
            WHERE c.met IS NULL AND c.due <= \(place(1)) GROUP BY c.name
            """, arguments + [.int(now.milliseconds)]
        ) { ($0.text(0), Int($0.int(1))) }
        return Dictionary(rows) { first, _ in first }
    }
}
