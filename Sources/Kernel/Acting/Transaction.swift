import Ledger
import Store
import WorkCalendar

/// One transaction of the desk: one fixed moment, one organisation, and the road that every step walks.
final class Transaction {
    let desk: Desk
    /// The database without what is pending: for questions that no pending document can answer otherwise.
    let database: any Session
    private let writer: any Session
    let pending: UnitOfWork
    let lookupKeys: IndexKeys
    let now: Moment
    let organisation: Organisation
    let calendar: WorkCalendar
    let authority: Authority
    let gate = NamingGate()
    /// What became of rows that the ledger states, until an entry takes it.
    var statements: [RowStatement] = []
    /// 意见: what the person says to the step; it goes into the entry, sealed.
    var opinion = ""
    let stirred = StirredPeople()
    private var depth = 0
    private static let deepest = 16
    /// The agent of a thousand applications is opened once.
    private var opened: [Int64: (version: Int64, document: any Document)] = [:]
    private static let mostOpened = 1000
    private var parameters: [String: [(unit: UnitID, value: Int)]] = [:]

    let asked = AskedBefore()
    private var fieldsOfPaths: [ObjectIdentifier: (path: AnyKeyPath, field: FieldDescription)] = [:]

    /// The database with all that is pending. Whatever is not a lookup asks and writes here.
    var session: any Session {
        get throws {
            guard mayWrite || pending.isEmpty else { throw WritingNeeded() }
            try writePending()
            return writer
        }
    }

    /// Whether what is pending may be written; a dry run that only reads asks while there is nothing pending.
    let mayWrite: Bool
    /// A dry run: nothing of it will stand, and nobody reads anything by it.
    let isRehearsal: Bool

    /// Thrown where a dry run that only reads would have to write before it can ask further.
    struct WritingNeeded: Error {}

    /// - Parameter found: where questions are asked while another thread writes in the session (`UnitOfWork.writeBeside`).
    init(
        _ desk: Desk, _ session: any Session, now: Moment, asking found: (any Session)? = nil, mayWrite: Bool = true,
        isRehearsal: Bool = false
    ) throws {
        self.desk = desk
        (self.mayWrite, self.isRehearsal) = (mayWrite, isRehearsal || !mayWrite)
        pending = UnitOfWork(desk.entryWriter)
        database = found ?? session
        writer = mayWrite ? session : LookingSession(session)
        lookupKeys = IndexKeys(desk.keys.blindIndex)
        self.now = now
        organisation = try desk.organisation(database)
        calendar = try desk.calendar(database, organisation.version)
        authority = Authority(organisation: organisation, catalogue: desk.catalogue, day: now.day)
        if mayWrite { session.afterCommit.append(stirred.telling(desk.stirrings)) }
    }

    /// Writes what the steps have created. Whoever opens a transaction in which steps are taken calls it at the end.
    func writePending() throws { try pending.write(writer, Body(keys: desk.keys)) }

    struct Outcome {
        let record: Record
        let refusal: Refusal?
    }

    /// The one road: load, check, fill, run the rules, move, save, enter.
    /// - Parameters:
    ///   - place: unit and holder of a new document that does not come from a person's own unit.
    ///   - scope: a step that follows from a document's own stays in the scope of that document; elsewhere there is nothing to take it on.
    ///   - version: the one of the document that the hand saw; at another one the step is not taken.
    ///   - destroying: the step leaves nothing of the content: see `Act.destroy`.
    func take<D: Document>(
        _ type: D.Type, _ name: String, on id: Int64?, principal: Principal, place: (unit: UnitID, holder: PersonID)?,
        within scope: UnitID? = nil,
        expecting version: Int64? = nil, destroying: Bool = false, _ fill: (inout D) throws -> Void
    ) throws -> Outcome {
        depth += 1
        defer { depth -= 1 }
        precondition(depth <= Self.deepest, "\(D.name).\(name): steps lead to steps without end")
        guard let description = desk.catalogue.type(D.name), let step = D.steps.first(where: { $0.name == name }) else {
            throw DeskError.absent
        }
        try requireStanding(principal)
        if step.isShared { try writePending() }
        let loaded = try id.map { try load(type, $0) }
        if let version, let loaded, loaded.record.version != version { throw DeskError.conflict(DeskError.changedMeanwhile) }
        var record = try loaded?.record ?? fresh(type, description, principal: principal, place: place, within: scope)
        if let scope, record.scope != scope { throw DeskError.absent }
        var document = loaded?.document ?? D()
        let before = loaded.map {
            PendingStep.Before(
                record: $0.record, values: $0.document.values, lookups: lookups($0.document, description),
                bypassed: description.hasConditions ? D.bypassed(by: $0.record, $0.document) : [])
        }
        let post = try check(
            step, record, document, loaded?.satellites, principal: principal, description: description)
        let own = try ownKey(of: record, description)
        let isLast =
            try !step.isShared || record.version == 0
            || self.isLast(
                step, record, fields: description.record(document.values), loaded?.satellites ?? Satellites.of(record.id, session),
                principal)
        try judge(step, &document, since: before, record, description, through: post, by: principal, fill)
        if depth == 1, before == nil, place == nil { try requireDecidable(step, record, description, principal) }
        let articles = step.articles(of: document)
        let act = Act(self, principal: principal, through: post, record: record, type: description, articles: articles)
        (act.isShared, act.isLast) = (step.isShared && !principal.isSystem, isLast)
        try step.rules(&document, act)
        try act.requireTimeLeft()
        if let before, act.record.level > before.record.level { try act.endGrants(above: act.record.level) }
        record = act.record
        if let before { try requireFree(document, since: before, record, description, evenHeld: step.evenHeld, articles, destroying) }
        if destroying { document = D() }
        let ownKey = try own.map { try settled($0, record, since: before?.record, destroying) }
        record.state =
            act.draftRefusal?.state ?? (isLast ? step.to?.rawValue : nil)
            ?? (record.state.isEmpty ? D.State.allCases.first!.rawValue : record.state)
        record.version += 1
        record.changed = now
        record.title = document.title
        if record.number == nil, let word = act.numberWord ?? (before == nil ? description.number : nil) {
            record.number = try nextNumber(word, year: act.numberYear, record, description)
        }
        if let before {
            act.tellRequester(of: step, from: before.record.state, record, description)
            if !principal.isSystem, before.record.state != record.state {
                act.told += try dismissals(of: record, description, by: principal)
            }
        }
        let refusal = act.draftRefusal.map { Refusal(of: $0.faults, under: articles.first) }
        let taken = Taken(act: act, step: step.name, articles: refusal.map { Self.articles(of: $0) } ?? articles, refusal: refusal)
        try leave(record, document, taken, since: before, ownKey)
        return Outcome(record: record, refusal: refusal)
    }

    /// What a step came to, for those who write it down.
    struct Taken {
        let act: Act
        let step: String
        let articles: [Article]
        let refusal: Refusal?
    }

    private static func articles(of refusal: Refusal) -> [Article] {
        var articles: [Article] = []
        for article in refusal.faults.map(\.article) + [refusal.article] {
            if let article, !articles.contains(article) { articles.append(article) }
        }
        return articles
    }

    /// - Returns: no satellites where this transaction has touched the document already.
    private func load<D: Document>(_ type: D.Type, _ id: Int64) throws -> (record: Record, document: D, satellites: Satellites?) {
        if let step = pending.document(id), let document = step.document as? D { return (step.record, document, nil) }
        guard let proved = try desk.proved(id, database), proved.record.type == D.name else { throw DeskError.absent }
        var record = proved.record
        let document: D = try opened(record)
        if record.title == Record.sealedTitle { record.title = document.title }
        return (record, document, proved.satellites)
    }

    /// The document of a record.
    func opened<D: Document>(_ record: Record) throws -> D {
        if let known = opened[record.id], known.version == record.version, let document = known.document as? D { return document }
        let document = try Body(keys: desk.keys, database).read(D.self, record)
        if opened.count >= Self.mostOpened { opened.removeAll(keepingCapacity: true) }
        opened[record.id] = (record.version, document)
        return document
    }

    private func fresh<D: Document>(
        _ type: D.Type, _ description: DocumentType, principal: Principal, place: (unit: UnitID, holder: PersonID)?, within scope: UnitID?
    ) throws -> Record {
        if let scope, let unit = place?.unit, !organisation.isWithin(unit, scope) { throw DeskError.absent }
        let own = place == nil ? organisation.placeOfNew(description.regulation.id, by: principal.effective, on: now.day) : nil
        guard let unit = place?.unit ?? own?.unit,
            let scope = scope ?? own?.scope ?? organisation.adopter(of: description.regulation.id, for: unit, on: now.day)
        else {
            let regulation = description.regulation.title
            throw DeskError.forbidden(Words("您所在单位未采用《\(regulation.zh)》", "Your unit has not adopted “\(regulation.en)”"))
        }
        return Record(
            id: desk.idGenerator.next(now), type: D.name, state: "", scope: scope, unit: unit, holder: place?.holder ?? principal.effective,
            creator: principal.person, level: description.level, created: now)
    }

    /// - Returns: through which post the step is taken; `Authority.byName` where through none.
    private func check<D: Document>(
        _ step: Step<D>, _ record: Record, _ document: D, _ satellites: Satellites?, principal: Principal, description: DocumentType
    ) throws -> Int64 {
        if step.from.isEmpty != (record.version == 0) || !(step.from.isEmpty || step.from.contains { $0.rawValue == record.state }) {
            let state = description.state(record.state)?.words ?? Words(record.state, record.state)
            throw DeskError.conflict(
                Words("单据现为“\(state.zh)”，不能再办理“\(step.title.zh)”", "The document is “\(state.en)” now; “\(step.title.en)” cannot be taken"))
        }
        guard step.from.isEmpty || step.isOnWay(of: record, document) else {
            throw DeskError.conflict(
                Words("按这份单据的内容，不需要办理“\(step.title.zh)”", "As the document stands, “\(step.title.en)” is not on its way"))
        }
        guard !principal.isSystem else { return Authority.byName }
        let fields = description.record(document.values)
        let held = authority.post(step.by, principal.effective, record, fields: fields)
        guard let post = try held ?? standingIn(step.name, record, fields: fields, satellites, principal, description) else {
            throw DeskError.forbidden(
                Words("此步骤由\(step.by.words.zh)办理，您的岗位不能办理", "This step is for \(step.by.words.en); your post does not take it"))
        }
        if record.version == 0 { return post }
        let satellites = try satellites ?? Satellites.of(record.id, session)
        guard !authority.isSameHand(principal, as: step.notBy, satellites.taken) else {
            let others = step.notBy.compactMap { description.step($0)?.title }
            let (zh, en) = (others.map(\.zh).joined(separator: "、"), others.map(\.en).joined(separator: ", "))
            throw Refusal(
                article: step.articles(of: document).first,
                words: Words(
                    "办理过“\(zh)”的人不得再“\(step.title.zh)”，委托他人也不行；请由另一人办理",
                    "Whoever took “\(en)” may not take “\(step.title.en)”, nor through a delegate; somebody else must"))
        }
        if let step = description.step(step.name) { try requireSigned(step, record, description, Set(satellites.tasks.keys)) }
        return post
    }

    /// Rows of `noticeInsertion` for whoever `who` is for this document.
    func noticeRows(_ who: Who, _ words: Words, _ record: Record, fields: JSONValue, by person: PersonID) -> [[Value]] {
        Set(authority.addressees(of: who, record, fields: fields).flatMap(authority.people)).filter { $0 != person }.map {
            notice(to: $0, words, about: record.id)
        }
    }

    static let noticeInsertion = """
        INSERT INTO notice (id, person, document, zh, en, created, attempts, level, post, unit, kind)
        VALUES ($1, $2, $3, $4, $5, $6, 0, $7, $8, $9, $10)
        """

    /// What `noticeInsertion` takes.
    func notice(
        to person: PersonID, _ words: Words, about document: Int64?, within circle: NoticeCircle? = nil, kind: NoticeTopic? = nil
    ) -> [Value] {
        [
            .int(desk.idGenerator.next(now)), .int(person.raw), .int(ifAny: document), .text(words.zh), .text(words.en),
            .int(now.milliseconds), .int(Int64(circle?.level.rawValue ?? 0)), .text(ifAny: circle?.post.id), .int(ifAny: circle?.unit.raw),
            .text(ifAny: kind?.rawValue),
        ]
    }

    func notify(
        _ person: PersonID, _ words: Words, about document: Int64?, within circle: NoticeCircle? = nil, kind: NoticeTopic? = nil
    ) throws {
        // What the system made has nobody who asked for it.
        if person.isNone { return }
        try session.execute(Self.noticeInsertion, notice(to: person, words, about: document, within: circle, kind: kind))
    }

    /// Whether some document in the database, of whatever type, has this value.
    func isAnywhere(_ lookup: IndexKey) throws -> Bool { try asked.isAnywhere(lookup, database) }

    /// The field that a rule names by its property.
    func field<D: Document, V>(_ path: KeyPath<D, V>) throws -> FieldDescription {
        if let known = fieldsOfPaths[ObjectIdentifier(path)] { return known.field }
        guard let position = D.form.fields.firstIndex(where: { ($0.path as AnyKeyPath) == path }),
            let field = desk.catalogue.type(D.name)?.fields[position], field.isIndexed
        else { throw CatalogueError("\(D.name).\(path.name) is asked for and not indexed") }
        fieldsOfPaths[ObjectIdentifier(path)] = (path, field)
        return field
    }

    /// The value of a parameter today: the latest that the scope or a unit above it has set, else the one in the article's text.
    func value(of parameter: Parameter, at scope: UnitID) throws -> Int {
        let set = try parametersSet(parameter.name, of: parameter.article.regulation)
        for unit in organisation.lineage(scope) {
            if let value = set.last(where: { $0.unit == unit })?.value { return value }
        }
        guard let standard = desk.catalogue.text(of: parameter.article)?.parameters?[parameter.name] else {
            throw CatalogueError("no article sets \(parameter.name) of \(parameter.article.key)")
        }
        return standard
    }

    private func parametersSet(_ name: String, of regulation: String) throws -> [(unit: UnitID, value: Int)] {
        let key = "\(regulation) \(name)"
        if let known = parameters[key] { return known }
        let set = try database.all(
            "SELECT unit, value FROM parameter WHERE regulation = $1 AND name = $2 AND from_day <= $3 ORDER BY from_day, id",
            [.text(regulation), .text(name), .int(Int64(now.day.number))]
        ) { (unit: UnitID($0.int(0)), value: Int($0.int(1))) }
        parameters[key] = set
        return set
    }
}
