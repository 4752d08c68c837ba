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
            done = try await store.write { session in
                var tally = Tally()
                let waiting = "SELECT e.body FROM entry_pending p JOIN entry e ON e.id = p.entry ORDER BY p.entry LIMIT $1"
                try session.each(waiting, [.int(Int64(limit))]) { row in
                    let entry = try row.withBlob(0) { try Entry($0) }
                    tally.count(entry)
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

    /// By which others know this ledger's checkpoints.
    package var checkpointKey: VerifierKey { get throws { try signer.verifierKey } }

    private var signer: Signer { get throws { try Signer(name: "dianzhang", secret: keys.signingSecret) } }
}

/// What the charter counts: how often a step acted or refused under an article on a day.
struct Tally {
    private struct Key: Hashable {
        let articles: [String]
        let type: String
        let step: String
        let kind: Entry.Kind
        let day: Int32
    }

    private var counts: [Key: Int64] = [:]

    mutating func count(_ entry: Entry) {
        guard Self.words[entry.kind] != nil, !entry.articles.isEmpty else { return }
        let day = Moment(milliseconds: entry.at).day.number
        counts[Key(articles: entry.articles, type: entry.documentType, step: entry.step, kind: entry.kind, day: day), default: 0] += 1
    }

    private static let words: [Entry.Kind: String] = [.act: "act", .refusal: "refusal", .system: "system", .read: "read", .export: "read"]

    func write(_ session: any Session) throws {
        for (key, count) in counts {
            for article in key.articles.compactMap(Article.init(key:)) {
                try session.execute(
                    """
                    INSERT INTO tally (regulation, article, type, step, kind, day, count) VALUES ($1, $2, $3, $4, $5, $6, $7)
                    ON CONFLICT (regulation, article, type, step, kind, day) DO UPDATE SET count = tally.count + excluded.count
                    """,
                    [
                        .text(article.regulation), .text(article.ref), .text(key.type), .text(key.step), .text(ifAny: Self.words[key.kind]),
                        .int(Int64(key.day)), .int(count),
                    ])
            }
        }
    }
}

extension Desk {
    /// Proves the ledger and the documents: the tree against its entries, every signed checkpoint, and each document's present form against
    /// its last entry. Brings the newest entries into the tree first.
    /// - Parameter kept: checkpoints that were printed or kept elsewhere; they catch a history that was rewritten or cut short as a whole.
    package func verify(against kept: [CheckpointNote] = [], progress: @escaping @Sendable (Int64) -> Void = { _ in }) async throws
        -> VerificationReport
    {
        try await sequence()
        let key = try signer.verifierKey
        let now = clock.now()
        return try await store.read { session in
            let expectation = Ledger.Expectation(key: key, kept: kept, placedBefore: now.adding(hours: -1).milliseconds)
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
