import Ledger
import WorkCalendar

/// 定期任务: something that falls due by calendar. Run once for each unit that adopted the regulation and each period, and again without
/// effect.
package struct Duty: Sendable {
    package enum Rhythm: Sendable, Hashable {
        case eachDay, eachWorkingDay, eachWeek, eachMonth, eachQuarter, eachHalfYear, eachYear
        /// So many months as an article says, counted from January of the year 0: six are half-years, twelve are years.
        case months(Parameter)
    }

    /// When it is done.
    package enum Hour: Sendable {
        /// When its period begins: what is to be done in it is laid before people.
        case opening
        /// When its period has passed: what came of it is gathered.
        case closing
    }

    package let name: String
    package let title: Words
    package let article: Article
    package let rhythm: Rhythm
    package let hour: Hour
    /// It looks at what stands now: of periods that were missed the last is enough.
    let lastIsEnough: Bool
    /// What is to be done for the period.
    package let work: @Sendable (DutyAct) throws -> Void

    package init(
        _ name: String, _ zh: String, _ en: String, under article: Article, _ rhythm: Rhythm, _ hour: Hour = .closing,
        lastIsEnough: Bool = false,
        work: @escaping @Sendable (DutyAct) throws -> Void
    ) {
        self.name = name
        title = Words(zh, en)
        self.article = article
        self.rhythm = rhythm
        self.hour = hour
        self.lastIsEnough = lastIsEnough
        self.work = work
    }

    /// How it is kept: two regulations may each have a duty of one name.
    var key: String { Self.key(name, of: article.regulation) }
    static func key(_ name: String, of regulation: String) -> String { "\(regulation) \(name)" }

    /// What the ledger's entry of a duty is called.
    package static func title(_ entry: Entry, in catalogue: Catalogue) -> Words? {
        let regulations = entry.articles.compactMap(Article.init(key:)).map(\.regulation)
        return catalogue.contents.lazy.flatMap(\.duties).first { $0.name == entry.step && regulations.contains($0.article.regulation) }?
            .title
    }
}

extension Duty {
    /// The periods that are to be done by now and do not lie before `first`, the oldest first.
    /// - Parameter months: how many one takes, where the rhythm is of an article's number.
    func periods(today: Day, since first: Day, months: Int?, _ calendar: WorkCalendar) -> [ClosedRange<Day>] {
        var periods: [ClosedRange<Day>] = []
        var day = max(first, today.adding(days: -Self.longestLookBack))
        while day <= today {
            let period = rhythm.period(of: day, months: months)
            let isDone = hour == .opening ? period.lowerBound >= first : period.upperBound < today
            let isWanted = rhythm != .eachWorkingDay || calendar.isWorkingDay(day)
            if isDone, isWanted { periods.append(period) }
            day = period.upperBound.adding(days: 1)
        }
        return periods
    }

    /// Days; what a server that stood still for longer has missed is not made up for.
    private static let longestLookBack = 1100
}

extension Duty.Rhythm {
    /// The period that a day belongs to.
    fileprivate func period(of day: Day, months: Int?) -> ClosedRange<Day> {
        switch self {
        case .eachDay, .eachWorkingDay: day...day
        case .eachWeek:
            { monday in monday...monday.adding(days: 6) }(day.adding(days: 1 - day.weekday.rawValue))
        case .eachMonth: Self.months(1, around: day)
        case .eachQuarter: Self.months(3, around: day)
        case .eachHalfYear: Self.months(6, around: day)
        case .eachYear: Self.months(12, around: day)
        case .months: Self.months(max(months ?? 1, 1), around: day)
        }
    }

    private static func months(_ count: Int, around day: Day) -> ClosedRange<Day> {
        let first = (day.year * 12 + day.month - 1) / count * count
        func begin(_ month: Int) -> Day { Day(year: month / 12, month: month % 12 + 1, day: 1)! }
        return begin(first)...begin(first + count).adding(days: -1)
    }
}
