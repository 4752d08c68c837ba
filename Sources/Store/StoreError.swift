/// What a database can answer instead of a result. Details are for the log; a person gets words from the edge.
package enum StoreError: Error, Sendable, Equatable {
    /// A UNIQUE, CHECK, NOT NULL or foreign key constraint refused the row. `constraint` is a name or, on SQLite, `table.column`.
    case constraint(String)
    /// Too much waits already; try again in a moment.
    case overloaded
    /// The disk is full. Nothing of the act remains.
    case diskFull
    /// The database cannot be reached, or was closed.
    case gone(String)
    /// The connection was lost while a COMMIT was on its way: the act may stand, or not.
    case unknown(String)
    /// The database was made by a newer version of the program.
    case newer(found: Int, known: Int)
    /// The database was made by an older version of the program, and only looking at it would have to change it.
    case older(found: Int, known: Int)
    /// A migration that has landed differs from the one in this program.
    case altered(migration: String)
    /// The text cannot be stored (a NUL character).
    case unstorable(String)
    /// Anything else: a mistake in a statement, a damaged file.
    case broken(String)
}
