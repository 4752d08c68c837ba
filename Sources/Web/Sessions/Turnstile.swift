import Store
import Synchronization

/// Lets so many through at once and turns the others away, for what takes much memory or time.
final class Turnstile: Sendable {
    private let inside = Mutex(0)
    private let limit: Int

    init(limit: Int) { self.limit = limit }

    /// - Throws: `StoreError.overloaded` when too many are inside.
    func pass<T: Sendable>(_ body: () async throws -> T) async throws -> T {
        let mayPass = inside.withLock { inside in
            guard inside < limit else { return false }
            inside += 1
            return true
        }
        guard mayPass else { throw StoreError.overloaded }
        defer { inside.withLock { $0 -= 1 } }
        return try await body()
    }
}
