import EngineFixture
import Store
import Testing

@testable import Ledger

/// A ledger that an earlier program began, without keys, and that this one goes on with.
@Suite struct BoundaryTests {
    /// 300 entries of the earlier program with checkpoints at 100 and 300 and 10 that wait; then 290 of this one.
    private func withBoth(_ engine: TestEngine, _ body: (FilledLedger) async throws -> Void) async throws {
        try await FilledLedger.with(
            engine,
            before: { ledger in
                try await Self.growEarlier(ledger, to: 100, from: 0)
                try await Self.growEarlier(ledger, to: 300, from: 100)
                for id in 301...310 as ClosedRange<Int64> { try await ledger.putIn(FilledLedger.entry(id).text(.unkeyed), as: id) }
            }
        ) { ledger in
            try await ledger.grow(311...600)
            try await body(ledger)
        }
    }

    /// As the earlier program did it.
    private static func growEarlier(_ ledger: FilledLedger, to size: Int64, from start: Int64) async throws {
        try await ledger.store.write { session in
            let hasher = TreeHasher()
            var tree = try Ledger.head(in: session)
            for id in start + 1...size {
                let entry = FilledLedger.entry(id), body = entry.text(.unkeyed)
                try session.execute(Ledger.insertion, Ledger.row(entry, body))
                try session.execute(
                    "INSERT INTO leaf (position, entry, hash) VALUES ($1, $2, $3)",
                    [.int(tree.size), .int(id), .blob(hasher.leaf(body).bytes)])
                try tree.append(hasher.leaf(body), hasher) { subtree in
                    try session.execute(
                        "INSERT INTO subtree (height, position, hash) VALUES ($1, $2, $3)",
                        [.int(Int64(subtree.height)), .int(subtree.index), .blob(subtree.hash.bytes)])
                }
            }
            try session.execute("DELETE FROM tree_head")
            try session.execute("INSERT INTO tree_head (id, size, frontier) VALUES (1, $1, $2)", [.int(tree.size), .blob(tree.bytes)])
            let note = try CheckpointNote(
                origin: ledger.signer.verifierKey.name, size: tree.size, root: tree.root(hasher), signer: ledger.signer)
            try session.execute("INSERT INTO checkpoint (size, at, note) VALUES ($1, 1, $2)", [.int(tree.size), .text(note.note)])
        }
    }

    @Test(arguments: TestEngine.all) func goesOnWithWhatItFinds(engine: TestEngine) async throws {
        try await withBoth(engine) { ledger in
            let report = try await ledger.verify(placedBefore: .max, signedBefore: .max)
            #expect(report.faults == [] && report.entries == 600 && report.checkpoints == 3)
            #expect(report.limits == [.earlierForm(size: 310, at: 0), .nothingKept(newest: 600)])
            #expect(try await ledger.positions() == Array(1...600))
            // Begun is begun.
            try await ledger.begin()
            #expect(try await ledger.verify().faults == [])
            #expect(try await ledger.store.read { try Ledger.entries(ofDocument: 3, in: $0) }.count == 60)
        }
    }

    @Test(arguments: TestEngine.all) func anEntryInTheEarlierFormComesTooLate(engine: TestEngine) async throws {
        try await withBoth(engine) { ledger in
            try await ledger.putIn(FilledLedger.entry(700).text(.unkeyed), as: 700)
            #expect(try await ledger.sequence() == 0)
            #expect(try await ledger.verify().faults == [.entryRefused(id: 700, .forged)])
        }
    }

    @Test(arguments: TestEngine.all) func anAlteredEntryOfTheEarlierProgram(engine: TestEngine) async throws {
        try await withBoth(engine) { ledger in
            var entry = FilledLedger.entry(305)
            entry.to = "returned"
            try await ledger.execute("UPDATE entry SET body = $1 WHERE id = 305", [.blob(entry.text(.unkeyed))])
            #expect(try await ledger.verify().faults == [.entryAltered(position: 304, id: 305)])
        }
    }

    /// With everything computed anew and no checkpoint that contradicts.
    @Test(arguments: TestEngine.all) func theEarlierPartRewritten(engine: TestEngine) async throws {
        try await withBoth(engine) { ledger in
            var lines = try await ledger.lines()
            lines[304].body[33] ^= 1
            try await ledger.rewrite(lines)
            #expect(try await ledger.verify().faults.first == .earlierEntriesAltered(size: 310))
        }
    }

    /// An earlier checkpoint forged or deleted is named, and stops nothing.
    @Test(arguments: TestEngine.all) func earlierCheckpointsAltered(engine: TestEngine) async throws {
        for change in ["DELETE FROM checkpoint WHERE size = 100", "UPDATE checkpoint SET at = 5 WHERE size = 300"] {
            try await withBoth(engine) { ledger in
                try await ledger.execute(change)
                #expect(try await ledger.verify().faults == [.earlierCheckpointsAltered(count: 2)], "\(change)")
            }
        }
    }

    @Test(arguments: TestEngine.all) func theBoundaryMoved(engine: TestEngine) async throws {
        for change in ["UPDATE ledger_boundary SET size = 600", "UPDATE ledger_boundary SET at = 7", "DELETE FROM ledger_boundary"] {
            try await withBoth(engine) { ledger in
                try await ledger.execute(change)
                // It is not drawn again.
                try await ledger.begin()
                #expect(try await ledger.verify().faults == [.boundaryAltered], "\(change)")
            }
        }
    }

    /// Every seal wiped, and an entry in the earlier form put among those that wait: the ledger of an earlier program, so it seems.
    private static func disguise(_ ledger: FilledLedger) async throws {
        for change in [
            "DELETE FROM ledger_boundary", "UPDATE leaf SET seal = NULL", "UPDATE subtree SET seal = NULL",
            "UPDATE tree_head SET seal = NULL, checkpoints = 0", "UPDATE checkpoint SET number = NULL, seal = NULL",
        ] { try await ledger.execute(change) }
        try await ledger.putIn(FilledLedger.entry(700).text(.unkeyed), as: 700)
    }

    @Test(arguments: TestEngine.all) func aKeyedLedgerIsNotTakenForAnEarlierOne(engine: TestEngine) async throws {
        try await withBoth(engine) { ledger in
            try await Self.disguise(ledger)
            try await ledger.begin()
            let faults = try await ledger.verify().faults
            #expect(faults.contains(.boundaryAltered) && faults.contains(.entryRefused(id: 700, .forged)))
            #expect(try await ledger.positions() == Array(1...600))
        }
    }

    /// A program that did not look so closely has drawn the boundary again.
    @Test(arguments: TestEngine.all) func aBoundaryDrawnAgainIsNamed(engine: TestEngine) async throws {
        try await withBoth(engine) { ledger in
            try await Self.disguise(ledger)
            try await ledger.store.write { session in
                let head = try Ledger.head(in: session), notes = try Self.notes(in: session)
                try Boundary(size: head.size, at: 9, checkpoints: notes.count, root: head.root(TreeHasher()), notes: notes.digest)
                    .insert(in: session, ledger.key)
                try TreeHead(frontier: head, checkpoints: 0, isSealed: false).write(in: session, ledger.key)
            }
            let faults = try await ledger.verify().faults
            #expect(faults == [.boundaryAltered, .entryRefused(id: 700, .forged)])
        }
    }

    private static func notes(in session: any Session) throws -> EarlierNotes {
        var notes = EarlierNotes()
        try session.each("SELECT size, at, note FROM checkpoint ORDER BY size, at", []) { row in
            notes.add(size: row.int(0), at: row.int(1), note: row.text(2))
        }
        return notes
    }
}
