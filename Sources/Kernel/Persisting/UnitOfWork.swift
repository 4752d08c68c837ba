import Ledger
import Store

/// The steps that a transaction has taken, most of them not written yet. They are written together, table by table: sealing goes on all
/// cores, and the database is asked once for many rows. Whoever looks something up in the transaction finds all of it the same; whoever
/// asks the database directly has it written first (`Transaction.session`).
final class UnitOfWork {
    private var steps: [PendingStep] = []
    /// How many of them are written, or being written.
    private var written = 0
    /// The newest step with each lookup, as its place in `links`, which lead from there to the step before.
    private var newest: [IndexKey: Int] = [:]
    private var links: [(step: Int, before: Int?)] = []
    /// The newest step of each document.
    private var latest: [Int64: Int] = [:]
    /// How many documents of the database are not any more as the transaction found them.
    private(set) var changed = 0
    private var serials = NumberSeries()
    /// Of an import; other transactions write at their end alone.
    private var beside: WritePipeline?
    /// Where the steps of the present act begin, when acts share the transaction and each can fail by itself, and the numbers then.
    private var mark: (steps: Int, serials: NumberSeries)?
    /// Where the act began to write: how much was to be done after the commit before it.
    private var savepoint: Int?
    private let writer: EntryWriter

    init(_ writer: EntryWriter) { self.writer = writer }

    func add(_ step: PendingStep) {
        for lookup in step.lookups { links.append((steps.count, newest.updateValue(links.count, forKey: lookup))) }
        if latest.updateValue(steps.count, forKey: step.record.id) == nil, step.before != nil { changed += 1 }
        steps.append(step)
    }

    /// The document as its last step leaves it.
    func document(_ id: Int64) -> PendingStep? { latest[id].map { steps[$0] } }

    /// The newest first.
    func documents(with lookup: IndexKey) -> [PendingStep] {
        var found: [PendingStep] = [], next = newest[lookup]
        while let place = next {
            let (step, before) = links[place]
            if latest[steps[step].record.id] == step { found.append(steps[step]) }
            next = before
        }
        return found
    }

    /// Whether everything is written.
    var isEmpty: Bool { written == steps.count }

    /// The next number of a series, without gaps.
    func next(_ series: NumberSeries.Series, _ database: any Session) throws -> Int64 { try serials.next(series, database) }

    // MARK: Acts that share a transaction

    /// What `body` does stands or falls with it.
    func act<T>(_ session: any Session, _ body: () throws -> T) throws -> T {
        mark = (steps.count, serials)
        defer { mark = nil }
        do {
            let result = try body()
            if savepoint != nil { try session.execute("RELEASE SAVEPOINT act_of_many") }
            savepoint = nil
            return result
        } catch {
            if let savepoint {
                session.afterCommit.removeLast(session.afterCommit.count - savepoint)
                session.known = [:]
                try session.execute("ROLLBACK TO SAVEPOINT act_of_many")
                try session.execute("RELEASE SAVEPOINT act_of_many")
            }
            savepoint = nil
            if let mark { forget(from: mark.steps, mark.serials) }
            throw error
        }
    }

    private func forget(from start: Int, _ serials: NumberSeries) {
        self.serials = serials
        while steps.count > start {
            let step = steps.removeLast()
            for lookup in step.lookups.reversed() { newest[lookup] = links.removeLast().before }
            // A changed document may have an earlier step, of an act that stands.
            latest[step.record.id] = step.before == nil ? nil : steps.lastIndex { $0.record.id == step.record.id }
            if step.before != nil, latest[step.record.id] == nil { changed -= 1 }
        }
        written = min(written, start)
    }

    // MARK: Writing

    /// Writes everything. In an act among many, what it writes from now on can be taken back.
    func write(_ session: any Session, _ body: Body) throws {
        try beside?.wait()
        if var before = mark, savepoint == nil {
            try before.serials.write(session)
            try steps[min(written, before.steps)..<before.steps].ready(body, writer.key).write(session, by: writer)
            written = max(written, before.steps)
            mark = before
            try session.execute("SAVEPOINT act_of_many")
            savepoint = session.afterCommit.count
        }
        try serials.write(session)
        try steps[written...].ready(body, writer.key).write(session, by: writer)
        written = steps.count
    }

    /// Between acts: has what there is written on other threads, if there is enough of it and they have room. Whoever calls this asks
    /// another connection meanwhile (`Session.found`) or waits (`WaitingSession`), and calls `writeRestBeside` or `stopWriting` before the
    /// transaction ends.
    func writeBeside(_ session: any Session, _ body: Body) throws {
        guard steps.count - written >= Self.enough else { return }
        let beside = pipeline
        guard try beside.hasRoom() else { return }
        beside.start(steps[written...], session, body, writer)
        written = steps.count
    }

    /// After the last act.
    func writeRestBeside(_ session: any Session, _ body: Body) throws {
        let beside = pipeline
        while written < steps.count {
            let part = steps[written...].prefix(Self.enough)
            beside.start(part, session, body, writer)
            written = part.endIndex
        }
        try beside.wait()
    }

    /// - Throws: why steps could not be written.
    func waitForWriting() throws { try beside?.wait() }

    /// Nobody touches the session any more.
    func stopWriting() { try? beside?.wait() }

    private var pipeline: WritePipeline {
        let pipeline = beside ?? WritePipeline()
        beside = pipeline
        return pipeline
    }

    private static let enough = 500
}

/// The running numbers of a transaction: the second of a series need not ask the database.
struct NumberSeries {
    struct Series: Hashable {
        let type: String
        let scope: Int64
        let year: Int64
    }

    private var last: [Series: Int64] = [:]
    private var unwritten: Set<Series> = []

    mutating func next(_ series: Series, _ database: any Session) throws -> Int64 {
        let written = "SELECT last FROM serial WHERE type = $1 AND scope = $2 AND year = $3"
        let next = try 1 + (last[series] ?? database.count(written, [.text(series.type), .int(series.scope), .int(series.year)]))
        last[series] = next
        unwritten.insert(series)
        return next
    }

    mutating func write(_ session: any Session) throws {
        for series in unwritten {
            try session.execute(
                """
                INSERT INTO serial (type, scope, year, last) VALUES ($1, $2, $3, $4)
                ON CONFLICT (type, scope, year) DO UPDATE SET last = excluded.last
                """, [.text(series.type), .int(series.scope), .int(series.year), .int(ifAny: last[series])])
        }
        unwritten.removeAll()
    }
}
