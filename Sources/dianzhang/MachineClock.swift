import Foundation
import Kernel
import Synchronization
import WorkCalendar

/// The machine's clock. This is the only file of the product that reads it; everything else is given its moment.
enum MachineClock {
    static let clock = Clock { Moment(milliseconds: Int64((Date().timeIntervalSince1970 * 1000).rounded(.down))) }
}

/// A demonstration's clock: the machine's, moved forward by a visitor; while its history is made, the history's own.
final class MovedClock: Sendable {
    private let shift = Mutex<Int64>(0)
    private let followed = Mutex<Clock?>(nil)

    var clock: Clock {
        Clock { [self] in
            if let clock = followed.withLock({ $0 }) { return clock.now() }
            return MachineClock.clock.now().adding(milliseconds: shift.withLock { $0 })
        }
    }

    /// Tells another clock's time until told otherwise.
    func follow(_ clock: Clock?) { followed.withLock { $0 = clock } }

    /// Runs on from a moment.
    func run(from moment: Moment) { shift.withLock { $0 = MachineClock.clock.now().distance(to: moment) } }
}
