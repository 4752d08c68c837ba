import Ledger
import Store
import WorkCalendar

/// What can be done with the task of any document, whatever its type.
package enum TaskAction: Sendable {
    /// Back to an earlier state, with a reason.
    case sendBack(document: Int64, to: String, reason: String)
    /// The task goes to another person who may take the step.
    case reassign(task: Int64, to: PersonID, reason: String)
    /// Somebody else must sign before the next step.
    case addSigner(document: Int64, PersonID, note: String)
    case sign(task: Int64, note: String)
    /// A signer does not agree: whoever asked answers it before the document goes on.
    case object(task: Int64, note: String)
    /// Whoever asked for a signature answers the objection to it, and the document may go on.
    case answer(task: Int64, note: String)
    /// Whoever asked for a signature does without it.
    case withdrawSigner(task: Int64, reason: String)
    /// Once a day for a task.
    case remind(task: Int64)
    /// The requester takes it back before anybody has decided.
    case withdraw(document: Int64, reason: String)
    /// Whoever would have to complete a draft ends it.
    case decline(document: Int64, reason: String)
    /// Whoever took the last step takes it back while nothing has followed.
    case undo(document: Int64)
    /// Whoever an overdue clock was escalated to says what is to be done and until when.
    case supervise(document: Int64, opinion: String, until: Moment)
    /// Of a task that waits at a post: the others see who has it.
    case claim(task: Int64)
    case release(task: Int64)
    /// Words beside the steps; an @ names people who may read the document.
    case comment(document: Int64, text: String)
    /// To be read by these, by their names.
    case circulate(document: Int64, names: String, note: String)
    /// Whoever it was sent to has read it.
    case acknowledge(document: Int64)
    case delegate(to: PersonID, from: Moment, until: Moment, reason: String)
    case endDelegation(Int64)

    var name: String {
        switch self {
        case .sendBack: "+back"
        case .reassign: "+reassign"
        case .addSigner: "+signer"
        case .sign: TaskList.signing
        case .object: "+object"
        case .answer: TaskList.answering
        case .withdrawSigner: "+unsigner"
        case .remind: "+remind"
        case .withdraw: "+withdraw"
        case .decline: "+decline"
        case .undo: "+undo"
        case .supervise: Supervision.name
        case .claim: "+claim"
        case .release: "+release"
        case .comment: "+comment"
        case .circulate: "+copy"
        case .acknowledge: "+seen"
        case .delegate: "+delegate"
        case .endDelegation: "+undelegate"
        }
    }

    /// Those that leave a document, its tasks and its clocks as they are.
    static let besides: Set<String> = ["+remind", "+claim", "+release", "+comment", "+copy", "+seen"]

    /// What the trail calls it.
    package static func title(_ name: String) -> Words? {
        switch name {
        case "+back": Words("退回", "Sent back")
        case "+reassign": Words("转交", "Reassigned")
        case "+signer": Words("加签", "Signer added")
        case "+sign": Words("会签", "Countersigned")
        case "+object": Words("会签不同意", "Signer objected")
        case "+answer": Words("答复会签意见", "Objection answered")
        case "+unsigner": Words("撤回会签", "Signer not asked any more")
        case "+decline": Words("不予受理", "Declined")
        case "+undo": Words("撤销上一步", "Undone")
        case Supervision.name: Words("督办", "Supervised")
        case "+claim": Words("领取", "Claimed")
        case "+release": Words("退领", "Claim given back")
        case "+comment": Words("评论", "Comment")
        case "+copy": Words("抄送", "Sent to read")
        case "+seen": Words("已阅", "Read by whom it was sent to")
        case "+remind": Words("催办", "Reminded")
        case "+withdraw": Words("撤回", "Withdrawn")
        case "+delegate": Words("委托", "Delegated")
        case "+undelegate": Words("结束委托", "Delegation ended")
        case returned: Words("待办转回", "Task came back")
        case handedOver: Words("待办移交", "Task handed over")
        case moved: Words("划转单位", "Moved into another unit")
        case entrusted: Words("移交保管", "Given into another's hands")
        case StatedReading.step: Words("查阅", "Read")
        case "read": Words("查看个人信息", "Personal data read")
        case SubjectReading.step: Words("经其他单据查看个人信息", "Personal data read on another document")
        case "import": Words("导入", "Imported")
        case "export": Words("导出", "Exported")
        case "print": Words("打印", "Printed")
        case "copy": Words("复制", "Copied")
        case "file": Words("查阅附件", "File read")
        case "overdue": Words("逾期升级", "Overdue, escalated")
        default: KeyWork(rawValue: name)?.title
        }
    }

    /// A task by name, whose person left, goes back.
    static let returned = "+return"
    /// Or to the successor who was named.
    static let handedOver = "+succeed"
    /// With the records of a unit that is dissolved or merged.
    static let moved = "+move"
    /// With a handover.
    static let entrusted = "+entrust"

    /// The state of a document that its requester took back, and of a draft that was declined. They belong to no type's table.
    package static let withdrawn = "withdrawn", declined = "declined"

    /// How documents of any type end besides their steps.
    package static let endings = [
        DocumentType.State(name: withdrawn, words: Words("已撤回", "Withdrawn"), tone: .no),
        DocumentType.State(name: declined, words: Words("不予受理", "Declined"), tone: .no),
    ]

    /// What it is about, as far as that is known without looking.
    fileprivate var subject: (document: Int64?, task: Int64?) {
        switch self {
        case .sendBack(let id, _, _), .addSigner(let id, _, _), .withdraw(let id, _), .decline(let id, _), .undo(let id),
            .supervise(let id, _, _), .comment(let id, _), .circulate(let id, _, _), .acknowledge(let id):
            (id, nil)
        case .reassign(let task, _, _), .sign(let task, _), .object(let task, _), .answer(let task, _), .withdrawSigner(let task, _),
            .remind(let task), .claim(let task), .release(let task):
            (nil, task)
        case .delegate, .endDelegation: (nil, nil)
        }
    }
}

extension Desk {
    /// - Throws: `DeskError.forbidden` where it is not this person's to do (which then stands in the ledger), `.invalid` where a reason is
    ///   missing, `.conflict` where it was done already.
    package func handle(_ handling: TaskAction, by principal: Principal) async throws {
        let now = clock.now()
        try handling.requireShortTexts()
        do {
            try await once(principal, at: now) { [self] session in
                let transaction = try Transaction(self, session, now: now)
                try transaction.organisation.requireSeen(principal.seen)
                try transaction.requireHandler(principal, of: handling)
                try transaction.handle(handling, principal)
                return ((), 0)
            } again: { _, _ in
            }
            await stir(about: try await document(of: handling), by: principal.person)
        } catch let error where error is Refusal || error is DeskError {
            if try await outcome(of: principal) == nil {
                let document = try await document(of: handling)
                try await record(
                    error, step: handling.name, type: document == nil ? "delegation" : "", id: document, principal: principal, at: now)
            }
            throw error
        }
    }

    private func document(of handling: TaskAction) async throws -> Int64? {
        let (document, task) = handling.subject
        guard let task else { return document }
        return try await store.read { try $0.first("SELECT document FROM task WHERE id = $1", [.int(task)]) { $0.int(0) } }
    }
}

extension Transaction {
    fileprivate func handle(_ handling: TaskAction, _ principal: Principal) throws {
        switch handling {
        case .sendBack(let id, let state, let reason): try sendBack(id, to: state, reason, principal, handling)
        case .reassign(let task, let person, let reason): try reassign(task, to: person, reason, principal, handling)
        case .addSigner(let id, let person, let note): try addSigner(id, person, note, principal, handling)
        case .sign(let task, let note): try sign(task, note, principal, handling)
        case .object(let task, let note): try object(task, note, principal, handling)
        case .answer(let task, let note): try answer(task, note, principal, handling)
        case .withdrawSigner(let task, let reason): try withdrawSigner(task, reason, principal, handling)
        case .remind(let task): try remind(task, principal, handling)
        case .withdraw(let id, let reason): try withdraw(id, reason, principal, handling)
        case .decline(let id, let reason): try decline(id, reason, principal, handling)
        case .undo(let id): try undo(id, principal, handling)
        case .supervise(let id, let opinion, let until): try supervise(id, opinion, until: until, principal, handling)
        case .claim(let task): try claim(task, principal, handling)
        case .release(let task): try release(task, principal, handling)
        case .comment(let id, let text): try comment(id, text, principal, handling)
        case .circulate(let id, let names, let note): try circulate(id, to: names, note, principal, handling)
        case .acknowledge(let id): try acknowledge(id, principal, handling)
        case .delegate(let person, let from, let until, let reason):
            try delegate(to: person, from: from, until: until, reason, principal, handling)
        case .endDelegation(let id): try endDelegation(id, principal, handling)
        }
    }
}
