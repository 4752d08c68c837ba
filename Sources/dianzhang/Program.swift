import ArgumentParser
import Foundation
import Kernel
import Store
import StorePostgres
import StoreSQLite
import Vault

/// What the commands that work on a database have in common: which one, and under which key.
struct DatabaseOptions: ParsableArguments {
    @Option(help: "sqlite:PATH or postgres://… (DIANZHANG_DATABASE)") var database: String?
    @Option(help: "The file of the master key (DIANZHANG_KEY_FILE)") var keyFile: String?
    @Option(name: .customLong("settings"), help: "A YAML file with settings under `dianzhang:`") var settingsFile: String?

    func settings(_ more: [String: String?] = [:]) async throws -> Settings {
        var flags = more.compactMapValues { $0 }
        flags["database"] = database
        flags["key-file"] = keyFile
        let file = settingsFile ?? ProcessInfo.processInfo.environment["DIANZHANG_SETTINGS"]
        return try await Settings(flags: flags, file: file)
    }

    /// Opens the desk.
    /// - Parameters:
    ///   - isFirst: this may be the first start, which makes the database and its master key. Other commands make none: an address with a
    ///     slip in it would look like an empty book.
    ///   - caches: how much of an SQLite file is kept in memory.
    func openDesk(
        _ settings: Settings, clock: Clock = MachineClock.clock, catalogue: Catalogue = Regulations.catalogue, isFirst: Bool = false,
        isScratch: Bool = false, caches: PageCaches = PageCaches()
    ) async throws -> Desk {
        let address = settings["database"] ?? ""
        let store = try Self.openStore(at: address, isFirst: isFirst, caches: caches)
        do {
            let master = try await MasterKeyPlace(settings, address).key(for: store, isFirst: isFirst, isScratch: isScratch)
            return try await Desk.open(store: store, catalogue: catalogue, master: master, clock: clock)
        } catch {
            await store.close()
            throw error
        }
    }

    /// Opens the desk to look at the database and write nothing, not even the modes of its files.
    func openDeskToRead(_ settings: Settings) async throws -> Desk {
        let address = settings["database"] ?? ""
        let store: any Store
        if address.hasPrefix("sqlite:"), address.count > 7 {
            let path = String(address.dropFirst(7))
            guard FileManager.default.fileExists(atPath: path) else { throw NoDatabase(path: path) }
            store = try SQLiteStore(reading: path)
        } else {
            store = try Self.openStore(at: address, isFirst: false)
        }
        do {
            let master = try await MasterKeyPlace(settings, address).key(for: store, isFirst: false)
            return try await Desk.openToRead(store: store, catalogue: Regulations.catalogue, master: master, clock: MachineClock.clock)
        } catch {
            await store.close()
            throw error
        }
    }

    static func openStore(at address: String, isFirst: Bool, caches: PageCaches = PageCaches()) throws -> any Store {
        if address.hasPrefix("postgres://") || address.hasPrefix("postgresql://") { return try PostgresStore(url: address) }
        guard address.hasPrefix("sqlite:"), address.count > 7 else {
            throw ValidationError("数据库应写成 sqlite:路径 或 postgres://…；database must be sqlite:PATH or postgres://…, not \(address)")
        }
        let path = String(address.dropFirst(7))
        guard isFirst || FileManager.default.fileExists(atPath: path) else { throw NoDatabase(path: path) }
        let folder = URL(filePath: path).deletingLastPathComponent()
        try FileManager.default.createDirectory(
            at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        let store = try SQLiteStore(path: path, caches: caches)
        if !store.tightened.isEmpty {
            let files = store.tightened.joined(separator: ", ")
            Terminal.say("\(files) 原先可被他人读取，权限已改为 0600。\nOthers could read \(files) until now; the mode is 0600 from here on.")
        }
        return store
    }
}
