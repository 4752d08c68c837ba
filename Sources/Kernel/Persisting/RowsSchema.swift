import Store

extension Migration {
    /// Seals of the rows by which somebody comes in, and of the documents of an earlier program.
    static let rows = Migration(
        name: "0013-rows",
        sql: """
            ALTER TABLE login ADD COLUMN seal BYTEA;
            ALTER TABLE api_token ADD COLUMN seal BYTEA;
            ALTER TABLE person ADD COLUMN secret_seal BYTEA;
            ALTER TABLE file_keeping ADD COLUMN seal BYTEA;
            -- The seal of a document, with what hung on it, at the upgrade; it counts until the next act on the document.
            CREATE TABLE document_found (document BIGINT PRIMARY KEY, seal BYTEA NOT NULL);

            """)
}
