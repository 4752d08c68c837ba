import Store

/// An advisory lock on a connection of its own: the server lets go of it when the connection ends, however it ends.
/// Two schemas of one database do not share leases.
final class PostgresLease: @unchecked Sendable {
    private let connection: PostgresConnection

    /// - Returns: `nil` when another holds it.
    init?(_ name: String, url: String) throws {
        connection = try PostgresConnection(url: url)
        let answer = try connection.ask(
            "SELECT pg_try_advisory_lock(hashtextextended(coalesce(current_schema(), '') || '.' || $1, 0))", [.text(name)])
        guard answer.count == 1, answer.int(0) == 1 else {
            connection.close()
            return nil
        }
    }

    /// Whoever asks next finds it free: a connection that is merely closed is heard of by the server some time later.
    func end() {
        _ = try? connection.ask("SELECT pg_advisory_unlock_all()", [])
        connection.close()
    }
}
