import Kernel
import Synchronization
import WorkCalendar

/// A gateway that nothing leaves by: it answers as the demonstration wants it, and remembers what it took.
final class DemonstrationGateway: MessageGateway {
    private let state = Mutex<(answers: [HandingOutcome], taken: [String])>(([], []))

    /// What it answers to the next messages; then it takes all.
    func answer(_ answers: HandingOutcome...) { state.withLock { $0.answers = answers } }

    /// The keys of what it took since it was asked last.
    func takeKeys() -> [String] {
        state.withLock { state in
            defer { state.taken = [] }
            return state.taken
        }
    }

    func hand(_ message: OutwardMessage, at now: Moment) async throws -> HandingOutcome {
        state.withLock { state in
            let answer = state.answers.isEmpty ? .taken("G\(message.key.suffix(6))") : state.answers.removeFirst()
            if case .taken = answer { state.taken.append(message.key) }
            return answer
        }
    }
}
