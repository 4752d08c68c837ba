import ArgumentParser
import CustomerAuthenticity
import Foundation
import Kernel
import Tables
import Web

/// 第二十六条: checks a file of an existing book by the rules of intake and by unit; the report and the task of each unit stand in the book.
struct SelfCheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "self-check", abstract: "自查一份客户资料，按规则和单位出报告 / Check an existing book by rule and unit")
    @Argument(help: "CSV (UTF-8, GB18030) or XLSX, with the columns of an intake") var file: String
    @Option(help: "The log-in name of the person in whose name the report stands") var `as`: String?
    @Option(help: "The sheet of a workbook; without it the first visible one with the columns") var sheet: String?
    @Option(help: "Language of the table: zh or en") var lang: Language = .zh
    @OptionGroup var database: DatabaseOptions

    func run() async throws {
        try await Failure.run {
            TemporaryFolder.sweep()
            let settings = try await database.settings()
            let desk = try await Retry.wait { try await database.openDesk(settings) }
            let principal = try await CommandPerson.named(`as`, desk)
            let answers = try TemporaryFile()
            let done = try await SelfCheckRun(desk, by: principal).run(
                file, name: URL(filePath: file).lastPathComponent, sheet: sheet, answers: answers.path)
            try await Retry.wait { try await desk.settleLedger() }
            guard let report = try await desk.load([ID<SelfCheck>(done.taken.id)]).first else { throw DeskError.absent }
            let organisation = try await desk.organisation()
            Terminal.answer(Self.table(report.value, organisation, lang))
            let number = report.record.number ?? "", open = report.value.open
            Terminal.say(
                "\(number)：共 \(report.value.rows) 行，不合规 \(report.value.refused) 行，整改任务 \(open) 项 / "
                    + "\(report.value.rows) rows, \(report.value.refused) refused, \(open) tasks")
            Terminal.say(done.notes)
            await desk.store.close()
        }
    }

    /// A line for each unit, and one for each rule that its rows break.
    private static func table(_ report: SelfCheck, _ organisation: Organisation, _ l: Language) -> String {
        var rows = [[l("单位", "Unit"), l("规则", "Rule"), l("行数", "Rows"), ""]]
        for unit in report.units {
            let name = organisation.name(unit.unit)[l]
            rows.append([name, l("不合规", "Refused"), "\(unit.refused)/\(unit.checked)", ""])
            for line in report.rules where line.unit == unit.unit {
                rows.append(["", line.rule, String(line.count), line.words[l]])
            }
        }
        return Terminal.table(rows)
    }
}
