import Store

extension Migration {
    /// Readings are found in the ledger by what kind of entry they are, which is the second byte of an entry's body; those of a person too.
    static let readings = Migration(
        name: "0023-readings",
        sql: """
            CREATE INDEX entry_kind ON entry (substr(body, 2, 1), id);
            CREATE INDEX entry_person ON entry (person, substr(body, 2, 1), id) WHERE person <> 0;
            """)
}
