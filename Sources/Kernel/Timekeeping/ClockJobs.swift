import Ledger
import Store
import WorkCalendar

/// What the program does by itself about clocks: reminds before they are due, and escalates those that ran out.
extension Desk {
    /// Records every clock that has run out, tells whom it escalates to, and puts the document on their to-do list.
    func breakOverdueClocks() async throws {
        let now = clock.now()
        let broken = try await store.read { session in
            try session.all(
                "SELECT id, document, name FROM deadline WHERE met IS NULL AND breached IS NULL AND due < $1 ORDER BY due LIMIT 1000",
                [.int(now.milliseconds)]
            ) { ($0.int(0), $0.int(1), $0.text(2)) }
        }
        for (id, document, name) in broken {
            try await store.write { [self] session in try runOut(id, document, name, at: now, session) }
        }
        try await remindBeforeDue(at: now)
    }

    private func runOut(_ id: Int64, _ document: Int64, _ name: String, at now: Moment, _ session: any Session) throws {
        guard let record = try provedForJob(document, session), let type = catalogue.type(record.type),
            let deadline = try type.deadlines.first(where: { $0.name == name }) ?? supervised(id, name, session)
        else { return }
        let column = deadline.takes == nil ? "breached" : "met"
        let marked = try session.execute(
            "UPDATE deadline SET \(column) = due WHERE id = $1 AND met IS NULL AND breached IS NULL", [.int(id)])
        guard marked == 1 else { return }
        guard let step = deadline.takes else {
            return try Transaction(self, session, now: now).escalate(id, deadline, record, type)
        }
        try sealed(record, session)
        let transaction = try Transaction(self, session, now: now)
        func end<D: Document>(_ type: D.Type) throws {
            _ = try transaction.take(type, step, on: document, principal: .system, place: nil) { _ in }
        }
        try end(type.swiftType)
        try transaction.writePending()
    }

    /// The clock that a supervisor has set; it belongs to no type's table.
    private func supervised(_ id: Int64, _ name: String, _ session: any Session) throws -> Deadline? {
        guard name == Supervision.name else { return nil }
        let key = try session.first("SELECT article FROM deadline WHERE id = $1", [.int(id)]) { $0.text(0) } ?? ""
        return Article(key: key).map(Supervision.limit)
    }

    /// Reminds whoever has a document of a clock that is soon due.
    private func remindBeforeDue(at now: Moment) async throws {
        let near = try await store.read { session in
            try session.all(
                """
                SELECT id, document, name, started, due, remind_at FROM deadline
                WHERE met IS NULL AND breached IS NULL AND remind_at <= $1 AND +due > $1 ORDER BY remind_at LIMIT 1000
                """,
                [.int(now.milliseconds)]
            ) { row in
                NearClock(
                    id: row.int(0), document: row.int(1), name: row.text(2), started: Moment(milliseconds: row.int(3)),
                    due: Moment(milliseconds: row.int(4)), remindAt: row.int(5))
            }
        }
        for clock in near {
            try await store.write { [self] session in try Transaction(self, session, now: now).remind(clock) }
        }
    }
}

/// A clock of which somebody is to be reminded.
private struct NearClock: Sendable {
    let id: Int64
    let document: Int64
    let name: String
    let started: Moment
    let due: Moment
    let remindAt: Int64
}

extension Transaction {
    fileprivate func escalate(_ id: Int64, _ deadline: Deadline, _ record: Record, _ type: DocumentType) throws {
        let fields = try JSONReader.read(record.body), session = try session
        let number = Words(record.number ?? type.title.zh, record.number ?? type.title.en), title = deadline.title
        let holders = try whoHas(record)
        if let names = names(holders) {
            try session.execute("UPDATE deadline SET held_by = $1 WHERE id = $2", [.text(names.kept), .int(id)])
        }
        let addressees =
            deadline.name == Supervision.name
            ? try supervisors(of: record, type, fields: fields) : authority.reached(deadline.escalatesTo, record, type, fields: fields)
        var told: Set<PersonID> = []
        for addressee in addressees {
            try TaskList.add(
                TaskList.overdue(deadline.name), to: addressee, record.id, sender: .none, note: "", at: now, idGenerator: desk.idGenerator,
                session)
            for person in authority.people(addressee) where told.insert(person).inserted {
                try notify(
                    person, Words("\(number.zh) \(title.zh)已逾期，请督办", "\(number.en): \(title.en) is overdue"), about: record.id,
                    kind: .supervision)
            }
        }
        if addressees.isEmpty { try tellOfNobody(type, record) }
        for person in concerned(by: deadline, record, fields) where told.insert(person).inserted {
            try notify(
                person, Words("\(number.zh)：\(deadline.concern.zh)", "\(number.en): \(deadline.concern.en)"), about: record.id, kind: .limit
            )
        }
        if !record.holder.isNone, !told.contains(record.holder) {
            try notify(
                record.holder,
                Words("\(number.zh) \(title.zh)已逾期，请尽快办理", "\(number.en): \(title.en) is overdue; see to it"), about: record.id,
                kind: .limit)
        }
        try desk.enter(
            .system, record, principal: .system, step: TaskList.overdue(deadline.name), articles: [deadline.article], from: record.state,
            words: escalated(to: addressees, from: holders), at: now, session)
    }

    /// Those whose work it is not, and who wait for it.
    private func concerned(by deadline: Deadline, _ record: Record, _ fields: JSONValue) -> [PersonID] {
        deadline.concerns.map { authority.addressees(of: $0, record, fields: fields).flatMap(authority.people) } ?? []
    }

    /// Whom a document waits for: the people behind its tasks, else its holder.
    func whoHas(_ record: Record) throws -> [PersonID] {
        let tasks = try session.all(
            "SELECT person, post, unit FROM task WHERE document = $1 AND step NOT LIKE '!%' AND step NOT LIKE '?%' ORDER BY id",
            [.int(record.id)]
        ) { Addressee(person: $0.intIfAny(0), post: $0.textIfAny(1), unit: $0.intIfAny(2)) }
        let people = tasks.flatMap(authority.people)
        if people.isEmpty { return record.holder.isNone ? [] : [record.holder] }
        return people.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }

    /// Up to five names; `nil` for nobody.
    private func names(_ people: [PersonID]) -> Words? {
        if people.isEmpty { return nil }
        let names = people.prefix(5).map(organisation.name), more = people.count - names.count
        return Words(
            names.map(\.zh).joined(separator: "、") + (more > 0 ? "等 \(people.count) 人" : ""),
            names.map(\.en).joined(separator: ", ") + (more > 0 ? " and \(more) more" : ""))
    }

    private func escalated(to addressees: [Addressee], from holders: [PersonID]) -> Words {
        let to = addressees.map { authority.words(of: $0) }
        let zh = to.isEmpty ? "无人可督办，已告知系统管理员" : "由\(to.map(\.zh).joined(separator: "、"))督办"
        let en = to.isEmpty ? "nobody to escalate to; the administrators know" : "escalated to \(to.map(\.en).joined(separator: ", "))"
        guard let held = names(holders) else { return Words(zh, en) }
        return Words("逾期时在\(held.zh)处，\(zh)", "it was with \(held.en); \(en)")
    }

    /// Administrators can appoint somebody; what the document says is not theirs to know.
    private func tellOfNobody(_ type: DocumentType, _ record: Record) throws {
        let unit = organisation.name(record.unit)
        for person in organisation.administrators(otherThan: .none) {
            try notify(
                person,
                Words(
                    "\(unit.zh)有一件\(type.title.zh)逾期，但无人可督办，请任命负责人",
                    "In \(unit.en) a document (\(type.title.en)) is overdue and nobody is there to see to it; appoint a head"), about: nil,
                kind: .limit)
        }
    }

    fileprivate func remind(_ clock: NearClock) throws {
        guard let record = try Record.load(clock.document, session), let type = desk.catalogue.type(record.type) else { return }
        let deadline = type.deadlines.first { $0.name == clock.name }
        let next = deadline?.reminder(after: now, started: clock.started, due: clock.due)
        let marked = try session.execute(
            "UPDATE deadline SET reminded = $1, remind_at = $2 WHERE id = $3 AND remind_at = $4",
            [.int(now.milliseconds), .int(ifAny: next?.milliseconds), .int(clock.id), .int(clock.remindAt)])
        guard marked == 1 else { return }
        let title = deadline?.title ?? Supervision.title, number = record.number
        var people = Set(try whoHas(record))
        let fields = try JSONReader.read(record.body)
        let others = deadline.map { concerned(by: $0, record, fields) } ?? []
        if !record.holder.isNone, !others.contains(record.holder) { people.insert(record.holder) }
        for person in people {
            try notify(
                person,
                Words(
                    "\(number ?? type.title.zh) \(title.zh)即将到期（\(clock.due.minuteText)）",
                    "\(number ?? type.title.en): \(title.en) is due soon (\(clock.due.minuteText))"), about: record.id, kind: .limit)
        }
    }
}

extension Moment {
    /// 2026-03-04 17:00; midnight is the end of the day before.
    package var minuteText: String {
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        if hour == 0, minute == 0 { return "\(adding(milliseconds: -1).day) 24:00" }
        return "\(day) \(two(hour)):\(two(minute))"
    }
}
