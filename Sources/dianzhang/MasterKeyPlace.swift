import Foundation
import Kernel
import Store
import Vault

/// Where the master key is: in a setting, in a file that one names, or in a file beside the database.
struct MasterKeyPlace {
    private let text: String?
    let path: String
    private let database: String?

    init(_ settings: Settings, _ address: String) {
        text = settings["master-key"]
        database = address.hasPrefix("sqlite:") ? String(address.dropFirst(7)) : nil
        path = settings["key-file"] ?? database.map { $0 + ".key" } ?? "dianzhang.key"
    }

    /// The key as it is; none is made.
    func key() throws -> MasterKey { try text.map { try MasterKey(text: $0) } ?? MasterKey(file: path) }

    /// Only the first start makes a key, for a database that has none: a second key would open nothing, and hide that the first is lost.
    /// - Parameter isScratch: nobody keeps the database, so nobody is told to keep its key.
    func key(for store: any Store, isFirst: Bool, isScratch: Bool = false) async throws -> MasterKey {
        if text != nil { return try key() }
        guard FileManager.default.fileExists(atPath: path) else {
            guard isFirst, try await !KeyRing.exists(in: store) else { throw VaultError.keyFileMissing(path: path) }
            let key = try MasterKey.create(file: path)
            if isScratch { return key }
            Terminal.say(
                "已生成主密钥 \(path)。请立即另存一份：丢失此密钥，加密的数据将无法恢复。\n"
                    + "The master key was made: \(path). Keep a copy elsewhere now: without it the sealed data is lost for good.")
            return key
        }
        return try key()
    }

    /// Said at each start of the server where it is so.
    var warning: Words? {
        guard text == nil, let database, Self.folder(path) == Self.folder(database) else { return nil }
        return Words(
            "主密钥与数据库在同一文件夹：复制该文件夹即可读取全部内容。请把 \(path) 移到别处（最好是另一块磁盘），并用设置 key-file 指明。",
            "The master key lies in the folder of the database: whoever copies that folder can read everything. Move \(path) elsewhere, "
                + "best to another disk, and name it by the setting key-file.")
    }

    private static func folder(_ path: String) -> String {
        URL(filePath: path).deletingLastPathComponent().resolvingSymlinksInPath().standardizedFileURL.path
    }
}
