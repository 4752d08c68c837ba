import Store
import Synchronization

/// One run of a program as a writer of entries: seals them, counts those that are on disk, and keeps in mind which of them wait for their
/// places. Whoever owns the database could take one of these away unseen by any seal; this run still knows it.
package final class EntryWriter: Sendable {
    package let key: EntryKey
    /// Of this run alone.
    private let run = Int64.random(in: 1...Int64.max)
    private let state = Mutex(State())

    private struct State {
        var committed: Int64 = 0
        var waiting: [Int64: Waiting] = [:]
    }

    private struct Waiting {
        let leaf: TreeHash
        /// At how many looks it was found waiting, and when first.
        var looks = 0
        var since: Int64 = 0
    }

    /// More than this are not kept in mind: then nothing has been placed for long, and that was told.
    private static let most = 100_000
    /// A place is given every two seconds. Milliseconds, and looks: a program that was held up has not looked either.
    private static let patience: Int64 = 30_000
    private static let leastLooks = 3

    package init(_ key: EntryKey) { self.key = key }

    /// For an entry whose id is drawn afterwards.
    package var source: Entry.Source { Entry.Source(run: run, known: state.withLock { $0.committed }) }

    /// Entries that wait for their places, once they are on disk.
    func remember(_ entries: [Entry], _ bodies: [[UInt8]], in session: any Session) {
        let hasher = TreeHasher()
        let leaves = zip(entries, bodies).filter { $0.0.source?.run == run }.map { ($0.id, hasher.leaf($1)) }
        session.afterCommit.append { [self] in
            state.withLock { state in
                state.committed += Int64(leaves.count)
                for (id, leaf) in leaves where state.waiting.count < Self.most { state.waiting[id] = Waiting(leaf: leaf) }
            }
        }
    }

    /// Entries that have their places already, once they are on disk: the tree speaks for them.
    func count(_ entries: [Entry], in session: any Session) {
        let count = Int64(entries.count { $0.source?.run == run })
        session.afterCommit.append { [self] in state.withLock { $0.committed += count } }
    }
}

extension EntryWriter {
    /// What this run finds of entries that it wrote.
    package struct Look: Sendable, Equatable {
        /// Deleted or altered before they had their places.
        package var vanished: [Int64] = []
        /// Intact, and marked by somebody else as ones that get no place.
        package var heldBack: [Int64] = []
        /// Some wait for longer than the jobs ever take.
        package var isLate = false
    }

    /// Where an entry is that was on disk.
    enum Whereabouts: Sendable { case placed, waiting, refused, heldBack, vanished }

    /// The entries that have no place yet as far as this run knows.
    package var waiting: [Int64] { state.withLock { $0.waiting.keys.sorted() } }

    /// Looks for entries. Changes nothing, so that it may be run again.
    package func find(_ ids: [Int64], in session: any Session) throws -> Found {
        let known = state.withLock { $0.waiting }, hasher = TreeHasher(), moment = try Ledger.latestMoment(in: session, key)
        var found = Found(places: Dictionary(ids.map { ($0, .vanished) }, uniquingKeysWith: { first, _ in first }))
        for start in stride(from: 0, to: ids.count, by: 500) {
            let part = ids[start..<min(start + 500, ids.count)]
            let places = (1...part.count).map { "$\($0)" }.joined(separator: ", ")
            try session.each(
                """
                SELECT e.id, e.body, l.hash, p.entry, p.refused FROM entry e LEFT JOIN leaf l ON l.entry = e.id
                LEFT JOIN entry_pending p ON p.entry = e.id WHERE e.id IN (\(places))
                """, part.map { .int($0) }
            ) { row in
                let id = row.int(0), leaf = known[id]?.leaf
                guard leaf == nil || row.withBlob(1, { hasher.leaf($0) }) == leaf else { return }
                if !row.isNull(2) {
                    if leaf == nil || row.withBlob(2, { TreeHash($0) }) == leaf { found.places[id] = .placed }
                } else if !row.isNull(3) {
                    let objection = row.withBlob(1) { Objection.to($0, id: id, after: moment, key).0 }
                    found.places[id] = row.isNull(4) ? .waiting : objection == nil ? .heldBack : .refused
                }
            }
        }
        return found
    }

    package struct Found: Sendable { fileprivate(set) var places: [Int64: Whereabouts] }

    /// Takes note of what was found; of what has its place, or was told, nothing is kept.
    /// - Parameter now: in milliseconds since 1970.
    package func settle(_ found: Found, at now: Int64) -> Look {
        state.withLock { state in
            var look = Look()
            for (id, place) in found.places.sorted(by: { $0.key < $1.key }) {
                guard var entry = state.waiting.removeValue(forKey: id) else { continue }
                switch place {
                case .placed, .refused: break
                case .vanished: look.vanished.append(id)
                case .heldBack: look.heldBack.append(id)
                case .waiting:
                    if entry.looks == 0 { entry.since = now }
                    entry.looks += 1
                    if entry.looks >= Self.leastLooks, now - entry.since >= Self.patience { look.isLate = true }
                    state.waiting[id] = entry
                }
            }
            return look
        }
    }
}
