import ArgumentParser
import Kernel
import WorkCalendar

/// The date N working days after a date, and `provisional` where a notice on holidays is not in yet. Where there is a database, with the
/// days that the organisation entered.
struct Workdays: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "某日之后第 N 个工作日 / The date N working days after a date")
    @Argument(help: "2026-02-13") var date: String
    @Argument(help: "How many working days") var number: Int
    @OptionGroup var database: DatabaseOptions

    func run() async throws {
        guard let day = Day(loose: date) else {
            throw ValidationError("“\(date)”不是日期，请写成 2026-02-13；“\(date)” is not a date, write it like 2026-02-13")
        }
        guard (0...100_000).contains(number) else { throw ValidationError("N 应在 0 至 100000 之间；N must be from 0 to 100000") }
        try await Failure.run {
            let found = try await calendar().adding(workingDays: number, to: day)
            Terminal.answer("\(found.day)" + (found.isProvisional ? " provisional" : ""))
        }
    }

    private func calendar() async throws -> WorkCalendar {
        let settings = try await database.settings()
        do {
            let desk = try await database.openDesk(settings)
            let calendar = try await desk.calendar()
            await desk.store.close()
            return calendar
        } catch is NoDatabase where settings.found("database")?.source == .standard {
            // Nobody named a database, and there is none here.
            return try WorkCalendar.announced()
        }
    }
}
