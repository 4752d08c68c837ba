/// A day of the Gregorian calendar, from 0001-01-01 to 9999-12-31. Has no time and no time zone of its own.
///
/// Arithmetic stops at the two ends of that range instead of overflowing.
package struct Day: Sendable, Hashable, Comparable {
    /// Days since 1970-01-01; negative before it.
    package let number: Int32

    package static let first = Day(checked: -719_162)
    package static let last = Day(checked: 2_932_896)

    private init(checked number: Int32) { self.number = number }

    /// The day that lies `number` days after 1970-01-01; numbers beyond the range give its first or last day.
    package init(number: Int) {
        self.number = Int32(min(max(number, Int(Day.first.number)), Int(Day.last.number)))
    }

    /// `nil` when there is no such day in the calendar.
    package init?(year: Int, month: Int, day: Int) {
        guard (1...9999).contains(year), (1...12).contains(month), day >= 1, day <= Day.length(month: month, year: year)
        else { return nil }
        self.init(checked: Int32(Day.number(year: year, month: month, day: day)))
    }

    /// Reads `2026-02-13` and nothing else; see `init(loose:)` for what people type.
    package init?(iso text: String) {
        var digits = 0
        guard text.utf8.count == 10 else { return nil }
        for (place, byte) in text.utf8.enumerated() {
            if place == 4 || place == 7 {
                guard byte == UInt8(ascii: "-") else { return nil }
            } else {
                guard (48...57).contains(byte) else { return nil }
                digits = digits * 10 + Int(byte - 48)
            }
        }
        self.init(year: digits / 10_000, month: digits / 100 % 100, day: digits % 100)
    }

    package static func < (one: Day, other: Day) -> Bool { one.number < other.number }
}

extension Day {
    package enum Weekday: Int, Sendable, CaseIterable { case monday = 1, tuesday, wednesday, thursday, friday, saturday, sunday }

    package var year: Int { civil.year }
    package var month: Int { civil.month }
    package var day: Int { civil.day }

    /// The day as the whole number 20260213, which is how `Identifiers` takes it.
    package var yyyymmdd: Int32 {
        let (year, month, day) = civil
        return Int32(year * 10_000 + month * 100 + day)
    }

    package var weekday: Weekday {
        // 0001-01-01 was a Monday.
        Weekday(rawValue: (Int(number) - Int(Day.first.number)) % 7 + 1) ?? .monday
    }

    package var isWeekend: Bool { weekday == .saturday || weekday == .sunday }

    package func adding(days: Int) -> Day {
        let (sum, overflow) = Int(number).addingReportingOverflow(days)
        return overflow ? (days > 0 ? .last : .first) : Day(number: sum)
    }

    /// The same day of the month `months` later; the last day of that month where it is shorter (31 January + 1 = 28 February).
    package func adding(months: Int) -> Day {
        let (year, month, day) = civil
        let bounded = min(max(months, -120_000), 120_000)
        let total = year * 12 + (month - 1) + bounded
        guard total >= 12 else { return .first }
        guard total < 120_000 else { return .last }
        let length = Day.length(month: total % 12 + 1, year: total / 12)
        return Day(number: Day.number(year: total / 12, month: total % 12 + 1, day: min(day, length)))
    }

    /// Whole years from this day to the later one: the age on `day` of somebody born on this day, complete on the birthday itself.
    /// Somebody born on 29 February completes a year on 1 March in common years. Negative when `day` is earlier.
    package func years(until day: Day) -> Int {
        if day < self { return -day.years(until: self) }
        let (from, to) = (civil, day.civil)
        return to.year - from.year - ((to.month, to.day) < (from.month, from.day) ? 1 : 0)
    }

    /// Days from this day to the other; negative when the other is earlier.
    package func distance(to other: Day) -> Int { Int(other.number) - Int(number) }
}

extension Day: CustomStringConvertible {
    /// ISO 8601: `2026-02-13`.
    package var description: String {
        let (year, month, day) = civil
        return String(unsafeUninitializedCapacity: 10) { text in
            for (place, digit) in [year / 1000, year / 100 % 10, year / 10 % 10, year % 10].enumerated() { text[place] = 48 + UInt8(digit) }
            text[4] = UInt8(ascii: "-")
            (text[5], text[6]) = (48 + UInt8(month / 10), 48 + UInt8(month % 10))
            text[7] = UInt8(ascii: "-")
            (text[8], text[9]) = (48 + UInt8(day / 10), 48 + UInt8(day % 10))
            return 10
        }
    }
}

extension Day {
    static func isLeap(_ year: Int) -> Bool { year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) }

    static func length(month: Int, year: Int) -> Int {
        month == 2 ? (isLeap(year) ? 29 : 28) : 30 + (month + month / 8) % 2
    }

    /// Days since 1970-01-01. Counts years from March, so that the leap day is the last of its year.
    static func number(year: Int, month: Int, day: Int) -> Int {
        let marchYear = month > 2 ? year : year - 1
        let marchMonth = month > 2 ? month - 3 : month + 9
        return marchYear * 365 + marchYear / 4 - marchYear / 100 + marchYear / 400 + (marchMonth * 153 + 2) / 5 + day - 1 - 719_468
    }

    var civil: (year: Int, month: Int, day: Int) {
        let days = Int(number) + 719_468
        let era = days / 146_097
        let ofEra = days % 146_097
        let yearOfEra = (ofEra - ofEra / 1460 + ofEra / 36_524 - ofEra / 146_096) / 365
        let ofYear = ofEra - (yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100)
        let marchMonth = (ofYear * 5 + 2) / 153
        let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
        return (era * 400 + yearOfEra + (month <= 2 ? 1 : 0), month, ofYear - (marchMonth * 153 + 2) / 5 + 1)
    }
}
