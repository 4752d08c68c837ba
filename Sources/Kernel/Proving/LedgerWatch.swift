import Ledger
import Store
import Synchronization
import WorkCalendar

/// What this server has seen of the ledger and must not see become less; and what it has to tell whoever reads the log.
package final class LedgerWatch: Sendable {
    private struct Seen {
        var standing: LedgerStanding?
        var alarms: [Words] = []
        var troubles: [LedgerTrouble] = []
        /// What has not been told in notices yet.
        var untold: [Words] = []
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

    /// - Parameter isTrouble: something is wrong with the ledger itself: whoever supervises is told too.
    func alarm(_ words: Words, at now: Moment, isTrouble: Bool = true) {
        seen.withLock { seen in
            if isTrouble, seen.troubles.count < Self.most, !seen.troubles.contains(where: { $0.words.en == words.en }) {
                seen.troubles.append(LedgerTrouble(words: words, since: now))
                seen.untold.append(words)
            }
            if let last = seen.told[words.en], last.distance(to: now) < 600_000 { return }
            seen.told[words.en] = now
            seen.alarms.append(words)
        }
    }

    private static let most = 20

    /// What this server found wrong with the ledger since it was started; looking again does not make it good.
    package var troubles: [LedgerTrouble] { seen.withLock { $0.troubles } }

    /// For notices.
    var untold: [Words] { seen.withLock { $0.untold } }
    func told(_ count: Int) { seen.withLock { $0.untold.removeFirst(count) } }

    /// What has come up since the last time.
    package func takeAlarms() -> [Words] {
        seen.withLock { seen in
            defer { seen.alarms = [] }
            return seen.alarms
        }
    }
}

/// Something wrong with the ledger, and when it was seen first.
package struct LedgerTrouble: Sendable {
    package let words: Words
    package let since: Moment
}

extension Desk {
    /// A moment of this server, never before the latest checkpoint that it knows.
    static func steady(_ clock: Clock, _ watch: LedgerWatch) -> Clock { Clock { max(clock.now(), watch.floor) } }

    /// Draws the ledger's boundary on a database that is new to this program, and takes note of how the ledger stands.
    func beginLedger() async throws {
        let now = clock.now(), key = entryKey
        do {
            // Servers that start at once wait for each other.
            while try await !isLedgerBegun() {
                let mayBeEarlier = keys.ledgerMark.keyedSince == nil
                let done: Void? = try await store.withLease("ledger") { [self] in
                    try await store.write { [self] session in
                        var entries: [Entry] = []
                        try Ledger.begin(in: session, key: key, at: now.milliseconds, mayBeEarlier: mayBeEarlier) { entries.append($0) }
                        try tally(entries, session).write(session)
                        try keys.vouch(keyedSince: now.milliseconds, in: session)
                    }
                }
                if done == nil { try await Task.sleep(for: .milliseconds(20)) }
                try await keys.reload(from: store)
            }
            try await watchLedger()
        } catch let error as LedgerError { watch.alarm(Words(error.zh, error.en), at: now) }
    }

    private func isLedgerBegun() async throws -> Bool {
        if keys.ledgerMark.keyedSince == nil { return false }
        return try await store.read { try Ledger.isBegun(in: $0) }
    }

    /// Looks whether the ledger continues what this server saw of it, and what other servers signed meanwhile.
    /// - Throws: `LedgerError.shrunk`; what was seen before stays in mind.
    func watchLedger() async throws {
        let before = watch.standing, key = entryKey
        let (present, foreign) = try await store.read { session in
            let present = try LedgerStanding.read(in: session, key: key)
            try before?.mustBeContinued(by: present, in: session)
            return (present, try ForeignCode.names(session))
        }
        watch.learn(present)
        if !foreign.isEmpty { watch.alarm(ForeignCode.words(foreign), at: clock.now()) }
        let behind = machineClock.now().distance(to: watch.floor)
        if behind > Self.tolerance {
            let minutes = behind / 60_000
            watch.alarm(
                Words(
                    "本机时钟比最近的检查点慢 \(minutes) 分钟；办理时间按检查点计，请校准时钟",
                    "This machine's clock is \(minutes) minutes behind the latest checkpoint; acts are dated by the checkpoint. Set the clock right"),
                at: watch.floor, isTrouble: false)
        }
    }

    /// Looks for the entries that this run has written and that have no place yet, and tells whoever supervises what is wrong with the
    /// ledger. Holds no lease: whoever keeps the jobs from running does not keep this from being seen.
    func watchEntries() async throws {
        let now = clock.now(), writer = entryWriter
        let found = try await store.read { try writer.find(writer.waiting, in: $0) }
        let look = writer.settle(found, at: now.milliseconds)
        func alarm(_ words: Words) { watch.alarm(words, at: now) }
        for part in look.vanished.chunked(10) {
            let ids = part.map(String.init)
            alarm(
                Words(
                    "本服务写入的记录 \(ids.joined(separator: "、")) 已被删除或改动。请保全数据库和备份，立即告知合规负责人",
                    "Entries \(ids.joined(separator: ", ")), written by this server, were deleted or altered. "
                        + "Keep the database and its backups as they are and tell the compliance officer at once"))
        }
        for id in look.heldBack {
            let fault = LedgerFault.entryHeldBack(id: id)
            alarm(Words(fault.zh, fault.en))
        }
        if look.isLate {
            alarm(
                Words(
                    "记录写入半分钟后仍未编入存证：定时任务没有运行，或者有人占住了它的锁。请查看日志，并查明谁连接着数据库",
                    "Entries have waited for their places for half a minute: the jobs do not run, or somebody holds their lock. Look into the "
                        + "log, and find out who is connected to the database"))
        }
        let untold = watch.untold
        for words in untold {
            try await tellSupervisors(Words("存证告警：\(words.zh)", "Ledger alarm: \(words.en)"))
            watch.told(1)
        }
    }

    /// Clocks of two servers are seldom closer, in milliseconds.
    private static let tolerance: Int64 = 60_000
}
