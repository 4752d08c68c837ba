import Crypto
import Kernel
import Store
import Vault

extension Copying {
    /// Puts a backup into an empty database, in one transaction: all of it or nothing. Afterwards the tables are read again and compared
    /// with what the backup says of them.
    ///
    /// What was destroyed since is to be cleared before anybody works with it: `Desk.clearDestroyed(holds:)` with what this gives back.
    /// - Parameter keys: where the newest file of keys is; beside the backup where none is named.
    /// - Throws: `CopyError`, `StoreError`.
    package static func restore(
        _ path: String, keys: String? = nil, into store: any Store, master: MasterKey, at moment: Int64
    ) async throws -> (header: CopyHeader, tables: [TableDigest], keys: KeysFile?) {
        let header = try CopyReader(path, master).header
        let migrations = Array(Migration.kernel.prefix(header.migrations.count))
        for (index, name) in header.migrations.enumerated() where !migrations.indices.contains(index) || migrations[index].name != name {
            throw CopyError.unknownMigration(name)
        }
        let file = header.contentKeys > 0 ? try KeysFile(keys ?? KeysFile.place(beside: path), master) : nil
        if let file, file.header.at < header.at { throw CopyError.keysOlder(file.header.at.description) }
        try await requireEmpty(store)
        try await store.migrate(migrations, at: moment)
        let tables = try await store.write { session in
            let tables = try read(CopyReader(path, master), into: session, of: path)
            try file?.putBack(session)
            return tables
        }
        let now = try await digests(store)
        if let other = zip(tables, now).first(where: { $0 != $1 })?.0 { throw CopyError.different(table: other.table) }
        return (header, now, file)
    }

    private static func requireEmpty(_ store: any Store) async throws {
        try await store.read { session in
            let present =
                session.engine == .sqlite
                ? "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
                : "SELECT table_name::text FROM information_schema.tables WHERE table_schema = current_schema() ORDER BY table_name"
            for table in try session.all(present, [], { $0.text(0) }) where table != "migration" {
                if try session.first("SELECT 1 FROM \"\(table)\" LIMIT 1", [], { _ in true }) == true {
                    throw CopyError.notEmpty(table: table)
                }
            }
        }
    }

    /// So much is handed to the database at once.
    private static let mostRows = 500
    private static let mostBytes = 4 << 20

    private static func read(_ reader: CopyReader, into session: any Session, of path: String) throws -> [TableDigest] {
        var tables: [TableDigest] = []
        while true {
            switch Mark(rawValue: try reader.read(1)[0]) {
            case .table: tables.append(try readTable(reader, into: session, of: path))
            case .end:
                try reader.requireEnd()
                return tables
            default: throw CopyError.damaged(path: path)
            }
        }
    }

    /// A file's tables, each in memory.
    static func eachTable(_ reader: CopyReader, of path: String, _ body: (String, [String], [[Value]]) throws -> Void) throws {
        while true {
            switch Mark(rawValue: try reader.read(1)[0]) {
            case .table:
                let name = try text(reader)
                let columns = try (0..<Int(UInt32(bytes: try reader.read(4)))).map { _ in try text(reader) }
                var rows: [[Value]] = []
                _ = try readRows(reader, name, columns.count, of: path) { rows.append($0) }
                try body(name, columns, rows)
            case .end: return try reader.requireEnd()
            default: throw CopyError.damaged(path: path)
            }
        }
    }

    private static func text(_ reader: CopyReader) throws -> String {
        String(decoding: try reader.read(Int(UInt32(bytes: try reader.read(4)))), as: UTF8.self)
    }

    private static func readTable(_ reader: CopyReader, into session: any Session, of path: String) throws -> TableDigest {
        let name = try text(reader)
        let columns = try (0..<Int(UInt32(bytes: try reader.read(4)))).map { _ in try text(reader) }
        let table = try CopyTable(name, session)
        guard columns == table.columns.map(\.name) else { throw CopyError.damaged(path: path) }
        var waiting: [[Value]] = [], size = 0
        func insert() throws {
            try session.executeMany(table.insertion, waiting)
            waiting.removeAll(keepingCapacity: true)
            size = 0
        }
        let found = try readRows(reader, name, columns.count, of: path) { row in
            waiting.append(row)
            size += row.reduce(0) { $0 + $1.size }
            if waiting.count >= mostRows || size >= mostBytes { try insert() }
        }
        try insert()
        return found
    }

    private static func readRows(
        _ reader: CopyReader, _ name: String, _ columns: Int, of path: String, _ body: ([Value]) throws -> Void
    ) throws -> TableDigest {
        var hash = SHA256(), count = 0
        while true {
            switch Mark(rawValue: try reader.read(1)[0]) {
            case .row:
                try body(CopyTable.row(of: columns, reader, &hash))
                count += 1
            case .tableEnd:
                let said = (Int(UInt64(bytes: try reader.read(8))), String(decoding: try reader.read(64), as: UTF8.self))
                let found = TableDigest(name, count, hash)
                guard said == (found.rows, found.digest) else { throw CopyError.damaged(path: path) }
                return found
            default: throw CopyError.damaged(path: path)
            }
        }
    }
}

extension Value {
    fileprivate var size: Int {
        switch self {
        case .text(let text): text.utf8.count
        case .blob(let blob): blob.count
        default: 8
        }
    }
}
