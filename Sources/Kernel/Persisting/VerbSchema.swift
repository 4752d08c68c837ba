import Store

extension Migration {
    /// What a grant lets a person do. Those of before let read, and nothing else.
    static let verbs = Migration(
        name: "0016-verbs",
        sql: """
            ALTER TABLE access_grant ADD COLUMN verbs TEXT NOT NULL DEFAULT 'read';
            CREATE INDEX access_grant_frozen ON access_grant (document, ends) WHERE verbs = 'frozen';
            """)
}
