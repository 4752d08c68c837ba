import Ledger
import Store
import Vault
import WorkCalendar

/// What is done with keys and copies, as the ledger names it.
enum KeyWork: String, Sendable {
    case rotate = "+rotate-key"
    case rewrap = "+rewrap-keys"
    case reseal = "+reseal"
    case restore = "+restore"
    case destroyAgain = "+destroy-again"
    case holdAgain = "+hold-again"

    var title: Words {
        switch self {
        case .rotate: Words("更换数据密钥", "Data key rotated")
        case .rewrap: Words("更换主密钥", "Keys wrapped under a new master key")
        case .reseal: Words("重新封存", "Sealed anew")
        case .restore: Words("从备份恢复", "Restored from a backup")
        case .destroyAgain: Words("恢复后再次销毁", "Destroyed again after a restore")
        case .holdAgain: Words("恢复后重新保全", "Held again after a restore")
        }
    }
}

extension Desk {
    package func listKeys() async throws -> [KeyRing.Listed] { try await store.read { try KeyRing.list($0) } }

    /// Sees keys that another process made. Every server calls it every few seconds.
    package func refreshKeys() async throws { try await keys.refresh(from: store) }

    /// Gives a level a new key: what is sealed from now on is sealed under it.
    @discardableResult
    package func rotateKey(of level: Level) async throws -> UInt32 {
        let now = clock.now()
        return try await keys.rotate(level: level.rawValue, in: store, at: now.milliseconds) { [self] session, id in
            try enter(
                .system, nil, type: "organisation", principal: .system, step: KeyWork.rotate.rawValue,
                purpose: "level \(level.rawValue) key \(id)", at: now, session)
        }
    }

    /// Writes down that this database is an older state, put back from a backup.
    package func enterRestoration(of moment: Moment, entries: Int64) async throws {
        let now = clock.now()
        try await store.write { [self] session in
            try enter(
                .system, nil, type: "organisation", principal: .system, step: KeyWork.restore.rawValue,
                purpose: "\(moment.description) \(entries)", at: now, session)
        }
    }

    /// Wraps all keys under another master key. Servers that run go on with the keys that they know, and must be started anew with it.
    package func rewrapKeys(under master: MasterKey) async throws {
        let now = clock.now()
        try await keys.rewrap(under: master, in: store) { [self] session in
            try enter(.system, nil, type: "organisation", principal: .system, step: KeyWork.rewrap.rawValue, at: now, session)
        }
    }
}
