import Kernel
import Store
import WorkCalendar

/// Words by which programs act as a person: `Authorization: Bearer <word>`.
package final class APITokens: Sendable {
    struct Entry: Sendable {
        let digest: [UInt8]
        let label: String
        let created: Moment
        let ends: Moment
    }

    private struct Known: Sendable {
        let person: PersonID
        let ends: Moment
        let checked: Moment
    }

    /// For how many days one holds.
    static let days = [30, 90, 365]
    private static let memory = 15

    private let store: any Store
    private let clock: Clock
    private let cache = BoundedCache<String, Known>(limit: 10_000)

    package init(store: any Store, clock: Clock) {
        self.store = store
        self.clock = clock
    }

    /// Whose the word is; `nil` when it is none, or none any more.
    func person(of word: some StringProtocol) async throws -> PersonID? {
        guard let token = Token(word) else { return nil }
        let now = clock.now()
        if let known = cache[token.text], now < known.checked.adding(seconds: Self.memory) { return now < known.ends ? known.person : nil }
        let digest = token.digest
        let known = try await store.read { session in
            try session.first(
                """
                SELECT api_token.person, api_token.ends FROM api_token
                JOIN person ON person.id = api_token.person AND person.active = 1 WHERE api_token.token = $1 LIMIT 1
                """, [.blob(digest)]
            ) { Known(person: PersonID($0.int(0)), ends: Moment(milliseconds: $0.int(1)), checked: now) }
        }
        cache[token.text] = known
        guard let known, now < known.ends else { return nil }
        return known.person
    }

    /// - Returns: the word, which is shown once and kept nowhere.
    package func make(for person: PersonID, label: String, days: Int) async throws -> Token {
        let (token, now) = (Token(), clock.now())
        let digest = token.digest
        try await store.write { session in
            try session.execute(
                "INSERT INTO api_token (token, person, label, created, ends) VALUES ($1, $2, $3, $4, $5)",
                [.blob(digest), .int(person.raw), .text(label), .int(now.milliseconds), .int(now.adding(days: days).milliseconds)])
        }
        return token
    }

    func list(of person: PersonID) async throws -> [Entry] {
        try await store.read { session in
            try session.all(
                "SELECT token, label, created, ends FROM api_token WHERE person = $1 ORDER BY created DESC", [.int(person.raw)]
            ) { row in
                Entry(
                    digest: row.blob(0), label: row.text(1), created: Moment(milliseconds: row.int(2)),
                    ends: Moment(milliseconds: row.int(3)))
            }
        }
    }

    func revoke(_ digest: [UInt8], of person: PersonID) async throws {
        try await store.write { session in
            try session.execute("DELETE FROM api_token WHERE token = $1 AND person = $2", [.blob(digest), .int(person.raw)])
        }
        cache.forget { $0.person == person }
    }
}
