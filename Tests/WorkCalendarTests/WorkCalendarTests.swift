import Foundation
import Testing

@testable import WorkCalendar

@Suite struct WorkCalendarTests {
    let calendar: WorkCalendar
    init() throws { calendar = try WorkCalendar.announced() }

    @Test(arguments: [
        ("2026-02-13", 1, "2026-02-14"), ("2026-02-13", 3, "2026-02-25"), ("2026-09-30", 1, "2026-10-08"), ("2026-09-30", 3, "2026-10-10"),
        ("2026-02-14", 3, "2026-02-26"), ("2026-03-04", 0, "2026-03-04"), ("2026-10-08", -1, "2026-09-30"),
        ("2026-02-25", -3, "2026-02-13"),
    ])
    func countsOverHolidaysAndMakeUpDays(from: String, n: Int, to: String) throws {
        let (day, provisional) = calendar.adding(workingDays: n, to: DayTests.day(from))
        #expect(day.description == to && !provisional)
    }

    @Test func knowsTheAnnouncedYears() throws {
        #expect(calendar.announcedYears == Set(2015...2026))
        #expect(calendar.isProvisional(DayTests.day("2027-01-04")) && !calendar.isProvisional(DayTests.day("2026-12-27")))
        #expect(calendar.isProvisional(DayTests.day("2014-12-31")))
        #expect(calendar.adding(workingDays: 1, to: DayTests.day("2026-12-24")) == (day: DayTests.day("2026-12-25"), isProvisional: false))
    }

    /// 1 January is off by law in any year; the first working day of 2027 is a Monday.
    @Test func newYearIsADayOffInAnyYear() {
        for year in [1999, 2014, 2026, 2027, 2048] {
            let day = DayTests.day("\(year)-01-01")
            #expect(!calendar.isWorkingDay(day) && calendar.holidayName(day) == "元旦")
        }
        #expect(calendar.adding(workingDays: 1, to: DayTests.day("2026-12-31")) == (day: DayTests.day("2027-01-04"), isProvisional: true))
        #expect(calendar.isWorkingDay(DayTests.day("2027-10-01")) && calendar.isProvisional(DayTests.day("2027-10-01")))
    }

    /// By the notice of 2019 Saturday, 29 December 2018 was worked and Monday the 31st off: whoever had only that of 2018 could not know.
    @Test func theLastDaysOfDecemberWaitForTheNextNotice() throws {
        let rows = try Self.announcedTable().split(whereSeparator: \.isNewline)
        let by2018 = try WorkCalendar(csv: rows.filter { !$0.hasPrefix("2018-12-") && $0 < "2019" || $0.hasPrefix("date") }.joined(separator: "\n").utf8)
        let friday = DayTests.day("2018-12-28")
        #expect(by2018.adding(workingDays: 1, to: friday) == (day: DayTests.day("2018-12-31"), isProvisional: true))
        #expect(calendar.adding(workingDays: 1, to: friday) == (day: DayTests.day("2018-12-29"), isProvisional: false))
        #expect(calendar.adding(workingDays: 2, to: friday).day == DayTests.day("2019-01-02"))
        #expect(by2018.adding(workingDays: 1, to: DayTests.day("2018-12-26")) == (day: DayTests.day("2018-12-27"), isProvisional: false))
        // The same at the end of the last year that is announced.
        #expect(calendar.adding(workingDays: 1, to: DayTests.day("2026-12-25")) == (day: DayTests.day("2026-12-28"), isProvisional: true))
    }

    private static func announcedTable() throws -> String {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        return try String(contentsOf: folder.appending(path: "Sources/WorkCalendar/holidays.csv"), encoding: .utf8)
    }

    @Test func namesTheHolidays() throws {
        #expect(calendar.holidayName(DayTests.day("2026-10-01")) == "国庆节" && !calendar.isWorkingDay(DayTests.day("2026-10-01")))
        #expect(calendar.holidayName(DayTests.day("2026-02-14")) == "春节" && calendar.isWorkingDay(DayTests.day("2026-02-14")))
        #expect(calendar.holidayName(DayTests.day("2026-03-04")) == nil && calendar.isWorkingDay(DayTests.day("2026-03-04")))
        #expect(!calendar.isWorkingDay(DayTests.day("2026-03-07")))
    }

    @Test func limitsEndAtMidnightOfTheLastWorkingDay() throws {
        let event = try #require(Moment(iso: "2026-02-12T17:30:00Z"))  // 01:30 of the 13th in Shanghai
        let limit = calendar.limit(workingDays: 3, from: event)
        #expect(limit.day.description == "2026-02-25" && limit.moment.description == "2026-02-26T00:00:00+08:00" && !limit.isProvisional)
        #expect(calendar.limit(workingDays: 5, from: try #require(Moment(iso: "2026-12-29T10:00:00+08:00"))).isProvisional)
    }

    @Test func addingAndCountingAreInverse() throws {
        var day = DayTests.day("2014-12-01")
        while day.year < 2028 {
            for n in [1, 2, 3, 10] {
                let end = calendar.adding(workingDays: n, to: day).day
                #expect(calendar.workingDays(from: day, to: end) == n && calendar.isWorkingDay(end) && end > day)
                #expect(calendar.workingDays(from: day, to: calendar.workingDay(before: end)) == n - 1 || n == 1)
            }
            let before = calendar.workingDay(before: day)
            #expect(
                before < day && calendar.isWorkingDay(before)
                    && calendar.workingDays(from: before, to: day) == (calendar.isWorkingDay(day) ? 1 : 0))
            #expect(calendar.workingDay(after: day) == calendar.adding(workingDays: 1, to: day).day)
            day = day.adding(days: 1)
        }
        #expect(calendar.workingDays(from: day, to: day) == 0 && calendar.workingDays(from: day, to: .first) == 0)
    }

    @Test func theEndsOfTheCalendarStopTheCount() {
        #expect(calendar.adding(workingDays: .max, to: Day.last.adding(days: -9)).day == .last)
        #expect(calendar.adding(workingDays: .min, to: Day.first.adding(days: 9)).day == .first)
    }

    @Test func anAdministratorExtendsIt() throws {
        let notice = "date,kind,holiday\n2027-01-01,holiday,元旦\n2027-01-04,workday,元旦\n2027-10-01,holiday,国庆节\n"
        let extended = calendar.extended(with: try HolidayTable(csv: notice.utf8))
        #expect(extended.adding(workingDays: 1, to: DayTests.day("2026-12-31")) == (day: DayTests.day("2027-01-04"), isProvisional: false))
        #expect(extended.announcedYears == Set(2015...2027) && calendar.announcedYears == Set(2015...2026))
        let changed = calendar.extended(
            with: HolidayTable(rows: [
                .init(day: DayTests.day("2027-03-01"), kind: .holiday, holiday: "停电"),
                .init(day: DayTests.day("2026-02-14"), kind: .holiday, holiday: "春节"),
            ]))
        #expect(!changed.isWorkingDay(DayTests.day("2027-03-01")) && changed.isProvisional(DayTests.day("2027-03-01")))
        #expect(changed.workingDay(after: DayTests.day("2026-02-13")).description == "2026-02-24")
    }

    @Test(
        arguments: [
            ("", .header), ("day,kind,holiday\n", .header), ("date,kind,holiday\n2027-01-01,holiday\n", .columns(line: 2)),
            ("date,kind,holiday\n2027-01-01,holiday,\n", .columns(line: 2)),
            ("date,kind,holiday\n\n2027-02-30,holiday,元旦\n", .date(line: 3, "2027-02-30")),
            ("date,kind,holiday\n2027-01-01,休,元旦\n", .kind(line: 2, "休")),
        ] as [(String, HolidayTableError)])
    func faultyTablesAreRefusedWithTheirLine(csv: String, error: HolidayTableError) {
        #expect(throws: error) { try HolidayTable(csv: csv.utf8) }
        #expect(!error.zh.isEmpty && !error.en.isEmpty && error.description == error.en)
    }

    @Test func tablesHaveEachDayOnce() throws {
        let twice = "date,kind,holiday\r\n2027-01-01,holiday,元旦\r\n2027-01-01,workday,元旦\r\n"
        #expect(throws: HolidayTableError.twice(line: 3, DayTests.day("2027-01-01"))) { try HolidayTable(csv: twice.utf8) }
        #expect(try HolidayTable(csv: "\u{FEFF}date,kind,holiday\r\n2027-01-01,holiday,元旦".utf8).rows.count == 1)
        #expect(throws: HolidayTableError.self) { try HolidayTable(csv: [0xFF, 0, 10, 44] as [UInt8]) }
    }
}
