import ArgumentParser
import CustomerAuthenticity
import Kernel
import Papers

/// Takes documents from a file into the book: `import application FILE` groups the rows of the intake file, any other type takes a row
/// a document.
struct Import: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "import", abstract: "从文件登记 / Take documents from a file")
    @Argument(help: "The document type: application, agent, …") var type: String
    @Argument(help: "CSV or XLSX") var file: String
    @Option(help: "The log-in name of the person who imports") var `as`: String?
    @Option(help: "Where rejected rows go, with their reasons") var rejected: String?
    @Flag(help: "Checks and counts, and writes nothing") var dryRun = false
    @OptionGroup var database: DatabaseOptions

    func run() async throws {
        try await Failure.run {
            let settings = try await database.settings()
            let desk = try await Patience.wait { try await database.openDesk(settings) }
            let hand = try await person(desk)
            var line = ProgressLine()
            if type == "application" {
                try await takeApplications(desk, hand, &line)
            } else {
                let result = try await RowImport(desk: desk, type: type, hand: hand).run(file, rejected: rejected, isDryRun: dryRun)
                Terminal.say("登记 \(result.taken)，退回 \(result.rejected) / \(result.taken) taken, \(result.rejected) rejected")
            }
            try await Patience.wait { try await desk.sequence() }
            try await Patience.wait { try await desk.checkpoint() }
            await desk.store.close()
        }
    }

    private func takeApplications(_ desk: Desk, _ hand: Hand, _ line: inout ProgressLine) async throws {
        if dryRun {
            let check = RowCheck(today: MachineClock.clock.now().day)
            let summary = try FileCheck(check).run(file, to: try CSVWriter(.sink { _ in }))
            Terminal.say("试运行：共 \(summary.rows) 行，通过 \(summary.passed) / dry run: \(summary.rows) rows, \(summary.passed) pass")
            for words in try await IntakeForecast(file, desk, by: hand.person).words { Terminal.say("\(words.zh)\n\(words.en)") }
            return
        }
        let isWorkbook = try TableReader(path: file).format == .xlsx
        let back = RejectedRows(path: rejected ?? file + ".rejected." + (isWorkbook ? "xlsx" : "csv"), isWorkbook: isWorkbook)
        var shown = line
        let done: IntakeImport.Summary
        do {
            done = try await IntakeImport(desk, by: hand).run(file, rejected: back) {
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
    }

    private func person(_ desk: Desk) async throws -> Hand {
        let organisation = try await desk.organisation()
        guard let `as`, let person = organisation.people.values.first(where: { $0.login == `as` && $0.isActive }) else {
            throw ValidationError("请用 --as 指明由谁登记（登录名）；say who imports by --as LOGIN")
        }
        return Hand(person.id)
    }
}

/// A row a document, through the step that creates one: columns by the fields' keys or words.
struct RowImport {
    let desk: Desk
    let type: String
    let hand: Hand

    func run(_ path: String, rejected: String?, isDryRun: Bool) async throws -> (taken: Int, rejected: Int) {
        guard let described = desk.catalogue.type(type), let step = described.opening else { throw DeskError.absent }
        let fields = described.fields.filter { step.asks.contains($0.key) }
        let table = try TableReader(path: path)
        let header = try Header(
            of: table, columns: fields.map { .init($0.key, $0.label.zh, $0.label.en, isRequired: !$0.isOptional) })
        var rows: [[String: Stored]] = []
        try table.forEachRow { row in
            var input: [String: Stored] = [:]
            for field in fields {
                if let index = header[field.key], index < row.count {
                    input[field.key] = .text(String(decoding: row[index], as: UTF8.self))
                }
            }
            rows.append(input)
        }
        let faults = try rejected.map { try CSVWriter(.file($0), byteOrderMark: true) }
        try faults?.row(fields.map(\.key) + ["reason"])
        var taken = 0
        for input in rows {
            do {
                if !isDryRun { try await desk.take(step.name, of: type, input: input, by: hand) }
                taken += 1
            } catch let error where error is Refusal || error is DeskError {
                try faults?.row(fields.map { input[$0.key]?.text ?? "" } + [Self.reason(error)])
            }
        }
        try faults?.close()
        return (taken, rows.count - taken)
    }

    private static func reason(_ error: any Error) -> String {
        switch error {
        case let refusal as Refusal: [refusal.article?.ref, refusal.words.zh].compactMap { $0 }.joined(separator: " ")
        case DeskError.invalid(let faults): faults.map(\.words.zh).joined(separator: "；")
        case DeskError.forbidden(let words), DeskError.conflict(let words): words.zh
        default: "没有找到"
        }
    }
}
