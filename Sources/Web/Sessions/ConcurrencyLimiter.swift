import Store
import Synchronization

/// Lets so many through at once, for what takes much memory or time; the others wait their turn, and no more than so many wait.
final class ConcurrencyLimiter: Sendable {
    private struct Line {
        var inside = 0
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    private let line = Mutex(Line())
    private let limit: Int
    private let longest: Int

    /// - Parameter waiting: how many wait at most; the next is turned away.
    init(limit: Int, waiting: Int = 0) { (self.limit, longest) = (limit, waiting) }

    /// - Throws: `StoreError.overloaded` when too many wait.
    func pass<T: Sendable>(_ body: () async throws -> T) async throws -> T {
        try await enter()
        defer { leave() }
        return try await body()
    }

    private func enter() async throws {
        enum Turn { case now, later, never }
        var isRefused = false
        await withCheckedContinuation { continuation in
            let turn = line.withLock { line -> Turn in
                if line.inside < limit {
                    line.inside += 1
                    return .now
                }
                guard line.waiting.count < longest else { return .never }
                line.waiting.append(continuation)
                return .later
            }
            isRefused = turn == .never
            if turn != .later { continuation.resume() }
        }
        if isRefused { throw StoreError.overloaded }
    }

    /// Whoever leaves gives the place to the first who waits.
    private func leave() {
        let next = line.withLock { line -> CheckedContinuation<Void, Never>? in
            if line.waiting.isEmpty {
                line.inside -= 1
                return nil
            }
            return line.waiting.removeFirst()
        }
        next?.resume()
    }
}
