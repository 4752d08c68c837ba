import Foundation
import Kernel
import Synchronization
import WorkCalendar

/// The machine's clock. This is the only file of the product that reads it; everything else is given its moment.
enum MachineClock {
    static let clock = Clock { Moment(milliseconds: Int64((Date().timeIntervalSince1970 * 1000).rounded(.down))) }
}

/// A demonstration's clock: the machine's, moved forward by a visitor, or set by the generator of its history.
final class MovedClock: Sendable {
    private let shift = Mutex<Int64>(0)
    private let fixed = Mutex<Moment?>(nil)

    var clock: Clock {
        Clock { [self] in fixed.withLock { $0 } ?? MachineClock.clock.now().adding(milliseconds: shift.withLock { $0 }) }
    }

    func set(_ moment: Moment) { fixed.withLock { $0 = moment } }

    /// Runs again, from a moment on.
    func run(from moment: Moment) {
        shift.withLock { $0 = MachineClock.clock.now().distance(to: moment) }
        fixed.withLock { $0 = nil }
    }

    func runAgain() { fixed.withLock { $0 = nil } }
}
