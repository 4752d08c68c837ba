/// What an entry says of one row that rights and duties rest on, in a table of the organisation: how the act found it, and how it left it.
package struct RowStatement: Sendable, Hashable {
    package let table: String
    /// The row's key, as text.
    package let key: String
    /// SHA-256 of the row as the act found it; empty where there was none.
    package let before: [UInt8]
    /// The same as the act left it; empty where it took the row away.
    package let after: [UInt8]

    /// - Precondition: each digest is empty or 32 bytes.
    package init(table: String, key: String, before: [UInt8], after: [UInt8]) {
        precondition([before, after].allSatisfy { $0.isEmpty || $0.count == TreeHash.byteCount }, "a digest is SHA-256")
        (self.table, self.key, self.before, self.after) = (table, key, before, after)
    }

    /// The step of the entries that state the rows of an earlier program's database as they were found.
    package static let asFound = "+as-found"
}

/// What the ledger says of the stated rows at its end, gathered entry by entry.
package struct StatedRows: Sendable {
    package struct Place: Sendable, Hashable {
        package let table: String
        package let key: String

        package init(table: String, key: String) { (self.table, self.key) = (table, key) }
    }

    private var digests: [Place: TreeHash?] = [:]
    /// Rows that an act did not find as the act before had left them, and the act's entry.
    package private(set) var breaks: [(place: Place, entry: Int64)] = []
    /// When the rows of an earlier program were stated, in milliseconds since 1970.
    package private(set) var found: Int64?

    package init() {}

    /// In the order of the ledger.
    mutating func take(_ entry: Entry) {
        if entry.step == RowStatement.asFound { found = entry.at }
        for statement in entry.statements {
            let place = Place(table: statement.table, key: statement.key)
            let known = digests.updateValue(TreeHash(statement.after), forKey: place)
            if (known ?? nil) != TreeHash(statement.before) { breaks.append((place, entry.id)) }
        }
    }

    package enum Answer: Sendable, Equatable { case same, other, gone, unknown }

    /// Whether the last entry that states a row says this digest. Each row is asked once; `rest` are those that nobody asked for.
    package mutating func ask(_ place: Place, _ digest: [UInt8]) -> Answer {
        guard let stated = digests.removeValue(forKey: place) else { return .unknown }
        guard let stated else { return .gone }
        return stated == TreeHash(digest) ? .same : .other
    }

    /// The rows of a table that were stated, not taken away, and not asked for, in the order of their keys.
    package func rest(of table: String) -> [Place] {
        digests.filter { $0.key.table == table && $0.value != nil }.map(\.key).sorted { $0.key < $1.key }
    }
}
