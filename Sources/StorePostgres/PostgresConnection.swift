import CPostgres
import Store

/// One connection, used by one thread at a time.
final class PostgresConnection {
    private let handle: OpaquePointer
    private var isOpen = true
    private var parameters = PostgresParameters()
    /// Prepared statements by their text, each with the types that its parameters were prepared for.
    private var statements: [String: [(name: String, types: [Oid])]] = [:]
    private var namesGiven = 0
    /// A BEGIN that travels with the first statement, which saves a round trip.
    private var unsentBegin: String?

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
        guard PQstatus(handle) == CONNECTION_OK else {
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

    func begin(_ command: String) throws(PostgresFailure) {
        if statements.count >= 500 { try forgetStatements() }
        unsentBegin = command
    }

    /// - Parameter command: COMMIT or ROLLBACK.
    func end(_ command: String) throws(PostgresFailure) {
        guard unsentBegin == nil else { return unsentBegin = nil }
        let answer = try check(PQexec(handle, command), command)
        // The server answers a COMMIT after a failed statement with ROLLBACK, and calls it a success.
        guard answer.command == command else { throw PostgresFailure(.broken("\(command) was answered with \(answer.command).")) }
    }

    // MARK: Statements

    /// Runs a statement that is prepared once and kept.
    func ask(_ sql: String, _ arguments: [Value]) throws(PostgresFailure) -> PostgresAnswer {
        try parameters.set(arguments)
        let name = try statement(sql, parameters.types)
        guard let begin = unsentBegin else {
            return try check(
                parameters.withPointers { PQexecPrepared(handle, name, $0.count, $0.values, $0.lengths, $0.formats, 1) }, sql)
        }
        unsentBegin = nil
        var answers = try pipeline(2, sql) { () throws(PostgresFailure) in
            try sent(PQsendQueryParams(handle, begin, 0, nil, nil, nil, nil, 1))
            try send(name)
        }
        return answers.removeLast()
    }

    /// Runs a statement that will not come again.
    func askOnce(_ sql: String, _ arguments: [Value]) throws(PostgresFailure) -> PostgresAnswer {
        try sendBeginAlone()
        try parameters.set(arguments)
        return try check(
            parameters.withPointers { PQexecParams(handle, sql, $0.count, $0.types, $0.values, $0.lengths, $0.formats, 1) }, sql)
    }

    /// Runs a statement with each of the argument lists, many to a round trip.
    /// - Returns: the number of rows changed.
    func askMany(_ sql: String, _ argumentLists: [[Value]]) throws(PostgresFailure) -> Int {
        try sendBeginAlone()
        // Few enough that their answers fit into the socket's buffer: neither side ever waits for the other to read.
        let most = 200
        var changed = 0
        for start in stride(from: 0, to: argumentLists.count, by: most) {
            let lists = argumentLists[start..<min(start + most, argumentLists.count)]
            var names: [String] = []
            for arguments in lists {
                try parameters.set(arguments)
                names.append(try statement(sql, parameters.types))
            }
            let answers = try pipeline(lists.count, sql) { () throws(PostgresFailure) in
                for (arguments, name) in zip(lists, names) {
                    try parameters.set(arguments)
                    try send(name)
                }
            }
            for answer in answers { changed += answer.changed }
        }
        return changed
    }

    private func sendBeginAlone() throws(PostgresFailure) {
        guard let begin = unsentBegin else { return }
        unsentBegin = nil
        _ = try check(PQexec(handle, begin), begin)
    }

    // MARK: Pipeline

    /// Sends statements without waiting for each, then collects their answers.
    private func pipeline(
        _ count: Int, _ sql: String, _ sendAll: () throws(PostgresFailure) -> Void
    ) throws(PostgresFailure) -> [PostgresAnswer] {
        try sent(PQenterPipelineMode(handle))
        do { try sendAll() } catch {
            // Some statements may be on their way: the connection cannot be used any more, and the transaction ends with it.
            close()
            throw error
        }
        try sent(PQpipelineSync(handle))
        var answers: [PostgresAnswer] = []
        var failure: PostgresFailure?
        for _ in 0..<count {
            let result = PQgetResult(handle)
            do { answers.append(try check(result, sql)) } catch { failure = failure ?? error }
            if result != nil, let surplus = PQgetResult(handle) { PQclear(surplus) }
        }
        if let sync = PQgetResult(handle) { PQclear(sync) }
        let left = PQexitPipelineMode(handle) == 1
        if let failure { throw failure }
        guard left else { throw lost() }
        return answers
    }

    private func send(_ name: String) throws(PostgresFailure) {
        try sent(parameters.withPointers { PQsendQueryPrepared(handle, name, $0.count, $0.values, $0.lengths, $0.formats, 1) })
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

    /// The name of a statement prepared for these types; prepares it if there is none.
    ///
    /// A null has no type. It fits every statement, and where a new one must be prepared it takes the type seen before: so a statement
    /// with many columns that may be null is prepared a few times, not once for each pattern of nulls.
    private func statement(_ sql: String, _ types: [PostgresParameters.TypeOfArgument]) throws(PostgresFailure) -> String {
        let known = statements[sql] ?? []
        for (name, preparedTypes) in known where types.fit(preparedTypes) { return name }
        let before = known.last?.types ?? []
        let oids = types.indices.map { types[$0].isNull && $0 < before.count ? before[$0] : types[$0].oid }
        namesGiven += 1
        let name = "s\(namesGiven)"
        _ = try check(PQprepare(handle, name, sql, CInt(oids.count), oids), sql)
        statements[sql] = known + [(name, oids)]
        return name
    }

    private func forgetStatements() throws(PostgresFailure) {
        statements = [:]
        _ = try check(PQexec(handle, "DEALLOCATE ALL"), "DEALLOCATE ALL")
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
