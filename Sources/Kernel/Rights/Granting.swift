import Ledger
import Store
import WorkCalendar

/// What a step lets people read, and what it reads itself.
extension Act {
    /// Lets a person read this document, or use it by other verbs, for a purpose, until a moment, and no longer than the person holds the
    /// post.
    /// - Parameters:
    ///   - post: as whom; whoever takes the step is granted it through the post that takes the step.
    ///   - verbs: reading implies no other.
    package func grant(
        _ person: PersonID, as post: Post? = nil, verbs: Set<Verb> = [.read], until ends: Moment, _ zh: String, _ en: String
    ) throws {
        try grant(person, through: holding(of: person, post), verbs, document: record.id, until: ends, purpose: Words(zh, en))
    }

    /// Lets a person read other documents of this scope: those that an investigation is about.
    package func grant<D: Document>(
        _ person: PersonID, as post: Post? = nil, verbs: Set<Verb> = [.read], on documents: [ID<D>], until ends: Moment, _ zh: String,
        _ en: String
    ) throws {
        for document in documents where try !isHere(document) { throw DeskError.absent }
        let holding = holding(of: person, post)
        for document in documents {
            try grant(person, through: holding, verbs, document: document.raw, until: ends, purpose: Words(zh, en))
        }
    }

    /// Ends grants at once: whoever has one is absent from the next question on.
    /// - Parameter person: of this one only; of everybody without.
    /// - Returns: whose they were.
    @discardableResult
    package func revoke<D: Document>(on documents: [ID<D>], of person: PersonID? = nil) throws -> Set<PersonID> {
        var ended: Set<PersonID> = []
        for document in documents where try isHere(document) {
            let running = try grants(on: document.raw).filter { $0.verbs != Verb.frozen && (person == nil || $0.person == person) }
            for grant in running { try end(grant) }
            ended.formUnion(running.map(\.person))
        }
        return ended
    }

    /// Ends the grants on this document of those whose clearance it has risen above.
    func endGrants(above level: Level) throws {
        for grant in try grants(on: record.id) where (organisation.people[grant.person]?.clearance ?? .public) < level { try end(grant) }
    }

    /// Keeps everybody away from documents but their keepers (`Reservation.keepers`), until it is lifted or the moment comes.
    package func freeze<D: Document>(_ documents: [ID<D>], until ends: Moment, _ zh: String, _ en: String) throws {
        for document in documents where try !isHere(document) { throw DeskError.absent }
        for document in documents {
            try grant(principal.person, through: Authority.byName, [], document: document.raw, until: ends, purpose: Words(zh, en))
        }
    }

    package func unfreeze<D: Document>(_ documents: [ID<D>]) throws {
        for document in documents where try isHere(document) {
            for grant in try grants(on: document.raw) where grant.verbs == Verb.frozen { try end(grant) }
        }
    }

    private struct RunningGrant {
        let id: Int64
        let person: PersonID
        let verbs: String
    }

    private func grants(on document: Int64) throws -> [RunningGrant] {
        try transaction.session.all(
            "SELECT id, person, verbs FROM access_grant WHERE document = $1 AND ends > $2 ORDER BY id",
            [.int(document), .int(now.milliseconds)]
        ) { RunningGrant(id: $0.int(0), person: PersonID($0.int(1)), verbs: $0.text(2)) }
    }

    private func end(_ grant: RunningGrant) throws {
        let session = try transaction.session
        stated.append(
            try StatedTable.grant.stating(grant.id, session) {
                try session.execute("UPDATE access_grant SET ends = $1 WHERE id = $2", [.int(now.milliseconds), .int(grant.id)])
            })
    }

    /// Whether a document is of this scope.
    private func isHere<D: Document>(_ id: ID<D>) throws -> Bool {
        if let pending = transaction.pending.document(id.raw)?.record { return pending.scope == record.scope && pending.type == D.name }
        return try database.count(
            "SELECT count(*) FROM document WHERE id = $1 AND type = $2 AND scope = $3",
            [.int(id.raw), .text(D.name), .int(record.scope.raw)]) == 1
    }

    private func holding(of person: PersonID, _ post: Post?) -> Int64 {
        if person == principal.person { return self.post }
        let held = post.map { post in organisation.holdings(of: person, on: today).first { $0.post == post.id } }
        return held??.id ?? Authority.byName
    }

    private func grant(
        _ person: PersonID, through holding: Int64, _ verbs: Set<Verb>, document: Int64, until ends: Moment, purpose: Words
    ) throws {
        try require(ends > now, "授权的截止时间已过，请重新申请", "The grant would be over already; ask for it anew")
        let row: [Value] = [
            .int(transaction.desk.idGenerator.next(now)), .int(document), .int(person.raw), .int(now.milliseconds), .int(ends.milliseconds),
            .int(holding), .text(purpose.kept), .text(verbs.isEmpty ? Verb.frozen : Verb.text(verbs)),
        ]
        granted.append(row)
        stated.append(StatedTable.grant.stated(new: row))
    }

    /// What `granted` holds is written with the step, after the document: one that it creates is not there before.
    static let grantInsertion =
        "INSERT INTO access_grant (\(StatedTable.grant.list)) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"

    /// Another document of this scope, for a rule that copies personal data out of it: whoever takes the step must be allowed to read it,
    /// and the reading stands on its trail.
    /// - Throws: `DeskError.absent` where there is none that this hand may read.
    package func open<D: Document>(_ id: ID<D>) throws -> Found<D> {
        guard let found = try load(id) else { throw DeskError.absent }
        if principal.isSystem { return found }
        let session = try transaction.session
        try transaction.requireVisible(id.raw, of: D.name, to: principal)
        let words = Words("为办理\(type.title.zh)查看", "Read for a step: \(type.title.en)")
        guard let record = try Record.load(id.raw, session) else { throw DeskError.absent }
        try transaction.enterReading(record, by: principal, words)
        return found
    }
}
