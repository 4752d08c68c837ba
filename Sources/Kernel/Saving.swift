import Ledger
import Store
import WorkCalendar

/// How a step that was taken is written down.
extension Transaction {
    /// By what a document is found: equal values, and parts of its number, title and names.
    struct Traces {
        let lookups: [Lookup]
        let grams: Set<String>
    }

    func traces(_ values: [Stored], _ record: Record, _ type: DocumentType) -> Traces {
        Traces(lookups: Lookup.all(of: values, type.fields, lookupKeys), grams: type.grams(values, record))
    }

    /// A new document waits to be written with others.
    func create<D: Document>(_ record: Record, _ document: D, _ taken: Taken) throws {
        let act = taken.act, type = act.type
        let tasks = TaskBoard.rows(
            record, fields: type.record(document.values), type: type, authority: authority, sender: act.person, at: now,
            numberer: desk.numberer)
        let entry = desk.entry(
            taken.refusal == nil ? .act : .refusal, record, hand: act.hand, step: taken.step, articles: taken.articles,
            words: taken.refusal?.words, at: now, digest: [])
        pending.add(
            NewDocument(
                record: record, type: type, document: document,
                lookups: Lookup.all(of: D.form.indexedValues(of: document), type.fields, lookupKeys), tasks: tasks,
                deadlines: clockRows(act, record), taken: takenRow(taken.step, act.hand, record.id), entry: entry))
    }

    /// A document that was there before is written at once.
    func save(_ record: inout Record, _ values: [Stored], _ taken: Taken, from: String, before: Traces) throws {
        let act = taken.act, type = act.type, session = try session
        record.body = try Body(keys: desk.keys).write(values, type.fields, id: record.id, level: record.level)
        try record.update(session, digest: record.digest)
        let now = traces(values, record, type), id = Value.int(record.id)
        try session.executeMany(Lookup.insertion, now.lookups.filter { !before.lookups.contains($0) }.map { $0.row(record) })
        try session.executeMany(Lookup.deletion, before.lookups.filter { !now.lookups.contains($0) }.map { $0.row(record) })
        try session.executeMany(SearchText.insertion, now.grams.subtracting(before.grams).map { [.text($0), id] })
        try session.executeMany(SearchText.deletion, before.grams.subtracting(now.grams).map { [.text($0), id] })
        for deadline in act.met { try Clocks.meet(deadline, of: record.id, at: self.now, session) }
        try session.executeMany(Clocks.insertion, clockRows(act, record))
        if record.state != from {
            try TaskBoard.rewrite(
                record, fields: type.record(values), type: type, authority: authority, sender: act.person, at: self.now,
                numberer: desk.numberer, session)
        }
        if let row = takenRow(taken.step, act.hand, record.id) { try session.execute(Self.takenInsertion, row) }
        try desk.enter(
            taken.refusal == nil ? .act : .refusal, record, hand: act.hand, step: taken.step, articles: taken.articles, from: from,
            words: taken.refusal?.words, at: self.now, session)
    }

    private func clockRows(_ act: Act, _ record: Record) -> [[Value]] {
        act.started.map { deadline, due, isProvisional in
            Clocks.row(deadline, of: record.id, due: due, isProvisional: isProvisional, at: now, id: desk.numberer.next(now))
        }
    }

    /// Who took which step, for the four-eyes rule.
    static let takenInsertion = "INSERT INTO taken (document, step, person, behalf, at) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING"

    private func takenRow(_ step: String, _ hand: Hand, _ document: Int64) -> [Value]? {
        if hand.isSystem { return nil }
        return [.int(document), .text(step), .int(hand.person.raw), .int(hand.behalf?.raw ?? 0), .int(now.milliseconds)]
    }

    /// 外借〔2026〕17号: counted by type, scope and year, without gaps.
    func nextNumber(_ word: String, _ record: Record) throws -> String {
        let year = now.day.year
        let serial = try session.first(
            """
            INSERT INTO serial (type, scope, year, last) VALUES ($1, $2, $3, 1)
            ON CONFLICT (type, scope, year) DO UPDATE SET last = serial.last + 1 RETURNING last
            """,
            [.text(record.type), .int(record.scope.raw), .int(Int64(year))]
        ) { $0.int(0) }
        return "\(word)〔\(year)〕\(serial ?? 1)号"
    }
}

extension DocumentType {
    /// Parts of a document's number, title and names.
    func grams(_ values: [Stored], _ record: Record) -> Set<String> {
        var text = [record.number ?? "", record.title]
        for (value, field) in zip(values, fields) {
            switch field.kind {
            case .name: if let name = value.text { text.append(name) }
            case .lines(let columns):
                for column in columns {
                    if case .name = column.kind { text += value.list.compactMap { $0[column.key].text } }
                }
            default: break
            }
        }
        return SearchText.grams(of: text.joined(separator: " "))
    }

    /// The values of a document's fields by key, for rules that name a field.
    func record(_ values: [Stored]) -> Stored { .record(zip(fields, values).map { .init($0.key, $1) }) }
}
