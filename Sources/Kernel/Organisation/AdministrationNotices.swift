import Store
import WorkCalendar

/// 知会: what one person can do alone and others must hear of at once.
extension Transaction {
    /// Who lets somebody in alone - by adding a person, giving a password, appointing, or raising what a person may see - is seen to do so:
    /// by the other administrators, and by the head of the unit.
    /// - Parameter confirmer: who confirmed it, and knows.
    func tellOthers(of change: Administration, _ id: Int64, by principal: Principal, besides confirmer: PersonID = .none) throws {
        if case .addHolidays(let rows) = change { return try tellSupervisors(of: rows, by: principal) }
        guard !principal.isSystem, let widening = widening(change, id) else { return }
        let heads = widening.units.flatMap { organisation.heads(above: $0, otherThan: widening.person, on: now.day) }
        let others = Set(organisation.administrators(otherThan: principal.person) + heads).subtracting([
            principal.person, widening.person, confirmer,
        ])
        let by = organisation.name(principal.person)
        for other in others {
            try notify(
                other,
                Words(
                    "系统管理员\(by.zh)\(widening.words.zh)。如有疑问，请立即核实",
                    "Administrator \(by.en) \(widening.words.en). If in doubt, look into it at once"),
                about: nil)
        }
    }

    /// Days off move every clock of working days: whoever watches over what others do hears which.
    private func tellSupervisors(of rows: [HolidayTable.Row], by principal: Principal) throws {
        guard let first = rows.map(\.day).min(), let last = rows.map(\.day).max() else { return }
        let by = principal.isSystem ? Words("服务器命令行", "The server's command line") : organisation.name(principal.person)
        let days =
            first == last
            ? Words("\(first)", "\(first)") : Words("\(first) 至 \(last) 间的 \(rows.count) 天", "\(rows.count) days from \(first) to \(last)")
        for person in organisation.confirmers(of: RuleRequest.house, for: .none, otherThan: principal.person, desk.catalogue, on: now.day) {
            try notify(
                person,
                Words(
                    "\(by.zh)更改了工作日：\(days.zh)，时限随之移动。如有疑问，请立即核实",
                    "\(by.en) changed working days: \(days.en); limits move with them. If in doubt, look into it at once"), about: nil)
        }
    }

    private struct WideningChange {
        let person: PersonID
        let units: [UnitID]
        let words: Words
    }

    private func widening(_ change: Administration, _ id: Int64) -> WideningChange? {
        switch change {
        case .addPerson(let login, let zh, let en, _, _):
            return WideningChange(
                person: PersonID(id), units: [],
                words: Words("新增了人员 \(zh)（登录名 \(login)）", "added the person \(en.isEmpty ? zh : en) (log-in name \(login))"))
        case .giveWord(let person, _):
            let name = organisation.name(person)
            return WideningChange(
                person: person, units: [], words: Words("给 \(name.zh) 发放了首个登录口令", "gave \(name.en) a first word to log in by"))
        case .appoint(let person, let unit, let post, _, _):
            let (name, place) = (organisation.name(person), organisation.name(unit))
            let title = desk.catalogue.posts[post]?.title ?? Words(post, post)
            return WideningChange(
                person: person, units: [unit],
                words: Words("任命 \(name.zh) 为\(place.zh)的\(title.zh)", "appointed \(name.en) as \(title.en) of \(place.en)"))
        case .changePerson(let person, _, _, let clearance, let isActive, _, _, _):
            guard let found = organisation.people[person], clearance > found.clearance || isActive && !found.isActive else { return nil }
            let back = isActive && !found.isActive
            return WideningChange(
                person: person, units: organisation.holdings(of: person, on: now.day).map(\.unit),
                words: back
                    ? Words("恢复了 \(found.words.zh) 的账户", "let \(found.words.en) in again")
                    : Words(
                        "把 \(found.words.zh) 的涉密等级提为\(clearance.words.zh)",
                        "raised the clearance of \(found.words.en) to \(clearance.words.en)"))
        case .setStandIn(let unit, let hand): return standingIn(unit, hand)
        default: return nil
        }
    }

    private func standingIn(_ unit: UnitID, _ hand: StandIn.Hand?) -> WideningChange? {
        guard let hand else { return nil }
        let place = organisation.name(unit), name = organisation.name(hand, desk.catalogue)
        let person = if case .person(let named) = hand { named } else { PersonID.none }
        return WideningChange(
            person: person, units: [unit],
            words: Words("指定\(name.zh)代行\(place.zh)无人可办的事项", "had \(name.en) stand in where nobody in \(place.en) can decide"))
    }

    /// A signer reads the document until the signature: the head of its unit hears who let whom in. A head who does not read it is told the
    /// type and no more.
    func tellHeads(of record: Record, _ type: DocumentType, _ principal: Principal, letIn signer: PersonID) throws {
        let (by, name) = (organisation.name(principal.person), organisation.name(signer))
        for head in organisation.heads(above: record.unit, otherThan: principal.person, on: now.day) where head != signer {
            let access = desk.access(of: head, organisation, at: now)
            let isRead = try desk.mayRead(record.id, of: record.type, access, session)
            let title = isRead ? Words(record.number ?? type.title.zh, record.number ?? type.title.en) : type.title
            try notify(
                head,
                Words(
                    "\(by.zh)请\(name.zh)会签\(title.zh)，签署前可以查看该件",
                    "\(by.en) asked \(name.en) to countersign: \(title.en); until then it is open to the signer"),
                about: isRead ? record.id : nil)
        }
    }
}
