import Ledger
import Store
import WorkCalendar

extension Desk {
    /// Appends what happened to the ledger, in the transaction in which it happened.
    /// - Parameters:
    ///   - purpose: what the program says of it, in its own codes; it stays open.
    ///   - written: what the person wrote to it, in the place of `purpose`; it is sealed, bound to the entry.
    func enter(
        _ kind: Entry.Kind, _ record: Record?, type: String = "", hand: Hand, step: String, articles: [Article] = [], from: String = "",
        words: Words? = nil, purpose: String = "", written: String = "", at now: Moment, _ session: any Session
    ) throws {
        var articles = articles
        if kind == .read || kind == .export { articles += catalogue.readings(record?.type ?? type).map { [$0] } ?? [] }
        var entry = entry(
            kind, record, type: type, hand: hand, step: step, articles: articles, from: from, words: words, purpose: purpose, at: now,
            digest: record?.digest ?? [])
        if !written.isEmpty { entry.purpose = try Written(keys: keys).sealed(written, for: entry.id, level: record?.level ?? .internal) }
        try Ledger.append(entry, in: session, by: entryWriter)
    }

    func entry(
        _ kind: Entry.Kind, _ record: Record?, type: String = "", hand: Hand, step: String, articles: [Article] = [], from: String = "",
        words: Words? = nil, purpose: String = "", at now: Moment, digest: [UInt8]
    ) -> Entry {
        // Before the id is drawn: what this run knows to be written has smaller ones.
        let source = entryWriter.source
        return Entry(
            id: numberer.next(now), at: now.milliseconds, kind: kind, document: record?.id ?? 0, documentType: record?.type ?? type,
            version: record?.version ?? 0, person: hand.person.raw, onBehalfOf: hand.behalf?.raw ?? 0, step: step,
            articles: articles.map { $0.key }, from: from, to: record?.state ?? "", digest: digest, purpose: purpose,
            words: words?.kept ?? "", source: source)
    }
}

extension Entry {
    /// What the product said: the words of a refusal, to whom a task went.
    package var told: Words? { words.isEmpty ? nil : Words(kept: words) }
}
