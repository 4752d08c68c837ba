import Store
import WorkCalendar

/// How failures stand in the ledger: one entry for those of a name from one network within a minute, with their number.
enum LoginTrace {
    /// Seconds.
    static let interval = 60
    /// For so many days a network is known as one from which a person comes.
    static let knownDays = 180
}

extension Desk {
    /// A name that is nobody's stands there as a keyed digest: people type passwords into the wrong field.
    func tell(_ event: AccountEvent, _ attempt: LoginAttempt, count: Int64, _ session: any Session) throws {
        let name = attempt.person == nil ? " #" + String(UInt64(bitPattern: attempt.name), radix: 16) : ""
        let words = count > 1 ? Words("\(count) 次", "\(count) times") : nil
        try enter(
            event, of: attempt.person ?? .none, by: .system, written: attempt.place.address + name, words: words, session)
    }

    /// At most once a minute for a person from one network, and for all names together that are nobody's.
    func tellHeldBack(_ attempt: LoginAttempt, at now: Moment) async throws {
        let before = now.adding(seconds: -LoginTrace.interval).milliseconds
        let key: [Value] = attempt.person == nil ? [.int(0), .text(attempt.place.network)] : attempt.key
        let isTold = try await store.read { session in
            try session.first("SELECT held FROM login_failure WHERE name = $1 AND network = $2", key) { $0.int(0) > before } ?? false
        }
        if isTold { return }
        try await store.write { [self] session in
            let marked = try session.execute(
                """
                INSERT INTO login_failure (name, network, person, address, tries, failed, last, told, untold, held)
                VALUES ($1, $2, $3, $4, 0, 0, $5, 0, 0, $5)
                ON CONFLICT (name, network) DO UPDATE SET held = excluded.held WHERE login_failure.held <= $6
                """,
                key + [.int(attempt.person?.raw ?? 0), .text(attempt.place.address), .int(now.milliseconds), .int(before)])
            if marked == 1 { try tell(.heldBack, attempt, count: 1, session) }
        }
    }

    /// What the program does at the doors by itself: tells of failures that came within a minute of one that was told, ends tokens whose
    /// time is up, and forgets what is old. Several servers may do it at once.
    /// - Parameter now: by the machine's clock.
    package func settleAccounts(at now: Moment) async throws {
        try await endTokens(at: now)
        let before = now.adding(seconds: -LoginTrace.interval).milliseconds
        let old = now.adding(seconds: -LoginPatience.memory).milliseconds
        let isNeeded = try await store.read { session in
            try session.first(
                "SELECT 1 FROM login_failure WHERE (untold > 0 AND told <= $1) OR last <= $2 LIMIT 1", [.int(before), .int(old)]
            ) { _ in true } ?? false
        }
        guard isNeeded else { return }
        try await store.write { [self] session in
            let waiting = try session.all(
                "SELECT name, network, person, address, untold FROM login_failure WHERE untold > 0 AND told <= $1 LIMIT 1000",
                [.int(before)]
            ) { row in
                let person = row.int(2) == 0 ? nil : PersonID(row.int(2))
                let place = CallerPlace(address: row.text(3), network: row.text(1))
                return (LoginAttempt(person: person, secret: nil, onceUntil: nil, wait: 0, name: row.int(0), place: place), row.int(4))
            }
            for (attempt, count) in waiting {
                try tell(.failed, attempt, count: count, session)
                try session.execute(
                    "UPDATE login_failure SET untold = 0, told = $3 WHERE name = $1 AND network = $2",
                    attempt.key + [.int(now.milliseconds)])
            }
            try session.execute("DELETE FROM login_failure WHERE last <= $1 AND untold = 0", [.int(old)])
            try session.execute(
                "DELETE FROM login_network WHERE last <= $1", [.int(now.adding(days: -LoginTrace.knownDays).milliseconds)])
        }
    }

    private func endTokens(at now: Moment) async throws {
        let ended = try await store.read { session in
            try session.all("SELECT id FROM api_token WHERE ends <= $1 LIMIT 1000", [.int(now.milliseconds)]) { $0.int(0) }
        }
        if ended.isEmpty { return }
        try await store.write { [self] session in
            for id in ended {
                let person = try session.first("SELECT person FROM api_token WHERE id = $1", [.int(id)]) { PersonID($0.int(0)) }
                guard let person else { continue }
                try end(token: id, of: person, by: .system, because: Words("到期", "Its time was up"), session)
            }
        }
    }
}
