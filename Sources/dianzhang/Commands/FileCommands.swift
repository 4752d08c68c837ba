import ArgumentParser
import CustomerAuthenticity
import Identifiers
import Kernel
import Tables
import Web

extension Language: ExpressibleByArgument {}

/// 第二十六条: checks a file of customers by the rules of intake. Needs no database.
struct Check: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "按条文检查一份客户资料文件 / Check a file of customers")
    @Argument(help: "CSV (UTF-8, GB18030) or XLSX") var file: String
    @Option(help: "Where the answers go; standard output without it") var out: String?
    @Option(help: "Adds a column with the words: zh or en") var lang: Language?
    @Option(help: "The sheet of a workbook; without it the first visible one with the columns") var sheet: String?

    func run() async throws {
        try await Failure.run {
            TemporaryFolder.sweep()
            let check = RowCheck(today: MachineClock.clock.now().day)
            let answers = try CSVWriter(out.map { .file($0) } ?? .standardOutput)
            var line = ProgressLine()
            let summary = try FileCheck(check, language: lang).run(file, sheet: sheet, to: answers) {
                line.show(rows: $0.rows, done: $0.done, total: $0.total)
            }
            try answers.close()
            line.end()
            let rows = summary.found.map { [$0.fault.code, String($0.count), lang == .en ? $0.fault.en : $0.fault.zh] }
            Terminal.say(
                "共 \(summary.rows) 行，通过 \(summary.passed)，不通过 \(summary.refused) / \(summary.rows) rows, \(summary.passed) pass, \(summary.refused) refused"
            )
            if !rows.isEmpty { Terminal.say(Terminal.table(rows)) }
            Terminal.say(summary.notes)
        }
    }
}

/// 第七条: the clues of a bare file, or of the book.
struct Screen: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "找出可疑线索 / Find clues in a file or in the book")
    @Argument(help: "A file; the book of the database without it") var file: String?
    @Option(help: "Where the clues go; standard output without it") var out: String?
    @Option(help: "The sheet of a workbook; without it the first visible one with the columns") var sheet: String?
    @Option(help: "A file of agents with telephones to be matched too") var agents: String?
    @OptionGroup var database: DatabaseOptions

    func run() async throws {
        try await Failure.run {
            TemporaryFolder.sweep()
            let answers = try CSVWriter(out.map { .file($0) } ?? .standardOutput, guardsFormulas: true)
            if let file {
                var line = ProgressLine()
                let screen = FileScreen(agents: try agents.map { try AgentContacts(path: $0) })
                let summary = try screen.run(file, sheet: sheet, to: answers) { line.show(rows: $0.rows, done: $0.done, total: $0.total) }
                line.end()
                Terminal.say("共 \(summary.rows) 行，线索 \(summary.clues) 条 / \(summary.rows) rows, \(summary.clues) clues")
                Terminal.say(summary.notes)
            } else {
                let desk = try await database.openDesk(try await database.settings())
                let clues = try await BookScreen(desk).run(to: answers)
                await desk.store.close()
                Terminal.say("线索 \(clues) 条 / \(clues) clues")
            }
            try answers.close()
        }
    }
}
