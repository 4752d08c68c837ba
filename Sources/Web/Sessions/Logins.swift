import Kernel
import Store
import WorkCalendar

/// How a person came in.
package enum LoginMethod: String, Sendable {
    case password
    /// A one-time word: it opens nothing but the page on which the own password is set.
    case once
    /// The open doors of a demonstration.
    case door
}

/// A person who is logged in, on one browser.
struct Login: Sendable {
    /// For how long after the password was given a signature needs no other. Seconds.
    static let signing = 5 * 60

    let person: PersonID
    let csrf: String
    var language: Language
    /// The last time that it was used, as far as the database knows.
    let seen: Moment
    let created: Moment
    let ends: Moment
    /// When the password was given last.
    private(set) var authenticated: Moment
    private(set) var method: LoginMethod
    let digest: [UInt8]

    /// The same, with the password given at a moment.
    func authenticated(at moment: Moment) -> Login {
        var login = self
        (login.authenticated, login.method) = (moment, .password)
        return login
    }

    /// What the row is believed for: see `SealedRow`.
    fileprivate var believed: [Value] {
        [
            .blob(digest), .int(person.raw), .text(csrf), .int(created.milliseconds), .int(ends.milliseconds),
            .int(authenticated.milliseconds), .text(method.rawValue),
        ]
    }

    func maySign(at now: Moment) -> Bool { method == .password && now < authenticated.adding(seconds: Self.signing) }
}

/// What a person speaks, for programs that have no page to ask.
package enum LastLanguage {
    /// The language of the person's latest log-in; `nil` where none is kept any more.
    package static func of(_ person: PersonID, in store: any Store) async throws -> Language? {
        try await store.read { session in
            try session.first("SELECT language FROM login WHERE person = $1 ORDER BY seen DESC LIMIT 1", [.int(person.raw)]) {
                Language(rawValue: $0.text(0))
            }
        } ?? nil
    }
}

/// Who is logged in. Each request asks the database, together with the organisation: what has ended has ended, on every server.
/// A log-in ends after 30 minutes without use and after 12 hours in any case.
final class Logins: Sendable {
    static let idleMinutes = 30
    static let hours = 12

    private let desk: Desk
    private let clock: Clock

    init(desk: Desk, clock: Clock) {
        self.desk = desk
        self.clock = clock
    }

    /// - Parameters:
    ///   - attempt: the try by which the person came in; `nil` where none was needed.
    ///   - place: from where.
    ///   - earlier: the log-in that this browser had until now; it ends.
    /// - Returns: the word for the cookie.
    func begin(
        _ person: PersonID, _ language: Language, _ method: LoginMethod = .password, after attempt: LoginAttempt? = nil,
        from place: CallerPlace, instead earlier: Token? = nil
    ) async throws -> Token {
        let (token, csrf, now) = (Token(), Token(), clock.now())
        let old = earlier?.digest
        let login = Login(
            person: person, csrf: csrf.text, language: language, seen: now, created: now, ends: now.adding(hours: Self.hours),
            authenticated: now, method: method, digest: token.digest)
        try await desk.store.write { [desk] session in
            if let attempt { try desk.attemptSucceeded(attempt, isLogIn: true, at: now, session) }
            try session.execute("DELETE FROM login WHERE ends <= $1", [.int(now.milliseconds)])
            if let old { try session.execute("DELETE FROM login WHERE token = $1", [.blob(old)]) }
            try session.execute(
                """
                INSERT INTO login (token, person, csrf, created, ends, authenticated, method, seen, language, seal)
                VALUES ($1, $2, $3, $4, $5, $6, $7, $4, $8, $9)
                """, login.believed + [.text(language.rawValue), .blob(desk.seal(.login, login.believed))])
            let words =
                method == .once ? Words("一次性口令", "by a one-time word") : method == .door ? Words("演示入口", "by a demonstration's door") : nil
            try desk.enter(.logIn, of: person, by: Principal(person), written: place.address, words: words, session)
        }
        return token
    }

    /// The log-in of this cookie, and the organisation at that moment; no log-in when there is none or it has ended.
    func find(_ token: Token) async throws -> (login: Login?, organisation: Organisation) {
        let digest = token.digest
        let now = clock.now(), today = desk.clock.now().day
        let (found, organisation) = try await desk.store.read { [desk] session in
            (try desk.login(digest, session), try desk.organisation(session))
        }
        guard let login = found, !organisation.hasLeft(login.person, on: today) else { return (nil, organisation) }
        guard now < login.ends, now < login.seen.adding(seconds: Self.idleMinutes * 60) else {
            try await forget(digest)
            return (nil, organisation)
        }
        if login.seen.adding(seconds: 60) <= now {
            try await desk.store.write { session in
                try session.execute("UPDATE login SET seen = $2 WHERE token = $1", [.blob(digest), .int(now.milliseconds)])
            }
        }
        return (login, organisation)
    }

    private func forget(_ digest: [UInt8]) async throws {
        try await desk.store.write { session in try session.execute("DELETE FROM login WHERE token = $1", [.blob(digest)]) }
    }

    func end(_ login: Login, from place: CallerPlace) async throws {
        try await desk.store.write { [desk] session in
            try session.execute("DELETE FROM login WHERE token = $1", [.blob(login.digest)])
            try desk.enter(.logOut, of: login.person, by: Principal(login.person), written: place.address, session)
        }
    }

    /// Ends all log-ins of the person, this one too; tokens of programs go on.
    func endAll(of person: PersonID, from place: CallerPlace) async throws {
        try await desk.store.write { [desk] session in
            try session.execute("DELETE FROM login WHERE person = $1", [.int(person.raw)])
            try desk.enter(.logOutEverywhere, of: person, by: Principal(person), written: place.address, session)
        }
    }

    /// How many browsers the person is logged in on.
    func count(of person: PersonID) async throws -> Int {
        let now = clock.now(), idle = now.adding(seconds: -Self.idleMinutes * 60)
        return try await desk.store.read { session in
            Int(
                try session.count(
                    "SELECT count(*) FROM login WHERE person = $1 AND ends > $2 AND seen > $3",
                    [.int(person.raw), .int(now.milliseconds), .int(idle.milliseconds)]))
        }
    }

    /// The password was given again, in this log-in.
    func authenticated(_ login: Login, by attempt: LoginAttempt) async throws {
        let now = clock.now()
        try await desk.store.write { [desk] session in
            try desk.attemptSucceeded(attempt, isLogIn: false, at: now, session)
            let login = login.authenticated(at: now)
            try session.execute(
                "UPDATE login SET authenticated = $2, method = $3, seal = $4 WHERE token = $1",
                [
                    .blob(login.digest), .int(login.authenticated.milliseconds), .text(login.method.rawValue),
                    .blob(desk.seal(.login, login.believed)),
                ])
        }
    }

    func speak(_ language: Language, _ token: Token) async throws {
        let digest = token.digest
        try await desk.store.write { session in
            try session.execute("UPDATE login SET language = $2 WHERE token = $1", [.blob(digest), .text(language.rawValue)])
        }
    }
}

extension Desk {
    /// The log-in of a word's digest; none where somebody else wrote its row into the database.
    fileprivate func login(_ digest: [UInt8], _ session: any Session) throws -> Login? {
        let found = try session.first(
            "SELECT person, csrf, language, seen, created, ends, authenticated, method, seal FROM login WHERE token = $1 LIMIT 1",
            [.blob(digest)]
        ) { row in
            let login = Login(
                person: PersonID(row.int(0)), csrf: row.text(1), language: Language(rawValue: row.text(2)) ?? .zh,
                seen: Moment(milliseconds: row.int(3)), created: Moment(milliseconds: row.int(4)), ends: Moment(milliseconds: row.int(5)),
                authenticated: Moment(milliseconds: row.int(6)), method: LoginMethod(rawValue: row.text(7)) ?? .password, digest: digest)
            return isSealed(.login, login.believed, by: row.blobIfAny(8)) ? login : nil
        }
        return found ?? nil
    }
}
