import Store

/// The acts of several servers, group by group.
///
/// A table is locked before a transaction sees anything of the database: LOCK alone takes no snapshot
/// (postgresql.org/docs/current/sql-lock.html), so that what the one before wrote is seen. It is the table of the migrations, which the
/// store has of its own and writes to only when a program is new. The lock keeps groups from undoing one another; SERIALIZABLE judges
/// them with it and without it.
final class WritingTurns {
    private static let table = "migration"
    /// A server that stands still with a transaction open loses it, and holds up the others no longer.
    private static let longestPause = "10s"
    private var isThere = false

    func prepare(_ connection: PostgresConnection) throws(PostgresFailure) {
        _ = try connection.askOnce("SET idle_in_transaction_session_timeout = '\(Self.longestPause)'", [])
    }

    /// What is sent behind BEGIN; nothing where the table is not there yet, or not the program's to lock.
    func command(_ connection: PostgresConnection) throws(PostgresFailure) -> String? {
        if !isThere {
            let found = "SELECT count(*) FROM pg_class WHERE oid = to_regclass($1) AND has_table_privilege(oid, 'UPDATE')"
            isThere = try connection.ask(found, [.text(Self.table)]).int(0) == 1
        }
        return isThere ? "LOCK TABLE \(Self.table) IN EXCLUSIVE MODE" : nil
    }
}
