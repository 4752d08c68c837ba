import WorkCalendar

/// 时限: a clock that hangs on a document, started and met by its steps.
package struct Deadline: Sendable, Hashable {
    package let name: String
    package let title: Words
    package let article: Article
    /// Who is told and sees the document when it is overdue.
    package let escalatesTo: Who
    /// The step that the system takes when the time is up: a grant that ends by itself. Such a clock is never overdue.
    package let takes: String?
    /// When whoever has the document is reminded.
    package let reminders: [Reminder]
    /// The step by which the system tells a document that keeps the day itself that its clock has moved with the working days.
    package let moves: String?
    /// All its clocks count working days: also those of earlier programs, which did not keep by how many.
    package let isOfWorkingDays: Bool
    /// Whom it concerns without being theirs: told in words of their own when it runs out, and reminded of nothing.
    package private(set) var concerns: Who?
    package private(set) var concern = Words("", "")

    package init(
        _ name: String, _ zh: String, _ en: String, under article: Article, escalatesTo: Who = .head, reminders: [Reminder] = [.lastFifth],
        ofWorkingDays isOfWorkingDays: Bool = false
    ) {
        self.init(name, zh, en, article, escalatesTo, reminders, takes: nil, moves: nil, isOfWorkingDays)
    }

    /// A clock that ends by a step of the system's.
    package init<D: Document>(
        _ name: String, _ zh: String, _ en: String, under article: Article, takes: Step<D>, reminders: [Reminder] = [.lastFifth]
    ) {
        self.init(name, zh, en, article, .head, reminders, takes: takes.name, moves: nil, false)
    }

    /// A clock of working days whose document keeps the day itself.
    package init<D: Document>(
        _ name: String, _ zh: String, _ en: String, under article: Article, escalatesTo: Who = .head,
        reminders: [Reminder] = [.lastFifth], moves: Step<D>
    ) {
        self.init(name, zh, en, article, escalatesTo, reminders, takes: nil, moves: moves.name, true)
    }

    private init(
        _ name: String, _ zh: String, _ en: String, _ article: Article, _ escalatesTo: Who, _ reminders: [Reminder], takes: String?,
        moves: String?, _ isOfWorkingDays: Bool
    ) {
        self.name = name
        title = Words(zh, en)
        self.article = article
        self.escalatesTo = escalatesTo
        self.takes = takes
        self.reminders = reminders
        self.moves = moves
        self.isOfWorkingDays = isOfWorkingDays
    }

    /// Tells whoever waits for others' work in words of their own that the time is over, and not that they are late.
    package func tells(_ who: Who, _ zh: String, _ en: String) -> Deadline {
        var deadline = self
        (deadline.concerns, deadline.concern) = (who, Words(zh, en))
        return deadline
    }

    /// How long before a clock is due.
    package enum Reminder: Sendable, Hashable {
        /// A fifth of its time.
        case lastFifth
        case hours(Int)
        case days(Int)
        /// When so much of its time is over, in hundredths.
        case share(Int)

        fileprivate func moment(started: Moment, due: Moment) -> Moment {
            switch self {
            case .lastFifth: due.adding(milliseconds: -(started.distance(to: due) / 5))
            case .hours(let hours): due.adding(hours: -hours)
            case .days(let days): due.adding(days: -days)
            case .share(let share): started.adding(milliseconds: started.distance(to: due) / 100 * Int64(share))
            }
        }
    }

    /// The next moment after `moment` at which to remind; one that lies before the clock's start is left out.
    func reminder(after moment: Moment, started: Moment, due: Moment) -> Moment? {
        reminders.map { $0.moment(started: started, due: due) }.filter { $0 > max(moment, started) && $0 < due }.min()
    }
}

/// A clock that ends with a step, or ended before it.
struct MetClock: Sendable {
    let deadline: Deadline
    let at: Moment?
}

/// A clock as it was started.
struct StartedClock {
    let deadline: Deadline
    let since: Moment
    let due: Moment
    var isProvisional = false
    /// By how many working days it was counted; `nil` where it was not.
    var workingDays: Int?
    /// It began on a day off that belongs to the next working day.
    var isBelated = false
    /// When it was due before the working days changed.
    var firstDue: Moment?
    /// When it had ended, where that was before it was started.
    var met: Moment?
    /// Against whom it stands, where it had run out before it was started.
    var brokenBy: Words?
}
