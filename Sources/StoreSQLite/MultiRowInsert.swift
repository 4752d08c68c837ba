/// One INSERT of many rows: SQLite begins and ends a statement in about a third of the time that it takes for a small row.
enum MultiRowInsert {
    static let atOnce = 32

    /// - Returns: the statement for `atOnce` rows, with their arguments one after the other; `nil` where the text is not an INSERT of one
    ///   row of parameters in their order.
    static func insertion(_ sql: String) -> String? {
        guard sql.hasPrefix("INSERT INTO "), let values = sql.firstRange(of: "VALUES ("),
            let end = sql[values.upperBound...].firstIndex(of: ")")
        else { return nil }
        let parameters = sql[values.upperBound..<end].split(separator: ",").map { $0.drop { $0 == " " } }
        guard parameters.enumerated().allSatisfy({ $1 == "$\($0 + 1)" }) else { return nil }
        let rows = (0..<atOnce).map { row in
            "(" + (1...parameters.count).map { "$\(row * parameters.count + $0)" }.joined(separator: ", ") + ")"
        }
        return sql[..<values.lowerBound] + "VALUES " + rows.joined(separator: ", ") + sql[sql.index(after: end)...]
    }
}
