import Kernel
import Store
import WorkCalendar

/// A person who is logged in, on one browser.
struct Login: Sendable {
    let person: PersonID
    let csrf: String
    var language: Language
    /// The last time that it was used, as far as the database knows.
    var seen: Moment
    let ends: Moment
    /// When this server looked into the database last.
    var checked: Moment
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

/// Who is logged in: kept in the database, remembered here for a few seconds so that a request costs no query.
/// Ends after 30 minutes without use and after 12 hours in any case; a log-out here holds at once, one on another server within `memory`.
final class Logins: Sendable {
    static let idleMinutes = 30
    static let hours = 12
    private static let memory = 15

    private let store: any Store
    private let clock: Clock
    private let cache = BoundedCache<[UInt8], Login>(limit: 20_000)

    init(store: any Store, clock: Clock) {
        self.store = store
        self.clock = clock
    }

    /// - Returns: the word for the cookie.
    func begin(_ person: PersonID, _ language: Language) async throws -> Token {
        let (token, csrf, now) = (Token(), Token(), clock.now())
        let ends = now.adding(hours: Self.hours)
        let digest = token.digest
        try await store.write { session in
            try session.execute("DELETE FROM login WHERE ends <= $1", [.int(now.milliseconds)])
            try session.execute(
                "INSERT INTO login (token, person, csrf, language, created, seen, ends) VALUES ($1, $2, $3, $4, $5, $5, $6)",
                [
                    .blob(digest), .int(person.raw), .text(csrf.text), .text(language.rawValue), .int(now.milliseconds),
                    .int(ends.milliseconds),
                ])
        }
        return token
    }

    /// The log-in of this cookie; `nil` when there is none or it has ended.
    func find(_ token: Token) async throws -> Login? {
        let digest = token.digest
        let now = clock.now()
        guard var login = try await recall(digest, now) else { return nil }
        guard now < login.ends, now < login.seen.adding(seconds: Self.idleMinutes * 60) else {
            try await end(token)
            return nil
        }
        if login.seen.adding(seconds: 60) <= now {
            login.seen = now
            cache[digest] = login
            try await store.write { session in
                try session.execute("UPDATE login SET seen = $2 WHERE token = $1", [.blob(digest), .int(now.milliseconds)])
            }
        }
        return login
    }

    private func recall(_ digest: [UInt8], _ now: Moment) async throws -> Login? {
        if let login = cache[digest], now < login.checked.adding(seconds: Self.memory) { return login }
        let login = try await read(digest, now)
        cache[digest] = login
        return login
    }

    private func read(_ digest: [UInt8], _ now: Moment) async throws -> Login? {
        try await store.read { session in
            try session.first(
                """
                SELECT login.person, login.csrf, login.language, login.seen, login.ends FROM login
                JOIN person ON person.id = login.person AND person.active = 1 WHERE login.token = $1 LIMIT 1
                """, [.blob(digest)]
            ) { row in
                Login(
                    person: PersonID(row.int(0)), csrf: row.text(1), language: Language(rawValue: row.text(2)) ?? .zh,
                    seen: Moment(milliseconds: row.int(3)), ends: Moment(milliseconds: row.int(4)), checked: now)
            }
        }
    }

    func end(_ token: Token) async throws {
        let digest = token.digest
        cache[digest] = nil
        try await store.write { session in try session.execute("DELETE FROM login WHERE token = $1", [.blob(digest)]) }
    }

    /// Ends all log-ins of the person but this one: after a new password.
    func endAll(of person: PersonID, but token: Token? = nil) async throws {
        let digest = token?.digest ?? []
        cache.forget { $0.person == person }
        try await store.write { session in
            try session.execute("DELETE FROM login WHERE person = $1 AND token <> $2", [.int(person.raw), .blob(digest)])
        }
    }

    func speak(_ language: Language, _ token: Token) async throws {
        let digest = token.digest
        cache.change(digest) { $0?.language = language }
        try await store.write { session in
            try session.execute("UPDATE login SET language = $2 WHERE token = $1", [.blob(digest), .text(language.rawValue)])
        }
    }
}
