import WorkCalendar

/// A line of the to-do list.
package struct Todo: Sendable {
    package let task: Int64
    package let row: DocumentRow
    package let step: DocumentType.Step?
    package let title: Words
    package let article: Article?
    package let sender: Words
    package let behalf: Words?
    package let note: String
    package let since: Moment
    package let due: DeadlineView?
    /// The person's own document: a draft to be completed, what came back.
    package let isOwn: Bool
    /// Who has claimed it.
    package let claimed: PersonID?
    /// A clock that ran out, for whoever supervises.
    package var isSupervision: Bool { step == nil && name.hasPrefix("!") }
    /// What the task is for: the step's name, or a mark.
    package let name: String
}

/// Which task of a to-do list a page ends with: when its earliest clock is due, in milliseconds, and the task.
package struct TodoKey: Sendable, Hashable {
    package let due: Int64
    package let task: Int64
    /// No clock runs.
    static let never = Int64.max

    package init(due: Int64, task: Int64) { (self.due, self.task) = (due, task) }
}

/// How much waits for a person, over all pages of the list.
package struct TodoFigures: Sendable {
    /// So much is counted.
    package static let most = 1000
    /// Documents on which something waits.
    package var all = 0
    /// What waits there; several tasks may be of one document.
    package var tasks = 0
    /// More than what is counted.
    package var isMore = false
    package var dueToday = 0
    package var overdue = 0
    /// By document type.
    package var byType: [String: Int] = [:]
    /// Documents on which nothing waits but a clock that ran out, for whoever supervises; not among `all`.
    package var supervised = 0
}

/// Of the clocks met or breached in a month: met in time, all.
package struct Punctuality: Sendable {
    package let thisMonth: (inTime: Int, all: Int)
    package let lastMonth: (inTime: Int, all: Int)
}

package struct TodoList: Sendable {
    package let items: [Todo]
    package let names: [Int64: Words]
    package let figures: TodoFigures
    /// Whether `figures` hold everything, not this page alone.
    package let isCounted: Bool
    /// Where the next page goes on; `nil` on the last one.
    package let next: TodoKey?
    /// The newest ten, first those that are new.
    package let notices: [NoticeView]
    /// How many notices are new, listed or not.
    package let unseen: Int
}
