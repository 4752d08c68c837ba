import Crypto
import Ledger
import Store

/// The tables whose every row the ledger states: what rights, duties and reckoning rest on. An act that sets a row says in its entry what
/// it found and what it left; `verify` follows these statements and compares the last of each with the row.
package enum StatedTable: String, Sendable, CaseIterable {
    case unit, person, holding, adoption, delegation, parameter, holiday, setting
    case grant = "access_grant"
    case request = "account_request"
    case ruleRequest = "rule_request"
    case token = "api_token"
    case contentKey = "content_key"
    case hold = "legal_hold"
    case articleText = "article_text"

    enum Kind { case number, text, bytes }

    /// All columns that say something; the first is the key. When a token was used last is not among them.
    var columns: [(name: String, kind: Kind)] {
        func numbers(_ names: String...) -> [(name: String, kind: Kind)] { names.map { ($0, .number) } }
        func texts(_ names: String...) -> [(name: String, kind: Kind)] { names.map { ($0, .text) } }
        switch self {
        case .unit: return numbers("id", "parent", "closed") + texts("path", "zh", "en")
        case .person: return numbers("id", "clearance", "active", "administrator", "once_until") + texts("login", "zh", "en", "secret")
        case .holding: return numbers("id", "person", "unit", "from_day", "to_day", "ended") + texts("post")
        case .adoption: return numbers("id", "version", "unit", "from_day", "to_day") + texts("regulation")
        case .delegation: return numbers("id", "giver", "receiver", "from_at", "to_at") + texts("reason")
        case .parameter: return numbers("id", "unit", "value", "from_day") + texts("regulation", "name", "reason")
        case .holiday: return numbers("day") + texts("kind", "name")
        case .setting: return texts("name", "value")
        case .grant: return numbers("id", "document", "person", "from_at", "ends", "holding") + texts("purpose", "verbs")
        case .request:
            return numbers("id", "person", "asker", "asked", "leaves", "decider", "decided") + texts("kind", "reason", "outcome")
        case .ruleRequest:
            return numbers("id", "unit", "value", "from_day", "asker", "asked", "decider", "decided")
                + texts("regulation", "parameter", "reason", "outcome")
        case .contentKey: return numbers("id", "created", "destroyed")
        case .hold: return numbers("id", "document", "source", "placed", "released")
        case .articleText: return numbers("id", "unit", "version", "from_day", "source") + texts("regulation", "ref", "zh", "en")
        case .token: return numbers("id", "person", "created", "ends", "maker") + texts("label", "scopes") + [("token", .bytes)]
        }
    }

    /// Of the settings only what somebody set; the rest are marks of what the program has done.
    var condition: String { self == .setting ? "(name = 'reading-limit' OR name LIKE '\(StandIn.prefix)%')" : "1 = 1" }

    var key: String { columns[0].name }
    var list: String { columns.map(\.name).joined(separator: ", ") }

    func values(_ row: any Row) -> [Value] {
        columns.enumerated().map { place, column in
            if row.isNull(place) { return .null }
            return switch column.kind {
            case .number: .int(row.int(place))
            case .text: .text(row.text(place))
            case .bytes: .blob(row.blob(place))
            }
        }
    }

    /// SHA-256 of a row.
    /// - Parameter values: of the columns, in their order.
    func digest(_ values: [Value]) -> [UInt8] {
        // As it was before grants had verbs: what lets read alone is stated as it was then.
        let said = self == .grant && values.last == .text(Verb.read.rawValue) ? values.dropLast() : values[...]
        return Array(SHA256.hash(data: RowBytes.of([.text(rawValue)] + said)))
    }

    static func text(ofKey key: Value) -> String {
        switch key {
        case .int(let number): String(number)
        case .text(let text): text
        default: ""
        }
    }

    /// The row of a key; empty where there is none.
    func digest(of key: Value, _ session: any Session) throws -> [UInt8] {
        try session.first("SELECT \(list) FROM \(rawValue) WHERE \(self.key) = $1", [key]) { digest(values($0)) } ?? []
    }

    /// Runs what changes a row.
    /// - Returns: what became of it, for the entry of the act.
    /// - Throws: `DeskError.conflict` where code of somebody else's may have changed it besides.
    package func stating(_ key: Value, _ session: any Session, _ change: () throws -> Void) throws -> RowStatement {
        let before = try digest(of: key, session)
        try change()
        try ForeignCode.requireNone(session)
        return RowStatement(table: rawValue, key: Self.text(ofKey: key), before: before, after: try digest(of: key, session))
    }

    package func stating(_ id: Int64, _ session: any Session, _ change: () throws -> Void) throws -> RowStatement {
        try stating(.int(id), session, change)
    }

    /// What a new row's entry says, without asking the database.
    func stated(new values: [Value]) -> RowStatement {
        RowStatement(table: rawValue, key: Self.text(ofKey: values[0]), before: [], after: digest(values))
    }
}

extension Transaction {
    /// Runs what changes a row, and keeps what became of it for the entry of the act.
    func stating(_ table: StatedTable, _ key: Value, _ change: (any Session) throws -> Void) throws {
        let session = try session
        statements.append(try table.stating(key, session) { try change(session) })
    }

    func stating(_ table: StatedTable, _ id: Int64, _ change: (any Session) throws -> Void) throws {
        try stating(table, .int(id), change)
    }

    /// What has been stated and not entered yet.
    func takeStatements() -> [RowStatement] {
        defer { statements = [] }
        return statements
    }
}
