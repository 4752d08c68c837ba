import EngineFixture
import Store
import Testing

@testable import Ledger

/// The owner of the database writes what he likes and computes every hash that needs no key. Nothing was kept outside.
@Suite struct ForgeryTests {
    /// 600 entries; the last checkpoints can be taken away without a checkpoint that contradicts.
    private func withHistory(_ engine: TestEngine, _ body: (FilledLedger) async throws -> Void) async throws {
        try await FilledLedger.with(engine) { ledger in
            for ids in [1...100, 101...256, 257...600] as [ClosedRange<Int64>] { try await ledger.grow(ids) }
            #expect(try await ledger.verify(signedBefore: .max).faults == [])
            try await body(ledger)
        }
    }

    // MARK: What waits

    /// A whole act as the program would write it, but for the key; in both forms.
    @Test(arguments: TestEngine.all, [true, false]) func aForgedActGetsNoPlace(engine: TestEngine, isKeyed: Bool) async throws {
        try await withHistory(engine) { ledger in
            var forged = FilledLedger.entry(700)
            forged.step = "approve"
            let body = isKeyed ? forged.body(EntryKey(secret: Array(1...32))) : forged.text(.unkeyed)
            try await ledger.putIn(body, as: 700)
            try await ledger.append(701...703)
            // Honest acts go on, before and after it.
            #expect(try await ledger.sequence() == 3)
            #expect(try await ledger.checkpoint()?.size == 603)
            #expect(try await ledger.verify(placedBefore: .max).faults == [.entryRefused(id: 700, .forged)])
            #expect(try await ledger.positions().suffix(3) == [701, 702, 703])
            // With its mark taken off it is refused again.
            try await ledger.execute("UPDATE entry_pending SET refused = NULL")
            #expect(try await ledger.sequence() == 0)
            #expect(try await ledger.verify().faults == [.entryRefused(id: 700, .forged)])
        }
    }

    /// A genuine body under another id: its seal holds, and it names the id that it was written for.
    @Test(arguments: TestEngine.all) func aCopiedEntryGetsNoPlace(engine: TestEngine) async throws {
        try await withHistory(engine) { ledger in
            try await ledger.putIn(FilledLedger.entry(51).body(ledger.key), as: 700)
            #expect(try await ledger.sequence() == 0)
            #expect(try await ledger.verify().faults == [.entryRefused(id: 700, .forged)])
        }
    }

    @Test(arguments: TestEngine.all) func bytesThatAreNoEntryHoldUpNobody(engine: TestEngine) async throws {
        try await withHistory(engine) { ledger in
            try await ledger.putIn([2, 1, 3], as: 700)
            try await ledger.append(701...701)
            let turn = try await ledger.store.write { try Ledger.sequence(in: $0, key: ledger.key, limit: 10) }
            #expect(turn.placed == 1 && turn.taken == 2 && turn.refused.map(\.id) == [700])
            #expect(turn.refused.map(\.objection) == [.malformed])
            #expect(try await ledger.verify().faults == [.entryRefused(id: 700, .malformed)])
        }
    }

    /// An entry may come late by the time that an act takes, and no later.
    @Test(arguments: TestEngine.all) func whatIsMuchOlderThanTheLastCheckpointGetsNoPlace(engine: TestEngine) async throws {
        try await withHistory(engine) { ledger in
            let moment = 10_000_000 as Int64
            try await ledger.append(701...701)
            try await ledger.sequence()
            try await ledger.checkpoint(at: moment)
            var (early, late) = (FilledLedger.entry(702), FilledLedger.entry(703))
            (early.at, late.at) = (moment - Ledger.longestTurn, moment - Ledger.longestTurn - 1)
            try await ledger.putIn(early.body(ledger.key), as: 702)
            try await ledger.putIn(late.body(ledger.key), as: 703)
            #expect(try await ledger.sequence() == 1)
            #expect(try await ledger.verify().faults == [.entryRefused(id: 703, .late)])
            // A checkpoint dated to the far future makes nobody late.
            try await ledger.execute("UPDATE checkpoint SET at = 99999999999 WHERE size = 601")
            var next = FilledLedger.entry(704)
            next.at = moment
            try await ledger.putIn(next.body(ledger.key), as: 704)
            #expect(try await ledger.sequence() == 1)
            #expect(try await ledger.verify().faults == [.checkpointForged(size: 601), .entryHeldBack(id: 703)])
        }
    }

    @Test(arguments: TestEngine.all) func anHonestEntryMarkedAsRefusedIsNamed(engine: TestEngine) async throws {
        try await withHistory(engine) { ledger in
            try await ledger.append(700...700)
            try await ledger.execute("UPDATE entry_pending SET refused = 'forged'")
            try await ledger.sequence()
            #expect(try await ledger.verify().faults == [.entryHeldBack(id: 700)])
        }
    }

    // MARK: What has its place

    @Test(arguments: TestEngine.all) func anAuthorChangedInTheMiddle(engine: TestEngine) async throws {
        try await withHistory(engine) { ledger in
            var lines = try await ledger.lines()
            // The person stands at byte 26; the entry's own seal is left as it was.
            lines[299].body[33] ^= 1
            try await ledger.rewrite(lines)
            try await ledger.execute("DELETE FROM checkpoint WHERE size > 256")
            #expect(try await ledger.verify().faults.first == .leavesForged(first: 299, last: 299, id: 300))
        }
    }

    /// One reading of personal data removed, and the rest moved up.
    @Test(arguments: TestEngine.all) func anEntryTakenOutOfTheMiddle(engine: TestEngine) async throws {
        try await withHistory(engine) { ledger in
            var lines = try await ledger.lines()
            lines.remove(at: 299)
            try await ledger.rewrite(lines)
            try await ledger.execute("DELETE FROM checkpoint WHERE size > 256")
            #expect(try await ledger.verify().faults.first == .leavesForged(first: 299, last: 598, id: 301))
        }
    }

    @Test(arguments: TestEngine.all) func anEntryPutIntoTheMiddle(engine: TestEngine) async throws {
        try await withHistory(engine) { ledger in
            var lines = try await ledger.lines()
            lines[299] = .init(id: 700, body: FilledLedger.entry(700).body(ledger.key))
            try await ledger.rewrite(lines)
            #expect(try await ledger.verify().faults.first == .leavesForged(first: 299, last: 299, id: 700))
        }
    }

    @Test(arguments: TestEngine.all) func aPositionBeyondAllReasonIsNoWalk(engine: TestEngine) async throws {
        try await withHistory(engine) { ledger in
            for position in [1 << 40, Int64.max] {
                try await ledger.execute(
                    "INSERT INTO leaf (position, entry, hash) VALUES ($1, $1, $2)", [.int(position), .blob(FilledLedger.digest(1))])
            }
            let faults = try await ledger.verify().faults
            #expect(faults.contains(.gap(position: 600)) && faults.contains(.gap(position: .max)))
        }
    }

    // MARK: Checkpoints

    @Test(arguments: TestEngine.all) func checkpointsTakenAway(engine: TestEngine) async throws {
        for (which, missing) in [("size = 600", 3...3), ("size = 256", 2...2), ("size < 600", 1...2), ("size > 0", 1...3)] {
            try await withHistory(engine) { ledger in
                try await ledger.execute("DELETE FROM checkpoint WHERE \(which)")
                let fault = LedgerFault.checkpointsMissing(first: Int64(missing.lowerBound), last: Int64(missing.upperBound))
                #expect(try await ledger.verify(signedBefore: .max).faults == [fault], "\(which)")
                guard missing.contains(3) else { return }
                try await ledger.append(700...700)
                try await ledger.sequence()
                let found = Int64(missing.lowerBound - 1)
                await #expect(throws: LedgerError.checkpointsMissing(found: found, signed: 3)) { try await ledger.checkpoint() }
            }
        }
    }

    @Test(arguments: TestEngine.all) func noCheckpointsAtAll(engine: TestEngine) async throws {
        try await FilledLedger.with(engine) { ledger in
            #expect(try await ledger.verify(signedBefore: .max).faults == [])
            try await ledger.append(1...3)
            try await ledger.sequence()
            #expect(try await ledger.verify(signedBefore: 1).faults == [])
            #expect(try await ledger.verify(signedBefore: 2).faults == [.noCheckpoints])
        }
    }

    /// A genuine checkpoint with another number, or of another moment.
    @Test(arguments: TestEngine.all, ["number = 3", "at = 77"]) func aCheckpointsRowAltered(engine: TestEngine, change: String) async throws
    {
        try await withHistory(engine) { ledger in
            try await ledger.execute("DELETE FROM checkpoint WHERE size = 600")
            try await ledger.execute("UPDATE checkpoint SET \(change) WHERE size = 256")
            #expect(try await ledger.verify().faults.contains(.checkpointForged(size: 256)))
        }
    }

    @Test func everyFaultHasWords() {
        let faults: [LedgerFault] = [
            .entryAltered(position: 50, id: 51), .shortened(expected: 600, found: 400), .documentMissing(id: 3), .noCheckpoints,
            .entryRefused(id: 1, .forged), .entryRefused(id: 1, .late), .entryRefused(id: 1, .missing), .entryRefused(id: 1, .malformed),
            .entryHeldBack(id: 1), .leavesForged(first: 1, last: 1, id: 2), .leavesForged(first: 1, last: 2, id: 2),
            .checkpointsMissing(first: 1, last: 1), .boundaryAltered,
            .checkpointsMissing(first: 1, last: 2), .checkpointForged(size: 1), .earlierCheckpointsAltered(count: 1),
            .earlierEntriesAltered(size: 1),
        ]
        for fault in faults {
            #expect(fault.zh.hasSuffix("。") && fault.en.hasSuffix("."))
        }
        #expect(LedgerFault.shortened(expected: 600, found: 400).en.contains("600"))
    }
}
