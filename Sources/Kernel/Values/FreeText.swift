import Ledger
import Store
import Vault

/// What people write in words of their own, beside a document's fields: why they look, why they hand on, send back, withdraw or delegate.
/// It can name anybody, so it is sealed wherever it is kept, bound to what it was written for. Why a parameter was set, or a regulation
/// adopted, is the organisation's own record and open to its members.
struct FreeText {
    let keys: KeyRing

    func sealed(_ text: String, for entry: Int64, level: Level) throws -> String { try seal(text, entry, "entry", level) }
    func sealed(note text: String, on document: Int64, level: Level) throws -> String { try seal(text, document, "task", level) }
    func sealed(reason text: String, of delegation: Int64) throws -> String { try seal(text, delegation, "delegation", .internal) }

    func sealed(address text: String, of person: PersonID) throws -> String { try seal(text, person.raw, "reach", .internal) }

    func opened(_ entry: Entry) throws -> String { try open(entry.purpose, entry.id, "entry") }
    func opened(note text: String, on document: Int64) throws -> String { try open(text, document, "task") }
    func opened(reason text: String, of delegation: Int64) throws -> String { try open(text, delegation, "delegation") }

    func opened(address text: String, of person: PersonID) throws -> String { try text.isEmpty ? "" : open(text, person.raw, "reach") }

    private func seal(_ text: String, _ id: Int64, _ what: String, _ level: Level) throws -> String {
        try keys.sealText(text, level: level.rawValue, context: KeyRing.context(document: id, field: what))
    }

    /// A trail is read whole, also where the key of one of its texts was destroyed.
    private func open(_ text: String, _ id: Int64, _ what: String) throws -> String {
        do {
            return try keys.openText(text, context: KeyRing.context(document: id, field: what))
        } catch VaultError.destroyed {
            return "（内容已随密钥销毁 / destroyed with its key）"
        }
    }
}

extension Transaction {
    /// What stands beside a task on the to-do list.
    func note(_ text: String, on record: Record) throws -> String {
        try FreeText(keys: desk.keys).sealed(note: text, on: record.id, level: record.level)
    }
}

extension Desk {
    package func reason(of delegation: Delegation) throws -> String {
        try FreeText(keys: keys).opened(reason: delegation.reason, of: delegation.id)
    }
}
