import Crypto
import Synchronization

/// The keys of one database, unwrapped and ready: seals values, opens them, makes blinds.
///
/// Safe to share between threads. Rotation and destruction swap the keys under those who use the ring; a value that is being sealed
/// meanwhile gets the old key or the new one, and opens either way.
///
/// A sealed value is `version (1) | key (4, big-endian) | nonce (12) | ciphertext | tag (16)`, AES-256-GCM, authenticated together with
/// the caller's context (see `context`), so that it opens only in the place for which it was sealed.
package final class KeyRing: Sendable {
    /// 0 public, 1 internal, 2 secret (机密), 3 top secret (绝密). Each level has keys of its own.
    package static let levels = 0...3
    private static let version: UInt8 = 1
    private static let headerSize = 5
    private static let smallestSize = headerSize + 12 + 16

    let master: Mutex<MasterKey>
    private let keys: Mutex<Keys>
    private let nonces = Nonces()

    /// What a moment's users see. Replaced as a whole, never changed.
    private final class Keys: Sendable {
        let byID: [UInt32: DataKey]
        /// By level.
        let current: [(id: UInt32, secret: SymmetricKey)]
        let blindIndex: BlindIndex
        let signingSecret: [UInt8]
        let entryKey: [UInt8]
        let publicIDKey: [UInt8]
        let mark: LedgerMark
        /// Keys that nothing is sealed under yet, because other servers may not know them, and how many refreshes they still wait.
        let waiting: [UInt32: Int]

        init(_ all: [DataKey], waiting: [UInt32: Int] = [:]) throws(VaultError) {
            self.waiting = waiting
            byID = Dictionary(all.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
            func live(_ purpose: DataKey.Purpose, _ level: Int) throws(VaultError) -> (id: UInt32, secret: SymmetricKey) {
                guard let key = all.last(where: { $0.purpose == purpose && $0.level == level && !$0.isRetired }), let secret = key.secret
                else { throw .keysMissing }
                return (key.id, secret)
            }
            var current: [(id: UInt32, secret: SymmetricKey)] = []
            for level in KeyRing.levels {
                let older = all.last { $0.purpose == .level && $0.level == level && $0.secret != nil && waiting[$0.id] == nil }
                if let older, let secret = older.secret {
                    current.append((older.id, secret))
                } else {
                    current.append(try live(.level, level))
                }
            }
            self.current = current
            blindIndex = BlindIndex(key: try live(.blind, 0).secret)
            let signing = try live(.signing, 0).secret
            mark = all.last { $0.purpose == .signing && !$0.isRetired }?.mark ?? .earlier
            signingSecret = signing.withUnsafeBytes { Array($0) }
            entryKey = Self.derive(from: signing, "dianzhang ledger entries 1")
            publicIDKey = Self.derive(from: signing, "dianzhang public ids 1")
        }

        private static func derive(from secret: SymmetricKey, _ purpose: String) -> [UInt8] {
            HKDF<SHA256>.deriveKey(inputKeyMaterial: secret, info: Array(purpose.utf8), outputByteCount: 32).withUnsafeBytes { Array($0) }
        }
    }

    /// - Parameter waiting: keys so new that other servers may not know them yet, and for how many refreshes they wait.
    init(_ rows: [DataKey.Row], master: MasterKey, waiting: [UInt32: Int] = [:]) throws(VaultError) {
        self.master = Mutex(master)
        keys = Mutex(try Keys(Self.unwrap(rows, master), waiting: waiting))
    }

    /// Lets the ring see rows that were written since, by this server or another.
    func replace(by rows: [DataKey.Row]) throws(VaultError) {
        let fresh = try Keys(Self.unwrap(rows, master.withLock { $0 }))
        keys.withLock { $0 = fresh }
    }

    /// The same where several servers do it from time to time: a new key opens at once, and seals only after `rounds` more of them, when
    /// every other server knows it too.
    func refresh(by rows: [DataKey.Row], rounds: Int) throws(VaultError) {
        let known = keys.withLock { $0 }
        let isSame = rows.count == known.byID.count && rows.allSatisfy { known.byID[$0.id].map($0.isAsKnown) ?? false }
        if isSame, known.waiting.isEmpty { return }
        var waiting: [UInt32: Int] = [:]
        for row in rows where row.purpose == .level {
            let left = known.byID[row.id] == nil ? rounds : (known.waiting[row.id] ?? 0) - 1
            if left > 0 { waiting[row.id] = left }
        }
        let fresh = try Keys(Self.unwrap(rows, master.withLock { $0 }), waiting: waiting)
        keys.withLock { $0 = fresh }
    }

    private static func unwrap(_ rows: [DataKey.Row], _ master: MasterKey) throws(VaultError) -> [DataKey] {
        let unwrapped = rows.map { $0.unwrapped(by: master) }
        if let index = unwrapped.firstIndex(where: { $0 == nil }) {
            // A wrong master opens none of them; a right one that fails on one row tells that the row was touched.
            throw unwrapped.contains { $0?.secret != nil } ? .keyDamaged(id: rows[index].id) : .wrongMaster
        }
        return unwrapped.compactMap(\.self)
    }

    /// Keys that live only as long as the ring, for a demonstration without a database or a test.
    package static func fleeting() throws -> KeyRing {
        let master = MasterKey.fleeting()
        return try KeyRing(missing(from: [], master: master, at: 0), master: master)
    }

    /// The keys that a complete ring has and these rows have not: all, or a level that an older version did not know. The keys of the
    /// blind index and of the signature are never made a second time: what was found and signed with the first would be lost.
    static func missing(from rows: [DataKey.Row], master: MasterKey, at: Int64) throws -> [DataKey.Row] {
        let wanted = levels.map { (DataKey.Purpose.level, $0) } + [(.blind, 0), (.signing, 0)]
        guard
            rows.isEmpty
                || wanted.dropFirst(levels.count).allSatisfy({ purpose, _ in rows.contains { $0.purpose == purpose && !$0.isRetired } })
        else { throw VaultError.keysMissing }
        var next = (rows.map(\.id).max() ?? 0) + 1
        var fresh: [DataKey.Row] = []
        for (purpose, level) in wanted where !rows.contains(where: { $0.purpose == purpose && $0.level == level && !$0.isRetired }) {
            let mark = purpose == .signing ? LedgerMark.new(at: at) : nil
            fresh.append(try DataKey.draw(id: next, purpose: purpose, level: level, master: master, mark: mark))
            next += 1
        }
        return fresh
    }
}

extension KeyRing {
    /// The bytes that bind a sealed value to its place.
    package static func context(document: Int64, field: String) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(8 + field.utf8.count)
        withUnsafeBytes(of: document.bigEndian) { bytes.append(contentsOf: $0) }
        bytes.append(contentsOf: field.utf8)
        return bytes
    }

    /// Seals a text under the current key of a level.
    /// - Throws: `VaultError.levelUnknown`.
    package func seal(_ text: String, level: Int, context: [UInt8]) throws -> [UInt8] {
        var text = text
        return try text.withUTF8 { try seal(UnsafeRawBufferPointer($0), level: level, context: context) }
    }

    /// Seals the content of a file.
    package func seal(bytes: [UInt8], level: Int, context: [UInt8]) throws -> [UInt8] {
        try bytes.withUnsafeBytes { try seal($0, level: level, context: context) }
    }

    private func seal(_ plain: UnsafeRawBufferPointer, level: Int, context: [UInt8]) throws -> [UInt8] {
        guard Self.levels.contains(level) else { throw VaultError.levelUnknown(level) }
        let (id, secret) = keys.withLock { $0.current[level] }
        // Raw buffers and not arrays: the library's generic code is quicker on them.
        let box = try context.withUnsafeBytes { try AES.GCM.seal(plain, using: secret, nonce: nonces.next(), authenticating: $0) }
        guard let combined = box.combined else { throw VaultError.valueDamaged }
        return [UInt8](unsafeUninitializedCapacity: Self.headerSize + combined.count) { out, count in
            let raw = UnsafeMutableRawBufferPointer(out)
            raw[0] = Self.version
            raw.storeBytes(of: id.bigEndian, toByteOffset: 1, as: UInt32.self)
            combined.withUnsafeBytes { UnsafeMutableRawBufferPointer(rebasing: raw[Self.headerSize...]).copyMemory(from: $0) }
            count = Self.headerSize + combined.count
        }
    }

    /// Opens what `seal` made for the same context.
    /// - Throws: `VaultError.destroyed`, `.keyUnknown`, `.valueDamaged`.
    package func open(_ sealed: [UInt8], context: [UInt8]) throws -> String {
        try open(sealed, context: context) { String(decoding: $0, as: UTF8.self) }
    }

    package func open(bytes sealed: [UInt8], context: [UInt8]) throws -> [UInt8] { try open(sealed, context: context) { Array($0) } }

    private func open<T>(_ sealed: [UInt8], context: [UInt8], _ body: (UnsafeRawBufferPointer) -> T) throws -> T {
        let id = try Self.keyID(of: sealed)
        guard let key = keys.withLock({ $0.byID[id] }), key.purpose == .level else { throw VaultError.keyUnknown(id: id) }
        guard let secret = key.secret else { throw VaultError.destroyed(id: id) }
        return try sealed.withUnsafeBytes { bytes in
            guard let box = try? AES.GCM.SealedBox(combined: UnsafeRawBufferPointer(rebasing: bytes[Self.headerSize...])),
                let opened = try? context.withUnsafeBytes({ try AES.GCM.open(box, using: secret, authenticating: $0) })
            else { throw VaultError.valueDamaged }
            return opened.withUnsafeBytes(body)
        }
    }

    /// Which key sealed this value. Asked before a key is destroyed, to seal again what must live on.
    package static func keyID(of sealed: [UInt8]) throws(VaultError) -> UInt32 {
        guard sealed.count >= smallestSize, sealed[0] == version else { throw .valueDamaged }
        return sealed[1..<headerSize].reduce(0) { $0 << 8 | UInt32($1) }
    }

    /// The key under which a level's new values are sealed.
    package func currentKey(level: Int) throws(VaultError) -> UInt32 {
        guard Self.levels.contains(level) else { throw .levelUnknown(level) }
        return keys.withLock { $0.current[level].id }
    }

    package var blindIndex: BlindIndex { keys.withLock { $0.blindIndex } }

    /// What the master key says of this house's ledger.
    package var ledgerMark: LedgerMark { keys.withLock { $0.mark } }

    /// 32 random bytes, the same for the life of the database: the Ed25519 private key of the ledger.
    package var signingSecret: [UInt8] { keys.withLock { $0.signingSecret } }

    /// 32 bytes by which the ledger seals its entries and their places, the same for the life of the database: drawn from the signing
    /// secret, so that a database of an earlier program has it too.
    package var entryKey: [UInt8] { keys.withLock { $0.entryKey } }

    /// 32 bytes by which ids are written for outside, the same for the life of the database: drawn from the signing secret, so that
    /// addresses hold on every server and under every master key.
    package var publicIDKey: [UInt8] { keys.withLock { $0.publicIDKey } }
}
