import Store

/// Where the ring's keys rest, wrapped, and how they come and go.
extension KeyRing {
    /// The table, for the first migration. `created`, `retired` and `destroyed` are moments in milliseconds since 1970.
    package static let schema = """
        CREATE TABLE data_key (
            id BIGINT PRIMARY KEY CHECK (id BETWEEN 1 AND 4294967295),
            purpose TEXT NOT NULL CHECK (purpose IN ('level', 'blind', 'signing')),
            level BIGINT NOT NULL CHECK (level BETWEEN 0 AND 3),
            wrapped BYTEA NOT NULL,
            created BIGINT NOT NULL,
            retired BIGINT,
            destroyed BIGINT
        );
        CREATE UNIQUE INDEX data_key_current ON data_key (purpose, level) WHERE retired IS NULL;

        """

    /// Opens the ring of a database, and first makes the keys that it has not got. Servers that start at once wait for each other.
    /// - Parameter at: the moment, in milliseconds since 1970.
    /// - Throws: `VaultError.wrongMaster`, `.keyDamaged`; nothing is written then.
    package static func open(_ store: any Store, master: MasterKey, at: Int64) async throws -> KeyRing {
        try await alone(in: store) {
            let rows = try await store.write { session in
                let found = try DataKey.Row.all(in: session)
                // Refuse a wrong master before anything is wrapped with it.
                if !found.isEmpty { try check(found, master: master) }
                let fresh = try missing(from: found, master: master, at: at)
                for row in fresh { try row.insert(in: session, at: at) }
                return found + fresh
            }
            let young = rows.filter { $0.purpose == .level && $0.created > at - newlyMade }.map { ($0.id, roundsWhenOpened) }
            return try KeyRing(rows, master: master, waiting: Dictionary(uniqueKeysWithValues: young))
        }
    }

    /// Opens the ring of a database that has its keys, and writes nothing.
    /// - Throws: `VaultError.wrongMaster`, `.keyDamaged`, `.keysMissing`.
    package static func read(_ store: any Store, master: MasterKey) async throws -> KeyRing {
        let rows = try await store.read { try DataKey.Row.all(in: $0) }
        guard !rows.isEmpty else { throw VaultError.keysMissing }
        return try KeyRing(rows, master: master)
    }

    /// Has the master key vouch, from now on, that the entries of this ledger are keyed. Of one of which it says so already, nothing is
    /// changed.
    package func vouch(keyedSince moment: Int64, in session: any Session) throws {
        let master = master.withLock { $0 }
        for row in try DataKey.Row.all(in: session) where row.purpose == .signing && !row.isRetired {
            guard let bytes = master.unwrap(row.wrapped, label: row.label) else { throw VaultError.keyDamaged(id: row.id) }
            if bytes.count > DataKey.size { continue }
            let mark = LedgerMark(origin: LedgerMark.earlier.origin, keyedSince: moment)
            try session.execute(
                "UPDATE data_key SET wrapped = $1 WHERE id = $2",
                [.blob(try master.wrap(bytes + mark.bytes, label: row.label)), .int(Int64(row.id))])
        }
    }

    /// A key younger than this, in milliseconds, may be unknown to servers that run already.
    private static let newlyMade: Int64 = 30_000
    private static let roundsWhenOpened = 15
    private static let rounds = 3

    /// Whether the database has keys: then its master key is somewhere, and another is never made.
    package static func exists(in store: any Store) async throws -> Bool {
        try await store.read { session in
            let tables =
                session.engine == .sqlite
                ? "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = 'data_key'"
                : "SELECT count(*) FROM information_schema.tables WHERE table_schema = current_schema() AND table_name = 'data_key'"
            return try session.count(tables) > 0 && session.count("SELECT count(*) FROM data_key") > 0
        }
    }

    /// Whether this master key wrapped the database's keys.
    /// - Throws: `VaultError.wrongMaster`, `.keysMissing` where there are none.
    package static func requireMaster(_ master: MasterKey, _ session: any Session) throws {
        let rows = try DataKey.Row.all(in: session)
        guard !rows.isEmpty else { throw VaultError.keysMissing }
        try check(rows, master: master)
    }

    /// What may be told of a key: everything but its secret.
    package struct Listed: Sendable, Equatable {
        package let id: Int64
        package let purpose: String
        package let level: Int
        package let created: Int64
        package let retired: Int64?
        package let destroyed: Int64?
    }

    package static func list(_ session: any Session) throws -> [Listed] {
        try session.all("SELECT id, purpose, level, created, retired, destroyed FROM data_key ORDER BY id") { row in
            Listed(
                id: row.int(0), purpose: row.text(1), level: Int(row.int(2)), created: row.int(3), retired: row.intIfAny(4),
                destroyed: row.intIfAny(5))
        }
    }

    /// Called every few seconds by every server, so that keys made elsewhere are known before anybody seals with them.
    /// - Throws: `VaultError.wrongMaster` after the keys were wrapped under another master; those known already stay in use.
    package func refresh(from store: any Store) async throws {
        try refresh(by: try await store.read { try DataKey.Row.all(in: $0) }, rounds: Self.rounds)
    }

    /// Reads the keys again: after `keyUnknown`, and from time to time where several servers share one database.
    package func reload(from store: any Store) async throws {
        try replace(by: try await store.read { try DataKey.Row.all(in: $0) })
    }

    /// Gives a level a new key. What older keys sealed still opens.
    /// - Parameter record: writes down, in the same transaction, that it was done.
    /// - Returns: the new key's id.
    @discardableResult
    package func rotate(
        level: Int, in store: any Store, at: Int64, record: @escaping @Sendable (any Session, UInt32) throws -> Void = { _, _ in }
    ) async throws -> UInt32 {
        guard Self.levels.contains(level) else { throw VaultError.levelUnknown(level) }
        let master = master.withLock { $0 }
        let id = try await Self.alone(in: store) {
            try await store.write { session in
                let id = try Self.rotate(level: level, in: session, master: master, at: at)
                try record(session, id)
                return id
            }
        }
        try await reload(from: store)
        return id
    }

    /// Destroys a key, and with it everything that it sealed. The row stays, without its key. A level that loses its current key gets
    /// a new one at once.
    ///
    /// This overwrites the row. The database's log, its free pages and its backups may hold the wrapped key until they are overwritten
    /// or deleted themselves: destruction is complete when the last backup made before it is gone.
    package func destroy(_ id: UInt32, in store: any Store, at: Int64) async throws {
        let master = master.withLock { $0 }
        try await Self.alone(in: store) {
            try await store.write { session in
                guard let row = try DataKey.Row.all(in: session).first(where: { $0.id == id }) else { throw VaultError.keyUnknown(id: id) }
                guard row.purpose == .level else { throw VaultError.keyPermanent(id: id) }
                if !row.isRetired { try Self.rotate(level: row.level, in: session, master: master, at: at) }
                try session.execute(
                    "UPDATE data_key SET wrapped = $1, destroyed = $2 WHERE id = $3 AND destroyed IS NULL",
                    [.blob([UInt8](repeating: 0, count: row.wrapped.count)), .int(at), .int(Int64(id))])
            }
        }
        try await reload(from: store)
    }

    /// Wraps every key anew under another master. Other servers must then be started again with it.
    /// - Parameter record: writes down, in the same transaction, that it was done.
    package func rewrap(
        under new: MasterKey, in store: any Store, record: @escaping @Sendable (any Session) throws -> Void = { _ in }
    ) async throws {
        let old = master.withLock { $0 }
        try await Self.alone(in: store) {
            try await store.write { session in
                for row in try DataKey.Row.all(in: session) where !row.isDestroyed {
                    guard let secret = old.unwrap(row.wrapped, label: row.label) else { throw VaultError.keyDamaged(id: row.id) }
                    try session.execute(
                        "UPDATE data_key SET wrapped = $1 WHERE id = $2",
                        [.blob(try new.wrap(secret, label: row.label)), .int(Int64(row.id))])
                }
                try record(session)
            }
        }
        master.withLock { $0 = new }
        try await reload(from: store)
    }

    @discardableResult
    private static func rotate(level: Int, in session: any Session, master: MasterKey, at: Int64) throws -> UInt32 {
        try session.execute(
            "UPDATE data_key SET retired = $1 WHERE purpose = 'level' AND level = $2 AND retired IS NULL", [.int(at), .int(Int64(level))])
        guard let id = UInt32(exactly: try session.count("SELECT max(id) + 1 FROM data_key")) else { throw VaultError.levelUnknown(level) }
        try DataKey.draw(id: id, purpose: .level, level: level, master: master).insert(in: session, at: at)
        return id
    }

    private static func check(_ rows: [DataKey.Row], master: MasterKey) throws(VaultError) {
        guard rows.contains(where: { $0.unwrapped(by: master)?.secret != nil }) else { throw .wrongMaster }
    }

    private static func alone<T: Sendable>(in store: any Store, _ body: @escaping @Sendable () async throws -> T) async throws -> T {
        while true {
            if let answer = try await store.withLease("vault", body) { return answer }
            try await Task.sleep(for: .milliseconds(20))
        }
    }
}
