import ArticleProof
import CustomerAuthenticity
import Testing
import WorkCalendar

/// The clocks of the regulation on every day of the announced years, over holidays and make-up days: what holds whatever the day is.
@Suite struct ClockPropertyTests {
    private static let years = 2015...2026

    /// Every day of the announced years, but the last weeks, whose limits reach into a year that is not announced.
    private static func days() throws -> [Day] {
        let first = try #require(Day(year: years.lowerBound, month: 1, day: 1)),
            last = try #require(Day(year: years.upperBound, month: 11, day: 15))
        return (0...first.distance(to: last)).map { first.adding(days: $0) }
    }

    @Test(.demand(authenticity[13], 2), arguments: [1, 3, 5])
    func aLimitOfWorkingDaysHoldsSoManyAndEndsOnOne(limit: Int) throws {
        let calendar = try WorkCalendar.announced()
        for day in try Self.days() {
            let end = calendar.adding(workingDays: limit, to: day).day
            let worked = (1...day.distance(to: end)).count { calendar.isWorkingDay(day.adding(days: $0)) }
            #expect(worked == limit && calendar.isWorkingDay(end), "\(day) + \(limit)")
            // Received an hour later on the same day it ends at the same moment; received the next day never earlier.
            let morning = try #require(Moment(day, hour: 0)), night = try #require(Moment(day, hour: 23))
            let ends = calendar.limit(workingDays: limit, from: morning).moment
            #expect(ends == calendar.limit(workingDays: limit, from: night).moment && ends == .endOfDay(end), "\(day)")
            #expect(calendar.adding(workingDays: limit, to: day.adding(days: 1)).day >= end, "\(day)")
        }
    }

    /// A weekday taken off makes no limit end earlier, and a Saturday that is worked makes none end later.
    @Test(.demand(authenticity[13], 2)) func anAnnouncementMovesALimitTheWayThatItMovesTheDays() throws {
        let calendar = try WorkCalendar.announced()
        for day in try Self.days() where day.year >= 2024 {
            let end = calendar.adding(workingDays: 3, to: day).day
            for offset in 1...day.distance(to: end) {
                let changed = day.adding(days: offset), isWorked = calendar.isWorkingDay(changed)
                let row = "\(changed),\(isWorked ? "holiday" : "workday"),临时调整\n"
                let moved = calendar.extended(with: try HolidayTable(csv: Array("date,kind,holiday\n\(row)".utf8)))
                #expect(moved.isWorkingDay(changed) != isWorked, "\(changed)")
                let then = moved.adding(workingDays: 3, to: day).day
                #expect(isWorked ? then > end : then <= end, "\(day), \(changed)")
                let worked = (1...day.distance(to: then)).count { moved.isWorkingDay(day.adding(days: $0)) }
                #expect(worked == 3)
            }
        }
    }

    @Test(.article(authenticity[7], authenticity[13]), arguments: [10, 15, 20])
    func theRightNeverEndsBeforeTheDutyAndTheLastWorkingDayLiesWithin(length: Int) throws {
        let calendar = try WorkCalendar.announced()
        for day in try Self.days() {
            let found = CoolingOff(signed: day, days: length, followsHolidays: true, calendar)
            #expect(day.distance(to: found.end) == length, "\(day)")
            #expect(found.rightEnds >= found.end && calendar.isWorkingDay(found.rightEnds), "\(day)")
            if found.rightEnds > found.end {
                let between = (0..<found.end.distance(to: found.rightEnds)).map { found.end.adding(days: $0) }
                #expect(!between.contains(where: calendar.isWorkingDay), "\(day)")
            }
            let last = CoolingOff.lastWorkingDay(upTo: found.end, calendar)
            #expect(last <= found.end && last >= day && calendar.isWorkingDay(last), "\(day)")
            let after = (0..<last.distance(to: found.end)).map { last.adding(days: $0 + 1) }
            #expect(!after.contains(where: calendar.isWorkingDay), "\(day)")
        }
    }

    /// The rolling year of complaints does not move for holidays, never shrinks, and holds the corresponding day.
    @Test(.demand(authenticity[14], 2)) func theRollingYearEndsOnTheCorrespondingDayOrTheMonthsLast() throws {
        var before: Day?
        for day in try Self.days() {
            let last = MisSellingCount.lastDay(of: 12, from: day)
            #expect((last.year, last.month) == (day.year + 1, day.month), "\(day)")
            #expect(last.day == day.day || (day.month == 2 && day.day == 29 && last.day == 28), "\(day)")
            if let before { #expect(last >= before, "\(day)") }
            before = last
            let two = [day, last].map { MisSellingCount.CountedAct(day: $0, complaints: [Int64($0.number)]) }
            #expect(MisSellingCount(two, threshold: 2, months: 12).run(with: [Int64(last.number)]) != nil, "\(day)")
            let late = [day, last.adding(days: 1)].map { MisSellingCount.CountedAct(day: $0, complaints: [Int64($0.number)]) }
            #expect(MisSellingCount(late, threshold: 2, months: 12).run(with: [Int64(last.adding(days: 1).number)]) == nil, "\(day)")
        }
    }
}
