import CPostgres
import Store

/// A PostgreSQL database, shared by any number of servers.
///
/// Writers and readers are threads with a connection each, apart from each other so that long reads never hold up an act.
package final class PostgresStore: Store {
    package let engine = Engine.postgres
    private let url: String
    private let writes: BlockingQueue<TransactionRequest>
    private let reads: BlockingQueue<TransactionRequest>
    private let threads = DriverThreads()

    /// Connects when the first closure comes, and again after a connection was lost.
    /// - Parameters:
    ///   - url: `postgres://user:password@host:port/database?…`, as libpq reads it (postgresql.org/docs/current/libpq-connect.html).
    ///   - writers: how many acts run at once; more of them meet more conflicts.
    ///   - readers: how many reads run at once.
    ///   - waiting: how many acts, and how many reads, may wait before the next is refused as overloaded.
    package init(url: String, writers: Int = 4, readers: Int = 4, waiting: Int = 10_000) throws {
        guard let options = PQconninfoParse(url, nil) else {
            throw StoreError.gone("The database's address is not one that PostgreSQL's library can read (postgres://…).")
        }
        PQconninfoFree(options)
        self.url = url
        writes = BlockingQueue(limit: waiting)
        reads = BlockingQueue(limit: waiting)
        let (writes, reads) = (writes, reads)
        for _ in 0..<max(writers, 1) {
            threads.start("postgres writer") { PostgresSession(url: url, isReading: false).serve(writes) }
        }
        for _ in 0..<max(readers, 1) {
            threads.start("postgres reader") { PostgresSession(url: url, isReading: true).serve(reads) }
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
        let url = url
        let lease = try await DriverThreads.run("postgres lease") { try PostgresLease(name, url: url) }
        guard let lease else { return nil }
        defer { lease.end() }
        return try await body()
    }

    package func close() async {
        writes.close()
        reads.close()
        await threads.join()
    }
}
