import Ledger
import Store
import Vault
import WorkCalendar

extension Migration {
    /// Keys of documents' own, and what stops their destruction. The row of a key that was destroyed stays, without it.
    static let contentKeys = Migration(
        name: "0017-content-keys",
        sql: """
            -- A tombstone keeps the state in which the document was left.
            CREATE TABLE content_key (
                id BIGINT PRIMARY KEY, wrapped BYTEA NOT NULL, created BIGINT NOT NULL, destroyed BIGINT, state TEXT);
            CREATE TABLE legal_hold (
                id BIGINT PRIMARY KEY, document BIGINT NOT NULL REFERENCES document (id), source BIGINT NOT NULL, placed BIGINT NOT NULL,
                released BIGINT);
            CREATE INDEX legal_hold_document ON legal_hold (document) WHERE released IS NULL;
            CREATE INDEX legal_hold_source ON legal_hold (source);
            CREATE INDEX file_use_document ON file_use (document);
            CREATE INDEX notice_document ON notice (document) WHERE document IS NOT NULL;

            """)
}

/// The row of a document's own key. "No key" has three meanings: never made (there is no row), destroyed (the row says when), and lost.
struct ContentKeyRow: Sendable {
    let id: Int64
    let wrapped: [UInt8]
    let created: Int64
    let destroyed: Int64?

    init?(_ id: Int64, _ session: any Session) throws {
        let found = try session.first("SELECT wrapped, created, destroyed FROM content_key WHERE id = $1", [.int(id)]) {
            ($0.blob(0), $0.int(1), $0.intIfAny(2))
        }
        guard let found else { return nil }
        (self.id, wrapped, created, destroyed) = (id, found.0, found.1, found.2)
    }

    init(new id: Int64, wrapped: [UInt8], at now: Moment) {
        (self.id, self.wrapped, created, destroyed) = (id, wrapped, now.milliseconds, nil)
    }

    /// - Throws: `VaultError.contentDestroyed`.
    func key(_ ring: KeyRing) throws -> ContentKey {
        guard destroyed == nil else { throw VaultError.contentDestroyed(document: id) }
        return try ring.unwrap(contentKey: id, wrapped)
    }

    /// A key is never made over one that was destroyed: the row is there already, and refuses a second.
    static let insertion = "INSERT INTO content_key (id, wrapped, created) VALUES ($1, $2, $3)"
    var row: [Value] { [.int(id), .blob(wrapped), .int(created)] }

    /// What the ledger states of it: the wrapping changes with the keys of the ring.
    func stated(destroyed: Int64?) -> [UInt8] { StatedTable.contentKey.digest([.int(id), .int(created), .int(ifAny: destroyed)]) }

    /// Wraps the key anew, under the present key of its level.
    func rewrap(level: Level, _ ring: KeyRing, _ session: any Session) throws {
        let wrapped = try ring.wrap(key(ring), level: level.rawValue)
        try session.execute("UPDATE content_key SET wrapped = $1 WHERE id = $2 AND destroyed IS NULL", [.blob(wrapped), .int(id)])
    }

    /// Overwrites the key. Its row stays, and says since when there is none, and in which state that left the document.
    func destroy(leaving record: Record, _ session: any Session) throws {
        let done = try session.execute(
            "UPDATE content_key SET wrapped = $1, destroyed = $2, state = $3 WHERE id = $4 AND destroyed IS NULL",
            [.blob([UInt8](repeating: 0, count: wrapped.count)), .int(record.changed.milliseconds), .text(record.state), .int(id)])
        guard done == 1 else { throw DeskError.conflict(DeskError.changedMeanwhile) }
    }
}

/// A document's own key through one step.
struct OwnKey: Sendable {
    enum Deed: Sendable { case none, rewrap, destroy }
    var row: ContentKeyRow
    let key: ContentKey
    /// It is kept with this step.
    var isNew = false
    var deed = Deed.none
}

extension Transaction {
    /// The key of the document's own, made where there never was one.
    /// - Throws: `DeskError.conflict` where it was destroyed: nothing is written about such a document any more.
    func ownKey(of record: Record, _ type: DocumentType) throws -> OwnKey? {
        guard type.isDestructible else { return nil }
        if let step = pending.document(record.id) {
            guard let own = step.ownKey, own.deed != .destroy else { throw DeskError.conflict(DeskError.contentDestroyed) }
            return OwnKey(row: own.row, key: own.key)
        }
        if record.version > 0, let row = try ContentKeyRow(record.id, database) {
            guard row.destroyed == nil else { throw DeskError.conflict(DeskError.contentDestroyed) }
            return OwnKey(row: row, key: try row.key(desk.keys))
        }
        // One that was sealed by a key of its own and has lost it gets no other.
        if ContentKey.id(of: record.sealed) != nil { throw VaultError.contentKeyMissing(document: record.id) }
        let key = ContentKey.draw(record.id)
        return OwnKey(row: ContentKeyRow(new: record.id, wrapped: [], at: now), key: key, isNew: true)
    }

    /// What the ledger states of a key with a step.
    func statement(of own: OwnKey) -> RowStatement? {
        let key = String(own.row.id), table = StatedTable.contentKey.rawValue
        guard own.isNew || own.deed == .destroy else { return nil }
        return RowStatement(
            table: table, key: key, before: own.isNew ? [] : own.row.stated(destroyed: nil),
            after: own.row.stated(destroyed: own.deed == .destroy ? now.milliseconds : nil))
    }
}

extension DeskError {
    package static let contentDestroyed = Words(
        "档案内容已经销毁，只保留登记，不能再办理", "The content was destroyed and only the entry in the register is left; nothing can be done with it")
}
