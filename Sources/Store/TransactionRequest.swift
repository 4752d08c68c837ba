/// A closure that waits for a session, and the task that waits for its answer.
///
/// A driver calls `run` on its own thread, as often as the database asks for, then `answer` once.
package class TransactionRequest: @unchecked Sendable {
    /// It shares its transaction with no other.
    package let isAlone: Bool

    fileprivate init(isAlone: Bool) { self.isAlone = isAlone }

    /// Runs the closure and keeps its result for `answer`.
    package func run(in session: any Session) throws { preconditionFailure("abstract") }

    /// Wakes the task: with the result of the last `run`, or with `failure`.
    package func answer(_ failure: (any Error)?) { preconditionFailure("abstract") }

    /// Suspends the task until a driver thread that takes from `line` has answered.
    package static func wait<T: Sendable>(
        in line: BlockingQueue<TransactionRequest>, isAlone: Bool = false, for body: @escaping @Sendable (any Session) throws -> T
    ) async throws -> T {
        try await withCheckedThrowingContinuation { continuation in
            let visit = TypedVisit(isAlone: isAlone, body: body, continuation: continuation)
            do { try line.enter(visit) } catch { continuation.resume(throwing: error) }
        }
    }
}

private final class TypedVisit<T: Sendable>: TransactionRequest, @unchecked Sendable {
    private let body: @Sendable (any Session) throws -> T
    private let continuation: CheckedContinuation<T, any Error>
    private var result: T?

    init(isAlone: Bool, body: @escaping @Sendable (any Session) throws -> T, continuation: CheckedContinuation<T, any Error>) {
        self.body = body
        self.continuation = continuation
        super.init(isAlone: isAlone)
    }

    override func run(in session: any Session) throws { result = try body(session) }

    override func answer(_ failure: (any Error)?) {
        if let failure {
            continuation.resume(throwing: failure)
        } else if let result {
            continuation.resume(returning: result)
        } else {
            continuation.resume(throwing: StoreError.broken("A visit was answered before it ran."))
        }
    }
}
