import Testing

@testable import WorkCalendar

@Suite struct MomentTests {
    @Test func speaksTheTimeOfShanghai() throws {
        let moment = try #require(Moment(DayTests.day("2026-03-04"), hour: 13, minute: 20))
        #expect(moment.description == "2026-03-04T13:20:00+08:00" && moment.milliseconds == 1_772_601_600_000)
        #expect(Moment(milliseconds: 0).description == "1970-01-01T08:00:00+08:00")
        #expect(
            Moment(milliseconds: 57_599_999).day.description == "1970-01-01"
                && Moment(milliseconds: 57_600_000).day.description == "1970-01-02")
        #expect(Moment(milliseconds: -1).description == "1970-01-01T07:59:59.999+08:00")
        #expect(moment.hour == 13 && moment.minute == 20 && moment.second == 0 && moment.millisecond == 0)
    }

    @Test func theEndOfADayIsTheStartOfTheNext() throws {
        let day = DayTests.day("2026-12-31")
        #expect(Moment.endOfDay(day) == Moment.startOfDay(day.adding(days: 1)) && Moment(day, hour: 24) == .endOfDay(day))
        #expect(Moment.endOfDay(day).description == "2027-01-01T00:00:00+08:00" && Moment.endOfDay(day).adding(milliseconds: -1).day == day)
    }

    @Test func timesThatDoNotExistAreNone() throws {
        let day = DayTests.day("2026-03-04")
        #expect(Moment(day, hour: 25) == nil && Moment(day, hour: -1) == nil && Moment(day, hour: 24, minute: 1) == nil)
        #expect(Moment(day, hour: 1, minute: 60) == nil && Moment(day, hour: 1, second: 60) == nil)
    }

    @Test(arguments: [
        ("2026-03-04T13:20:00+08:00", "2026-03-04T13:20:00+08:00"), ("2026-03-04T05:20:00Z", "2026-03-04T13:20:00+08:00"),
        ("2026-03-04T23:20:00.5-05:30", "2026-03-05T12:50:00.500+08:00"), ("2026-03-04 13:20+0800", "2026-03-04T13:20:00+08:00"),
        ("2026-03-04T13:20:00.123456Z", "2026-03-04T21:20:00.123+08:00"), ("2026-03-04T24:00:00+08:00", "2026-03-05T00:00:00+08:00"),
    ])
    func readsISO(text: String, moment: String) { #expect(Moment(iso: text)?.description == moment) }

    @Test(arguments: [
        "", "2026-03-04", "2026-03-04T13:20:00", "2026-03-04T13:20", "2026-03-04T25:00:00Z", "2026-02-30T10:00:00Z",
        "2026-03-04T13:20:00+8",
        "2026-03-04T13:20:00+19:00", "2026-03-04T13:20:00.Z", "2026-03-04T13:20:00Zx", "2026-03-04T1:20:00Z", "2026-03-04T13:60:00Z",
        "张三张三张三张三",
    ])
    func refusesTimesWithoutOffsetAndOthers(text: String) { #expect(Moment(iso: text) == nil) }

    @Test func whatIsWrittenIsReadBack() {
        for step in Int64(-2_000)...2_000 {
            let moment = Moment(milliseconds: step * 30_000_000_017)
            #expect(Moment(iso: moment.description) == moment)
        }
    }

    @Test func arithmeticStopsAtTheEnds() throws {
        let moment = try #require(Moment(DayTests.day("2026-03-04"), hour: 13))
        #expect(
            moment.adding(hours: 10).description == "2026-03-04T23:00:00+08:00" && moment.adding(days: 1).adding(seconds: -86_400) == moment
        )
        let last = moment.adding(hours: .max)
        #expect(last == moment.adding(days: .max) && last == Moment(milliseconds: .max) && last.day == .last && last.hour == 23)
        #expect(
            moment.adding(seconds: .min) == Moment(milliseconds: .min) && Moment(milliseconds: .min).day == .first
                && Moment(milliseconds: .min).hour == 0)
        #expect(moment.distance(to: moment.adding(seconds: 3)) == 3_000)
        #expect(Moment.endOfDay(.last).day == .last)
    }
}
