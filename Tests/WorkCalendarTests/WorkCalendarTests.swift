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
        #expect(calendar.isProvisional(DayTests.day("2027-01-01")) && !calendar.isProvisional(DayTests.day("2026-12-31")))
        #expect(calendar.isProvisional(DayTests.day("2014-12-31")))
        #expect(calendar.adding(workingDays: 1, to: DayTests.day("2026-12-31")) == (day: DayTests.day("2027-01-01"), isProvisional: true))
        #expect(calendar.adding(workingDays: 1, to: DayTests.day("2026-12-30")) == (day: DayTests.day("2026-12-31"), isProvisional: false))
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
