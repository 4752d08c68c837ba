import Testing

@testable import StoreSQLite

/// A portable definition becomes a STRICT one.
@Suite struct StrictTablesTests {
    @Test(arguments: [
        (
            "CREATE TABLE a (id BIGINT PRIMARY KEY, r DOUBLE PRECISION, b BYTEA, t TEXT DEFAULT 'BYTEA', \"BYTEA\" TEXT)",
            "CREATE TABLE a (id INTEGER PRIMARY KEY, r REAL , b BLOB, t TEXT DEFAULT 'BYTEA', \"BYTEA\" TEXT) STRICT"
        ),
        ("create table if not exists a (id bigint)\n", "create table if not exists a (id INTEGER)\n STRICT"),
        ("CREATE TABLE a (id INTEGER) STRICT", "CREATE TABLE a (id INTEGER) STRICT"),
        (
            "CREATE TABLE a (b TEXT, c BIGINT, PRIMARY KEY (b, c))",
            "CREATE TABLE a (b TEXT, c INTEGER, PRIMARY KEY (b, c)) STRICT, WITHOUT ROWID"
        ),
        ("ALTER TABLE a ADD COLUMN b BYTEA -- BIGINT", "ALTER TABLE a ADD COLUMN b BLOB -- BIGINT"),
        (
            "CREATE TABLE a (double DOUBLE PRECISION, bigint BIGINT)",
            "CREATE TABLE a (double REAL , bigint INTEGER) STRICT"
        ),
        ("ALTER TABLE a ADD COLUMN double BIGINT", "ALTER TABLE a ADD COLUMN double INTEGER"),
        ("CREATE INDEX a ON b (bytea)", "CREATE INDEX a ON b (bytea)"),
        ("SELECT bigint FROM double", "SELECT bigint FROM double"),
    ])
    func translates(portable: String, strict: String) { #expect(StrictTables.translate(portable) == strict) }
}
