import Glibc
import Kernel
import Store
import Vault
import WorkCalendar

/// The file of keys: the keys of documents' own, which stand in no backup, and the legal holds. There is one, beside all backups, and each
/// backup writes it anew: what was destroyed since an older backup is not in it, and that backup does not open it any more.
package struct KeysFile {
    static let tables = ["content_key", "legal_hold"]
    /// Its name where none is given, in the folder of the backup.
    package static let name = "dianzhang.keys"

    let header: CopyHeader
    let keys: [[Value]]
    package let holds: [[Value]]

    /// Where it is for a backup.
    package static func place(beside backup: String) -> String {
        guard let slash = backup.lastIndex(of: "/") else { return name }
        return backup[...slash] + name
    }

    init(_ path: String, _ master: MasterKey) throws {
        guard access(path, F_OK) == 0 else { throw CopyError.keysMissing(path: path) }
        let reader = try CopyReader(path, master)
        header = reader.header
        var tables: [String: [[Value]]] = [:]
        try Copying.eachTable(reader, of: path) { name, columns, rows in
            guard Self.tables.contains(name) else { throw CopyError.damaged(path: path) }
            tables[name] = rows
        }
        (keys, holds) = (tables["content_key"] ?? [], tables["legal_hold"] ?? [])
    }

    /// Writes it in the place of the earlier one. Whatever key that one has must still be known, destroyed or not: else it is another
    /// database's.
    static func write(_ path: String, _ header: CopyHeader, _ master: MasterKey, _ session: any Session) throws {
        if access(path, F_OK) == 0 {
            let known = Set(try session.all("SELECT id FROM content_key", []) { $0.int(0) })
            for key in try KeysFile(path, master).keys {
                guard case .int(let id) = key[0], known.contains(id) else { throw CopyError.otherKeys(path: path) }
            }
        }
        let fresh = "\(path).\(UInt32.random(in: .min ... .max))"
        let file = try CopyFile(fresh, header, master)
        for name in tables { _ = try Copying.write(CopyTable(name, session), to: file, session) }
        try file.write([Copying.Mark.end.rawValue])
        try file.commit()
        guard rename(fresh, path) == 0 else { throw CopyError.writing(path, errno) }
    }

    /// Puts the keys of the documents that are there into a restored database: those that are destroyed as destroyed.
    func putBack(_ session: any Session) throws {
        let there = Set(try session.all("SELECT id FROM document", []) { $0.int(0) })
        let table = try CopyTable("content_key", session)
        let rows = keys.filter { if case .int(let id) = $0[0] { there.contains(id) } else { false } }
        try session.executeMany(table.insertion, rows)
    }
}
