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
    private var connection: PostgresConnection?
    /// The first failure of a statement in this transaction. It fails the act even if its closure went on.
    private var failure: PostgresFailure?
    var afterCommit: [@Sendable () -> Void] = []
    private var cursors = 0

    init(url: String, isReading: Bool) {
        self.url = url
        self.isReading = isReading
        begin = isReading ? "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY" : "BEGIN ISOLATION LEVEL SERIALIZABLE"
    }

    /// Serves until the line is closed and empty.
    func serve(_ line: BlockingQueue<TransactionRequest>) {
        while let visit = line.next() { visit.answer(serve(visit)) }
        drop()
    }

    // MARK: Transactions

    /// Runs a closure in a transaction, again while the database asks for it.
    /// - Returns: why nothing of it remains; `nil` if it is committed.
    private func serve(_ visit: TransactionRequest) -> (any Error)? {
        var reconnections = 0
        for attempt in 1...50 {
            var isCommitting = false
            do {
                try beginTransaction()
                try visit.run(in: self)
                if let failure { throw failure.error }
                isCommitting = true
                try commit()
                for action in afterCommit { action() }
                return nil
            } catch {
                guard let failure else {
                    rollBack()
                    return error
                }
                rollBack()
                // A connection that was lost before COMMIT was sent took nothing with it. After that nobody knows.
                if failure.isOfLoss, isCommitting, !isReading { return StoreError.unknown(failure.detail) }
                let isLost = failure.isOfLoss && reconnections == 0
                if isLost { reconnections += 1 }
                guard failure.isToBeTriedAgain || isLost else { return error }
                if failure.isOfStalePlan { drop() }
                // Those who collided must not collide again in step.
                if !isLost { Thread.sleep(forTimeInterval: Double.random(in: 0...min(0.001 * Double(attempt * attempt), 0.05))) }
            }
        }
        return StoreError.overloaded
    }

    private func beginTransaction() throws(StoreError) {
        failure = nil
        afterCommit = []
        if connection == nil { connection = try PostgresConnection(url: url) }
        try use { connection throws(PostgresFailure) in try connection.begin(begin) }
    }

    private func commit() throws(StoreError) {
        try use { connection throws(PostgresFailure) in try connection.end("COMMIT") }
    }

    private func rollBack() {
        guard let connection else { return }
        if !connection.isAlive || (try? connection.end("ROLLBACK")) == nil { drop() }
    }

    private func drop() {
        connection?.close()
        connection = nil
    }

    // MARK: Session

    func execute(_ sql: String, _ arguments: [Value]) throws -> Int {
        try use { connection throws(PostgresFailure) in try connection.ask(sql, arguments) }.changed
    }

    func executeMany(_ sql: String, _ argumentLists: [[Value]]) throws -> Int {
        try use { connection throws(PostgresFailure) in try connection.askMany(sql, argumentLists) }
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
