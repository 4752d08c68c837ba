/// A point in time, to the millisecond.
///
/// Days and hours are those of Asia/Shanghai, taken as UTC+8 throughout: the limits of the regulations are legal time of the
/// People's Republic, which has known no other offset since 1991. Moments lie within the range of `Day`; arithmetic stops at its ends.
package struct Moment: Sendable, Hashable, Comparable {
    /// Milliseconds since 1970-01-01T00:00:00Z.
    package let milliseconds: Int64

    private static let offset: Int64 = 8 * 3_600_000
    private static let dayLength: Int64 = 86_400_000
    private static let range = Int64(Day.first.number) * dayLength - offset...(Int64(Day.last.number) + 1) * dayLength - offset - 1

    package init(milliseconds: Int64) {
        self.milliseconds = min(max(milliseconds, Moment.range.lowerBound), Moment.range.upperBound)
    }

    /// A time of day in Asia/Shanghai; `nil` when there is no such time. 24:00:00 is the end of the day.
    package init?(_ day: Day, hour: Int, minute: Int = 0, second: Int = 0, millisecond: Int = 0) {
        guard (0...24).contains(hour), (0...59).contains(minute), (0...59).contains(second), (0...999).contains(millisecond),
            hour < 24 || (minute == 0 && second == 0 && millisecond == 0)
        else { return nil }
        let ofDay = Int64(((hour * 60 + minute) * 60 + second) * 1000 + millisecond)
        self.init(milliseconds: Int64(day.number) * Moment.dayLength - Moment.offset + ofDay)
    }

    /// 00:00 of the day.
    package static func startOfDay(_ day: Day) -> Moment {
        Moment(milliseconds: Int64(day.number) * dayLength - offset)
    }

    /// 24:00 of the day, which is 00:00 of the next.
    package static func endOfDay(_ day: Day) -> Moment {
        Moment(milliseconds: (Int64(day.number) + 1) * dayLength - offset)
    }

    package static func < (one: Moment, other: Moment) -> Bool { one.milliseconds < other.milliseconds }
}

extension Moment {
    /// Milliseconds in Asia/Shanghai since 00:00 of the first day.
    private var sinceFirst: Int64 { milliseconds - Moment.range.lowerBound }
    private var ofDay: Int { Int(sinceFirst % Moment.dayLength) }

    package var day: Day { Day(number: Int(sinceFirst / Moment.dayLength) + Int(Day.first.number)) }
    package var hour: Int { ofDay / 3_600_000 }
    package var minute: Int { ofDay / 60_000 % 60 }
    package var second: Int { ofDay / 1000 % 60 }
    package var millisecond: Int { ofDay % 1000 }

    package func adding(milliseconds: Int64) -> Moment {
        let (sum, overflow) = self.milliseconds.addingReportingOverflow(milliseconds)
        return Moment(milliseconds: overflow ? (milliseconds > 0 ? .max : .min) : sum)
    }

    package func adding(seconds: Int) -> Moment { adding(seconds, of: 1000) }
    package func adding(hours: Int) -> Moment { adding(hours, of: 3_600_000) }
    /// Days of 24 hours.
    package func adding(days: Int) -> Moment { adding(days, of: Moment.dayLength) }

    private func adding(_ count: Int, of length: Int64) -> Moment {
        let (product, overflow) = Int64(count).multipliedReportingOverflow(by: length)
        return adding(milliseconds: overflow ? (count > 0 ? .max : .min) : product)
    }

    /// Milliseconds from this moment to the other; negative when the other is earlier.
    package func distance(to other: Moment) -> Int64 { other.milliseconds - milliseconds }
}
