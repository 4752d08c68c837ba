import Ledger
import Store
import WorkCalendar

/// One transaction of the desk: one fixed moment, one organisation, and the road that every step walks.
final class Transaction {
    let desk: Desk
    let session: any Session
    let now: Moment
    let organisation: Organisation
    let calendar: WorkCalendar
    let authority: Authority
    private var depth = 0
    private static let deepest = 16

    init(_ desk: Desk, _ session: any Session, now: Moment) throws {
        self.desk = desk
        self.session = session
        self.now = now
        organisation = try desk.organisation(session)
        calendar = try desk.calendar(session, organisation.version)
        authority = Authority(organisation: organisation, catalogue: desk.catalogue, day: now.day)
    }

    struct Outcome {
        let record: Record
        let refusal: Refusal?
    }

    /// The one road: load, check, fill, run the rules, move, save, enter.
    /// - Parameter place: unit and holder of a new document that does not come from a person's own unit.
    func take<D: Document>(
        _ type: D.Type, _ name: String, on id: Int64?, hand: Hand, place: (unit: UnitID, holder: PersonID)?,
        _ fill: (inout D) throws -> Void
    ) throws -> Outcome {
        depth += 1
        defer { depth -= 1 }
        precondition(depth <= Self.deepest, "\(D.name).\(name): steps lead to steps without end")
        guard let description = desk.catalogue.type(D.name), let step = D.steps.first(where: { $0.name == name }) else {
            throw DeskError.absent
        }
        let loaded = try id.map { try load(type, $0) }
        var record = try loaded?.record ?? fresh(type, description, hand: hand, place: place)
        var document = loaded?.document ?? D()
        let before = loaded.map { Lookup.all(of: $0.document, desk.keys) }
        let beforeGrams = loaded.map { grams(of: $0.document, $0.record) }
        let from = record.state
        try check(step, record, document, hand: hand, description: description)
        try fill(&document)
        let act = Act(self, hand: hand, record: record, type: description, articles: step.articles)
        try step.rules(&document, act)
        record = act.record
        record.state =
            act.keptRefusal?.state ?? step.to?.rawValue ?? (record.state.isEmpty ? D.State.allCases.first!.rawValue : record.state)
        let refusal = act.keptRefusal.map { kept in
            let zh = kept.faults.map(\.words.zh).joined(separator: "；"), en = kept.faults.map(\.words.en).joined(separator: "; ")
            return Refusal(article: kept.faults.first?.article ?? step.articles.first, words: Words(zh, en), faults: kept.faults)
        }
        try save(document, &record, description, isNew: loaded == nil, before: before, beforeGrams: beforeGrams)
        try moveTasksAndClocks(act, &record, document, description, isNew: loaded == nil, from: from, hand: hand)
        try remember(step.name, hand, record.id)
        try desk.enter(
            refusal == nil ? .act : .refusal, record, hand: hand, step: step.name,
            articles: refusal.map { Self.articles(of: $0) } ?? step.articles,
            from: from, words: refusal?.words, at: now, session)
        return Outcome(record: record, refusal: refusal)
    }

    private static func articles(of refusal: Refusal) -> [Article] {
        var articles: [Article] = []
        for article in refusal.faults.map(\.article) + [refusal.article] {
            if let article, !articles.contains(article) { articles.append(article) }
        }
        return articles
    }

    private func load<D: Document>(_ type: D.Type, _ id: Int64) throws -> (record: Record, document: D) {
        guard let record = try Record.load(id, session), record.type == D.name else { throw DeskError.absent }
        return (record, try Body(keys: desk.keys).read(type, record.body, id: id))
    }

    private func fresh<D: Document>(
        _ type: D.Type, _ description: DocumentType, hand: Hand, place: (unit: UnitID, holder: PersonID)?
    ) throws -> Record {
        guard let unit = place?.unit ?? organisation.home(of: hand.standing, on: now.day),
            let scope = organisation.adopter(of: description.regulation.id, for: unit, on: now.day)
        else {
            let regulation = description.regulation.title
            throw DeskError.forbidden(Words("您所在单位未采用《\(regulation.zh)》", "Your unit has not adopted “\(regulation.en)”"))
        }
        return Record(
            id: desk.numberer.next(now), type: D.name, state: "", scope: scope, unit: unit, holder: place?.holder ?? hand.standing,
            creator: hand.person, level: description.level, created: now)
    }

    private func check<D: Document>(_ step: Step<D>, _ record: Record, _ document: D, hand: Hand, description: DocumentType) throws {
        if step.from.isEmpty != (record.version == 0) || !(step.from.isEmpty || step.from.contains { $0.rawValue == record.state }) {
            let state = description.state(record.state)?.words ?? Words(record.state, record.state)
            throw DeskError.conflict(
                Words("文书现为“\(state.zh)”，不能再办理“\(step.title.zh)”", "The document is “\(state.en)” now; “\(step.title.en)” cannot be taken"))
        }
        guard !hand.isSystem else { return }
        if let behalf = hand.behalf, !organisation.givers(to: hand.person, at: now).contains(behalf) {
            throw DeskError.forbidden(Words("该委托已失效", "That delegation is no longer in force"))
        }
        let fields = document.fields
        guard authority.satisfies(step.by, hand.standing, record, fields: fields) else {
            throw DeskError.forbidden(
                Words("此步骤由\(step.by.words.zh)办理，您的岗位不能办理", "This step is for \(step.by.words.en); your post does not take it"))
        }
        guard try !authority.isSameHand(hand, as: step.notBy, on: record.id, session) else {
            let other = step.notBy.compactMap { description.step($0)?.title }
            throw Refusal(
                article: step.articles.first,
                words: Words(
                    "办理过“\(other.map(\.zh).joined(separator: "、"))”的人不得再“\(step.title.zh)”，委托他人也不行；请由另一人办理",
                    "Whoever took “\(other.map(\.en).joined(separator: ", "))” may not take “\(step.title.en)”, nor through a delegate; somebody else must"
                ))
        }
        guard record.version > 0, !step.isOptional else { return }
        if try session.count("SELECT count(*) FROM task WHERE document = $1 AND step = $2", [.int(record.id), .text(TaskBoard.signing)]) > 0
        {
            throw Refusal(
                article: step.articles.first,
                words: Words("尚有会签人未签署，签署后方可办理", "An added signer has not signed yet; the step follows the signature"))
        }
    }

    private func save<D: Document>(
        _ document: D, _ record: inout Record, _ description: DocumentType, isNew: Bool, before: [Lookup]?, beforeGrams: Set<String>?
    ) throws {
        record.version += 1
        record.changed = now
        record.title = document.title
        if isNew, let word = description.number { record.number = try nextNumber(word, record) }
        record.body = try Body(keys: desk.keys).write(document, id: record.id, level: record.level)
        let digest = record.digest
        if isNew { try record.insert(session, digest: digest) } else { try record.update(session, digest: digest) }
        let lookups = Lookup.all(of: document, desk.keys), old = before ?? []
        for lookup in lookups where !old.contains(lookup) { try lookup.insert(session, document: record.id) }
        for lookup in old where !lookups.contains(lookup) { try lookup.delete(session, document: record.id) }
        let grams = grams(of: document, record), oldGrams = beforeGrams ?? []
        for gram in grams.subtracting(oldGrams) {
            try session.execute("INSERT INTO gram (gram, document) VALUES ($1, $2)", [.text(gram), .int(record.id)])
        }
        for gram in oldGrams.subtracting(grams) {
            try session.execute("DELETE FROM gram WHERE gram = $1 AND document = $2", [.text(gram), .int(record.id)])
        }
    }

    private func grams<D: Document>(of document: D, _ record: Record) -> Set<String> {
        var text = [record.number ?? "", document.title]
        for field in D.form.fields {
            let value = field.read(document)
            switch field.kind {
            case .name: text.append(value.text ?? "")
            case .lines(let columns):
                for line in value.list {
                    for column in columns { if case .name = column.kind { text.append(line[column.key].text ?? "") } }
                }
            default: break
            }
        }
        return SearchText.grams(of: text.joined(separator: " "))
    }

    /// 外借〔2026〕17号: counted by type, scope and year, without gaps.
    private func nextNumber(_ word: String, _ record: Record) throws -> String {
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

    private func moveTasksAndClocks<D: Document>(
        _ act: Act, _ record: inout Record, _ document: D, _ description: DocumentType, isNew: Bool, from: String, hand: Hand
    ) throws {
        for deadline in act.met { try Clocks.meet(deadline, of: record.id, at: now, session) }
        for (deadline, due, isProvisional) in act.started {
            try Clocks.start(deadline, of: record.id, due: due, isProvisional: isProvisional, at: now, numberer: desk.numberer, session)
        }
        guard isNew || record.state != from else { return }
        try TaskBoard.rewrite(
            record, fields: document.fields, type: description, authority: authority, sender: hand.person, at: now, isNew: isNew,
            numberer: desk.numberer, session)
    }

    private func remember(_ step: String, _ hand: Hand, _ document: Int64) throws {
        guard !hand.isSystem else { return }
        try session.execute(
            "INSERT INTO taken (document, step, person, behalf, at) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING",
            [.int(document), .text(step), .int(hand.person.raw), .int(hand.behalf?.raw ?? 0), .int(now.milliseconds)])
    }

    func notify(_ person: PersonID, _ words: Words, about document: Int64?) throws {
        try session.execute(
            "INSERT INTO notice (id, person, document, zh, en, created, attempts) VALUES ($1, $2, $3, $4, $5, $6, 0)",
            [
                .int(desk.numberer.next(now)), .int(person.raw), .int(ifAny: document), .text(words.zh), .text(words.en),
                .int(now.milliseconds),
            ])
    }

    /// The value of a parameter today: the latest that the scope or a unit above it has set, else the one in the article's text.
    func parameter(_ name: String, of regulation: String, at scope: UnitID) throws -> Int {
        let set = try session.all(
            "SELECT unit, value FROM parameter WHERE regulation = $1 AND name = $2 AND from_day <= $3 ORDER BY from_day, id",
            [.text(regulation), .text(name), .int(Int64(now.day.number))]
        ) { (UnitID($0.int(0)), Int($0.int(1))) }
        for unit in organisation.lineage(scope) {
            if let value = set.last(where: { $0.0 == unit })?.1 { return value }
        }
        guard let standard = desk.catalogue.defaultParameter(regulation, name) else {
            preconditionFailure("no article of \(regulation) sets \(name)")
        }
        return standard
    }
}

extension Document {
    /// The fields as a record, for rules that name a field.
    var fields: Stored { .record(Self.form.fields.map { .init($0.key, $0.read(self)) }) }
}
