import CSQLite
import Store

/// A prepared statement, and the row it stands on.
final class SQLiteStatement: Row {
    let handle: OpaquePointer
    /// The statement is being stepped through; it cannot serve a second time until that ends.
    var isBusy = false
    /// Inserts, updates or deletes rows: `sqlite3_changes` speaks of it.
    let changesRows: Bool
    /// For each of SQLite's parameters, the argument that it takes: `$2` takes the argument at 1. SQLite numbers them as they appear.
    private let argumentOf: [Int]
    private let arena = ArgumentBytes()

    init(handle: OpaquePointer, sql: String) throws(StoreError) {
        self.handle = handle
        changesRows = sqlite3_stmt_readonly(handle) == 0 && !sql.hasPrefixOfDefinition
        var argumentOf: [Int] = []
        for index in 0..<sqlite3_bind_parameter_count(handle) {
            let name = sqlite3_bind_parameter_name(handle, index + 1).map { String(cString: $0) } ?? "?"
            guard let number = Int(name.dropFirst()), name.hasPrefix("$"), number >= 1 else {
                throw .broken("Parameters are written $1, $2…; this one is \(name): \(sql)")
            }
            argumentOf.append(number - 1)
        }
        self.argumentOf = argumentOf
    }

    /// - Parameter rows: one, or as many as the statement writes at once, whose parameters then stand in order.
    func bind(_ rows: ArraySlice<[Value]>) throws(StoreError) -> CInt {
        arena.empty(for: rows)
        if rows.count == 1, let row = rows.first { return try bind(row, argumentOf, after: 0) }
        var bound = 0
        for row in rows {
            let code = try bind(row, row.indices, after: bound)
            if code != SQLITE_OK { return code }
            bound += row.count
        }
        return SQLITE_OK
    }

    private func bind(_ row: [Value], _ arguments: some Collection<Int>, after bound: Int) throws(StoreError) -> CInt {
        var index = CInt(bound)
        for argument in arguments {
            index += 1
            guard argument < row.count else { throw .broken("Argument $\(argument + 1) is missing.") }
            let code = try bind(row[argument], at: index)
            if code != SQLITE_OK { return code }
        }
        return SQLITE_OK
    }

    private func bind(_ value: Value, at index: CInt) throws(StoreError) -> CInt {
        switch value {
        case .null: return sqlite3_bind_null(handle, index)
        case .int(let value): return sqlite3_bind_int64(handle, index, value)
        case .double(let value): return sqlite3_bind_double(handle, index, value)
        case .text(let text):
            let bytes = arena.keep(text)
            if bytes.contains(0) { throw .unstorable("Text with a NUL character cannot be stored.") }
            let start = bytes.baseAddress?.assumingMemoryBound(to: CChar.self)
            return sqlite3_bind_text64(handle, index, start, UInt64(bytes.count), nil, UInt8(SQLITE_UTF8))
        case .blob(let blob):
            if blob.isEmpty { return sqlite3_bind_zeroblob(handle, index, 0) }
            let bytes = arena.keep(blob)
            return sqlite3_bind_blob64(handle, index, bytes.baseAddress, UInt64(bytes.count), nil)
        }
    }

    // MARK: Row

    func isNull(_ column: Int) -> Bool { sqlite3_column_type(handle, CInt(column)) == SQLITE_NULL }

    func int(_ column: Int) -> Int64 {
        expect(SQLITE_INTEGER, column)
        return sqlite3_column_int64(handle, CInt(column))
    }

    func double(_ column: Int) -> Double {
        if sqlite3_column_type(handle, CInt(column)) != SQLITE_INTEGER { expect(SQLITE_FLOAT, column) }
        return sqlite3_column_double(handle, CInt(column))
    }

    func text(_ column: Int) -> String {
        expect(SQLITE_TEXT, column)
        guard let start = sqlite3_column_text(handle, CInt(column)) else { return "" }
        let count = Int(sqlite3_column_bytes(handle, CInt(column)))
        return String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
    }

    func blob(_ column: Int) -> [UInt8] { withBlob(column) { Array($0) } }

    func withBlob<T>(_ column: Int, _ body: (UnsafeRawBufferPointer) throws -> T) rethrows -> T {
        expect(SQLITE_BLOB, column)
        let start = sqlite3_column_blob(handle, CInt(column))
        return try body(UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(handle, CInt(column)))))
    }

    private func expect(_ type: CInt, _ column: Int) {
        let found = sqlite3_column_type(handle, CInt(column))
        precondition(found == type, "Column \(column) is of SQLite's type \(found), not \(type): \(String(cString: sqlite3_sql(handle)))")
    }
}
