import Store

/// A table as the owner of the database has it: any row, any column.
struct OwnedTable: Sendable {
    struct Column: Sendable {
        let name: String
        let type: String
        var isKey = false
    }

    typealias Rows = [[Value]]

    let name: String
    let columns: [Column]

    init(_ name: String, _ session: any Session) throws {
        self.name = name
        let isSQLite = session.engine == .sqlite
        let columns =
            isSQLite
            ? "SELECT name, type FROM pragma_table_info($1) ORDER BY cid"
            : """
            SELECT column_name::text, data_type::text FROM information_schema.columns
            WHERE table_schema = current_schema() AND table_name = $1 ORDER BY ordinal_position
            """
        let key =
            isSQLite
            ? "SELECT name FROM pragma_table_info($1) WHERE pk > 0"
            : """
            SELECT k.column_name::text FROM information_schema.table_constraints c JOIN information_schema.key_column_usage k
                ON k.constraint_name = c.constraint_name AND k.table_schema = c.table_schema AND k.table_name = c.table_name
            WHERE c.constraint_type = 'PRIMARY KEY' AND c.table_schema = current_schema() AND c.table_name = $1
            """
        let keys = Set(try session.all(key, [.text(name)]) { $0.text(0) })
        self.columns = try session.all(columns, [.text(name)]) { row in
            Column(name: row.text(0), type: row.text(1).lowercased(), isKey: keys.contains(row.text(0)))
        }
    }

    /// The tables of a database, but those of the engine itself.
    static func names(_ session: any Session) throws -> [String] {
        try session.all(
            session.engine == .sqlite
                ? "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name"
                : "SELECT table_name::text FROM information_schema.tables WHERE table_schema = current_schema() ORDER BY table_name"
        ) { $0.text(0) }
    }

    private var list: String { columns.map { "\"\($0.name)\"" }.joined(separator: ", ") }

    func rows(_ session: any Session) throws -> Rows {
        let order = columns.filter(\.isKey).map { column in
            session.engine == .postgres && column.type == "text" ? "\"\(column.name)\" COLLATE \"C\"" : "\"\(column.name)\""
        }.joined(separator: ", ")
        return try session.all("SELECT \(list) FROM \(name) ORDER BY \(order)") { row in
            columns.enumerated().map { place, column in
                if row.isNull(place) { return .null }
                return switch column.type {
                case "text": .text(row.text(place))
                case "blob", "bytea": .blob(row.blob(place))
                default: .int(row.int(place))
                }
            }
        }
    }

    /// Makes these the rows of the table.
    func write(_ rows: Rows, _ session: any Session) throws {
        try session.execute("DELETE FROM \(name)")
        let places = columns.indices.map { "$\($0 + 1)" }.joined(separator: ", ")
        try session.executeMany("INSERT INTO \(name) (\(list)) VALUES (\(places))", rows)
    }

    /// Two rows of nothing in particular.
    var anyRows: Rows {
        [Int64(0), 1].map { number in
            columns.map { column in
                switch column.type {
                case "text": .text(String(number))
                case "blob", "bytea": .blob([UInt8(number)])
                default: .int(number)
                }
            }
        }
    }
}

/// What can be done to a table.
enum Tampering: String, CaseIterable, Sendable {
    case update, delete, insert, swap, rollBack = "roll back", truncate

    /// The rows afterwards; `nil` where there is no such deed.
    /// - Parameters:
    ///   - column: what an update changes.
    ///   - unique: what an insert has to change besides the key.
    ///   - earlier: the rows as they were in the middle.
    func done(to rows: OwnedTable.Rows, of table: OwnedTable, column: String, unique: [String], earlier: OwnedTable.Rows)
        -> OwnedTable.Rows?
    {
        var rows = rows
        let columns = table.columns
        switch self {
        case .update:
            let place = columns.firstIndex { $0.name == column }!, row = rows.lastIndex { $0[place] != .null } ?? 0
            rows[row][place] = Self.other(rows[row][place])
        case .delete: rows.removeLast()
        case .insert:
            var row = rows.last!
            let last = columns.lastIndex { $0.isKey }!
            for place in columns.indices where place == last || unique.contains(columns[place].name) {
                if case .int(let number) = row[place] { row[place] = .int(number + 1) } else { row[place] = Self.other(row[place]) }
            }
            rows.append(row)
        case .swap:
            let before = rows
            for place in columns.indices where !columns[place].isKey {
                (rows[0][place], rows[rows.count - 1][place]) = (rows[rows.count - 1][place], rows[0][place])
            }
            return rows == before ? nil : rows
        case .rollBack: return rows == earlier ? nil : earlier
        case .truncate: rows = []
        }
        return rows
    }

    private static func other(_ value: Value) -> Value {
        switch value {
        case .int(let number): .int(number == 1 ? 0 : number == 0 ? 1 : number + 1)
        case .text(let text): .text(text + "1")
        case .blob(let bytes): .blob((bytes.dropLast()) + [(bytes.last ?? 0) ^ 1])
        case .null: .int(1)
        case .double(let number): .double(number + 1)
        }
    }
}
