import Store

/// The session of a dry run that only reads. Where a rule would write, it is run again where that can be taken back.
final class LookingSession: Session {
    private let session: any Session

    init(_ session: any Session) { self.session = session }

    var engine: Engine { session.engine }
    var found: (any Session)? { nil }
    var isAwaited: Bool { session.isAwaited }
    /// Nothing comes of it.
    var afterCommit: [@Sendable () -> Void] = []
    var known: [String: Int64] {
        get { session.known }
        set { session.known = newValue }
    }

    func execute(_ sql: String, _ arguments: [Value]) throws -> Int { throw Transaction.WritingNeeded() }
    func executeMany(_ sql: String, _ argumentLists: [[Value]]) throws {
        if !argumentLists.isEmpty { throw Transaction.WritingNeeded() }
    }
    func each(_ sql: String, _ arguments: [Value], _ body: (any Row) throws -> Void) throws { try session.each(sql, arguments, body) }
    func stream(_ sql: String, _ arguments: [Value], _ body: (any Row) throws -> Void) throws { try session.stream(sql, arguments, body) }
}
