import Foundation
import GRDBSQLite
import Store

/// Copies pages of the write-ahead log into the database beside the writer, which would otherwise stop for it inside a commit: a tenth of a
/// second for every few thousand pages.
///
/// A writer without a pause never lets the log begin again, since each of its transactions starts before the copy of the last is done.
/// So when the log is very long, the writer waits for one copy itself.
final class Checkpoints: @unchecked Sendable {
    /// Pages of 4 KiB in the log from which they are copied.
    private static let many: CInt = 4_000
    private static let tooMany: CInt = 32_000

    private let queue = DispatchQueue(label: "sqlite checkpoint")
    private let lock = NSLock()
    private let connection: SQLiteConnection
    private var isCopying = false

    init(path: String) throws { connection = try SQLiteConnection(.writer(mustExist: true, patience: 0, pageLimit: nil), path: path) }

    /// Has the writer say after each commit how long the log is, in the place of SQLite's own checkpoint.
    func follow(_ writer: OpaquePointer) {
        sqlite3_wal_hook(
            writer,
            { context, database, _, pages in
                if let context { Unmanaged<Checkpoints>.fromOpaque(context).takeUnretainedValue().committed(database, pages) }
                return SQLITE_OK
            }, Unmanaged.passUnretained(self).toOpaque())
    }

    private func committed(_ writer: OpaquePointer?, _ pages: CInt) {
        if pages >= Self.tooMany {
            Self.copy(writer)
        } else if pages >= Self.many, lock.withLock({ begin() }) {
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
