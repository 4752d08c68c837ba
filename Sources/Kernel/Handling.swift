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
        case "read": Words("查看个人信息", "Personal data read")
        case "export": Words("导出", "Exported")
        case "file": Words("查阅附件", "File read")
        case "overdue": Words("逾期升级", "Overdue, escalated")
        default: KeyWork(rawValue: name)?.title
        }
    }

    /// The state of a document that its requester took back. It belongs to no type's table.
    package static let withdrawn = "withdrawn"
}

extension Desk {
    /// - Throws: `DeskError.forbidden` where it is not this person's to do, `.invalid` where a reason is missing.
    package func handle(_ handling: Handling, by hand: Hand) async throws {
        let now = clock.now()
        try await store.write { [self] session in
            let transaction = try Transaction(self, session, now: now)
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
        }
    }
}

extension Transaction {
    private func require(_ reason: String, _ field: String = "reason") throws {
        guard reason.contains(where: { !$0.isWhitespace }) else {
            throw DeskError.invalid([.init(field: field, Words("请写明理由", "Give a reason"))])
        }
    }

    private func found(_ id: Int64, _ hand: Hand) throws -> (Record, DocumentType) {
        try requireVisible(id, to: hand)
        guard let record = try Record.load(id, session), let type = desk.catalogue.type(record.type) else { throw DeskError.absent }
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

    private func enter(
        _ handling: Handling, _ record: Record?, _ hand: Hand, from: String = "", words: Words? = nil, reason: String = ""
    ) throws {
        try desk.enter(.note, record, hand: hand, step: handling.name, from: from, words: words, written: reason, at: now, session)
    }

    fileprivate func sendBack(_ id: Int64, to state: String, _ reason: String, _ hand: Hand, _ handling: Handling) throws {
        var (record, type) = try found(id, hand)
        try require(reason)
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

    private func task(_ id: Int64) throws -> (document: Int64, step: String, person: PersonID?, post: String?, unit: UnitID) {
        let found = try session.first("SELECT document, step, person, post, unit FROM task WHERE id = $1", [.int(id)]) { row in
            (row.int(0), row.text(1), row.intIfAny(2).map { PersonID($0) }, row.textIfAny(3), UnitID(row.intIfAny(4) ?? 0))
        }
        guard let found else { throw DeskError.conflict(Words("此待办已办结或已转走", "This task is done or has moved on")) }
        return found
    }

    private func requireMine(_ id: Int64, on document: Int64, _ hand: Hand) throws {
        guard try TaskSearch(person: hand.person, organisation: organisation, at: now).ids(on: document, session).contains(id) else {
            throw DeskError.forbidden(Words("这不是您的待办", "This is not your task"))
        }
    }

    fileprivate func reassign(_ id: Int64, to person: PersonID, _ reason: String, _ hand: Hand, _ handling: Handling) throws {
        let task = try task(id)
        let (record, type) = try found(task.document, hand)
        try require(reason)
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
        guard organisation.people[person]?.isActive == true, person != hand.person, person != record.creator else {
            throw DeskError.invalid([.init(field: "to", Words("请另选一位在职人员会签", "Choose another person in service to sign"))])
        }
        try TaskBoard.add(
            TaskBoard.signing, to: .person(person), id, sender: hand.person, note: try self.note(note, on: record), at: now,
            numberer: desk.numberer, session)
        try notify(
            person, Words("请会签：\(record.number ?? type.title.zh)", "Please countersign: \(record.number ?? type.title.en)"), about: id)
        try enter(handling, record, hand, words: organisation.name(person), reason: note)
    }

    fileprivate func sign(_ id: Int64, _ note: String, _ hand: Hand, _ handling: Handling) throws {
        let task = try task(id)
        try requireMine(id, on: task.document, hand)
        guard task.step == TaskBoard.signing else {
            throw DeskError.invalid([.init(field: "task", Words("此待办不是会签", "This task is not a countersignature"))])
        }
        try session.execute("DELETE FROM task WHERE id = $1", [.int(id)])
        try session.execute(
            "INSERT INTO taken (document, step, person, behalf, at) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING",
            [.int(task.document), .text(TaskBoard.signing), .int(hand.person.raw), .int(hand.behalf?.raw ?? 0), .int(now.milliseconds)])
        try enter(handling, try Record.load(task.document, session), hand, reason: note)
    }

    fileprivate func remind(_ id: Int64, _ hand: Hand, _ handling: Handling) throws {
        let task = try task(id)
        let (record, type) = try found(task.document, hand)
        let people = task.person.map { [$0] } ?? authority.people(.post(task.post ?? "", task.unit))
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
        try require(reason)
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

    fileprivate func delegate(to person: PersonID, from: Moment, until: Moment, _ reason: String, _ hand: Hand, _ handling: Handling) throws
    {
        try require(reason)
        guard organisation.people[person]?.isActive == true, person != hand.person else {
            throw DeskError.invalid([.init(field: "to", Words("请选择另一位在职人员", "Choose another person in service"))])
        }
        guard from < until, until > now else {
            throw DeskError.invalid([.init(field: "until", Words("结束时间应晚于开始时间和现在", "The end must be after the beginning and after now"))])
        }
        let isDouble = organisation.delegations.contains {
            $0.giver == hand.person && $0.receiver == person && $0.from < until && from < $0.to
        }
        if isDouble {
            throw DeskError.invalid([
                .init(field: "to", Words("这段时间您已委托此人，不必重复委托", "This person is your delegate in that time already"))
            ])
        }
        let id = desk.numberer.next(now)
        try session.execute(
            "INSERT INTO delegation (id, giver, receiver, from_at, to_at, reason) VALUES ($1, $2, $3, $4, $5, $6)",
            [
                .int(id), .int(hand.person.raw), .int(person.raw), .int(from.milliseconds), .int(until.milliseconds),
                .text(try Written(keys: desk.keys).sealed(reason: reason, of: id)),
            ])
        try organisationChanged()
        try notify(
            person, Words("\(organisation.name(hand.person).zh)委托您代办", "\(organisation.name(hand.person).en) made you a delegate"),
            about: nil)
        try enter(handling, nil, hand, words: toWhom("委托", person), reason: reason)
    }

    private func toWhom(_ zh: String, _ person: PersonID) -> Words {
        let name = organisation.name(person)
        return Words(zh + name.zh, "to " + name.en)
    }

    fileprivate func endDelegation(_ id: Int64, _ hand: Hand, _ handling: Handling) throws {
        let ended = try session.execute(
            "UPDATE delegation SET to_at = $1 WHERE id = $2 AND giver = $3 AND to_at > $1 AND from_at < $1",
            [.int(now.milliseconds), .int(id), .int(hand.person.raw)])
        if ended == 0 {
            guard
                try session.execute(
                    "DELETE FROM delegation WHERE id = $1 AND giver = $2 AND from_at >= $3",
                    [.int(id), .int(hand.person.raw), .int(now.milliseconds)]) == 1
            else { throw DeskError.absent }
        }
        try organisationChanged()
        try enter(handling, nil, hand)
    }

    /// Everybody reads the organisation anew.
    func organisationChanged() throws {
        try session.execute(
            """
            INSERT INTO setting (name, value) VALUES ('organisation', '1')
            ON CONFLICT (name) DO UPDATE SET value = CAST(CAST(setting.value AS BIGINT) + 1 AS TEXT)
            """)
    }
}
