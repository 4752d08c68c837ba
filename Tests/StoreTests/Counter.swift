import Foundation

/// Counts across the threads that run a closure.
final class Counter: @unchecked Sendable {
    private let lock = NSLock()
    private var count: Int64 = 0

    @discardableResult
    func next() -> Int64 {
        lock.withLock {
            count += 1
            return count
        }
    }

    var value: Int64 { lock.withLock { count } }
}
