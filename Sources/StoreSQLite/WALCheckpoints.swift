import CSQLite
import Foundation
import Store

/// Copies pages of the write-ahead log into the database, as SQLite would inside a commit when the log has grown long - but after a very
/// large commit beside the writer, which would stop for it inside the commit each time. Beside a writer without a pause the log cannot
/// begin again, since the next transaction starts before the copy of the last is done; so small commits copy by themselves, and so does
/// the writer when the log has become very long.
final class WALCheckpoints: @unchecked Sendable {
    /// Pages of 4 KiB in the log from which they are copied: after small commits, after a very large one, and whatever happens. Many
    /// large commits change the same pages, which are copied once.
    private static let many: CInt = 8_000
    private static let manyOfLarge: CInt = 20_000
    private static let tooMany: CInt = 32_000
    /// Pages of a very large commit.
    private static let large: CInt = 1_000

    private let queue = DispatchQueue(label: "sqlite checkpoint")
    private let lock = NSLock()
    private let connection: SQLiteConnection
    private var isCopying = false
    /// How long the log was after the last commit, or 0 where it may begin again; the writer's own.
    private var length: CInt = 0

    /// - Parameter patience: how many seconds to wait for another process while the connection opens; copying waits for nobody.
    init(path: String, patience: Double) throws {
        connection = try SQLiteConnection(.writer(mustExist: true, patience: patience, pageLimit: nil), path: path)
    }

    /// Has the writer say after each commit how long the log is, in the place of SQLite's own checkpoint.
    func follow(_ writer: OpaquePointer) {
        sqlite3_wal_hook(
            writer,
            { context, database, _, pages in
                if let context { Unmanaged<WALCheckpoints>.fromOpaque(context).takeUnretainedValue().committed(database, pages) }
                return SQLITE_OK
            }, Unmanaged.passUnretained(self).toOpaque())
    }

    private func committed(_ writer: OpaquePointer?, _ pages: CInt) {
        let isLarge = (pages > length ? pages - length : pages) >= Self.large
        length = pages
        guard pages >= (isLarge ? Self.manyOfLarge : Self.many) else { return }
        if pages >= Self.tooMany || !isLarge {
            Self.copy(writer)
            length = 0
        } else if lock.withLock({ begin() }) {
            queue.async { [self] in
                Self.copy(connection.handle)
                lock.withLock { isCopying = false }
            }
        }
    }

    private func begin() -> Bool {
        defer { isCopying = true }
        return !isCopying
    }

    /// Should it fail (a full disk), the pages stay in the log, and the next commit tries again.
    private static func copy(_ database: OpaquePointer?) {
        sqlite3_wal_checkpoint_v2(database, nil, SQLITE_CHECKPOINT_PASSIVE, nil, nil)
    }

    /// Called when the writer is done.
    func close(_ writer: OpaquePointer) {
        sqlite3_wal_hook(writer, nil, nil)
        queue.sync {}
        connection.close()
    }
}
