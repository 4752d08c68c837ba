import CSQLite
import Foundation
import GRDB
import Store

/// One connection, used by one thread at a time. GRDB opens, configures, copies and closes it; the statements go to SQLite directly.
final class SQLiteConnection: @unchecked Sendable {
    enum Role {
        case writer(mustExist: Bool, patience: Double, pageLimit: Int?)
        case reader
    }

    let handle: OpaquePointer
    let isReader: Bool
    /// A writer's.
    let turn: WriterLock?
    private let queue: DatabaseQueue

    init(_ role: Role, path: String, caches: PageCaches = PageCaches()) throws {
        BatchedWAL.install
        if case .writer(mustExist: true, _, _) = role, !FileManager.default.fileExists(atPath: path) {
            throw StoreError.gone("There is no database at \(path).")
        }
        var configuration = GRDB.Configuration()
        configuration.busyMode = .timeout(10)
        configuration.foreignKeysEnabled = true
        configuration.label = "dianzhang"
        switch role {
        case .reader:
            (isReader, turn) = (true, nil)
            configuration.readonly = true
            configuration.prepareDatabase { try $0.execute(sql: PageCaches.pragma(megabytes: caches.reader)) }
        case .writer(_, let patience, let pageLimit):
            isReader = false
            let turn = WriterLock(besides: path)
            configuration.busyMode = turn.asking(forSeconds: patience)
            self.turn = turn
            configuration.prepareDatabase { try Self.prepareWriter($0, cache: caches.writer, pageLimit: pageLimit) }
        }
        do {
            queue = try DatabaseQueue(path: path, configuration: configuration)
            guard let handle = queue.inDatabase({ $0.sqliteConnection }) else { throw StoreError.gone("\(path) did not open.") }
            self.handle = handle
            // GRDB's observers expect its own queue around each statement; there are none here.
            _ = sqlite3_commit_hook(handle, nil, nil)
            _ = sqlite3_rollback_hook(handle, nil, nil)
            // Nor does it have to know which columns a statement reads, which costs more than to prepare it.
            _ = sqlite3_set_authorizer(handle, nil, nil)
            _ = sqlite3_keep_plans(handle)
        } catch let error as DatabaseError {
            throw StoreError(opening: path, error)
        }
        // Opening may have waited as well.
        turn?.endWaiting()
    }

    /// The log goes into the file by `WALCheckpoints`. No memory map: a file that another program cuts short must give an error, not a bus
    /// fault.
    private static func prepareWriter(_ database: Database, cache: Int, pageLimit: Int?) throws {
        let mode = try String.fetchOne(database, sql: "PRAGMA journal_mode = WAL")
        guard mode == "wal" else { throw StoreError.broken("The database cannot keep a write-ahead log here (\(mode ?? "no answer")).") }
        try database.execute(
            sql: """
                PRAGMA synchronous = FULL;
                \(PageCaches.pragma(megabytes: cache));
                PRAGMA wal_autocheckpoint = 0;
                PRAGMA temp_store = MEMORY;
                PRAGMA secure_delete = FAST;
                PRAGMA journal_size_limit = 134217728;
                """)
        if let pageLimit { _ = try Int.fetchOne(database, sql: "PRAGMA max_page_count = \(pageLimit)") }
    }

    /// Whether the file under this connection was moved, removed or replaced: what is written now would be lost.
    var hasMoved: Bool {
        var moved: CInt = 0
        return sqlite3_file_control(handle, "main", SQLITE_FCNTL_HAS_MOVED, &moved) == SQLITE_OK && moved != 0
    }

    func close() { try? queue.close() }

    /// Copies a database in one piece, and puts it in place only when it is whole and on disk.
    static func copy(_ path: String, to destination: String) throws {
        guard !FileManager.default.fileExists(atPath: destination) else {
            throw StoreError.broken("There is a file at \(destination) already; name another for the backup.")
        }
        let partial = destination + ".partial"
        try? FileManager.default.removeItem(atPath: partial)
        _ = try PrivateFiles.prepare(partial)
        let source = try SQLiteConnection(.reader, path: path)
        defer { source.close() }
        do {
            let target = try DatabaseQueue(path: partial)
            try source.queue.backup(to: target)
            // A single file to carry away, without a log beside it.
            try target.inDatabase { _ = try String.fetchOne($0, sql: "PRAGMA journal_mode = DELETE") }
            try target.close()
        } catch let error as DatabaseError {
            throw StoreError(opening: partial, error)
        }
        guard rename(partial, destination) == 0 else {
            throw StoreError.broken("The backup could not be put at \(destination): \(String(cString: strerror(errno))).")
        }
        try Self.sync(directoryOf: destination)
    }

    static func compact(_ path: String) throws -> Bool {
        let connection = try SQLiteConnection(.writer(mustExist: true, patience: 60, pageLimit: nil), path: path)
        defer { connection.close() }
        do {
            return try connection.queue.inDatabase { database in
                try database.execute(sql: "VACUUM")
                return try Int.fetchOne(database, sql: "PRAGMA wal_checkpoint(TRUNCATE)") == 0
            }
        } catch let error as DatabaseError {
            throw StoreError(opening: path, error)
        }
    }

    private static func sync(directoryOf path: String) throws {
        let directory = URL(fileURLWithPath: path).deletingLastPathComponent().path
        let descriptor = open(directory, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        defer { _ = Foundation.close(descriptor) }
        guard fsync(descriptor) == 0 else {
            throw StoreError.broken("\(directory) could not be synced: \(String(cString: strerror(errno))).")
        }
    }
}
