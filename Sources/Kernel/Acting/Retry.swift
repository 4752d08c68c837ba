import Store

/// For programs that can wait, as an import can and a person at a page cannot.
package enum Retry {
    /// Tries again what was refused because another program holds the database (the store itself waits some seconds each time).
    /// - Throws: `StoreError.overloaded` when that has not ended after many tries; and what `body` throws.
    package static func wait<T: Sendable>(tries: Int = 60, for body: () async throws -> T) async throws -> T {
        for _ in 1..<tries {
            do { return try await body() } catch StoreError.overloaded { try await Task.sleep(for: .milliseconds(200)) }
        }
        return try await body()
    }
}
