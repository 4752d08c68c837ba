import CPostgres
import Store

/// One INSERT of any number of rows: each parameter is an array, and the rows are read from the arrays side by side. The server needs a
/// fifth of the time that as many statements of one row take.
struct ArrayInsertion {
    /// With fewer rows there is nothing to gain.
    static let leastRows = 4
    /// More of them would only be held in memory twice.
    static let mostRows = 1000

    let sql: String
    /// Of the elements.
    let types: [Oid]
    /// The parameters by which a row is known that is there already. Two such rows in one statement are refused by the server where it is
    /// to update them.
    private let updatedBy: [Int]

    /// Types by their ids in `pg_type`: int8, text, float8, bytea, and their arrays.
    private static let arrays: [Oid: (name: String, oid: Oid)] = [
        20: ("int8[]", 1016), 25: ("text[]", 1009), 701: ("float8[]", 1022), 17: ("bytea[]", 1001),
    ]

    static func array(of type: Oid) -> Oid { arrays[type]?.oid ?? 0 }

    /// - Parameter types: what the server takes for the parameters of `sql`.
    /// - Returns: `nil` where the text is no INSERT of one row of values, or a parameter is of another type.
    init?(_ sql: String, types: [Oid]) {
        guard let values = Self.values(in: sql), !types.isEmpty else { return nil }
        let behind = sql[sql.index(after: values.upperBound)...]
        guard !behind.contains("$"), let updatedBy = Self.updatedBy(sql[..<values.lowerBound], values: sql[values], behind) else {
            return nil
        }
        var listed = String(sql[values]), given: [String] = []
        // The greatest number first: $1 is the beginning of $12.
        for number in types.indices.reversed().map({ $0 + 1 }) {
            guard let array = Self.arrays[types[number - 1]] else { return nil }
            listed = listed.replacing("$\(number)", with: "given.p\(number)")
            given.insert("unnest($\(number)::\(array.name)) AS p\(number)", at: 0)
        }
        let head = sql[..<values.lowerBound].dropLast("VALUES (".count)
        self.sql = "\(head)SELECT \(listed) FROM (SELECT \(given.joined(separator: ", "))) AS given \(behind)"
        (self.types, self.updatedBy) = (types, updatedBy)
    }

    /// Whether these rows can go in by it.
    func takes(_ rows: [[Value]]) -> Bool {
        let fit = rows.allSatisfy { row in
            row.count == types.count
                && zip(row, types).allSatisfy { value, type in
                    switch value {
                    case .null: true
                    case .int: type == 20
                    case .text: type == 25
                    case .double: type == 701
                    case .blob: type == 17
                    }
                }
        }
        guard fit, !updatedBy.isEmpty else { return fit }
        return Set(rows.map { row in updatedBy.map { row[$0] } }).count == rows.count
    }

    // MARK: Reading the text

    /// What stands between the parentheses behind VALUES.
    static func values(in sql: String) -> Range<String.Index>? {
        guard sql.hasPrefix("INSERT INTO "), let start = sql.firstRange(of: "VALUES (")?.upperBound else { return nil }
        var depth = 1
        for place in sql[start...].indices {
            if sql[place] == "(" { depth += 1 }
            if sql[place] == ")" { depth -= 1 }
            if depth == 0 { return start..<place }
        }
        return nil
    }

    /// - Returns: `nil` where it cannot be told.
    private static func updatedBy(_ head: Substring, values: Substring, _ behind: Substring) -> [Int]? {
        guard behind.contains("DO UPDATE") else { return [] }
        guard let columns = list(in: head), let target = list(in: behind) else { return nil }
        let given = values.split(separator: ",").map { $0.filter { $0 != " " } }
        let places = target.compactMap { name in columns.firstIndex(of: name) }
        let parameters = places.compactMap { place in place < given.count ? Int(given[place].dropFirst()).map { $0 - 1 } : nil }
        return parameters.count == target.count ? parameters : nil
    }

    /// The names in the first parentheses.
    private static func list(in text: Substring) -> [String]? {
        guard let start = text.firstIndex(of: "("), let end = text[start...].firstIndex(of: ")") else { return nil }
        return text[text.index(after: start)..<end].split(separator: ",").map { $0.filter { !$0.isWhitespace } }
    }
}
