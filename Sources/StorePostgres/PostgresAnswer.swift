import CPostgres
import Store

/// The answer to a statement, in binary, and the row it stands on.
final class PostgresAnswer: Row {
    /// Types by their ids in `pg_type`.
    private enum Kind {
        static let whole: Set<Oid> = [16, 20, 21, 23, 26]  // bool, int8, int2, int4, oid
        static let text: Set<Oid> = [18, 19, 25, 114, 705, 1042, 1043, 3802]  // "char", name, text, json, unknown, char, varchar, jsonb
    }

    private let result: OpaquePointer
    private var row: CInt = 0
    private let types: [Oid]
    let count: Int

    /// Takes over the result.
    init(_ result: OpaquePointer) {
        self.result = result
        count = Int(PQntuples(result))
        types = (0..<PQnfields(result)).map { PQftype(result, $0) }
    }

    deinit { PQclear(result) }

    /// `INSERT 0 1` -> 1; 0 for what changes no rows.
    var changed: Int { types.isEmpty || !command.hasPrefix("SELECT") ? Int(String(cString: PQcmdTuples(result))) ?? 0 : 0 }

    /// The server's own word for what it did.
    var command: String { String(cString: PQcmdStatus(result)) }

    /// Of a statement that was described.
    var parameterTypes: [Oid] { (0..<PQnparams(result)).map { PQparamtype(result, $0) } }

    func each(_ body: (any Row) throws -> Void) rethrows {
        for index in 0..<count {
            row = CInt(index)
            try body(self)
        }
    }

    // MARK: Row

    func isNull(_ column: Int) -> Bool { PQgetisnull(result, row, CInt(column)) == 1 }

    func int(_ column: Int) -> Int64 {
        expect(Kind.whole.contains(types[column]) && !isNull(column), "whole number", column)
        // Sign-extended from the first byte; an oid and a bool have no sign.
        return bytes(column) { bytes in
            let isSigned = types[column] != 26 && types[column] != 16
            let start: Int64 = isSigned && (bytes.first ?? 0) & 0x80 != 0 ? -1 : 0
            return bytes.reduce(start) { $0 << 8 | Int64($1) }
        }
    }

    func double(_ column: Int) -> Double {
        switch types[column] {
        case 701 where !isNull(column):
            return bytes(column) { Double(bitPattern: UInt64(bigEndian: $0.loadUnaligned(as: UInt64.self))) }
        case 700 where !isNull(column):
            return bytes(column) { Double(Float(bitPattern: UInt32(bigEndian: $0.loadUnaligned(as: UInt32.self)))) }
        default: return Double(int(column))
        }
    }

    func text(_ column: Int) -> String {
        expect(Kind.text.contains(types[column]) && !isNull(column), "text", column)
        // jsonb begins with the number of its version.
        return bytes(column) { String(decoding: $0.dropFirst(types[column] == 3802 ? 1 : 0), as: UTF8.self) }
    }

    func blob(_ column: Int) -> [UInt8] { withBlob(column) { Array($0) } }

    func withBlob<T>(_ column: Int, _ body: (UnsafeRawBufferPointer) throws -> T) rethrows -> T {
        expect(types[column] == 17 && !isNull(column), "bytes", column)
        return try bytes(column, body)
    }

    private func bytes<T>(_ column: Int, _ body: (UnsafeRawBufferPointer) throws -> T) rethrows -> T {
        let length = Int(PQgetlength(result, row, CInt(column)))
        return try body(UnsafeRawBufferPointer(start: PQgetvalue(result, row, CInt(column)), count: length))
    }

    private func expect(_ holds: Bool, _ wanted: String, _ column: Int) {
        precondition(
            holds, "Column \(column) (\(String(cString: PQfname(result, CInt(column))))) is no \(wanted): type \(types[column]).")
    }
}
