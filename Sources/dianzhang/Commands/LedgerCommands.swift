import ArgumentParser
import Foundation
import Kernel
import Ledger
import Web
import Witnessing

/// Proves the ledger and what rests on it: tree, checkpoints, documents, and rows that entries state. Writes nothing. Exit 1 when something
/// was touched.
struct Verify: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "校验存证 / Prove the ledger")
    @Option(
        parsing: .upToNextOption,
        help: "Files of checkpoints kept elsewhere: notes, a mail, a webhook's body, a time stamp; a file may hold several")
    var against: [String] = []
    @Option(help: "The key of a witness that must have cosigned them") var witness: String?
    @Flag(help: "Also makes anew what follows from documents and entries, and opens every file; takes its time") var deep = false
    @OptionGroup var database: DatabaseOptions

    func run() async throws {
        try await Failure.run {
            let evidence = try KeptEvidence(files: against, witness: witness)
            let settings = try await database.settings()
            let places = try CheckpointPlace.all { settings[$0] }
            let desk = try await database.openDeskToRead(settings)
            let started = ContinuousClock.now
            let report = try await desk.verify(against: evidence.notes, isDeep: deep)
            let seconds =
                Double(started.duration(to: .now).components.attoseconds) / 1e18 + Double(started.duration(to: .now).components.seconds)
            let note = try await desk.latestCheckpoint()
            await desk.store.close()
            Terminal.answer(
                "记录 \(report.entries) 条，检查点 \(report.checkpoints) 个，单据 \(report.documents) 件，\(String(format: "%.2f", seconds)) 秒")
            Terminal.answer("\(report.entries) entries, \(report.checkpoints) checkpoints, \(report.documents) documents")
            if report.waiting > 0 { Terminal.answer("另有 \(report.waiting) 条等待编入 / \(report.waiting) more wait for their places") }
            evidence.tell()
            if places.isEmpty { Terminal.answer("\(DeliveryOverview.noPlace.zh)\n\(DeliveryOverview.noPlace.en)") }
            if report.isClean {
                Terminal.answer("完整无改动 / whole and untouched")
            } else {
                for fault in report.faults { Terminal.answer("\(fault.zh)\n\(fault.en)") }
                let more = report.faultCount - report.faults.count
                if more > 0 { Terminal.answer("另有 \(more) 处\n\(more) more") }
            }
            for limit in report.limits { Terminal.answer("\(limit.words.zh)\n\(limit.words.en)") }
            guard report.isClean else { throw ExitCode(1) }
            if let note { Terminal.answer("\n\(note.note)") }
        }
    }
}

/// The charter as a table: article, kind, acts and refusals so far, and what carries it out.
struct Articles: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "制度条文一览 / The charter as a table")
    @Option(help: "One regulation only, by its id") var regulation: String?
    @Option(help: "A file of proved articles: lists those that no test proves instead") var proved: String?
    @Option(help: "zh or en") var lang = Language.zh
    @OptionGroup var database: DatabaseOptions

    func run() async throws {
        try await Failure.run {
            if let proved { return try listUnproved(proved) }
            let known = Regulations.catalogue.regulations.map(\.regulation.id)
            guard regulation.map(known.contains) ?? true else {
                let ids = known.joined(separator: ", ")
                throw DeskError.conflict(
                    Words("没有编号为“\(regulation ?? "")”的制度；有：\(ids)", "There is no regulation “\(regulation ?? "")”; these are: \(ids)"))
            }
            let settings = try await database.settings()
            do {
                try await list(try await database.openDesk(settings))
            } catch is NoDatabase {
                // Before the first start there is nothing to count, and the charter all the same.
                let folder = FileManager.default.temporaryDirectory.appending(path: "charter-" + UUID().uuidString)
                defer { try? FileManager.default.removeItem(at: folder) }
                let scratch = try await Settings(
                    flags: ["database": "sqlite:\(folder.path)/charter.sqlite", "key-file": "\(folder.path)/key"], file: nil)
                try await list(try await database.openDesk(scratch, isFirst: true, isScratch: true))
            }
        }
    }

    private func list(_ desk: Desk) async throws {
        var rows = [lang == .zh ? ["条文", "性质", "办理", "拒绝", "承担"] : ["article", "kind", "acts", "refusals", "carried out by"]]
        try await desk.settleLedger()
        for contents in desk.catalogue.regulations where regulation == nil || contents.regulation.id == regulation {
            let charter = try await desk.charter(contents.regulation.id, by: nil)
            for law in charter.laws {
                rows.append([
                    "\(contents.regulation.short[lang]) \(ArticleName.ref(law.article.ref, lang))",
                    law.text.kind.map { $0.words[lang] }.joined(separator: lang == .zh ? "、" : ", "),
                    String(law.carriers.reduce(0) { $0 + $1.acts }), String(law.carriers.reduce(0) { $0 + $1.refusals }),
                    law.carriers.map { $0.title[lang] }.joined(separator: lang == .zh ? "；" : "; "),
                ])
            }
        }
        await desk.store.close()
        Terminal.answer(Terminal.table(rows))
    }

    /// The articles that no test proves, and the demands, each by its number behind the article's.
    private func listUnproved(_ path: String) throws {
        let proved = Set(try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").map(String.init))
        for contents in Regulations.catalogue.regulations {
            let regulation = contents.regulation
            let articles = contents.articles.filter { !proved.contains(regulation[$0.ref].key) }
            let demands = contents.articles.flatMap { article in article.demands.indices.map { (article.ref, $0 + 1) } }
            let open = demands.filter { !proved.contains("\(regulation[$0.0].key)#\($0.1)") }
            Terminal.answer(
                """
                \(regulation.short.zh)：\(contents.articles.count - articles.count)/\(contents.articles.count) 条有测试，\
                尚无测试：\(articles.map(\.ref).joined(separator: " "))
                    \(demands.count - open.count)/\(demands.count) 项要求有测试，尚无测试：\(open.map { "\($0.0)#\($0.1)" }.joined(separator: " "))
                """)
        }
    }
}

/// Prints every setting in force and where it comes from.
struct Config: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "生效的设置及其来源 / The settings in force, and from where")
    @Option(help: "zh or en") var lang = Language.zh
    @OptionGroup var database: DatabaseOptions

    func run() async throws {
        let settings = try await database.settings()
        var rows: [[String]] = []
        for setting in Settings.all {
            let found = settings.found(setting.name)
            let value = found.map { setting.isSecret ? "••••" : Self.withoutPassword($0.value) } ?? "-"
            let source: String =
                switch found?.source {
                case .flag: "--\(setting.name)"
                case .environment: setting.environmentName
                case .file: lang == .zh ? "文件" : "file"
                case .standard: lang == .zh ? "默认" : "default"
                case nil: "-"
                }
            rows.append([setting.name, value, source, lang == .zh ? setting.zh : setting.en])
        }
        Terminal.answer(Terminal.table(rows))
    }

    /// postgres://user:secret@host -> postgres://user:••••@host
    private static func withoutPassword(_ address: String) -> String {
        guard let scheme = address.range(of: "://"), let at = address.lastIndex(of: "@"),
            let colon = address[scheme.upperBound..<at].firstIndex(of: ":")
        else { return address }
        return address[...colon] + "••••" + address[at...]
    }
}
