import Crypto
import Store

/// A table as both engines have it: its columns in their order, and the columns of its key, by which its rows are ordered.
struct CopyTable {
    enum Kind: UInt8 { case whole = 1, real, text, bytes }

    let name: String
    let columns: [(name: String, kind: Kind)]
    private let key: [String]

    /// The tables that the migrations make, in the order in which they come: none refers to a later one.
    static func names(_ migrations: [Migration]) -> [String] {
        var names: [String] = []
        for statement in migrations.flatMap(\.statements) {
            let words = statement.split { " \n\t(".contains($0) }.prefix(6).map(String.init)
            guard words.count >= 3, words[1].uppercased() == "TABLE" else { continue }
            switch words[0].uppercased() {
            case "CREATE": names.append(words[2].uppercased() == "IF" && words.count > 5 ? words[5] : words[2])
            case "DROP": names.removeAll { $0 == words[words[2].uppercased() == "IF" && words.count > 4 ? 4 : 2] }
            case "ALTER" where words.count > 5 && words[3].uppercased() == "RENAME" && words[4].uppercased() == "TO":
                names = names.map { $0 == words[2] ? words[5] : $0 }
            default: break
            }
        }
        return names
    }

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
        self.columns = try session.all(columns, [.text(name)]) { row in
            guard let kind = Kind(type: row.text(1)) else {
                throw StoreError.broken("Column \(row.text(0)) of \(name) is of a type that cannot be copied: \(row.text(1)).")
            }
            return (row.text(0), kind)
        }
        let key =
            isSQLite
            ? "SELECT name FROM pragma_table_info($1) WHERE pk > 0 ORDER BY pk"
            : """
            SELECT k.column_name::text FROM information_schema.table_constraints c JOIN information_schema.key_column_usage k
                ON k.constraint_name = c.constraint_name AND k.table_schema = c.table_schema AND k.table_name = c.table_name
            WHERE c.constraint_type = 'PRIMARY KEY' AND c.table_schema = current_schema() AND c.table_name = $1
            ORDER BY k.ordinal_position
            """
        self.key = try session.all(key, [.text(name)]) { $0.text(0) }
        guard !self.columns.isEmpty, !self.key.isEmpty else {
            throw StoreError.broken("The table \(name) is not there, or has no key by which its rows can be ordered.")
        }
    }

    private func list(_ names: [String]) -> String { names.map { "\"\($0)\"" }.joined(separator: ", ") }

    var insertion: String {
        let places = columns.indices.map { "$\($0 + 1)" }.joined(separator: ", ")
        return "INSERT INTO \(name) (\(list(columns.map(\.name)))) VALUES (\(places))"
    }

    /// Each row as bytes, in the order of the key, which is the same on both engines: that of bytes.
    func each(_ session: any Session, _ body: ([UInt8]) throws -> Void) throws {
        let text = Set(columns.filter { $0.kind == .text }.map(\.name))
        let order = key.map { session.engine == .postgres && text.contains($0) ? "\"\($0)\" COLLATE \"C\"" : "\"\($0)\"" }
        let all = "SELECT \(list(columns.map(\.name))) FROM \(name)"
        guard ["file", "classified_file"].contains(name) else {
            return try session.stream("\(all) ORDER BY \(order.joined(separator: ", "))", []) { try body(bytes(of: $0)) }
        }
        // Files are large, and a cursor fetches many rows at once.
        let digests = try session.all("SELECT digest FROM \(name) ORDER BY \(order[0])") { $0.text(0) }
        for digest in digests { try session.each("\(all) WHERE digest = $1", [.text(digest)]) { try body(bytes(of: $0)) } }
    }

    private func bytes(of row: any Row) -> [UInt8] {
        var bytes: [UInt8] = []
        for (index, column) in columns.enumerated() {
            guard !row.isNull(index) else {
                bytes.append(0)
                continue
            }
            bytes.append(column.kind.rawValue)
            switch column.kind {
            case .whole: bytes += row.int(index).bytes
            case .real: bytes += row.double(index).bitPattern.bytes
            case .text:
                let text = Array(row.text(index).utf8)
                bytes += UInt32(text.count).bytes + text
            case .bytes:
                row.withBlob(index) { blob in
                    bytes += UInt32(blob.count).bytes
                    bytes.append(contentsOf: blob)
                }
            }
        }
        return bytes
    }

    /// Reads a row that `each` wrote.
    static func row(of columns: Int, _ reader: CopyReader, _ hash: inout SHA256) throws -> [Value] {
        func take(_ count: Int) throws -> [UInt8] {
            let bytes = try reader.read(count)
            hash.update(data: bytes)
            return bytes
        }
        return try (0..<columns).map { _ in
            switch Kind(rawValue: try take(1)[0]) {
            case nil: .null
            case .whole: .int(Int64(bitPattern: UInt64(bytes: try take(8))))
            case .real: .double(Double(bitPattern: UInt64(bytes: try take(8))))
            case .text: .text(String(decoding: try take(Int(UInt32(bytes: try take(4)))), as: UTF8.self))
            case .bytes: .blob(try take(Int(UInt32(bytes: try take(4)))))
            }
        }
    }
}

extension CopyTable.Kind {
    init?(type: String) {
        switch type.lowercased() {
        case "integer", "bigint": self = .whole
        case "text": self = .text
        case "blob", "bytea": self = .bytes
        case "real", "double precision": self = .real
        default: return nil
        }
    }
}

/// What a table holds: how many rows, and SHA-256 over them in the order of their key.
package struct TableDigest: Sendable, Equatable {
    package let table: String
    package let rows: Int
    package let digest: String

    init(_ table: String, _ rows: Int, _ hash: SHA256) {
        (self.table, self.rows, digest) = (table, rows, CopyHeader.hexadecimal(Array(hash.finalize())))
    }
}
