import Ledger
import Store
import WorkCalendar

/// What the program does by itself. Every job may run on several servers and again: a lease or a unique row keeps it to once.
extension Desk {
    /// One round of everything that is due.
    package func runJobs() async throws {
        do { try await watchLedger() } catch let error as LedgerError { watch.alarm(Words(error.zh, error.en), at: clock.now()) }
        try await watchEntries()
        _ = try await store.withLease("jobs") { [self] in
            try await settleWhoLeft()
            try await followWorkingDays()
            try await breakOverdueClocks()
            try await doDuties()
            try await seekFindings()
            try await keepLedger()
            try await settleSearch()
            try await clearAway()
        }
    }
}
