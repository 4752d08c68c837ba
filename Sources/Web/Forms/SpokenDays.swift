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

    /// How a day may be written in a form.
    static func hint(_ today: Day) -> Words {
        Words("例如 \(today)、12月3日、明天、下周三、三个工作日后", "For example \(today), tomorrow, next Wed, in 3 working days")
    }

    /// The day that somebody wrote; `nil` where it is none.
    static func day(_ text: String, _ call: Call) -> Day? { Day(spoken: text, today: call.today, calendar: call.calendar) }

    /// A box for a day, with a calendar beside it, and which day is meant.
    /// - Parameter whole: its attributes, the id and the name among them.
    static func control(_ id: String, _ whole: HTML, _ text: String, _ call: Call) -> HTML {
        let said = day(text, call).map { words($0, call.calendar, call.l) } ?? ""
        return """
            <span class="day"><input \(whole) value="\(text)" autocomplete="off" data-day="\(call.l("日历", "Calendar"))">\
            <output class="quiet" for="\(id)">\(said)</output></span>
            """
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

extension PlainField {
    static func day(_ name: String, _ label: String, _ value: String, _ faults: [Refusal.Fault], _ call: Call) -> HTML {
        frame(name, HTML(label), faults, call.l, hint: SpokenDays.hint(call.today)[call.l]) { attributes in
            SpokenDays.control(name, "id=\"\(name)\" name=\"\(name)\"\(attributes)", value, call)
        }
    }
}
