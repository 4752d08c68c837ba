import Ledger
import Store

/// Whether a person has a calendar feed, and how often an address was made: the address follows from it and from a key, so that a former
/// one opens nothing, and a row that somebody else writes opens nothing that was not open once.
extension Desk {
    /// The number of the present address; `nil` where there is none.
    package func calendarFeed(of person: PersonID) async throws -> Int64? {
        try await store.read { session in
            try session.first("SELECT serial FROM calendar_feed WHERE person = $1 AND is_on = 1", [.int(person.raw)]) { $0.int(0) }
        }
    }

    /// Makes a new address, or ends the present one.
    package func setCalendarFeed(_ isOn: Bool, of person: PersonID) async throws {
        let now = clock.now()
        try await store.write { [self] session in
            try session.execute(
                """
                INSERT INTO calendar_feed (person, serial, is_on) VALUES ($1, 1, $2)
                ON CONFLICT (person) DO UPDATE SET serial = calendar_feed.serial + 1, is_on = excluded.is_on
                """, [.int(person.raw), .int(isOn ? 1 : 0)])
            try enter(
                .note, nil, type: AccountEvent.account, principal: Principal(person), step: "calendar", purpose: isOn ? "on" : "off",
                at: now,
                session)
        }
    }
}

extension Migration {
    static let calendarFeeds = Migration(
        name: "0024-calendar-feeds",
        sql: """
            CREATE TABLE calendar_feed (person BIGINT PRIMARY KEY REFERENCES person (id), serial BIGINT NOT NULL, is_on BIGINT NOT NULL);
            """)
}
