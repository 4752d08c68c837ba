import Testing

@testable import WorkCalendar

@Suite struct DayTests {
    /// The first day of the calendar, which no test expects, where the text is wrong.
    static func day(_ text: String) -> Day { Day(iso: text) ?? .first }

    /// Every day of the calendar, against a count that carries days, months and years by hand.
    @Test func everyDayHasItsDateAndWeekday() {
        var (year, month, dayOfMonth, weekday) = (1, 1, 1, 1)
        for number in Day.first.number...Day.last.number {
            let day = Day(number: Int(number))
            let isRight =
                day.year == year && day.month == month && day.day == dayOfMonth && day.weekday.rawValue == weekday
                && Day(year: year, month: month, day: dayOfMonth) == day
            guard isRight else { Issue.record("\(year)-\(month)-\(dayOfMonth) is not \(day)"); return }
            weekday = weekday % 7 + 1
            dayOfMonth += 1
            let leap = year % 400 == 0 || (year % 4 == 0 && year % 100 != 0)
            if dayOfMonth > [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] {
                (dayOfMonth, month) = (1, month + 1)
            }
            if month > 12 { (month, year) = (1, year + 1) }
        }
        #expect(year == 10_000)
    }

    @Test func daysThatDoNotExistAreNone() {
        for (year, month, day) in [
            (2025, 2, 29), (1900, 2, 29), (2026, 13, 1), (2026, 0, 1), (2026, 4, 31), (2026, 1, 0), (0, 1, 1), (10_000, 1, 1),
            (.max, .max, .max),
        ] {
            #expect(Day(year: year, month: month, day: day) == nil)
        }
        for text in ["", "2026-02-30", "2026-2-3", "2026/02/13", "20260213", "2026-02-13 ", "２０２６-02-13", "2026-02-1\u{0}"] {
            #expect(Day(iso: text) == nil)
        }
    }

    @Test func isWrittenAsISO() throws {
        for text in ["0001-01-01", "0987-06-05", "1970-01-01", "2000-02-29", "2026-02-13", "9999-12-31"] {
            #expect(DayTests.day(text).description == text)
        }
        #expect(DayTests.day("2026-02-13").yyyymmdd == 20_260_213 && DayTests.day("2026-02-13").weekday == .friday)
    }

    @Test func monthsAreAddedToTheEndOfShorterOnes() throws {
        let cases = [
            ("2026-01-31", 1, "2026-02-28"), ("2024-01-31", 1, "2024-02-29"), ("2026-03-31", -1, "2026-02-28"),
            ("2026-11-30", 3, "2027-02-28"),
            ("2026-05-15", -17, "2024-12-15"), ("2026-05-15", 0, "2026-05-15"), ("2026-05-15", .max, "9999-12-31"),
            ("2026-05-15", .min, "0001-01-01"),
        ]
        for (from, months, to) in cases { #expect(DayTests.day(from).adding(months: months).description == to) }
    }

    @Test func agesAreWholeYears() throws {
        let cases = [
            ("2008-11-24", "2026-11-24", 18), ("2008-11-25", "2026-11-24", 17), ("2008-02-29", "2026-02-28", 17),
            ("2008-02-29", "2026-03-01", 18),
            ("2008-02-29", "2024-02-29", 16), ("2026-01-01", "2026-12-31", 0), ("2026-11-24", "2008-11-24", -18),
        ]
        for (birth, day, age) in cases { #expect(DayTests.day(birth).years(until: DayTests.day(day)) == age) }
    }

    @Test func arithmeticStopsAtTheEnds() throws {
        let day = DayTests.day("2026-02-13")
        #expect(
            day.adding(days: .max) == .last && day.adding(days: .min) == .first && Day(number: .max) == .last && Day(number: .min) == .first
        )
        #expect(day.adding(days: 15).description == "2026-02-28" && day.distance(to: day.adding(days: -44)) == -44)
    }

    @Test(arguments: [
        "2026-01-05", "2026/1/5", "2026/01/05", "20260105", "2026年1月5日", "2026年01月05日", "2026-1-5", "2026.1.5", "２０２６年１月５日", "２０２６／１／５",
        "２０２６－０１－０５",
        "46027", "46027.5", "４６０２７", " 2026-01-05 ", "2026-01-05 00:00:00", "2026-01-05T13:20", "2026/1/5 9:05", "20260105 13:20:05",
        "2026年1月5号", "2026年1月5",
        "2026年1月5日星期一", "2026年1月5日 星期一", "2026/1/5 周一", "2026-01-05 (星期一)", "2026-01-05星期一 9:05", "2026/1/5 上午 12:00:00",
        "2026/1/5 下午3:05", "2026年1月5日下午 3:05", "2026年1月5日 13:20:05.123", "\u{3000}20260105\u{3000}", "2026-01-05\r",
    ])
    func looseDatesAreRead(text: String) { #expect(Day(loose: text)?.description == "2026-01-05") }

    @Test(arguments: [
        "", " ", "无", "2026", "202601", "2026-01", "2026-13-01", "2026-02-30", "20260230", "2026/1-5", "2026年1-5", "5/1/2026", "1.5.2026",
        "2026-01-05x", "2026-01-05 25:00",
        "2026-01-05 12", "2026-001-05", "9999", "09999", "460270", "-46027", "46027x", "2026--05", "2026年月日", "0000-00-00", "00000000",
        "2026-01-05 星期", "2026-01-05 星期八", "2026-01-05 上午", "2026-01-05 (星期一", "99999999", "二〇二六年一月五日", "2026-01-05\0",
    ])
    func otherTextsAreNoDates(text: String) { #expect(Day(loose: text) == nil) }

    @Test func serialsAreThoseOfTheSpreadsheet() {
        #expect(
            Day(loose: "10000")?.description == "1927-05-18" && Day(loose: "25569")?.description == "1970-01-01"
                && Day(loose: "99999")?.description == "2173-10-13")
    }

    @Test func looseReadingSurvivesAnyBytes() {
        var state: UInt64 = 5
        for _ in 0..<50_000 {
            let bytes = (0..<Int(state >> 60)).map { _ -> UInt8 in
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                return state >> 63 == 0 ? UInt8(truncatingIfNeeded: state >> 33) : UInt8(48 + (state >> 40) % 10)
            }
            state = state &* 6_364_136_223_846_793_005 &+ 1
            _ = bytes.withUnsafeBufferPointer { Day(loose: $0) }
        }
        #expect([UInt8](repeating: 48, count: 1_000_000).withUnsafeBufferPointer { Day(loose: $0) } == nil)
        #expect(([50] as [UInt8]).withUnsafeBufferPointer { Day(loose: $0) } == nil)
    }
}
