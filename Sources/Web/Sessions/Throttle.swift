import Kernel
import WorkCalendar

/// Slows down who guesses passwords: after a few failures for one log-in name or from one address, each further one doubles the wait.
final class Throttle: Sendable {
    private struct Failures: Sendable {
        var count: Int
        var last: Moment
    }

    /// Failures that cost nothing.
    private static let free = (login: 4, address: 20)
    /// Seconds. Short for a name, since anybody can fail in the name of another and so keep him out.
    private static let longestWait = (login: 60, address: 15 * 60)
    /// Failures older than this are forgotten.
    private static let memory = 60 * 60

    private let clock: Clock
    private let failures = BoundedCache<String, Failures>(limit: 50_000)

    init(clock: Clock) { self.clock = clock }

    /// Asks leave for a try, which counts as failed until it has succeeded: many tries at once do not slip through.
    /// - Returns: seconds to wait; 0 when it may be made now.
    func attempt(login: String, address: String) -> Int {
        let byLogin = wait("login \(login)", free: Self.free.login, longest: Self.longestWait.login)
        let byAddress = wait("address \(address)", free: Self.free.address, longest: Self.longestWait.address)
        guard max(byLogin, byAddress) == 0 else { return max(byLogin, byAddress) }
        let now = clock.now()
        for key in ["login \(login)", "address \(address)"] {
            failures.change(key) { failures in
                if let found = failures, now < found.last.adding(seconds: Self.memory) {
                    failures = Failures(count: found.count + 1, last: now)
                } else {
                    failures = Failures(count: 1, last: now)
                }
            }
        }
        return 0
    }

    private func wait(_ key: String, free: Int, longest: Int) -> Int {
        guard let failures = failures[key], failures.count > free else { return 0 }
        let seconds = min(1 << min(failures.count - free, 20), longest)
        let left = clock.now().distance(to: failures.last.adding(seconds: seconds))
        return left > 0 ? Int((left + 999) / 1000) : 0
    }

    /// A right password makes good for the name; for the address it takes back this try alone: one guesser may own one account.
    func succeeded(login: String, address: String) {
        failures["login \(login)"] = nil
        failures.change("address \(address)") { failures in
            guard let found = failures else { return }
            failures = found.count > 1 ? Failures(count: found.count - 1, last: found.last) : nil
        }
    }
}
