import Kernel
import WorkCalendar

/// A clock as it stands now, in words: how much is left, or how late it is.
struct ClockWords {
    let text: String
    let isLate: Bool
    /// How much of the time has gone, in hundredths.
    let gone: Int

    init(_ deadline: DeadlineView, now: Moment, calendar: WorkCalendar, _ l: Language) {
        if let met = deadline.met {
            isLate = met > deadline.due
            text = isLate ? l("逾期办结", "done late") : l("按时", "in time")
            gone = 100
            return
        }
        let whole = max(deadline.started.distance(to: deadline.due), 1)
        gone = Int(min(max(deadline.started.distance(to: now) * 100 / whole, 0), 100))
        isLate = now >= deadline.due
        let words =
            isLate
            ? ClockWords.late(by: deadline.due.distance(to: now), since: deadline.due.day, today: now.day, calendar, l)
            : ClockWords.left(until: deadline.due, now: now, calendar, l)
        let before = deadline.firstDue.map { l.day($0.adding(milliseconds: -1).day, in: now.day) }
        text =
            words + (deadline.isProvisional ? l("（假期未公布，暂计）", " (provisional)") : "")
            + (before.map { l("（原为\($0)）", " (was \($0))") } ?? "")
    }

    private static let hour: Int64 = 3_600_000

    private static func late(by length: Int64, since due: Day, today: Day, _ calendar: WorkCalendar, _ l: Language) -> String {
        if length < hour { return l("逾期 \(max(length / 60_000, 1)) 分钟", "\(max(length / 60_000, 1)) min overdue") }
        if length < 24 * hour { return l("逾期 \(length / hour) 小时", "\(length / hour) h overdue") }
        let days = calendar.workingDays(from: due, to: today)
        if days > 0 { return l("逾期 \(days) 个工作日", days == 1 ? "1 working day overdue" : "\(days) working days overdue") }
        return l("逾期 \(length / (24 * hour)) 天", length < 48 * hour ? "1 day overdue" : "\(length / (24 * hour)) days overdue")
    }

    private static func left(until due: Moment, now: Moment, _ calendar: WorkCalendar, _ l: Language) -> String {
        let length = now.distance(to: due)
        // A limit of days ends at 24:00, which is 00:00 of the next: the last day is the one before it.
        let last = due.adding(milliseconds: -1).day
        if last == now.day && due.day != last { return l("今天内", "by the end of today") }
        if length < hour { return l("剩 \(max(length / 60_000, 1)) 分钟", "\(max(length / 60_000, 1)) min left") }
        if length < 24 * hour { return l("剩 \(length / hour) 小时", "\(length / hour) h left") }
        let days = calendar.workingDays(from: now.day, to: last)
        if days > 0 { return l("剩 \(days) 个工作日", days == 1 ? "1 working day left" : "\(days) working days left") }
        return l("剩 \(length / (24 * hour)) 天", length < 48 * hour ? "1 day left" : "\(length / (24 * hour)) days left")
    }

    /// As a cell of a list; `bar` adds how much of the time has gone.
    func html(bar: Bool, _ l: Language) -> HTML {
        let gauge: HTML = "<progress max=\"100\" value=\"\(gone)\" aria-label=\"\(l("已用时限", "Time used"))\"></progress>"
        return "<span class=\"clock\(" late", if: isLate)\">\(gauge, if: bar)\(text)</span>"
    }
}
