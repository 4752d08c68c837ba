import Ledger
import Store
import WorkCalendar

/// What an administrator can change of the organisation. Each change is an entry of the ledger.
package enum Administration: Sendable {
    case addUnit(parent: UnitID?, zh: String, en: String)
    case renameUnit(UnitID, zh: String, en: String)
    case closeUnit(UnitID)
    case addPerson(login: String, zh: String, en: String, clearance: Level, administrator: Bool)
    /// - Parameters:
    ///   - settled: what hangs on a person who leaves is arranged.
    ///   - successor: who takes over what waits by name for a person who leaves, as far as the steps' own rules let him; the rest goes
    ///     back.
    case changePerson(
        PersonID, zh: String, en: String, clearance: Level, active: Bool, administrator: Bool, settled: Bool = false,
        successor: PersonID? = nil)
    /// The hash of the password that the person has chosen; never the password. Ends all tokens and all log-ins but one.
    /// - Parameter keeping: the digest of the log-in that stays.
    case setSecret(PersonID, hash: String, keeping: [UInt8] = [])
    /// The hash of a one-time word, by which the person sets the own password at the next log-in. Of a person who has a password already it
    /// comes from the server's command line alone, or from a reset that two administrators agreed on.
    case giveWord(PersonID, hash: String)
    case askReset(PersonID, reason: String)
    /// - Parameter hash: of the one-time word, where a reset was asked for.
    case confirmRequest(Int64, hash: String?)
    case declineRequest(Int64)
    case appoint(PersonID, UnitID, post: String, from: Day, to: Day?)
    /// - Parameters:
    ///   - settled: what hangs on a person whose last post it is, or on the post, is arranged.
    ///   - successor: as for a person who leaves.
    case endHolding(Int64, on: Day, settled: Bool = false, successor: PersonID? = nil)
    /// - Parameter reason: needed where it begins before today: acts were done under another rule then.
    case adopt(regulation: String, version: Int, unit: UnitID, from: Day, reason: String = "")
    case setParameter(regulation: String, name: String, unit: UnitID, value: Int, from: Day, reason: String)
    case addHolidays([HolidayTable.Row])
    /// How many documents' personal data one person may open within an hour.
    case setReadingLimit(Int)
    /// Who decides in a unit, and below it, where nobody else can.
    case setStandIn(UnitID, StandIn.Hand?)

    var name: String {
        switch self {
        case .addUnit: "addUnit"
        case .renameUnit: "renameUnit"
        case .closeUnit: "closeUnit"
        case .addPerson: "addPerson"
        case .changePerson: "changePerson"
        case .setSecret: "setSecret"
        case .giveWord: "giveWord"
        case .askReset: "askReset"
        case .confirmRequest: "confirmRequest"
        case .declineRequest: "declineRequest"
        case .appoint: "appoint"
        case .endHolding: "endHolding"
        case .adopt: "adopt"
        case .setParameter: "setParameter"
        case .addHolidays: "addHolidays"
        case .setReadingLimit: "setReadingLimit"
        case .setStandIn: "setStandIn"
        }
    }
}

extension Administration {
    /// One's own password is no change of the organisation; whoever knew the old one may set it.
    fileprivate func isOwn(of person: PersonID) -> Bool { if case .setSecret(person, _, _) = self { true } else { false } }

    /// What nobody does for another, administrator or not.
    fileprivate var isPersonal: Bool { if case .setSecret = self { true } else { false } }

    /// Who may be fit for less after it: whoever gives up a post, or all of them, or comes down in clearance.
    /// - Parameter id: what it came to.
    fileprivate func leaver(_ organisation: Organisation, _ id: Int64) -> PersonID? {
        switch self {
        case .endHolding(let id, _, _, _): organisation.holdings.first { $0.id == id }?.person
        case .changePerson(let person, _, _, _, _, _, _, _): person
        case .confirmRequest: PersonID(id)
        default: nil
        }
    }

    fileprivate var successor: PersonID? {
        switch self {
        case .changePerson(_, _, _, _, _, _, _, let successor), .endHolding(_, _, _, let successor): successor
        default: nil
        }
    }

    /// What the administrator wrote to it.
    fileprivate var reason: String {
        switch self {
        case .adopt(_, _, _, _, let reason), .setParameter(_, _, _, _, _, let reason): reason
        case .askReset(let person, let reason): "\(person.raw) \(reason)"
        default: ""
        }
    }

    /// What somebody tried who is no administrator.
    static let denied = "administer"

    /// What the ledger's entry of a change is called.
    package static func title(_ name: String) -> Words? {
        switch name {
        case denied: Words("更改组织设置", "Change of the organisation")
        case "addUnit": Words("新设单位", "Unit added")
        case "renameUnit": Words("单位更名", "Unit renamed")
        case "closeUnit": Words("撤销单位", "Unit closed")
        case "addPerson": Words("新增人员", "Person added")
        case "changePerson": Words("变更人员", "Person changed")
        case "setSecret": Words("设置密码", "Password set")
        case "giveWord": Words("发放一次性口令", "One-time word given")
        case "askReset": Words("申请重设密码", "Password reset asked for")
        case "confirmRequest": Words("确认账户申请", "Account request confirmed")
        case "declineRequest": Words("退回账户申请", "Account request declined")
        case "appoint": Words("任命", "Appointed")
        case "endHolding": Words("免任", "Post ended")
        case "adopt": Words("采用制度", "Regulation adopted")
        case "setParameter": Words("变更参数", "Parameter changed")
        case "addHolidays": Words("变更工作日", "Working days changed")
        case RuleRequest.asking: Words("申请变更规则", "Change of rules asked for")
        case RuleRequest.confirming: Words("确认规则变更", "Change of rules confirmed")
        case RuleRequest.declining: Words("退回规则变更", "Change of rules declined")
        case Desk.clearingFiles: Words("清理无人引用的文件", "Files that nothing names removed")
        case "setReadingLimit": Words("变更查看上限", "Reading limit changed")
        case "setStandIn": Words("设置代行人", "Who stands in")
        case RowStatement.asFound: Words("升级时按现状存证", "Stated as found at the upgrade")
        default: KeyWork(rawValue: name)?.title
        }
    }
}

extension Desk {
    /// - Returns: the id of what was added, or of what was changed.
    @discardableResult
    package func administer(_ change: Administration, by principal: Principal) async throws -> Int64 {
        let now = clock.now()
        let principal = Principal(principal.person, onBehalfOf: principal.behalf, request: principal.request?.part(change.name))
        let former = Array(try await organisation().standIns.values)
        let id = try await recordingRefusals(of: change, by: principal, at: now) { [self] session in
            let transaction = try Transaction(self, session, now: now)
            let isAdministrator = transaction.organisation.people[principal.person]?.isAdministrator == true
            guard principal.isSystem || change.isOwn(of: principal.person) || (isAdministrator && !change.isPersonal) else {
                throw change.isPersonal
                    ? DeskError.forbidden(Words("密码由本人设置", "A password is set by its person"))
                    : DeskError.forbidden(Words("只有管理员可以更改组织设置", "Only an administrator changes the organisation"))
            }
            try transaction.requireOthersHand(change, principal)
            try change.requireShort()
            // What an article forbids is said first: whoever reads that it is enough to arrange it otherwise believes it.
            try transaction.requireGuards(change)
            if !principal.isSystem { try transaction.requireSense(change, by: principal) }
            if let asked = try transaction.askedFirst(change, by: principal) {
                try enter(
                    .system, nil, type: "organisation", principal: principal, step: RuleRequest.asking,
                    purpose: "\(asked) \(change.reason)",
                    stating: transaction.takeStatements(), at: now, session)
                return (asked, asked)
            }
            let id = try transaction.administer(change, by: principal)
            try transaction.tellOthers(of: change, id, by: principal)
            if let person = change.leaver(transaction.organisation, id) {
                try Leaving(transaction, by: principal, successor: change.successor).settle(person)
            }
            try transaction.organisationChanged()
            let reason = change.reason.isEmpty ? "" : " " + change.reason
            try enter(
                .system, nil, type: "organisation", principal: principal, step: change.name, purpose: String(id) + reason,
                stating: transaction.takeStatements(), at: now, session)
            return (id, id)
        }
        switch change {
        case .addHolidays: try await followWorkingDays()
        case .appoint, .endHolding, .changePerson, .setStandIn: try await giveOrphans(formerly: former)
        default: break
        }
        return id
    }

    /// A change that is not the hand's to make is none, and stands in the ledger.
    private func recordingRefusals(
        of change: Administration, by principal: Principal, at now: Moment,
        _ act: @escaping @Sendable (any Session) throws -> (Int64, id: Int64)
    ) async throws -> Int64 {
        do {
            return try await once(principal, at: now, act) { id, _ in id }
        } catch let error where error is Refusal || error is DeskError {
            if try await outcome(of: principal) == nil {
                try await record(error, step: change.name, type: "organisation", id: nil, principal: principal, at: now)
            }
            throw error
        }
    }

    /// The hash of a person's password, with the person, by log-in name.
    package func secret(login: String) async throws -> (PersonID, hash: String?)? {
        try await store.read { [self] session in
            try believed(login: login, session).map { ($0.person, $0.secret) }
        }
    }
}

extension Transaction {
    func administer(_ change: Administration, by principal: Principal) throws -> Int64 {
        switch change {
        case .addUnit(let parent, let zh, let en): return try addUnit(parent, zh, en)
        case .renameUnit(let unit, let zh, let en):
            try need(zh, "zh")
            try stating(.unit, unit.raw) {
                try $0.execute("UPDATE unit SET zh = $1, en = $2 WHERE id = $3", [.text(zh), .text(en.isEmpty ? zh : en), .int(unit.raw)])
            }
            return unit.raw
        case .closeUnit(let unit): return try closeUnit(unit)
        case .addPerson(let login, let zh, let en, let clearance, let administrator):
            return try addPerson(login, zh, en, clearance, administrator, principal)
        case .changePerson(let person, let zh, let en, let clearance, let active, let administrator, _, _):
            return try changePerson(person, zh, en, clearance, active, administrator, principal)
        case .setSecret(let person, let hash, let kept):
            try setSecret(of: person, hash: hash, onceUntil: nil)
            try desk.endAccess(of: person, by: principal, keeping: kept, because: Words("密码已更改", "The password was changed"), session)
            return person.raw
        case .giveWord(let person, let hash):
            try giveOnce(person, hash: hash, principal)
            return person.raw
        case .askReset(let person, let reason): return try askReset(person, reason: reason, principal)
        case .confirmRequest(let id, let hash): return try confirm(id, hash: hash, principal)
        case .declineRequest(let id): return try decline(id, principal)
        case .appoint(let person, let unit, let post, let from, let to): return try appoint(person, unit, post, from, to)
        case .endHolding(let id, let day, _, _):
            try endHolding(id, on: day)
            try endAccessWithLastPost(id, on: day, principal)
            return id
        case .adopt(let regulation, let version, let unit, let from, _): return try adopt(regulation, version, unit, from)
        case .setParameter(let regulation, let name, let unit, let value, let from, let reason):
            return try setParameter(regulation, name, unit, value, from, reason)
        case .addHolidays(let rows): return try addHolidays(rows)
        case .setReadingLimit(let limit): return try setReadingLimit(limit)
        case .setStandIn(let unit, let hand): return try setStandIn(unit, hand)
        }
    }

    private func addUnit(_ parent: UnitID?, _ zh: String, _ en: String) throws -> Int64 {
        try need(zh, "zh")
        let above = parent.flatMap { organisation.units[$0]?.path } ?? "/"
        let id = desk.idGenerator.next(now)
        try stating(.unit, id) {
            try $0.execute(
                "INSERT INTO unit (id, parent, path, zh, en) VALUES ($1, $2, $3, $4, $5)",
                [.int(id), .int(ifAny: parent?.raw), .text(above + "\(id)/"), .text(zh), .text(en.isEmpty ? zh : en)])
        }
        return id
    }

    private func closeUnit(_ unit: UnitID) throws -> Int64 {
        let held = organisation.holdings.contains { $0.unit == unit && $0.holds(on: now.day) }
        let open = organisation.units.values.contains { $0.parent == unit && !$0.isClosed }
        guard !held, !open else {
            throw DeskError.conflict(
                Words("该单位还有在任人员或下级单位，移交后方可撤销", "The unit still has people in post or units below it; hand them over first"))
        }
        try stating(.unit, unit.raw) {
            try $0.execute("UPDATE unit SET closed = $1 WHERE id = $2", [.int(now.milliseconds), .int(unit.raw)])
        }
        return unit.raw
    }

    private func appoint(_ person: PersonID, _ unit: UnitID, _ post: String, _ from: Day, _ to: Day?) throws -> Int64 {
        guard desk.catalogue.posts[post] != nil else {
            throw DeskError.invalid([.init(field: "post", Words("没有这个岗位", "There is no such post"))])
        }
        let id = desk.idGenerator.next(now)
        try stating(.holding, id) {
            try $0.execute(
                "INSERT INTO holding (id, person, unit, post, from_day, to_day) VALUES ($1, $2, $3, $4, $5, $6)",
                [
                    .int(id), .int(person.raw), .int(unit.raw), .text(post), .int(Int64(from.number)),
                    .int(ifAny: to.map { Int64($0.number) }),
                ])
        }
        return id
    }
}
