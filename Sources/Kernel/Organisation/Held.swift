import Store
import Vault
import WorkCalendar

/// 名下事项: one document that a person holds, is named in, or has a task of; or one that a unit keeps. For lists of handing over.
package struct Held: Sendable, Hashable {
    package enum Reason: Sendable, Hashable { case task, post, named, holder, unit }

    /// Never shown: `mark` is.
    package let id: Int64
    package let type: String
    package let what: Words
    package let number: String
    package let reason: Reason
    package let level: Level
    package let unit: UnitID
    package let holder: PersonID
    package let isOpen: Bool

    /// The same for the same document ever, and telling nothing of it: it is made with the house's key, so that nobody finds by trying
    /// which document it is.
    package let mark: String
}

extension Inquiry {
    /// What a person would leave behind now: tasks by name or at a post that nobody else holds, documents that are not done and name the
    /// person or are in the person's hands. Each document once, without the one that asks.
    package func held(by person: PersonID) throws -> [Held] {
        let session = try transaction.session
        var found: [Int64: Held.Reason] = [:]
        for id in try session.all("SELECT document FROM task WHERE person = $1", [.int(person.raw)], { $0.int(0) }) { found[id] = .task }
        for id in try waiting(atPostsOf: person, session) where found[id] == nil { found[id] = .post }
        for (_, ids) in try transaction.documents(naming: person) { for id in ids where found[id] == nil { found[id] = .named } }
        let inHand = try session.all(
            "SELECT id, type, state FROM document WHERE holder = $1 AND scope = $2 ORDER BY id", [.int(person.raw), .int(scope.raw)]
        ) { (id: $0.int(0), type: $0.text(1), state: $0.text(2)) }
        for row in inHand where found[row.id] == nil && isOpen(row.state, of: row.type) { found[row.id] = .holder }
        return try found.keys.sorted().filter { $0 != asker }.compactMap { id in
            guard let record = try Record.load(id, session), record.scope == scope else { return nil }
            return held(record, found[id] ?? .named)
        }
    }

    /// What of a type is in a person's hands in a state that counts as done: a loan that has not come back.
    package func inHand<D: Document>(_ type: D.Type, in state: D.State, of person: PersonID) throws -> [(held: Held, value: D)] {
        let records = try transaction.session.all(
            "SELECT \(Record.columns) FROM document WHERE holder = $1 AND type = $2 AND state = $3 AND scope = $4 ORDER BY id",
            [.int(person.raw), .text(D.name), .text(state.rawValue), .int(scope.raw)]
        ) { Record($0) }
        var found: [(held: Held, value: D)] = []
        for record in records where record.id != asker {
            guard let held = self.held(record, .holder) else { continue }
            let value: D = try transaction.opened(record)
            found.append((held: held, value: value))
        }
        return found
    }

    private func waiting(atPostsOf person: PersonID, _ session: any Session) throws -> [Int64] {
        var found: [Int64] = []
        for post in Set(organisation.holdings(of: person, on: today).map(\.post)).sorted() {
            let places = try session.all("SELECT DISTINCT unit FROM task WHERE post = $1", [.text(post)]) { UnitID($0.int(0)) }
            for place in places where Set(transaction.authority.people(.post(post, place))) == [person] {
                found += try session.all(
                    "SELECT document FROM task WHERE post = $1 AND unit = $2", [.text(post), .int(place.raw)]
                ) { $0.int(0) }
            }
        }
        return found
    }

    /// Every document of a unit, done or not, without the one that asks.
    package func kept(in unit: UnitID) throws -> [Held] {
        try transaction.session.all(
            "SELECT \(Record.columns) FROM document WHERE unit = $1 AND scope = $2 ORDER BY id", [.int(unit.raw), .int(scope.raw)]
        ) { Record($0) }.filter { $0.id != asker }.compactMap { held($0, .unit) }
    }

    private func isOpen(_ state: String, of type: String) -> Bool {
        transaction.desk.catalogue.type(type)?.state(state)?.tone == .open
    }

    private func mark(of id: Int64) -> String {
        let blind = String(UInt64(bitPattern: transaction.lookupKeys.index.blind(String(id), domain: "held.mark")), radix: 16)
        return String(repeating: "0", count: 16 - blind.count) + blind
    }

    private func held(_ record: Record, _ reason: Held.Reason) -> Held? {
        guard let type = transaction.desk.catalogue.type(record.type) else { return nil }
        return Held(
            id: record.id, type: record.type, what: type.title, number: record.number ?? "", reason: reason, level: record.level,
            unit: record.unit, holder: record.holder, isOpen: isOpen(record.state, of: record.type), mark: mark(of: record.id))
    }
}

extension Act {
    /// Puts documents of this scope into another unit of it, as they are: their clocks run on, and what waits is addressed from there.
    package func move(_ documents: [Held], to unit: UnitID) throws {
        try pass(documents, TaskAction.moved, isReaddressed: true) { record in
            let words = Words("由\(organisation.name(record.unit).zh)划入", "From \(organisation.name(record.unit).en)")
            record.unit = unit
            return words
        }
    }

    /// Gives documents of this scope, which a person held, into another's hands.
    package func entrust(_ documents: [Held], to person: PersonID) throws {
        try pass(documents, TaskAction.entrusted, isReaddressed: false) { record in
            record.holder = person
            return Words("转给\(organisation.name(person).zh)", "To \(organisation.name(person).en)")
        }
    }

    private func pass(
        _ documents: [Held], _ name: String, isReaddressed: Bool, _ change: (inout Record) -> Words
    ) throws {
        let session = try transaction.session, desk = transaction.desk
        for held in documents {
            guard var record = try desk.proved(held.id, session)?.record, record.scope == scope, let type = desk.catalogue.type(record.type)
            else { throw DeskError.absent }
            let words = change(&record)
            record.version += 1
            record.changed = now
            try record.update(session, digest: record.digest)
            if isReaddressed, type.state(record.state)?.tone == .open { try readdress(record, type, session) }
            try desk.enter(.note, record, principal: principal, step: name, from: record.state, words: words, at: now, session)
        }
    }

    private func readdress(_ record: Record, _ type: DocumentType, _ session: any Session) throws {
        let desk = transaction.desk
        try TaskList.rewrite(
            record, Body(keys: desk.keys, session), fields: try JSONReader.read(record.body), type: type, authority: transaction.authority,
            sender: .none, at: now, idGenerator: desk.idGenerator, session)
    }
}
