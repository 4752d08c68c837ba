import Store

/// The writer's loop. Acts that wait share one transaction, and so one trip to the disk; each is answered only when the commit is there.
///
/// A group takes who is there and waits for nobody: an act that comes alone is committed alone, at once. While a group's log goes to disk
/// the next one is worked on already.
struct GroupCommit {
    private typealias Outcome = WriteAheadLog.Outcome

    private let session: SQLiteSession
    private let line: WaitingLine<Visit>
    private let log: WriteAheadLog
    private let checkpoints: Checkpoints
    private let database: OpaquePointer
    private let greatestGroup = 256
    private let longestGroup = Duration.milliseconds(20)

    init(
        connection: SQLiteConnection, line: WaitingLine<Visit>, log: WriteAheadLog, checkpoints: Checkpoints,
        reader: @escaping () throws -> SQLiteConnection
    ) {
        session = SQLiteSession(connection, reader: reader)
        (self.line, self.log, self.checkpoints, database) = (line, log, checkpoints, connection.handle)
    }

    /// Serves until the line is closed and empty.
    func run() {
        checkpoints.follow(database)
        var next = line.next()
        while let first = next {
            let committed = serveGroup(from: first)
            next = line.nextIfAny()
            if next != nil, !committed.isEmpty {
                log.answerBeside(committed)
            } else {
                if !committed.isEmpty { log.answer(committed) }
                next = next ?? line.next()
            }
        }
        log.close()
        checkpoints.close(database)
        session.close()
    }

    /// - Returns: the acts that are committed, and those that failed beside them; none of them is answered yet.
    private func serveGroup(from first: Visit) -> [Outcome] {
        let end = ContinuousClock.now + longestGroup
        if let failure = log.failure { return refuse([(first, nil)], with: failure) }
        var outcomes: [Outcome] = []
        var next: Visit? = first
        while let visit = next {
            let isFirst = !session.isInTransaction
            if isFirst {
                do { try session.beginTransaction() } catch { return refuse(outcomes + [(visit, error)], with: error) }
            }
            outcomes.append((visit, session.attempt(visit, isFirst: isFirst)))
            // SQLite gave up the whole transaction, with the acts before this one.
            if !isFirst && !session.isInTransaction { return takeApart(outcomes) }
            guard outcomes.count < greatestGroup, ContinuousClock.now < end else { break }
            next = line.nextIfAny()
        }
        if session.isInTransaction, let failure = session.commitTransaction() {
            if outcomes.count > 1 { return takeApart(outcomes) }
            first.answer(failure)
            return []
        }
        // Failures are answered last as well: they may rest on what the others wrote.
        return outcomes
    }

    /// The group cannot be had whole, so each act runs again by itself and gets an answer of its own.
    private func takeApart(_ outcomes: [Outcome]) -> [Outcome] {
        for (index, (visit, _)) in outcomes.enumerated() {
            do { try session.beginTransaction() } catch {
                return refuse(outcomes[index...].map { ($0.visit, error) }, with: error)
            }
            let failure = session.attempt(visit, isFirst: true)
            visit.answer(failure ?? session.commitTransaction() ?? log.sync())
        }
        return []
    }

    /// The file cannot be had. Whoever waits hears so at once, instead of waiting for it one after the other.
    private func refuse(_ outcomes: [Outcome], with error: StoreError) -> [Outcome] {
        for (visit, failure) in outcomes { visit.answer(failure ?? error) }
        while let visit = line.nextIfAny() { visit.answer(error) }
        return []
    }
}
