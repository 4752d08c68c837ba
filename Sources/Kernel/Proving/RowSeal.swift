import Ledger
import Store

/// Rows by which somebody comes in or is believed, sealed by a key that the database does not hold: what somebody else writes there opens
/// nothing, at once. An old row put back bears its seal; `verify` tells where the ledger states the row.
package enum SealedRow: String, Sendable {
    /// Word, person, word of the forms, made, ends, when the password was given, and how.
    case login
    /// Word, id, person, scopes, maker, made, ends.
    case token = "api_token"
    /// Person, hash, until when it is a one-time word.
    case password = "person"
    /// Digest, person, size, moment.
    case keeping = "file_keeping"
}

extension Desk {
    /// - Parameter columns: those that the row is believed for, as `SealedRow` says.
    package func seal(_ row: SealedRow, _ columns: [Value]) -> [UInt8] {
        entryKey.seal(row: RowBytes.of([.text(row.rawValue)] + columns))
    }

    package func isSealed(_ row: SealedRow, _ columns: [Value], by found: [UInt8]?) -> Bool { found == seal(row, columns) }
}

extension EntryKey {
    /// What stands beside a document: that the program left it so, with what hangs on it.
    /// - Parameter whole: see `Satellites.whole`.
    func seal(document whole: [UInt8]) -> [UInt8] { seal(row: RowBytes.of([.text("document"), .blob(whole)])) }
}
