import Ledger
import Synchronization
import WorkCalendar

/// Tries of people without the right, as far as they stand in the ledger: once for a person, an act and a document within an hour, and no
/// more than fifty for a person. Whoever tries ten thousand times fills nothing.
final class DeniedTries: Sendable {
    struct Try: Hashable {
        let person: PersonID
        let act: String
        /// 0 where it was about none.
        let document: Int64
    }

    static let mostOfAPerson = 50

    private struct Told {
        var hour: Int64 = 0
        var tries: Set<Try> = []
        var counts: [PersonID: Int] = [:]
    }

    private let told = Mutex(Told())

    /// Whether it is to stand there. Told of what was not written after all, it stands there with the next try.
    func isNew(_ one: Try, at now: Moment) -> Bool {
        let hour = now.milliseconds / 3_600_000
        return told.withLock { told in
            if told.hour != hour { told = Told(hour: hour) }
            return told.counts[one.person, default: 0] < Self.mostOfAPerson && !told.tries.contains(one)
        }
    }

    func remember(_ one: Try) {
        told.withLock { told in if told.tries.insert(one).inserted { told.counts[one.person, default: 0] += 1 } }
    }
}

extension Desk {
    /// Somebody without the right tries to change the organisation and is turned away at the door.
    /// - Parameter act: what the form does, a word of the program's own.
    package func denyAdministration(_ act: String, to person: PersonID) async throws -> DeskError {
        let words = Words("只有系统管理员可以更改组织设置", "Only an administrator changes the organisation")
        try await record(
            DeskError.forbidden(words), step: Administration.denied, about: act, type: "organisation", id: nil, principal: Principal(person),
            at: clock.now())
        return .forbidden(words)
    }
}
