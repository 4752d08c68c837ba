import Ledger
import Store
import Vault
import WorkCalendar

/// After a backup was put back: what was destroyed since is destroyed again, and what was held since is held again.
extension Desk {
    /// Clears every document whose key is a tombstone and whose content is still there. Done before anybody works with the database.
    /// - Parameter holds: the rows of `legal_hold` as the newest file of keys has them.
    /// - Returns: how many were cleared, and how many holds placed.
    package func clearDestroyed(holds: [[Value]] = []) async throws -> (documents: Int, holds: Int) {
        let now = clock.now()
        return try await store.write { [self] session in
            let placed = try holds.count { try hold($0, at: now, session) }
            let left = try session.all(
                """
                SELECT k.id FROM content_key k JOIN document d ON d.id = k.id
                WHERE k.destroyed IS NOT NULL AND (length(d.sealed) > 0 OR d.body <> '{}') ORDER BY k.id
                """
            ) { $0.int(0) }
            for id in left { try clear(id, at: now, session) }
            return (left.count, placed)
        }
    }

    private func clear(_ id: Int64, at now: Moment, _ session: any Session) throws {
        guard var record = try Record.load(id, session), let row = try ContentKeyRow(id, session),
            let destroyed = row.destroyed
        else { return }
        let from = record.state
        record.state = try session.first("SELECT state FROM content_key WHERE id = $1", [.int(id)]) { $0.textIfAny(0) ?? from } ?? from
        (record.body, record.sealed, record.title) = ("{}", [], "")
        record.version += 1
        record.changed = Moment(milliseconds: destroyed)
        for table in ["lookup", "gram", "gram_waiting"] { try session.execute("DELETE FROM \(table) WHERE document = $1", [.int(id)]) }
        // It is found by what an empty document is found by, as after its destruction.
        if let type = catalogue.type(record.type) {
            let traces = try traces(of: record, type, IndexKeys(keys.blindIndex), Body(keys: keys, session))
            try session.executeMany(IndexKey.insertion, traces.lookups.map { $0.row(record) })
            try SearchIndex.write([(id, traces.grams, [])], session)
        }
        try ContentClearing(document: id, key: nil, keys: keys, session: session).clear(at: now)
        try record.update(session, digest: record.digest)
        let statement = RowStatement(
            table: StatedTable.contentKey.rawValue, key: String(id), before: row.stated(destroyed: nil),
            after: row.stated(destroyed: destroyed))
        try enter(
            .system, record, principal: .system, step: KeyWork.destroyAgain.rawValue, from: from, stating: [statement], at: now,
            session)
    }

    private func hold(_ row: [Value], at now: Moment, _ session: any Session) throws -> Bool {
        guard row.count == 5, case .int(let id) = row[0], case .int(let document) = row[1], case .int(let source) = row[2],
            case .int(let placed) = row[3], row[4] == .null,
            try session.count("SELECT count(*) FROM legal_hold WHERE id = $1", [.int(id)]) == 0,
            let record = try Record.load(document, session)
        else { return false }
        try session.execute(LegalHold.insertion, Array(row[0...3]))
        let after = LegalHold.stated(id: id, document: document, source: source, placed: placed, released: nil)
        let statement = RowStatement(table: StatedTable.hold.rawValue, key: String(id), before: [], after: after)
        try enter(
            .system, record, principal: .system, step: KeyWork.holdAgain.rawValue, from: record.state, stating: [statement],
            at: now, session)
        return true
    }
}
