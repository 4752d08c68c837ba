import Ledger
import Store
import WorkCalendar

/// What an act that can be taken back leaves in its entry: where the document was before it. An act without it cannot be: it signs, it
/// left the house, it gave a number or placed a hold, or it took a clock away.
struct StepTrace {
    static let mark = "undo"

    /// `nil` where the act left all three as they were.
    let place: (unit: UnitID, holder: PersonID, level: Level)?

    /// - Parameter takesClocksAway: whether a clock that ran is gone with the act.
    init?(of act: Act, _ step: DocumentType.Step, from before: Record, to after: Record, takesClocksAway: Bool) {
        let isPlain = !step.isIrrevocable && !step.signs && !step.isShared && !act.principal.isSystem && after.state != before.state
        let isFree = !takesClocksAway && act.holds.isEmpty && act.released.isEmpty && act.numberWord == nil && act.draftRefusal == nil
        let onlyGrants = act.stated.allSatisfy { $0.table == StatedTable.grant.rawValue && $0.before.isEmpty }
        guard isPlain, isFree, onlyGrants, act.met.allSatisfy({ $0.at == nil }) else { return nil }
        let isMoved = before.unit != after.unit || before.holder != after.holder || before.level != after.level
        place = isMoved ? (before.unit, before.holder, before.level) : nil
    }

    /// As `text` has it.
    init?(_ text: String) {
        let parts = text.split(separator: " ")
        guard parts.first.map(String.init) == Self.mark else { return nil }
        let numbers = parts.dropFirst().compactMap { Int64($0) }
        guard numbers.count == 3, let level = Level(rawValue: Int(numbers[2])) else {
            place = nil
            return
        }
        place = (UnitID(numbers[0]), PersonID(numbers[1]), level)
    }

    var text: String { place.map { "\(Self.mark) \($0.unit.raw) \($0.holder.raw) \($0.level.rawValue)" } ?? Self.mark }
}

/// 撤销: whoever took a step takes it back while nothing has followed. It is a further act, and the one that is taken back stays in the
/// ledger. What was filled in stays in the document, to be corrected; clocks that the act started go, those that it met run on, and what it
/// granted ends.
struct UndoableAct {
    let entry: Entry
    let step: DocumentType.Step
    let trace: StepTrace
    /// The entry of the document before it; what the act made has a larger number.
    let previous: Int64

    /// Whether the hand may still act in the name in which the step was taken.
    func isFor(_ person: PersonID, _ organisation: Organisation, at now: Moment) -> Bool {
        entry.onBehalfOf == 0 || organisation.givers(to: person, at: now).contains(PersonID(entry.onBehalfOf))
    }
}

extension Desk {
    /// The last act on a document, where this person may take it back.
    func undoable(_ record: Record, _ type: DocumentType, by person: PersonID, _ session: any Session) throws -> UndoableAct? {
        guard !TaskAction.endings.contains(where: { $0.name == record.state }), type.binding(record.state) == nil else { return nil }
        let entries = try session.all("SELECT body FROM entry WHERE document = $1 ORDER BY id DESC LIMIT 100", [.int(record.id)]) { row in
            try row.withBlob(0) { try Entry($0) }
        }
        guard let place = entries.firstIndex(where: { !Self.isBeside($0) }) else { return nil }
        let entry = entries[place]
        guard entry.kind == .act, entry.person == person.raw, entry.version == record.version, entry.to == record.state,
            !entry.from.isEmpty, let trace = StepTrace(entry.words), let step = type.step(entry.step), type.state(entry.from) != nil,
            entries.count > place + 1,
            // With the level its files and its key moved, and who may read it: a level is changed by its own steps alone.
            trace.place.map({ $0.level == record.level }) ?? true
        else { return nil }
        let act = UndoableAct(entry: entry, step: step, trace: trace, previous: entries[place + 1].id)
        return try isAlone(act, session) ? act : nil
    }

    /// Entries that change nothing of what a document says or where it is.
    private static func isBeside(_ entry: Entry) -> Bool {
        switch entry.kind {
        case .refusal, .read, .export: true
        case .note: TaskAction.besides.contains(entry.step)
        case .act, .system, .destruction: false
        }
    }

    /// Whether nothing else was done in the act's own moment, to other documents, and no clock was met late by it.
    private func isAlone(_ act: UndoableAct, _ session: any Session) throws -> Bool {
        let at = Moment(milliseconds: act.entry.at)
        let others = try session.count(
            "SELECT count(*) FROM entry WHERE id >= $1 AND id < $2 AND id > $3 AND document <> $4 AND document <> 0",
            [
                .int(IDGenerator.first(at: at)), .int(IDGenerator.first(at: at.adding(milliseconds: 1))), .int(act.previous),
                .int(act.entry.document),
            ])
        let late = try session.count(
            "SELECT count(*) FROM deadline WHERE document = $1 AND met = $2 AND breached IS NOT NULL",
            [.int(act.entry.document), .int(act.entry.at)])
        return others == 0 && late == 0
    }
}

extension Transaction {
    func undo(_ id: Int64, _ principal: Principal, _ handling: TaskAction) throws {
        var (record, type) = try found(id, principal)
        let session = try session
        guard let act = try desk.undoable(record, type, by: principal.person, session) else {
            throw DeskError.conflict(
                Words(
                    "不能撤销：之后已有人办理，或该步骤已签署、已生效或牵动了其他单据。请按流程退回或更正",
                    "It cannot be undone: somebody has acted since, or the step was signed, has taken effect or moved other documents. "
                        + "Send it back or correct it as the regulation has it"))
        }
        let from = record.state, told = try whoHas(record)
        if let place = act.trace.place {
            try requireThere(place.unit, place.holder, insteadOf: record)
            (record.unit, record.holder) = (place.unit, place.holder)
        }
        var before = record
        before.state = act.entry.from
        // In the name in which the step was taken, as long as the hand may act in it.
        let effective = act.entry.onBehalfOf == 0 ? principal.person : PersonID(act.entry.onBehalfOf)
        guard let principal = names(principal).first(where: { $0.effective == effective }) else {
            throw DeskError.forbidden(
                Words("委托已结束，不能撤销受托办理的步骤", "The delegation has ended; a step taken under it cannot be undone"))
        }
        guard
            authority.mayTake(
                act.step.name, act.step.by, of: type, effective, before, fields: try JSONReader.read(record.body))
        else {
            throw DeskError.forbidden(
                Words("您已不在办理“\(act.step.title.zh)”的岗位，不能撤销", "You hold the post of “\(act.step.title.en)” no more and cannot undo it"))
        }
        try windBack(act, session)
        try move(&record, type, to: act.entry.from, principal)
        let number = Words(record.number ?? type.title.zh, record.number ?? type.title.en), name = organisation.name(principal.person)
        for person in told where person != principal.person {
            try notify(
                person,
                Words("\(number.zh)：\(name.zh)已撤销“\(act.step.title.zh)”，不必再办", "\(number.en): \(name.en) undid “\(act.step.title.en)”"),
                about: record.id)
        }
        try enter(
            handling, record, principal, from: from,
            words: Words("撤销“\(act.step.title.zh)”，已填内容保留", "“\(act.step.title.en)” undone; what was filled in stays"))
    }

    /// Nothing goes back to a unit that was closed meanwhile, nor to somebody who has left.
    private func requireThere(_ unit: UnitID, _ holder: PersonID, insteadOf record: Record) throws {
        let isClosed = unit != record.unit && organisation.units[unit]?.isClosed == true
        let hasLeft = holder != record.holder && !holder.isNone && organisation.people[holder]?.isActive != true
        guard isClosed || hasLeft else { return }
        throw DeskError.conflict(
            Words(
                "不能撤销：原单位已撤并或原保管人已离职，请按流程更正",
                "It cannot be undone: the unit it was in is closed, or whoever held it has left. Correct it as the regulation has it"))
    }

    /// Clocks and grants as they were before the act.
    private func windBack(_ act: UndoableAct, _ session: any Session) throws {
        let (document, entry) = (Value.int(act.entry.document), act.entry)
        try session.execute(
            "DELETE FROM deadline WHERE document = $1 AND id > $2 AND id < $3 AND met IS NULL AND breached IS NULL",
            [document, .int(act.previous), .int(entry.id)])
        try session.execute(
            "UPDATE deadline SET met = NULL WHERE document = $1 AND met = $2 AND breached IS NULL AND due > $3",
            [document, .int(entry.at), .int(now.milliseconds)])
        let granted = try session.all(
            "SELECT id FROM access_grant WHERE id > $1 AND id < $2 AND id >= $3 AND from_at = $4 AND ends > $5 ORDER BY id",
            [
                .int(act.previous), .int(entry.id), .int(IDGenerator.first(at: Moment(milliseconds: entry.at))), .int(entry.at),
                .int(now.milliseconds),
            ]
        ) { $0.int(0) }
        for grant in granted {
            try stating(.grant, grant) {
                _ = try $0.execute("UPDATE access_grant SET ends = $1 WHERE id = $2", [.int(now.milliseconds), .int(grant)])
            }
        }
    }
}
