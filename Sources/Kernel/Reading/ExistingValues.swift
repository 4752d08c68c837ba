import Store

extension Desk {
    /// Which of these values the documents of a type have in an indexed field, each with the state of the newest that has it: for the dry
    /// run of a whole file. Only what the person may read is known.
    package func known<D: Document>(
        _ path: KeyPath<D, String> & Sendable, among values: [String], by person: PersonID
    ) async throws -> [String: D.State] {
        let now = clock.now()
        return try await store.read { [self] session in
            let transaction = try Transaction(self, session, now: now)
            let field = try transaction.field(path)
            let access = self.access(of: person, transaction.organisation, at: now)
            var known: [String: D.State] = [:]
            for part in Array(Set(values)).chunked(500) {
                var texts: [Int64: String] = [:]
                for text in part {
                    if let lookup = IndexKey.lookup(.text(text), field, transaction.lookupKeys) { texts[lookup.key] = text }
                }
                let keys = Array(texts.keys)
                guard !keys.isEmpty else { continue }
                let (condition, arguments) = access.condition(type: D.name, startingAt: 2)
                let places = keys.indices.map { "$\(arguments.count + 2 + $0)" }.joined(separator: ", ")
                try session.each(
                    """
                    SELECT k.key, d.state FROM lookup k CROSS JOIN document d
                    WHERE d.id = k.document AND k.type = $1 AND \(condition) AND k.key IN (\(places)) ORDER BY k.document
                    """,
                    [.text(D.name)] + arguments + keys.map { .int($0) }
                ) { row in
                    if let text = texts[row.int(0)] { known[text] = D.State(rawValue: row.text(1)) }
                }
            }
            return known
        }
    }
}
