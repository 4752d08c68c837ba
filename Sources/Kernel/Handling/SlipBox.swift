import Store
import Vault
import WorkCalendar

/// 意见箱: what somebody drops without a name. Neither hour nor order is kept: a slip lies here sealed, with its day alone and under a number
/// drawn at random, until a duty takes the slips of past days out in no order. Only what comes out has an entry in the ledger, and that of
/// the hour in which it came out.
enum SlipBox {
    static let migration = Migration(
        name: "0015-slips",
        sql: """
            CREATE TABLE slip (
                id BIGINT PRIMARY KEY, box TEXT NOT NULL, scope BIGINT NOT NULL, day BIGINT NOT NULL, content TEXT NOT NULL);
            CREATE INDEX slip_box ON slip (box, scope, day);
            """)

    /// So many a day: who floods a box leaves the other boxes, and the next day, alone.
    static let mostADay = 500

    static func context(_ id: Int64) -> [UInt8] { KeyRing.context(document: id, field: "slip") }
}

extension Desk {
    /// Drops a slip into a box of a unit that adopted the regulation.
    /// - Throws: `DeskError.conflict` where the box is full for the day.
    package func drop(_ content: JSONValue, into box: String, of scope: UnitID) async throws {
        let id = Int64.random(in: 1...Int64.max), day = clock.now().day
        let sealed = try keys.sealText(JSONText.text(content), level: Level.internal.rawValue, context: SlipBox.context(id))
        try await store.write { session in
            let there = try session.count(
                "SELECT count(*) FROM slip WHERE box = $1 AND scope = $2 AND day = $3",
                [.text(box), .int(scope.raw), .int(Int64(day.number))])
            guard there < SlipBox.mostADay else {
                throw DeskError.conflict(Words("意见箱今天已满，请明天再投", "The box is full for today; drop it tomorrow"))
            }
            try session.execute(
                "INSERT INTO slip (id, box, scope, day, content) VALUES ($1, $2, $3, $4, $5)",
                [.int(id), .text(box), .int(scope.raw), .int(Int64(day.number)), .text(sealed)])
        }
    }

    /// The documents of any scope that have this value in this field, for the program's own pages; nothing of it goes to a person unmasked.
    package func find<D: Document, V: FieldValue>(_ path: KeyPath<D, V> & Sendable, is value: V) async throws -> [Found<D>] {
        let now = clock.now()
        return try await store.read { [self] session in
            let transaction = try Transaction(self, session, now: now)
            guard let lookup = IndexKey.lookup(value.stored, try transaction.field(path), transaction.lookupKeys) else { return [] }
            let records = try session.all(
                """
                SELECT \(Record.joinedColumns) FROM lookup k CROSS JOIN document d
                WHERE k.key = $1 AND k.type = $2 AND d.id = k.document ORDER BY d.id DESC LIMIT 100
                """, [.int(lookup.key), .text(D.name)]
            ) { Record($0) }
            return try records.map { record in
                Found(
                    id: ID(record.id), state: D.State(rawValue: record.state), value: try Body(keys: keys, session).read(D.self, record),
                    record: record)
            }
        }
    }
}

extension DutyAct {
    /// Takes the slips of the days up to and including the duty's out of a box, in no order: each with the day on which it was dropped.
    package func takeSlips(from box: String) throws -> [(day: Day, content: JSONValue)] {
        let found = try transaction.session.all(
            "SELECT id, day, content FROM slip WHERE box = $1 AND scope = $2 AND day <= $3 ORDER BY id",
            [.text(box), .int(scope.raw), .int(Int64(day.number))]
        ) { (id: $0.int(0), day: Day(number: Int($0.int(1))), content: $0.text(2)) }
        for slip in found { try transaction.session.execute("DELETE FROM slip WHERE id = $1", [.int(slip.id)]) }
        let keys = transaction.desk.keys
        return try found.map {
            ($0.day, try JSONReader.read(try keys.openText($0.content, context: SlipBox.context($0.id))))
        }
    }
}
