import Ledger
import Store
import WorkCalendar

/// What waits for a post that nobody holds goes to whoever stands in; what waits for whoever stands in goes back once somebody holds the
/// post, or another stands in.
extension Desk {
    /// - Parameter former: who stood in before.
    func followStandIns(formerly former: [StandIn] = []) async throws {
        let now = clock.now(), organisation = try await organisation()
        let known = Set(Array(organisation.standIns.values) + former)
        if known.isEmpty { return }
        let people = Set(known.flatMap { organisation.people($0, on: now.day) } + known.compactMap(\.person))
        let posts = Set(try await vacancies().map(\.post))
        let found = try await store.read { session in
            try session.all(
                """
                SELECT DISTINCT document, person, post FROM task
                WHERE step NOT LIKE '!%' AND step NOT LIKE '?%' AND step NOT LIKE '+%' ORDER BY document
                """, []
            ) { (id: $0.int(0), person: $0.intIfAny(1), post: $0.textIfAny(2)) }
        }
        let touched = found.filter { task in
            task.person.map { people.contains(PersonID($0)) } ?? task.post.map { posts.contains($0) } ?? false
        }
        for id in Set(touched.map(\.id)).sorted() {
            try await store.write { [self] session in
                try Transaction(self, session, now: now).followStandIn(id, among: people)
            }
        }
    }
}

extension StandIn {
    fileprivate var person: PersonID? { if case .person(let person) = hand { person } else { nil } }
}

extension Transaction {
    /// - Parameter people: who stands in, or stood in.
    fileprivate func followStandIn(_ id: Int64, among people: Set<PersonID>) throws {
        guard let record = try desk.provedForJob(id, session), let type = desk.catalogue.type(record.type), type.isRequested else { return }
        let fields = try JSONReader.read(record.body), body = Body(keys: desk.keys, try session)
        let bypassed = try type.bypassed(by: record, body)
        let wanted = TaskList.rows(
            record, bypassed, fields: fields, type: type, authority: authority, sender: .none, at: now, idGenerator: desk.idGenerator)
        let standing = try session.all(
            """
            SELECT id, step, post, unit, person FROM task
            WHERE document = $1 AND step NOT LIKE '!%' AND step NOT LIKE '?%' AND step NOT LIKE '+%'
            """, [.int(id)]
        ) { (id: $0.int(0), step: $0.text(1), to: Addressee(person: $0.intIfAny(4), post: $0.textIfAny(2), unit: $0.intIfAny(3))) }
        func isWanted(_ addressee: Addressee) -> Bool { wanted.contains { Self.addressee($0) == addressee } }
        let stale = standing.filter { task in
            guard let person = task.to.person, people.contains(person), !isWanted(task.to), let who = type.whoTakes(task.step) else {
                return false
            }
            return !authority.mayTake(task.step, who, of: type, person, record, fields: fields)
        }
        let rest = standing.filter { task in !stale.contains { $0.id == task.id } }
        let missing = wanted.filter { row in
            let addressee = Self.addressee(row)
            let isStandIn = addressee.person.map { people.contains($0) } ?? false
            return !rest.contains { $0.to == addressee } && (isStandIn || rest.isEmpty)
        }
        if stale.isEmpty && missing.isEmpty { return }
        for task in stale { try session.execute("DELETE FROM task WHERE id = $1", [.int(task.id)]) }
        for row in missing { try session.execute(TaskList.insertion, row) }
        try session.execute(TaskList.timing, [.int(id)])
        let said = authority.wordsOfStandingIn(record, bypassed, fields: fields, of: type)
        let names = missing.map { authority.words(of: Self.addressee($0)) }
        let words = said ?? Words("转给 " + names.map(\.zh).joined(separator: "、"), "to " + names.map(\.en).joined(separator: ", "))
        try desk.enter(.note, record, principal: .system, step: TaskAction.returned, words: words, at: now, session)
        for person in Set(missing.flatMap { authority.people(Self.addressee($0)) }) {
            try notify(
                person,
                Words("有单据待您办理：\(record.number ?? type.title.zh)", "A document waits for you: \(record.number ?? type.title.en)"), about: id
            )
        }
    }

    /// Of a row of `TaskList.insertion`.
    private static func addressee(_ row: [Value]) -> Addressee {
        func number(_ value: Value) -> Int64? { if case .int(let number) = value { number } else { nil } }
        let post: String? = if case .text(let post) = row[3] { post } else { nil }
        return Addressee(person: number(row[5]), post: post, unit: number(row[4]))
    }
}
