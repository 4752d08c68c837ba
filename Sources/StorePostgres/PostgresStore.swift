import CPostgres
import Store

/// A PostgreSQL database, shared by any number of servers.
///
/// Writers and readers are threads with a connection each, apart from each other so that long reads never hold up an act. One writer takes
/// the acts that may share a commit, in turn with those of other servers: at once they would meet in the few pages of an index and undo
/// one another. Those that take long, each alone, have the other writers, and hold up nobody.
package final class PostgresStore: Store {
    package let engine = Engine.postgres
    private let url: String
    private let acts: BlockingQueue<TransactionRequest>
    private let longActs: BlockingQueue<TransactionRequest>
    private let reads: BlockingQueue<TransactionRequest>
    private let threads = DriverThreads()

    /// Connects when the first closure comes, and again after a connection was lost.
    /// - Parameters:
    ///   - url: `postgres://user:password@host:port/database?…`, as libpq reads it (postgresql.org/docs/current/libpq-connect.html).
    ///   - writers: how many transactions write at once: one of the acts that may share it, and at least one of those that run alone.
    ///   - readers: how many reads run at once.
    ///   - waiting: how many acts, and how many reads, may wait before the next is refused as overloaded.
    ///   - longestGroup: for how long acts join one that has run, to share its commit; who came first waits for it.
    package init(
        url: String, writers: Int = 4, readers: Int = 4, waiting: Int = 10_000, longestGroup: Duration = .milliseconds(20)
    ) throws {
        guard let options = PQconninfoParse(url, nil) else {
            throw StoreError.gone("The database's address is not one that PostgreSQL's library can read (postgres://…).")
        }
        PQconninfoFree(options)
        self.url = url
        acts = BlockingQueue(limit: waiting)
        longActs = BlockingQueue(limit: waiting)
        reads = BlockingQueue(limit: waiting)
        let (acts, longActs, reads) = (acts, longActs, reads)
        threads.start("postgres writer") {
            PostgresSession(url: url, isReading: false, takesTurns: true, longestGroup: longestGroup).serve(acts)
        }
        for _ in 0..<max(writers - 1, 1) {
            threads.start("postgres writer") { PostgresSession(url: url, isReading: false).serve(longActs) }
        }
        for _ in 0..<max(readers, 1) {
            threads.start("postgres reader") { PostgresSession(url: url, isReading: true).serve(reads) }
        }
    }

    deinit {
        acts.close()
        longActs.close()
        reads.close()
    }

    @discardableResult
    package func write<T: Sendable>(alone: Bool, _ body: @escaping @Sendable (any Session) throws -> T) async throws -> T {
        try await TransactionRequest.wait(in: alone ? longActs : acts, isAlone: alone, for: body)
    }

    package func read<T: Sendable>(_ body: @escaping @Sendable (any Session) throws -> T) async throws -> T {
        try await TransactionRequest.wait(in: reads, for: body)
    }

    /// How many acts wait for a writer.
    package var actsWaiting: Int { acts.count + longActs.count }

    package func withLease<T: Sendable>(_ name: String, _ body: @escaping @Sendable () async throws -> T) async throws -> T? {
        let url = url
        let lease = try await DriverThreads.run("postgres lease") { try PostgresLease(name, url: url) }
        guard let lease else { return nil }
        let end: @Sendable () throws -> Void = { lease.end() }
        do {
            let result = try await body()
            try? await DriverThreads.run("postgres lease", end)
            return result
        } catch {
            try? await DriverThreads.run("postgres lease", end)
            throw error
        }
    }

    package func close() async {
        acts.close()
        longActs.close()
        reads.close()
        await threads.join()
    }
}
