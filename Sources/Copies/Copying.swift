import Crypto
import Kernel
import Ledger
import Store
import Vault
import WorkCalendar

/// Backups: everything that a database holds, as it is at one moment, in one sealed file. The file is the same for both engines.
package enum Copying {
    /// Begin a part of the file.
    enum Mark: UInt8 { case table = 1, row, tableEnd, end }

    /// Writes the backup while acts go on. It is there whole or not at all.
    /// - Parameter keys: where the file of keys is; beside the backup where none is named.
    /// - Throws: `CopyError`, `StoreError`, `VaultError.wrongMaster` where the key is not the database's.
    package static func backUp(
        _ store: any Store, to path: String, keys: String? = nil, master: MasterKey, at moment: Moment
    ) async throws -> (header: CopyHeader, tables: [TableDigest]) {
        try await store.read { session in
            try KeyRing.requireMaster(master, session)
            let migrations = try landed(session)
            let salt = SealedStream.salt(), names = CopyTable.names(migrations), hasKeys = names.contains("content_key")
            let header = CopyHeader(
                engine: session.engine, at: moment, migrations: migrations.map(\.name),
                checkpoint: try Ledger.lastCheckpoint(in: session)?.note ?? "", entries: try session.count("SELECT count(*) FROM entry"),
                contentKeys: hasKeys ? try session.count("SELECT count(*) FROM content_key") : 0, salt: salt, check: SealedStream.check(master, salt: salt))
            let file = try CopyFile(path, header, master)
            // First, so that no backup has a document whose key is nowhere.
            if hasKeys { try KeysFile.write(keys ?? KeysFile.place(beside: path), header, master, session) }
            let tables = try names.filter { $0 != "content_key" }.map { try write(CopyTable($0, session), to: file, session) }
            try file.write([Mark.end.rawValue])
            try file.commit()
            return (header, tables)
        }
    }

    /// What is in the tables now, to be compared with what a backup says.
    package static func digests(_ store: any Store) async throws -> [TableDigest] {
        try await store.read { session in
            // Keys of documents' own stand in no backup.
            try CopyTable.names(landed(session)).filter { $0 != "content_key" }.map { name in
                let table = try CopyTable(name, session)
                var hash = SHA256(), rows = 0
                try table.each(session) { row in
                    hash.update(data: row)
                    rows += 1
                }
                return TableDigest(name, rows, hash)
            }
        }
    }

    /// The migrations that the database has, which this program must know.
    private static func landed(_ session: any Session) throws -> [Migration] {
        let names = try session.all("SELECT name, digest FROM migration ORDER BY position") { ($0.text(0), $0.blob(1)) }
        guard names.count <= Migration.kernel.count else { throw StoreError.newer(found: names.count, known: Migration.kernel.count) }
        for ((name, digest), migration) in zip(names, Migration.kernel) where name != migration.name || digest != migration.digest {
            throw StoreError.altered(migration: name)
        }
        return Array(Migration.kernel.prefix(names.count))
    }

    static func write(_ table: CopyTable, to file: CopyFile, _ session: any Session) throws -> TableDigest {
        func sized(_ text: String) -> [UInt8] { UInt32(text.utf8.count).bytes + Array(text.utf8) }
        try file.write([Mark.table.rawValue] + sized(table.name) + UInt32(table.columns.count).bytes)
        for column in table.columns { try file.write(sized(column.name)) }
        var hash = SHA256(), rows = 0
        try table.each(session) { row in
            hash.update(data: row)
            rows += 1
            try file.write([Mark.row.rawValue])
            try file.write(row)
        }
        let digest = TableDigest(table.name, rows, hash)
        try file.write([Mark.tableEnd.rawValue] + UInt64(rows).bytes + Array(digest.digest.utf8))
        return digest
    }
}
