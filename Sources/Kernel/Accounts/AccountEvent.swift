import Ledger
import Store
import WorkCalendar

/// What happens at the doors: each is an entry of the ledger, under the document type `account`, or `api_token` where it is about one.
package enum AccountEvent: String, Sendable, CaseIterable {
    case logIn = "log-in"
    case failed = "log-in-failed"
    case heldBack = "log-in-held-back"
    case logOut = "log-out"
    case logOutEverywhere = "log-out-everywhere"
    case tokenMade = "token"
    case tokenFirstUsed = "token-first-use"
    case tokenEnded = "token-end"

    package var words: Words {
        switch self {
        case .logIn: Words("登录", "Logged in")
        case .failed: Words("登录失败", "Failed log-in")
        case .heldBack: Words("登录暂缓", "Log-in held back")
        case .logOut: Words("退出", "Logged out")
        case .logOutEverywhere: Words("退出全部登录", "Logged out everywhere")
        case .tokenMade: Words("创建接口令牌", "API token made")
        case .tokenFirstUsed: Words("接口令牌首次使用", "API token used for the first time")
        case .tokenEnded: Words("接口令牌终止", "API token ended")
        }
    }

    /// Of the entries' document type.
    package static let account = "account", token = "api_token"

    fileprivate var isOfToken: Bool {
        switch self {
        case .tokenMade, .tokenFirstUsed, .tokenEnded: true
        default: false
        }
    }
}

/// A line of the log-in record.
package struct AccountLine: Sendable {
    package let id: Int64
    package let at: Moment
    package let event: AccountEvent
    /// Whose account; `.none` where the name that was typed is nobody's.
    package let person: PersonID
    /// Who did it; `.none` where it is not known, or the program did it.
    package let by: PersonID
    /// The address, or what else was written to it.
    package let written: String
    package let words: Words?
}

extension Desk {
    /// Enters what happened to an account, in the transaction in which it happened.
    /// - Parameters:
    ///   - person: whose account; `.none` of a name that is nobody's.
    ///   - token: the id of the token that it is about.
    ///   - written: an address, a label. Never a password, and no name that somebody typed.
    ///   - statements: what became of the token's row.
    package func enter(
        _ event: AccountEvent, of person: PersonID, by principal: Principal, token: Int64 = 0, written: String = "", words: Words? = nil,
        stating statements: [RowStatement] = [], _ session: any Session
    ) throws {
        let now = clock.now()
        var entry = entry(
            event.isOfToken ? .system : .note, nil, type: event.isOfToken ? AccountEvent.token : AccountEvent.account, principal: principal,
            step: event.rawValue, words: words, at: now, digest: [])
        entry.document = event.isOfToken ? token : person.raw
        entry.statements = statements
        if !written.isEmpty { entry.purpose = try FreeText(keys: keys).sealed(written, for: entry.id, level: .internal) }
        try Ledger.append(entry, in: session, by: entryWriter)
        try session.execute("INSERT INTO account_entry (entry, person) VALUES ($1, $2)", [.int(entry.id), .int(person.raw)])
    }

    /// The record of log-ins and tokens, the newest first.
    /// - Parameters:
    ///   - person: whose; everybody's, those of unknown names included, when `nil`.
    ///   - after: the last line of the page before.
    package func accountLines(of person: PersonID?, after: Int64? = nil, limit: Int = 100) async throws -> [AccountLine] {
        try await store.read { [self] session in
            let whose = person == nil ? "" : "AND a.person = $3"
            return try session.all(
                """
                SELECT e.body, a.person FROM account_entry a JOIN entry e ON e.id = a.entry
                WHERE a.entry < $1 \(whose) ORDER BY a.entry DESC LIMIT $2
                """, [.int(after ?? .max), .int(Int64(limit))] + (person.map { [.int($0.raw)] } ?? [])
            ) { row in
                let entry = try row.withBlob(0) { try Entry($0) }
                let written = try FreeText(keys: keys).opened(entry)
                return AccountEvent(rawValue: entry.step).map {
                    AccountLine(
                        id: entry.id, at: Moment(milliseconds: entry.at), event: $0, person: PersonID(row.int(1)),
                        by: PersonID(entry.person), written: written, words: entry.told)
                }
            }.compactMap { $0 }
        }
    }

    /// Ends all tokens and log-ins of a person, in the transaction of what gives the reason.
    /// - Parameter kept: the digest of the log-in that stays: the one in which the person does it.
    package func endAccess(
        of person: PersonID, by principal: Principal, keeping kept: [UInt8] = [], because words: Words, _ session: any Session
    ) throws {
        let tokens = try session.all("SELECT id FROM api_token WHERE person = $1 ORDER BY id", [.int(person.raw)]) { $0.int(0) }
        try session.execute("DELETE FROM login WHERE person = $1 AND token <> $2", [.int(person.raw), .blob(kept)])
        for token in tokens { try end(token: token, of: person, by: principal, because: words, session) }
    }

    /// Whether the ledger says that a token has ended, whatever its row says.
    package func hasEnded(token: Int64, _ session: any Session) throws -> Bool {
        try Ledger.entries(ofDocument: token, in: session).contains { $0.step == AccountEvent.tokenEnded.rawValue }
    }

    /// Ends one token.
    package func end(token: Int64, of person: PersonID, by principal: Principal, because words: Words, _ session: any Session) throws {
        let statement = try StatedTable.token.stating(token, session) {
            try session.execute("DELETE FROM api_token WHERE id = $1", [.int(token)])
        }
        try enter(.tokenEnded, of: person, by: principal, token: token, words: words, stating: [statement], session)
    }
}
