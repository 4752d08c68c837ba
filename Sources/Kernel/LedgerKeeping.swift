import Ledger
import Store
import WorkCalendar

/// 存证: putting the entries in order, signing the tree's head, and proving it.
extension Desk {
    /// Gives every new entry its place in the tree and counts it for the charter.
    package func sequence() async throws {
        let limit = 5_000
        var done = limit
        while done == limit {
            done = try await store.write { [self] session in
                var tally = Tally()
                let organisation = try organisation(session)
                let waiting = """
                    SELECT e.body, d.scope FROM entry_pending p JOIN entry e ON e.id = p.entry LEFT JOIN document d ON d.id = e.document
                    ORDER BY p.entry LIMIT $1
                    """
                try session.each(waiting, [.int(Int64(limit))]) { row in
                    let entry = try row.withBlob(0) { try Entry($0) }
                    tally.count(entry, in: row.intIfAny(1).map { UnitID($0) } ?? Tally.scope(of: entry, organisation))
                }
                try tally.write(session)
                return try Ledger.sequence(in: session, limit: limit)
            }
        }
    }

    /// Signs the tree's head, where it has grown.
    package func checkpoint() async throws {
        let now = clock.now()
        let signer = try signer
        try await store.write { session in _ = try Ledger.checkpoint(in: session, signer: signer, at: now.milliseconds) }
    }

    private var signer: Signer { get throws { try Signer(name: "dianzhang", secret: keys.signingSecret) } }
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

    private static let words: [Entry.Kind: String] = [.act: "act", .refusal: "refusal", .system: "system", .read: "read", .export: "read"]

    func write(_ session: any Session) throws {
        for (key, count) in counts {
            for article in key.articles.compactMap(Article.init(key:)) {
                try session.execute(
                    """
                    INSERT INTO tally (regulation, article, type, step, kind, day, scope, count) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
                    ON CONFLICT (regulation, article, type, step, kind, day, scope) DO UPDATE SET count = tally.count + excluded.count
                    """,
                    [
                        .text(article.regulation), .text(article.ref), .text(key.type), .text(key.step), .text(ifAny: Self.words[key.kind]),
                        .int(Int64(key.day)), .int(key.scope.raw), .int(count),
                    ])
            }
        }
    }
}

extension Desk {
    /// Proves the ledger and the documents: the tree against its entries, every signed checkpoint, and each document's present form against
    /// its last entry. Brings the newest entries into the tree first.
    /// - Parameter kept: a checkpoint that was printed or kept elsewhere; it catches a history that was rewritten or cut short as a whole.
    package func verify(against kept: String? = nil, progress: @escaping @Sendable (Int64) -> Void = { _ in }) async throws
        -> VerificationReport
    {
        try await sequence()
        let note = try kept.map { try CheckpointNote(parsing: $0) }
        let key = try signer.verifierKey
        let now = clock.now()
        return try await store.read { session in
            let expectation = Ledger.Expectation(key: key, kept: note.map { [$0] } ?? [], placedBefore: now.adding(hours: -1).milliseconds)
            var report = try Ledger.verify(in: session, expecting: expectation, progress: progress)
            try Ledger.verifyDocuments(in: session, into: &report) { session, after, limit in
                try session.all(
                    "SELECT \(Record.columns) FROM document WHERE id > $1 ORDER BY id LIMIT $2", [.int(after), .int(Int64(limit))]
                ) { row in
                    let record = Record(row)
                    return Ledger.DocumentState(id: record.id, version: record.version, digest: record.digest)
                }
            }
            return report
        }
    }

    /// The newest signed head of the tree, to be printed or kept elsewhere.
    package func latestCheckpoint() async throws -> CheckpointNote? {
        try await store.read { try Ledger.lastCheckpoint(in: $0) }
    }
}
