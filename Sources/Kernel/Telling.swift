import Store

extension Desk {
    /// Tells every administrator something that is about the program and not about a document.
    package func tellAdministrators(_ words: Words) async throws {
        let now = clock.now()
        try await store.write { [self] session in
            let transaction = try Transaction(self, session, now: now)
            for person in transaction.organisation.people.values where person.isActive && person.isAdministrator {
                try transaction.notify(person.id, words, about: nil)
            }
        }
    }
}
