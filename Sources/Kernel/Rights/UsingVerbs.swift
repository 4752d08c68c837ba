import Ledger
import Store
import WorkCalendar

/// The one place at which it is asked what a person may do with a document besides reading it: page, print, export, API, attachments,
/// labels and command line all ask here.
extension Desk {
    /// - Throws: `DeskError.absent` where the person may not know of the document, `Refusal` where reading does not imply the verb.
    func require(_ verb: Verb, _ record: Record, by principal: Principal, at now: Moment, _ session: any Session) throws {
        guard let type = catalogue.type(record.type) else { throw DeskError.absent }
        guard let reserved = type.reserved, reserved.verbs.contains(verb), !principal.isSystem else { return }
        if reserved.notIn.contains(record.state), let state = type.state(record.state) { throw reserved.refusal(verb, in: state.words) }
        let access = self.access(of: principal.person, try organisation(session), at: now)
        guard try may(verb, record.id, of: record.type, access, session) else { throw reserved.refusal(verb) }
        try requireMayBeRead(record, by: principal.person, at: now, session)
    }

    func verbs(of record: Record, _ type: DocumentType, _ access: Access, _ session: any Session) throws -> Set<Verb> {
        guard let reserved = type.reserved else { return Set(Verb.allCases).subtracting([.lend]) }
        return try Set(
            Verb.allCases.filter { verb in
                guard reserved.verbs.contains(verb) else { return true }
                return try !reserved.notIn.contains(record.state) && may(verb, record.id, of: type.name, access, session)
            })
    }

    /// What is made of a document for a person by a verb, with its number where the type numbers its copies. It stands in the ledger
    /// before it is answered; a refusal stands there too.
    /// - Returns: `nil` where there is no number; where the type does not reserve the verb either, nothing is entered.
    @discardableResult
    package func issue(_ verb: Verb, of document: Int64, by principal: Principal) async throws -> IssuedCopy? {
        let now = clock.now()
        return try await refusing(verb, of: document, by: principal, at: now) { [self] session in
            let transaction = try Transaction(self, session, now: now)
            try transaction.requireVisible(document, to: principal)
            guard let record = try Record.load(document, session) else { throw DeskError.absent }
            try require(verb, record, by: principal, at: now, session)
            guard let reserved = catalogue.type(record.type)?.reserved, reserved.copies != nil || reserved.verbs.contains(verb) else {
                return nil
            }
            guard let copies = reserved.copies else {
                try enter(.export, record, principal: principal, step: verb.rawValue, at: now, session)
                return nil
            }
            let copy = try transaction.issue(copies, verb, of: [record], to: principal.person)
            try transaction.writePending()
            try enter(.export, record, principal: principal, step: verb.rawValue, purpose: copy.code, at: now, session)
            return copy
        }
    }

    /// A file of a document as it goes out: what numbers its copies gives it a number first.
    package func copy(
        ofFile digest: String, of document: Int64, by principal: Principal
    ) async throws -> (file: FileReference, content: [UInt8], copy: IssuedCopy?) {
        _ = try await fileNamed(digest, of: document, by: principal)
        let isNumbered = try await store.read { [self] session in
            try catalogue.type(presumedType(of: document, session))?.reserved?.copies != nil
        }
        let copy = isNumbered ? try await issue(.copy, of: document, by: principal) : nil
        let (file, content) = try await file(digest, of: document, by: principal)
        return (file, content, copy)
    }

    /// The same of all that an export will hold.
    /// - Parameter isPlain: a file that carries no mark: what is classified does not leave in one.
    /// - Returns: `nil` where the type reserves nothing.
    package func issueExport(_ type: String, _ query: RegisterQuery, isPlain: Bool, by principal: Principal) async throws -> IssuedCopy? {
        guard let described = catalogue.type(type) else { throw DeskError.absent }
        guard let reserved = described.reserved, reserved.verbs.contains(.export) else { return nil }
        let now = clock.now()
        var asked = query
        (asked.limit, asked.isCounted, asked.verb) = (500, false, .read)
        let readable = try await ids(type, asked, by: principal.person)
        asked.verb = .export
        let taken = try await ids(type, asked, by: principal.person)
        return try await refusing(.export, of: nil, type: type, by: principal, at: now) { [self] session in
            if !readable.isEmpty, taken.isEmpty { throw reserved.refusal(.export) }
            guard !isPlain || readable.allSatisfy({ $0.level < reserved.from }) else {
                throw Refusal(
                    article: reserved.article,
                    words: Words(
                        "所选内容含\(reserved.from.words.zh)及以上单据，不能导出为 CSV；请另行筛选，或经授权导出 XLSX",
                        "What is chosen holds classified documents, which do not leave as CSV; narrow it, or export a workbook with a grant"
                    ))
            }
            guard let copies = reserved.copies, !taken.isEmpty else { return nil }
            let transaction = try Transaction(self, session, now: now)
            let records = try taken.compactMap { try Record.load($0.id, session) }
            var copy = try transaction.issue(copies, .export, of: records, to: principal.person)
            try transaction.writePending()
            for record in records {
                try enter(.export, record, principal: principal, step: Verb.export.rawValue, purpose: copy.code, at: now, session)
            }
            copy.leftOut = readable.count - taken.count
            return copy
        }
    }

    private func ids(_ type: String, _ query: RegisterQuery, by person: PersonID) async throws -> [(id: Int64, level: Level)] {
        var query = query, found: [(id: Int64, level: Level)] = []
        repeat {
            let page = try await register(type, query, by: person)
            found += page.rows.map { ($0.id, $0.level) }
            query.after = page.next
        } while query.after != nil
        return found
    }

    private func refusing<T: Sendable>(
        _ verb: Verb, of document: Int64?, type: String? = nil, by principal: Principal, at now: Moment,
        _ body: @escaping @Sendable (any Session) throws -> T
    ) async throws -> T {
        do {
            return try await store.write { try body($0) }
        } catch let refusal as Refusal {
            let name = try await store.read { [self] session in try type ?? document.map { try presumedType(of: $0, session) } ?? "" }
            try await record(
                refusal, step: verb.rawValue, type: name, id: document,
                principal: Principal(principal.person, onBehalfOf: principal.behalf),
                at: now)
            throw refusal
        }
    }
}

/// A numbered copy as it is marked.
package struct IssuedCopy: Sendable {
    /// What stands on every page.
    package let code: String
    package let reader: Words
    package let at: Moment
    /// How many of the documents asked for are not in it, because nobody granted that.
    package internal(set) var leftOut = 0
}

extension Transaction {
    fileprivate func issue(
        _ copies: any NumberedCopy.Type, _ verb: Verb, of records: [Record], to person: PersonID
    ) throws -> IssuedCopy { try make(copies, verb, of: records, to: person) }

    private func make<C: NumberedCopy>(_ type: C.Type, _ verb: Verb, of records: [Record], to person: PersonID) throws -> IssuedCopy {
        guard let first = records.first else { throw DeskError.absent }
        let outcome = try take(
            C.self, C.issue.name, on: nil, principal: .system, place: (first.unit, person), within: first.scope
        ) { $0 = C(of: records.map(\.id), for: verb, by: person) }
        guard let copy = pending.document(outcome.record.id)?.document as? C else { throw DeskError.absent }
        // One copy of several documents has a number of its own.
        let code = copy.code.isEmpty ? outcome.record.number ?? "" : copy.code
        return IssuedCopy(code: code, reader: organisation.name(person), at: now)
    }
}
