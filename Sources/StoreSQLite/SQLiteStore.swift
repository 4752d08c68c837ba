import Store

/// One SQLite file: a writer thread that commits in groups, and reader threads on snapshots.
package final class SQLiteStore: Store {
    package let engine = Engine.sqlite
    /// Where the file is.
    package let path: String
    /// Files of the database that others could read until now.
    package let tightened: [String]
    private let writes: BlockingQueue<TransactionRequest>
    private let reads: BlockingQueue<TransactionRequest>
    private let writer = DriverThreads()
    private let readers = DriverThreads()

    /// Opens the file, and makes it where there is none.
    /// - Parameters:
    ///   - mustExist: refuse to make a new file.
    ///   - readers: how many reads run at once.
    ///   - waiting: how many acts, and how many reads, may wait before the next is refused as overloaded.
    ///   - patience: how many seconds to wait for another process that is writing; then the acts that wait are refused as overloaded.
    ///   - pageLimit: the file's greatest size in pages of 4 KiB; beyond it the disk counts as full.
    ///   - caches: how much of the file the connections keep in memory.
    /// - Throws: `StoreError.gone` when the file cannot be reached, `.broken` when it is not a database.
    package init(
        path: String, mustExist: Bool = false, readers: Int = 4, waiting: Int = 10_000, patience: Double = 10, pageLimit: Int? = nil,
        caches: PageCaches = PageCaches()
    ) throws {
        self.path = path
        if mustExist, !PrivateFiles.exists(path) { throw StoreError.gone("There is no database at \(path).") }
        tightened = try PrivateFiles.prepare(path)
        writes = BlockingQueue(limit: waiting)
        reads = BlockingQueue(limit: waiting)
        let connection = try SQLiteConnection(
            .writer(mustExist: mustExist, patience: patience, pageLimit: pageLimit), path: path, caches: caches)
        var connections: [SQLiteConnection] = []
        for _ in 0..<max(readers, 1) { connections.append(try SQLiteConnection(.reader, path: path, caches: caches)) }

        let (writes, checkpoints) = (writes, try WALCheckpoints(path: path, patience: patience))
        writer.start("sqlite writer") {
            GroupCommit(connection: connection, line: writes, checkpoints: checkpoints) {
                try SQLiteConnection(.reader, path: path, caches: caches)
            }.run()
        }
        for connection in connections { startReader(connection) }
    }

    /// Opens a file that must be there, to look at it: neither the file nor its mode is changed, and whoever writes gets `StoreError.gone`.
    /// SQLite may lay a log and an index beside a file that nobody else has open.
    package init(reading path: String, readers: Int = 4) throws {
        guard PrivateFiles.exists(path) else { throw StoreError.gone("There is no database at \(path).") }
        self.path = path
        tightened = []
        writes = BlockingQueue(limit: 0)
        reads = BlockingQueue(limit: 10_000)
        writes.close()
        for _ in 0..<readers { startReader(try SQLiteConnection(.reader, path: path)) }
    }

    private func startReader(_ connection: SQLiteConnection) {
        readers.start("sqlite reader") { [reads] in
            let session = SQLiteSession(connection)
            while let visit = reads.next() { visit.answer(session.read(visit)) }
            session.close()
        }
    }

    deinit {
        writes.close()
        reads.close()
    }

    @discardableResult
    package func write<T: Sendable>(alone: Bool, _ body: @escaping @Sendable (any Session) throws -> T) async throws -> T {
        try await TransactionRequest.wait(in: writes, isAlone: alone, for: body)
    }

    package func read<T: Sendable>(_ body: @escaping @Sendable (any Session) throws -> T) async throws -> T {
        try await TransactionRequest.wait(in: reads, for: body)
    }

    package func withLease<T: Sendable>(_ name: String, _ body: @escaping @Sendable () async throws -> T) async throws -> T? {
        guard let lease = try SQLiteLease(name, besides: path) else { return nil }
        defer { lease.end() }
        return try await body()
    }

    package func close() async {
        reads.close()
        await readers.join()
        // The writer goes last: it can fold the log into the file when nobody else has it open.
        writes.close()
        await writer.join()
    }

    /// Copies the database, as it is at one moment, to a new file while acts go on.
    /// - Throws: `StoreError.broken` when there is a file already.
    package func backup(to destination: String) async throws {
        let path = path
        try await DriverThreads.run("sqlite backup") { try SQLiteConnection.copy(path, to: destination) }
    }

    /// Writes the file anew without its free pages, in which older forms of rows may stand, and empties the log. Needs room for a second
    /// file of the size, and waits for whoever writes.
    /// - Returns: false where somebody reads meanwhile: the log then keeps older forms until it is written over.
    package func compact() async throws -> Bool {
        let path = path
        return try await DriverThreads.run("sqlite compact") { try SQLiteConnection.compact(path) }
    }
}
