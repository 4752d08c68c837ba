import Store

extension Migration {
    /// What a person may come at, found without walking what the person may not; and what waits, in the order of what is due.
    static let walks = Migration(
        name: "0021-walks",
        sql: """
            DROP INDEX document_type;
            CREATE INDEX document_type ON document (type, id, scope, level);
            DROP INDEX document_holder;
            CREATE INDEX document_holder ON document (holder, type, id) WHERE holder <> 0;
            CREATE INDEX document_creator ON document (creator, type, id);
            CREATE INDEX document_unit ON document (unit, type, id);
            CREATE INDEX taken_person ON taken (person, step, document);
            CREATE INDEX taken_behalf ON taken (behalf, step, document) WHERE behalf <> 0;
            CREATE INDEX deadline_ended ON deadline (due) WHERE met IS NOT NULL OR breached IS NOT NULL;
            ALTER TABLE task ADD COLUMN due BIGINT NOT NULL DEFAULT \(TodoKey.never);
            UPDATE task SET due = COALESCE(
                (SELECT min(k.due) FROM deadline k WHERE k.document = task.document AND k.met IS NULL), \(TodoKey.never));
            DROP INDEX task_post;
            CREATE INDEX task_post ON task (post, unit, due, id) WHERE post IS NOT NULL;
            DROP INDEX task_person;
            CREATE INDEX task_person ON task (person, due, id) WHERE person IS NOT NULL;
            """)
}
