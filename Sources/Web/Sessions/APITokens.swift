import Kernel
import Store
import WorkCalendar

/// Words by which programs act as a person: `Authorization: Bearer <word>`. One that was revoked, or whose person has left, opens nothing
/// from that moment on, on every server: what ends a token changes the organisation's version, and what is remembered here counts at the
/// version at which it was read alone.
package final class APITokens: Sendable {
    struct Entry: Sendable {
        let id: Int64
        let person: PersonID
        let label: String
        let scopes: Set<TokenScope>
        let maker: PersonID
        let created: Moment
        let ends: Moment
        /// `nil` before the first use.
        fileprivate(set) var used: Day?

        /// What the row is believed for: see `SealedRow`.
        fileprivate func believed(_ digest: [UInt8]) -> [Value] {
            [
                .blob(digest), .int(id), .int(person.raw), .text(scopes.kept), .int(maker.raw), .int(created.milliseconds),
                .int(ends.milliseconds),
            ]
        }
    }

    /// Whose a token is and what it may do, at a version of the organisation.
    struct Known: Sendable {
        let token: Token
        let entry: Entry
        let seen: Int64
        var person: PersonID { entry.person }
        var scopes: Set<TokenScope> { entry.scopes }
    }

    /// For how many days one holds.
    static let days = [30, 90, 365]
    /// No longer, whoever makes it.
    package static let mostDays = 365

    private let desk: Desk
    private let clock: Clock
    private let cache = BoundedCache<String, Known>(limit: 10_000)

    package init(desk: Desk, clock: Clock) {
        self.desk = desk
        self.clock = clock
    }

    /// Whose the word is as far as this server knows; `nil` when it is none, or none any more. What is done with the answer must compare
    /// its version of the organisation, or ask `confirm`.
    func recall(_ word: some StringProtocol) async throws -> Known? {
        guard let token = Token(word) else { return nil }
        if let known = cache[token.text], let organisation = desk.knownOrganisation, organisation.version == known.seen {
            return isGood(known.entry, organisation) ? try await used(known) : nil
        }
        return try await find(token)
    }

    /// The same as it stands in the database now.
    func confirm(_ known: Known) async throws -> Known? {
        let organisation = try await desk.organisation()
        if organisation.version == known.seen { return isGood(known.entry, organisation) ? known : nil }
        return try await find(known.token)
    }

    private func find(_ token: Token) async throws -> Known? {
        let digest = token.digest
        let found = try await desk.store.read { [desk] session in
            try session.first("SELECT \(Self.columns), seal FROM api_token WHERE token = $1 LIMIT 1", [.blob(digest)]) { row in
                let entry = Self.entry(row), isSealed = desk.isSealed(.token, entry.believed(digest), by: row.blobIfAny(8))
                return (entry, try isSealed && !desk.hasEnded(token: entry.id, session), try desk.organisation(session))
            }
        }
        // A row that somebody else wrote into the database is no token, nor is one that has ended and was put back.
        guard let (entry, isBelieved, organisation) = found, isBelieved, isGood(entry, organisation) else {
            cache[token.text] = nil
            return nil
        }
        let known = Known(token: token, entry: entry, seen: organisation.version)
        cache[token.text] = known
        return try await used(known)
    }

    private func isGood(_ entry: Entry, _ organisation: Organisation) -> Bool {
        clock.now() < entry.ends && !organisation.hasLeft(entry.person, on: desk.clock.now().day)
    }

    private func used(_ known: Known) async throws -> Known {
        let day = clock.now().day
        guard known.entry.used != day else { return known }
        try await note(known.entry, usedOn: day)
        var entry = known.entry
        entry.used = day
        let fresh = Known(token: known.token, entry: entry, seen: known.seen)
        cache[known.token.text] = fresh
        return fresh
    }

    /// Once a day; the first time stands in the ledger.
    private func note(_ token: Entry, usedOn day: Day) async throws {
        try await desk.store.write { [desk] session in
            let isFirst =
                try session.execute(
                    "UPDATE api_token SET used = $2 WHERE id = $1 AND used = 0", [.int(token.id), .int(Int64(day.number))]) == 1
            if isFirst { return try desk.enter(.tokenFirstUsed, of: token.person, by: Principal(token.person), token: token.id, session) }
            try session.execute("UPDATE api_token SET used = $2 WHERE id = $1", [.int(token.id), .int(Int64(day.number))])
        }
    }

    /// The longest label, in characters.
    package static let longestLabel = 100

    /// - Parameter maker: who makes it; the system's command line when it is `Principal.system`. A request that comes again makes no
    ///   second one.
    /// - Returns: the word, which is shown once and kept nowhere.
    /// - Throws: `DeskError.invalid` for a time or a label that is too long, `.conflict` for a person who has left, or a request that made
    ///   its token before.
    package func make(
        for person: PersonID, label: String, days: Int, scopes: Set<TokenScope> = [.read], by maker: Principal
    ) async throws -> Token {
        guard (1...Self.mostDays).contains(days) else {
            throw DeskError.invalid([
                .init(
                    field: "days",
                    Words("接口令牌的有效期为 1 至 \(Self.mostDays) 天", "An API token is valid for 1 to \(Self.mostDays) days"))
            ])
        }
        if let fault = TextLimit.fault("label", label, longest: Self.longestLabel) { throw DeskError.invalid([fault]) }
        let (token, now, id) = (Token(), clock.now(), desk.idGenerator.next(clock.now()))
        let digest = token.digest
        let scopes = scopes.union([.read])
        let today = desk.clock.now().day
        return try await desk.once(maker, at: desk.clock.now()) { [desk] session in
            guard try !desk.organisation(session).hasLeft(person, on: today) else {
                throw DeskError.conflict(Words("此人已停用或已没有岗位，不能创建令牌", "The person has left; no token can be made"))
            }
            let entry = Entry(
                id: id, person: person, label: label, scopes: scopes, maker: maker.person, created: now, ends: now.adding(days: days),
                used: nil)
            let believed = entry.believed(digest)
            let statement = try StatedTable.token.stating(id, session) {
                try session.execute(
                    """
                    INSERT INTO api_token (token, id, person, scopes, maker, created, ends, label, used, seal)
                    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0, $9)
                    """, believed + [.text(label), .blob(desk.seal(.token, believed))])
            }
            let words = Words(
                "\(label)：\(scopes.kept)，\(days) 天", "\(label): \(scopes.kept), \(days == 1 ? "1 day" : "\(days) days")")
            try desk.enter(.tokenMade, of: person, by: maker, token: id, words: words, stating: [statement], session)
            return (token, id: id)
        } again: { _, _ in
            throw DeskError.conflict(
                Words(
                    "这个令牌已经创建，只显示一次；没有保存的，请作废后另建一个",
                    "This token is made already, and was shown once. Revoke it and make another if it was not saved"))
        }
    }

    /// - Parameter person: whose; everybody's when `nil`.
    func list(of person: PersonID?) async throws -> [Entry] {
        try await desk.store.read { session in
            try session.all(
                "SELECT \(Self.columns) FROM api_token \(person == nil ? "" : "WHERE person = $1") ORDER BY id DESC",
                person.map { [.int($0.raw)] } ?? [], Self.entry)
        }
    }

    private static let columns = "id, person, label, scopes, maker, created, ends, used"

    private static func entry(_ row: any Row) -> Entry {
        Entry(
            id: row.int(0), person: PersonID(row.int(1)), label: row.text(2), scopes: Set(kept: row.text(3)), maker: PersonID(row.int(4)),
            created: Moment(milliseconds: row.int(5)), ends: Moment(milliseconds: row.int(6)),
            used: row.int(7) == 0 ? nil : Day(number: Int(row.int(7))))
    }

    /// - Parameter person: whose it must be; anybody's when `nil`.
    func revoke(_ id: Int64, of person: PersonID?, by principal: Principal) async throws {
        try await desk.store.write { [desk] session in
            let found = try session.first("SELECT person, label FROM api_token WHERE id = $1", [.int(id)]) {
                (PersonID($0.int(0)), $0.text(1))
            }
            guard let (owner, label) = found, person == nil || owner == person else { throw DeskError.absent }
            try desk.organisationChanged(session)
            try desk.end(token: id, of: owner, by: principal, because: Words("作废：\(label)", "Revoked: \(label)"), session)
        }
    }
}
