import Synchronization
import WorkCalendar

/// Which document, person or unit. Zero is nobody and nothing.
package struct ID<Thing>: Hashable, Sendable {
    package let raw: Int64
    package init(_ raw: Int64) { self.raw = raw }

    package static var none: ID { ID(0) }
    package var isNone: Bool { raw == 0 }
}

package typealias PersonID = ID<Person>
package typealias UnitID = ID<Unit>

/// Makes numbers that grow with time and are never given twice: 42 bits of milliseconds since 2020, 20 bits of a counter that starts at
/// random, so that two servers that make a number in the same millisecond hardly ever make the same one (and the primary key stops them
/// if they do).
package final class IDGenerator: Sendable {
    private let last: Mutex<(millisecond: Int64, counter: Int64)>
    private static let epoch: Int64 = 1_577_836_800_000

    /// No number that is made from this moment on is smaller.
    static func first(at moment: Moment) -> Int64 { max(0, moment.milliseconds - epoch) << 20 }

    /// When a number was made.
    static func moment(of number: Int64) -> Moment { Moment(milliseconds: (number >> 20) + epoch) }

    package init() { last = Mutex((0, Int64.random(in: 0..<(1 << 20)))) }

    package func next(_ now: Moment) -> Int64 {
        last.withLock { last in
            last.counter = (last.counter + 1) & 0xF_FFFF
            let millisecond = max(now.milliseconds - Self.epoch, last.millisecond)
            last.millisecond = last.counter == 0 ? millisecond + 1 : millisecond
            return last.millisecond << 20 | last.counter
        }
    }
}
