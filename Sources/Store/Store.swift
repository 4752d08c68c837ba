/// A database that Dianzhang stands on: SQLite or PostgreSQL, behind one SQL text.
///
/// Closures are synchronous and run on a thread that the driver owns, never on the cooperative pool. A `write` closure may be run
/// again (after a conflict, a lost connection, a group that could not be committed whole), so it must not touch anything outside its
/// session.
package protocol Store: Sendable {
    var engine: Engine { get }

    /// Runs `body` in one transaction and returns only after the commit is on disk.
    /// If `body` throws, nothing of it remains and the error is rethrown; other acts that shared the commit are not affected.
    /// - Parameter alone: it takes so long that nobody should have to wait for it: it shares its commit with no other act.
    /// - Throws: `StoreError.unknown` where the connection was lost during the commit: it may stand.
    @discardableResult
    func write<T: Sendable>(alone: Bool, _ body: @escaping @Sendable (any Session) throws -> T) async throws -> T

    /// Runs `body` on a consistent snapshot that cannot write.
    func read<T: Sendable>(_ body: @escaping @Sendable (any Session) throws -> T) async throws -> T

    /// Runs `body` while no other server on this database holds the lease of this name; `nil` when another has it.
    /// Safe against a holder that died: the lease ends with its connection (PostgreSQL, advisory lock) or its process (SQLite, a locked
    /// file beside the database). A holder whose connection breaks is not told so: what it does must still be right when done twice.
    func withLease<T: Sendable>(_ name: String, _ body: @escaping @Sendable () async throws -> T) async throws -> T?

    /// Ends all connections. Later calls throw `StoreError.gone`.
    func close() async
}

extension Store {
    /// The same for an act that may share its commit with others.
    @discardableResult
    package func write<T: Sendable>(_ body: @escaping @Sendable (any Session) throws -> T) async throws -> T {
        try await write(alone: false, body)
    }
}

package enum Engine: String, Sendable, CaseIterable {
    case sqlite, postgres

    /// SQL with its bytes, `bytes'01ff'`, as this engine writes them. Of little use but where a condition must be the very one of an
    /// index: else bytes are arguments.
    package func written(_ sql: String) -> String {
        sql.replacing("bytes'", with: self == .sqlite ? "x'" : "'\\x")
    }
}

/// One transaction, seen from inside. Not Sendable: it never leaves the closure that it was given to.
///
/// SQL is written once, for both engines: parameters are `$1`, `$2`...; no automatic ids, no booleans (use BIGINT 0/1), no engine's
/// own functions (see docs/ARCHITECTURE.md, Store). Statements are prepared once for each connection and kept.
/// Tables are written with PostgreSQL's types (BIGINT, TEXT, BYTEA, DOUBLE PRECISION); the SQLite driver makes them STRICT.
///
/// A statement that fails ends the act, even if the closure catches the error: PostgreSQL works so, and SQLite follows.
/// Where a conflict is expected, write ON CONFLICT.
package protocol Session: AnyObject {
    var engine: Engine { get }

    /// The database as this transaction found it, on another connection, so that one thread may ask while another writes here. `nil` where
    /// the engine has none, in a transaction that only reads, and when other acts have written in this transaction before.
    /// It ends with the act.
    var found: (any Session)? { get }

    /// Others wait until this transaction ends. Work of many acts can end early for them and go on in another.
    var isAwaited: Bool { get }

    /// What is to be done once the transaction is on disk; nothing of it where it is not. An act that is rolled back takes its part with
    /// it; whoever rolls back to a savepoint of his own takes away what was added since.
    var afterCommit: [@Sendable () -> Void] { get set }

    /// What acts of this transaction have learnt of the database and would ask again. Whoever changes it there takes it away; it is empty
    /// when a transaction begins, and after something of it was taken back.
    var known: [String: Int64] { get set }

    /// - Returns: the number of rows changed.
    @discardableResult
    func execute(_ sql: String, _ arguments: [Value]) throws -> Int

    /// Executes one statement with each of the argument lists, where nobody needs to know what it comes to. On PostgreSQL it travels with
    /// what is asked next, and an INSERT of many rows is one statement; so it may be a later call that throws why it failed, or the end of
    /// the act.
    func executeMany(_ sql: String, _ argumentLists: [[Value]]) throws

    /// Calls `body` for each row of the answer. The row is valid only during the call; `body` may use the session.
    /// PostgreSQL holds the whole answer in memory: for very many rows use `stream`.
    func each(_ sql: String, _ arguments: [Value], _ body: (any Row) throws -> Void) throws

    /// Like `each` for an answer of any length, in constant memory. Only for queries.
    func stream(_ sql: String, _ arguments: [Value], _ body: (any Row) throws -> Void) throws
}

/// One row of an answer; columns count from 0. Reading a column as the wrong type is a programming error and traps.
package protocol Row {
    func isNull(_ column: Int) -> Bool
    func int(_ column: Int) -> Int64
    func double(_ column: Int) -> Double
    func text(_ column: Int) -> String
    func blob(_ column: Int) -> [UInt8]
    /// The bytes without a copy, valid during the call.
    func withBlob<T>(_ column: Int, _ body: (UnsafeRawBufferPointer) throws -> T) rethrows -> T
}

/// What is bound to a parameter.
package enum Value: Sendable, Hashable {
    case null
    case int(Int64)
    case double(Double)
    case text(String)
    case blob([UInt8])
}
