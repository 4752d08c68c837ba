import Kernel
import WorkCalendar

/// The figures on the shelves: how many tasks wait in each register, and how many notices are new.
///
/// Kept for a few seconds, since every page shows them and counting them is dearer than most pages; what a person does counts at once.
struct NavigationBadges: Sendable {
    static let seconds = 10

    let figures: TodoFigures
    let unseen: Int
    let read: Moment
    /// Who has other rights has other figures at once.
    let organisation: Int64

    var tasks: [String: Int] { figures.byType }
    var all: Int { figures.all }
}

extension Call {
    /// - Parameter counted: where the page has counted them already.
    func shelfCounts(_ counted: (tasks: TodoFigures, unseen: Int)?) async throws -> NavigationBadges {
        let now = edge.configuration.wallClock.now()
        if counted == nil, let kept = edge.shelfCounts[person], now < kept.read.adding(seconds: NavigationBadges.seconds),
            kept.organisation == organisation.version
        {
            return kept
        }
        let (figures, unseen) = if let counted { counted } else { try await desk.todoFigures(of: person) }
        let counts = NavigationBadges(figures: figures, unseen: unseen, read: now, organisation: organisation.version)
        edge.shelfCounts[person] = counts
        return counts
    }

    /// Figures of whole months, which may be a minute old. Whoever comes while they are counted waits for the same count.
    func punctuality() async throws -> Punctuality {
        let now = edge.configuration.wallClock.now()
        if let kept = edge.punctuality[person], now < kept.read.adding(seconds: 60), kept.organisation == organisation.version {
            return try await kept.figures.value
        }
        let figures = Task { [desk, person] in try await desk.punctuality(of: person) }
        edge.punctuality[person] = (figures, now, organisation.version)
        do {
            return try await figures.value
        } catch {
            edge.punctuality[person] = nil
            throw error
        }
    }
}
