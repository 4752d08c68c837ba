import Ledger
import Store
import WorkCalendar

/// One document, as one person may see it.
extension Desk {
    /// - Parameter purpose: why personal data is wanted in clear; the reading then stands in the ledger, committed before it is answered.
    /// - Throws: `DeskError.absent` where there is no such document or the person may not know of it.
    package func document(_ id: Int64, by person: PersonID, revealing purpose: String? = nil) async throws -> DocumentView {
        let now = clock.now()
        guard let purpose else { return try await store.read { [self] in try view(id, by: person, clear: false, at: now, $0) } }
        try Self.require(purpose: purpose)
        return try await reading(id, by: Principal(person), step: "read", at: now) { [self] in
            try await store.write { [self] session in
                let organisation = try organisation(session)
                let (record, _, _) = try visible(id, to: person, in: organisation, at: now, session)
                // Entered first, so that the trail beside the values in clear shows it.
                try enterReading(record, by: Principal(person), written: purpose, at: now, in: organisation, session)
                return try view(id, by: person, clear: true, at: now, session)
            }
        }
    }

    /// The longest purpose, in characters.
    package static let longestPurpose = 200

    package static func require(purpose: String) throws(DeskError) {
        guard purpose.contains(where: { !$0.isWhitespace }) else {
            throw .invalid([.init(field: "purpose", Words("请写明查看的目的", "Say what you need it for"))])
        }
        // “1” is no purpose that anybody could check later.
        guard purpose.filter(\.isLetter).count >= 2 else {
            throw .invalid([
                .init(
                    field: "purpose",
                    Words("请用文字写明查看的目的，至少两个字，例如“客户回访”", "Say in words what you need it for, for example “call-back”"))
            ])
        }
        if let fault = TextLimit.fault("purpose", purpose, longest: longestPurpose) { throw .invalid([fault]) }
    }

    /// The values of one document in clear, without its trail and steps: the short way for programs. The reading stands in the ledger,
    /// committed before it is answered.
    /// - Parameter type: what the document is thought to be; one of another type is absent.
    /// - Parameters:
    ///   - seen: the version of the organisation at which the edge knew who this is.
    ///   - request: the same request, sent again, is answered anew without a second entry.
    package func reveal(
        _ id: Int64, of type: String, by person: PersonID, seen: Int64? = nil, purpose: String, request: RequestKey? = nil
    ) async throws -> DocumentRow {
        try Self.require(purpose: purpose)
        let now = clock.now()
        let principal = Principal(person, request: request)
        let (record, clocks, body) = try await reading(id, of: type, by: principal, step: "read", at: now) { [self] in
            try await once(principal, at: now) { [self] session in
                let organisation = try organisation(session)
                try organisation.requireSeen(seen)
                let (record, _, _) = try visible(id, of: type, to: person, in: organisation, at: now, session)
                try enterReading(record, by: Principal(person), written: purpose, through: .program, at: now, in: organisation, session)
                return (
                    (
                        record, try RunningDeadlines.of(record, catalogue, session),
                        try Body(
                            keys: keys,
                            session
                        ).knowing([record]).alone
                    ), id: id
                )
            } again: { [self] _, session in
                let (record, _, _) = try visible(id, of: type, to: person, in: organisation(session), at: now, session)
                return (record, try RunningDeadlines.of(record, catalogue, session), try Body(keys: keys, session).knowing([record]).alone)
            }
        }
        // Opened only now: the entry is on disk, and the writer has gone on.
        return try RowPresenter.row(record, self, body, clear: true, clocks: clocks)
    }

    /// The record, if the person may see it; through the access rule inside the query.
    func visible(
        _ id: Int64, of known: String? = nil, to person: PersonID, in organisation: Organisation, at now: Moment, _ session: any Session
    ) throws -> (Record, RowPresenter, Access) {
        let access = self.access(of: person, organisation, at: now)
        // The rule of its own type alone makes a shorter question than that of all.
        let type = try known ?? presumedType(of: id, session)
        let (condition, arguments) = access.condition(type: type, startingAt: 2)
        let found = try session.first(
            "SELECT \(Record.joinedColumns) FROM document d WHERE d.id = $1 AND \(condition)", [.int(id)] + arguments
        ) { Record($0) }
        guard let found, found.type == type else { throw DeskError.absent }
        return (found, RowPresenter(desk: self, session: session, organisation: organisation), access)
    }

    func view(_ id: Int64, by person: PersonID, clear: Bool, at now: Moment, _ session: any Session) throws -> DocumentView {
        let organisation = try organisation(session)
        let (record, rows, access) = try visible(id, to: person, in: organisation, at: now, session)
        guard let type = catalogue.type(record.type) else { throw DeskError.absent }
        let gate = clear ? nil : try gate(record, type, access, at: now, session)
        guard let row = try rows.rows([record], clear: clear, isWhole: gate == nil).first else { throw DeskError.absent }
        let authority = Authority(organisation: organisation, catalogue: catalogue, day: now.day)
        let waiting = try WaitingSearch(
            desk: self, session: session, organisation: organisation, person: person, now: now
        ).all(record, type)
        // Whoever has no turn asks nobody to sign.
        let isMyTurn = waiting.contains { $0.isMine && $0.kind == .step }
        return DocumentView(
            row: row, isRevealed: clear, gate: gate,
            availableSteps: gate == nil ? try availableSteps(record, type, row, by: person, authority, at: now, session) : [],
            waiting: waiting, signers: isMyTurn ? authority.signers(of: record, askedBy: person) : [],
            deadlines: try RunningDeadlines.of([id], catalogue, session)[id] ?? [],
            trail: try trail(of: record, type, access, session), grants: try grants(on: id, organisation, at: now, session),
            names: try rows.names([row], for: access, withWhose: gate == nil), scope: record.scope,
            bypassed: try type.bypassed(
                by: record,
                Body(
                    keys: keys,
                    session)),
            verbs: try verbs(of: record, type, access, session), isSupervised: supervises(person, record, organisation, at: now),
            undoable: gate == nil
                ? try undoable(record, type, by: person, session).flatMap { $0.isFor(person, organisation, at: now) ? $0.step.title : nil }
                : nil,
            mayDirect: try Transaction(self, session, now: now, mayWrite: false).directs(record, type, Principal(person)),
            copies: try copies(of: id, session), drafts: gate == nil ? try drafts(of: id, by: person, session) : [:],
            phrases: try phrases(of: person, session))
    }

    private func availableSteps(
        _ record: Record, _ type: DocumentType, _ row: DocumentRow, by person: PersonID, _ authority: Authority, at now: Moment,
        _ session: any Session
    ) throws -> [AvailableStep] {
        let fields = try JSONReader.read(record.body)
        let satellites = try Satellites.of(record.id, session)
        let names = [Principal(person)] + authority.organisation.givers(to: person, at: now).map { Principal(person, onBehalfOf: $0) }
        return try type.steps(of: record, Body(keys: keys, session)).compactMap { step in
            let principal = try names.first { principal in
                try authority.mayTake(step.name, step.by, of: type, principal.effective, record, fields: fields)
                    && !authority.isSameHand(principal, as: step.notBy, satellites.taken) && !satellites.hasTaken(step, principal)
            }
            guard let principal, !isBarred(principal, from: step, record, type, fields, authority, satellites) else { return nil }
            let open = step.fields.filter { key in type.field(key).map { !$0.kind.isPersonal } ?? false }
            return AvailableStep(
                step: step, articles: step.articles.of(record), behalf: principal.behalf,
                values: row.values.filter { open.contains($0.key) })
        }
    }

    /// Whoever stands in takes no step on the own request.
    private func isBarred(
        _ principal: Principal, from step: DocumentType.Step, _ record: Record, _ type: DocumentType, _ fields: JSONValue,
        _ authority: Authority, _ satellites: Satellites
    ) -> Bool {
        !authority.satisfies(step.by, principal.effective, record, fields: fields)
            && authority.isOwnRequest(principal, of: type, record, satellites.taken)
    }

    private func trail(of record: Record, _ type: DocumentType, _ access: Access, _ session: any Session) throws -> [TrailEntry] {
        let organisation = access.organisation
        return try session.all(
            "SELECT id, body FROM entry WHERE document = $1 ORDER BY id DESC LIMIT 200", [.int(record.id)]
        ) { row in
            try row.withBlob(1) { try Entry($0) }
        }.filter { try isShown($0, access, session) }.map { entry in
            TrailEntry(
                id: entry.id, person: PersonID(entry.person), step: entry.step, kind: TrailEntry.Kind(entry),
                at: Moment(milliseconds: entry.at), title: type.trailTitle(entry),
                who: organisation.name(PersonID(entry.person)),
                behalf: entry.onBehalfOf == 0 ? nil : organisation.name(PersonID(entry.onBehalfOf)),
                articles: entry.articles.compactMap(Article.init(key:)), words: entry.told,
                written: try FreeText(keys: keys).opened(entry))
        }
    }

    /// That data was read on another document would tell that there is one.
    private func isShown(_ entry: Entry, _ access: Access, _ session: any Session) throws -> Bool {
        guard case .document(let id) = ReadingWay(kept: entry.kind == .read ? entry.from : "") else { return true }
        return try mayRead(id, of: presumedType(of: id, session), access, session)
    }

    private func grants(on id: Int64, _ organisation: Organisation, at now: Moment, _ session: any Session) throws -> [GrantView] {
        try session.all(
            "SELECT person, purpose, ends, verbs FROM access_grant WHERE document = $1 AND ends > $2 ORDER BY ends",
            [.int(id), .int(now.milliseconds)]
        ) { row in
            GrantView(
                person: organisation.name(PersonID(row.int(0))), verbs: Verb.all(in: row.text(3)).sorted(),
                purpose: Words(kept: row.text(1)), ends: Moment(milliseconds: row.int(2)))
        }
    }
}

extension TrailEntry.Kind {
    init(_ entry: Entry) {
        self =
            switch entry.kind {
            case .refusal: .refusal
            case .read, .export: .read
            case .act: entry.person == 0 ? .system : .act
            default: .handling
            }
    }
}

extension DocumentType {
    /// What a task is called: its step, or what is waited for besides.
    func taskTitle(_ step: String) -> Words {
        if step == TaskList.signing { return Words("会签", "Countersign") }
        if step == TaskList.answering { return Words("答复会签意见", "Answer a signer") }
        if step.hasPrefix("~") {
            let name = deadlines.first { Desk.moved($0.name) == step }?.title ?? Words("时限", "the deadline")
            return Words("时限随工作日变更：\(name.zh)", "Follows the working days: \(name.en)")
        }
        if step == TaskList.overdue(Supervision.name) { return Words("督办：要求的时间已过", "Supervision: the limit has passed") }
        if step.hasPrefix("!") {
            let name = deadlines.first { TaskList.overdue($0.name) == step }?.title ?? Words("时限", "the deadline")
            return Words("督办：\(name.zh)已逾期", "Overdue: \(name.en)")
        }
        if let finding = findings.first(where: { $0.task == step }) {
            return Words("问题：\(finding.title.zh)", "Finding: \(finding.title.en)")
        }
        if let finding = findings.first(where: { $0.ending == step }) {
            return Words("问题已消除：\(finding.title.zh)", "Ended: \(finding.title.en)")
        }
        return self.step(step)?.task ?? Words(step, step)
    }

    package func trailTitle(_ entry: Entry) -> Words {
        let title = self.step(entry.step)?.title ?? TaskAction.title(entry.step) ?? taskTitle(entry.step)
        return entry.kind == .refusal ? Words("拒绝：\(title.zh)", "Refused: \(title.en)") : title
    }
}
