import Store
import Synchronization
import WorkCalendar

/// Registers of which more may be read than is counted. Documents go only by destruction: for a minute that is not counted again.
final class LongRegisters: Sendable {
    struct Question: Hashable {
        let sql: String
        let arguments: [Value]
    }

    private let known = Mutex<[Question: Moment]>([:])
    private static let most = 1000
    private static let minute: Int64 = 60_000

    func isKnown(_ question: Question, at now: Moment) -> Bool {
        known.withLock { $0[question] }.map { (0..<Self.minute).contains(now.milliseconds - $0.milliseconds) } ?? false
    }

    func remember(_ question: Question, at now: Moment) {
        known.withLock { known in
            if known.count >= Self.most { known = [:] }
            known[question] = now
        }
    }
}
