import Foundation
import ScratchFiles
import Testing

@testable import Ledger
@testable import Witnessing

/// A log that is only its leaves, and a witness for it.
struct WitnessTests {
    private let signer: Signer
    private let path: String

    init() throws {
        signer = try Signer(name: "log.example", secret: Array(1...32))
        let folder = FileManager.default.temporaryDirectory.appending(path: "witness-" + UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        path = folder.appending(path: "memory.json").path
    }

    private func root(_ leaves: ArraySlice<UInt8>) -> TreeHash {
        let hasher = TreeHasher()
        guard leaves.count > 1, let first = leaves.first else { return leaves.first.map { hasher.leaf([$0]) } ?? hasher.empty }
        var half = 1
        while half * 2 < leaves.count { half *= 2 }
        _ = first
        return hasher.node(root(leaves.prefix(half)), root(leaves.dropFirst(half)))
    }

    /// RFC 6962, section 2.1.2, as it stands there.
    private func proof(_ old: Int, _ leaves: ArraySlice<UInt8>, _ isWhole: Bool = true) -> [TreeHash] {
        if old == leaves.count { return isWhole ? [] : [root(leaves)] }
        var half = 1
        while half * 2 < leaves.count { half *= 2 }
        if old <= half { return proof(old, leaves.prefix(half), isWhole) + [root(leaves.dropFirst(half))] }
        return proof(old - half, leaves.dropFirst(half), false) + [root(leaves.prefix(half))]
    }

    private func question(_ old: Int, _ leaves: [UInt8], by key: Signer? = nil) throws -> [UInt8] {
        let note = try CheckpointNote(origin: "log.example", size: Int64(leaves.count), root: root(leaves[...]), signer: key ?? signer)
        let path = old == 0 ? [] : proof(old, leaves[...])
        return Array(AddCheckpoint(old: Int64(old), proof: path, note: note).text.utf8)
    }

    private func open() throws -> Witness { try Witness(path: path, name: "w.example", logs: [signer.verifierKey]) }

    @Test func cosignsWhatContinuesAndRemembersIt() async throws {
        let witness = try open()
        for (old, new) in [(0, 3), (3, 3), (3, 8), (8, 13)] {
            let question = try question(old, Array(0..<UInt8(new)))
            guard case .cosigned(let line) = try await witness.add(question, atSeconds: 77) else {
                Issue.record("\(old) to \(new) is not cosigned")
                continue
            }
            let note = try #require(AddCheckpoint(parsing: question)).note
            #expect(try witness.key.cosigned(try note.adding(line)) == 77)
        }
    }

    @Test func answersWhatTheProtocolSays() async throws {
        let witness = try open()
        _ = try await witness.add(try question(0, [1, 2, 3, 4, 5]), atSeconds: 1)
        #expect(try await witness.add(try question(3, [1, 2, 3, 4, 5, 6]), atSeconds: 2) == .seen(5))
        #expect(try await witness.add(try question(0, [1, 2]), atSeconds: 2) == .seen(5))
        #expect(try await witness.add(try question(5, [9, 2, 3, 4, 5]), atSeconds: 2) == .seen(5), "another head of the same size")
        #expect(try await witness.add(try question(5, [9, 2, 3, 4, 5, 6, 7]), atSeconds: 2) == .discontinued)
        let stranger = try Signer(name: "log.example", secret: Array(5...36))
        #expect(try await witness.add(try question(5, [1, 2, 3, 4, 5, 6], by: stranger), atSeconds: 2) == .unsigned)
        #expect(try await witness.add(Array("old 5\n\nnothing".utf8), atSeconds: 2) == .malformed)
        let unknown = try CheckpointNote(origin: "other.example", size: 1, root: root([1]), signer: signer)
        #expect(try await witness.add(Array(AddCheckpoint(old: 0, proof: [], note: unknown).text.utf8), atSeconds: 2) == .unknownLog)
        let longer = try CheckpointNote(origin: "log.example", size: 3, root: root([1, 2, 3]), signer: signer)
        #expect(try await witness.add(Array(AddCheckpoint(old: 4, proof: [], note: longer).text.utf8), atSeconds: 2) == .malformed)
        // After all of this it goes on where it was.
        guard case .cosigned = try await witness.add(try question(5, [1, 2, 3, 4, 5, 6, 7]), atSeconds: 3) else {
            Issue.record("the true continuation is refused")
            return
        }
    }

    @Test func remembersAcrossItsEnd() async throws {
        let key: WitnessKey
        do {
            let witness = try open()
            key = witness.key
            _ = try await witness.add(try question(0, [1, 2, 3]), atSeconds: 1)
        }
        let again = try Witness(path: path, name: "other name", logs: [signer.verifierKey])
        #expect(again.key == key)
        #expect(try await again.add(try question(0, [7]), atSeconds: 2) == .seen(3))
        var about = stat()
        #expect(stat(path, &about) == 0 && about.st_mode & 0o777 == 0o600)
    }

    @Test func aWitnessThatLostItsMemoryDoesNotStart() async throws {
        do { _ = try open() }
        try Data("{".utf8).write(to: URL(filePath: path))
        #expect(throws: PlaceFault.self) { try open() }
    }

    @Test func oneProcessHoldsTheMemory() async throws {
        let witness = try open()
        #expect(throws: PlaceFault.self) { try open() }
        _ = witness.key
    }

    /// Many at once that each would follow the same checkpoint: one is cosigned.
    @Test func ofTwoContinuationsOneIsCosigned() async throws {
        let witness = try open()
        _ = try await witness.add(try question(0, [1, 2, 3]), atSeconds: 1)
        let questions = try (4..<12).map { try question(3, [1, 2, 3] + Array(repeating: $0, count: 2)) }
        let answers = try await withThrowingTaskGroup(of: Witness.Answer.self) { group in
            for question in questions { group.addTask { try await witness.add(question, atSeconds: 2) } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        let signed = answers.filter { if case .cosigned = $0 { true } else { false } }
        #expect(signed.count == 1)
        #expect(answers.filter { $0 == .seen(5) }.count == questions.count - 1)
    }

    @Test(arguments: [
        "", "old 0\n", "old 01\n\n", "old -1\n\n", "new 0\n\n", "old 0\nAAAA\n\n", "old 0 \n\n",
    ])
    func refusesWhatIsNoQuestion(head: String) throws {
        let note = try CheckpointNote(origin: "log.example", size: 1, root: root([1]), signer: signer).note
        #expect(AddCheckpoint(parsing: Array((head + note).utf8)) == nil)
    }

    @Test func noMoreThan63Hashes() throws {
        let note = try CheckpointNote(origin: "log.example", size: 1, root: root([1]), signer: signer)
        func text(_ count: Int) -> [UInt8] {
            Array(AddCheckpoint(old: 0, proof: Array(repeating: root([1]), count: count), note: note).text.utf8)
        }
        #expect(AddCheckpoint(parsing: text(63)) != nil)
        #expect(AddCheckpoint(parsing: text(64)) == nil)
    }
}
