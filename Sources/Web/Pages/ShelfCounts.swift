import Kernel
import WorkCalendar

/// The figures on the shelves: how many tasks wait in each register, and how many notices are new.
///
/// Kept for a few seconds, since every page shows them and counting them is dearer than most pages; what a person does counts at once.
struct ShelfCounts: Sendable {
    static let seconds = 10

    let tasks: [String: Int]
    let all: Int
    let unseen: Int
    let read: Moment

    init(_ todo: TodoList, at now: Moment) {
        tasks = Dictionary(grouping: todo.items, by: \.row.type).mapValues(\.count)
        all = todo.items.count
        unseen = todo.notices.count { !$0.isSeen }
        read = now
    }
}

extension Call {
    /// - Parameter todo: where the page has read it already.
    func shelfCounts(_ todo: TodoList?) async throws -> ShelfCounts {
        let now = edge.configuration.wallClock.now()
        if todo == nil, let kept = edge.shelfCounts[person], now < kept.read.adding(seconds: ShelfCounts.seconds) { return kept }
        let fresh = if let todo { todo } else { try await desk.todo(of: person) }
        let counts = ShelfCounts(fresh, at: now)
        edge.shelfCounts[person] = counts
        return counts
    }
}
