import Ledger
import Store
import WorkCalendar

/// 存证: putting the entries in order, signing the tree's head, and proving it.
extension Desk {
    /// Gives every new entry its place in the tree and counts it for the charter.
    package func sequence() async throws {
        let now = clock.now()
        let limit = 5_000
        var done = limit
        while done == limit {
            done = try await store.write { [self] session in
                let placed = try Ledger.sequence(session, limit: limit, since: Numberer.first(at: now.adding(hours: -1)))
                var tally: [TallyKey: Int64] = [:]
                for body in placed { TallyKey.keys(of: try Entry(decoding: body), catalogue).forEach { tally[$0, default: 0] += 1 } }
                for (key, count) in tally { try key.add(count, session) }
                return placed.count
            }
        }
    }

    /// Signs the tree's head, where it has grown.
    package func checkpoint() async throws {
        let now = clock.now()
        let signer = try signer
        try await store.write { session in _ = try Ledger.checkpoint(session, at: now.milliseconds, by: signer) }
    }

    private var signer: Signer { get throws { try Signer(secret: keys.signingSecret, name: "dianzhang") } }
}

/// What the charter counts: how often a step acted or refused under an article on a day.
struct TallyKey: Hashable {
    let article: Article
    let type: String
    let step: String
    let kind: String
    let day: Int64

    static func keys(of entry: Entry, _ catalogue: Catalogue) -> [TallyKey] {
        let kind: String
        switch entry.kind {
        case .act: kind = "act"
        case .refusal: kind = "refusal"
        case .system: kind = "system"
        default: return []
        }
        let day = Int64(Moment(milliseconds: entry.at).day.number)
        return entry.articles.compactMap(Article.init(key:)).map {
            TallyKey(article: $0, type: entry.documentType, step: entry.step, kind: kind, day: day)
        }
    }

    func add(_ count: Int64, _ session: any Session) throws {
        try session.execute(
            """
            INSERT INTO tally (regulation, article, type, step, kind, day, count) VALUES ($1, $2, $3, $4, $5, $6, $7)
            ON CONFLICT (regulation, article, type, step, kind, day) DO UPDATE SET count = tally.count + excluded.count
            """,
            [.text(article.regulation), .text(article.ref), .text(type), .text(step), .text(kind), .int(day), .int(count)])
    }
}
