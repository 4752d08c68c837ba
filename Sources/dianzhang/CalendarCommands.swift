import ArgumentParser
import Kernel
import WorkCalendar

/// The date N working days after a date, and `provisional` where the year is not announced.
struct Workdays: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "某日之后第 N 个工作日 / The date N working days after a date")
    @Argument(help: "2026-02-13") var date: String
    @Argument(help: "How many working days") var number: Int

    func run() async throws {
        guard let day = Day(loose: date) else {
            throw ValidationError("“\(date)”不是日期，请写成 2026-02-13；“\(date)” is not a date, write it like 2026-02-13")
        }
        guard (0...100_000).contains(number) else { throw ValidationError("N 应在 0 至 100000 之间；N must be from 0 to 100000") }
        let found = try WorkCalendar.announced().adding(workingDays: number, to: day)
        Terminal.answer("\(found.day)" + (found.isProvisional ? " provisional" : ""))
    }
}
