import Dispatch
import Synchronization

/// Hands parts of a file from the thread that reads to the task that takes them in, a few at most lying between.
final class IntakeLine: Sendable {
    private struct State {
        var parts: [IntakeReading.Part] = []
        var end: Result<Void, any Error>?
        var isStopped = false
    }

    private let state = Mutex(State())
    private let filled = DispatchSemaphore(value: 0)
    // A semaphore may not end below the value that it began with: it begins with none and is filled.
    private let room = DispatchSemaphore(value: 0)
    private let queue = DispatchQueue(label: "intake.line")

    init(ahead: Int) { for _ in 0..<ahead { room.signal() } }

    /// Waits for room; called by the reading thread only.
    /// - Throws: `CancellationError` when nobody takes any more.
    func put(_ part: IntakeReading.Part) throws {
        room.wait()
        try state.withLock { state in
            if state.isStopped { throw CancellationError() }
            state.parts.append(part)
        }
        filled.signal()
    }

    func end(_ result: Result<Void, any Error>) {
        state.withLock { $0.end = result }
        filled.signal()
    }

    /// The next part; `nil` at the end of the file.
    /// - Throws: what the reading threw, after the parts before it.
    func next() async throws -> IntakeReading.Part? {
        try Task.checkCancellation()
        return try await withCheckedThrowingContinuation { continuation in
            queue.async { [self] in
                filled.wait()
                let next: Result<IntakeReading.Part?, any Error> = state.withLock { state in
                    if !state.parts.isEmpty { return .success(state.parts.removeFirst()) }
                    return state.end.map { $0.map { nil } } ?? .success(nil)
                }
                room.signal()
                continuation.resume(with: next)
            }
        }
    }

    /// Lets the reading thread go.
    func stop() {
        state.withLock { $0.isStopped = true }
        room.signal()
    }
}
