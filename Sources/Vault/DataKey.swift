import Crypto
import Store

/// A key that the master key wraps: one that seals the values of a level, the one of the blind index, or the one that signs checkpoints.
struct DataKey: Sendable {
    enum Purpose: String, Sendable, CaseIterable { case level, blind, signing }

    let id: UInt32
    let purpose: Purpose
    /// 0 (public) to 3 (top secret); 0 for a key that belongs to no level.
    let level: Int
    /// It seals nothing new any more, and still opens.
    let isRetired: Bool
    /// `nil` once it is destroyed.
    let secret: SymmetricKey?
    /// What is wrapped with the key that signs checkpoints.
    var mark: LedgerMark?
}

extension DataKey {
    /// As the table holds it.
    struct Row: Sendable {
        let id: UInt32
        let purpose: Purpose
        let level: Int
        let wrapped: [UInt8]
        var created: Int64 = 0
        var isRetired = false
        var isDestroyed = false

        /// What the wrapping is bound to: a row cannot be moved to another level or purpose.
        var label: String { Self.label(id: id, purpose: purpose, level: level) }

        static func label(id: UInt32, purpose: Purpose, level: Int) -> String {
            "dianzhang data_key 1 id=\(id) purpose=\(purpose.rawValue) level=\(level)"
        }

        /// A key's secret never changes, only what is done with it.
        func isAsKnown(_ key: DataKey) -> Bool { isRetired == key.isRetired && isDestroyed == (key.secret == nil) }

        func unwrapped(by master: MasterKey) -> DataKey? {
            if isDestroyed {
                return DataKey(id: id, purpose: purpose, level: level, isRetired: true, secret: nil)
            }
            guard let bytes = master.unwrap(wrapped, label: label), bytes.count >= DataKey.size else { return nil }
            let (secret, rest) = (SymmetricKey(data: bytes.prefix(DataKey.size)), bytes.dropFirst(DataKey.size))
            let mark = LedgerMark(rest)
            guard rest.isEmpty || purpose == .signing, mark != nil else { return nil }
            return DataKey(id: id, purpose: purpose, level: level, isRetired: isRetired, secret: secret, mark: mark)
        }
    }

    /// Bytes of a secret.
    static let size = 32

    /// A fresh key, already wrapped.
    static func draw(id: UInt32, purpose: Purpose, level: Int, master: MasterKey, mark: LedgerMark? = nil) throws -> Row {
        let secret = SymmetricKey(size: .bits256).withUnsafeBytes { Array($0) }
        let label = Row.label(id: id, purpose: purpose, level: level)
        return Row(id: id, purpose: purpose, level: level, wrapped: try master.wrap(secret + (mark?.bytes ?? []), label: label))
    }
}

extension DataKey.Row {
    /// All rows, oldest first.
    static func all(in session: any Session) throws -> [DataKey.Row] {
        try session.all("SELECT id, purpose, level, wrapped, retired, destroyed, created FROM data_key ORDER BY id") { row in
            guard let id = UInt32(exactly: row.int(0)), let purpose = DataKey.Purpose(rawValue: row.text(1)),
                let level = Int(exactly: row.int(2)), KeyRing.levels.contains(level)
            else { throw VaultError.keyDamaged(id: UInt32(truncatingIfNeeded: row.int(0))) }
            return DataKey.Row(
                id: id, purpose: purpose, level: level, wrapped: row.blob(3), created: row.int(6), isRetired: !row.isNull(4),
                isDestroyed: !row.isNull(5))
        }
    }

    func insert(in session: any Session, at: Int64) throws {
        try session.execute(
            "INSERT INTO data_key (id, purpose, level, wrapped, created) VALUES ($1, $2, $3, $4, $5)",
            [.int(Int64(id)), .text(purpose.rawValue), .int(Int64(level)), .blob(wrapped), .int(at)])
    }
}
