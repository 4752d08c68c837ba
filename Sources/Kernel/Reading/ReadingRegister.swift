import Ledger
import Store
import Vault
import WorkCalendar

/// 查阅登记: who read whose personal data, when, what for and by which way, without the data. Drawn from the ledger.
extension Desk {
    /// Where the person watches over readings, by regulation; none for most.
    package func watchedReadings(_ person: PersonID, _ organisation: Organisation, at now: Moment) -> [String: [UnitID]] {
        ReadingWatch(person, organisation, catalogue, at: now).scopes
    }

    package func readingRegister(_ query: ReadingQuery, by person: PersonID) async throws -> ReadingLines {
        let now = clock.now()
        return try await store.read { [self] session in
            let organisation = try organisation(session)
            let watch = ReadingWatch(person, organisation, catalogue, at: now)
            if watch.isEmpty { throw DeskError.absent }
            let search = ReadingSearch(query, watch, catalogue, IndexKeys(keys.blindIndex))
            let access = self.access(of: person, organisation, at: now)
            let limit = max(1, min(query.limit, 500))
            // A purpose is sealed, so it is looked for in what the other conditions leave, and not without end.
            let batch = query.purpose.isEmpty ? limit + 1 : 500
            var lines: [ReadingLine] = [], last = query.after, walked = 0, isMore = false, isEnd = false
            while !isMore, !isEnd, walked < ReadingLines.mostWalked {
                let found = try session.all(session.engine.written(search.page(limit: batch)), search.arguments(after: last)) { row in
                    try row.withBlob(0) { try Entry($0) }
                }
                for entry in found {
                    isMore = lines.count == limit
                    if isMore { break }
                    last = entry.id
                    let written = try FreeText(keys: keys).opened(entry)
                    guard watch.mayKnow(entry, of: query.regulation),
                        query.purpose.isEmpty || (entry.isStated && written.contains(query.purpose))
                    else { continue }
                    lines.append(try line(entry, written, organisation, access, watch, session))
                }
                (walked, isEnd) = (walked + found.count, found.count < batch)
            }
            return ReadingLines(lines: lines, next: isMore || !isEnd ? last : nil, isCut: !isMore && !isEnd)
        }
    }

    private func line(
        _ entry: Entry, _ written: String, _ organisation: Organisation, _ access: Access, _ watch: ReadingWatch,
        _ session: any Session
    ) throws -> ReadingLine {
        let type = catalogue.type(entry.documentType)
        let way = ReadingWay(kept: entry.from)
        var through: ReadingLine.Object?, fields = type?.fields ?? []
        if case .document(let id) = way {
            through = try object(id, access, watch, session)
            // One account stood on it, not the dozen fields that its customer has.
            if through != nil { fields = try filled(id, since: entry, session) ?? fields }
        }
        return ReadingLine(
            id: entry.id, at: Moment(milliseconds: entry.at), person: organisation.name(PersonID(entry.person)),
            behalf: entry.onBehalfOf == 0 ? nil : organisation.name(PersonID(entry.onBehalfOf)),
            type: type?.title ?? Words(entry.documentType, entry.documentType),
            object: entry.document == 0 ? nil : try object(entry.document, access, watch, session),
            what: type?.trailTitle(entry) ?? Words(entry.step, entry.step),
            fields: entry.isStated ? fields.filter(\.isPersonal).map(\.label) : [],
            purpose: entry.isStated ? written : "", told: entry.isStated ? entry.told : nil, way: way, through: through,
            articles: entry.articles.compactMap(Article.init(key:)))
    }

    /// What a document is called to whoever watches over its readings: its number, with a link where the watcher may read it. A title can
    /// say more than a number, and is for readers.
    private func object(
        _ id: Int64, _ access: Access, _ watch: ReadingWatch, _ session: any Session
    ) throws -> ReadingLine.Object? {
        guard let record = try Record.load(id, session), let type = catalogue.type(record.type) else { return nil }
        let mayRead = try mayRead(id, of: record.type, access, session)
        guard mayRead || watch.covers(record) else { return nil }
        let code = type.fields.first { $0.isIndexed && !$0.isSealed && $0.isListed && $0.kind.isText }
        let said = try code.map { try JSONReader.read(record.body)[$0.key].text ?? "" } ?? ""
        let number = record.number ?? (said.isEmpty ? nil : said)
        let whose = number == nil && mayRead ? try whose(record, type, session) : nil
        return ReadingLine.Object(id: id, type: type.title, number: number, whose: whose, mayRead: mayRead)
    }

    /// Whose it is, masked as in every list; nothing where a key was destroyed, so that the register is read all the same.
    private func whose(_ record: Record, _ type: DocumentType, _ session: any Session) throws -> String? {
        do {
            return type.whose(try RowPresenter.row(record, self, Body(keys: keys, session), clear: false, clocks: []).values)
        } catch is VaultError {
            return nil
        }
    }

    /// The fields of a document that hold something, as they did when it was read; `nil` where nobody can say any more.
    private func filled(_ id: Int64, since entry: Entry, _ session: any Session) throws -> [FieldDescription]? {
        guard let record = try Record.load(id, session), record.changed.milliseconds <= entry.at, let type = catalogue.type(record.type)
        else { return nil }
        do {
            let values = try Body(keys: keys, session).values(of: record)
            return values.isEmpty ? nil : type.fields.filter { !values[$0.key].isEmpty }
        } catch is VaultError {
            return nil
        }
    }

    /// A watcher's file of the register: what was asked for stands in the ledger.
    package func enterReadingExport(_ query: ReadingQuery, by principal: Principal) async throws {
        let now = clock.now()
        try await once(principal, at: now) { [self] session in
            let organisation = try organisation(session)
            if ReadingWatch(principal.person, organisation, catalogue, at: now).isEmpty { throw DeskError.absent }
            try enter(.note, nil, type: ReadingLines.name, principal: principal, step: "export", purpose: query.asked, at: now, session)
            return ((), id: 0)
        } again: { _, _ in
        }
    }
}

extension Entry {
    /// A reading with its purpose; of an attachment the digest stands in its place, of an export by what was asked.
    fileprivate var isStated: Bool { kind == .read && step != "file" }
}

extension FieldKind {
    fileprivate var isText: Bool { if case .text = self { true } else { false } }
}

/// What a watcher asks of the register of readings.
package struct ReadingQuery: Sendable {
    package var document: Int64?
    /// A document's number, or the number of whom it is about.
    package var number = ""
    package var person: PersonID?
    package var from: Day?
    package var to: Day?
    package var purpose = ""
    /// Of the documents of one regulation.
    package var regulation = ""
    package var after: Int64?
    package var limit = 50
    package init() {}

    /// By what was asked, without its values.
    var asked: String {
        [
            document == nil ? "" : "document", number.isEmpty ? "" : "number", person == nil ? "" : "person",
            from == nil && to == nil ? "" : "\(from?.description ?? "")..\(to?.description ?? "")", purpose.isEmpty ? "" : "purpose",
            regulation,
        ].filter { !$0.isEmpty }.joined(separator: " ")
    }
}

package struct ReadingLines: Sendable {
    package let lines: [ReadingLine]
    /// The entry with which it ends; `nil` on the last one.
    package let next: Int64?
    /// It ended before it was full: so far was looked.
    package let isCut: Bool
    /// So many entries are looked through for one page.
    static let mostWalked = 5_000
    /// What the ledger calls the register.
    static let name = "readings"
}

/// A line of the register.
package struct ReadingLine: Sendable {
    package struct Object: Sendable {
        package let id: Int64
        package let type: Words
        package let number: String?
        /// The masked name, for whoever may read the document, where it has no number.
        package let whose: String?
        package let mayRead: Bool
    }

    package let id: Int64
    package let at: Moment
    package let person: Words
    package let behalf: Words?
    package let type: Words
    /// `nil` where it was a whole register.
    package let object: Object?
    package let what: Words
    /// Which personal data its documents have.
    package let fields: [Words]
    package let purpose: String
    /// What the product says of it where nobody was asked: which step opened the data.
    package let told: Words?
    package let way: ReadingWay
    /// On which document the data stood.
    package let through: Object?
    package let articles: [Article]
}
