import Store

/// A session in which another thread writes what is pending: whoever asks waits until it has written. With what is foreseen questions are
/// few, and most acts of an import are judged while those before them are written.
final class WaitingSession: Session {
    private let session: any Session
    /// Whose steps are being written.
    weak var pending: UnitOfWork?

    init(_ session: any Session) { self.session = session }

    private var atRest: any Session {
        get throws {
            try pending?.waitForWriting()
            return session
        }
    }

    var engine: Engine { session.engine }
    var found: (any Session)? { nil }
    var isAwaited: Bool { session.isAwaited }
    var afterCommit: [@Sendable () -> Void] {
        get { session.afterCommit }
        set { session.afterCommit = newValue }
    }
    var known: [String: Int64] {
        get { session.known }
        set { session.known = newValue }
    }

    func execute(_ sql: String, _ arguments: [Value]) throws -> Int { try atRest.execute(sql, arguments) }
    func executeMany(_ sql: String, _ argumentLists: [[Value]]) throws { try atRest.executeMany(sql, argumentLists) }
    func each(_ sql: String, _ arguments: [Value], _ body: (any Row) throws -> Void) throws { try atRest.each(sql, arguments, body) }
    func stream(_ sql: String, _ arguments: [Value], _ body: (any Row) throws -> Void) throws { try atRest.stream(sql, arguments, body) }
}
