import Ledger
import Store
import WorkCalendar

/// What ends with a post, or with a person's service, in the act that ends it: delegations to and from somebody who is in no post any more,
/// and tasks by name that the person may not take any more. They go to the successor who is named, as far as he may take them,
/// and else back to whom their step addresses now.
struct Leaving {
    let transaction: Transaction
    /// As the act leaves it.
    let authority: Authority
    let principal: Principal
    private let successor: PersonID?
    private var organisation: Organisation { authority.organisation }
    private var desk: Desk { transaction.desk }
    private var now: Moment { transaction.now }

    init(_ transaction: Transaction, by principal: Principal, successor: PersonID? = nil) throws {
        self.transaction = transaction
        self.principal = principal
        self.successor = successor
        authority = Authority(
            organisation: try Organisation.read(transaction.session), catalogue: transaction.desk.catalogue, day: transaction.now.day)
    }

    func settle(_ person: PersonID) throws {
        if !organisation.isWorking(person, on: now.day) {
            try endDelegations(of: person)
            if hasJustLeft(person) { try tellOfDocuments(naming: person) }
        }
        try returnTasks(of: person)
    }

    // MARK: Documents about the person

    /// Posts that ended by date are settled the day after.
    private func hasJustLeft(_ person: PersonID) -> Bool {
        organisation.holdings.contains { $0.person == person && $0.to == now.day.adding(days: -1) }
            || transaction.organisation.isWorking(person, on: now.day)
    }

    /// What is not done and names somebody who left is seen to by the head, or whoever else is there.
    private func tellOfDocuments(naming person: PersonID) throws {
        let name = organisation.name(person), session = try transaction.session
        for (type, ids) in try transaction.documents(naming: person) {
            for id in ids.prefix(50) {
                guard let record = try Record.load(id, session) else { continue }
                let heads = authority.reached(.head, record, type, fields: try JSONReader.read(record.body))
                let number = Words(record.number ?? type.title.zh, record.number ?? type.title.en)
                for other in Set(heads.flatMap(authority.people)).union(try reading(id, of: type)) where other != person {
                    try transaction.notify(
                        other,
                        Words("\(name.zh)已离任，\(number.zh) 尚未办结，请督办", "\(name.en) has left and \(number.en) is not done; see to it"),
                        about: id)
                }
            }
        }
    }

    /// The successor, where he reads the document.
    private func reading(_ id: Int64, of type: DocumentType) throws -> [PersonID] {
        guard let successor else { return [] }
        let access = desk.access(of: successor, organisation, at: now)
        return try desk.mayRead(id, of: type.name, access, transaction.session) ? [successor] : []
    }

    // MARK: Delegations

    private func endDelegations(of person: PersonID) throws {
        let open = organisation.delegations.filter { ($0.giver == person || $0.receiver == person) && $0.to > now }
        if !open.isEmpty { try transaction.organisationChanged() }
        for delegation in open {
            try transaction.end(delegation)
            let (giver, receiver) = (organisation.name(delegation.giver), organisation.name(delegation.receiver))
            let words = Words("\(giver.zh)委托\(receiver.zh)", "\(giver.en) to \(receiver.en)")
            try desk.enter(
                .note, nil, principal: principal, step: TaskAction.endDelegation(delegation.id).name, words: words,
                stating: transaction.takeStatements(), at: now, transaction.session)
            let other = delegation.giver == person ? delegation.receiver : delegation.giver
            try transaction.notify(other, Words("委托已结束：\(words.zh)", "A delegation has ended: \(words.en)"), about: nil)
        }
    }

    // MARK: Tasks

    struct Named {
        let id: Int64
        let document: Int64
        let step: String
        let since: Moment
        let sender: PersonID
        let note: String

        static let columns = "id, document, step, since, sender, note"

        init(_ row: any Row) {
            (id, document, step, since) = (row.int(0), row.int(1), row.text(2), Moment(milliseconds: row.int(3)))
            (sender, note) = (PersonID(row.int(4)), row.text(5))
        }
    }

    private func returnTasks(of person: PersonID) throws {
        let session = try transaction.session
        let tasks = try session.all(
            "SELECT \(Named.columns) FROM task WHERE person = $1 ORDER BY id", [.int(person.raw)], Named.init)
        var told: [PersonID: Int] = [:], left = 0
        for task in tasks {
            guard let record = try desk.provedForJob(task.document, session), let type = desk.catalogue.type(record.type) else { continue }
            let fields = try JSONReader.read(record.body)
            // The document's head signs for a signer who left.
            let asked: Who? = TaskList.isSignature(task.step) ? .head : type.whoTakes(task.step)
            guard let who = asked, !mayTake(task.step, who, person, record, type, fields) else { continue }
            left += 1
            if let successor, successor != person, try transaction.mayInherit(task, successor, authority, record, type, fields) {
                try handOver(task, to: successor, record, session)
                told[successor, default: 0] += 1
                continue
            }
            if task.step == TaskList.signing, try hasNoHead(task, person, record) {
                try giveBack(task, of: person, record, type)
                continue
            }
            let addressees = successors(of: task, person, who, record, type, fields)
            if addressees.isEmpty { continue }
            try give(task, to: addressees, record, session)
            for person in Set(addressees.flatMap(authority.people))
            where organisation.people[person].map({ $0.clearance >= record.level }) ?? false { told[person, default: 0] += 1 }
        }
        if let successor, left > 0, told[successor] == nil { throw Self.noneInherited }
        let name = organisation.name(person)
        for (other, count) in told {
            let words = Words("\(name.zh)不再办理的 \(count) 件待办已转来，请办理", "\(count) of \(name.en)'s tasks came to you; see to them")
            try transaction.notify(other, words, about: nil)
        }
    }

    private func hasNoHead(_ task: Named, _ person: PersonID, _ record: Record) throws -> Bool {
        organisation.heads(above: record.unit, otherThan: person, on: now.day).allSatisfy { $0 == task.sender || $0 == record.creator }
    }

    /// A signature that no head can give goes back to whoever asked for it.
    private func giveBack(_ task: Named, of person: PersonID, _ record: Record, _ type: DocumentType) throws {
        let name = organisation.name(person), number = Words(record.number ?? type.title.zh, record.number ?? type.title.en)
        try transaction.giveBack(
            .init(
                id: task.id, step: task.step, addressee: .person(person), sender: task.sender, record: record, type: type), note: "",
            Words(
                "\(number.zh) 的会签人\(name.zh)已不在岗，请另请会签人，或说明理由后继续办理",
                "\(name.en), who was to sign \(number.en), is not there any more; ask another, or say why it goes on"))
        try desk.enter(
            .note, record, principal: principal, step: TaskAction.returned, words: transaction.toWhom("转给", task.sender), at: now,
            transaction.session)
    }

    private func mayTake(
        _ step: String, _ who: Who, _ person: PersonID, _ record: Record, _ type: DocumentType, _ fields: JSONValue
    ) -> Bool {
        if organisation.people[person].map({ $0.clearance < record.level }) ?? true { return false }
        return TaskList.isSignature(step)
            ? organisation.isInService(person, within: record.scope, on: now.day)
            : authority.mayTake(step, who, of: type, person, record, fields: fields)
    }

    /// Whoever the step addresses now and is there; else the head; else the posts, though nobody holds them yet, of the step or of the
    /// readers. One of them sees it.
    private func successors(
        of task: Named, _ person: PersonID, _ who: Who, _ record: Record, _ type: DocumentType, _ fields: JSONValue
    ) -> [Addressee] {
        // Nobody signs what that person asked to be signed.
        let others = task.step == TaskList.signing ? [person, task.sender, record.creator] : [person]
        let all = authority.addressees(of: who, record, fields: fields).filter { !others.map(Addressee.person).contains($0) }
        let present = authority.present(among: all, in: record.scope)
        if !present.isEmpty { return present }
        let heads = organisation.heads(above: record.unit, otherThan: person, on: now.day).filter { !others.contains($0) }
        if !heads.isEmpty { return heads.map(Addressee.person) }
        let posts = all.filter { if case .post = $0 { true } else { false } }
        return posts.isEmpty ? authority.addressees(of: .any(type.readers), record, fields: fields) : posts
    }

    private static let noneInherited = DeskError.invalid([
        .init(
            field: "successor",
            Words(
                "所选人员的岗位不能办理其名下的任何一件待办，请另选接办人；不指定的，待办退回岗位",
                "The person chosen may take none of the tasks; choose another, or nobody, and they go back to the posts"))
    ])

    private func handOver(_ task: Named, to successor: PersonID, _ record: Record, _ session: any Session) throws {
        try session.execute(
            "UPDATE task SET person = $1, post = NULL, unit = NULL, reminded = 0 WHERE id = $2", [.int(successor.raw), .int(task.id)])
        try desk.enter(
            .note, record, principal: principal, step: TaskAction.handedOver, words: transaction.toWhom("转交", successor), at: now, session)
    }

    private func give(_ task: Named, to addressees: [Addressee], _ record: Record, _ session: any Session) throws {
        try session.execute("DELETE FROM task WHERE id = $1", [.int(task.id)])
        let standing = try session.all(
            "SELECT person, post, unit FROM task WHERE document = $1 AND step = $2", [.int(record.id), .text(task.step)]
        ) {
            Addressee(person: $0.intIfAny(0), post: $0.textIfAny(1), unit: $0.intIfAny(2))
        }
        for addressee in addressees where !standing.contains(addressee) {
            try TaskList.add(
                task.step, to: addressee, record.id, sender: task.sender, note: task.note, at: task.since, idGenerator: desk.idGenerator,
                session)
        }
        let names = addressees.map { authority.words(of: $0) }
        let words = Words("转给 " + names.map(\.zh).joined(separator: "、"), "to " + names.map(\.en).joined(separator: ", "))
        try desk.enter(.note, record, principal: principal, step: TaskAction.returned, words: words, at: now, session)
    }
}

extension Transaction {
    /// Ends a post: now, where the day is today or past, and else with its day.
    func endHolding(_ id: Int64, on day: Day) throws {
        guard let holding = organisation.holdings.first(where: { $0.id == id }) else { throw DeskError.absent }
        guard holding.ended == nil else { throw DeskError.conflict(Words("该任职已经结束", "That post has ended already")) }
        let ended = day <= now.day ? now : nil
        try stating(.holding, id) {
            try $0.execute(
                "UPDATE holding SET to_day = $1, ended = $2 WHERE id = $3",
                [.int(Int64(day.number)), .int(ifAny: ended?.milliseconds), .int(id)])
        }
    }

    /// One that has not begun leaves nothing.
    func end(_ delegation: Delegation) throws {
        try stating(.delegation, delegation.id) {
            if delegation.from < now {
                try $0.execute("UPDATE delegation SET to_at = $1 WHERE id = $2", [.int(now.milliseconds), .int(delegation.id)])
            } else {
                try $0.execute("DELETE FROM delegation WHERE id = $1", [.int(delegation.id)])
            }
        }
    }
}

extension Desk {
    /// Once a day: posts end with a day too, and nobody acts then.
    func settleWhoLeft() async throws {
        let now = clock.now()
        let day = String(now.day.number), mark = "SELECT count(*) FROM setting WHERE name = 'leaving' AND value = $1"
        if try await store.read({ try $0.count(mark, [.text(day)]) }) > 0 { return }
        let organisation = try await organisation()
        let named = try await store.read { session in
            try session.all("SELECT DISTINCT person FROM task WHERE person IS NOT NULL", []) { PersonID($0.int(0)) }
        }
        let parties = organisation.delegations.filter { $0.to > now }.flatMap { [$0.giver, $0.receiver] }
        let ended = organisation.holdings.filter { $0.to == now.day.adding(days: -1) }.map(\.person)
        for person in Set(named + parties + ended) where organisation.hasLeftSomething(person, on: now.day) {
            try await store.write { [self] session in
                try Leaving(try Transaction(self, session, now: now), by: .system).settle(person)
            }
        }
        try await giveOrphans()
        try await tellOfVacancies()
        try await store.write { session in
            try session.execute(
                "INSERT INTO setting (name, value) VALUES ('leaving', $1) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                [.text(day)])
        }
    }
}
