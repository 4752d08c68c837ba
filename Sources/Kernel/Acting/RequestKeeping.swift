import Store
import WorkCalendar

/// 一次办理: what became of requests that carry a key is kept, in the transaction of what they did.
///
/// Nobody looks for the key before an act: on PostgreSQL acts that look into the same small table would get into each other's way. The
/// act is done, its key is written, and where that stands there already all of it is taken back.
extension Desk {
    /// For so many hours; then the same key is a new one.
    package static let hoursOfRequests = 48

    /// The request was carried out before; what became of it is in the table.
    struct CarriedOut: Error {}

    /// What became of the hand's request when it came first; `nil` where it has no key or did not come before.
    /// - Throws: `DeskError.invalid` where the key belongs to another request.
    func outcome(of principal: Principal) async throws -> RequestOutcome? {
        guard let request = principal.request else { return nil }
        let found = try await store.read { session in
            try session.first(
                "SELECT question, outcome FROM request WHERE person = $1 AND key = $2 LIMIT 1",
                [.int(principal.person.raw), .blob(request.key)]
            ) { ($0.blob(0), $0.blob(1)) }
        }
        guard let (question, sealed) = found else { return nil }
        guard question == request.question else { throw RequestKey.otherQuestion }
        return RequestOutcome(stored: try JSONReader.read(keys.open(sealed, context: Self.context(request, principal.person)) as String))
    }

    /// What a step came to that was taken by this very request.
    package func taken(by principal: Principal) async throws -> Taken? { try await outcome(of: principal)?.taken() }

    /// To be called last in the transaction of what was done. Sealed: the words of a refusal may say what was handed in.
    /// - Throws: `CarriedOut`.
    func keep(_ outcome: RequestOutcome, of principal: Principal, at now: Moment, _ session: any Session) throws {
        guard let request = principal.request else { return }
        let sealed = try keys.seal(
            JSONText.text(outcome.stored), level: Level.secret.rawValue, context: Self.context(request, principal.person))
        // Where the same request is under way on another connection, this waits for its end.
        let kept = try session.execute(
            "INSERT INTO request (person, key, question, outcome, at) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING",
            [.int(principal.person.raw), .blob(request.key), .blob(request.question), .blob(sealed), .int(now.milliseconds)])
        guard kept == 1 else { throw CarriedOut() }
    }

    private static func context(_ request: RequestKey, _ person: PersonID) -> [UInt8] { Array("request \(person.raw) ".utf8) + request.key }

    /// Runs an act whose end nobody knows once more: where it stands already, its key is there, and where the database is still busy with
    /// it, the key waits for that.
    func surely<T: Sendable>(_ principal: Principal, _ act: () async throws -> T) async throws -> T {
        do { return try await act() } catch StoreError.unknown(let detail) where principal.request != nil {
            for _ in 0..<Self.tries {
                try? await Task.sleep(for: .milliseconds(250))
                do { return try await act() } catch StoreError.unknown { continue } catch StoreError.gone { continue }
            }
            throw StoreError.unknown(detail)
        }
    }

    private static let tries = 40

    /// Does something besides steps once, and once only for a request that comes again.
    /// - Parameter again: what is answered then, without doing it.
    package func once<T: Sendable>(
        _ principal: Principal, at now: Moment, _ act: @escaping @Sendable (any Session) throws -> (T, id: Int64),
        again: @escaping @Sendable (Int64, any Session) throws -> T
    ) async throws -> T {
        do {
            return try await surely(principal) {
                try await store.write { [self] session in
                    let (result, id) = try act(session)
                    try keep(.done(id), of: principal, at: now, session)
                    return result
                }
            }
        } catch let error where error is CarriedOut || error is Refusal || error is DeskError {
            guard let before = try await outcome(of: principal) else { throw error }
            let id = try before.done()
            return try await store.read { session in try again(id, session) }
        }
    }

    /// Forgets requests of days ago.
    func forgetRequests(at now: Moment) async throws {
        let end = now.adding(hours: -Self.hoursOfRequests).milliseconds
        try await store.write { session in try session.execute("DELETE FROM request WHERE at < $1", [.int(end)]) }
    }
}
