import Foundation
import Store

/// A thread's connection, seen as a session by one closure after the other.
final class PostgresSession: Session {
    let engine = Engine.postgres
    let found: (any Session)? = nil
    /// Others write beside it.
    let isAwaited = false
    private let url: String
    private let begin: String
    private let isReading: Bool
    private let turns: WritingTurns?
    private let longestGroup: Duration
    private var connection: PostgresConnection?
    /// The first failure of a statement in this transaction. It fails the act even if its closure went on.
    private var failure: PostgresFailure?
    var afterCommit: [@Sendable () -> Void] = []
    var known: [String: Int64] = [:]
    private var cursors = 0

    /// - Parameter takesTurns: its transactions come one after the other with those of other servers.
    init(url: String, isReading: Bool, takesTurns: Bool = false, longestGroup: Duration = .zero) {
        self.url = url
        self.isReading = isReading
        turns = takesTurns ? WritingTurns() : nil
        self.longestGroup = longestGroup
        begin = isReading ? "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY" : "BEGIN ISOLATION LEVEL SERIALIZABLE"
    }

    /// Serves until the line is closed and empty.
    func serve(_ line: BlockingQueue<TransactionRequest>) {
        while let first = line.next() {
            var others: [Outcome] = []
            let end = serve(first) { [self] in
                if !isReading, !first.isAlone { try join(&others, from: line) }
                return others.isEmpty
            }
            switch end {
            case .failed(let failure) where others.isEmpty: first.answer(failure)
            case .failed:
                // The group cannot be had whole, so each act runs again by itself and gets an answer of its own.
                for visit in [first] + others.map(\.visit) { visit.answer(serve(visit) { true }.failure) }
            case .committed, .unknown:
                // Failures are answered last as well: they may rest on what the others wrote.
                first.answer(end.failure)
                for other in others { other.visit.answer(end.failure ?? other.failure) }
            }
        }
        drop()
    }

    // MARK: Transactions

    private typealias Outcome = (visit: TransactionRequest, failure: (any Error)?)

    private enum End {
        case committed
        /// Nothing of it remains.
        case failed(any Error)
        case unknown(StoreError)

        var failure: (any Error)? {
            switch self {
            case .committed: nil
            case .failed(let error): error
            case .unknown(let error): error
            }
        }
    }

    private static let greatestGroup = 256

    /// Runs the acts that wait in the transaction of another, so that they share its way to the disk. What one of them came to is known
    /// only when the transaction has ended: a statement may fail after its act has gone on.
    /// - Throws: where a statement has failed.
    private func join(_ others: inout [Outcome], from line: BlockingQueue<TransactionRequest>) throws {
        let end = ContinuousClock.now + longestGroup
        while others.count < Self.greatestGroup, ContinuousClock.now < end, let visit = line.nextIfAny() {
            others.append((visit, nil))
            let before = afterCommit.count
            try executeMany("SAVEPOINT act", [[]])
            do { try visit.run(in: self) } catch {
                if let failure { throw failure.error }
                others[others.count - 1].failure = error
                afterCommit.removeLast(afterCommit.count - before)
                known = [:]
                try executeMany("ROLLBACK TO SAVEPOINT act", [[]])
            }
            try executeMany("RELEASE SAVEPOINT act", [[]])
        }
    }

    /// Runs a closure in a transaction, again while the database asks for it.
    /// - Parameter join: called before the commit; whether the closure is alone in its transaction.
    private func serve(_ visit: TransactionRequest, _ join: () throws -> Bool) -> End {
        var reconnections = 0
        for attempt in 1...50 {
            var isCommitting = false, isAlone = true
            do {
                try beginTransaction()
                try visit.run(in: self)
                if let failure { throw failure.error }
                isAlone = false
                isAlone = try join()
                isCommitting = true
                try commit()
                for action in afterCommit { action() }
                return .committed
            } catch {
                guard let failure else {
                    rollBack()
                    return .failed(error)
                }
                rollBack()
                // A connection that was lost before COMMIT was sent took nothing with it. After that nobody knows.
                if failure.isOfLoss, isCommitting, !isReading { return .unknown(.unknown(failure.detail)) }
                let isLost = failure.isOfLoss && reconnections == 0
                if isLost { reconnections += 1 }
                guard isAlone, failure.isToBeTriedAgain || isLost else { return .failed(error) }
                if failure.isOfStalePlan { drop() }
                // Those who collided must not collide again in step.
                if !isLost { Thread.sleep(forTimeInterval: Double.random(in: 0...min(0.001 * Double(attempt * attempt), 0.05))) }
            }
        }
        return .failed(StoreError.overloaded)
    }

    private func beginTransaction() throws(StoreError) {
        failure = nil
        (afterCommit, known) = ([], [:])
        if connection == nil {
            connection = try PostgresConnection(url: url)
            if let turns { try use { connection throws(PostgresFailure) in try turns.prepare(connection) } }
        }
        try use { connection throws(PostgresFailure) in try connection.begin(begin, turn: turns?.command(connection)) }
    }

    private func commit() throws(StoreError) {
        try use { connection throws(PostgresFailure) in
            if isReading { try connection.leave() } else { try connection.end(PostgresConnection.commit) }
        }
    }

    private func rollBack() {
        guard let connection else { return }
        if !connection.isAlive || (try? connection.end(PostgresConnection.rollback)) == nil { drop() }
    }

    private func drop() {
        connection?.close()
        connection = nil
    }

    // MARK: Session

    func execute(_ sql: String, _ arguments: [Value]) throws -> Int {
        try use { connection throws(PostgresFailure) in try connection.ask(sql, arguments) }.changed
    }

    func executeMany(_ sql: String, _ argumentLists: [[Value]]) throws {
        try use { connection throws(PostgresFailure) in try connection.post(sql, each: argumentLists) }
    }

    func each(_ sql: String, _ arguments: [Value], _ body: (any Row) throws -> Void) throws {
        try use { connection throws(PostgresFailure) in try connection.ask(sql, arguments) }.each(body)
    }

    func stream(_ sql: String, _ arguments: [Value], _ body: (any Row) throws -> Void) throws {
        cursors += 1
        let cursor = "cursor\(cursors)"
        try askOnce("DECLARE \(cursor) NO SCROLL CURSOR FOR \(sql)", arguments)
        while true {
            let answer = try askOnce("FETCH 1000 FROM \(cursor)", [])
            if answer.count == 0 { break }
            try answer.each(body)
        }
        try askOnce("CLOSE \(cursor)", [])
    }

    @discardableResult
    private func askOnce(_ sql: String, _ arguments: [Value]) throws(StoreError) -> PostgresAnswer {
        try use { connection throws(PostgresFailure) in try connection.askOnce(sql, arguments) }
    }

    private func use<T>(_ body: (PostgresConnection) throws(PostgresFailure) -> T) throws(StoreError) -> T {
        if let failure { throw failure.error }
        guard let connection else { throw .gone("The connection was lost.") }
        do { return try body(connection) } catch { throw fail(error) }
    }

    private func fail(_ failure: PostgresFailure) -> StoreError {
        self.failure = self.failure ?? failure
        return failure.error
    }
}
