import Store

/// Why an entry that waits is not given a place.
package enum Objection: String, Sendable, Hashable {
    /// The program's key did not write it, or it stands under another id than it was written for.
    case forged
    /// Its bytes are no entry.
    case malformed
    /// It comes later than any act of the program can: see `Ledger.longestTurn`.
    case late
    /// It is named among those that wait, and is not there.
    case missing

    package var zh: String {
        switch self {
        case .forged: "它不是由本系统写入的"
        case .malformed: "其内容不合存证格式"
        case .late: "它的时间早于最近的检查点，来得过晚"
        case .missing: "其内容已不存在"
        }
    }

    package var en: String {
        switch self {
        case .forged: "this system did not write it"
        case .malformed: "its bytes are no ledger entry"
        case .late: "it is older than the latest checkpoint and came too late"
        case .missing: "it does not exist"
        }
    }

    /// - Parameters:
    ///   - id: the id under which the entry waits.
    ///   - moment: the latest checkpoint's, in milliseconds since 1970; `nil` where there is none that can be trusted.
    static func to(_ body: UnsafeRawBufferPointer, id: Int64, after moment: Int64?, _ key: EntryKey) -> (Objection?, Entry?) {
        guard let entry = try? Entry(body) else { return (.malformed, nil) }
        guard entry.id == id, Entry.isAuthentic(body, key) else { return (.forged, nil) }
        if let moment, entry.at < moment - Ledger.longestTurn { return (.late, nil) }
        return (nil, entry)
    }
}

extension Ledger {
    /// How long the longest act takes from its moment to its commit, in milliseconds, with room to spare: a quarter of an hour. An import's
    /// transaction takes up to a minute; a machine may be suspended in the middle of an act. An entry that appears later than this after
    /// a checkpoint was signed is no act that was under way.
    static let longestTurn: Int64 = 15 * 60_000

    /// The moment of the latest checkpoint, if the program's key vouches for it: a moment altered to the far future would make every act
    /// late.
    static func latestMoment(in session: any Session, _ key: EntryKey) throws -> Int64? {
        try session.first("SELECT size, at, note, number, seal FROM checkpoint ORDER BY size DESC, at DESC LIMIT 1") { row -> Int64? in
            guard let number = row.intIfAny(3), let seal = row.blobIfAny(4) else { return nil }
            let made = key.seal(checkpoint: row.text(2), number: number, size: row.int(0), at: row.int(1))
            return TreeHash(seal) == made ? row.int(1) : nil
        } ?? nil
    }
}
