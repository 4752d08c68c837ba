import Store
import WorkCalendar

/// From where somebody asks to come in.
package struct CallerPlace: Sendable, Hashable {
    package let address: String
    /// What belongs together of addresses: one of IPv4, a /64 of IPv6.
    package let network: String

    package init(address: String, network: String) { (self.address, self.network) = (address, network) }
}

/// A try with a password. It counts as failed until its outcome is known, so that many at once do not slip through, on whichever server.
package struct LoginAttempt: Sendable {
    /// Whose name it is; `nil` when nobody's.
    package let person: PersonID?
    /// The hash of the password.
    package let secret: String?
    /// Until when the secret is a one-time word; `nil` where it is the person's own password.
    package let onceUntil: Moment?
    /// Seconds to wait; 0 when it may be made now.
    package let wait: Int
    /// Many names were tried from this network: such tries wait for one another, those of names that exist and of others alike.
    package var isSlow = false
    let name: Int64
    let place: CallerPlace
}

/// How long somebody waits after failures. It keeps out guesses and not people: who has been in from this network before gets in with the
/// right password whatever others do elsewhere, and a name is never locked. Where many names are tried from one network, a name is held to
/// fewer failures of its own there, and to nobody else's.
enum LoginPatience {
    /// Failures older than this are forgotten. Seconds.
    static let memory = 3600
    /// Failures that cost nothing: of a name from one network; the same where the person has been in from it; of a name from all other
    /// networks together; how many different names may fail from one network before it is searching, and of a name from one that is.
    static let free = (pair: 4, known: 100, name: 20, names: 50, searched: 2)
    /// The longest waits in seconds. Short for a name, since anybody can fail in the name of another.
    static let longest = (pair: 900, known: 60, name: 60)
    /// The first wait, which doubles with each further failure: usually, and from a network that is searching. Seconds.
    static let first = (usual: 2, searched: 64)

    struct Failures {
        var count: Int64
        var last: Int64
    }

    static func wait(after failures: Failures, free: Int, first: Int = first.usual, longest: Int, at now: Moment) -> Int {
        let over = failures.count - Int64(free)
        guard over > 0 else { return 0 }
        let seconds = min(first << min(Int(over) - 1, 20), longest)
        let left = now.distance(to: Moment(milliseconds: failures.last).adding(seconds: seconds))
        return left > 0 ? Int((left + 999) / 1000) : 0
    }
}

extension Desk {
    /// Asks leave for a try.
    /// - Parameters:
    ///   - login: the name as typed.
    ///   - now: by the machine's clock, not the desk's: a demonstration moves that one.
    package func beginAttempt(login: String, from place: CallerPlace, at now: Moment) async throws -> LoginAttempt {
        let name = keys.blindIndex.blind(login, domain: "login")
        // Who has to wait writes nothing, but once a minute: a flood costs the others little.
        let asked = try await store.read { [self] session in try attempt(login, name, place, at: now, session) }
        if asked.wait > 0 {
            try await tellHeldBack(asked, at: now)
            return asked
        }
        return try await store.write { [self] session in
            let asked = try attempt(login, name, place, at: now, session)
            if asked.wait == 0 { try Self.count(asked, at: now, session) }
            return asked
        }
    }

    private func attempt(_ login: String, _ name: Int64, _ place: CallerPlace, at now: Moment, _ session: any Session) throws
        -> LoginAttempt
    {
        let found = try believed(login: login, session)
        let (wait, isSlow) = try Self.wait(name, place.network, at: now, session)
        return LoginAttempt(
            person: found?.person, secret: found?.secret, onceUntil: found?.onceUntil, wait: wait, isSlow: isSlow, name: name, place: place)
    }

    private static func wait(_ name: Int64, _ network: String, at now: Moment, _ session: any Session) throws -> (Int, isSlow: Bool) {
        let since = Value.int(now.adding(seconds: -LoginPatience.memory).milliseconds)
        func failures(_ sql: String, _ arguments: [Value]) throws -> LoginPatience.Failures {
            try session.first(sql, arguments) { LoginPatience.Failures(count: $0.int(0), last: $0.intIfAny(1) ?? 0) }
                ?? .init(count: 0, last: 0)
        }
        let pair = try failures(
            "SELECT tries, last FROM login_failure WHERE name = $1 AND network = $2 AND last > $3", [.int(name), .text(network), since])
        let isKnown =
            try session.first(
                "SELECT 1 FROM login_network WHERE name = $1 AND network = $2", [.int(name), .text(network)]
            ) { _ in true } ?? false
        let (free, longest) = (LoginPatience.free, LoginPatience.longest)
        if isKnown { return (LoginPatience.wait(after: pair, free: free.known, longest: longest.known, at: now), false) }
        let elsewhere = try failures(
            "SELECT CAST(coalesce(sum(tries), 0) AS BIGINT), max(last) FROM login_failure WHERE name = $1 AND network <> $2 AND last > $3",
            [.int(name), .text(network), since])
        let names = try session.count(
            "SELECT count(*) FROM login_failure WHERE network = $1 AND last > $2 AND failed > 0", [.text(network), since])
        let isSearching = names > free.names
        let own =
            isSearching
            ? LoginPatience.wait(after: pair, free: free.searched, first: LoginPatience.first.searched, longest: longest.pair, at: now)
            : LoginPatience.wait(after: pair, free: free.pair, longest: longest.pair, at: now)
        return (max(own, LoginPatience.wait(after: elsewhere, free: free.name, longest: longest.name, at: now)), isSearching)
    }

    /// Counts a try. One that failed is told in the ledger at once when it is the first of a minute.
    private static func count(_ attempt: LoginAttempt, at now: Moment, _ session: any Session) throws {
        try session.execute(
            """
            INSERT INTO login_failure (name, network, person, address, tries, failed, last, told, untold, held)
            VALUES ($1, $2, $3, $4, 1, 0, $5, 0, 0, 0)
            ON CONFLICT (name, network) DO UPDATE SET
                tries = CASE WHEN login_failure.last > $6 THEN login_failure.tries + 1 ELSE 1 END,
                failed = CASE WHEN login_failure.last > $6 THEN login_failure.failed ELSE 0 END,
                person = excluded.person, address = excluded.address, last = excluded.last
            """,
            [
                .int(attempt.name), .text(attempt.place.network), .int(attempt.person?.raw ?? 0), .text(attempt.place.address),
                .int(now.milliseconds), .int(now.adding(seconds: -LoginPatience.memory).milliseconds),
            ])
    }

    /// The try was not made.
    package func dropAttempt(_ attempt: LoginAttempt) async throws {
        try await store.write { session in
            try session.execute(
                "UPDATE login_failure SET tries = tries - 1 WHERE name = $1 AND network = $2 AND tries > 0", attempt.key)
        }
    }

    /// The password was wrong.
    package func attemptFailed(_ attempt: LoginAttempt, at now: Moment) async throws {
        try await store.write { [self] session in
            let untold = try session.first(
                "SELECT told, untold FROM login_failure WHERE name = $1 AND network = $2", attempt.key
            ) { (told: $0.int(0), count: $0.int(1)) }
            // Without a row, a right password of the same moment has made good for it.
            let count = (untold?.count ?? 0) + 1
            let isDue = (untold?.told ?? 0) <= now.adding(seconds: -LoginTrace.interval).milliseconds
            if isDue { try tell(.failed, attempt, count: count, session) }
            try session.execute(
                """
                UPDATE login_failure SET failed = failed + 1, last = $3, untold = $4, told = CASE WHEN $5 = 1 THEN $3 ELSE told END
                WHERE name = $1 AND network = $2
                """, attempt.key + [.int(now.milliseconds), .int(isDue ? 0 : count), .int(isDue ? 1 : 0)])
        }
    }

    /// The password was right: makes good for the name from this network.
    /// - Parameter isLogIn: the person has come in by it, and the network is known as one of his from now on.
    package func attemptSucceeded(_ attempt: LoginAttempt, isLogIn: Bool, at now: Moment, _ session: any Session) throws {
        let untold =
            try session.first(
                "SELECT untold FROM login_failure WHERE name = $1 AND network = $2", attempt.key
            ) { $0.int(0) } ?? 0
        if untold > 0 { try tell(.failed, attempt, count: untold, session) }
        try session.execute("DELETE FROM login_failure WHERE name = $1 AND network = $2", attempt.key)
        guard isLogIn else { return }
        try session.execute(
            """
            INSERT INTO login_network (name, network, last) VALUES ($1, $2, $3)
            ON CONFLICT (name, network) DO UPDATE SET last = excluded.last
            """, attempt.key + [.int(now.milliseconds)])
    }
}

extension LoginAttempt {
    var key: [Value] { [.int(name), .text(place.network)] }
}
