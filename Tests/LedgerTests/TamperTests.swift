import EngineFixture
import Store
import Testing

@testable import Ledger

/// Somebody with the database's password changes what is past. Each way must be found, and the place named.
@Suite struct TamperTests {
    /// 600 entries with checkpoints at 100, 256, 400 and 600; gives back the notes, as if printed.
    private func withHistory(_ engine: TestEngine, _ body: (FilledLedger, [CheckpointNote]) async throws -> Void) async throws {
        try await FilledLedger.with(engine) { ledger in
            var notes: [CheckpointNote] = []
            for ids in [1...100, 101...256, 257...400, 401...600] as [ClosedRange<Int64>] {
                notes.append(try #require(try await ledger.grow(ids)))
            }
            #expect(try await ledger.verify(kept: notes).faults == [])
            try await body(ledger, notes)
        }
    }

    /// Entry 51 stands at position 50, before an anchor; 600 is the last.
    @Test(arguments: TestEngine.all, [51, 300, 599, 600] as [Int64]) func anAlteredEntry(engine: TestEngine, id: Int64) async throws {
        try await withHistory(engine) { ledger, _ in
            var entry = FilledLedger.entry(id)
            entry.to = "returned"
            try await ledger.execute("UPDATE entry SET body = $1 WHERE id = $2", [.blob(entry.body(ledger.key)), .int(id)])
            #expect(try await ledger.verify().faults == [.entryAltered(position: id - 1, id: id)])
        }
    }

    @Test(arguments: TestEngine.all, ["id", "at", "document", "person"]) func anAlteredColumn(engine: TestEngine, column: String)
        async throws
    {
        try await withHistory(engine) { ledger, _ in
            try await ledger.execute("UPDATE entry SET \(column) = 100001 WHERE id = 51")
            let expected: [LedgerFault] =
                column == "id"
                ? [.entryMissing(position: 50, id: 51), .entryUnplaced(id: 100_001)] : [.columnsDisagree(position: 50, id: 51)]
            #expect(try await ledger.verify().faults == expected)
        }
    }

    @Test(arguments: TestEngine.all) func twoEntriesExchanged(engine: TestEngine) async throws {
        try await withHistory(engine) { ledger, _ in
            try await ledger.execute(
                "UPDATE leaf SET entry = CASE entry WHEN 51 THEN -52 ELSE -51 END WHERE entry IN (51, 52)")
            try await ledger.execute("UPDATE leaf SET entry = 0 - entry WHERE entry < 0")
            #expect(
                try await ledger.verify().faults == [.leavesForged(first: 50, last: 51, id: 52)])
        }
    }

    @Test(arguments: TestEngine.all) func aDeletedEntry(engine: TestEngine) async throws {
        try await withHistory(engine) { ledger, _ in
            try await ledger.execute("DELETE FROM entry WHERE id = 51")
            #expect(try await ledger.verify().faults == [.entryMissing(position: 50, id: 51)])
        }
    }

    @Test(arguments: TestEngine.all, [51, 300, 600] as [Int64]) func anAlteredLeaf(engine: TestEngine, id: Int64) async throws {
        try await withHistory(engine) { ledger, _ in
            try await ledger.execute("UPDATE leaf SET hash = $1 WHERE entry = $2", [.blob(FilledLedger.digest(1)), .int(id)])
            #expect(try await ledger.verify().faults == [.leafAltered(position: id - 1, id: id)])
        }
    }

    @Test(arguments: TestEngine.all) func aLeafOfAnotherLength(engine: TestEngine) async throws {
        try await withHistory(engine) { ledger, _ in
            try await ledger.execute("UPDATE leaf SET hash = $1 WHERE entry = 51", [.blob([1, 2, 3])])
            #expect(try await ledger.verify().faults.first == .leafAltered(position: 50, id: 51))
        }
    }

    /// Entry and leaf together: the leaf's seal knows, and the tree.
    @Test(arguments: TestEngine.all) func anEntryAlteredWithItsLeaf(engine: TestEngine) async throws {
        try await withHistory(engine) { ledger, notes in
            var entry = FilledLedger.entry(300)
            entry.to = "returned"
            try await ledger.execute("UPDATE entry SET body = $1 WHERE id = 300", [.blob(entry.body(ledger.key))])
            try await ledger.execute(
                "UPDATE leaf SET hash = $1 WHERE entry = 300", [.blob(TreeHasher().leaf(entry.body(ledger.key)).bytes)])
            let report = try await ledger.verify(kept: [notes[2]])
            #expect(
                report.faults == [
                    .leavesForged(first: 299, last: 299, id: 300), .checkpointWrong(size: 400), .rewritten(size: 400),
                    .rangeDisagrees(first: 256, last: 511), .checkpointWrong(size: 600),
                    .headAltered(size: 600),
                ])
        }
    }

    @Test(arguments: TestEngine.all) func aDeletedLeaf(engine: TestEngine) async throws {
        try await withHistory(engine) { ledger, _ in
            try await ledger.execute("DELETE FROM leaf WHERE position = 50")
            #expect(try await ledger.verify().faults == [.gap(position: 50), .entryUnplaced(id: 51)])
        }
    }

    @Test(arguments: TestEngine.all) func aDeletedLeafAndTheRestRenumbered(engine: TestEngine) async throws {
        try await withHistory(engine) { ledger, notes in
            try await ledger.execute("DELETE FROM leaf WHERE position = 50")
            // In two steps: a unique key is checked row by row.
            try await ledger.execute("UPDATE leaf SET position = position + 100000 WHERE position > 50")
            try await ledger.execute("UPDATE leaf SET position = position - 100001 WHERE position > 50")
            let faults = try await ledger.verify().faults
            #expect(faults.first == .leavesForged(first: 50, last: 598, id: 52))
            #expect(faults.contains(.entryUnplaced(id: 51)))
            #expect(faults.contains(.shortened(expected: 600, found: 599)))
        }
    }

    @Test(arguments: TestEngine.all) func aCutTail(engine: TestEngine) async throws {
        try await withHistory(engine) { ledger, notes in
            try await ledger.execute("DELETE FROM leaf WHERE position >= 500")
            #expect(try await ledger.verify().faults.contains(.shortened(expected: 600, found: 500)))
        }
    }

    /// The tail with everything that speaks of it, and the head as a backup had it at that size. The database alone is again in order;
    /// the paper is not.
    @Test(arguments: TestEngine.all) func aCutTailWithItsCheckpointsAndAnOldHead(engine: TestEngine) async throws {
        try await FilledLedger.with(engine) { ledger in
            var notes = [try #require(try await ledger.grow(1...400))]
            let head = try await ledger.head()
            notes.append(try #require(try await ledger.grow(401...600)))
            try await ledger.cut(to: 400)
            try await ledger.execute("UPDATE tree_head SET size = $1, frontier = $2, checkpoints = $3, seal = $4", Array(head[1...]))
            let report = try await ledger.verify(kept: [notes[0]])
            #expect(report.faults == [] && report.limits == [.keptUpTo(size: 400, at: 400)])
            // It says what it cannot know, and from when on.
            #expect(try await ledger.verify().limits == [.nothingKept(newest: 400)])
            #expect(try await ledger.verify(kept: notes).faults == [.shortened(expected: 600, found: 400)])
        }
    }

    /// The same with a head that was computed and not kept: it lacks the seal.
    @Test(arguments: TestEngine.all) func aCutTailWithAHeadOfItsOwn(engine: TestEngine) async throws {
        try await withHistory(engine) { ledger, notes in
            try await ledger.cut(to: 400)
            #expect(try await ledger.verify().faults == [.headAltered(size: 400)])
            await #expect(throws: LedgerError.treeDamaged) { try await ledger.checkpoint() }
        }
    }

    /// All of it made anew by the program itself, as somebody would who has the database and one key or both.
    @Test(arguments: TestEngine.all, [true, false]) func aWholeHistoryRewritten(engine: TestEngine, hasKey: Bool) async throws {
        try await withHistory(engine) { ledger, notes in
            for table in ["entry", "leaf", "subtree", "tree_head", "checkpoint"] { try await ledger.execute("DELETE FROM \(table)") }
            try await ledger.store.write { session in
                for id in 1...600 as ClosedRange<Int64> {
                    var entry = FilledLedger.entry(id)
                    if id == 51 { entry.person = 99 }
                    try Ledger.append(entry, in: session, by: ledger.writer)
                }
                _ = try Ledger.sequence(in: session, key: ledger.key, limit: 600)
            }
            let signer = hasKey ? ledger.signer : try Signer(name: "test.example/log", secret: Array(2...33))
            _ = try await ledger.store.write { try Ledger.checkpoint(in: $0, signer: signer, key: ledger.key, at: 1) }
            #expect(try await ledger.verify().faults == (hasKey ? [] : [.checkpointSignature(size: 600)]))
            let kept = try await ledger.verify(kept: [notes[1]]).faults
            #expect(kept.first == .rewritten(size: 256))
        }
    }

    @Test(arguments: TestEngine.all) func anEntryPutInFromOutside(engine: TestEngine) async throws {
        try await withHistory(engine) { ledger, _ in
            let entry = FilledLedger.entry(1000)
            try await ledger.execute(
                "INSERT INTO entry (id, at, document, person, body) VALUES ($1, $2, $3, $4, $5)",
                [.int(entry.id), .int(entry.at), .int(entry.document), .int(entry.person), .blob(entry.body(ledger.key))])
            #expect(try await ledger.verify().faults == [.entryUnplaced(id: 1000)])
        }
    }

    @Test(arguments: TestEngine.all) func entriesThatWait(engine: TestEngine) async throws {
        try await withHistory(engine) { ledger, _ in
            try await ledger.append(700...705)
            #expect(try await ledger.verify(placedBefore: 700).faults == [])
            #expect(try await ledger.verify(placedBefore: 705).faults == [.entryWaiting(id: 700, since: 700)])
            try await ledger.execute("DELETE FROM entry WHERE id = 701")
            #expect(try await ledger.verify(placedBefore: 700).faults == [.entryRefused(id: 701, .missing)])
            // It holds up nobody.
            #expect(try await ledger.sequence() == 5)
            #expect(try await ledger.verify(placedBefore: 1000).faults == [.entryRefused(id: 701, .missing)])
        }
    }

    @Test(arguments: TestEngine.all) func alteredTablesOfTheTree(engine: TestEngine) async throws {
        try await withHistory(engine) { ledger, notes in
            try await ledger.execute("UPDATE subtree SET hash = $1 WHERE position = 0", [.blob(FilledLedger.digest(3))])
            #expect(try await ledger.verify().faults == [.rangeDisagrees(first: 0, last: 255)])
        }
        try await withHistory(engine) { ledger, notes in
            try await ledger.execute("UPDATE tree_head SET size = 599")
            #expect(try await ledger.verify().faults == [.headAltered(size: 0)])
        }
        try await withHistory(engine) { ledger, notes in
            try await ledger.execute("UPDATE tree_head SET checkpoints = 3")
            #expect(try await ledger.verify().faults == [.headAltered(size: 600)])
        }
        try await withHistory(engine) { ledger, notes in
            try await ledger.execute("DELETE FROM tree_head")
            #expect(try await ledger.verify().faults == [.headAltered(size: 0)])
        }
    }

    @Test(arguments: TestEngine.all) func alteredCheckpoints(engine: TestEngine) async throws {
        try await withHistory(engine) { ledger, notes in
            let forged = notes[1].note.replacing("256", with: "255")
            try await ledger.execute("UPDATE checkpoint SET size = 255, note = $1 WHERE size = 256", [.text(forged)])
            #expect(try await ledger.verify().faults == [.checkpointSignature(size: 255)])
            #expect(try await ledger.verify(kept: [CheckpointNote(parsing: forged)]).faults.contains(.foreignCheckpoint(size: 255)))
        }
        try await withHistory(engine) { ledger, notes in
            try await ledger.execute("UPDATE checkpoint SET note = 'gone' WHERE size = 100")
            #expect(try await ledger.verify().faults == [.checkpointSignature(size: 100)])
        }
        // A genuine note at a size that is not its own.
        try await withHistory(engine) { ledger, notes in
            try await ledger.execute("UPDATE checkpoint SET note = $1 WHERE size = 100", [.text(notes[1].note)])
            #expect(try await ledger.verify().faults == [.checkpointSignature(size: 100)])
        }
    }
}
