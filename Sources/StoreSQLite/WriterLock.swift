import Foundation
import GRDB
import Synchronization

/// A file beside the database that whoever waits to write holds locked: so the writer of another process, in the middle of thousands of
/// acts, sees that somebody waits. Nothing hangs on it but how long a turn is. Where nobody ever waited there is none.
final class WriterLock: Sendable {
    private struct State {
        var start = ContinuousClock.now
        var isWaiting = false
        var asked = ContinuousClock.now
        var isWanted = false
        /// Below 0 as long as the file is not open.
        var descriptor: CInt = -1

        mutating func open(_ file: String, _ flags: CInt) {
            if descriptor < 0 { descriptor = Foundation.open(file, O_RDWR | O_CLOEXEC | flags, 0o600) }
        }
    }

    private let file: String
    private let state = Mutex(State())
    /// How often the system is asked at most.
    private static let interval = Duration.milliseconds(10)

    init(besides path: String) { file = path + ".turn" }

    deinit { state.withLock { if $0.descriptor >= 0 { close($0.descriptor) } } }

    /// Asks for the database each millisecond. SQLite's own way asks ever more rarely, and so never sees the moment between two
    /// transactions of another process that has many: an import beside a server.
    func asking(forSeconds patience: Double) -> Database.BusyMode {
        .callback { [self] tries in
            let start = state.withLock { state in
                if tries == 0 {
                    (state.start, state.isWaiting) = (.now, true)
                    state.open(file, O_CREAT)
                    flock(state.descriptor, LOCK_SH)
                }
                return state.start
            }
            usleep(1000)
            return start.duration(to: .now) < .seconds(patience)
        }
    }

    /// The turn has come, or nobody waits for it any more.
    func endWaiting() {
        state.withLock { state in
            if state.isWaiting { flock(state.descriptor, LOCK_UN) }
            state.isWaiting = false
        }
    }

    /// Whether another process waits. Asked by whoever has the turn.
    var isWanted: Bool {
        state.withLock { state in
            let now = ContinuousClock.now
            if now - state.asked < Self.interval { return state.isWanted }
            state.open(file, 0)
            (state.asked, state.isWanted) = (now, flock(state.descriptor, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK)
            if !state.isWanted { flock(state.descriptor, LOCK_UN) }
            return state.isWanted
        }
    }
}
