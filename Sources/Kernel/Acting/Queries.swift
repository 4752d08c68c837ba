import Store
import WorkCalendar

/// A document that was looked up, with its state.
package struct Found<D: Document>: Sendable {
    package let id: ID<D>
    package let state: D.State?
    package let value: D
    package let record: Record
}

/// What a rule can look up, among all that is written and what this very transaction has yet to write.
///
/// CROSS JOIN keeps SQLite to the order in which the tables stand: it would rather walk all documents of the type, the newest first.
extension Inquiry {
    /// The documents that have this value in this field, the newest first. Sealed fields find every document of the type with a field
    /// of that kind and this value.
    /// - Parameter state: only those that are in it.
    package func find<D: Document, V: FieldValue>(
        _ path: KeyPath<D, V>, is value: V, in state: D.State? = nil, limit: Int = 20
    ) throws -> [Found<D>] {
        guard let lookup = try lookup(path, value) else { return [] }
        return try find(D.self, lookup, in: state, limit: limit)
    }

    /// The documents of a type that have this value in any sealed field of a kind: a telephone, wherever it stands.
    package func find<D: Document>(_ type: D.Type, _ kind: SealedKind, is value: String, limit: Int = 20) throws -> [Found<D>] {
        guard let lookup = transaction.lookupKeys.sealed(value, kind) else { return [] }
        return try find(type, lookup, limit: limit)
    }

    /// The documents that name this one among others in this field, the newest first.
    package func find<D: Document, E: ListElement>(_ path: KeyPath<D, [E]>, with element: E, limit: Int = 20) throws -> [Found<D>] {
        guard let lookup = IndexKey.lookup(element.stored, try transaction.field(path), transaction.lookupKeys) else { return [] }
        return try find(D.self, lookup, limit: limit)
    }

    /// How many documents have this value in this field.
    /// - Parameter state: only those that are in it.
    package func count<D: Document, V: FieldValue>(_ path: KeyPath<D, V>, is value: V, in state: D.State? = nil) throws -> Int {
        guard let lookup = try lookup(path, value) else { return 0 }
        let new = pending(D.self, lookup).count { state == nil || $0.record.state == state?.rawValue }
        guard try transaction.isAnywhere(lookup) else { return new }
        let written = try database.all(
            """
            SELECT d.id FROM lookup k CROSS JOIN document d
            WHERE k.key = $1 AND k.type = $2 AND d.id = k.document AND d.scope = $3 AND d.id <> $4 AND \(Self.notTakenBack)
                \(state == nil ? "" : "AND d.state = $5")
            """,
            [.int(lookup.key), .text(D.name), .int(scope.raw), .int(asker)] + (state.map { [.text($0.rawValue)] } ?? [])
        ) { $0.int(0) }
        return new + written.count { transaction.pending.document($0) == nil }
    }

    /// The same without opening them, where it is enough to know which they are.
    /// - Parameter state: those that are in it are left out.
    package func ids<D: Document>(
        of type: D.Type, _ kind: SealedKind, is value: String, notIn state: D.State? = nil, limit: Int = 20
    ) throws -> [ID<D>] {
        guard let lookup = transaction.lookupKeys.sealed(value, kind) else { return [] }
        let new = pending(type, lookup).filter { $0.record.state != state?.rawValue }.prefix(limit).map { ID<D>($0.record.id) }
        guard try transaction.isAnywhere(lookup) else { return new }
        let written = try database.all(
            """
            SELECT d.id FROM lookup k CROSS JOIN document d
            WHERE k.key = $1 AND k.type = $2 AND d.id = k.document AND d.scope = $3 AND d.id <> $4 AND \(Self.notTakenBack)
                AND d.state <> $6
            ORDER BY k.document DESC LIMIT $5
            """,
            [
                .int(lookup.key), .text(D.name), .int(scope.raw), .int(asker), .int(Int64(limit + transaction.pending.changed)),
                .text(state?.rawValue ?? ""),
            ]
        ) { ID<D>($0.int(0)) }
        return Array((new + written.filter { transaction.pending.document($0.raw) == nil }).prefix(limit))
    }

    /// The documents of a type in a state that were created on these days, the oldest first.
    /// - Parameter first: all up to the last one without it.
    package func all<D: Document>(
        _ type: D.Type, in state: D.State, createdFrom first: Day? = nil, createdBy last: Day
    ) throws -> [Found<D>] {
        let records = try transaction.session.all(
            """
            SELECT \(Record.columns) FROM document
            WHERE type = $1 AND state = $2 AND scope = $3 AND created < $4 AND created >= $5 AND id >= $6 ORDER BY id
            """,
            [
                .text(D.name), .text(state.rawValue), .int(scope.raw), .int(Moment.endOfDay(last).milliseconds),
                .int(first.map { Moment.startOfDay($0).milliseconds } ?? 0),
                // No document has an id that is older than itself: what lies before is not looked at.
                .int(first.map { IDGenerator.first(at: .startOfDay($0)) } ?? 0),
            ]
        ) { Record($0) }
        return try records.map { try found($0) }
    }

    /// A document of this scope.
    package func load<D: Document>(_ id: ID<D>) throws -> Found<D>? {
        if let new = transaction.pending.document(id.raw) { return new.record.scope == scope ? found(new) : nil }
        guard let record = try Record.load(id.raw, database), record.type == D.name, record.scope == scope else { return nil }
        return try found(record)
    }

    /// Whether another document of the type says the same.
    func isTaken<D: Document>(_ type: D.Type, _ lookup: IndexKey) throws -> Bool {
        try !find(type, lookup, limit: 1).isEmpty
    }

    private func find<D: Document>(_ type: D.Type, _ lookup: IndexKey, in state: D.State? = nil, limit: Int) throws -> [Found<D>] {
        let pending = pending(type, lookup).filter { state == nil || $0.record.state == state?.rawValue }
        let new: [Found<D>] = pending.isEmpty ? [] : pending.prefix(limit).compactMap(found)
        guard try transaction.isAnywhere(lookup) else { return new }
        // What this transaction has changed, and who asks, may be among them.
        let records = try transaction.asked.records(
            .init(lookup: lookup, type: D.name, scope: scope.raw, state: state?.rawValue),
            limit: limit + transaction.pending.changed + 1, database
        ).filter { $0.id != asker && transaction.pending.document($0.id) == nil }
        return Array(try (new + records.map(found)).prefix(limit))
    }

    /// What was withdrawn or declined is as if it had never been handed in.
    static let notTakenBack = "d.state NOT IN ('\(TaskAction.withdrawn)', '\(TaskAction.declined)')"

    private func pending<D: Document>(_ type: D.Type, _ lookup: IndexKey) -> [PendingStep] {
        transaction.pending.documents(with: lookup).filter {
            $0.record.type == D.name && $0.record.scope == scope && $0.record.id != asker
        }
    }

    private func lookup<D: Document, V: FieldValue>(_ path: KeyPath<D, V>, _ value: V) throws -> IndexKey? {
        IndexKey.lookup(value.stored, try transaction.field(path), transaction.lookupKeys)
    }

    private func found<D: Document>(_ new: PendingStep) -> Found<D>? {
        (new.document as? D).map { Found(id: ID(new.record.id), state: D.State(rawValue: new.record.state), value: $0, record: new.record) }
    }

    private func found<D: Document>(_ record: Record) throws -> Found<D> {
        let value: D = try transaction.opened(record)
        return Found(id: ID(record.id), state: D.State(rawValue: record.state), value: value, record: record)
    }
}
