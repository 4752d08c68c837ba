import EngineFixture
import Store
import Testing

@testable import Ledger

@Suite struct SequencingTests {
    @Test(arguments: TestEngine.all) func placesEntriesInTheOrderOfTheirIDs(engine: TestEngine) async throws {
        try await FilledLedger.with(engine) { ledger in
            #expect(try await ledger.sequence() == 0)
            try await ledger.append(1...300)
            #expect(try await ledger.sequence(limit: 100) == 100)
            #expect(try await ledger.sequence(limit: 150) == 150)
            #expect(try await ledger.sequence(limit: 150) == 50)
            #expect(try await ledger.sequence(limit: 150) == 0)
            #expect(try await ledger.positions() == Array(1...300))
            let root = NaiveTree.root((1...300).map { FilledLedger.entry($0).body(FilledLedger.key) }[...])
            let (head, made) = try await ledger.store.read { (try Ledger.head(in: $0), try Ledger.root(size: 300, in: $0)) }
            #expect(head.root(TreeHasher()).bytes == root)
            #expect(made.bytes == root)
            #expect(try await ledger.verify().isClean)
        }
    }

    /// On PostgreSQL a transaction that drew its id early may commit late.
    @Test(arguments: TestEngine.all) func anEntryThatComesLateIsNotPassedOver(engine: TestEngine) async throws {
        try await FilledLedger.with(engine) { ledger in
            try await ledger.append(10...20)
            try await ledger.sequence()
            try await ledger.append(1...5)
            try await ledger.append(21...22)
            #expect(try await ledger.sequence() == 7)
            #expect(try await ledger.positions() == Array(10...20) + Array(1...5) + Array(21...22))
            #expect(try await ledger.verify().isClean)
        }
    }

    /// The same with transactions that really overlap; SQLite has one writer and cannot do it.
    @Test(arguments: TestEngine.all) func writersAndTheSequencerRunTogether(engine: TestEngine) async throws {
        try await FilledLedger.with(engine) { ledger in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for writer in 0..<4 {
                    group.addTask {
                        for step in 0..<50 {
                            let id = Int64(step * 4 + (writer + step) % 4 + 1)
                            try await ledger.append(id...id)
                        }
                    }
                }
                group.addTask { for _ in 0..<20 { try await ledger.sequence(limit: 30) } }
                try await group.waitForAll()
            }
            try await ledger.sequence()
            #expect(try await ledger.positions().sorted() == Array(1...200))
            #expect(try await ledger.verify(placedBefore: Int64.max).isClean)
        }
    }

    @Test(arguments: TestEngine.all) func aRefusedActLeavesNoEntry(engine: TestEngine) async throws {
        struct Refused: Error {}
        try await FilledLedger.with(engine) { ledger in
            await #expect(throws: Refused.self) {
                try await ledger.store.write { session in
                    try Ledger.append(FilledLedger.entry(1), in: session, by: ledger.writer)
                    throw Refused()
                }
            }
            let placed = try await ledger.sequence()
            #expect(placed == 0)
        }
    }

    @Test(arguments: TestEngine.all) func aDocumentsTimelineIsItsEntries(engine: TestEngine) async throws {
        try await FilledLedger.with(engine) { ledger in
            try await ledger.append(1...35)
            let timeline = try await ledger.store.read { try Ledger.entries(ofDocument: 3, in: $0) }
            #expect(timeline == [2, 12, 22, 32].map(FilledLedger.entry))
            #expect(try await ledger.store.read { try Ledger.entries(ofDocument: 0, in: $0) }.isEmpty)
        }
    }

    @Test(arguments: TestEngine.all) func signsOnlyWhatGrew(engine: TestEngine) async throws {
        try await FilledLedger.with(engine) { ledger in
            #expect(try await ledger.checkpoint() == nil)
            let first = try #require(try await ledger.grow(1...3))
            #expect(first.size == 3)
            #expect(try await ledger.checkpoint(at: 2) == nil)
            let second = try #require(try await ledger.grow(4...700))
            #expect(second.size == 700)
            #expect(try await ledger.store.read { try Ledger.lastCheckpoint(in: $0) } == second)
            let report = try await ledger.verify(kept: [first, second])
            #expect(report.isClean)
            #expect(report.entries == 700 && report.checkpoints == 4 && report.root == second.root)
        }
    }

    @Test(arguments: TestEngine.all) func signsNothingThatDoesNotContinueTheLastCheckpoint(engine: TestEngine) async throws {
        try await FilledLedger.with(engine) { ledger in
            try await ledger.grow(1...30)
            try await ledger.execute("UPDATE leaf SET hash = $1 WHERE position = 7", [.blob(FilledLedger.digest(0))])
            try await ledger.append(31...40)
            try await ledger.sequence()
            await #expect(throws: LedgerError.inconsistent(size: 30)) { try await ledger.checkpoint() }
        }
    }

    @Test(arguments: TestEngine.all) func proofsFromTheStoreAreTheNaiveOnes(engine: TestEngine) async throws {
        try await FilledLedger.with(engine) { ledger in
            let sizes: [Int64] = [1, 2, 255, 256, 257, 511, 512, 700]
            for (from, to) in zip([0] + sizes, sizes) { try await ledger.grow((from + 1)...to) }
            let leaves = (1...700).map { FilledLedger.entry($0).body(FilledLedger.key) }
            for size in sizes {
                for position in [0, 1, 200, 254, 255, 256, 300, 511, 699] as [Int64] where position < size {
                    let proof = try await ledger.store.read { try Ledger.inclusionProof(position: position, size: size, in: $0) }
                    #expect(proof.path.map(\.bytes) == NaiveTree.path(Int(position), leaves[..<Int(size)]))
                }
                for from in sizes where from <= size {
                    let proof = try await ledger.store.read { try Ledger.consistencyProof(from: from, to: size, in: $0) }
                    #expect(proof.path.map(\.bytes) == NaiveTree.proof(Int(from), leaves[..<Int(size)]))
                }
            }
            for (position, size) in [(-1, 5), (5, 5), (0, 701), (0, 0)] as [(Int64, Int64)] {
                await #expect(throws: LedgerError.outOfRange) {
                    try await ledger.store.read { try Ledger.inclusionProof(position: position, size: size, in: $0) }
                }
            }
            #expect(try await ledger.store.read { try Ledger.position(ofEntry: 42, in: $0) } == 41)
            #expect(try await ledger.store.read { try Ledger.position(ofEntry: 999, in: $0) } == nil)
        }
    }
}
