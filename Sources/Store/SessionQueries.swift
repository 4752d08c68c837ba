/// The short ways to ask.
extension Session {
    @discardableResult
    package func execute(_ sql: String) throws -> Int { try execute(sql, []) }

    /// What `body` makes of each row.
    package func all<T>(_ sql: String, _ arguments: [Value] = [], _ body: (any Row) throws -> T) throws -> [T] {
        var answers: [T] = []
        try each(sql, arguments) { answers.append(try body($0)) }
        return answers
    }

    /// What `body` makes of the first row; `nil` when there is none. Later rows are not looked at: write LIMIT 1.
    package func first<T>(_ sql: String, _ arguments: [Value] = [], _ body: (any Row) throws -> T) throws -> T? {
        var answer: T?
        try each(sql, arguments) { row in
            if answer == nil { answer = try body(row) }
        }
        return answer
    }

    /// The whole number in the first column of the first row; 0 when there is no row or it is null.
    package func count(_ sql: String, _ arguments: [Value] = []) throws -> Int64 {
        try first(sql, arguments) { $0.isNull(0) ? 0 : $0.int(0) } ?? 0
    }
}

extension Row {
    /// The column, or `nil` where it is null.
    package func intIfAny(_ column: Int) -> Int64? { isNull(column) ? nil : int(column) }
    package func textIfAny(_ column: Int) -> String? { isNull(column) ? nil : text(column) }
    package func blobIfAny(_ column: Int) -> [UInt8]? { isNull(column) ? nil : blob(column) }
}

extension Value {
    /// The value, or null.
    package static func int(ifAny value: Int64?) -> Value { value.map(Value.int) ?? .null }
    package static func text(ifAny value: String?) -> Value { value.map(Value.text) ?? .null }
    package static func blob(ifAny value: [UInt8]?) -> Value { value.map(Value.blob) ?? .null }
}
