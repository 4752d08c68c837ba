import CPostgres
import Store

/// One connection, used by one thread at a time. It is in libpq's pipeline mode throughout: what is posted travels together with what is
/// asked next, and only that waits for the server.
final class PostgresConnection {
    private let handle: OpaquePointer
    private var isOpen = true
    private var parameters = PostgresParameters()
    private var statements = PreparedStatements()
    /// By the statement of one row; nothing where there is none of many.
    private var insertions: [String: ArrayInsertion?] = [:]
    private enum Sent {
        case statement(String)
        /// Behind a failure the server passes over everything up to the next one.
        case mark
    }

    /// What was sent and is not answered yet, in its order.
    private var underWay: [Sent] = []
    /// A BEGIN that travels with the first statement, and what comes right behind it.
    private var unsentBegin: [String] = []

    init(url: String) throws(StoreError) {
        // What stands before `dbname` is a default, which the address may override.
        let options = [
            ("connect_timeout", "10"), ("application_name", "dianzhang"), ("keepalives_idle", "30"), ("keepalives_interval", "10"),
            ("keepalives_count", "3"), ("tcp_user_timeout", "30000"), ("dbname", url), ("client_encoding", "UTF8"),
        ]
        let handle = withCStrings(options.map(\.0)) { names in
            withCStrings(options.map(\.1)) { values in PQconnectdbParams(names, values, 1) }
        }
        guard let handle else { throw .gone("There is no memory for a connection.") }
        self.handle = handle
        guard PQstatus(handle) == CONNECTION_OK, PQenterPipelineMode(handle) == 1 else {
            let message = String(cString: PQerrorMessage(handle))
            close()
            throw .gone("PostgreSQL cannot be reached: \(message)")
        }
        PQsetNoticeProcessor(handle, { _, _ in }, nil)
    }

    deinit { close() }

    func close() {
        if isOpen { PQfinish(handle) }
        isOpen = false
    }

    var isAlive: Bool { isOpen && PQstatus(handle) == CONNECTION_OK }

    // MARK: Transactions

    /// - Parameter turn: what makes the transaction wait until it is its turn, before it sees anything of the database.
    func begin(_ command: String, turn: String? = nil) throws(PostgresFailure) {
        if statements.count >= 500 {
            statements.forgetAll()
            _ = try askOnce("DEALLOCATE ALL", [])
        }
        unsentBegin = turn.map { [command, $0] } ?? [command]
    }

    /// - Parameter command: COMMIT or ROLLBACK.
    func end(_ command: String) throws(PostgresFailure) {
        guard unsentBegin.isEmpty else { return unsentBegin = [] }
        // Behind something that failed the server would pass over a ROLLBACK as well.
        if command == Self.rollback, !underWay.isEmpty { _ = try? answer() }
        let answer = try askOnce(command, [])
        // The server answers a COMMIT after a failed statement with ROLLBACK, and calls it a success.
        guard answer.command == command else { throw PostgresFailure(.broken("\(command) was answered with \(answer.command).")) }
    }

    /// Ends a transaction that has only read, and waits for nothing.
    func leave() throws(PostgresFailure) {
        guard unsentBegin.isEmpty else { return unsentBegin = [] }
        try post(Self.commit, PQsendQueryParams(handle, Self.commit, 0, nil, nil, nil, nil, 1))
        try mark()
    }

    static let commit = "COMMIT", rollback = "ROLLBACK"

    // MARK: Statements

    /// Runs a statement that is prepared once and kept.
    func ask(_ sql: String, _ arguments: [Value]) throws(PostgresFailure) -> PostgresAnswer {
        try post(sql, arguments)
        return try answer()
    }

    /// Runs a statement that will not come again.
    func askOnce(_ sql: String, _ arguments: [Value]) throws(PostgresFailure) -> PostgresAnswer {
        try postBegin()
        try parameters.set(arguments)
        try post(sql, parameters.withPointers { PQsendQueryParams(handle, sql, $0.count, $0.types, $0.values, $0.lengths, $0.formats, 1) })
        return try answer()
    }

    /// Sends a statement that is prepared once and kept. What it comes to is heard with the next answer.
    func post(_ sql: String, _ arguments: [Value]) throws(PostgresFailure) {
        try postBegin()
        try parameters.set(arguments)
        try postPrepared(sql)
    }

    /// Sends a statement with each of the argument lists; an INSERT of many rows as one statement.
    func post(_ sql: String, each lists: [[Value]]) throws(PostgresFailure) {
        guard lists.count >= ArrayInsertion.leastRows, let insertion = try insertion(sql), insertion.takes(lists) else {
            for arguments in lists { try post(sql, arguments) }
            return
        }
        try postBegin()
        for start in stride(from: 0, to: lists.count, by: ArrayInsertion.mostRows) {
            let rows = lists[start..<min(start + ArrayInsertion.mostRows, lists.count)]
            try parameters.set(columnsOf: rows, insertion.types)
            try postPrepared(insertion.sql)
            // So many keep the server busy; it need not wait for what comes next.
            if rows.count >= Self.many, PQflush(handle) < 0 { throw lost() }
        }
    }

    private static let many = 100

    private func postBegin() throws(PostgresFailure) {
        if unsentBegin.isEmpty { return }
        let begin = unsentBegin
        unsentBegin = []
        for command in begin { try post(command, []) }
    }

    // MARK: Pipeline

    private func postPrepared(_ sql: String) throws(PostgresFailure) {
        let name = try prepared(sql, parameters.types)
        try post(sql, parameters.withPointers { PQsendQueryPrepared(handle, name, $0.count, $0.values, $0.lengths, $0.formats, 1) })
    }

    private func post(_ sql: String, _ code: CInt) throws(PostgresFailure) {
        try sent(code)
        underWay.append(.statement(sql))
    }

    private func mark() throws(PostgresFailure) {
        try sent(PQpipelineSync(handle))
        underWay.append(.mark)
    }

    /// Waits for the answers to all that is under way.
    /// - Returns: the last one.
    /// - Throws: the first failure.
    private func answer() throws(PostgresFailure) -> PostgresAnswer {
        try mark()
        var last: PostgresAnswer?
        var failure: PostgresFailure?
        for one in underWay {
            let result = PQgetResult(handle)
            switch one {
            case .mark where result != nil && PQresultStatus(result) == PGRES_PIPELINE_SYNC: PQclear(result)
            case .mark:
                PQclear(result)
                failure = failure ?? lost()
            case .statement(let sql):
                do { last = try check(result, sql) } catch { failure = failure ?? error }
                if result != nil, let surplus = PQgetResult(handle) { PQclear(surplus) }
            }
        }
        underWay.removeAll(keepingCapacity: true)
        statements.answered(failed: failure != nil)
        if let failure { throw failure }
        guard let last else { throw lost() }
        return last
    }

    private func sent(_ code: CInt) throws(PostgresFailure) {
        if code != 1 { throw lost() }
    }

    private func lost() -> PostgresFailure {
        PostgresFailure(.gone("The connection to PostgreSQL was lost: \(isOpen ? String(cString: PQerrorMessage(handle)) : "closed")"))
    }

    private func check(_ result: OpaquePointer?, _ sql: String) throws(PostgresFailure) -> PostgresAnswer {
        guard let result else { throw lost() }
        switch PQresultStatus(result) {
        case PGRES_COMMAND_OK, PGRES_TUPLES_OK: return PostgresAnswer(result)
        default:
            defer { PQclear(result) }
            throw PostgresFailure(result, isAlive: isAlive, sql)
        }
    }

    // MARK: Prepared statements

    /// The name of a statement prepared for these types; has it prepared where there is none.
    private func prepared(_ sql: String, _ types: [PostgresParameters.TypeOfArgument]) throws(PostgresFailure) -> String {
        if let name = statements.name(sql, types) { return name }
        let (name, oids) = statements.add(sql, types)
        try post(sql, PQsendPrepare(handle, name, sql, CInt(oids.count), oids))
        return name
    }

    /// How many rows go in by one statement; the server is asked once what it takes for the parameters.
    private func insertion(_ sql: String) throws(PostgresFailure) -> ArrayInsertion? {
        if let known = insertions[sql] { return known }
        var found: ArrayInsertion?
        if ArrayInsertion.values(in: sql) != nil {
            try postBegin()
            // An unnamed statement, without types.
            try post(sql, PQsendPrepare(handle, "", sql, 0, nil))
            try post(sql, PQsendDescribePrepared(handle, ""))
            found = ArrayInsertion(sql, types: try answer().parameterTypes)
        }
        insertions[sql] = .some(found)
        return found
    }
}

/// A null-terminated array of C strings, as libpq takes its options.
private func withCStrings<T>(_ strings: [String], _ body: (UnsafePointer<UnsafePointer<CChar>?>) -> T) -> T {
    let characters = strings.map { Array($0.utf8CString) }
    func pass(_ index: Int, _ pointers: [UnsafePointer<CChar>?]) -> T {
        guard index < characters.count else { return (pointers + [nil]).withUnsafeBufferPointer { body($0.baseAddress!) } }
        return characters[index].withUnsafeBufferPointer { pass(index + 1, pointers + [$0.baseAddress]) }
    }
    return pass(0, [])
}
