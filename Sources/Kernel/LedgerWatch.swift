import Ledger
import Store
import Synchronization
import WorkCalendar

/// What this server has seen of the ledger and must not see become less; and what it has to tell whoever reads the log.
package final class LedgerWatch: Sendable {
    private struct Seen {
        var standing: LedgerStanding?
        var alarms: [Words] = []
        /// What was told last, and when: a state that lasts is told again after a while, not at every round.
        var told: [String: Moment] = [:]
    }

    private let seen = Mutex(Seen())

    /// No act may be dated before the latest checkpoint: it would look like one that was put in afterwards.
    var floor: Moment {
        Moment(milliseconds: seen.withLock { $0.standing?.moment } ?? .min)
    }

    var standing: LedgerStanding? { seen.withLock { $0.standing } }

    func learn(_ standing: LedgerStanding) { seen.withLock { $0.standing = standing } }

    func alarm(_ words: Words, at now: Moment) {
        seen.withLock { seen in
            if let last = seen.told[words.en], last.distance(to: now) < 600_000 { return }
            seen.told[words.en] = now
            seen.alarms.append(words)
        }
    }

    /// What has come up since the last time.
    package func takeAlarms() -> [Words] {
        seen.withLock { seen in
            defer { seen.alarms = [] }
            return seen.alarms
        }
    }
}

extension Desk {
    /// A moment of this server, never before the latest checkpoint that it knows.
    static func steady(_ clock: Clock, _ watch: LedgerWatch) -> Clock { Clock { max(clock.now(), watch.floor) } }

    /// Draws the ledger's boundary on a database that is new to this program, and takes note of how the ledger stands.
    func beginLedger() async throws {
        let now = clock.now(), key = entryKey
        // Servers that start at once wait for each other.
        while try await !store.read({ try Ledger.isBegun(in: $0) }) {
            let done: Void? = try await store.withLease("ledger") { [self] in
                try await store.write { [self] session in
                    var entries: [Entry] = []
                    try Ledger.begin(in: session, key: key, at: now.milliseconds) { entries.append($0) }
                    try tally(entries, session).write(session)
                }
            }
            if done == nil { try await Task.sleep(for: .milliseconds(20)) }
        }
        do { try await watchLedger() } catch let error as LedgerError { watch.alarm(Words(error.zh, error.en), at: now) }
    }

    /// Looks whether the ledger continues what this server saw of it, and what other servers signed meanwhile.
    /// - Throws: `LedgerError.shrunk`; what was seen before stays in mind.
    func watchLedger() async throws {
        let before = watch.standing, key = entryKey
        let present = try await store.read { session in
            let present = try LedgerStanding.read(in: session, key: key)
            try before?.mustBeContinued(by: present, in: session)
            return present
        }
        watch.learn(present)
        let behind = machineClock.now().distance(to: watch.floor)
        if behind > Self.tolerance {
            let minutes = behind / 60_000
            watch.alarm(
                Words(
                    "本机时钟比最近的检查点慢 \(minutes) 分钟；办理时间按检查点计，请校准时钟",
                    "This machine's clock is \(minutes) minutes behind the latest checkpoint; acts are dated by the checkpoint. Set the clock right"),
                at: watch.floor)
        }
    }

    /// Clocks of two servers are seldom closer, in milliseconds.
    private static let tolerance: Int64 = 60_000
}
