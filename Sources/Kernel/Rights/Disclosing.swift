import Store
import WorkCalendar

extension Act {
    /// Another document of this scope, shown through this step to somebody outside the house: a customer who asks. The rule has asked
    /// whether that one may see it; the reading stands on the document's trail with its purpose, in the name of whoever takes the step.
    /// - Throws: `DeskError.absent` where there is none here.
    @discardableResult
    package func disclose<D: Document>(_ id: ID<D>, _ zh: String, _ en: String) throws -> Found<D> {
        guard let found = try load(id) else { throw DeskError.absent }
        let session = try transaction.session, desk = transaction.desk, words = Words(zh, en)
        guard let record = try Record.load(id.raw, session) else { throw DeskError.absent }
        if principal.isSystem {
            // Who comes from outside has limits of the own; those of people in the house are counted by person.
            try desk.enter(.read, record, principal: principal, step: "read", words: words, at: now, session)
        } else {
            try transaction.enterReading(record, by: principal, words)
        }
        return found
    }
}

extension Transaction {
    /// A reading that a rule makes. In a dry run it is asked whether it may be, and nothing is entered or counted.
    func enterReading(_ record: Record, by principal: Principal, _ words: Words) throws {
        let session = try session
        if isRehearsal { return try desk.requireMayBeRead(record, by: principal.person, at: now, session) }
        try desk.enterReading(record, by: principal, words: words, at: now, in: organisation, session)
    }
}

extension Desk {
    /// Asks the book within one scope as a rule does, and changes nothing: for the program's own pages. Nothing of it goes to a person whom
    /// no rule has let see it.
    package func inquire<T: Sendable>(within scope: UnitID, _ body: @escaping @Sendable (Inquiry) throws -> T) async throws -> T {
        let now = clock.now()
        return try await store.read { [self] session in
            try body(Inquiry(Transaction(self, session, now: now, mayWrite: false), within: scope))
        }
    }
}
