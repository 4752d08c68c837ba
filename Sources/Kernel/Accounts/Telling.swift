import Store

extension Desk {
    /// Tells every administrator something that is about the program and not about a document.
    package func tellAdministrators(_ words: Words) async throws { try await tell(words) { person, _ in person.isAdministrator } }

    /// Tells administrators and whoever watches over what others do.
    func tellSupervisors(_ words: Words) async throws {
        let posts = catalogue.posts.values.filter(\.isSupervising).map(\.id)
        try await tell(words) { person, holdings in person.isAdministrator || holdings.contains { posts.contains($0.post) } }
    }

    private func tell(_ words: Words, _ isMeant: @escaping @Sendable (Person, [Appointment]) -> Bool) async throws {
        let now = clock.now()
        try await store.write { [self] session in
            let transaction = try Transaction(self, session, now: now), organisation = transaction.organisation
            for person in organisation.people.values
            where person.isActive && isMeant(person, organisation.holdings(of: person.id, on: now.day)) {
                try transaction.notify(person.id, words, about: nil)
            }
        }
    }
}
