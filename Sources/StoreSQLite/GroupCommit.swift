import Store

/// The writer's loop. Acts that wait share one transaction, and so one trip to the disk; each is answered only after the commit.
///
/// A group takes who is there and waits for nobody: an act that comes alone is committed alone, at once.
struct GroupCommit {
    private typealias Outcome = (visit: TransactionRequest, failure: (any Error)?)

    private let session: SQLiteSession
    private let line: BlockingQueue<TransactionRequest>
    private let checkpoints: WALCheckpoints
    private let database: OpaquePointer
    private let greatestGroup = 256
    private let longestGroup = Duration.milliseconds(20)

    init(
        connection: SQLiteConnection, line: BlockingQueue<TransactionRequest>, checkpoints: WALCheckpoints,
        reader: @escaping () throws -> SQLiteConnection
    ) {
        session = SQLiteSession(connection, reader: reader, line: line)
        (self.line, self.checkpoints, database) = (line, checkpoints, connection.handle)
    }

    /// Serves until the line is closed and empty.
    func run() {
        checkpoints.follow(database)
        while let first = line.next() { serveGroup(from: first) }
        checkpoints.close(database)
        session.close()
    }

    private func serveGroup(from first: TransactionRequest) {
        let end = ContinuousClock.now + longestGroup
        var outcomes: [Outcome] = []
        var next: TransactionRequest? = first
        while let visit = next {
            let isFirst = !session.isInTransaction
            if isFirst {
                do { try session.beginTransaction() } catch { return refuse(outcomes + [(visit, error)], with: error) }
            }
            outcomes.append((visit, session.attempt(visit, isFirst: isFirst)))
            // SQLite gave up the whole transaction, with the acts before this one.
            if !isFirst && !session.isInTransaction { return takeApart(outcomes) }
            guard !visit.isAlone, outcomes.count < greatestGroup, ContinuousClock.now < end else { break }
            next = line.nextIfAny { !$0.isAlone }
        }
        if session.isInTransaction, let failure = session.commitTransaction() {
            if outcomes.count > 1 { return takeApart(outcomes) }
            return first.answer(failure)
        }
        // Failures are answered last as well: they may rest on what the others wrote.
        for (visit, failure) in outcomes { visit.answer(failure) }
    }

    /// The group cannot be had whole, so each act runs again by itself and gets an answer of its own.
    private func takeApart(_ outcomes: [Outcome]) {
        for (index, (visit, _)) in outcomes.enumerated() {
            do { try session.beginTransaction() } catch {
                return refuse(outcomes[index...].map { ($0.visit, error) }, with: error)
            }
            let failure = session.attempt(visit, isFirst: true)
            visit.answer(failure ?? session.commitTransaction())
        }
    }

    /// The file cannot be had. Whoever waits hears so at once, instead of waiting for it one after the other.
    private func refuse(_ outcomes: [Outcome], with error: StoreError) {
        for (visit, failure) in outcomes { visit.answer(failure) }
        while let visit = line.nextIfAny() { visit.answer(error) }
    }
}
