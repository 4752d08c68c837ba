import ArgumentParser
import Copies
import Kernel
import Ledger
import Store
import Vault
import WorkCalendar

/// Writes everything that the database holds into one sealed file, while servers go on.
struct Backup: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "备份为一个加密文件 / A backup, as one sealed file")
    @Argument(help: "The file; there must be none yet") var file: String
    @Option(help: "The one file of keys, written anew by each backup; dianzhang.keys beside the backup where none is named") var keys: String?
    @OptionGroup var database: DatabaseOptions

    func run() async throws {
        try await Failure.run {
            let settings = try await database.settings()
            let address = settings["database"] ?? ""
            // The desk is not opened: that would bring an older database to this program's form.
            let store = try DatabaseOptions.openStore(at: address, isFirst: false)
            do {
                let master = try await MasterKeyPlace(settings, address).key(for: store, isFirst: false)
                let (header, tables) = try await Copying.backUp(store, to: file, keys: keys, master: master, at: MachineClock.clock.now())
                await store.close()
                CopyWords.answer(tables)
                Terminal.answer("存证 \(header.entries) 条 / \(header.entries) entries")
                if !header.checkpoint.isEmpty { Terminal.answer("\n\(header.checkpoint)") }
                Terminal.say(
                    "已备份到 \(file)。可销毁档案的密钥不在其中，在 \(keys ?? KeysFile.place(beside: file))：只留最新的一份，恢复时要用。恢复时需要主密钥，备份文件中没有：请另行保存。\n"
                        + "The backup is \(file). The keys of documents that can be destroyed are not in it but in \(keys ?? KeysFile.place(beside: file)): keep the newest alone, restoring needs it. Restoring needs the master key, which is not in it: keep that apart.")
            } catch {
                await store.close()
                throw error
            }
        }
    }
}

/// Puts a backup into an empty database of either engine, and proves it.
struct Restore: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "把备份恢复到空数据库 / Put a backup into an empty database")
    @Argument(help: "The backup") var file: String
    @Option(help: "The newest file of keys; dianzhang.keys beside the backup where none is named") var keys: String?
    @OptionGroup var database: DatabaseOptions

    func run() async throws {
        try await Failure.run {
            let settings = try await database.settings()
            let address = settings["database"] ?? ""
            let now = MachineClock.clock.now()
            let master = try MasterKeyPlace(settings, address).key()
            let store = try DatabaseOptions.openStore(at: address, isFirst: true)
            let header: CopyHeader, holds: [[Value]]
            do {
                let (found, tables, kept) = try await Copying.restore(file, keys: keys, into: store, master: master, at: now.milliseconds)
                (header, holds) = (found, kept?.holds ?? [])
                CopyWords.answer(tables)
            } catch {
                await store.close()
                throw error
            }
            await store.close()
            let desk = try await database.openDesk(settings)
            // Before anybody works with it.
            let cleared = try await desk.clearDestroyed(holds: holds)
            if cleared.documents + cleared.holds > 0 {
                Terminal.say(
                    "备份之后销毁的 \(cleared.documents) 件已再次清除，备份之后的 \(cleared.holds) 项保全已重新设置。\n"
                        + "\(cleared.documents) documents destroyed since the backup were cleared again, \(cleared.holds) holds placed since were placed again.")
            }
            try await prove(header, desk, at: now)
        }
    }

    private func prove(_ header: CopyHeader, _ desk: Desk, at now: Moment) async throws {
        let report = try await desk.verify(against: header.checkpoint.isEmpty ? [] : CheckpointNote.all(in: header.checkpoint))
        try await desk.enterRestoration(of: header.at, entries: header.entries)
        try await Retry.wait { try await desk.settleLedger() }
        await desk.store.close()
        let hours = (now.milliseconds - header.at.milliseconds) / 3_600_000
        Terminal.say(
            "这是 \(header.at)（\(hours) 小时前）的状态，存证 \(header.entries) 条；此后的办理不在其中。请用备份之后另存的检查点核对（verify --against），以确认缺了什么。\n"
                + "This is the state of \(header.at), \(hours) hours ago, with \(header.entries) entries; what was done since is not in it. "
                + "Compare with a checkpoint kept since (verify --against) to see what is missing.")
        guard report.isClean else {
            for fault in report.faults { Terminal.answer("\(fault.zh)\n\(fault.en)") }
            throw ExitCode(1)
        }
        Terminal.answer("已恢复，与备份一致，校验通过 / restored, equal to the backup, verified")
    }
}

enum CopyWords {
    static func answer(_ tables: [TableDigest]) {
        Terminal.answer(Terminal.table([["表 / table", "行 / rows", "SHA-256"]] + tables.map { [$0.table, String($0.rows), $0.digest] }))
    }
}
