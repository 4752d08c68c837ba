import Ledger
import Store
import WorkCalendar

/// Readings that are stated before a document is shown (`StatedReading`).
extension Desk {
    /// Shows a document for a purpose. The reading stands in the ledger, committed before it is answered; so does, once an hour, that
    /// somebody asked who may not know of the document, or of one that there is not.
    @discardableResult
    package func open(_ id: Int64, by principal: Principal, for purpose: String) async throws -> DocumentView {
        try Self.require(purpose: purpose)
        let now = clock.now()
        do {
            return try await reading(id, by: principal, step: StatedReading.step, at: now) { [self] in
                try await store.write { [self] session in
                    let organisation = try organisation(session)
                    let (record, _, _) = try visible(id, to: principal.person, in: organisation, at: now, session)
                    try enterReading(
                        record, by: principal, step: StatedReading.step, written: purpose, at: now, in: organisation, session)
                    return try view(id, by: principal.person, clear: false, at: now, session)
                }
            }
        } catch DeskError.absent {
            let type = try await store.read { try Record.load(id, $0)?.type }
            let words = Words("您没有查阅这份单据的权限", "You may not read this document")
            try await record(
                DeskError.forbidden(words), step: StatedReading.step, type: type ?? "", id: id, principal: principal,
                under: type.flatMap(catalogue.readings), at: now)
            throw DeskError.absent
        }
    }

    /// What is asked before a document is shown; `nil` where it may be shown.
    func gate(
        _ record: Record, _ type: DocumentType, _ access: Access, at now: Moment, _ session: any Session
    ) throws -> ReadingGate? {
        guard let stated = type.reserved?.stated else { return nil }
        let transaction = try Transaction(self, session, now: now, mayWrite: false)
        let from = try transaction.value(of: stated.from, at: record.scope)
        guard try record.level.rawValue >= from || isByGrant(record.id, of: record.type, access, session) else { return nil }
        let minutes = try transaction.value(of: stated.minutes, at: record.scope)
        if try hasStated(record.id, access.person, since: now.adding(seconds: -minutes * 60), session) { return nil }
        return ReadingGate(purposes: stated.purposes, minutes: minutes)
    }

    /// Whether a person said what for, or made a numbered paper of it, since then.
    private func hasStated(_ document: Int64, _ person: PersonID, since: Moment, _ session: any Session) throws -> Bool {
        try session.all(
            "SELECT body FROM entry WHERE document = $1 AND person = $2 AND at > $3",
            [.int(document), .int(person.raw), .int(since.milliseconds)]
        ) { row in try row.withBlob(0) { try Entry($0) } }.contains { entry in
            switch entry.kind {
            case .read: !entry.purpose.isEmpty && [StatedReading.step, "read"].contains(entry.step)
            case .export: entry.step == Verb.print.rawValue
            default: false
            }
        }
    }

    /// Whether nothing but a grant lets a person read a document that the person reads.
    func isByGrant(_ id: Int64, of type: String, _ access: Access, _ session: any Session) throws -> Bool {
        let (rule, arguments) = access.condition(type: type, startingAt: 2, byGrant: false)
        return try session.count("SELECT count(*) FROM document d WHERE d.id = $1 AND \(rule)", [.int(id)] + arguments) == 0
    }

    /// What an article asks of whoever reads a document, at each reading.
    func requireMayBeRead(_ record: Record, by person: PersonID, at now: Moment, _ session: any Session) throws {
        guard let stated = catalogue.type(record.type)?.reserved?.stated else { return }
        let transaction = try Transaction(self, session, now: now)
        let access = self.access(of: person, transaction.organisation, at: now)
        try stated.rule(ReadingAct(transaction, record, by: person, access))
    }
}
