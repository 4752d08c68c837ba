import Store
import WorkCalendar

/// 代行: who decides on requests of a unit, and of those below it, when nobody is there who could: a person or a post. The organisation says
/// so, by two hands (`RuleRequest`); where it says nothing, such a request is not taken.
package struct StandIn: Sendable, Hashable {
    package enum Hand: Sendable, Hashable {
        case person(PersonID)
        case post(String)
    }

    package let unit: UnitID
    package let hand: Hand

    package init(_ hand: Hand, of unit: UnitID) { (self.hand, self.unit) = (hand, unit) }

    /// As a setting keeps it; an empty value is nobody.
    init?(name: String, value: String) {
        let parts = value.split(separator: " ", maxSplits: 1).map(String.init)
        guard name.hasPrefix(Self.prefix), let unit = Int64(name.dropFirst(Self.prefix.count)), parts.count == 2 else { return nil }
        switch parts[0] {
        case "person": self.init(.person(PersonID(Int64(parts[1]) ?? 0)), of: UnitID(unit))
        case "post": self.init(.post(parts[1]), of: UnitID(unit))
        default: return nil
        }
    }

    static let prefix = "stand-in "
    static func name(_ unit: UnitID) -> String { "\(prefix)\(unit.raw)" }

    var value: String {
        switch hand {
        case .person(let person): "person \(person.raw)"
        case .post(let post): "post \(post)"
        }
    }
}

extension Organisation {
    /// Who stands in for what is asked in a unit: as it says, or the nearest one above.
    package func standIn(for unit: UnitID) -> StandIn? { lineage(unit).lazy.compactMap { standIns[$0] }.first }

    /// What whoever stands in is called.
    package func name(_ hand: StandIn.Hand, _ catalogue: Catalogue) -> Words {
        switch hand {
        case .person(let person): name(person)
        case .post(let post): catalogue.posts[post]?.title ?? Words(post, post)
        }
    }

    /// The people whom it means today.
    package func people(_ standIn: StandIn, on day: Day) -> [PersonID] {
        switch standIn.hand {
        case .person(let person): isInService(person, within: standIn.unit, on: day) ? [person] : []
        case .post(Post.head.id): heads(above: standIn.unit, otherThan: .none, on: day)
        case .post(let post): holders(of: post, within: standIn.unit, on: day)
        }
    }

    /// Whom it appoints, by name or as the only one whom a post means today: this person makes nothing of the own appointment. `nil` where
    /// several stand in, or nobody.
    func appointee(_ standIn: StandIn, on day: Day) -> PersonID? {
        if case .person(let person) = standIn.hand { return person }
        let meant = Set(people(standIn, on: day))
        return meant.count == 1 ? meant.first : nil
    }
}

/// Who stands in now, with what the confirmed request says of it.
package struct StandInForce: Sendable {
    package let standIn: StandIn
    /// Both are `nil` where nobody else was there to confirm it.
    package let since: Moment?
    package let confirmer: PersonID?
}

extension Desk {
    /// By unit, as the organisation says today.
    package func standInsInForce() async throws -> [StandInForce] {
        let standIns = try await organisation().standIns.values.sorted { $0.unit.raw < $1.unit.raw }
        if standIns.isEmpty { return [] }
        let confirmed = try await store.read { session in
            try session.all(
                """
                SELECT unit, parameter, decider, decided FROM rule_request
                WHERE regulation = $1 AND outcome = 'confirmed' ORDER BY decided DESC, id DESC
                """, [.text(RuleRequest.house)]
            ) { (unit: $0.int(0), parameter: $0.text(1), decider: $0.int(2), decided: $0.int(3)) }
        }
        return standIns.map { standIn in
            let last = confirmed.first { $0.unit == standIn.unit.raw && $0.parameter.hasPrefix(StandIn.prefix) }
            guard let last, last.parameter == StandIn.prefix + standIn.value else {
                return StandInForce(standIn: standIn, since: nil, confirmer: nil)
            }
            return StandInForce(standIn: standIn, since: Moment(milliseconds: last.decided), confirmer: PersonID(last.decider))
        }
    }
}

extension Transaction {
    /// The unit is there, and whoever is to stand in works in it, or is a post that there is.
    func requireAllowed(_ hand: StandIn.Hand?, of unit: UnitID) throws {
        guard organisation.units[unit]?.isClosed == false else { throw DeskError.absent }
        func fault(_ zh: String, _ en: String) -> DeskError { .invalid([.init(field: "hand", Words(zh, en))]) }
        switch hand {
        case .person(let person):
            guard organisation.isInService(person, within: unit, on: now.day) else {
                throw fault("代行人须在该单位或其下级任职，请另选", "Whoever stands in must hold a post in that unit or below it; choose another")
            }
        case .post(let post):
            guard desk.catalogue.posts[post] != nil else { throw fault("没有这个岗位", "There is no such post") }
        case nil: break
        }
    }

    func setStandIn(_ unit: UnitID, _ hand: StandIn.Hand?) throws -> Int64 {
        try requireAllowed(.setStandIn(unit, hand))
        try stating(.setting, .text(StandIn.name(unit))) {
            try $0.execute(
                "INSERT INTO setting (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                [.text(StandIn.name(unit)), .text(hand.map { StandIn($0, of: unit).value } ?? "")])
        }
        return unit.raw
    }
}

extension Authority {
    /// Nothing is asked of a document where no unit has said who stands in.
    var hasStandIns: Bool { !organisation.standIns.isEmpty }

    /// Whoever takes a step of what somebody asked for because nobody else is there to: never who asked.
    func standIns(for step: DocumentType.Step, of type: DocumentType, _ record: Record, fields: JSONValue) -> [PersonID] {
        guard hasStandIns, type.isRequested, let standIn = organisation.standIn(for: record.unit),
            isLeft(step, of: type, record, fields: fields)
        else { return [] }
        return organisation.people(standIn, on: day).filter { person in
            person != record.creator && organisation.isInService(person, within: record.scope, on: day)
                && organisation.people[person].map { $0.clearance >= record.level } == true
        }
    }

    /// Whether nobody but who stands in takes a step. Whoever decides may also decide against it.
    private func isLeft(_ step: DocumentType.Step, of type: DocumentType, _ record: Record, fields: JSONValue) -> Bool {
        func isAgainst(_ step: DocumentType.Step) -> Bool { step.to.flatMap { type.state($0) }?.tone == .no }
        if !step.isOptional, isVacant(step, of: type, record, fields: fields) { return true }
        guard isAgainst(step), step.by.isOfPosts else { return false }
        let deciding = type.steps(from: record.state).filter { !$0.isOptional && $0.by.isOfPosts && !isAgainst($0) }
        return !deciding.isEmpty && deciding.allSatisfy { isVacant($0, of: type, record, fields: fields) }
    }

    /// Whether a step that a post or a head takes has nobody but who asked, or fewer than it takes.
    private func isVacant(_ step: DocumentType.Step, of type: DocumentType, _ record: Record, fields: JSONValue) -> Bool {
        guard step.by.isOfPosts else { return false }
        let isBarred = step.isBarred(to: type)
        let there = present(among: addressees(of: step.by, record, fields: fields), in: record.scope).flatMap(people)
        return Set(there.filter { !isBarred || $0 != record.creator }).count < step.takers
    }

    /// Whether a person may take a task of a document, by the own post or standing in.
    func mayTake(_ task: String, _ who: Who, of type: DocumentType, _ person: PersonID, _ record: Record, fields: JSONValue) -> Bool {
        if satisfies(who, person, record, fields: fields) { return true }
        return type.step(task).map { standIns(for: $0, of: type, record, fields: fields).contains(person) } ?? false
    }

    /// Whether who stands in for a step would decide on the own request, in whatever name.
    func isOwnRequest(_ principal: Principal, of type: DocumentType, _ record: Record, _ taken: [Satellites.Taken]) -> Bool {
        [principal.person, principal.effective].contains(record.creator) || isSameHand(principal, as: type.openings.map(\.name), taken)
    }

    /// For the trail of a document: who stands in for whom in the steps that wait now; `nil` where nobody does.
    func wordsOfStandingIn(_ record: Record, _ bypassed: some Collection<String>, fields: JSONValue, of type: DocumentType) -> Words? {
        for step in type.steps(from: record.state) where !step.isOptional && !bypassed.contains(step.name) {
            let people = standIns(for: step, of: type, record, fields: fields).map(organisation.name)
            if people.isEmpty { continue }
            let (zh, en) = (people.map(\.zh).joined(separator: "、"), people.map(\.en).joined(separator: ", "))
            return Words(
                "“\(step.title.zh)”应由\(step.by.words.zh)办理，现无人可办，按本单位设置由\(zh)代行",
                "“\(step.title.en)” is for \(step.by.words.en); nobody can take it, and as the unit has it \(en) stands in")
        }
        return nil
    }
}

extension Who {
    /// It means whoever holds posts, and nobody by name.
    var isOfPosts: Bool {
        switch self {
        case .post, .postOf, .head, .headOf: true
        case .any(let whos): whos.allSatisfy(\.isOfPosts)
        case .staff, .requester, .holder, .named, .each, .system: false
        }
    }
}

extension DocumentType.Step {
    /// Whether who started a document of the type may not take it.
    func isBarred(to type: DocumentType) -> Bool { !Set(notBy).isDisjoint(with: type.openings.map(\.name)) }
}

extension DocumentType {
    /// It is what anybody may ask for.
    package var isRequested: Bool { openings.contains { $0.by == .staff } }
}

extension Transaction {
    /// Through no post: whoever stands in where nobody else can take the step. `nil` where the person does not.
    func standingIn(
        _ step: String, _ record: Record, fields: JSONValue, _ satellites: Satellites?, _ principal: Principal, _ type: DocumentType
    ) throws -> Int64? {
        guard record.version > 0, let step = type.step(step),
            authority.standIns(for: step, of: type, record, fields: fields).contains(principal.effective)
        else { return nil }
        guard try !authority.isOwnRequest(principal, of: type, record, (satellites ?? Satellites.of(record.id, session)).taken) else {
            throw DeskError.forbidden(
                Words("代行人不得办理本人的申请，委托他人也不行", "Whoever stands in does not decide on the own request, nor through a delegate"))
        }
        return Authority.byName
    }

    /// What the entry of a step says of it: that it was taken by whoever stands in, and who stands in for the steps that wait now.
    func wordsOfStandingIn(
        _ record: Record, _ taken: Taken, since before: PendingStep.Before?, isRouted: Bool, _ bypassed: [String], fields: JSONValue
    ) -> [Words] {
        var words: [Words] = []
        let act = taken.act, type = act.type
        if let before, !act.principal.isSystem, let step = type.step(taken.step) {
            let former = type.record(before.values), person = act.principal.effective
            if !authority.satisfies(step.by, person, before.record, fields: former) {
                words.append(
                    Words(
                        "现无\(step.by.words.zh)可办，按本单位设置代行",
                        "Stands in, as the unit has it: nobody else can take what is for \(step.by.words.en)"))
            }
        }
        if isRouted, let routed = authority.wordsOfStandingIn(record, bypassed, fields: fields, of: type) { words.append(routed) }
        return words
    }
}
