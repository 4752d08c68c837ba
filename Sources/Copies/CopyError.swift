import Glibc

/// Why a copy could not be made or put back, in words that say what is wrong and what to do.
package enum CopyError: Error, Equatable, Sendable {
    case exists(path: String)
    case cannotWrite(path: String, reason: String)
    case diskFull(path: String)
    case cannotRead(path: String, reason: String)
    case noBackup(path: String)
    /// Another program's form of the file.
    case newerFormat(Int)
    case otherKey(path: String)
    case damaged(path: String)
    case cutOff(path: String)
    /// The database into which it should go has something in it.
    case notEmpty(table: String)
    /// The copy has migrations that this program does not know, or in another form.
    case unknownMigration(String)
    /// What is in the database now is not what the copy said.
    case different(table: String)
    /// The backup has documents whose keys are in the file of keys, and that is not there.
    case keysMissing(path: String)
    /// The file of keys is older than the backup.
    case keysOlder(String)
    /// The file of keys has keys that this database does not know.
    case otherKeys(path: String)

    static func writing(_ path: String, _ number: Int32) -> CopyError {
        number == ENOSPC || number == EDQUOT ? .diskFull(path: path) : .cannotWrite(path: path, reason: String(cString: strerror(number)))
    }

    package var zh: String {
        switch self {
        case .exists(let path): "\(path) 已经存在，不会覆盖。请另取文件名。"
        case .cannotWrite(let path, let reason): "无法写入 \(path)（\(reason)）。请检查路径和权限。"
        case .diskFull(let path): "写入 \(path) 时磁盘已满，没有留下备份。请腾出空间后重试。"
        case .cannotRead(let path, let reason): "无法读取 \(path)（\(reason)）。请检查路径和权限。"
        case .noBackup(let path): "\(path) 不是典章的备份文件。"
        case .newerFormat(let format): "备份文件的格式 \(format) 比本程序新，请使用新版程序恢复。"
        case .otherKey(let path): "主密钥与备份 \(path) 不符。请使用备份时的主密钥（更换过主密钥的，用更换之前的那一个）。"
        case .damaged(let path): "备份 \(path) 已损坏或被改动，没有恢复任何内容。请改用另一份备份。"
        case .cutOff(let path): "备份 \(path) 不完整，末尾缺失，没有恢复任何内容。请改用另一份备份。"
        case .notEmpty(let table): "目标数据库不是空的（表 \(table) 中已有内容）。请恢复到新的空数据库。"
        case .unknownMigration(let name): "备份中的数据库结构 \(name) 与本程序不一致。请使用做备份的程序或更新的程序。"
        case .keysMissing(let path): "找不到密钥文件 \(path)，备份中部分文书的内容要凭它打开。请用 --keys 指明最新的密钥文件。"
        case .keysOlder(let moment): "密钥文件是 \(moment) 的，比备份旧。请用最新的密钥文件，以免已销毁的内容复现。"
        case .otherKeys(let path): "密钥文件 \(path) 中有本数据库没有的密钥，可能属于另一个数据库，没有改写。请用 --keys 另行指明，或核对存证。"
        case .different(let table): "恢复后表 \(table) 的内容与备份不一致。请勿使用此数据库，检查磁盘后重新恢复。"
        }
    }

    package var en: String {
        switch self {
        case .exists(let path): "There is a file at \(path) already, and it is not overwritten. Give another name."
        case .cannotWrite(let path, let reason): "\(path) cannot be written (\(reason)). Check the path and its rights."
        case .diskFull(let path): "The disk was full while \(path) was written; no backup is left. Make room and run it again."
        case .cannotRead(let path, let reason): "\(path) cannot be read (\(reason)). Check the path and its rights."
        case .noBackup(let path): "\(path) is no backup of Dianzhang."
        case .newerFormat(let format): "The backup has format \(format), which this program does not know: restore it with a newer one."
        case .otherKey(let path):
            "This master key does not open the backup \(path). Use the one in force when it was made; after a change of master key that is the former."
        case .damaged(let path): "The backup \(path) is damaged or was altered; nothing was restored. Use another backup."
        case .cutOff(let path): "The backup \(path) is incomplete, its end is missing; nothing was restored. Use another backup."
        case .notEmpty(let table): "The database is not empty (there is something in \(table)). Restore into a new one."
        case .unknownMigration(let name):
            "The backup's schema \(name) differs from this program's. Use the program that made the backup, or a newer one."
        case .keysMissing(let path):
            "There is no file of keys at \(path), and some documents of the backup open by it alone. Name the newest one by --keys."
        case .keysOlder(let moment):
            "The file of keys is of \(moment), older than the backup. Use the newest one, so that nothing comes back that was destroyed."
        case .otherKeys(let path):
            "The file of keys \(path) has keys that this database does not know: it may be another's, and was not written over. Name one by --keys, or verify the ledger."
        case .different(let table):
            "After restoring, the table \(table) differs from the backup. Do not use this database; check the disk and restore again."
        }
    }
}
