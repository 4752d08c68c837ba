import Store

extension Migration {
    /// Requests that are carried out once, files that somebody keeps and documents name, and counts of the charter by scope.
    ///
    /// Counts of before know no scope: they are that of the only unit that adopted the regulation, or else nobody's (0), which only
    /// whoever sees all scopes is shown.
    static let requests = Migration(
        name: "0008-requests",
        sql: """
            CREATE TABLE request (
                person BIGINT NOT NULL, key BYTEA NOT NULL, question BYTEA NOT NULL, outcome BYTEA NOT NULL, at BIGINT NOT NULL,
                PRIMARY KEY (person, key));
            CREATE INDEX request_at ON request (at);
            -- Who has handed in which file lately, and which documents have ever named it.
            CREATE TABLE file_keeping (
                digest TEXT NOT NULL, person BIGINT NOT NULL, size BIGINT NOT NULL, at BIGINT NOT NULL, PRIMARY KEY (digest, person));
            CREATE INDEX file_keeping_person ON file_keeping (person, at);
            CREATE INDEX file_keeping_at ON file_keeping (at);
            CREATE TABLE file_use (digest TEXT NOT NULL, document BIGINT NOT NULL, PRIMARY KEY (digest, document));
            ALTER TABLE tally RENAME TO tally_before;
            CREATE TABLE tally (
                regulation TEXT NOT NULL, article TEXT NOT NULL, type TEXT NOT NULL, step TEXT NOT NULL, kind TEXT NOT NULL,
                day BIGINT NOT NULL, scope BIGINT NOT NULL, count BIGINT NOT NULL,
                PRIMARY KEY (regulation, article, type, step, kind, day, scope));
            INSERT INTO tally (regulation, article, type, step, kind, day, scope, count)
                SELECT b.regulation, b.article, b.type, b.step, b.kind, b.day, coalesce((
                    SELECT min(a.unit) FROM adoption a WHERE a.regulation = b.regulation HAVING count(DISTINCT a.unit) = 1), 0), b.count
                FROM tally_before b;
            DROP TABLE tally_before;
            """)
}
