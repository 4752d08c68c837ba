import WorkCalendar

/// A request that nobody could decide: which posts are vacant, who could fill them, and who stands in. What anybody may ask for himself is
/// not taken then, unless somebody stands in; what is entered in a book, or reported, is never turned away for it.
package struct Undecidable: Sendable {
    /// Whoever takes the next step.
    let posts: Words
    /// Somebody holds the post: who asks, alone.
    let isOwn: Bool
    let administrators: Words
    /// Whether the request is not taken.
    package let isTurnedAway: Bool
    package let standIns: [Words]

    /// Why the request is not taken, in the same words for pages and programs.
    package var refusal: Words {
        let gap = vacancy
        return Words(
            "暂不能提交：下一步由\(posts.zh)办理，\(gap.zh)。请\(administrators.zh)在“人员与岗位”任命后再提交",
            "It cannot be sent yet: the next step is for \(posts.en), and \(gap.en). Ask \(administrators.en) to appoint somebody under "
                + "“People and posts”, and send it then")
    }

    /// Said beforehand.
    package var note: Words {
        if isTurnedAway { return refusal }
        let gap = vacancy
        if !standIns.isEmpty {
            let (zh, en) = (standIns.map(\.zh).joined(separator: "、"), standIns.map(\.en).joined(separator: ", "))
            return Words(
                "下一步由\(posts.zh)办理，\(gap.zh)：按本单位设置，提交后由\(zh)代行",
                "The next step is for \(posts.en), and \(gap.en): as your unit has it, \(en) stands in")
        }
        return Words(
            "下一步由\(posts.zh)办理，\(gap.zh)：登记后要等任命后才能办理。请联系\(administrators.zh)",
            "The next step is for \(posts.en), and \(gap.en): it will wait until somebody is appointed. Ask \(administrators.en)")
    }

    private var vacancy: Words {
        isOwn
            ? Words("除您本人外目前无人任职，而本人不得办理自己的申请", "nobody but you holds that post, and nobody decides the own request")
            : Words("目前无人任职", "nobody holds that post")
    }
}

extension DocumentType {
    /// Whom a new document by this person would wait for in vain: empty where somebody is there to take the next step.
    package func vacant(after opening: Step, for person: PersonID, _ organisation: Organisation, on day: Day) -> [Words] {
        gap(after: opening, for: person, organisation, on: day)?.next.map(\.by.words).reduce(into: []) {
            if !$0.contains($1) { $0.append($1) }
        } ?? []
    }

    /// What stands in the way of a document that this person would start; `nil` where somebody could decide it.
    /// - Parameter hand: who acts for the person.
    package func undecidable(
        after opening: Step, for person: PersonID, by hand: PersonID? = nil, _ organisation: Organisation, _ catalogue: Catalogue,
        on day: Day
    ) -> Undecidable? {
        guard let gap = gap(after: opening, for: person, organisation, on: day) else { return nil }
        let names = vacant(after: opening, for: person, organisation, on: day)
        let administrators = organisation.people.values.filter { $0.isActive && $0.isAdministrator }.map(\.words).sorted { $0.zh < $1.zh }
        let listed = administrators.prefix(3)
        let isAlarm = catalogue.contents.contains { $0.alarm.map { $0.name == name } ?? false }
        let requesters = [person, hand ?? person]
        let standIns = isRequested ? organisation.standIn(for: gap.unit).map { organisation.people($0, on: day) } ?? [] : []
        let able = standIns.filter { standIn in
            !requesters.contains(standIn) && organisation.isInService(standIn, within: gap.scope, on: day)
                && organisation.people[standIn].map { $0.clearance >= level } == true
        }
        let isEnough = gap.next.contains { step in
            Set(able + holders(of: step, gap, person, organisation, on: day)).count >= step.takers
        }
        return Undecidable(
            posts: Words(names.map(\.zh).joined(separator: "、"), names.map(\.en).joined(separator: ", ")),
            isOwn: gap.next.allSatisfy { step in
                step.isBarred(to: self) && gap.holders(step.by, person, organisation, on: day).contains(person)
            },
            administrators: Words(
                listed.isEmpty ? "系统管理员" : "系统管理员（\(listed.map(\.zh).joined(separator: "、"))）",
                listed.isEmpty ? "an administrator" : "an administrator (\(listed.map(\.en).joined(separator: ", ")))"),
            isTurnedAway: opening.by == .staff && !isAlarm && !opening.isReport && !(isEnough && !able.isEmpty),
            standIns: isEnough ? able.map(organisation.name) : [])
    }

    /// Where nobody could go on with a new document: its steps, and where it would belong.
    private struct Gap {
        let unit: UnitID
        let scope: UnitID
        let next: [Step]

        func holders(_ who: Who, _ person: PersonID, _ organisation: Organisation, on day: Day) -> [PersonID] {
            switch who {
            case .post(let post), .postOf(let post, _): organisation.holders(of: post.id, within: scope, on: day)
            case .head: organisation.heads(above: unit, otherThan: person, on: day)
            case .any(let whos): whos.flatMap { holders($0, person, organisation, on: day) }
            default: []
            }
        }
    }

    private func holders(of step: Step, _ gap: Gap, _ person: PersonID, _ organisation: Organisation, on day: Day) -> Set<PersonID> {
        Set(gap.holders(step.by, person, organisation, on: day)).subtracting(step.isBarred(to: self) ? [person] : [])
    }

    private func gap(after opening: Step, for person: PersonID, _ organisation: Organisation, on day: Day) -> Gap? {
        guard let (unit, scope) = organisation.placeOfNew(regulation.id, by: person, on: day), let state = opening.to else { return nil }
        let steps = steps(from: state).filter { !$0.isOptional && $0.by != .system }
        // To turn a request down is no way to decide it.
        let deciding = steps.filter { step in step.to.flatMap { self.state($0) }?.tone != .no }
        let gap = Gap(unit: unit, scope: scope, next: deciding.isEmpty ? steps : deciding)
        let isOpen = gap.next.contains { step in
            // Whom the document will name nobody knows before.
            !step.by.isKnownBefore || holders(of: step, gap, person, organisation, on: day).count >= step.takers
        }
        return isOpen || gap.next.isEmpty ? nil : gap
    }
}

extension Who {
    /// Who it means is known before there is a document.
    fileprivate var isKnownBefore: Bool {
        switch self {
        case .post, .postOf, .head: true
        case .any(let whos): whos.allSatisfy(\.isKnownBefore)
        default: false
        }
    }
}

extension Transaction {
    /// Nobody asks for what nobody could decide.
    func requireDecidable<D: Document>(_ step: Step<D>, _ record: Record, _ type: DocumentType, _ principal: Principal) throws {
        guard step.by == .staff, !principal.isSystem, let opening = type.step(step.name) else { return }
        let found = type.undecidable(
            after: opening, for: principal.effective, by: principal.person, organisation, desk.catalogue, on: now.day)
        if let found, found.isTurnedAway { throw DeskError.conflict(found.refusal) }
    }
}
