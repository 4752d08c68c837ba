import CPostgres

/// The statements that a connection has prepared, by their text, each with the types that its parameters were prepared for.
///
/// A null has no type. It fits every statement, and where a new one must be prepared it takes the type seen before: so a statement with
/// many columns that may be null is prepared a few times, not once for each pattern of nulls.
struct PreparedStatements {
    private typealias Prepared = (name: String, types: [Oid])

    private var known: [String: [Prepared]] = [:]
    /// Texts whose preparation the server has not answered.
    private var unanswered: [String] = []
    private var namesGiven = 0

    var count: Int { known.count }

    /// The name of a statement prepared for these types.
    func name(_ sql: String, _ types: [PostgresParameters.TypeOfArgument]) -> String? {
        known[sql]?.first { types.fit($0.types) }?.name
    }

    /// A name for a statement that is prepared now, and the types to prepare it for.
    mutating func add(_ sql: String, _ types: [PostgresParameters.TypeOfArgument]) -> (name: String, types: [Oid]) {
        let before = known[sql]?.last?.types ?? []
        let oids = types.indices.map { types[$0].isNull && $0 < before.count ? before[$0] : types[$0].oid }
        namesGiven += 1
        let added = Prepared("s\(namesGiven)", oids)
        known[sql, default: []].append(added)
        unanswered.append(sql)
        return added
    }

    /// - Parameter failed: something did, and whatever was sent behind it was passed over.
    mutating func answered(failed: Bool) {
        if failed { for sql in unanswered { known[sql] = nil } }
        unanswered.removeAll(keepingCapacity: true)
    }

    mutating func forgetAll() { known = [:] }
}

extension [PostgresParameters.TypeOfArgument] {
    /// Whether arguments of these types can be bound to a statement prepared for `prepared`.
    fileprivate func fit(_ prepared: [Oid]) -> Bool {
        guard count == prepared.count else { return false }
        for index in indices where !self[index].isNull && self[index].oid != prepared[index] { return false }
        return true
    }
}
