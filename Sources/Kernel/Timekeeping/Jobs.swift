import Ledger
import Store
import WorkCalendar

/// A part of a round of jobs that has been done. Whoever measures jobs takes the time from one to the next.
package enum JobDone: Sendable, Hashable {
    /// Looking after the ledger and the entries that this server wrote.
    case watch
    case leaving, workingDays, clocks
    /// Asking which duties fall due, all at once.
    case dutiesAsked
    /// By its key: once for each period of each unit.
    case duty(String)
    /// By the type and the name of the finding.
    case finding(type: String, name: String)
    case ledger, search, clearing
}

/// What the program does by itself. Every job may run on several servers and again: a lease or a unique row keeps it to once.
extension Desk {
    /// One round of everything that is due.
    /// - Parameter done: told of each part as soon as it is done.
    package func runJobs(_ done: @escaping @Sendable (JobDone) -> Void = { _ in }) async throws {
        do { try await watchLedger() } catch let error as LedgerError { watch.alarm(Words(error.zh, error.en), at: clock.now()) }
        try await watchEntries()
        done(.watch)
        _ = try await store.withLease("jobs") { [self] in
            try await settleWhoLeft()
            done(.leaving)
            try await followWorkingDays()
            done(.workingDays)
            try await breakOverdueClocks()
            done(.clocks)
            try await doDuties(done)
            try await seekFindings(done)
            try await keepLedger()
            done(.ledger)
            try await settleSearch()
            done(.search)
            try await clearAway()
            done(.clearing)
        }
    }
}
