import Ledger
import Store

extension Migration {
    /// What the program looks for every few seconds lies by itself: what stands and was found, clocks that run out, and those of which
    /// somebody is to be reminded. A round without anything to do walks none of what has long been late.
    static let rounds = Migration(
        name: "0029-rounds",
        sql: """
            CREATE INDEX task_finding ON task (step, document) WHERE step LIKE '?%';
            DROP INDEX deadline_due;
            CREATE INDEX deadline_due ON deadline (due, breached) WHERE met IS NULL;
            DROP INDEX deadline_remind;
            CREATE INDEX deadline_remind ON deadline (remind_at) WHERE remind_at IS NOT NULL AND met IS NULL AND breached IS NULL;
            """)

    /// States of a register are told apart without opening a document.
    static let states = Migration(
        name: "0030-states",
        sql: """
            DROP INDEX document_state;
            CREATE INDEX document_state ON document (type, state, id, scope, level);
            """)

    /// An act is found by its document, and is no reading, export or note: it costs nothing in the indexes that find those.
    static let readingsAlone = Migration(
        name: "0031-readings-alone",
        sql: """
            DROP INDEX entry_kind;
            CREATE INDEX entry_kind ON entry (substr(body, 2, 1), id) WHERE \(Entry.isNoAct());
            DROP INDEX entry_person;
            CREATE INDEX entry_person ON entry (person, substr(body, 2, 1), id) WHERE person <> 0 AND \(Entry.isNoAct());
            """)
}

extension Entry {
    /// The condition of the indexes by which entries are found by their kind; a question along one of them repeats it.
    /// - Parameter table: by which name the table is called in the question, with its dot.
    static func isNoAct(_ table: String = "") -> String { "substr(\(table)body, 2, 1) <> bytes'01'" }
}
