import Store

/// The tamper-evident log. Entries are appended by acts in their own transactions; a sequencer then gives each its position in a Merkle
/// tree (`sequence`), signs the tree's head (`checkpoint`), and whoever doubts it asks for proofs or verifies the whole.
///
/// The tables `entry` and `leaf` are insert-only: nothing in the program updates or deletes their rows.
package enum Ledger {
    /// The tables, for the first migration. Moments are milliseconds since 1970.
    ///
    /// `entry_pending` names the entries that have no position yet. An entry's id is drawn before its transaction commits, so on
    /// PostgreSQL an entry with a smaller id may appear after one with a larger; a sequencer that remembered the last id would pass it
    /// over, and one that looked back over a span of time would cost more the busier the system is and still have an end to its span.
    /// The queue is exact at the price of one small row that lives for seconds. Its rows are not evidence: verification counts the entries.
    package static let schema = """
        CREATE TABLE entry (
            id BIGINT PRIMARY KEY,
            at BIGINT NOT NULL,
            document BIGINT NOT NULL,
            person BIGINT NOT NULL,
            body BYTEA NOT NULL
        );
        CREATE INDEX entry_document ON entry (document, id) WHERE document <> 0;
        CREATE TABLE entry_pending (entry BIGINT PRIMARY KEY);
        CREATE TABLE leaf (
            position BIGINT PRIMARY KEY CHECK (position >= 0),
            entry BIGINT NOT NULL UNIQUE,
            hash BYTEA NOT NULL
        );
        CREATE TABLE subtree (
            height BIGINT NOT NULL,
            position BIGINT NOT NULL,
            hash BYTEA NOT NULL,
            PRIMARY KEY (height, position)
        );
        CREATE TABLE tree_head (
            id BIGINT PRIMARY KEY CHECK (id = 1),
            size BIGINT NOT NULL,
            frontier BYTEA NOT NULL
        );
        CREATE TABLE checkpoint (
            size BIGINT NOT NULL,
            at BIGINT NOT NULL,
            note TEXT NOT NULL,
            PRIMARY KEY (size, at)
        );

        """

    /// What came with keyed entries: seals beside what is derived from them, so that it cannot be derived from others.
    ///
    /// `seal` is null below the boundary. `refused` says why an entry that waits is not placed; it is a note for whoever reads the table,
    /// and verification judges for itself.
    package static let keyedSchema = """
        ALTER TABLE leaf ADD COLUMN seal BYTEA;
        ALTER TABLE subtree ADD COLUMN seal BYTEA;
        ALTER TABLE tree_head ADD COLUMN checkpoints BIGINT NOT NULL DEFAULT 0;
        ALTER TABLE tree_head ADD COLUMN seal BYTEA;
        ALTER TABLE checkpoint ADD COLUMN number BIGINT;
        ALTER TABLE checkpoint ADD COLUMN seal BYTEA;
        ALTER TABLE entry_pending ADD COLUMN refused TEXT;
        CREATE TABLE ledger_boundary (
            id BIGINT PRIMARY KEY CHECK (id = 1),
            size BIGINT NOT NULL,
            at BIGINT NOT NULL,
            checkpoints BIGINT NOT NULL,
            root BYTEA NOT NULL,
            notes BYTEA NOT NULL,
            seal BYTEA NOT NULL
        );

        """

    /// Appends entries, in the transaction of what they record.
    package static func append(_ entries: [Entry], in session: any Session, by writer: EntryWriter) throws {
        let bodies = entries.map { $0.body(writer.key) }
        try session.executeMany(insertion, zip(entries, bodies).map { row($0, $1) })
        try session.executeMany("INSERT INTO entry_pending (entry) VALUES ($1)", entries.map { [.int($0.id)] })
        writer.remember(entries, bodies, in: session)
    }

    static let insertion = "INSERT INTO entry (id, at, document, person, body) VALUES ($1, $2, $3, $4, $5)"

    static func row(_ entry: Entry, _ body: [UInt8]) -> [Value] {
        [.int(entry.id), .int(entry.at), .int(entry.document), .int(entry.person), .blob(body)]
    }

    package static func append(_ entry: Entry, in session: any Session, by writer: EntryWriter) throws {
        try append([entry], in: session, by: writer)
    }

    /// The entries about a document, oldest first: its timeline.
    package static func entries(ofDocument document: Int64, in session: any Session) throws -> [Entry] {
        guard document != 0 else { return [] }
        return try session.all("SELECT body FROM entry WHERE document = $1 AND document <> 0 ORDER BY id", [.int(document)]) { row in
            try row.withBlob(0) { try Entry($0) }
        }
    }
}
