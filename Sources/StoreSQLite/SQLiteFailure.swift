import CSQLite
import GRDB
import Store

/// SQLite's result codes (sqlite.org/rescode.html) in the words of the store.
extension StoreError {
    init(_ database: OpaquePointer, _ code: CInt, _ sql: String) {
        let extended = sqlite3_extended_errcode(database)
        let message = String(cString: sqlite3_errmsg(database))
        self.init(code: extended & 0xff == code & 0xff ? extended : code, message: message, context: sql)
    }

    init(opening path: String, _ error: DatabaseError) {
        self.init(code: error.extendedResultCode.rawValue, message: error.message ?? "no message", context: path)
    }

    private init(code: CInt, message: String, context: String) {
        let details = "SQLite \(code), \(message): \(context)"
        switch (code & 0xff, code) {
        case (SQLITE_CONSTRAINT, 19 | 12 << 8): self = .broken(details)  // SQLITE_CONSTRAINT_DATATYPE: a STRICT table's wrong type
        case (SQLITE_CONSTRAINT, _): self = .constraint(Self.constraintName(in: message))
        case (SQLITE_BUSY, _), (SQLITE_LOCKED, _): self = .overloaded
        case (SQLITE_FULL, _): self = .diskFull
        case (SQLITE_CANTOPEN, _), (SQLITE_PERM, _), (SQLITE_READONLY, 8 | 4 << 8): self = .gone(details)  // SQLITE_READONLY_DBMOVED
        case (SQLITE_NOTADB, _): self = .broken("The file is not a database, or was encrypted by another program. \(details)")
        case (SQLITE_CORRUPT, _): self = .broken("The database file is damaged; restore a backup. \(details)")
        default: self = .broken(details)
        }
    }

    /// `UNIQUE constraint failed: person.name` -> `person.name`; `FOREIGN KEY constraint failed` -> `FOREIGN KEY`.
    private static func constraintName(in message: String) -> String {
        guard let end = message.range(of: " constraint failed") else { return message }
        let rest = message[end.upperBound...]
        return rest.hasPrefix(": ") ? String(rest.dropFirst(2)) : String(message[..<end.lowerBound])
    }
}
