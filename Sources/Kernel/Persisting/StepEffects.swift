import Ledger
import Store
import Vault
import WorkCalendar

/// How a step that was taken is left to be written.
extension Transaction {
    /// - Parameter before: how the document stood; `nil` for a new one.
    func leave<D: Document>(
        _ record: Record, _ document: D, _ taken: Taken, since before: PendingStep.Before?, _ ownKey: OwnKey? = nil
    ) throws {
        let act = taken.act, type = act.type
        let fields = { type.record(document.values) }
        let bypassed = type.hasConditions ? D.bypassed(by: record, document) : []
        let tasks =
            before?.record.state == record.state && before?.bypassed == bypassed && !isReaddressed(record, document, since: before, type)
            ? nil
            : TaskList.rows(
                record, bypassed, fields: fields(), type: type, authority: authority, sender: act.person, at: now,
                idGenerator: desk.idGenerator)
        let effects = PendingStep.Effects(
            tasks: tasks, done: act.isShared ? act.principal.effective : nil,
            started: clockRows(act, record, under: document.law), met: act.met, dropped: act.dropped,
            heldBy: act.principal.isSystem ? nil : organisation.name(act.principal.effective),
            taken: takenRow(taken.step, act.principal, through: act.post, record.id), granted: act.granted,
            notices: act.told + act.notices.flatMap { noticeRows($0.who, $0.words, record, fields: fields(), by: act.person) },
            holds: act.holds, released: act.released)
        let signed = type.step(taken.step)?.signs == true ? act.principal.signature : nil
        var entry = desk.entry(
            taken.refusal == nil ? .act : .refusal, record, principal: act.principal, step: taken.step, articles: taken.articles,
            from: before?.record.state ?? "", words: taken.refusal?.words ?? signed?.words, at: now, digest: [])
        if authority.hasStandIns, taken.refusal == nil {
            let words = wordsOfStandingIn(record, taken, since: before, isRouted: tasks != nil, bypassed, fields: fields())
            entry.words = words.reduce(entry.words) { $0.isEmpty ? $1.kept : Words(kept: $0).and($1).kept }
        }
        if entry.words.isEmpty, taken.refusal == nil, ownKey == nil, let before, let step = type.step(taken.step) {
            let takes = try act.dropped.contains { try RunningDeadlines.runs($0, of: record.id, database) }
            entry.words = StepTrace(of: act, step, from: before.record, to: record, takesClocksAway: takes)?.text ?? ""
        }
        if !opinion.isEmpty, !act.principal.isSystem {
            entry.purpose = try FreeText(keys: desk.keys).sealed(opinion, for: entry.id, level: record.level)
        }
        entry.statements = act.stated + (ownKey.flatMap(statement).map { [$0] } ?? [])
        stirs(effects.tasks ?? [], effects.notices, by: act.person)
        pending.add(PendingStep(type, record, document, lookups: lookups(document, type), before: before, effects, entry, ownKey))
    }

    /// Whether what waits on a document that stays in its state waits for others now: whom it names, who has it or its unit has changed.
    /// Of a step that several people take each has done the own part, or has not: that stays.
    private func isReaddressed<D: Document>(
        _ record: Record, _ document: D, since before: PendingStep.Before?, _ type: DocumentType
    ) -> Bool {
        guard let before else { return false }
        let values = document.values
        let isSame =
            before.record.holder == record.holder && before.record.unit == record.unit
            && type.naming.allSatisfy { before.values[$0] == values[$0] }
        if isSame { return false }
        let (former, present) = (type.record(before.values), type.record(values))
        return type.steps(from: record.state).contains { step in
            !step.isOptional && !step.isShared
                && authority.addressees(of: step.by, before.record, fields: former)
                    != authority.addressees(of: step.by, record, fields: present)
        }
    }

    func lookups<D: Document>(_ document: D, _ type: DocumentType) -> [IndexKey] {
        IndexKey.all(of: D.form.indexedValues(of: document), type.fields, lookupKeys)
    }

    private func clockRows(_ act: Act, _ record: Record, under law: @autoclosure () -> Article?) -> [[Value]] {
        let law = act.started.contains { $0.deadline.article == .named } ? law() : nil
        return act.started.map { RunningDeadlines.row($0, of: record.id, under: law, id: desk.idGenerator.next(now)) }
    }

    /// Who took which step, for the four-eyes rule.
    static let takenInsertion = """
        INSERT INTO taken (document, step, person, behalf, at, holding) VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT (document, step, person, behalf) DO UPDATE SET at = excluded.at, holding = excluded.holding
        """

    /// What `takenInsertion` takes; nothing for the system.
    /// - Parameter post: through which it was taken: whoever took it reads the document while the post is held.
    func takenRow(_ step: String, _ principal: Principal, through post: Int64, _ document: Int64) -> [Value]? {
        if principal.isSystem { return nil }
        return [
            .int(document), .text(step), .int(principal.person.raw), .int(principal.behalf?.raw ?? 0), .int(now.milliseconds), .int(post),
        ]
    }

    /// 外借〔2026〕17号: counted by type, scope and year, and by its word where that is not the type's own; without gaps.
    func nextNumber(_ word: String, year: Int? = nil, _ record: Record, _ type: DocumentType) throws -> String {
        let year = year ?? now.day.year
        let series = NumberSeries.Series(type: type.series(word), scope: record.scope.raw, year: Int64(year))
        let serial = try pending.next(series, database)
        return "\(word)〔\(year)〕\(serial)号"
    }
}

extension DocumentType {
    /// Parts of a document's number, title, names, and texts that it is searched by.
    func grams(_ values: [JSONValue], _ record: Record, _ keys: BlindIndex) -> Set<Int64> {
        var grams = [record.number ?? "", record.title].flatMap { SearchText.grams(of: $0) }
        func add(_ name: String?) { if let name { grams += SearchText.grams(of: name, isName: true) } }
        for (value, field) in zip(values, fields) {
            switch field.kind {
            case .name: add(value.text)
            case .text, .prose: if field.isSearched, let text = value.text { grams += SearchText.grams(of: text) }
            case .lines(let columns):
                for column in columns {
                    if case .name = column.kind { for line in value.list { add(line[column.key].text) } }
                    guard column.isSearched else { continue }
                    for line in value.list { grams += SearchText.grams(of: line[column.key].text ?? "") }
                }
            default: break
            }
        }
        return Set(Set(grams).map { SearchText.key($0, keys) })
    }

    /// The values of a document's fields by key, for rules that name a field.
    func record(_ values: [JSONValue]) -> JSONValue { .record(zip(fields, values).map { .init($0.key, $1) }) }
}
