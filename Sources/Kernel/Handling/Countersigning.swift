import Store
import WorkCalendar

/// 会签: somebody else is asked to sign before a document goes on, and agrees or objects.
extension Transaction {
    private func requireSigner(_ person: PersonID, _ record: Record, askedBy asker: PersonID) throws {
        guard organisation.isInService(person, within: record.scope, on: now.day), person != asker, person != record.creator else {
            throw DeskError.invalid([
                .init(field: "to", Words("会签人须在本单位范围内任职，请另选一人", "A signer is somebody else with a post in this unit; choose another"))
            ])
        }
        guard authority.maySign(person, record, askedBy: asker) else {
            throw DeskError.invalid([
                .init(field: "to", Words("对方的涉密等级不够查看此件，请另选一人", "That person's clearance is below this document's level; choose another"))
            ])
        }
        let asked = try session.count(
            "SELECT count(*) FROM task WHERE document = $1 AND step = $2 AND person = $3",
            [.int(record.id), .text(TaskList.signing), .int(person.raw)])
        guard asked == 0 else {
            throw DeskError.invalid([.init(field: "to", Words("此人已在会签中，不必重复邀请", "This person is asked to sign already"))])
        }
    }

    func addSigner(_ id: Int64, _ person: PersonID, _ note: String, _ principal: Principal, _ handling: TaskAction) throws {
        let (record, type) = try found(id, principal)
        let principal = try requireTurn(record, type, principal)
        try requireSigner(person, record, askedBy: principal.person)
        try TaskList.add(
            TaskList.signing, to: .person(person), id, sender: principal.person, note: try self.note(note, on: record), at: now,
            idGenerator: desk.idGenerator, session)
        try notify(
            person, Words("请会签：\(record.number ?? type.title.zh)", "Please countersign: \(record.number ?? type.title.en)"), about: id)
        try tellHeads(of: record, type, principal, letIn: person)
        try enter(handling, record, principal, words: organisation.name(person), reason: note)
    }

    /// The question, and who asked it, stay.
    func passSignatureOn(_ task: HandledTask, to person: PersonID, _ reason: String, _ principal: Principal, _ handling: TaskAction) throws
    {
        guard person != principal.effective else {
            throw DeskError.invalid([.init(field: "to", Words("请另选一人", "Choose somebody else"))])
        }
        try requireSigner(person, task.record, askedBy: task.sender)
        try session.execute(
            "UPDATE task SET person = $1, post = NULL, unit = NULL, reminded = 0 WHERE id = $2", [.int(person.raw), .int(task.id)])
        try notify(
            person,
            Words("\(organisation.name(principal.person).zh)请您代为会签：\(task.number.zh)", "You are asked to countersign: \(task.number.en)"),
            about: task.record.id)
        try tellHeads(of: task.record, task.type, principal, letIn: person)
        if task.sender != principal.person {
            try notify(
                task.sender,
                Words(
                    "\(task.number.zh) 的会签已由\(organisation.name(principal.person).zh)转交\(organisation.name(person).zh)",
                    "\(organisation.name(person).en) countersigns \(task.number.en) in the place of \(organisation.name(principal.person).en)"
                ),
                about: task.record.id)
        }
        try enter(handling, task.record, principal, words: toWhom("转交", person), reason: reason)
    }

    private func signature(_ id: Int64, _ principal: Principal) throws -> (HandledTask, Principal) {
        let task = try task(id, principal)
        let principal = try requireMine(task, principal)
        guard task.step == TaskList.signing else {
            throw DeskError.invalid([.init(field: "task", Words("此待办不是会签", "This task is not a countersignature"))])
        }
        if let row = takenRow(TaskList.signing, principal, through: Authority.byName, task.record.id) {
            try session.execute(Self.takenInsertion, row)
        }
        return (task, principal)
    }

    func sign(_ id: Int64, _ note: String, _ principal: Principal, _ handling: TaskAction) throws {
        let (task, principal) = try signature(id, principal)
        try session.execute("DELETE FROM task WHERE id = $1", [.int(id)])
        try enter(handling, task.record, principal, words: principal.signature?.words, reason: note)
    }

    func object(_ id: Int64, _ note: String, _ principal: Principal, _ handling: TaskAction) throws {
        let (task, principal) = try signature(id, principal)
        try requireReason(note, field: "note")
        let name = organisation.name(principal.effective)
        try giveBack(
            task, note: note,
            Words("\(name.zh)不同意会签：\(task.number.zh)，请答复", "\(name.en) objects to \(task.number.en); answer it"))
        try enter(handling, task.record, principal, reason: note)
    }

    /// A signature that is not given goes back to whoever asked for it, or whose turn it is where that person has left.
    func giveBack(_ task: HandledTask, note: String, _ words: Words) throws {
        try session.execute("DELETE FROM task WHERE id = $1", [.int(task.id)])
        let record = task.record
        let asker = [Addressee.person(task.sender)], fields = try JSONReader.read(record.body)
        let turn = try task.type.steps(of: record, Body(keys: desk.keys, session)).filter { !$0.isOptional }.flatMap {
            authority.addressees(of: $0.by, record, fields: fields)
        }
        let addressees = authority.present(among: asker, in: record.scope).isEmpty ? Array(Set(turn)) : asker
        for addressee in addressees {
            try TaskList.add(
                TaskList.answering, to: addressee, record.id, sender: task.addressee.person ?? .none,
                note: try self.note(note, on: record), at: now, idGenerator: desk.idGenerator, session)
        }
        for person in Set(addressees.flatMap(authority.people)) { try notify(person, words, about: record.id) }
    }

    func answer(_ id: Int64, _ note: String, _ principal: Principal, _ handling: TaskAction) throws {
        let task = try task(id, principal)
        let principal = try requireMine(task, principal)
        guard task.step == TaskList.answering else {
            throw DeskError.invalid([.init(field: "task", Words("此待办不是会签意见", "This task is no objection to be answered"))])
        }
        try requireReason(note, field: "note")
        try session.execute(
            "DELETE FROM task WHERE document = $1 AND step = $2 AND sender = $3",
            [.int(task.record.id), .text(TaskList.answering), .int(task.sender.raw)])
        try notify(
            task.sender,
            Words("您对 \(task.number.zh) 的会签意见已答复", "Your objection to \(task.number.en) was answered"), about: nil)
        try enter(handling, task.record, principal, reason: note)
    }

    /// By whoever asked for it, or whose turn it is.
    func withdrawSigner(_ id: Int64, _ reason: String, _ principal: Principal, _ handling: TaskAction) throws {
        let task = try task(id, principal)
        guard task.step == TaskList.signing else {
            throw DeskError.invalid([.init(field: "task", Words("此待办不是会签", "This task is not a countersignature"))])
        }
        try requireReason(reason)
        let principal = task.sender == principal.person ? principal : try requireTurn(task.record, task.type, principal)
        try session.execute("DELETE FROM task WHERE id = $1", [.int(id)])
        if let person = task.addressee.person {
            try notify(person, Words("\(task.number.zh) 不再需要您会签", "\(task.number.en) needs your signature no more"), about: nil)
        }
        try enter(handling, task.record, principal, words: authority.words(of: task.addressee), reason: reason)
    }

    // MARK: What waits for signatures

    /// Whoever was asked to sign a document that moves on without it is told.
    func tellSigners(of record: Record, _ type: DocumentType, by principal: Principal) throws {
        for notice in try dismissals(of: record, type, by: principal) { try session.execute(Self.noticeInsertion, notice) }
    }

    /// Rows of `noticeInsertion`.
    func dismissals(of record: Record, _ type: DocumentType, by principal: Principal) throws -> [[Value]] {
        let signers = try database.all(
            "SELECT person FROM task WHERE document = $1 AND step = $2 AND person IS NOT NULL",
            [.int(record.id), .text(TaskList.signing)]
        ) { PersonID($0.int(0)) }
        return signers.filter { $0 != principal.person }.map { person in
            notice(
                to: person,
                Words(
                    "\(record.number ?? type.title.zh) 已往下办理，不再需要您会签",
                    "\(record.number ?? type.title.en) has moved on and needs your signature no more"), about: nil)
        }
    }

    /// A step that leads on follows the signatures and the answers to objections; one that ends the document needs none.
    /// - Parameter open: the steps of the document's tasks.
    func requireSigned(_ step: DocumentType.Step, _ record: Record, _ type: DocumentType, _ open: Set<String>) throws {
        guard step.needsSignatures(in: type) else { return }
        if open.contains(TaskList.signing) {
            throw Refusal(
                article: step.articles.of(record).first,
                words: Words(
                    "尚有会签人未签署，签署或撤回会签后方可办理", "An added signer has not signed yet; the step follows the signature, or its withdrawal"))
        }
        if open.contains(TaskList.answering) {
            throw Refusal(
                article: step.articles.of(record).first,
                words: Words(
                    "会签人不同意，须由请其会签的人答复后方可办理", "A signer objected; the step follows the answer of whoever asked for the signature"))
        }
    }
}

extension DocumentType.Step {
    /// A refusal, as every step to such an end, waits for no signature.
    func needsSignatures(in type: DocumentType) -> Bool {
        !creates && !isOptional && to.flatMap { type.state($0)?.tone } != .no
    }
}

extension Addressee {
    var person: PersonID? { if case .person(let person) = self { person } else { nil } }
}
