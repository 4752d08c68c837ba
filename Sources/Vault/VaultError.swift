/// What the Vault can answer instead of a value. Each says in Chinese and in English what is wrong and what to do;
/// none of them carries a key or a value that was sealed.
package enum VaultError: Error, Sendable, Equatable {
    /// There is no file at this path.
    case keyFileMissing(path: String)
    /// Nothing says where the key is, and there is no usual place beside the database.
    case keyFileUnnamed
    /// The file can be read by others than its owner; `mode` is its permission bits.
    case keyFileExposed(path: String, mode: UInt32)
    /// The file is there but cannot be read or written; `reason` is the system's word for it.
    case keyFileUnusable(path: String, reason: String)
    /// A master key is never written over another.
    case keyFileExists(path: String)
    /// The text holds no key of 32 bytes.
    case keyUnreadable
    /// The text holds 32 bytes that nobody drew at random (all zeros, a word repeated).
    case keyWeak
    /// The database's keys were wrapped by another master key.
    case wrongMaster
    /// The master key is the right one, but this data key was altered.
    case keyDamaged(id: UInt32)
    /// The table data_key has lost a row without which the ring is not whole.
    case keysMissing
    /// The value names a key that this ring has never seen: reload the ring, then try once more.
    case keyUnknown(id: UInt32)
    /// The key was destroyed, and with it everything it sealed.
    case destroyed(id: UInt32)
    /// The document's own key was destroyed, and its content with it.
    case contentDestroyed(document: Int64)
    /// The document's content is sealed by a key of its own, and the table content_key has it not.
    case contentKeyMissing(document: Int64)
    /// Only keys that seal values can be rotated or destroyed, not those of the blind index or of the ledger's signature.
    case keyPermanent(id: UInt32)
    /// The value was altered, cut, or moved here from another document or field.
    case valueDamaged
    /// Levels run from 0 (public) to 3 (top secret).
    case levelUnknown(Int)

    package var zh: String {
        switch self {
        case .keyFileMissing(let path): "找不到主密钥文件 \(path)。请把它放回原处，或检查路径设置。"
        case .keyFileUnnamed:
            "没有指明主密钥文件。使用 PostgreSQL 时请用设置 key-file（DIANZHANG_KEY_FILE）指明，如 /etc/dianzhang/master.key；早先的程序把它放在启动时所在文件夹，名为 dianzhang.key，请移到所指明之处。"
        case .keyFileExposed(let path, let mode):
            "主密钥文件 \(path) 的权限是 \(octal(mode))，其他人可能读到它。请执行 chmod 600，并确认它没有外泄。"
        case .keyFileUnusable(let path, let reason): "主密钥文件 \(path) 无法使用（\(reason)）。请检查该文件及其所在目录。"
        case .keyFileExists(let path): "\(path) 已经存在，不会覆盖主密钥。若确要另建，请先把它移走并妥善保存。"
        case .keyUnreadable: "读不出主密钥：应当是32个字节，写成64个十六进制字符或44个base64字符，单独一行。请恢复原来的密钥。"
        case .keyWeak: "主密钥不是随机产生的，不能使用。请让程序生成一个新的主密钥。"
        case .wrongMaster: "主密钥与本数据库不符，封存的内容打不开。请使用建立本数据库时的主密钥。"
        case .keyDamaged(let id): "数据密钥 \(id) 已被改动，无法使用。请从备份恢复 data_key 表。"
        case .keysMissing: "data_key 表不完整，缺少必需的密钥。请从备份恢复该表，不要新建。"
        case .keyUnknown(let id): "本程序尚未读到数据密钥 \(id)。请稍后再试；若仍不行，请从备份恢复 data_key 表。"
        case .destroyed(let id): "数据密钥 \(id) 已经销毁，由它封存的内容已无法恢复。"
        case .contentDestroyed: "该文书的内容已经销毁，无法恢复；登记簿中只保留编号、状态和日期。"
        case .contentKeyMissing(let document): "文书 \(document) 的内容密钥不在 content_key 表中，内容打不开。请用最新的密钥文件恢复。"
        case .keyPermanent(let id): "密钥 \(id) 不是封存密钥，不能更换或销毁。"
        case .valueDamaged: "封存的内容已被改动，或者不属于这份文书的这个栏目，无法打开。请核对存证并从备份恢复。"
        case .levelUnknown(let level): "没有密级 \(level)，只有0（公开）到3（绝密）。请检查设置。"
        }
    }

    package var en: String {
        switch self {
        case .keyFileMissing(let path): "There is no master key file at \(path). Put it back, or check the path in the settings."
        case .keyFileUnnamed:
            """
            Nothing says where the master key is. With PostgreSQL, name its file by the setting key-file (DIANZHANG_KEY_FILE), such as \
            /etc/dianzhang/master.key. Earlier programs laid it into the folder in which they were started, as dianzhang.key: move it there.
            """
        case .keyFileExposed(let path, let mode):
            "The master key file \(path) has mode \(octal(mode)), so others may read it. Run chmod 600 and make sure that it has not leaked."
        case .keyFileUnusable(let path, let reason):
            "The master key file \(path) cannot be used (\(reason)). Check the file and its folder."
        case .keyFileExists(let path):
            "\(path) exists already and a master key is never overwritten. To make another, first move it to a safe place."
        case .keyUnreadable:
            "No master key can be read: it is 32 bytes as 64 hexadecimal or 44 base64 characters on a line of its own. Restore the original key."
        case .keyWeak: "The master key was not drawn at random and cannot be used. Let the program make a new one."
        case .wrongMaster: "This master key does not open this database. Use the master key with which the database was created."
        case .keyDamaged(let id): "Data key \(id) was altered and cannot be used. Restore the table data_key from a backup."
        case .keysMissing: "The table data_key is incomplete: a key that must be there is not. Restore the table from a backup."
        case .keyUnknown(let id):
            "Data key \(id) is not known here yet. Try again; if it persists, restore the table data_key from a backup."
        case .destroyed(let id): "Data key \(id) was destroyed; what it sealed cannot be recovered."
        case .contentDestroyed: "The content of this document was destroyed and cannot be recovered; its number, state and dates stay in the register."
        case .contentKeyMissing(let document):
            "The content of document \(document) is sealed by a key that the table content_key has not. Restore it from the newest file of keys."
        case .keyPermanent(let id): "Key \(id) does not seal values and can be neither rotated nor destroyed."
        case .valueDamaged:
            "The sealed value was altered or does not belong to this field of this document. Verify the ledger and restore from a backup."
        case .levelUnknown(let level): "There is no level \(level), only 0 (public) to 3 (top secret). Check the settings."
        }
    }

    private func octal(_ mode: UInt32) -> String { "0" + String(mode, radix: 8) }
}
