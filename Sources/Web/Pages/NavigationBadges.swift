import Kernel
import WorkCalendar

/// The figures on the shelves: how many tasks wait in each register, and how many notices are new.
///
/// Kept for a few seconds, since every page shows them and counting them is dearer than most pages; what a person does counts at once.
struct NavigationBadges: Sendable {
    static let seconds = 10

    let tasks: [String: Int]
    let all: Int
    let unseen: Int
    let read: Moment

    init(_ figures: TodoFigures, unseen: Int, at now: Moment) {
        (tasks, all, self.unseen, read) = (figures.byType, figures.all, unseen, now)
    }
}

extension Call {
    /// - Parameter todo: where the page has read it already.
    func shelfCounts(_ todo: TodoList?) async throws -> NavigationBadges {
        let now = edge.configuration.wallClock.now()
        if todo == nil, let kept = edge.shelfCounts[person], now < kept.read.adding(seconds: NavigationBadges.seconds) { return kept }
        let (figures, unseen) = if let todo { (todo.figures, todo.unseen) } else { try await desk.todoFigures(of: person) }
        let counts = NavigationBadges(figures, unseen: unseen, at: now)
        edge.shelfCounts[person] = counts
        return counts
    }
}
