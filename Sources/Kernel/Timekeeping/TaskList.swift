import Store
import WorkCalendar

/// 待办: who has to act on a document. Rewritten whenever it moves.
enum TaskList {
    /// Tasks that are not a step of the table begin with such a mark: a countersignature, an overdue clock, a finding.
    static let signing = "+sign"
    /// Whoever asked for a signature has an objection to answer, or a signature that nobody is there to give.
    static let answering = "+answer"
    static func isSignature(_ step: String) -> Bool { step == signing || step == answering }
    static func overdue(_ deadline: String) -> String { "!" + deadline }
    static func finding(_ name: String) -> String { "?" + name }

    /// The tasks of the state that a document is in now: rows for `insertion`. One addressee has one task, the main step's.
    /// - Parameter bypassed: the names of the steps that are not on its way.
    static func rows(
        _ record: Record, _ bypassed: some Collection<String>, fields: @autoclosure () -> JSONValue, type: DocumentType,
        authority: Authority,
        sender: PersonID, at now: Moment, idGenerator: IDGenerator
    ) -> [[Value]] {
        var known: [Addressee] = []
        var rows: [[Value]] = []
        for step in type.steps(from: record.state) where !step.isOptional && !bypassed.contains(step.name) {
            var addressees = authority.addressees(of: step.by, record, fields: fields())
            if authority.hasStandIns {
                addressees += authority.standIns(for: step, of: type, record, fields: fields()).map(Addressee.person)
            }
            for addressee in addressees where !known.contains(addressee) {
                known.append(addressee)
                rows.append(row(step.name, to: addressee, record.id, sender: sender, note: "", at: now, id: idGenerator.next(now)))
            }
        }
        return rows
    }

    /// Takes away the tasks of a document's state, and what was filled in for them; what is overdue and what was found stays.
    static func clear(_ document: Int64, _ session: any Session) throws {
        try session.execute("DELETE FROM task WHERE document = $1 AND step NOT LIKE '!%' AND step NOT LIKE '?%'", [.int(document)])
        try session.execute("DELETE FROM act_draft WHERE document = $1", [.int(document)])
    }

    /// Takes away one person's task of a step that others take too.
    static func end(_ step: String, of person: PersonID, on document: Int64, _ session: any Session) throws {
        try session.execute(
            "DELETE FROM task WHERE document = $1 AND step = $2 AND person = $3", [.int(document), .text(step), .int(person.raw)])
    }

    /// Puts the tasks of the state that the document is in now in the place of those of the state before.
    static func rewrite(
        _ record: Record, _ body: Body, fields: JSONValue, type: DocumentType, authority: Authority, sender: PersonID, at now: Moment,
        idGenerator: IDGenerator, _ session: any Session
    ) throws {
        try clear(record.id, session)
        let bypassed = try type.bypassed(by: record, body)
        let rows = rows(
            record, bypassed, fields: fields, type: type, authority: authority, sender: sender, at: now, idGenerator: idGenerator)
        for row in rows { try session.execute(insertion, row) }
        try session.execute(timing, [.int(record.id)])
    }

    /// When the earliest clock of a document runs out stands with its tasks: lists are in this order.
    static let timing = """
        UPDATE task SET due = COALESCE(
            (SELECT min(k.due) FROM deadline k WHERE k.document = $1 AND k.met IS NULL), \(TodoKey.never))
        WHERE document = $1
        """

    static func add(
        _ step: String, to addressee: Addressee, _ document: Int64, sender: PersonID, note: String, at now: Moment,
        idGenerator: IDGenerator,
        _ session: any Session
    ) throws {
        try session.execute(insertion, row(step, to: addressee, document, sender: sender, note: note, at: now, id: idGenerator.next(now)))
        try session.execute(timing, [.int(document)])
    }

    static let insertion = """
        INSERT INTO task (id, document, step, post, unit, person, since, sender, note) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        """

    private static func row(
        _ step: String, to addressee: Addressee, _ document: Int64, sender: PersonID, note: String, at now: Moment, id: Int64
    ) -> [Value] {
        var post: String?, unit: Int64?, person: Int64?
        switch addressee {
        case .person(let id): person = id.raw
        case .post(let id, let place): (post, unit) = (id, place.raw)
        }
        return [
            .int(id), .int(document), .text(step), .text(ifAny: post), .int(ifAny: unit), .int(ifAny: person), .int(now.milliseconds),
            .int(sender.raw), .text(note),
        ]
    }
}
