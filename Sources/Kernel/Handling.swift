import Ledger
import Store
import WorkCalendar

/// What can be done with the task of any document, whatever its type.
package enum Handling: Sendable {
    /// Back to an earlier state, with a reason.
    case sendBack(document: Int64, to: String, reason: String)
    /// The task goes to another person who may take the step.
    case reassign(task: Int64, to: PersonID, reason: String)
    /// Somebody else must sign before the next step.
    case addSigner(document: Int64, PersonID, note: String)
    case sign(task: Int64, note: String)
    case remind(task: Int64)
    /// The requester takes it back before anybody has decided.
    case withdraw(document: Int64, reason: String)
    case delegate(to: PersonID, from: Moment, until: Moment, reason: String)
    case endDelegation(Int64)

    var name: String {
        switch self {
        case .sendBack: "+back"
        case .reassign: "+reassign"
        case .addSigner: "+signer"
        case .sign: TaskBoard.signing
        case .remind: "+remind"
        case .withdraw: "+withdraw"
        case .delegate: "+delegate"
        case .endDelegation: "+undelegate"
        }
    }

    /// What the trail calls it.
    static func title(_ name: String) -> Words? {
        switch name {
        case "+back": Words("退回", "Sent back")
        case "+reassign": Words("转交", "Reassigned")
        case "+signer": Words("加签", "Signer added")
        case "+sign": Words("会签", "Countersigned")
        case "+remind": Words("催办", "Reminded")
        case "+withdraw": Words("撤回", "Withdrawn")
        case "+delegate": Words("委托", "Delegated")
        case "+undelegate": Words("结束委托", "Delegation ended")
        case returned: Words("待办转回", "Task came back")
        case "read": Words("查看个人信息", "Personal data read")
        case "export": Words("导出", "Exported")
        case "file": Words("查阅附件", "File read")
        case "overdue": Words("逾期升级", "Overdue, escalated")
        default: KeyWork(rawValue: name)?.title
        }
    }

    /// A task by name, whose person left, goes back.
    static let returned = "+return"

    /// The state of a document that its requester took back. It belongs to no type's table.
    package static let withdrawn = "withdrawn"
}

extension Desk {
    /// - Throws: `DeskError.forbidden` where it is not this person's to do, `.invalid` where a reason is missing.
    package func handle(_ handling: Handling, by hand: Hand) async throws {
        let now = clock.now()
        try handling.requireShortTexts()
        try await once(hand, at: now) { [self] session in
            let transaction = try Transaction(self, session, now: now)
            try transaction.requireHandler(hand, of: handling)
            switch handling {
            case .sendBack(let id, let state, let reason): try transaction.sendBack(id, to: state, reason, hand, handling)
            case .reassign(let task, let person, let reason): try transaction.reassign(task, to: person, reason, hand, handling)
            case .addSigner(let id, let person, let note): try transaction.addSigner(id, person, note, hand, handling)
            case .sign(let task, let note): try transaction.sign(task, note, hand, handling)
            case .remind(let task): try transaction.remind(task, hand, handling)
            case .withdraw(let id, let reason): try transaction.withdraw(id, reason, hand, handling)
            case .delegate(let person, let from, let until, let reason):
                try transaction.delegate(to: person, from: from, until: until, reason, hand, handling)
            case .endDelegation(let id): try transaction.endDelegation(id, hand, handling)
            }
            return ((), 0)
        } again: { _, _ in }
    }
}

extension Transaction {
    func requireReason(_ reason: String) throws {
        guard reason.contains(where: { !$0.isWhitespace }) else {
            throw DeskError.invalid([.init(field: "reason", Words("请写明理由", "Give a reason"))])
        }
    }

    private func found(_ id: Int64, _ hand: Hand) throws -> (Record, DocumentType) {
        try requireVisible(id, to: hand)
        guard let record = try desk.proved(id, session)?.record, let type = desk.catalogue.type(record.type) else { throw DeskError.absent }
        return (record, type)
    }

    /// Whether a step of the present state waits for this hand.
    private func requireTurn(_ record: Record, _ type: DocumentType, _ hand: Hand) throws {
        let fields = try JSONReader.read(record.body)
        let turn = try type.steps(from: record.state).contains { step in
            try !step.isOptional && authority.satisfies(step.by, hand.standing, record, fields: fields)
                && !authority.isSameHand(hand, as: step.notBy, on: record.id, session)
        }
        guard turn else { throw DeskError.forbidden(Words("文书不在您手中，不能这样办理", "The document does not wait for you")) }
    }

    private func move(_ record: inout Record, _ type: DocumentType, to state: String, _ hand: Hand) throws {
        record.state = state
        record.version += 1
        record.changed = now
        try record.update(session, digest: record.digest)
        try TaskBoard.rewrite(
            record, fields: try JSONReader.read(record.body), type: type, authority: authority, sender: hand.person, at: now,
            numberer: desk.numberer, session)
    }

    func enter(
        _ handling: Handling, _ record: Record?, _ hand: Hand, from: String = "", words: Words? = nil, reason: String = ""
    ) throws {
        try desk.enter(
            .note, record, hand: hand, step: handling.name, from: from, words: words, written: reason, stating: takeStatements(), at: now,
            session)
    }

    fileprivate func sendBack(_ id: Int64, to state: String, _ reason: String, _ hand: Hand, _ handling: Handling) throws {
        var (record, type) = try found(id, hand)
        try requireReason(reason)
        try requireTurn(record, type, hand)
        let visited = try session.all("SELECT body FROM entry WHERE document = $1", [.int(id)]) { try $0.withBlob(0) { try Entry($0) }.to }
        guard visited.contains(state), state != record.state, type.state(state) != nil else {
            throw DeskError.invalid([.init(field: "to", Words("只能退回到已经过的环节", "It can only go back to where it has been"))])
        }
        if let step = type.binding(record.state) {
            throw DeskError.conflict(
                Words("已“\(step.title.zh)”的不能退回，请办理下一步", "After “\(step.title.en)” it cannot be sent back; take the next step"))
        }
        let from = record.state
        try move(&record, type, to: state, hand)
        try notify(
            record.creator,
            Words(
                "\(record.number ?? type.title.zh) 被退回，理由见经过",
                "\(record.number ?? type.title.en) was sent back; the reason stands in what happened"), about: id)
        try enter(handling, record, hand, from: from, reason: reason)
    }

    private struct HandledTask {
        let document: Int64
        let step: String
        let addressee: Addressee
        let record: Record
        let type: DocumentType
    }

    /// A task of a document that the hand may read. Of one that is done, hidden or never was, the answer is the same.
    private func task(_ id: Int64, _ hand: Hand) throws -> HandledTask {
        let task = try session.first("SELECT document, step, person, post, unit FROM task WHERE id = $1", [.int(id)]) { row in
            (
                document: row.int(0), step: row.text(1),
                addressee: Addressee(person: row.intIfAny(2), post: row.textIfAny(3), unit: row.intIfAny(4))
            )
        }
        let (record, type) = try found(task?.document ?? 0, hand)
        guard let task else { throw DeskError.absent }
        return HandledTask(document: task.document, step: task.step, addressee: task.addressee, record: record, type: type)
    }

    private func requireMine(_ id: Int64, on document: Int64, _ hand: Hand) throws {
        let access = Access(person: hand.person, organisation: organisation, catalogue: desk.catalogue, now: now)
        guard try TaskSearch(access: access).ids(on: document, session).contains(id) else {
            throw DeskError.forbidden(Words("这不是您的待办", "This is not your task"))
        }
    }

    fileprivate func reassign(_ id: Int64, to person: PersonID, _ reason: String, _ hand: Hand, _ handling: Handling) throws {
        let task = try task(id, hand)
        let (record, type) = (task.record, task.type)
        try requireReason(reason)
        try requireMine(id, on: task.document, hand)
        let fields = try JSONReader.read(record.body)
        guard let step = type.step(task.step), authority.satisfies(step.by, person, record, fields: fields) else {
            throw DeskError.invalid([
                .init(field: "to", Words("对方的岗位不能办理此步骤，请另选一人", "That person's post does not take this step; choose another"))
            ])
        }
        guard try !authority.isSameHand(Hand(person), as: step.notBy, on: record.id, session) else {
            throw Refusal(
                article: step.articles.first,
                words: Words("对方办理过前一环节，不得办理此步骤", "That person took the earlier step and may not take this one"))
        }
        try session.execute(
            "UPDATE task SET person = $1, post = NULL, unit = NULL, sender = $2, note = $3 WHERE id = $4",
            [.int(person.raw), .int(hand.person.raw), .text(try note(reason, on: record)), .int(id)])
        try notify(
            person,
            Words(
                "\(organisation.name(hand.person).zh)转交给您：\(record.number ?? type.title.zh)",
                "Reassigned to you: \(record.number ?? type.title.en)"), about: record.id)
        try enter(handling, record, hand, words: toWhom("转交", person), reason: reason)
    }

    fileprivate func addSigner(_ id: Int64, _ person: PersonID, _ note: String, _ hand: Hand, _ handling: Handling) throws {
        let (record, type) = try found(id, hand)
        try requireTurn(record, type, hand)
        guard organisation.isInService(person, within: record.scope, on: now.day), person != hand.person, person != record.creator else {
            throw DeskError.invalid([
                .init(field: "to", Words("会签人须在本单位范围内任职，请另选一人", "A signer is somebody else with a post in this unit; choose another"))
            ])
        }
        guard let clearance = organisation.people[person]?.clearance, clearance >= record.level else {
            throw DeskError.invalid([
                .init(field: "to", Words("对方的涉密等级不够查看此件，请另选一人", "That person's clearance is below this document's level; choose another"))
            ])
        }
        try TaskBoard.add(
            TaskBoard.signing, to: .person(person), id, sender: hand.person, note: try self.note(note, on: record), at: now,
            numberer: desk.numberer, session)
        try notify(
            person, Words("请会签：\(record.number ?? type.title.zh)", "Please countersign: \(record.number ?? type.title.en)"), about: id)
        try tellHeads(of: record, type, hand, letIn: person)
        try enter(handling, record, hand, words: organisation.name(person), reason: note)
    }

    fileprivate func sign(_ id: Int64, _ note: String, _ hand: Hand, _ handling: Handling) throws {
        let task = try task(id, hand)
        try requireMine(id, on: task.document, hand)
        guard task.step == TaskBoard.signing else {
            throw DeskError.invalid([.init(field: "task", Words("此待办不是会签", "This task is not a countersignature"))])
        }
        try session.execute("DELETE FROM task WHERE id = $1", [.int(id)])
        if let row = takenRow(TaskBoard.signing, hand, through: Authority.byName, task.document) {
            try session.execute(Self.takenInsertion, row)
        }
        try enter(handling, task.record, hand, words: hand.signature?.words, reason: note)
    }

    fileprivate func remind(_ id: Int64, _ hand: Hand, _ handling: Handling) throws {
        let task = try task(id, hand)
        let (record, type) = (task.record, task.type)
        let people = authority.people(task.addressee)
        let title = type.taskTitle(task.step)
        for person in people {
            try notify(
                person,
                Words(
                    "催办：\(record.number ?? type.title.zh) 待“\(title.zh)”",
                    "Reminder: \(record.number ?? type.title.en) waits for “\(title.en)”"), about: record.id)
        }
        try enter(handling, record, hand)
    }

    fileprivate func withdraw(_ id: Int64, _ reason: String, _ hand: Hand, _ handling: Handling) throws {
        var (record, type) = try found(id, hand)
        try requireReason(reason)
        let first = type.steps.filter { $0.creates }.compactMap(\.to)
        guard record.creator == hand.standing, first.contains(record.state) else {
            throw DeskError.forbidden(Words("只有申请人在他人办理之前可以撤回", "Only the requester can withdraw, and only before anybody has decided"))
        }
        if let step = type.binding(record.state) {
            throw DeskError.conflict(
                Words("“\(step.title.zh)”已生效，不能撤回", "“\(step.title.en)” has taken effect and cannot be withdrawn"))
        }
        let from = record.state
        try move(&record, type, to: Handling.withdrawn, hand)
        try session.execute("UPDATE deadline SET met = $1 WHERE document = $2 AND met IS NULL", [.int(now.milliseconds), .int(id)])
        try enter(handling, record, hand, from: from, reason: reason)
    }

    func toWhom(_ zh: String, _ person: PersonID) -> Words {
        let name = organisation.name(person)
        return Words(zh + name.zh, "to " + name.en)
    }

    func organisationChanged() throws { try desk.organisationChanged(session) }
}
