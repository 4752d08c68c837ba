import EngineFixture
import Store
import Testing

@testable import Ledger

/// Entries that a run wrote and that are not there any more.
@Suite struct RunCountTests {
    private static func entry(_ id: Int64, run: Int64 = 7, known: Int64) -> Entry {
        var entry = FilledLedger.entry(id)
        entry.source = Entry.Source(run: run, known: known)
        return entry
    }

    private static func faults(_ entries: [Entry]) -> [LedgerFault] {
        var counts = RunCounts(), report = VerificationReport()
        for entry in entries { entry.body(FilledLedger.key).withUnsafeBytes { counts.take($0, id: entry.id) } }
        counts.finish(&report)
        return report.faults
    }

    @Test func whatIsThereIsNotMissed() {
        #expect(Self.faults((1...20).map { Self.entry($0, known: $0 - 1) }) == [])
        // Two runs; acts that share a commit know of none of theirs; a run that was rolled back leaves nothing.
        #expect(
            Self.faults([Self.entry(1, known: 0), Self.entry(2, run: 8, known: 0), Self.entry(3, known: 0), Self.entry(9, known: 2)]) == [])
        // Entries of an earlier form count for nobody.
        #expect(Self.faults([FilledLedger.entry(1), Self.entry(2, known: 0)]) == [])
    }

    /// An import's entries get their places at once, before those that waited already.
    @Test func whatComesLaterWithASmallerIdWasOnlyWaiting() {
        let waiting = [Self.entry(1, known: 0), Self.entry(2, known: 1), Self.entry(3, known: 2)]
        let placed = (4...9).map { Self.entry($0, known: 3) }
        #expect(Self.faults(placed + waiting) == [])
        #expect(Self.faults(placed + waiting + [Self.entry(10, known: 9)]) == [])
        #expect(Self.faults(placed + waiting.dropFirst()) == [.entriesMissing(before: 4, count: 1)])
    }

    @Test func eachGapIsNamedOnce() {
        let all = (1...20).map { Self.entry($0, known: $0 - 1) }
        #expect(Self.faults(all.filter { $0.id != 5 }) == [.entriesMissing(before: 6, count: 1)])
        #expect(
            Self.faults(all.filter { ![1, 2, 11].contains($0.id) })
                == [.entriesMissing(before: 3, count: 2), .entriesMissing(before: 12, count: 1)])
    }

    /// As the owner of the database does it: out of the queue, before the sequencer comes.
    @Test(arguments: TestEngine.all) func anEntryTakenOutBeforeItHasItsPlaceLeavesAGap(engine: TestEngine) async throws {
        try await FilledLedger.with(engine) { ledger in
            let writer = EntryWriter(ledger.key)
            for id in Int64(1)...6 {
                try await ledger.store.write { session in
                    var entry = FilledLedger.entry(id)
                    entry.source = writer.source
                    try Ledger.append(entry, in: session, by: writer)
                }
            }
            try await ledger.execute("DELETE FROM entry WHERE id = 3")
            try await ledger.execute("DELETE FROM entry_pending WHERE entry = 3")
            // While the others wait, and when they have their places.
            #expect(try await ledger.verify().faults == [.entriesMissing(before: 4, count: 1)])
            try await ledger.sequence()
            try await ledger.checkpoint()
            #expect(try await ledger.verify().faults == [.entriesMissing(before: 4, count: 1)])
        }
    }
}
