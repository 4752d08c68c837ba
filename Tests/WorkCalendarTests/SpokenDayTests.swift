import Testing
import WorkCalendar

@Suite struct SpokenDayTests {
    private static let calendar = try! WorkCalendar.announced()
    /// A Monday.
    private static let today = Day(iso: "2026-11-30")!

    private static func read(_ text: String) -> String? {
        Day(spoken: text, today: today, calendar: calendar)?.description
    }

    @Test(arguments: [
        ("今天", "2026-11-30"), ("明天", "2026-12-01"), ("后天", "2026-12-02"), ("昨天", "2026-11-29"), ("下周三", "2026-12-09"),
        ("周三", "2026-12-02"), ("本周日", "2026-12-06"), ("上星期五", "2026-11-27"), ("next wed", "2026-12-09"), ("三个工作日后", "2026-12-03"),
        ("5个工作日内", "2026-12-07"), ("3天后", "2026-12-03"), ("两周后", "2026-12-14"), ("十二天前", "2026-11-18"), ("一个月后", "2026-12-30"),
        ("月底", "2026-11-30"), ("下月底", "2026-12-31"), ("年底", "2026-12-31"), ("12月3日", "2026-12-03"), ("12月3号", "2026-12-03"),
        ("12-3", "2026-12-03"), ("１２／３", "2026-12-03"), ("1月5日", "2027-01-05"), ("2026年12月3日", "2026-12-03"), ("2026-12-03", "2026-12-03"),
        ("in 3 working days", "2026-12-03"), ("tomorrow", "2026-12-01"),
    ]) func whatPeopleWriteIsADay(text: String, day: String) {
        #expect(Self.read(text) == day)
    }

    @Test(arguments: ["", "改天", "下周", "13月3日", "2月30日", "三后", "0天后", "周八", "月", "123-4", "下"]) func whatIsNoDayIsNone(text: String) {
        #expect(Self.read(text) == nil)
    }
}
