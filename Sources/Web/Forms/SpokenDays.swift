import Hummingbird
import Kernel
import WorkCalendar

/// Days as people write them in a form: 明天, 下周三, 三个工作日后. What was typed stays in the form as it was typed; the desk gets the day.
struct SpokenDays: Sendable {
    let today: Day
    let calendar: WorkCalendar

    /// Says which day is meant, for the script that shows it beside the field.
    static func add(to routes: Routes) {
        routes.page("/day") { call in
            let day = Day(spoken: String(call.query["text"].prefix(40)), today: call.today, calendar: call.calendar)
            return .html(HTML(day.map { words($0, call.calendar, call.l) } ?? call.l("不是日期", "no date")))
        }
    }

    /// 2026-12-03 星期四 工作日.
    static func words(_ day: Day, _ calendar: WorkCalendar, _ l: Language) -> String {
        let kind =
            calendar.isWorkingDay(day)
            ? l("工作日", "working day")
            : calendar.holidayName(day).map { l($0, "holiday") } ?? l("休息日", "day off")
        return "\(l.dayWithWeekday(day)) \(kind)"
    }

    /// A value of a form as the desk takes it; what is no day stays, so that the fault names what was typed.
    func read(_ value: JSONValue, _ kind: FieldKind) -> JSONValue {
        switch (kind, value) {
        case (.day, .text(let text)):
            return Day(spoken: text, today: today, calendar: calendar).map { .text($0.description) } ?? value
        case (.moment, .text(let text)):
            let parts = text.trimmingBlanks.split(separator: " ")
            guard parts.count > 1, let time = parts.last, time.contains(where: { $0 == ":" || $0 == "：" }),
                let day = Day(spoken: parts.dropLast().joined(separator: " "), today: today, calendar: calendar)
            else { return value }
            return .text("\(day) \(time.replacing("：", with: ":"))")
        case (.lines(let columns), .list(let rows)):
            return .list(
                rows.map { row in
                    guard case .record(let entries) = row else { return row }
                    return .record(
                        entries.map { entry in
                            guard let column = columns.first(where: { $0.key == entry.key }) else { return entry }
                            return .init(entry.key, read(entry.value, column.kind))
                        })
                })
        default: return value
        }
    }
}
