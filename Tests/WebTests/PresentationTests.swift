@testable import Kernel
import Testing
import WorkCalendar

@testable import Web

/// How days, clocks and articles are said.
struct PresentationTests {
    private let article = Article(regulation: "test", ref: "第一条")

    private func words(
        _ due: String, now: String, met: String? = nil, provisional: Bool = false, first: String? = nil, _ language: Language
    ) throws -> (String, Bool) {
        let due = try #require(Moment(iso: due + ":00+08:00"))
        let now = try #require(Moment(iso: now + ":00+08:00"))
        let deadline = DeadlineView(
            name: "a", title: Words("甲", "a"), article: article, started: due.adding(days: -5), due: due, isProvisional: provisional,
            met: met.flatMap { Moment(iso: $0 + ":00+08:00") }, breached: nil,
            firstDue: first.flatMap { Moment(iso: $0 + ":00+08:00") }, heldBy: nil)
        let clock = try ClockWords(deadline, now: now, calendar: WorkCalendar.announced(), language)
        return (clock.text, clock.isLate)
    }

    /// A loan due at the end of the 3rd was shown as the 4th, 00:00.
    @Test func whatEndsAtMidnightIsSaidWithItsLastDay() throws {
        let end = try #require(Moment(iso: "2026-12-04T00:00:00+08:00")), noon = try #require(Moment(iso: "2026-12-04T12:00:00+08:00"))
        #expect(Language.zh.limit(end) == "2026年12月3日 24:00" && Language.zh.limit(end, in: end.day) == "12月3日 24:00")
        #expect(Language.en.limit(end) == "the end of 3 December 2026")
        #expect(Language.zh.limit(noon) == "2026年12月4日 12:00")
    }

    @Test func clocksSayHowMuchIsLeft() throws {
        #expect(try words("2026-03-07T00:00", now: "2026-03-04T10:00", .zh) == ("剩 2 个工作日", false))
        #expect(try words("2026-03-07T00:00", now: "2026-03-04T10:00", .en) == ("2 working days left", false))
        #expect(try words("2026-03-04T15:00", now: "2026-03-04T10:00", .zh) == ("剩 5 小时", false))
        #expect(try words("2026-03-04T10:20", now: "2026-03-04T10:00", .en) == ("20 min left", false))
        #expect(try words("2026-03-05T00:00", now: "2026-03-04T10:00", .zh) == ("今天内", false))
        #expect(try words("2026-03-09T00:00", now: "2026-03-07T10:00", .zh) == ("剩 1 天", false))
        #expect(try words("2026-03-04T13:20", now: "2026-03-04T16:20", .zh) == ("逾期 3 小时", true))
        #expect(try words("2026-03-04T13:20", now: "2026-03-06T16:20", .zh) == ("逾期 2 个工作日", true))
        #expect(try words("2026-03-06T13:20", now: "2026-03-08T14:20", .en) == ("2 days overdue", true))
        #expect(try words("2026-03-04T13:20", now: "2026-03-06T16:20", met: "2026-03-04T10:00", .zh) == ("按时", false))
        #expect(try words("2026-03-04T13:20", now: "2026-03-06T16:20", met: "2026-03-05T10:00", .en) == ("done late", true))
        #expect(
            try words("2026-03-07T00:00", now: "2026-03-04T10:00", first: "2026-03-06T00:00", .zh) == ("剩 2 个工作日（原为3月5日）", false))
        #expect(try words("2027-03-07T00:00", now: "2027-03-03T10:00", provisional: true, .zh).0.hasSuffix("（假期未公布，暂计）"))
    }

    @Test func daysInBothLanguages() throws {
        let day = try #require(Day(iso: "2026-03-04"))
        #expect(Language.zh.dayWithWeekday(day) == "2026年3月4日 星期三")
        #expect(Language.en.dayWithWeekday(day) == "Wednesday, 4 March 2026")
        let moment = try #require(Moment(day, hour: 13, minute: 5))
        #expect(Language.zh.moment(moment, in: day) == "3月4日 13:05")
        #expect(Language.en.moment(moment, in: day.adding(days: 365)) == "4 March 2026 13:05")
    }

    @Test func figures() {
        #expect(Language.zh.count(0) == "0" && Language.zh.count(999) == "999" && Language.en.count(1_234_567) == "1,234,567")
        #expect(Language.zh.share(27, of: 28) == "96.4%" && Language.zh.share(0, of: 0) == "—" && Language.zh.share(5, of: 5) == "100%")
        #expect(Language.zh.size(500) == "500 字节" && Language.en.size(64 << 10) == "64 KB" && Language.en.size(3 << 19) == "1.5 MB")
    }

    @Test(arguments: [
        ("第19条", "Art. 19"), ("第十三条", "Art. 13"), ("第二十条", "Art. 20"), ("（7）", "(7)"), ("第二章12", "Ch. 2 no. 12"), ("第二章（12）", "Ch. 2 (12)"),
        ("七、3", "七、3"),
    ])
    func articlesInEnglish(ref: String, english: String) {
        #expect(ArticleName.ref(ref, .en) == english)
        #expect(ArticleName.ref(ref, .zh) == ref)
    }

    @Test func interpolationEscapesTextAndKeepsMarkup() {
        let typed = "<b>\"&'"
        let html: HTML =
            "<p title=\"\(typed)\">\(typed) \("<i>kept</i>" as HTML) \(["<u>a</u>", "<u>b</u>"] as [HTML]) \(" x", if: false)\(7)</p>"
        #expect(html.text == "<p title=\"&lt;b&gt;&quot;&amp;&#39;\">&lt;b&gt;&quot;&amp;&#39; <i>kept</i> <u>a</u><u>b</u> 7</p>")
    }
}
