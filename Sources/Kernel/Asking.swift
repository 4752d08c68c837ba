import Store

/// A document that was looked up, with its state.
package struct Found<D: Document>: Sendable {
    package let id: ID<D>
    package let state: D.State?
    package let value: D
    package let record: Record
}

/// What a rule can look up.
///
/// CROSS JOIN keeps SQLite to the order in which the tables stand: it would rather walk all documents of the type, the newest first.
extension Act {
    /// How many documents in this state have this value, within the scope.
    package func count<D: Document, V: FieldValue>(_ state: D.State, _ path: KeyPath<D, V>, is value: V) throws -> Int {
        guard let lookup = try lookup(path, value) else { return 0 }
        return Int(
            try session.count(
                """
                SELECT count(*) FROM lookup k CROSS JOIN document d
                WHERE d.id = k.document AND k.domain = $1 AND k.value = $2 AND d.type = $3 AND d.state = $4 AND d.scope = $5 AND d.id <> $6
                """,
                [.text(lookup.domain), .blob(lookup.value), .text(D.name), .text(state.rawValue), .int(record.scope.raw), .int(record.id)]))
    }

    /// The documents that have this value in this field, the newest first. Sealed fields find every document of the type with a field
    /// of that kind and this value.
    package func find<D: Document, V: FieldValue>(_ path: KeyPath<D, V>, is value: V, limit: Int = 20) throws -> [Found<D>] {
        guard let lookup = try lookup(path, value) else { return [] }
        return try find(D.self, lookup, limit: limit)
    }

    /// The documents of a type that have this value in any sealed field of a kind: a telephone, wherever it stands.
    package func find<D: Document>(_ type: D.Type, _ kind: SealedKind, is value: String, limit: Int = 20) throws -> [Found<D>] {
        guard let lookup = Lookup.lookup(.text(value), .sealed(kind), "", transaction.desk.keys) else { return [] }
        return try find(type, lookup, limit: limit)
    }

    package func load<D: Document>(_ id: ID<D>) throws -> Found<D>? {
        guard let record = try Record.load(id.raw, session), record.type == D.name else { return nil }
        return try found(record)
    }

    private func find<D: Document>(_ type: D.Type, _ lookup: Lookup, limit: Int) throws -> [Found<D>] {
        let records = try session.all(
            """
            SELECT \(Record.joinedColumns) FROM lookup k CROSS JOIN document d
            WHERE d.id = k.document AND k.domain = $1 AND k.value = $2 AND d.type = $3 AND d.scope = $4 AND d.id <> $5
            ORDER BY k.document DESC LIMIT \(limit)
            """,
            [.text(lookup.domain), .blob(lookup.value), .text(D.name), .int(record.scope.raw), .int(record.id)]
        ) { Record($0) }
        return try records.map(found)
    }

    private func lookup<D: Document, V: FieldValue>(_ path: KeyPath<D, V>, _ value: V) throws -> Lookup? {
        guard let field = D.form.fields.first(where: { ($0.path as AnyKeyPath) == path }), field.isIndexed else {
            preconditionFailure("\(D.name).\(path.name) is asked for and not indexed")
        }
        return Lookup.lookup(value.stored, field.kind, "\(D.name).\(field.key)", transaction.desk.keys)
    }

    private func found<D: Document>(_ record: Record) throws -> Found<D> {
        let value = try Body(keys: transaction.desk.keys).read(D.self, record.body, id: record.id)
        return Found(id: ID(record.id), state: D.State(rawValue: record.state), value: value, record: record)
    }
}
