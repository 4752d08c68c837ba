/// What the master key vouches for besides the ledger's secret: it is wrapped together with it, so that whoever owns the database can
/// neither alter nor wipe it.
package struct LedgerMark: Sendable, Equatable {
    /// The name under which this house signs its checkpoints, by which others tell it from others (C2SP tlog-checkpoint: a URL without a
    /// scheme; nothing need be found there).
    package let origin: String
    /// Since when every entry is keyed, in milliseconds since 1970; `nil` where an earlier program worked on the database last.
    package let keyedSince: Int64?

    /// Of a database of the program before houses had names.
    static let earlier = LedgerMark(origin: "dianzhang", keyedSince: nil)

    /// `.internal` is reserved for names that are nobody's in the public network.
    static func new(at moment: Int64) -> LedgerMark {
        let letters = Array("abcdefghijkmnpqrstuvwxyz23456789")
        let name = String((0..<16).map { _ in letters[Int.random(in: letters.indices)] })
        return LedgerMark(origin: "dianzhang.internal/\(name)", keyedSince: moment)
    }

    init(origin: String, keyedSince: Int64?) { (self.origin, self.keyedSince) = (origin, keyedSince) }

    /// What follows the secret: eight bytes of the moment, big-endian, and the origin; nothing of an earlier program.
    init?(_ bytes: ArraySlice<UInt8>) {
        if bytes.isEmpty {
            self = .earlier
            return
        }
        guard bytes.count > 8, let origin = String(validating: bytes.dropFirst(8), as: UTF8.self) else { return nil }
        self.init(origin: origin, keyedSince: bytes.prefix(8).reduce(0) { $0 << 8 | Int64($1) })
    }

    var bytes: [UInt8] {
        guard let keyedSince else { return [] }
        return withUnsafeBytes(of: keyedSince.bigEndian) { Array($0) } + Array(origin.utf8)
    }
}
