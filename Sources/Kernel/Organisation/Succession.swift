import Store
import WorkCalendar

/// 接办: who may take over what waits by name for somebody who leaves. What the step asks of whoever takes it is asked of the successor.
extension Transaction {
    /// - Parameter authority: of the organisation in which the person is there no more.
    func mayInherit(
        _ task: Leaving.Named, _ successor: PersonID, _ authority: Authority, _ record: Record, _ type: DocumentType, _ fields: JSONValue
    ) throws -> Bool {
        if task.step == TaskList.signing {
            let isAsked = try session.count(
                "SELECT count(*) FROM task WHERE document = $1 AND step = $2 AND person = $3",
                [.int(record.id), .text(task.step), .int(successor.raw)])
            return isAsked == 0 && authority.maySign(successor, record, askedBy: task.sender)
        }
        guard let found = organisation.people[successor], found.clearance >= record.level else { return false }
        guard let who = type.whoTakes(task.step), authority.mayTake(task.step, who, of: type, successor, record, fields: fields) else {
            return false
        }
        return try !authority.isSameHand(Principal(successor), as: type.step(task.step)?.notBy ?? [], on: record.id, session)
    }
}

extension Desk {
    /// Who could take over something of what waits by name for a person, for a form to offer. Of the oldest tasks; there are few.
    package func successors(of person: PersonID) async throws -> [PersonID] {
        let now = clock.now()
        return try await store.read { [self] session in
            let transaction = try Transaction(self, session, now: now)
            let others = transaction.organisation.people.values.filter { $0.isActive && $0.id != person }.map(\.id)
            let tasks = try session.all(
                "SELECT \(Leaving.Named.columns) FROM task WHERE person = $1 ORDER BY id LIMIT 100", [.int(person.raw)], Leaving.Named.init)
            var found: Set<PersonID> = []
            for task in tasks {
                guard let record = try Record.load(task.document, session), let type = catalogue.type(record.type) else { continue }
                let fields = try JSONReader.read(record.body)
                for other in others where !found.contains(other) {
                    if try transaction.mayInherit(task, other, transaction.authority, record, type, fields) { found.insert(other) }
                }
            }
            return found.sorted { $0.raw < $1.raw }
        }
    }
}
