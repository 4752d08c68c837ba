import Store
import Synchronization

/// Tells those who listen whose lists have changed, once the change is on disk. It says no more than that.
package final class Stirrings: Sendable {
    package typealias Listener = @Sendable (Set<PersonID>) -> Void
    private let listeners = Mutex<[Listener]>([])

    package func listen(_ listener: @escaping Listener) { listeners.withLock { $0.append(listener) } }

    /// Whether anybody listens: an import on the command line tells nobody.
    var isHeard: Bool { listeners.withLock { !$0.isEmpty } }

    func stir(_ people: Set<PersonID>) {
        if people.isEmpty { return }
        for listener in listeners.withLock({ $0 }) { listener(people) }
    }
}

/// Those whose lists a transaction changes. They are told once, after the commit, however many steps it takes: an import's steps are
/// written by another thread meanwhile, and the session is that one's alone.
final class StirredPeople: Sendable {
    private let people = Mutex<Set<PersonID>>([])

    func add(_ more: Set<PersonID>) { people.withLock { $0.formUnion(more) } }

    /// What is to be done after the commit.
    func telling(_ stirrings: Stirrings) -> @Sendable () -> Void {
        { [self] in stirrings.stir(people.withLock { $0 }) }
    }
}

extension Transaction {
    /// - Parameter tasks: rows of `TaskList.insertion`.
    func stirs(_ tasks: [[Value]], _ notices: [[Value]], by person: PersonID) {
        guard desk.stirrings.isHeard else { return }
        func number(_ value: Value) -> Int64? { if case .int(let number) = value { number } else { nil } }
        var people: Set<PersonID> = person.isNone ? [] : [person]
        for row in tasks {
            let post: String? = if case .text(let post) = row[3] { post } else { nil }
            people.formUnion(authority.people(Addressee(person: number(row[5]), post: post, unit: number(row[4]))))
        }
        people.formUnion(notices.compactMap { number($0[1]).map { PersonID($0) } })
        stirred.add(people)
    }
}

extension Desk {
    /// After a handling: those for whom something waits on the document, and whoever handled it.
    func stir(about document: Int64?, by person: PersonID) async {
        guard let document else { return }
        let day = clock.now().day
        let people = try? await store.read { [self] session in
            let authority = Authority(organisation: try organisation(session), catalogue: catalogue, day: day)
            return try session.all("SELECT person, post, unit FROM task WHERE document = $1", [.int(document)]) {
                Addressee(person: $0.intIfAny(0), post: $0.textIfAny(1), unit: $0.intIfAny(2))
            }.flatMap(authority.people)
        }
        stirrings.stir(Set((people ?? []) + [person]))
    }
}
