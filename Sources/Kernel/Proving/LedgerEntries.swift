import Ledger
import Store
import WorkCalendar

extension Desk {
    /// Appends what happened to the ledger, in the transaction in which it happened.
    /// - Parameters:
    ///   - purpose: what the program says of it, in its own codes; it stays open.
    ///   - written: what the person wrote to it, in the place of `purpose`; it is sealed, bound to the entry.
    ///   - statements: what became of rows that the ledger states.
    func enter(
        _ kind: Entry.Kind, _ record: Record?, type: String = "", principal: Principal, step: String, articles: [Article] = [],
        from: String = "",
        words: Words? = nil, purpose: String = "", written: String = "", stating statements: [RowStatement] = [], at now: Moment,
        _ session: any Session
    ) throws {
        var articles = articles.of(record)
        if kind == .read || kind == .export { articles += catalogue.readings(record?.type ?? type).map { [$0] } ?? [] }
        var entry = try entry(
            kind, record, type: type, principal: principal, step: step, articles: articles, from: from, words: words, purpose: purpose,
            at: now,
            digest: Self.changes(kind) ? record.map { try sealed($0, session) } ?? [] : [])
        entry.statements = statements
        if !written.isEmpty { entry.purpose = try FreeText(keys: keys).sealed(written, for: entry.id, level: record?.level ?? .internal) }
        try Ledger.append(entry, in: session, by: entryWriter)
    }

    /// Whether such an entry may leave another document, or other rows that hang on it, than it found.
    private static func changes(_ kind: Entry.Kind) -> Bool {
        switch kind {
        case .act, .system, .note: true
        case .refusal, .read, .export, .destruction: false
        }
    }

    func entry(
        _ kind: Entry.Kind, _ record: Record?, type: String = "", principal: Principal, step: String, articles: [Article] = [],
        from: String = "",
        words: Words? = nil, purpose: String = "", at now: Moment, digest: [UInt8]
    ) -> Entry {
        // Before the id is drawn: what this run knows to be written has smaller ones.
        let source = entryWriter.source
        return Entry(
            id: idGenerator.next(now), at: now.milliseconds, kind: kind, document: record?.id ?? 0, documentType: record?.type ?? type,
            version: record?.version ?? 0, person: principal.person.raw, onBehalfOf: principal.behalf?.raw ?? 0, step: step,
            articles: articles.map { $0.key }, from: from, to: record?.state ?? "", digest: digest, purpose: purpose,
            words: words?.kept ?? "", source: source)
    }
}

extension Entry {
    /// What the product said: the words of a refusal, to whom a task went.
    package var told: Words? { words.isEmpty || StepTrace(words) != nil ? nil : Words(kept: words) }
}
