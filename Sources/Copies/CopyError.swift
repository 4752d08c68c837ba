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
        case .different(let table):
            "After restoring, the table \(table) differs from the backup. Do not use this database; check the disk and restore again."
        }
    }
}
