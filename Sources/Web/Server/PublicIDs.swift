import Crypto
import CryptoExtras
import Kernel

/// Ids as they leave the house: in addresses, forms, JSON, cursors. Inside, ids grow with time; from one, anybody could read when a thing
/// was made and how many came between two, and try its neighbours. What leaves is one block of AES over the id and what kind of thing it
/// is, in 26 letters and digits: it tells nothing, nobody can make one, and the same thing is always called the same, on every server.
///
/// A word that somebody made up opens to an id that nothing has. It is asked for like any other, so that it is answered in the same words
/// and the same time as what is hidden.
package struct PublicIDs: Sendable {
    /// A word of one kind is none of another.
    package enum Kind: UInt8, Sendable, CaseIterable {
        case document = 1
        case person, unit, task, notice, holding, delegation, token
        /// Of the ledger.
        case entry
        /// What one administrator asked for and another decides.
        case request
        /// The document with which a page of a list ends.
        case place
        /// The moment at which a page of the to-do list ends.
        case due
        /// A question to a register that somebody kept.
        case view

        package var name: String { "\(self)" }
    }

    /// What a made-up word stands for: nothing has this id.
    static let nothing: Int64 = -1
    /// What a word looks like, as a regular expression.
    static let pattern = "[0-7][0-9a-hjkmnp-tv-z]{25}"
    private static let length = 26
    /// Without i, l, o and u, which are taken for others.
    private static let signs = Array("0123456789abcdefghjkmnpqrstvwxyz".utf8)
    private static let values: [UInt8: UInt8] = Dictionary(uniqueKeysWithValues: signs.enumerated().map { ($1, UInt8($0)) })

    private let key: SymmetricKey

    /// - Parameter key: `KeyRing.publicIDKey`.
    package init(key: [UInt8]) { self.key = SymmetricKey(data: key) }

    package func word(_ id: Int64, _ kind: Kind) -> String {
        var block = withUnsafeBytes(of: id.bigEndian) { Array($0) } + [0, 0, 0, 0, 0, 0, 0, kind.rawValue]
        permute { try AES.permute(&block, key: key) }
        return Self.text(of: block)
    }

    func word(_ person: PersonID) -> String { word(person.raw, .person) }
    func word(_ unit: UnitID) -> String { word(unit.raw, .unit) }

    /// - Returns: `nil` for what is no word of this kind.
    package func read(_ word: some StringProtocol, _ kind: Kind) -> Int64? {
        guard let found = open(word), found.kind == kind else { return nil }
        return found.id
    }

    /// The id behind a word; `nothing` for what is no word of this kind.
    func id(_ word: some StringProtocol, _ kind: Kind) -> Int64 { read(word, kind) ?? Self.nothing }

    /// Of whatever kind.
    package func open(_ word: some StringProtocol) -> (id: Int64, kind: Kind)? {
        guard var block = Self.block(of: word) else { return nil }
        permute { try AES.inversePermute(&block, key: key) }
        guard block[8..<15].allSatisfy({ $0 == 0 }), let kind = Kind(rawValue: block[15]) else { return nil }
        return (block[..<8].reduce(0) { $0 << 8 | Int64($1) }, kind)
    }

    static func isWord(_ text: some StringProtocol) -> Bool { block(of: text) != nil }

    private func permute(_ body: () throws -> Void) {
        do { try body() } catch { preconditionFailure("a block has 16 bytes, and a key 32: \(error)") }
    }

    // MARK: Letters and digits (RFC 4648's base32 in Crockford's alphabet): 128 bits in 26 signs, the first of which holds three

    private static func text(of block: [UInt8]) -> String {
        var rest = block.reduce(UInt128(0)) { $0 << 8 | UInt128($1) }
        return String(unsafeUninitializedCapacity: length) { out in
            for place in (0..<length).reversed() {
                out[place] = signs[Int(rest & 31)]
                rest >>= 5
            }
            return length
        }
    }

    private static func block(of text: some StringProtocol) -> [UInt8]? {
        guard text.utf8.count == length else { return nil }
        var sum = UInt128(0)
        for (place, sign) in text.utf8.enumerated() {
            guard let value = values[sign], place > 0 || value < 8 else { return nil }
            sum = sum << 5 | UInt128(value)
        }
        return (0..<16).map { UInt8(truncatingIfNeeded: sum >> (8 * (15 - $0))) }
    }
}
