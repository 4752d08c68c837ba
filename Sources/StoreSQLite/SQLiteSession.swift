import CSQLite
import Store

/// A connection with its prepared statements, seen as a session by one act after the other.
final class SQLiteSession: Session {
    let engine = Engine.sqlite
    private let connection: SQLiteConnection
    private let database: OpaquePointer
    private var statements: [StatementKey: SQLiteStatement] = [:]
    private let begin: String
    /// Reads beside a writer, from the first act that asks for it.
    private let reader: (() throws -> SQLiteConnection)?
    private var beside: SQLiteSession?
    private let line: BlockingQueue<TransactionRequest>?
    /// Nothing was written in this transaction before the present act.
    private var isFirst = false
    /// The first failure of a statement in this act. It fails the act even if its closure went on.
    private var failure: StoreError?
    var afterCommit: [@Sendable () -> Void] = []
    var known: [String: Int64] = [:]

    /// - Parameters:
    ///   - reader: opens a connection for `found`.
    ///   - line: who waits for it.
    init(_ connection: SQLiteConnection, reader: (() throws -> SQLiteConnection)? = nil, line: BlockingQueue<TransactionRequest>? = nil) {
        self.connection = connection
        self.reader = reader
        self.line = line
        database = connection.handle
        begin = connection.isReader ? "BEGIN DEFERRED" : "BEGIN IMMEDIATE"
    }

    func close() {
        for statement in statements.values { sqlite3_finalize(statement.handle) }
        statements = [:]
        // Who closes last folds the log into the file, which a reader cannot.
        beside?.close()
        connection.close()
    }

    // MARK: Transactions

    var isAwaited: Bool { line.map { !$0.isEmpty } ?? false || connection.turn?.isWanted ?? false }

    var isInTransaction: Bool { sqlite3_get_autocommit(database) == 0 }

    /// - Throws: `StoreError.overloaded` when another process keeps writing for longer than the store is patient.
    func beginTransaction() throws(StoreError) {
        if connection.hasMoved { throw .gone("The database file was moved, removed or replaced while it was open.") }
        defer { connection.turn?.endWaiting() }
        (afterCommit, known) = ([], [:])
        try run(begin)
    }

    /// Runs an act in the open transaction. The first act needs no savepoint: while it is alone, rolling back everything is the same.
    /// - Returns: why nothing of the act remains; `nil` if it succeeded.
    func attempt(_ visit: TransactionRequest, isFirst: Bool) -> (any Error)? {
        self.isFirst = isFirst
        let before = afterCommit.count
        defer { beside?.endSnapshot() }
        do {
            if !isFirst { try run("SAVEPOINT act") }
            failure = nil
            try visit.run(in: self)
            if let failure { throw failure }
            try requireNoOpenKeys()
            if !isFirst { try run("RELEASE act") }
            return nil
        } catch {
            afterCommit.removeLast(afterCommit.count - before)
            known = [:]
            // A full disk can already have ended the transaction.
            if isInTransaction {
                if isFirst {
                    try? run("ROLLBACK")
                } else if (try? run("ROLLBACK TO act")) == nil || (try? run("RELEASE act")) == nil {
                    try? run("ROLLBACK")
                }
            }
            return error
        }
    }

    /// Puts what the acts did on disk.
    /// - Returns: why nothing of them remains; `nil` if all is on disk.
    func commitTransaction() -> StoreError? {
        do {
            try run("COMMIT")
            for action in afterCommit { action() }
            return nil
        } catch {
            if isInTransaction { try? run("ROLLBACK") }
            return error
        }
    }

    /// Runs a closure on a snapshot.
    func read(_ visit: TransactionRequest) -> (any Error)? {
        defer { if isInTransaction { try? run("ROLLBACK") } }
        do {
            try beginTransaction()
            failure = nil
            try visit.run(in: self)
            return failure
        } catch { return error }
    }

    var found: (any Session)? {
        guard isFirst, !connection.isReader, let reader else { return nil }
        if beside == nil { beside = (try? reader()).map { SQLiteSession($0) } }
        guard let beside else { return nil }
        beside.failure = nil
        // The writer's lock keeps everybody from committing, so whenever the snapshot begins it is what the transaction found.
        return beside.isInTransaction || (try? beside.beginTransaction()) != nil ? beside : nil
    }

    private func endSnapshot() { if isInTransaction { try? run("ROLLBACK") } }

    /// Deferred foreign keys would fail the commit of the whole group: find the guilty act before it joins.
    private func requireNoOpenKeys() throws(StoreError) {
        var open: CInt = 0
        var unused: CInt = 0
        sqlite3_db_status(database, SQLITE_DBSTATUS_DEFERRED_FKS, &open, &unused, 0)
        if open != 0 { throw .constraint("FOREIGN KEY") }
    }

    private func run(_ sql: String) throws(StoreError) {
        let statement = try prepared(sql)
        let code = sqlite3_step(statement.handle)
        let error = code == SQLITE_DONE ? nil : StoreError(database, code, sql)
        sqlite3_reset(statement.handle)
        if let error { throw error }
    }

    // MARK: Session

    func execute(_ sql: String, _ arguments: [Value]) throws -> Int {
        try step(sql, arguments) { _ in } ? Int(sqlite3_changes64(database)) : 0
    }

    func executeMany(_ sql: String, _ argumentLists: [[Value]]) throws {
        if let failure { throw failure }
        let statement: SQLiteStatement
        do { statement = try prepared(sql) } catch { throw fail(error) }
        precondition(!statement.isBusy, "rows are written while the same statement is in use: \(sql)")
        var rest = argumentLists[...]
        if rest.count >= MultiRowInsert.atOnce, let many = MultiRowInsert.insertion(sql) {
            let statement: SQLiteStatement
            do { statement = try prepared(many) } catch { throw fail(error) }
            while rest.count >= MultiRowInsert.atOnce {
                _ = try step(statement, many, rest.prefix(MultiRowInsert.atOnce)) { _ in }
                rest = rest.dropFirst(MultiRowInsert.atOnce)
            }
        }
        for arguments in rest { _ = try step(statement, sql, [arguments]) { _ in } }
    }

    func each(_ sql: String, _ arguments: [Value], _ body: (any Row) throws -> Void) throws {
        _ = try step(sql, arguments, body)
    }

    func stream(_ sql: String, _ arguments: [Value], _ body: (any Row) throws -> Void) throws {
        _ = try step(sql, arguments, body)
    }

    /// - Returns: whether the statement changes rows.
    private func step(_ sql: String, _ arguments: [Value], _ body: (any Row) throws -> Void) throws -> Bool {
        if let failure { throw failure }
        let statement: SQLiteStatement
        do { statement = try prepared(sql) } catch { throw fail(error) }
        if statement.isBusy { return try stepAgain(sql, arguments, body) }
        return try step(statement, sql, [arguments], body)
    }

    /// The statement is in use further up (a walk over a tree, say): a second one serves.
    private func stepAgain(_ sql: String, _ arguments: [Value], _ body: (any Row) throws -> Void) throws -> Bool {
        let statement: SQLiteStatement
        do { statement = try prepare(sql) } catch { throw fail(error) }
        defer { sqlite3_finalize(statement.handle) }
        return try step(statement, sql, [arguments], body)
    }

    private func step(
        _ statement: SQLiteStatement, _ sql: String, _ rows: ArraySlice<[Value]>, _ body: (any Row) throws -> Void
    ) throws -> Bool {
        statement.isBusy = true
        defer {
            sqlite3_reset(statement.handle)
            statement.isBusy = false
        }
        var code: CInt
        do { code = try statement.bind(rows) } catch { throw fail(error) }
        while code == SQLITE_OK || code == SQLITE_ROW {
            code = sqlite3_step(statement.handle)
            if code == SQLITE_ROW { try body(statement) }
        }
        guard code == SQLITE_DONE else { throw fail(StoreError(database, code, sql)) }
        return statement.changesRows
    }

    private func fail(_ error: StoreError) -> StoreError {
        failure = failure ?? error
        return error
    }

    // MARK: Prepared statements

    private func prepared(_ sql: String) throws(StoreError) -> SQLiteStatement {
        let key = StatementKey(sql: sql)
        if let statement = statements[key] { return statement }
        if statements.count >= 500 { forgetStatements() }
        let statement = try prepare(sql)
        statements[key] = statement
        return statement
    }

    private func prepare(_ sql: String) throws(StoreError) -> SQLiteStatement {
        var handle: OpaquePointer?
        var hasMore = false
        let code = StrictTables.translate(sql).withCString { start in
            var end: UnsafePointer<CChar>?
            let code = sqlite3_prepare_v3(database, start, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &handle, &end)
            while let next = end, [0x20, 0x0a, 0x0d, 0x09, 0x3b].contains(next.pointee) { end = next + 1 }
            hasMore = code == SQLITE_OK && end.map { $0.pointee != 0 } == true
            return code
        }
        guard code == SQLITE_OK else { throw StoreError(database, code, sql) }
        guard !hasMore else {
            sqlite3_finalize(handle)
            throw .broken("One statement at a time: \(sql)")
        }
        guard let handle else { throw .broken("There is no statement in: \(sql)") }
        do {
            return try SQLiteStatement(handle: handle, sql: sql)
        } catch {
            sqlite3_finalize(handle)
            throw error
        }
    }

    private func forgetStatements() {
        statements = statements.filter { _, statement in
            if !statement.isBusy { sqlite3_finalize(statement.handle) }
            return statement.isBusy
        }
    }
}

/// A statement's text as a key: hashed by its length and its end, because hashing all of a long text costs more than the statement.
private struct StatementKey: Hashable {
    let sql: String

    func hash(into hasher: inout Hasher) {
        var digest = UInt64(truncatingIfNeeded: sql.utf8.count)
        for byte in sql.utf8.suffix(7) { digest = digest << 8 ^ UInt64(byte) }
        hasher.combine(digest)
    }
}
