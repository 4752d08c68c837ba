import Foundation

/// The threads that a driver owns. Each runs one loop, which ends when the line it takes from is closed.
package final class DriverThreads: @unchecked Sendable {
    private let condition = NSCondition()
    private var running = 0
    private var ended: [CheckedContinuation<Void, Never>] = []

    package init() {}

    package func start(_ name: String, _ loop: @escaping @Sendable () -> Void) {
        condition.withLock { running += 1 }
        let thread = Thread {
            loop()
            self.end()
        }
        thread.name = name
        thread.start()
    }

    /// Waits until every loop has ended.
    package func join() async {
        await withCheckedContinuation { continuation in
            let none = condition.withLock {
                if running > 0 { ended.append(continuation) }
                return running == 0
            }
            if none { continuation.resume() }
        }
    }

    private func end() {
        let waiting = condition.withLock {
            running -= 1
            guard running == 0 else { return [CheckedContinuation<Void, Never>]() }
            defer { ended = [] }
            return ended
        }
        for continuation in waiting { continuation.resume() }
    }

    /// Runs something that blocks on a thread of its own, away from the cooperative pool.
    package static func run<T: Sendable>(_ name: String, _ body: @escaping @Sendable () throws -> T) async throws -> T {
        try await withCheckedThrowingContinuation { continuation in
            let thread = Thread { continuation.resume(with: Result { try body() }) }
            thread.name = name
            thread.start()
        }
    }
}
