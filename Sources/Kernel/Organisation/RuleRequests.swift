import Ledger
import Store
import WorkCalendar

/// 规则变更申请: a number of an article, a version of a regulation, the reading limit or who stands in that an administrator wants in force.
/// Another administrator confirms it, or whoever supervises where it binds; where there is neither, it is in force at once. Nobody alone
/// disarms an article, or says of himself that he decides in the place of everybody else.
package struct RuleRequest: Sendable {
    package let id: Int64
    /// `house` for what binds the house and is no regulation's.
    package let regulation: String
    /// The number; empty where a version of the regulation is to be adopted. Of who stands in, the hand, as a setting keeps it.
    package let parameter: String
    package let unit: UnitID
    /// The number's value, or the version.
    package let value: Int
    package let from: Day
    package let reason: String
    package let asker: PersonID
    package let asked: Moment

    package static let house = ""
    /// How many documents' personal data one person may open within an hour: a rule of the house, as is who stands in.
    package static let readingLimit = "reading-limit"
    /// What the ledger's entries are called.
    static let asking = "askRule", confirming = "confirmRule", declining = "declineRule"

    static let schema = """
        CREATE TABLE rule_request (
            id BIGINT PRIMARY KEY, regulation TEXT NOT NULL, parameter TEXT NOT NULL, unit BIGINT NOT NULL REFERENCES unit (id),
            value BIGINT NOT NULL, from_day BIGINT NOT NULL, reason TEXT NOT NULL, asker BIGINT NOT NULL, asked BIGINT NOT NULL,
            decider BIGINT, decided BIGINT, outcome TEXT);
        CREATE INDEX rule_request_open ON rule_request (regulation) WHERE decided IS NULL;
        """

    fileprivate static let columns = "id, regulation, parameter, unit, value, from_day, reason, asker, asked"

    fileprivate init(_ row: any Row) {
        (id, regulation, parameter, unit) = (row.int(0), row.text(1), row.text(2), UnitID(row.int(3)))
        (value, from, reason) = (Int(row.int(4)), Day(number: Int(row.int(5))), row.text(6))
        (asker, asked) = (PersonID(row.int(7)), Moment(milliseconds: row.int(8)))
    }

    /// Whether it says who stands in.
    package var isOfStandIn: Bool { Self.isOfStandIn(regulation, parameter) }

    /// Who is to stand in; `nil` where nobody is to any more.
    package var hand: StandIn.Hand? {
        isOfStandIn ? StandIn(name: StandIn.name(unit), value: String(parameter.dropFirst(StandIn.prefix.count)))?.hand : nil
    }

    /// `nil` where it says nothing of it, or that nobody is to any more.
    fileprivate var standIn: StandIn? { hand.map { StandIn($0, of: unit) } }

    fileprivate static func isOfStandIn(_ regulation: String, _ parameter: String) -> Bool {
        regulation == house && parameter.hasPrefix(StandIn.prefix)
    }

    fileprivate var change: Administration {
        if isOfStandIn { return .setStandIn(unit, hand) }
        if regulation == Self.house { return .setReadingLimit(value) }
        return parameter.isEmpty
            ? .adopt(regulation: regulation, version: value, unit: unit, from: from, reason: reason)
            : .setParameter(regulation: regulation, name: parameter, unit: unit, value: value, from: from, reason: reason)
    }
}

extension Administration {
    /// Who is to stand in.
    fileprivate var standIn: StandIn? {
        guard case .setStandIn(let unit, let hand) = self else { return nil }
        return hand.map { StandIn($0, of: unit) }
    }

    /// What binds everybody, and is therefore no one person's to change.
    fileprivate func rule(
        of organisation: Organisation, on day: Day
    ) -> (regulation: String, parameter: String, unit: UnitID, value: Int, from: Day, reason: String)? {
        switch self {
        case .setParameter(let regulation, let name, let unit, let value, let from, let reason):
            (regulation, name, unit, value, from, reason)
        case .adopt(let regulation, let version, let unit, let from, let reason): (regulation, "", unit, version, from, reason)
        case .setReadingLimit(let limit): organisation.top.map { (RuleRequest.house, RuleRequest.readingLimit, $0, limit, day, "") }
        case .setStandIn(let unit, let hand):
            (RuleRequest.house, StandIn.prefix + (hand.map { StandIn($0, of: unit).value } ?? ""), unit, 0, day, "")
        default: nil
        }
    }
}

extension Organisation {
    /// The unit under which the others stand; the first of several.
    fileprivate var top: UnitID? { units.values.filter { $0.parent == nil }.map(\.id).min { $0.raw < $1.raw } }

    /// Who may confirm a change of rules for a unit: administrators, and whoever holds a supervising post of the regulation there or above;
    /// of a rule of the house, whoever holds one of any regulation.
    /// - Parameter standIn: who is to stand in; where that is one person, by name or as the only holder of a post, not that person.
    package func confirmers(
        of regulation: String, for unit: UnitID, otherThan person: PersonID, appointing standIn: StandIn? = nil, _ catalogue: Catalogue,
        on day: Day
    ) -> Set<PersonID> {
        let appointee = standIn.flatMap { self.appointee($0, on: day) }
        let isHouse = regulation == RuleRequest.house
        let known = isHouse ? Array(catalogue.posts.values) : catalogue.regulation(regulation)?.posts ?? []
        let posts = known.filter(\.isSupervising).map(\.id)
        let supervisors = holdings.filter { holding in
            posts.contains(holding.post) && holding.holds(on: day) && people[holding.person]?.isActive == true
                && (isHouse || isWithin(holding.unit, unit) || isWithin(unit, holding.unit))
        }
        return Set(administrators(otherThan: person) + supervisors.map(\.person)).subtracting([person, appointee ?? person])
    }
}

extension Transaction {
    /// A number stays within what its article allows, and versions follow each other.
    func requireAllowed(_ change: Administration) throws {
        func refuse(_ field: String, _ zh: String, _ en: String) -> DeskError { .invalid([.init(field: field, Words(zh, en))]) }
        switch change {
        case .adopt(let regulation, let version, let unit, _, _):
            guard desk.catalogue.regulation(regulation) != nil else { throw DeskError.absent }
            let last = organisation.adoptions.filter { $0.regulation == regulation && $0.unit == unit }.map(\.version).max() ?? 0
            guard version >= 1, version <= last + 1 else {
                throw refuse(
                    "version", "该单位采用到第 \(last) 版，下一版应为第 \(last + 1) 版",
                    "The unit has adopted up to version \(last); the next is version \(last + 1)")
            }
        case .setParameter(let regulation, let name, _, let value, _, let reason):
            guard let bounds = desk.catalogue.bounds(of: name, in: regulation) else { throw DeskError.absent }
            guard reason.contains(where: { !$0.isWhitespace }) else {
                throw refuse("reason", "请写明批准文号或理由", "Give the approval or the reason")
            }
            guard bounds.contains(value) else {
                throw refuse(
                    "value", "条文只容许 \(bounds.lowerBound) 至 \(bounds.upperBound) 之间的值，请改正",
                    "The article allows values from \(bounds.lowerBound) to \(bounds.upperBound) only; correct it")
            }
        case .setReadingLimit(let limit):
            guard (1...1_000_000).contains(limit) else {
                throw refuse("limit", "请填写 1 至 1000000 的整数", "Enter a whole number from 1 to 1000000")
            }
        case .setStandIn(let unit, let hand): try requireAllowed(hand, of: unit)
        default: break
        }
    }

    /// - Returns: the request, where somebody else has to confirm the change; `nil` where it may be carried out.
    func askedFirst(_ change: Administration, by principal: Principal) throws -> Int64? {
        guard let rule = change.rule(of: organisation, on: now.day), !principal.isSystem else { return nil }
        let confirmers = organisation.confirmers(
            of: rule.regulation, for: rule.unit, otherThan: principal.person, desk.catalogue, on: now.day)
        let appointee = change.standIn.flatMap { organisation.appointee($0, on: now.day) }
        // Where nobody else is there, an administrator says alone who stands in, and never says it of himself.
        if confirmers.isEmpty, appointee != principal.person { return nil }
        try requireAllowed(change)
        let others = confirmers.filter { $0 != appointee }
        guard !others.isEmpty else { throw Self.nobodyConfirms(appointing: appointee, principal.person) }
        let open = try session.all(
            "SELECT parameter FROM rule_request WHERE regulation = $1 AND unit = $2 AND decided IS NULL",
            [.text(rule.regulation), .int(rule.unit.raw)]
        ) { $0.text(0) }
        // In a unit one hand stands in: another that is asked for meanwhile is the same matter.
        let isOfStandIn = RuleRequest.isOfStandIn(rule.regulation, rule.parameter)
        let isAsked = open.contains { $0 == rule.parameter || isOfStandIn && RuleRequest.isOfStandIn(rule.regulation, $0) }
        guard !isAsked else {
            throw DeskError.conflict(Words("此项变更已申请，正等待另一人确认或退回", "This change is asked for already and waits to be confirmed or declined"))
        }
        let id = desk.idGenerator.next(now)
        try stating(.ruleRequest, id) {
            try $0.execute(
                """
                INSERT INTO rule_request (id, regulation, parameter, unit, value, from_day, reason, asker, asked)
                VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
                """,
                [
                    .int(id), .text(rule.regulation), .text(rule.parameter), .int(rule.unit.raw), .int(Int64(rule.value)),
                    .int(Int64(rule.from.number)), .text(rule.reason), .int(principal.person.raw), .int(now.milliseconds),
                ])
        }
        let asker = organisation.name(principal.person), what = words(asking: change, of: rule.regulation)
        for person in others {
            try notify(
                person,
                Words(
                    "\(asker.zh)申请\(what.zh)，请在制度条文页确认或退回",
                    "\(asker.en) asks \(what.en); confirm or decline it on the charter's page"), about: nil)
        }
        return id
    }

    /// Who could is said with it.
    private static func nobodyConfirms(appointing appointee: PersonID?, _ asker: PersonID) -> DeskError {
        let words =
            appointee == asker
            ? Words(
                "不能一人指定自己代行：须由另一位系统管理员或监督岗位确认，目前都无人。请另选代行人，或先另设一位系统管理员",
                "Nobody appoints himself alone: another administrator or whoever supervises must confirm it, and there is neither. Choose "
                    + "another, or add an administrator first")
            : Words(
                "除您和代行人本人外无人可以确认，请另选代行人，或先另设一位系统管理员",
                "Nobody but you and whoever is to stand in could confirm it; choose another, or add an administrator first")
        return .invalid([.init(field: "hand", words)])
    }

    /// What somebody asks, as whoever may confirm it is told.
    private func words(asking change: Administration, of regulation: String) -> Words {
        switch change {
        case .setReadingLimit(let limit):
            return Words("把每人每小时可查看的单据件数改为 \(limit)", "to set how many documents one person may open within an hour to \(limit)")
        case .setStandIn(let unit, let hand):
            let place = organisation.name(unit)
            guard let name = hand.map({ organisation.name($0, desk.catalogue) }) else {
                return Words("取消\(place.zh)的代行人", "that nobody stands in for \(place.en) any more")
            }
            return Words("指定\(name.zh)代行\(place.zh)无人可办的事项", "that \(name.en) stands in where nobody in \(place.en) can decide")
        default:
            let title = desk.catalogue.regulation(regulation)?.regulation.short ?? Words(regulation, regulation)
            return Words("变更“\(title.zh)”的规则", "to change the rules of “\(title.en)”")
        }
    }
}

extension Desk {
    /// The changes of a regulation's rules, or the house's, that wait for this person's decision, or that the person asked for, the oldest
    /// first.
    package func ruleRequests(of regulation: String, for person: PersonID) async throws -> [RuleRequest] {
        let organisation = try await organisation(), day = clock.now().day
        return try await store.read { session in
            try session.all(
                "SELECT \(RuleRequest.columns) FROM rule_request WHERE regulation = $1 AND decided IS NULL ORDER BY id",
                [.text(regulation)],
                RuleRequest.init)
        }
        .filter { request in
            request.asker == person
                || organisation.confirmers(
                    of: regulation, for: request.unit, otherThan: request.asker, appointing: request.standIn, catalogue, on: day
                ).contains(person)
        }
    }

    /// Puts a change of rules in force, or does not. Whoever asked may take it back.
    /// - Throws: `DeskError.absent` where nothing waits for this person, `.forbidden` for the confirmation of one's own.
    package func decide(ruleRequest id: Int64, isConfirmed: Bool, by principal: Principal) async throws {
        let now = clock.now()
        let former = Array(try await organisation().standIns.values)
        let isOfStandIn = try await once(principal, at: now) { [self] session -> (Bool, id: Int64) in
            let transaction = try Transaction(self, session, now: now)
            let request = try transaction.decide(ruleRequest: id, isConfirmed: isConfirmed, by: principal)
            return (request.isOfStandIn, id: 0)
        } again: { _, _ in
            // Nobody knows whether what waits was given to whoever stands in then.
            true
        }
        if isConfirmed, isOfStandIn { try await giveOrphans(formerly: former) }
    }
}

extension Transaction {
    fileprivate func decide(ruleRequest id: Int64, isConfirmed: Bool, by principal: Principal) throws -> RuleRequest {
        let found = try session.first(
            "SELECT \(RuleRequest.columns) FROM rule_request WHERE id = $1 AND decided IS NULL", [.int(id)], RuleRequest.init)
        guard let request = found else { throw DeskError.conflict(Words("此申请已处理", "This request is decided already")) }
        let isMine = request.asker == principal.person
        guard isMine || principal.isSystem || mayConfirm(request, principal.person) else { throw DeskError.absent }
        guard !isMine || !isConfirmed else {
            throw DeskError.forbidden(
                Words("申请人不能自己确认，请由另一位系统管理员或监督岗位确认", "Whoever asked cannot confirm; another administrator or whoever supervises must"))
        }
        try stating(.ruleRequest, id) {
            try $0.execute(
                "UPDATE rule_request SET decider = $2, decided = $3, outcome = $4 WHERE id = $1",
                [.int(id), .int(principal.person.raw), .int(now.milliseconds), .text(isConfirmed ? "confirmed" : "declined")])
        }
        var purpose = String(id)
        if isConfirmed {
            let changed = try administer(request.change, by: principal)
            purpose = "\(changed) \(request.reason)"
            try tellOthers(of: request.change, changed, by: Principal(request.asker), besides: principal.person)
            try organisationChanged()
        }
        let words =
            isConfirmed
            ? Words("您申请的规则变更已确认", "Your change of rules is confirmed") : Words("您申请的规则变更被退回", "Your change of rules is declined")
        if !isMine { try notify(request.asker, words, about: nil) }
        try desk.enter(
            .system, nil, type: "organisation", principal: principal, step: isConfirmed ? RuleRequest.confirming : RuleRequest.declining,
            purpose: purpose, stating: takeStatements(), at: now, session)
        return request
    }

    private func mayConfirm(_ request: RuleRequest, _ person: PersonID) -> Bool {
        organisation.confirmers(
            of: request.regulation, for: request.unit, otherThan: request.asker, appointing: request.standIn, desk.catalogue, on: now.day
        ).contains(person)
    }
}
