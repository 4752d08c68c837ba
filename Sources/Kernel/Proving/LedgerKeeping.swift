import Ledger
import Store
import WorkCalendar

/// 存证: putting the entries in order, signing the tree's head, and proving it.
extension Desk {
    /// Gives every new entry its place in the tree and counts it for the charter. What the program did not write gets no place, stays where
    /// it waits, and is told.
    package func sequence() async throws {
        let limit = 5_000, key = entryKey
        var taken = limit
        while taken == limit {
            let turn = try await store.write(alone: true) { [self] session in
                var entries: [Entry] = []
                let turn = try Ledger.sequence(in: session, key: key, limit: limit) { entries.append($0) }
                let tally = try tally(entries, session)
                try tally.write(session)
                return turn
            }
            taken = turn.taken
            for (id, objection) in turn.refused {
                let fault = LedgerFault.entryRefused(id: id, objection)
                watch.alarm(Words(fault.zh, fault.en), at: clock.now())
            }
        }
    }

    /// Counts entries, each where its document belongs.
    func tally(_ entries: [Entry], _ session: any Session) throws -> Tally {
        var tally = Tally(), scopes: [Int64: UnitID] = [:]
        let organisation = try organisation(session)
        for part in Array(Set(entries.map(\.document)).subtracting([0])).chunked(500) {
            let places = (1...part.count).map { "$\($0)" }.joined(separator: ", ")
            try session.each("SELECT id, scope FROM document WHERE id IN (\(places))", part.map { .int($0) }) {
                scopes[$0.int(0)] = UnitID($0.int(1))
            }
        }
        for entry in entries { tally.count(entry, in: scopes[entry.document] ?? Tally.scope(of: entry, organisation)) }
        return tally
    }

    /// Signs the tree's head, where it has grown and continues what this server has seen of it.
    package func checkpoint() async throws {
        let now = clock.now(), key = entryKey, before = watch.standing
        let signer = try signer
        let present = try await store.write { session in
            try before?.mustBeContinued(by: LedgerStanding.read(in: session, key: key), in: session)
            _ = try Ledger.checkpoint(in: session, signer: signer, key: key, at: now.milliseconds)
            return try LedgerStanding.read(in: session, key: key)
        }
        watch.learn(present)
    }

    /// Places and signs what there is: at the end of a command that writes, since no server may run.
    package func settleLedger() async throws {
        try await sequence()
        try await checkpoint()
    }

    /// One round of both. What is wrong with the ledger is told and does not hold up other work.
    func keepLedger() async throws {
        do {
            try await settleLedger()
        } catch let error as LedgerError {
            watch.alarm(Words(error.zh, error.en), at: clock.now())
        }
    }

    /// By which others know this ledger's checkpoints.
    package var checkpointKey: VerifierKey { get throws { try signer.verifierKey } }

    private var signer: Signer { get throws { try Signer(name: keys.ledgerMark.origin, secret: keys.signingSecret) } }
}

/// What the charter counts: how often a step acted or refused under an article on a day, in the scope of the document. Where there is no
/// document, as when nobody let one be started, the scope is that of whoever tried; 0 where there is none.
struct Tally {
    private struct Key: Hashable {
        let scope: UnitID
        let articles: [String]
        let type: String
        let step: String
        let kind: Entry.Kind
        let day: Int32
    }

    private var counts: [Key: Int64] = [:]

    mutating func count(_ entry: Entry, in scope: UnitID) {
        guard Self.words[entry.kind] != nil, !entry.articles.isEmpty else { return }
        let day = Moment(milliseconds: entry.at).day.number
        let key = Key(
            scope: scope, articles: entry.articles, type: entry.documentType, step: entry.step, kind: entry.kind, day: day)
        counts[key, default: 0] += 1
    }

    /// Of an entry that is about no document.
    static func scope(of entry: Entry, _ organisation: Organisation) -> UnitID {
        let day = Moment(milliseconds: entry.at).day
        let person = PersonID(entry.onBehalfOf == 0 ? entry.person : entry.onBehalfOf)
        guard let article = entry.articles.first.flatMap(Article.init(key:)), let home = organisation.home(of: person, on: day) else {
            return .none
        }
        return organisation.adopter(of: article.regulation, for: home, on: day) ?? .none
    }

    static let words: [Entry.Kind: String] = [.act: "act", .refusal: "refusal", .system: "system", .read: "read", .export: "read"]

    func write(_ session: any Session) throws {
        let rows: [[Value]] = counts.flatMap { key, count in
            key.articles.compactMap(Article.init(key:)).map { article in
                [
                    .text(article.regulation), .text(article.ref), .text(key.type), .text(key.step), .text(ifAny: Self.words[key.kind]),
                    .int(Int64(key.day)), .int(key.scope.raw), .int(count),
                ]
            }
        }
        try session.executeMany(
            """
            INSERT INTO tally (regulation, article, type, step, kind, day, scope, count) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
            ON CONFLICT (regulation, article, type, step, kind, day, scope) DO UPDATE SET count = tally.count + excluded.count
            """, rows)
    }
}
