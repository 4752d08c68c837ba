import Store

extension Migration {
    /// Who has claimed a task that waits at a post; to whom a document was sent to read, and who has; what was filled in and not sent yet.
    static let office = Migration(
        name: "0025-office",
        sql: """
            ALTER TABLE task ADD COLUMN claimed BIGINT NOT NULL DEFAULT 0;
            ALTER TABLE notice ADD COLUMN sender BIGINT;
            ALTER TABLE notice ADD COLUMN acknowledged BIGINT;
            CREATE TABLE act_draft (
                person BIGINT NOT NULL, document BIGINT NOT NULL, step TEXT NOT NULL, content TEXT NOT NULL, at BIGINT NOT NULL,
                PRIMARY KEY (person, document, step));
            CREATE INDEX act_draft_document ON act_draft (document);
            CREATE INDEX notice_copies ON notice (document, person) WHERE sender IS NOT NULL;
            """)
}
