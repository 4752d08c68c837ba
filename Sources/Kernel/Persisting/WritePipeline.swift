import Dispatch
import Ledger
import Store
import Synchronization

/// Writes steps into a session which nobody else touches until it is done: one thread seals them, another writes what is sealed, so that
/// the next are sealed meanwhile.
final class WritePipeline: Sendable {
    private struct State {
        /// Parts that are not written yet.
        var waiting = 0
        var failure: (any Error)?
    }

    private static let most = 3
    private let sealing = DispatchQueue(label: "pending sealing")
    private let writing = DispatchQueue(label: "pending writing")
    private let state = Mutex(State())
    private let parts = DispatchGroup()

    func start(_ steps: ArraySlice<PendingStep>, _ session: any Session, _ body: Body, _ writer: EntryWriter) {
        nonisolated(unsafe) let session = session
        state.withLock { $0.waiting += 1 }
        parts.enter()
        sealing.async { [self] in
            let ready = Result { try steps.ready(body, writer.key) }
            writing.async { [self] in
                let failure =
                    state.withLock { $0.failure }
                    ?? Self.failure { try ready.get().write(session, by: writer, isAlone: session.engine == .sqlite) }
                state.withLock { state in
                    state.waiting -= 1
                    state.failure = failure
                }
                parts.leave()
            }
        }
    }

    private static func failure(_ body: () throws -> Void) -> (any Error)? {
        do { try body() } catch { return error }
        return nil
    }

    /// - Throws: why steps could not be written.
    func hasRoom() throws -> Bool {
        let state = state.withLock { $0 }
        if let failure = state.failure { throw failure }
        return state.waiting < Self.most
    }

    func wait() throws {
        parts.wait()
        if let failure = state.withLock({ $0.failure }) { throw failure }
    }
}
