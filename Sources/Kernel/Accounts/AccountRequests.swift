import Ledger
import Store
import WorkCalendar

/// 账户申请: what one administrator asks for and another decides, so that nobody alone comes into another's account or makes himself an
/// administrator through somebody else.
package struct AccountRequest: Sendable {
    package enum Kind: String, Sendable {
        /// A one-time word in place of the password.
        case password
        /// The mark of an administrator.
        case administrator
        /// An administrator loses the mark, or leaves.
        case removal

        package var words: Words {
            switch self {
            case .password: Words("重设密码", "Reset the password")
            case .administrator: Words("设为系统管理员", "Make an administrator")
            case .removal: Words("取消系统管理员或停用", "End as administrator, or altogether")
            }
        }
    }

    package let id: Int64
    package let kind: Kind
    package let person: PersonID
    package let asker: PersonID
    package let asked: Moment
    package let reason: String
    /// Of a removal: the person leaves altogether.
    package let leaves: Bool

    /// Days after which a request that nobody decided is void, and after which a one-time word opens nothing any more.
    package static let days = 7

    fileprivate static let columns = "id, kind, person, asker, asked, reason, leaves"

    fileprivate init(_ row: any Row) {
        id = row.int(0)
        kind = Kind(rawValue: row.text(1)) ?? .password
        (person, asker) = (PersonID(row.int(2)), PersonID(row.int(3)))
        (asked, reason, leaves) = (Moment(milliseconds: row.int(4)), row.text(5), row.int(6) == 1)
    }
}

extension Desk {
    /// The requests that wait for an administrator, the oldest first.
    package func accountRequests() async throws -> [AccountRequest] {
        let since = clock.now().adding(days: -AccountRequest.days).milliseconds
        return try await store.read { session in
            try session.all(
                "SELECT \(AccountRequest.columns) FROM account_request WHERE decided IS NULL AND asked > $1 ORDER BY id", [.int(since)],
                AccountRequest.init)
        }
    }

    /// When and by whom the person's password was reset last; `nil` when it never was.
    package func lastReset(of person: PersonID) async throws -> Words? {
        try await store.read { [self] session in
            let organisation = try organisation(session)
            return try session.first(
                """
                SELECT asker, decider, decided FROM account_request
                WHERE person = $1 AND kind = 'password' AND outcome = 'confirmed' ORDER BY id DESC LIMIT 1
                """, [.int(person.raw)]
            ) { row in
                AccountRequest.told(
                    askedBy: PersonID(row.int(0)), decidedBy: PersonID(row.int(1)), at: Moment(milliseconds: row.int(2)), organisation)
            }
        }
    }
}

extension AccountRequest {
    /// What the person is told of a reset. Nobody stands for the server's command line.
    fileprivate static func told(
        askedBy asker: PersonID, decidedBy decider: PersonID, at moment: Moment, _ organisation: Organisation
    ) -> Words {
        let at = "\(moment.day) \(String("0\(moment.hour)".suffix(2))):\(String("0\(moment.minute)".suffix(2)))"
        let (asker, decider) = (asker.isNone ? nil : organisation.name(asker), decider.isNone ? nil : organisation.name(decider))
        let done = decider ?? Words("服务器命令行", "the server's command line")
        guard let asker else { return Words("您的密码于 \(at) 由\(done.zh)重设", "Your password was reset at \(at), by \(done.en)") }
        return Words(
            "您的密码于 \(at) 由\(asker.zh)申请、\(done.zh)确认重设",
            "Your password was reset at \(at), asked for by \(asker.en) and confirmed by \(done.en)")
    }
}

extension Transaction {
    func askReset(_ id: PersonID, reason: String, _ principal: Principal) throws -> Int64 {
        guard let person = organisation.people[id], person.isActive else { throw DeskError.absent }
        guard id != principal.person else {
            throw DeskError.conflict(Words("本人的密码请在“我的账户”更改", "Change your own password under “My account”"))
        }
        guard !organisation.administrators(otherThan: principal.person).isEmpty else {
            throw DeskError.conflict(
                Words(
                    "只有一位系统管理员，没有人可以确认。请在服务器上运行 dianzhang password \(person.login)",
                    "There is no second administrator to confirm it. Run dianzhang password \(person.login) on the server"))
        }
        guard reason.contains(where: { !$0.isWhitespace }) else {
            throw DeskError.invalid([.init(field: "reason", Words("请写明重设的理由", "Say why it is to be reset"))])
        }
        return try ask(.password, person, reason: reason, principal)
    }

    func ask(_ kind: AccountRequest.Kind, _ person: Person, reason: String, leaves: Bool = false, _ principal: Principal) throws -> Int64 {
        let since = now.adding(days: -AccountRequest.days).milliseconds
        let isAsked = try session.count(
            "SELECT count(*) FROM account_request WHERE person = $1 AND kind = $2 AND decided IS NULL AND asked > $3",
            [.int(person.id.raw), .text(kind.rawValue), .int(since)])
        if isAsked > 0 {
            throw DeskError.conflict(Words("此申请已提出，正等待另一位系统管理员确认", "This is asked for already and waits for another administrator"))
        }
        let id = desk.idGenerator.next(now)
        try stating(.request, id) {
            try $0.execute(
                """
                INSERT INTO account_request (id, kind, person, asker, asked, reason, leaves) VALUES ($1, $2, $3, $4, $5, $6, $7)
                """,
                [
                    .int(id), .text(kind.rawValue), .int(person.id.raw), .int(principal.person.raw), .int(now.milliseconds), .text(reason),
                    .int(leaves ? 1 : 0),
                ])
        }
        try tellOfRequest(kind, person, principal)
        return id
    }

    private func tellOfRequest(_ kind: AccountRequest.Kind, _ person: Person, _ principal: Principal) throws {
        let asker = organisation.name(principal.person)
        for other in organisation.administrators(otherThan: principal.person) where other != person.id {
            try notify(
                other,
                Words(
                    "\(asker.zh)申请：\(kind.words.zh)（\(person.words.zh)）。请在“人员与岗位”确认或退回",
                    "\(asker.en) asks: \(kind.words.en) (\(person.words.en)). Confirm or decline it under “People and posts”"), about: nil)
        }
        try notify(
            person.id,
            Words(
                "\(asker.zh)申请：\(kind.words.zh)。如非您本人要求，请立即告知其他系统管理员",
                "\(asker.en) asks: \(kind.words.en). If you did not ask for it, tell another administrator at once"), about: nil)
    }

    /// - Parameter hash: of a one-time word, where the request is for one.
    func confirm(_ id: Int64, hash: String?, _ principal: Principal) throws -> Int64 {
        let request = try decide(id, "confirmed", principal)
        guard principal.isSystem || request.asker != principal.person else {
            throw DeskError.forbidden(Words("申请人不能自己确认，请由另一位系统管理员确认", "Whoever asked cannot confirm; another administrator must"))
        }
        switch request.kind {
        case .password:
            guard let hash else { preconditionFailure("a password request is confirmed with a one-time word") }
            try giveOnce(request.person, hash: hash, askedBy: request.asker, principal)
        case .administrator:
            try stating(.person, request.person.raw) {
                try $0.execute("UPDATE person SET administrator = 1 WHERE id = $1", [.int(request.person.raw)])
            }
        case .removal:
            try requireAnotherAdministrator(than: request.person)
            try stating(.person, request.person.raw) {
                try $0.execute(
                    "UPDATE person SET administrator = 0, active = CASE WHEN $2 = 1 THEN 0 ELSE active END WHERE id = $1",
                    [.int(request.person.raw), .int(request.leaves ? 1 : 0)])
            }
            if request.leaves {
                try desk.endAccess(of: request.person, by: principal, because: Words("人员停用", "The person has left"), session)
            }
        }
        try notify(
            request.asker, Words("您的申请已确认：\(request.kind.words.zh)", "Confirmed: \(request.kind.words.en)"), about: nil)
        return request.person.raw
    }

    func decline(_ id: Int64, _ principal: Principal) throws -> Int64 {
        let request = try decide(id, "declined", principal)
        if request.asker != principal.person {
            try notify(
                request.asker, Words("您的申请被退回：\(request.kind.words.zh)", "Declined: \(request.kind.words.en)"), about: nil)
        }
        return request.person.raw
    }

    private func decide(_ id: Int64, _ outcome: String, _ principal: Principal) throws -> AccountRequest {
        let since = now.adding(days: -AccountRequest.days).milliseconds
        let found = try session.first(
            "SELECT \(AccountRequest.columns) FROM account_request WHERE id = $1 AND decided IS NULL AND asked > $2",
            [.int(id), .int(since)], AccountRequest.init)
        guard let found else {
            throw DeskError.conflict(Words("此申请已处理或已过期", "This request is decided already, or too old"))
        }
        try stating(.request, id) {
            try $0.execute(
                "UPDATE account_request SET decider = $2, decided = $3, outcome = $4 WHERE id = $1",
                [.int(id), .int(principal.person.raw), .int(now.milliseconds), .text(outcome)])
        }
        return found
    }

    /// Puts a one-time word in place of a password; by it the person sets the own one at the next log-in. Nobody else knows that.
    func giveOnce(_ person: PersonID, hash: String, askedBy asker: PersonID? = nil, _ principal: Principal) throws {
        let found = try session.first("SELECT secret FROM person WHERE id = $1", [.int(person.raw)]) { $0.textIfAny(0) }
        guard let found else { throw DeskError.absent }
        let isNew = found == nil
        guard isNew || principal.isSystem || asker != nil else {
            throw DeskError.forbidden(
                Words("已有密码的，请申请重设，由另一位系统管理员确认", "There is a password; ask for a reset, which another administrator confirms"))
        }
        try setSecret(of: person, hash: hash, onceUntil: now.adding(days: AccountRequest.days))
        try desk.endAccess(of: person, by: principal, because: Words("密码已重设", "The password was reset"), session)
        if isNew { return }
        if asker == nil { try note(resetOf: person) }
        try notify(
            person, AccountRequest.told(askedBy: asker ?? .none, decidedBy: principal.person, at: now, organisation), about: nil)
    }

    /// A reset on the server, which nobody had to ask for.
    private func note(resetOf person: PersonID) throws {
        let id = desk.idGenerator.next(now)
        try stating(.request, id) {
            try $0.execute(
                """
                INSERT INTO account_request (id, kind, person, asker, asked, reason, leaves, decider, decided, outcome)
                VALUES ($1, 'password', $2, 0, $3, '', 0, 0, $3, 'confirmed')
                """, [.int(id), .int(person.raw), .int(now.milliseconds)])
        }
    }

    func requireAnotherAdministrator(than person: PersonID) throws {
        guard organisation.people[person]?.isAdministrator == true, organisation.administrators(otherThan: person).isEmpty else { return }
        throw DeskError.conflict(Words("这是最后一位系统管理员，请先指定另一位", "This is the last administrator; make another one first"))
    }

    /// An administrator changes neither what he may do himself nor, alone, who administers.
    func requireOthersHand(_ change: Administration, _ principal: Principal) throws {
        guard !principal.isSystem, !organisation.administrators(otherThan: principal.person).isEmpty else { return }
        let concerned: PersonID? =
            switch change {
            case .appoint(let person, _, _, _, _): person
            case .endHolding(let id, _, _, _): organisation.holdings.first { $0.id == id }?.person
            case .changePerson(let person, _, _, let clearance, let isActive, let isAdministrator, _, _):
                organisation.people[person].flatMap { found in
                    found.clearance == clearance && found.isActive == isActive && found.isAdministrator == isAdministrator ? nil : person
                }
            default: nil
            }
        guard concerned == principal.person else { return }
        throw DeskError.forbidden(
            Words(
                "本人的岗位、涉密等级和管理员身份由另一位系统管理员更改",
                "Your own posts, clearance and administrator's mark are changed by another administrator"))
    }
}
