import Store

extension Migration {
    /// Rights end as an event: a post can end at a moment, and what was done or granted through a post counts while it is held. Holding 0
    /// is nobody's post: done or granted by name. Who was told of readings in bulk is told once.
    static let gate = Migration(
        name: "0004-gate",
        sql: """
            ALTER TABLE holding ADD COLUMN ended BIGINT;
            ALTER TABLE taken ADD COLUMN holding BIGINT NOT NULL DEFAULT 0;
            ALTER TABLE access_grant ADD COLUMN holding BIGINT NOT NULL DEFAULT 0;
            CREATE TABLE reading_alarm (
                person BIGINT NOT NULL, hour BIGINT NOT NULL, percent BIGINT NOT NULL, PRIMARY KEY (person, hour, percent));
            CREATE INDEX notice_new ON notice (person, id) WHERE seen IS NULL;
            """)
}
