import Ledger
import Store
import Synchronization
import Vault
import WorkCalendar

/// Takes steps. The web page, the API, the command line, an import and a nightly job all walk this one road.
package final class Desk: Sendable {
    package let store: any Store
    package let catalogue: Catalogue
    package let keys: KeyRing
    /// Never behind the latest checkpoint.
    package let clock: Clock
    /// As it was handed in.
    let machineClock: Clock
    package let watch = LedgerWatch()
    package let stirrings = Stirrings()
    let entryWriter: EntryWriter
    var entryKey: EntryKey { entryWriter.key }
    package let idGenerator = IDGenerator()
    let accessRules = AccessRules()
    let longRegisters = LongRegisters()
    let readings = ReadingCounts()
    let deniedTries = DeniedTries()
    private let cachedOrganisation = Mutex<Organisation?>(nil)
    private let cachedCalendar = Mutex<(version: Int64, calendar: WorkCalendar)?>(nil)

    private init(store: any Store, catalogue: Catalogue, keys: KeyRing, clock: Clock) {
        self.store = store
        self.catalogue = catalogue
        self.keys = keys
        machineClock = clock
        self.clock = Self.steady(clock, watch)
        entryWriter = EntryWriter(EntryKey(secret: keys.entryKey))
    }

    /// Brings the database to this program's form, opens its keys and stands ready.
    /// - Throws: `StoreError.newer` where the database is ahead of the program, `VaultError.wrongMaster`.
    package static func open(store: any Store, catalogue: Catalogue, master: MasterKey, clock: Clock) async throws -> Desk {
        let now = clock.now().milliseconds
        try await store.migrate(Migration.kernel, at: now)
        let keys = try await KeyRing.open(store, master: master, at: now)
        let desk = Desk(store: store, catalogue: catalogue, keys: keys, clock: clock)
        try await desk.beginLedger()
        try await desk.beginRows()
        try await desk.beginDuties()
        try await desk.beginFinding()
        return desk
    }

    /// Opens a database to look at it. Nothing is written, neither now nor by what only reads.
    /// - Throws: `StoreError.older` where this program has not brought it to its form yet, and what `open` throws.
    package static func openToRead(store: any Store, catalogue: Catalogue, master: MasterKey, clock: Clock) async throws -> Desk {
        try await store.requireLanded(Migration.kernel)
        return Desk(store: store, catalogue: catalogue, keys: try await KeyRing.read(store, master: master), clock: clock)
    }

    /// What became of a step.
    package struct Taken: Sendable {
        package let id: Int64
        package let number: String?
        package let state: String
        package let version: Int64
        /// The document was kept although the step was refused: a draft to be supplemented.
        package let refusal: Refusal?
    }

    /// Takes a step with what a person, a file or a program handed in. Values may be text as typed; each field reads its own.
    /// - Parameters:
    ///   - version: the one of the document that was seen; at another one it is a conflict.
    ///   - opinion: 意见: what the person says to it.
    /// - Throws: `Refusal` with its article (which then stands in the ledger), `DeskError`, `StoreError`.
    @discardableResult
    package func take(
        _ step: String, of type: String, on id: Int64? = nil, expecting version: Int64? = nil, input: [String: JSONValue] = [:],
        opinion: String = "", by principal: Principal
    ) async throws -> Taken {
        guard let described = catalogue.type(type), let wanted = described.step(step) else { throw DeskError.absent }
        if let fault = TextLimit.fault("opinion", opinion, longest: TaskAction.longestText) { throw DeskError.invalid([fault]) }
        return try await take(step, described.swiftType, on: id, expecting: version, opinion: opinion, by: principal) { document in
            try Input.fill(&document, with: input, asked: wanted)
        }
    }

    /// The same by the step's own value, as programs and tests do.
    @discardableResult
    package func take<D: Document>(
        _ step: Step<D>, on id: Int64? = nil, expecting version: Int64? = nil, input: [String: JSONValue] = [:], by principal: Principal
    ) async throws -> Taken {
        try await take(step.name, of: D.name, on: id, expecting: version, input: input, by: principal)
    }

    /// Takes a step with a value.
    @discardableResult
    package func take<D: Document>(
        _ step: Step<D>, on id: Int64? = nil, by principal: Principal, in place: (unit: UnitID, holder: PersonID)? = nil,
        _ fill: @escaping @Sendable (inout any Document) throws -> Void
    ) async throws -> Taken {
        try await take(step.name, D.self, on: id, by: principal, in: place, fill)
    }

    private func take<D: Document>(
        _ step: String, _ type: D.Type, on id: Int64? = nil, expecting version: Int64? = nil, opinion: String = "",
        by principal: Principal, in place: (unit: UnitID, holder: PersonID)? = nil,
        _ fill: @escaping @Sendable (inout any Document) throws -> Void
    ) async throws -> Taken {
        let now = clock.now()
        // What is handed in for a new document is read before the writer's turn; faults wait for theirs.
        var new = D()
        let filled: D? = id == nil && (try? Self.fill(&new, fill)) != nil ? new : nil
        do {
            return try await surely(principal) {
                try await store.write { [self] session in
                    let transaction = try Transaction(self, session, now: now)
                    transaction.opinion = opinion
                    try transaction.organisation.requireSeen(principal.seen)
                    // A question by itself is a journey to the server.
                    if let filled, session.engine == .postgres { try transaction.foresee([filled]) }
                    if let id, !principal.isSystem { try transaction.requireVisible(id, of: D.name, to: principal) }
                    let outcome = try transaction.take(type, step, on: id, principal: principal, place: place, expecting: version) {
                        document in
                        if let filled { document = filled } else { try Self.fill(&document, fill) }
                    }
                    try transaction.writePending()
                    try keep(.taken(Taken(outcome)), of: principal, at: now, session)
                    return Taken(outcome)
                }
            }
        } catch let error where error is CarriedOut || error is Refusal || error is DeskError {
            if let before = try await taken(by: principal) { return before }
            try await record(error, step: step, type: D.name, id: id, principal: principal, at: now)
            throw error
        }
    }

    /// What could be filled stands there also where the rest could not.
    static func fill<D: Document>(_ document: inout D, _ fill: (inout any Document) throws -> Void) throws {
        var any: any Document = document
        defer { document = any as! D }
        try fill(&any)
    }

    /// Takes the same creating step for many values, each by itself: one that is refused leaves the others standing. They share a
    /// transaction, and where somebody else waits to write, several, so that nobody waits long.
    package func takeMany<D: Document>(
        _ step: Step<D>, _ values: [D], by principal: Principal, in place: (unit: UnitID, holder: PersonID)? = nil
    ) async throws -> [Result<Taken, any Error>] {
        var results: [Result<Taken, any Error>] = []
        while results.count < values.count {
            results += try await takeTogether(step.name, values[results.count...], by: principal, in: place)
        }
        return results
    }

    /// So many share a transaction at least, whoever waits.
    private static let leastTogether = 200

    private func takeTogether<D: Document>(
        _ step: String, _ values: ArraySlice<D>, by principal: Principal, in place: (unit: UnitID, holder: PersonID)?
    ) async throws -> [Result<Taken, any Error>] {
        let now = clock.now()
        let results = try await store.write(alone: true) { [self] session in
            let found = session.found, waiting = session.engine == .postgres ? WaitingSession(session) : nil
            let transaction = try Transaction(self, session, now: now, asking: found ?? waiting)
            waiting?.pending = transaction.pending
            let isBeside = found != nil || waiting != nil
            defer { transaction.pending.stopWriting() }
            try transaction.foresee(values)
            var results: [Result<Taken, any Error>] = []
            for value in values {
                if results.count >= Self.leastTogether, session.isAwaited { break }
                if isBeside { try transaction.pending.writeBeside(session, Body(keys: keys)) }
                do {
                    let taken = try transaction.pending.act(session) {
                        Taken(try transaction.take(D.self, step, on: nil, principal: principal, place: place) { $0 = value })
                    }
                    results.append(.success(taken))
                } catch let error where error is Refusal || error is DeskError {
                    transaction.asked.forgetDocuments()
                    results.append(.failure(error))
                }
            }
            if isBeside { try transaction.pending.writeRestBeside(session, Body(keys: keys)) }
            try transaction.writePending()
            return results
        }
        for case .failure(let error as Refusal) in results {
            try await record(
                error, step: step, type: D.name, id: nil, principal: Principal(principal.person, onBehalfOf: principal.behalf), at: now)
        }
        return results
    }

    /// A refusal rolls back, and then stands in the ledger by itself; what was not handed in rightly does not. Tries without the right
    /// stand there as often as `DeniedTries` has it.
    /// - Parameters:
    ///   - act: what was tried, where the step does not tell it.
    ///   - article: by which it is not allowed, where the error names none.
    func record(
        _ error: any Error, step: String, about act: String = "", type: String, id: Int64?, principal: Principal,
        under article: Article? = nil, at now: Moment
    ) async throws {
        let (refusal, outcome): (Refusal, RequestOutcome)
        var denied: DeniedTries.Try?
        switch error {
        case let error as Refusal: (refusal, outcome) = (error, .refused(error))
        case DeskError.forbidden(let words):
            (refusal, outcome) = (Refusal(article: article, words: words), .forbidden(words))
            denied = .init(person: principal.person, act: type + step + act, document: id ?? 0)
        default: return
        }
        let isTold = denied.map { deniedTries.isNew($0, at: now) } ?? true
        if !isTold, principal.request == nil { return }
        do {
            try await surely(principal) {
                try await store.write { [self] session in
                    let found = try id.flatMap { try Record.load($0, session) }
                    if isTold {
                        try enter(
                            .refusal, found, type: type, principal: principal, step: step, articles: refusal.article.map { [$0] } ?? [],
                            from: found?.state ?? "", words: refusal.words, purpose: act, at: now, session)
                    }
                    try keep(outcome, of: principal, at: now, session)
                }
            }
            if isTold, let denied { deniedTries.remember(denied) }
        } catch is CarriedOut {
            // The same request was refused at the same moment, and that stands there.
        }
    }

    // MARK: What is kept between transactions

    package func organisation(_ session: any Session) throws -> Organisation {
        let version =
            try session.known["organisation"] ?? session.count("SELECT CAST(value AS BIGINT) FROM setting WHERE name = 'organisation'")
        session.known["organisation"] = version
        if let known = cachedOrganisation.withLock({ $0 }), known.version == version { return known }
        let fresh = try Organisation.read(session)
        cachedOrganisation.withLock { $0 = fresh }
        return fresh
    }

    /// Everybody reads the organisation anew, and who calls is known anew.
    package func organisationChanged(_ session: any Session) throws {
        session.known["organisation"] = nil
        try session.execute(
            """
            INSERT INTO setting (name, value) VALUES ('organisation', '1')
            ON CONFLICT (name) DO UPDATE SET value = CAST(CAST(setting.value AS BIGINT) + 1 AS TEXT)
            """)
    }

    /// The announced working days and what an administrator has added.
    func calendar(_ session: any Session, _ version: Int64) throws -> WorkCalendar {
        if let known = cachedCalendar.withLock({ $0 }), known.version == version { return known.calendar }
        let rows = try session.all("SELECT day, kind, name FROM holiday ORDER BY day", []) { row in
            HolidayTable.Row(day: Day(number: Int(row.int(0))), kind: .init(rawValue: row.text(1)) ?? .holiday, holiday: row.text(2))
        }
        let announced = try WorkCalendar.announced()
        let calendar = rows.isEmpty ? announced : announced.extended(with: HolidayTable(rows: rows))
        cachedCalendar.withLock { $0 = (version, calendar) }
        return calendar
    }

    /// As this server has read it last; it may have changed since.
    package var knownOrganisation: Organisation? { cachedOrganisation.withLock { $0 } }

    package func organisation() async throws -> Organisation { try await store.read { [self] in try organisation($0) } }

    package func calendar() async throws -> WorkCalendar {
        try await store.read { [self] session in try calendar(session, try organisation(session).version) }
    }
}
