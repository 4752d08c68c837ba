import Ledger
import Store
import WorkCalendar

/// 督办: whoever an overdue clock was escalated to says what is to be done and until when. That ends the row on his list; it comes back
/// only where the new limit is missed as well. The clock that ran out stays judged as it was.
enum Supervision {
    /// The name of the clock, which belongs to no type's table.
    static let name = "+supervise"
    static let title = Words("督办要求的完成时间", "Limit set by the supervisor")

    static func limit(under article: Article) -> Deadline {
        Deadline(name, title.zh, title.en, under: article, escalatesTo: .head)
    }
}

extension TaskAction {
    package static let noOpinion = Words("请填写督办意见", "Say what is to be done")
}

extension Transaction {
    func supervise(_ id: Int64, _ opinion: String, until: Moment, _ principal: Principal, _ handling: TaskAction) throws {
        let (record, type) = try found(id, principal)
        var found = FaultGathering()
        try found.run {
            guard until <= now else { return }
            let isToday = until > .startOfDay(now.day)
            let words =
                isToday
                ? Words("完成时间须晚于现在，请更正", "The limit must lie ahead; correct it")
                : Words("要求完成日期须为今天或以后，请更正", "The day by which it is to be done is today or later; correct it")
            throw DeskError.invalid([.init(field: "until", words)])
        }
        try found.run {
            guard until > now.adding(days: 366) else { return }
            throw DeskError.invalid([.init(field: "until", Words("完成时间最晚为一年内，请更正", "The limit lies within a year; correct it"))])
        }
        try found.run {
            if opinion.trimmingBlanks.isEmpty { throw DeskError.invalid([.init(field: "opinion", TaskAction.noOpinion)]) }
        }
        try found.finish(["until", "opinion"])
        let (principal, tasks) = try supervision(of: record, type, principal)
        let session = try session
        for task in tasks { try session.execute("DELETE FROM task WHERE id = $1", [.int(task)]) }
        try endSupervision(of: id, session)
        let clock = StartedClock(deadline: Supervision.limit(under: try overdueArticle(of: record, type)), since: now, due: until)
        try session.execute(
            RunningDeadlines.insertion, RunningDeadlines.row(clock, of: id, under: nil, id: desk.idGenerator.next(now)))
        try session.execute(TaskList.timing, [.int(id)])
        let number = Words(record.number ?? type.title.zh, record.number ?? type.title.en), name = organisation.name(principal.person)
        for person in Set(try whoHas(record) + (record.holder.isNone ? [] : [record.holder])) where person != principal.person {
            try notify(
                person,
                Words(
                    "督办：\(number.zh)，\(name.zh)要求于 \(until.minuteText) 前完成，意见见办理过程",
                    "\(number.en): \(name.en) wants it done by \(until.minuteText); the opinion stands in what happened"), about: id,
                kind: .supervision)
        }
        try enter(
            handling, record, principal, words: Words("要求于 \(until.minuteText) 前完成", "to be done by \(until.minuteText)"), reason: opinion)
    }

    /// In which name, and which rows of the list it ends. Whoever supervises in the document's scope may also ask before a clock runs out.
    private func supervision(of record: Record, _ type: DocumentType, _ principal: Principal) throws -> (Principal, [Int64]) {
        let session = try session
        let overdue = Set(
            try session.all("SELECT id FROM task WHERE document = $1 AND step LIKE '!%'", [.int(record.id)]) { $0.int(0) })
        for name in names(principal) {
            let access = desk.access(of: principal.person, organisation, at: now)
            let own = try TaskSearch(access: access).ids(on: record.id, for: name.effective, session).intersection(overdue)
            if !own.isEmpty { return (name, own.sorted()) }
        }
        let isOpen = try session.count("SELECT count(*) FROM task WHERE document = $1", [.int(record.id)]) > 0
        guard isOpen, desk.supervises(principal.person, record, organisation, at: now) else {
            throw DeskError.forbidden(Words("此件没有等您督办的事项", "Nothing of this document waits for your supervision"))
        }
        return (principal, [])
    }

    /// A limit that was set before is over with the new one.
    private func endSupervision(of document: Int64, _ session: any Session) throws {
        try session.execute(
            "UPDATE deadline SET met = $1 WHERE document = $2 AND name = $3 AND met IS NULL",
            [.int(now.milliseconds), .int(document), .text(Supervision.name)])
        try session.execute(
            "DELETE FROM task WHERE document = $1 AND step = $2", [.int(document), .text(TaskList.overdue(Supervision.name))])
    }

    private func overdueArticle(of record: Record, _ type: DocumentType) throws -> Article {
        let key = try session.first(
            """
            SELECT article FROM deadline WHERE document = $1 AND met IS NULL
            ORDER BY CASE WHEN breached IS NULL THEN 1 ELSE 0 END, due LIMIT 1
            """, [.int(record.id)]
        ) { $0.text(0) }
        return key.flatMap(Article.init(key:)) ?? type.steps.lazy.flatMap(\.articles).first ?? type.regulation[1]
    }

    /// To whom a missed limit goes back: to whoever set it, else to the head.
    func supervisors(of record: Record, _ type: DocumentType, fields: JSONValue) throws -> [Addressee] {
        let entries = try session.all("SELECT body FROM entry WHERE document = $1 ORDER BY id DESC LIMIT 200", [.int(record.id)]) { row in
            try row.withBlob(0) { try Entry($0) }
        }
        let last = entries.first { $0.step == Supervision.name }
        let person = last.map { Addressee.person(PersonID($0.onBehalfOf == 0 ? $0.person : $0.onBehalfOf)) }
        let present = authority.present(among: person.map { [$0] } ?? [], in: record.scope)
        return present.isEmpty ? authority.reached(.head, record, type, fields: fields) : present
    }

    /// Whether this hand may direct others' work on a document: an overdue clock was escalated to it, or it supervises there.
    func directs(_ record: Record, _ type: DocumentType, _ principal: Principal) throws -> Bool {
        do { _ = try supervision(of: record, type, principal) } catch DeskError.forbidden { return false }
        return true
    }
}
