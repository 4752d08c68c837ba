import ArgumentParser
import CustomerAuthenticity
import Kernel
import Tables
import Web

/// Takes documents from a file into the book: `import application FILE` groups the rows of the intake file, any other type takes a row
/// a document.
struct Import: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "import", abstract: "从文件登记 / Take documents from a file")
    @Argument(help: "The document type: application, agent, …") var type: String
    @Argument(help: "CSV or XLSX") var file: String
    @Option(help: "The log-in name of the person who imports") var `as`: String?
    @Option(help: "Where rejected rows go, with their reasons") var rejected: String?
    @Option(help: "Language of the reasons: zh or en; without it that of the person's last log-in") var lang: Language?
    @Option(help: "The sheet of a workbook; without it the first visible one with the columns") var sheet: String?
    @Flag(help: "Checks and counts, and takes nothing into the book") var dryRun = false
    @OptionGroup var database: DatabaseOptions

    func run() async throws {
        try await Failure.run {
            TemporaryFolder.sweep()
            let settings = try await database.settings()
            let desk = try await Retry.wait { try await database.openDesk(settings) }
            try requireType(desk)
            let principal = try await CommandPerson.named(`as`, desk)
            let language = if let lang { lang } else { try await LastLanguage.of(principal.person, in: desk.store) ?? .zh }
            do {
                try await take(desk, principal, language)
            } catch {
                // What was taken before it broke off is placed and signed like the rest.
                try? await settle(desk)
                throw error
            }
            try await settle(desk)
            await desk.store.close()
        }
    }

    private func settle(_ desk: Desk) async throws {
        async let ledger: Void = Retry.wait { try await desk.settleLedger() }
        async let search: Void = Retry.wait { try await desk.settleSearch() }
        _ = try await (ledger, search)
    }

    private func take(_ desk: Desk, _ principal: Principal, _ language: Language) async throws {
        var line = ProgressLine()
        if type == "application" {
            try await takeApplications(desk, principal, language, &line)
        } else {
            let rows = RowImport(desk: desk, type: type, principal: principal, language: language)
            let done = try await rows.run(file, sheet: sheet, rejected: rejected ?? file + ".rejected.csv", isDryRun: dryRun)
            Terminal.say(
                dryRun
                    ? "试运行：可登记 \(done.taken)，将退回 \(done.rejected) / dry run: \(done.taken) would be taken, \(done.rejected) rejected"
                    : "登记 \(done.taken)，退回 \(done.rejected) / \(done.taken) taken, \(done.rejected) rejected")
            Terminal.say(done.notes)
        }
    }

    private func takeApplications(_ desk: Desk, _ principal: Principal, _ language: Language, _ line: inout ProgressLine) async throws {
        if dryRun {
            let check = RowCheck(today: MachineClock.clock.now().day)
            let summary = try FileCheck(check).run(file, sheet: sheet, to: try CSVWriter(.sink { _ in }))
            Terminal.say("试运行：共 \(summary.rows) 行，通过 \(summary.passed) / dry run: \(summary.rows) rows, \(summary.passed) pass")
            for words in try await IntakeForecast(file, sheet: sheet, desk, by: principal.person).words {
                Terminal.say("\(words.zh)\n\(words.en)")
            }
            Terminal.say(summary.notes)
            return
        }
        let isWorkbook = try TableReader(path: file, sheet: sheet).format == .xlsx
        let back = RejectedRows(
            path: rejected ?? file + ".rejected." + (isWorkbook ? "xlsx" : "csv"), isWorkbook: isWorkbook, language: language)
        var shown = line
        let done: IntakeImport.Summary
        do {
            done = try await IntakeImport(desk, by: principal, language: language).run(file, sheet: sheet, rejected: back) {
                shown.show(rows: $0.rows, done: $0.done, total: $0.total ?? 0)
            }
        } catch {
            line.end()
            Terminal.say(
                "登记中断。此前完整的投保单（如有）已登记；排除下述问题后重新导入同一文件，不会重复。\n"
                    + "The import broke off. The applications before it, if any, were taken; mend what is said below and import the same file again, "
                    + "nothing is doubled.")
            throw error
        }
        line.end()
        Terminal.say(
            "行 \(done.rows)，投保单 \(done.applications)：承保 \(done.accepted)，草稿 \(done.drafts)，已在册 \(done.known)，未登记 \(done.rejected)\n"
                + "\(done.rows) rows, \(done.applications) applications: \(done.accepted) accepted, \(done.drafts) drafts, \(done.known) known, \(done.rejected) not taken"
        )
        Terminal.say(done.notes)
    }

    private func requireType(_ desk: Desk) throws {
        guard desk.catalogue.type(type)?.opening == nil else { return }
        let known = desk.catalogue.types.filter { $0.opening != nil }
        throw DeskError.conflict(
            Words(
                "“\(type)”不能从文件登记；可以登记的是：" + known.map { "\($0.name)（\($0.title.zh)）" }.joined(separator: "、"),
                "“\(type)” is not taken from files; these are: " + known.map(\.name).joined(separator: ", ")))
    }
}
