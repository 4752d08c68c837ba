/// A month, a quarter, half a year or a year of the Gregorian calendar: 2026-07, 2026-Q3, 2026-H2, 2026.
package struct Period: Sendable, Hashable {
    package enum Length: Int, Sendable, Hashable, CaseIterable {
        case month = 1
        case quarter = 3
        case halfYear = 6
        case year = 12

        /// How many of them a year has.
        package var countInYear: Int { 12 / rawValue }
    }

    package let length: Length
    package let year: Int
    /// Which of its year: 1 is January, the first quarter, the first half; of a year always 1.
    package let number: Int

    /// `nil` where there is no such period.
    package init?(_ length: Length, year: Int, number: Int = 1) {
        guard (1...9999).contains(year), (1...length.countInYear).contains(number) else { return nil }
        (self.length, self.year, self.number) = (length, year, number)
    }

    /// The one that a day belongs to.
    package init(_ length: Length, of day: Day) {
        (self.length, year, number) = (length, day.year, (day.month - 1) / length.rawValue + 1)
    }

    package var days: ClosedRange<Day> {
        let month = (number - 1) * length.rawValue + 1, end = month + length.rawValue - 1
        // A period is only made of a year and a number that there are.
        let first = Day(year: year, month: month, day: 1) ?? .first
        return first...(Day(year: year, month: end, day: Day.length(month: end, year: year)) ?? .last)
    }

    /// The one so many later; the first or the last one that there is, where there is none so far away.
    package func adding(_ count: Int) -> Period {
        let most = 9999 * length.countInYear
        let place = (year - 1) * length.countInYear + number - 1 + min(max(count, -most), most), kept = min(max(place, 0), most - 1)
        return Period(length, year: kept / length.countInYear + 1, number: kept % length.countInYear + 1) ?? self
    }
}

extension Period: Comparable {
    /// By time; of those that begin on one day, the shorter first.
    package static func < (one: Period, other: Period) -> Bool {
        (one.days.lowerBound, one.length.rawValue) < (other.days.lowerBound, other.length.rawValue)
    }
}

extension Period: CustomStringConvertible {
    /// What it is called after its year, or nothing: `07`, `Q3`, `H2`.
    package var part: String {
        switch length {
        case .month: number < 10 ? "0\(number)" : "\(number)"
        case .quarter: "Q\(number)"
        case .halfYear: "H\(number)"
        case .year: ""
        }
    }

    /// `2026-07`, `2026-Q3`, `2026-H2`, `2026`: sorted as texts they stand in the order of time, as long as they are of one length.
    package var description: String {
        let digits = String(year), written = String(repeating: "0", count: 4 - digits.count) + digits
        return length == .year ? written : "\(written)-\(part)"
    }
}
