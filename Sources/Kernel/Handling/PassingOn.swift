import Ledger
import Store
import WorkCalendar

/// How a document or its task is passed on, taken back or ended, whatever the type.
extension Transaction {
    func requireReason(_ reason: String, field: String = "reason") throws {
        guard reason.contains(where: { !$0.isWhitespace }) else {
            throw DeskError.invalid([.init(field: field, Words("请写明理由", "Give a reason"))])
        }
    }

    func found(_ id: Int64, _ principal: Principal) throws -> (Record, DocumentType) {
        try requireVisible(id, to: principal)
        guard let record = try desk.proved(id, session)?.record, let type = desk.catalogue.type(record.type) else { throw DeskError.absent }
        return (record, type)
    }

    /// In whose name the hand may act: the own first, then those of whoever delegated.
    func names(_ principal: Principal) -> [Principal] {
        if principal.behalf != nil { return [principal] }
        return [principal]
            + organisation.givers(to: principal.person, at: now).map {
                Principal(principal.person, onBehalfOf: $0, signed: principal.signature)
            }
    }

    /// In which name a step of the present state waits for this hand.
    func requireTurn(_ record: Record, _ type: DocumentType, _ principal: Principal) throws -> Principal {
        let fields = try JSONReader.read(record.body)
        let turn = try names(principal).first { principal in
            try type.steps(of: record, Body(keys: desk.keys, session)).contains { step in
                try !step.isOptional
                    && authority.mayTake(step.name, step.by, of: type, principal.effective, record, fields: fields)
                    && (principal.person != record.creator || authority.satisfies(step.by, principal.effective, record, fields: fields))
                    && !authority.isSameHand(principal, as: step.notBy, on: record.id, session)
            }
        }
        guard let turn else { throw DeskError.forbidden(Words("单据不在您手中，不能这样办理", "The document does not wait for you")) }
        return turn
    }

    func move(_ record: inout Record, _ type: DocumentType, to state: String, _ principal: Principal) throws {
        if type.isDestructible { try requireFree(record.id, type.steps.first { $0.to == record.state }?.articles.first) }
        try tellSigners(of: record, type, by: principal)
        record.state = state
        record.version += 1
        record.changed = now
        try record.update(session, digest: record.digest)
        try TaskList.rewrite(
            record, Body(keys: desk.keys, session), fields: try JSONReader.read(record.body), type: type, authority: authority,
            sender: principal.person,
            at: now, idGenerator: desk.idGenerator, session)
    }

    func enter(
        _ handling: TaskAction, _ record: Record?, _ principal: Principal, from: String = "", words: Words? = nil, reason: String = ""
    ) throws {
        try desk.enter(
            .note, record, principal: principal, step: handling.name, from: from, words: words, written: reason, stating: takeStatements(),
            at: now,
            session)
    }

    func sendBack(_ id: Int64, to state: String, _ reason: String, _ principal: Principal, _ handling: TaskAction) throws {
        var (record, type) = try found(id, principal)
        try requireReason(reason)
        let principal = try requireTurn(record, type, principal)
        let visited = try session.all("SELECT body FROM entry WHERE document = $1", [.int(id)]) { try $0.withBlob(0) { try Entry($0) }.to }
        guard visited.contains(state), state != record.state, type.state(state) != nil else {
            throw DeskError.invalid([.init(field: "to", Words("只能退回到已经过的环节", "It can only go back to where it has been"))])
        }
        if let step = type.binding(record.state) {
            throw DeskError.conflict(
                Words("已“\(step.title.zh)”的不能退回，请办理下一步", "After “\(step.title.en)” it cannot be sent back; take the next step"))
        }
        let from = record.state
        try move(&record, type, to: state, principal)
        try notify(
            record.creator,
            Words(
                "\(record.number ?? type.title.zh) 被退回，理由见经过",
                "\(record.number ?? type.title.en) was sent back; the reason stands in what happened"), about: id)
        try enter(handling, record, principal, from: from, reason: reason)
    }

    // MARK: Tasks

    struct HandledTask {
        let id: Int64
        let step: String
        let addressee: Addressee
        let sender: PersonID
        let record: Record
        let type: DocumentType
        /// What people call the document.
        var number: Words { Words(record.number ?? type.title.zh, record.number ?? type.title.en) }
    }

    /// A task of a document that the hand may read. Of one that is done, hidden or never was, the answer is the same.
    func task(_ id: Int64, _ principal: Principal) throws -> HandledTask {
        let task = try session.first("SELECT document, step, person, post, unit, sender FROM task WHERE id = $1", [.int(id)]) { row in
            (
                document: row.int(0), step: row.text(1),
                addressee: Addressee(person: row.intIfAny(2), post: row.textIfAny(3), unit: row.intIfAny(4)), sender: PersonID(row.int(5))
            )
        }
        let (record, type) = try found(task?.document ?? 0, principal)
        guard let task else { throw DeskError.absent }
        return HandledTask(id: id, step: task.step, addressee: task.addressee, sender: task.sender, record: record, type: type)
    }

    /// - Returns: in which name the task waits for this hand.
    func requireMine(_ task: HandledTask, _ principal: Principal) throws -> Principal {
        let access = desk.access(of: principal.person, organisation, at: now)
        let search = TaskSearch(access: access)
        let mine = try names(principal).first { try search.ids(on: task.record.id, for: $0.effective, session).contains(task.id) }
        guard let mine else { throw DeskError.forbidden(Words("这不是您的待办", "This is not your task")) }
        return mine
    }

    func reassign(_ id: Int64, to person: PersonID, _ reason: String, _ principal: Principal, _ handling: TaskAction) throws {
        let task = try task(id, principal)
        let (record, type) = (task.record, task.type)
        try requireReason(reason)
        // Whoever directs the work on a document gives it to somebody else.
        let isDirecting = try !TaskList.isSignature(task.step) && directs(record, type, principal)
        let principal = isDirecting ? principal : try requireMine(task, principal)
        if task.step == TaskList.signing { return try passSignatureOn(task, to: person, reason, principal, handling) }
        let fields = try JSONReader.read(record.body)
        guard let who = type.whoTakes(task.step), authority.mayTake(task.step, who, of: type, person, record, fields: fields) else {
            throw DeskError.invalid([
                .init(field: "to", Words("对方的岗位不能办理此事项，请另选一人", "That person's post does not take this; choose another"))
            ])
        }
        let step = type.step(task.step)
        guard try !authority.isSameHand(Principal(person), as: step?.notBy ?? [], on: record.id, session) else {
            throw Refusal(
                article: step?.articles.of(record).first,
                words: Words("对方办理过前一环节，不得办理此步骤", "That person took the earlier step and may not take this one"))
        }
        try session.execute(
            "UPDATE task SET person = $1, post = NULL, unit = NULL, sender = $2, note = $3, reminded = 0, claimed = 0 WHERE id = $4",
            [.int(person.raw), .int(principal.person.raw), .text(try note(reason, on: record)), .int(id)])
        try notify(
            person,
            Words("\(organisation.name(principal.person).zh)转交给您：\(task.number.zh)", "Reassigned to you: \(task.number.en)"),
            about: record.id)
        try enter(handling, record, principal, words: toWhom("转交", person), reason: reason)
    }

    /// Whoever presses again is told when the reminder was sent; nobody is told twice a day of one task.
    func remind(_ id: Int64, _ principal: Principal, _ handling: TaskAction) throws {
        let task = try task(id, principal)
        let people = authority.people(task.addressee), title = task.type.taskTitle(task.step)
        if people.isEmpty {
            let post = authority.words(of: task.addressee)
            throw DeskError.conflict(
                Words("目前无人担任\(post.zh)，催办无人收到，请联系系统管理员任命", "Nobody is \(post.en) at present; ask an administrator to appoint somebody"))
        }
        let today = Int64(now.day.number)
        guard try session.execute("UPDATE task SET reminded = $1 WHERE id = $2 AND reminded <> $1", [.int(today), .int(id)]) == 1 else {
            throw DeskError.conflict(Words("此待办今天已催办过，同一待办每天催办一次", "A reminder of this task was sent today; there is one a day"))
        }
        for person in people {
            try notify(
                person,
                Words(
                    "催办：\(task.number.zh) 待“\(title.zh)”",
                    "Reminder: \(task.number.en) waits for “\(title.en)”"), about: task.record.id, kind: .supervision)
        }
        try enter(handling, task.record, principal)
    }

    // MARK: Ends

    func withdraw(_ id: Int64, _ reason: String, _ principal: Principal, _ handling: TaskAction) throws {
        let (record, type) = try found(id, principal)
        try requireReason(reason)
        let own = names(principal).first { $0.effective == record.creator }
        guard let own, type.isBeforeAnyDecision(record.state) else {
            throw DeskError.forbidden(Words("只有申请人在他人办理之前可以撤回", "Only the requester can withdraw, and only before anybody has decided"))
        }
        if let step = type.binding(record.state) {
            throw DeskError.conflict(
                Words("“\(step.title.zh)”已生效，不能撤回", "“\(step.title.en)” has taken effect and cannot be withdrawn"))
        }
        try end(record, type, as: TaskAction.withdrawn, reason, own, handling)
    }

    /// A draft is declined by whoever would have to complete it.
    func decline(_ id: Int64, _ reason: String, _ principal: Principal, _ handling: TaskAction) throws {
        let (record, type) = try found(id, principal)
        try requireReason(reason)
        let principal = try requireTurn(record, type, principal)
        guard type.isDraft(record.state) else {
            throw DeskError.conflict(
                Words("只有未通过登记的草稿可以不予受理，请办理下一步或退回", "Only a draft is declined; take the next step or send it back"))
        }
        try end(record, type, as: TaskAction.declined, reason, principal, handling)
        guard record.creator != principal.person else { return }
        try notify(
            record.creator,
            Words(
                "您登记的\(type.title.zh)\(record.number.map { " \($0) " } ?? "")不予受理，理由见经过",
                "Your \(type.title.en.lowercasedFirst) was declined; the reason stands in what happened"), about: id)
    }

    private func end(
        _ record: Record, _ type: DocumentType, as state: String, _ reason: String, _ principal: Principal, _ handling: TaskAction
    ) throws {
        var ended = record
        try move(&ended, type, to: state, principal)
        try session.execute(
            "UPDATE deadline SET met = $1 WHERE document = $2 AND met IS NULL", [.int(now.milliseconds), .int(record.id)])
        try session.execute("DELETE FROM task WHERE document = $1", [.int(record.id)])
        try enter(handling, ended, principal, from: record.state, reason: reason)
    }

    func toWhom(_ zh: String, _ person: PersonID) -> Words {
        let name = organisation.name(person)
        return Words(zh + name.zh, "to " + name.en)
    }

    func organisationChanged() throws { try desk.organisationChanged(session) }
}

extension DocumentType {
    /// What an intake refused and yet kept: no step leads to such a state.
    package func isDraft(_ state: String) -> Bool { self.state(state) != nil && !steps.contains { $0.to == state } }

    /// A draft, or as it was requested: nobody has decided yet.
    package func isBeforeAnyDecision(_ state: String) -> Bool { isDraft(state) || steps.contains { $0.creates && $0.to == state } }

    /// Whom the task of a document is for; `nil` for a countersignature.
    func whoTakes(_ task: String) -> Who? {
        step(task)?.by ?? findings.first { $0.task == task }?.by ?? deadlines.first { TaskList.overdue($0.name) == task }?.escalatesTo
            ?? (task == TaskList.overdue(Supervision.name) ? .any(deadlines.map(\.escalatesTo) + [.head]) : nil)
    }
}
