import Store
import WorkCalendar

/// Who has to act on a document, as one person sees it.
struct WaitingSearch {
    let desk: Desk
    let session: any Session
    let organisation: Organisation
    let person: PersonID
    let now: Moment

    private struct Task {
        let id: Int64
        let step: String
        let addressee: Addressee
        let since: Moment
        let sender: PersonID
        let reminded: Int64
        let claimed: PersonID
    }

    func all(_ record: Record, _ type: DocumentType) throws -> [Waiting] {
        let access = desk.access(of: person, organisation, at: now)
        let mine = try TaskSearch(access: access).ids(on: record.id, session)
        let authority = Authority(organisation: organisation, catalogue: desk.catalogue, day: now.day)
        let tasks = try session.all(
            "SELECT id, step, post, unit, person, since, sender, reminded, claimed FROM task WHERE document = $1 ORDER BY id",
            [.int(record.id)]
        ) { row in
            Task(
                id: row.int(0), step: row.text(1),
                addressee: Addressee(person: row.intIfAny(4), post: row.textIfAny(2), unit: row.intIfAny(3)),
                since: Moment(milliseconds: row.int(5)), sender: PersonID(row.int(6)), reminded: row.int(7), claimed: PersonID(row.int(8)))
        }
        let mayDirect = try Transaction(desk, session, now: now, mayWrite: false).directs(record, type, Principal(person))
        let isMyTurn = tasks.contains { mine.contains($0.id) && type.step($0.step) != nil }
        return try tasks.map { task in
            let isMine = mine.contains(task.id), kind = Waiting.Kind(task.step, type), people = authority.people(task.addressee)
            let isPassable = isMine || mayDirect && kind == .step
            return Waiting(
                task: task.id, kind: kind, title: type.taskTitle(task.step), who: authority.words(of: task.addressee), people: people,
                claimed: authority.claimants(task.addressee, at: now).contains(task.claimed) ? task.claimed : nil,
                isReminded: task.reminded == Int64(now.day.number),
                isShared: task.addressee.person == nil, step: task.step, since: task.since,
                isMine: isMine, others: isPassable ? try others(for: task, record, type, authority, tasks) : [],
                isVacant: authority.present(among: [task.addressee], in: record.scope).isEmpty,
                standsIn: try standsIn(task, record, type, authority),
                mayWithdraw: kind == .signature && (task.sender == person || isMyTurn))
        }
    }

    private func standsIn(_ task: Task, _ record: Record, _ type: DocumentType, _ authority: Authority) throws -> Bool {
        guard authority.hasStandIns, let step = type.step(task.step), let person = task.addressee.person else { return false }
        let fields = try JSONReader.read(record.body)
        return !authority.satisfies(step.by, person, record, fields: fields)
            && authority.standIns(for: step, of: type, record, fields: fields).contains(person)
    }

    /// To whom the task can be passed on.
    private func others(
        for task: Task, _ record: Record, _ type: DocumentType, _ authority: Authority, _ tasks: [Task]
    ) throws -> [PersonID] {
        if task.step == TaskList.signing {
            let asked = tasks.filter { $0.step == TaskList.signing }.compactMap(\.addressee.person)
            return authority.signers(of: record, askedBy: task.sender).filter { $0 != person && !asked.contains($0) }
        }
        guard let who = type.whoTakes(task.step) else { return [] }
        let people = authority.addressees(of: who, record, fields: try JSONReader.read(record.body)).flatMap(authority.people)
        let notBy = type.step(task.step)?.notBy ?? []
        return try Set(people).filter {
            try $0 != person && !authority.isSameHand(Principal($0), as: notBy, on: record.id, session)
        }.sorted { $0.raw < $1.raw }
    }
}

extension Waiting.Kind {
    init(_ step: String, _ type: DocumentType) {
        self =
            switch step {
            case TaskList.signing: .signature
            case TaskList.answering: .objection
            default: type.step(step) == nil ? .other : .step
            }
    }
}

extension Authority {
    /// Who can be asked to sign a document: who works in its scope, may see its level, and neither requested it nor asks.
    func signers(of record: Record, askedBy asker: PersonID) -> [PersonID] {
        organisation.people.values.filter { maySign($0.id, record, askedBy: asker) }.map(\.id).sorted { $0.raw < $1.raw }
    }

    func maySign(_ person: PersonID, _ record: Record, askedBy asker: PersonID) -> Bool {
        guard let found = organisation.people[person], found.clearance >= record.level else { return false }
        return person != asker && person != record.creator && organisation.isInService(person, within: record.scope, on: day)
    }
}
