import Store

extension Desk {
    /// Which of these values the documents of a type have in an indexed field, each with the state of the newest that has it: for the dry
    /// run of a whole file. Only what the person may read is known.
    package func known<D: Document>(
        _ path: KeyPath<D, String>, among values: [String], by person: PersonID
    ) async throws -> [String: D.State] {
        guard let field = D.form.fields.first(where: { ($0.path as AnyKeyPath) == path }), field.isIndexed else {
            preconditionFailure("\(D.name).\(path.name) is asked for and not indexed")
        }
        let key = field.key, kind = field.kind
        let now = clock.now()
        return try await store.read { [self] session in
            let access = Access(person: person, organisation: try organisation(session), catalogue: catalogue, now: now)
            var known: [String: D.State] = [:]
            for part in Array(Set(values)).chunked(500) {
                let lookups = part.compactMap { Lookup.lookup(.text($0), kind, "\(D.name).\(key)", keys) }
                guard let domain = lookups.first?.domain else { continue }
                let places = lookups.indices.map { "$\($0 + 3)" }.joined(separator: ", ")
                let (condition, arguments) = access.condition(type: D.name, startingAt: lookups.count + 3)
                try session.each(
                    """
                    SELECT k.value, d.state FROM lookup k CROSS JOIN document d
                    WHERE d.id = k.document AND k.domain = $1 AND d.type = $2 AND k.value IN (\(places)) AND \(condition)
                    ORDER BY k.document
                    """,
                    [.text(domain), .text(D.name)] + lookups.map { .blob($0.value) } + arguments
                ) { row in
                    known[String(decoding: row.blob(0), as: UTF8.self)] = D.State(rawValue: row.text(1))
                }
            }
            return known
        }
    }
}
