import ArgumentParser
import Kernel
import StoreSQLite
import Vault
import WorkCalendar

/// The keys of a database: which there are, new ones, another master, and what is left under the old.
struct Keys: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "密钥：列出、更换、重新封存 / Keys: list, rotate, seal anew",
        subcommands: [List.self, Rotate.self, Rewrap.self, Reseal.self], defaultSubcommand: List.self)

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "列出密钥及其启用时间，不显示密钥本身 / The keys and their ages, never a secret")
        @Option(help: "zh or en") var lang = Language.zh
        @OptionGroup var database: DatabaseOptions

        func run() async throws {
            try await Failure.run {
                let desk = try await database.openDesk(try await database.settings())
                let keys = try await desk.listKeys()
                await desk.store.close()
                let heads = lang == .zh ? ["编号", "用途", "启用", "天数", "状态"] : ["id", "for", "since", "days", "state"]
                let now = MachineClock.clock.now()
                Terminal.answer(Terminal.table([heads] + keys.map { row($0, now) }))
            }
        }

        private func row(_ key: KeyRing.Listed, _ now: Moment) -> [String] {
            let purpose =
                switch key.purpose {
                case "level": Level(rawValue: key.level)?.words ?? Words("?", "?")
                case "blind": Words("查找", "index")
                default: Words("存证签名", "ledger signature")
                }
            let state =
                key.destroyed != nil
                ? Words("已销毁", "destroyed") : key.retired != nil ? Words("停用，仍可打开", "retired, still opens") : Words("在用", "in use")
            let since = Moment(milliseconds: key.created)
            let days = (now.milliseconds - key.created) / 86_400_000
            return [String(key.id), purpose[lang], since.day.description, String(days), state[lang]]
        }
    }

    struct Rotate: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "启用新的数据密钥；服务可照常运行 / New data keys; servers may go on running")
        @Option(help: "0 (public) to 3 (top secret); all levels without it") var level: Int?
        @OptionGroup var database: DatabaseOptions

        func run() async throws {
            try await Failure.run {
                guard level.map({ Level(rawValue: $0) != nil }) ?? true else { throw VaultError.levelUnknown(level ?? 0) }
                let desk = try await database.openDesk(try await database.settings())
                for one in Level.allCases where level == nil || one.rawValue == level {
                    let id = try await desk.rotateKey(of: one)
                    Terminal.answer("\(one.words.zh)：新密钥 \(id) / \(one.words.en): new key \(id)")
                }
                try await Retry.wait { try await desk.settleLedger() }
                await desk.store.close()
                Terminal.say(
                    "运行中的服务约 10 秒后改用新密钥。要把旧内容改封于新密钥之下，请在一分钟后运行 dianzhang keys reseal。\n"
                        + "Running servers take to the new key within some 10 seconds. To bring older content under it, run dianzhang keys reseal "
                        + "a minute from now.")
            }
        }
    }

    struct Rewrap: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "更换主密钥 / Another master key")
        @Option(help: "Where the new master key is written; there must be no file yet") var to: String
        @OptionGroup var database: DatabaseOptions

        func run() async throws {
            try await Failure.run {
                let desk = try await database.openDesk(try await database.settings())
                let master = try MasterKey.create(file: to)
                do {
                    try await desk.rewrapKeys(under: master)
                } catch {
                    Terminal.say("主密钥没有更换；\(to) 未启用，可以删除。\nThe master key was not changed; \(to) is not in use and may be deleted.")
                    throw error
                }
                try await Retry.wait { try await desk.settleLedger() }
                await desk.store.close()
                Terminal.say(
                    "已更换主密钥：\(to)。请把设置 key-file 改为此文件并重启所有服务。旧密钥须与此前的备份一起保存，否则那些备份无法恢复。\n"
                        + "The master key is now \(to). Set key-file to it and start every server anew. Keep the former key with the backups made "
                        + "under it: they cannot be restored without it.")
            }
        }
    }

    struct Reseal: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "把明文和旧密钥下的内容封存于现用密钥 / Seal what is in clear or under older keys under those in use")
        @OptionGroup var database: DatabaseOptions

        func run() async throws {
            try await Failure.run {
                let desk = try await database.openDesk(try await database.settings())
                let done = try await Retry.wait { try await desk.reseal() }
                try await Retry.wait { try await desk.settleLedger() }
                Terminal.answer(
                    "重新封存：单据 \(done.documents) 件，备注和事由 \(done.notes) 条，附件 \(done.files) 个\n"
                        + "Sealed anew: \(done.documents) documents, \(done.notes) notes and reasons, \(done.files) files")
                if done.openEntries > 0 {
                    Terminal.say(
                        "存证中有 \(done.openEntries) 条早先的记录以明文写着目的或理由；存证不能改写，它们会一直保留。\n"
                            + "\(done.openEntries) earlier entries of the ledger carry a purpose or reason in clear; the ledger is never rewritten, so they stay."
                    )
                }
                try await clean(desk)
                await desk.store.close()
            }
        }

        /// Older forms of what was sealed anew stand in free space until it is written over.
        private func clean(_ desk: Desk) async throws {
            guard let store = desk.store as? SQLiteStore else {
                Terminal.say(
                    "旧内容仍在 PostgreSQL 的空闲空间和预写日志中：请由数据库管理员对 document、task、delegation、file 表执行 VACUUM FULL，并等预写日志轮换。\n"
                        + "Older forms stay in PostgreSQL's free space and its log: have VACUUM FULL run on document, task, delegation and file, and "
                        + "let the log be recycled.")
                return
            }
            if try await store.compact() {
                Terminal.say("数据库文件已整理，空闲页中不再留有旧内容。\nThe file was written anew; no older form is left in its free pages.")
            } else {
                Terminal.say(
                    "数据库文件已整理，但日志正被读取而未能清空：请停止服务后再运行一次。\n"
                        + "The file was written anew, but its log is being read and could not be emptied: stop the server and run this again."
                )
            }
        }
    }
}
