/// The working days of mainland China: weekdays, less the announced holidays, plus the announced make-up days.
///
/// A year that has not been announced counts weekends and 1 January only; whatever leans on such a day is *provisional* and must say so. So
/// are the last days of December until the next year's notice is in, which may take them: 29 December 2018, a Saturday, became a working
/// day by the notice of 2019, and the 31st a day off.
package struct WorkCalendar: Sendable {
    /// Where a limit of so many working days ends.
    package struct WorkingDayLimit: Sendable, Hashable {
        /// The last day within the limit.
        package let day: Day
        /// 24:00 of that day, Asia/Shanghai.
        package let moment: Moment
        /// Whether a day was counted whose notice is not in yet.
        package let isProvisional: Bool
    }

    private let marks: [Day: HolidayTable.Row]
    /// The years whose notice is in the table. Every notice names 1 January and 1 October as days off, and a few days changed by
    /// an administrator do not, so the two together tell an announced year.
    package let announcedYears: Set<Int>

    /// Later rows for a day replace earlier ones.
    package init(_ table: HolidayTable) { self.init(marks: [:], adding: table) }

    /// - Parameter csv: see `HolidayTable.init(csv:)`.
    package init(csv bytes: some Sequence<UInt8>) throws(HolidayTableError) { self.init(try HolidayTable(csv: bytes)) }

    private init(marks: [Day: HolidayTable.Row], adding table: HolidayTable) {
        var marks = marks
        for row in table.rows { marks[row.day] = row }
        self.marks = marks
        func isDayOff(_ year: Int, _ month: Int) -> Bool {
            Day(year: year, month: month, day: 1).flatMap { marks[$0] }?.kind == .holiday
        }
        announcedYears = Set(marks.keys.lazy.map(\.year).filter { isDayOff($0, 1) && isDayOff($0, 10) })
    }

    /// The calendar as announced by the State Council up to the release of the program (2015 to 2026).
    package static func announced() throws(HolidayTableError) -> WorkCalendar { try WorkCalendar(csv: PackageResources.holidays_csv) }

    /// This calendar with a further year, or with days that an administrator changed.
    package func extended(with table: HolidayTable) -> WorkCalendar { WorkCalendar(marks: marks, adding: table) }
}

extension WorkCalendar {
    package func isWorkingDay(_ day: Day) -> Bool {
        if let mark = marks[day] { mark.kind == .workday } else { !day.isWeekend && !WorkCalendar.isNewYear(day) }
    }

    /// The holiday that the day belongs to, whether it is off or made up for (see `isWorkingDay`); `nil` on ordinary days.
    package func holidayName(_ day: Day) -> String? { marks[day]?.holiday ?? (WorkCalendar.isNewYear(day) ? "元旦" : nil) }

    /// Whether the notice that says if the day is worked is not in: that of its year, for the last days of December that of the next too.
    package func isProvisional(_ day: Day) -> Bool {
        let year = day.year
        if !announcedYears.contains(year) { return true }
        return !announcedYears.contains(year + 1) && day.month == 12 && day.day >= WorkCalendar.firstDayOfNextNotice
    }

    /// The New Year's holiday is joined with one weekend at most, so that its make-up days reach back to 28 December and no further.
    private static let firstDayOfNextNotice = 28

    /// A day off by the regulation on public holidays, whatever the year's notice adds to it.
    private static func isNewYear(_ day: Day) -> Bool { day.month == 1 && day.day == 1 }

    /// The n-th working day after `day`, which is day 0 whether it is worked or not; with a negative n the n-th before it.
    /// Provisional when a day that was counted, `day` included, is. Stops at the ends of the calendar.
    package func adding(workingDays n: Int, to day: Day) -> (day: Day, isProvisional: Bool) {
        var (current, left, provisional) = (day, n.magnitude, isProvisional(day))
        while left > 0, current != (n > 0 ? Day.last : Day.first) {
            current = current.adding(days: n.signum())
            provisional = provisional || isProvisional(current)
            if isWorkingDay(current) { left -= 1 }
        }
        return (current, provisional)
    }

    /// The limit of so many working days after an event: day 0 is the event's day in Asia/Shanghai, and the limit ends at 24:00
    /// of the last working day.
    /// - Parameter belated: an event of a day off counts as one of the next working day.
    package func limit(workingDays: Int, from event: Moment, belated: Bool = false) -> WorkingDayLimit {
        let start = belated && !isWorkingDay(event.day) ? workingDay(after: event.day) : event.day
        let (day, provisional) = adding(workingDays: workingDays, to: start)
        return WorkingDayLimit(day: day, moment: .endOfDay(day), isProvisional: provisional)
    }

    /// A term that ends on a day off ends with the next working day (民法典第二百零三条); any other where it does.
    package func endOfTerm(_ end: Moment) -> Moment {
        let last = end.adding(milliseconds: -1).day
        return isWorkingDay(last) ? end : .endOfDay(workingDay(after: last))
    }

    /// How many working days lie after `start`, up to and including `end`; 0 when `end` is not after it.
    /// So `adding(workingDays: workingDays(from: a, to: b), to: a)` is `b` for every working day `b` after `a`.
    package func workingDays(from start: Day, to end: Day) -> Int {
        var (current, count) = (start, 0)
        while current < end {
            current = current.adding(days: 1)
            if isWorkingDay(current) { count += 1 }
        }
        return count
    }

    /// The last working day before `day`.
    package func workingDay(before day: Day) -> Day { adding(workingDays: -1, to: day).day }

    /// The first working day after `day`: T+1.
    package func workingDay(after day: Day) -> Day { adding(workingDays: 1, to: day).day }
}
