import Store
import Vault

/// What the program itself reads, for its tables and what it does by itself; nothing of it goes to a person unmasked.
extension Desk {
    /// Every document of a type.
    package func all<D: Document>(_ type: D.Type) async throws -> [Found<D>] {
        try await store.read { [self] session in
            let records = try session.all("SELECT \(Record.columns) FROM document WHERE type = $1 ORDER BY id", [.text(D.name)]) {
                Record($0)
            }
            let body = try Body(keys: keys, session).knowing(records)
            return try records.map { try found($0, body) }
        }
    }

    /// Those of a type that are in a state, the oldest first.
    package func all<D: Document>(_ type: D.Type, in state: D.State, limit: Int) async throws -> [Found<D>] {
        try await store.read { [self] session in
            let records = try session.all(
                "SELECT \(Record.columns) FROM document WHERE type = $1 AND state = $2 ORDER BY id LIMIT $3",
                [.text(D.name), .text(state.rawValue), .int(Int64(limit))]
            ) { Record($0) }
            let body = try Body(keys: keys, session).knowing(records)
            return try records.map { try found($0, body) }
        }
    }

    package func load<D: Document>(_ ids: [ID<D>]) async throws -> [Found<D>] {
        try await store.read { [self] session in
            let body = Body(keys: keys, session)
            return try ids.compactMap { try Record.load($0.raw, session).map { try found($0, body) } }
        }
    }

    private func found<D: Document>(_ record: Record, _ body: Body) throws -> Found<D> {
        let value = try body.read(D.self, record)
        return Found(id: ID(record.id), state: D.State(rawValue: record.state), value: value, record: record)
    }
}
