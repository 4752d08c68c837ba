import Ledger
import Store
import WorkCalendar

/// 保全: what keeps a document from being destroyed or changed until it is released. Several may lie on one document, and it is free only
/// when all of them are released; then its ordinary term goes on.
enum LegalHold {
    static let insertion = "INSERT INTO legal_hold (id, document, source, placed) VALUES ($1, $2, $3, $4)"
    static let release = "UPDATE legal_hold SET released = $1 WHERE id = $2 AND released IS NULL"
    static let active = "SELECT count(*) FROM legal_hold WHERE document = $1 AND released IS NULL"

    static func stated(id: Int64, document: Int64, source: Int64, placed: Int64, released: Int64?) -> [UInt8] {
        StatedTable.hold.digest([.int(id), .int(document), .int(source), .int(placed), .int(ifAny: released)])
    }

    static let words = Words(
        "单据正处于保全，不得销毁、变更或撤回；须待全部保全解除",
        "The document is under legal hold: it can be neither destroyed nor changed nor withdrawn until all holds are released")
}

extension Inquiry {
    /// How many holds lie on a document. What this act has placed or released itself is not counted yet.
    package func holds<D: Document>(on id: ID<D>) throws -> Int { Int(try database.count(LegalHold.active, [.int(id.raw)])) }
}

extension Act {
    /// Places a hold of this document's on others of its scope. Nothing destroys or changes them until it is released.
    /// - Throws: `Refusal` where the content of one is destroyed already.
    package func placeHold<D: Document>(on documents: [ID<D>]) throws {
        guard transaction.desk.catalogue.type(D.name)?.isDestructible == true else {
            throw CatalogueError("\(type.name) holds \(D.name), whose form does not say that it can be destroyed")
        }
        for document in documents {
            guard let found = try load(document) else { throw DeskError.absent }
            let row = try ContentKeyRow(document.raw, database)
            try require(
                row?.destroyed == nil, "\(found.record.number ?? "") 的内容已经销毁，无从保全",
                "The content of \(found.record.number ?? "") is destroyed already")
            let id = transaction.desk.idGenerator.next(now), source = record.id, placed = now.milliseconds
            holds.append([.int(id), .int(document.raw), .int(source), .int(placed)])
            let after = LegalHold.stated(id: id, document: document.raw, source: source, placed: placed, released: nil)
            stated.append(RowStatement(table: StatedTable.hold.rawValue, key: String(id), before: [], after: after))
        }
    }

    /// Releases all holds of this document's. Whatever other holds there are stay.
    package func releaseHolds() throws {
        let rows = try database.all(
            "SELECT id, document, source, placed FROM legal_hold WHERE source = $1 AND released IS NULL ORDER BY id", [.int(record.id)]
        ) { (id: $0.int(0), document: $0.int(1), source: $0.int(2), placed: $0.int(3)) }
        for row in rows {
            func digest(_ released: Int64?) -> [UInt8] {
                LegalHold.stated(id: row.id, document: row.document, source: row.source, placed: row.placed, released: released)
            }
            released.append([.int(now.milliseconds), .int(row.id)])
            stated.append(
                RowStatement(
                    table: StatedTable.hold.rawValue, key: String(row.id), before: digest(nil), after: digest(now.milliseconds)))
        }
    }
}

extension Transaction {
    /// Asked of every step that changes or destroys, in its own transaction: a hold may have come since it was approved.
    func requireFree<D: Document>(
        _ document: D, since before: PendingStep.Before, _ record: Record, _ type: DocumentType, evenHeld: Bool, _ articles: [Article],
        _ destroying: Bool
    ) throws {
        guard type.isDestructible, destroying || !evenHeld && document.values != before.values else { return }
        try requireFree(record.id, articles.first)
    }

    func requireFree(_ id: Int64, _ article: Article?) throws {
        guard try database.count(LegalHold.active, [.int(id)]) == 0 else { throw Refusal(article: article, words: LegalHold.words) }
    }

    /// The document's own key as the step leaves it: a new one is wrapped now that the level is known.
    func settled(_ own: OwnKey, _ record: Record, since before: Record? = nil, _ destroying: Bool = false) throws -> OwnKey {
        var own = own
        if own.isNew {
            let wrapped = try desk.keys.wrap(own.key, level: record.level.rawValue)
            own.row = ContentKeyRow(new: record.id, wrapped: wrapped, at: now)
        }
        if destroying {
            own.deed = .destroy
        } else if !own.isNew, let before, before.level != record.level {
            own.deed = .rewrap
        }
        return own
    }
}
