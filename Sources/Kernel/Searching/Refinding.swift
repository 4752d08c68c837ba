import Store
import Vault

/// By what documents are found follows from what they say and from the rules of today: normal forms, readings of characters. A book that
/// an earlier program wrote is found by today's from the first start on.
extension Desk {
    private static let mark = "finding"
    /// Raised with every change to a normal form (`SealedKind.matchKey`) or to `SearchText.grams`.
    private static let rules = "5"
    private static let atOnce = 1000

    func beginFinding() async throws {
        guard try await !store.read({ try Self.isByTodaysRules($0) }) else { return }
        try await store.write(alone: true) { [self] session in
            // Servers start at once, and the first of them has done it.
            if try !Self.isByTodaysRules(session) { try findAnew(session) }
        }
    }

    private static func isByTodaysRules(_ session: any Session) throws -> Bool {
        try session.count("SELECT count(*) FROM setting WHERE name = $1 AND value = $2", [.text(mark), .text(rules)]) > 0
    }

    private func findAnew(_ session: any Session) throws {
        for table in ["lookup", "gram", "gram_waiting"] { try session.execute("DELETE FROM \(table)") }
        let keys = IndexKeys(self.keys.blindIndex)
        var after = Int64.min
        while true {
            let records = try session.all(
                "SELECT \(Record.columns) FROM document WHERE id > $1 ORDER BY id LIMIT \(Self.atOnce)", [.int(after)]
            ) { Record($0) }
            guard let last = records.last else { break }
            after = last.id
            let body = Body(keys: self.keys, session)
            let found = try records.compactMap { record in try traces(of: record, keys, body).map { (record, $0) } }
            try session.executeMany(IndexKey.insertion, found.flatMap { record, traces in traces.lookups.map { $0.row(record) } })
            try SearchIndex.write(found.map { ($0.id, $1.grams, []) }, session)
        }
        try session.execute(
            "INSERT INTO setting (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
            [.text(Self.mark), .text(Self.rules)])
    }

    /// `nil` for what cannot be opened: `verify` says so.
    private func traces(of record: Record, _ keys: IndexKeys, _ body: Body) throws -> (lookups: [IndexKey], grams: Set<Int64>)? {
        guard let type = catalogue.type(record.type) else { return nil }
        do { return try traces(of: record, type, keys, body) } catch is VaultError { return nil }
    }

    /// By what a document is found.
    func traces(of record: Record, _ type: DocumentType, _ keys: IndexKeys, _ body: Body) throws -> (
        lookups: [IndexKey],
        grams: Set<Int64>
    ) {
        func read<D: Document>(_ type: D.Type) throws -> (values: [JSONValue], title: String) {
            let document = try body.read(type, record)
            return (document.values, document.title)
        }
        let (values, title) = try read(type.swiftType)
        var titled = record
        titled.title = title
        return (IndexKey.all(of: values, type.fields, keys), type.grams(values, titled, keys.index))
    }
}
