import Foundation
import Testing

@testable import Ledger

struct CheckpointNoteTests {
    private let signer: Signer
    private let root: TreeHash

    init() throws {
        signer = try Signer(name: "dianzhang.example/log", secret: Array(1...32))
        root = TreeHasher().leaf([7])
    }

    /// The example of the reference implementation of signed notes.
    @Test func verifiesTheKnownSignature() throws {
        let key = try VerifierKey(parsing: "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")
        #expect(key.id == 0xc74f_20a3)
        let text = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
        let line = "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM="
        let bytes = Array(try #require(Data(base64Encoded: line)))
        #expect(Array(bytes[0..<4]) == [0xc7, 0x4f, 0x20, 0xa3])
        #expect(key.isValid(Array(bytes[4...]), for: Array(text.utf8)))
        #expect(!key.isValid(Array(bytes[4...]), for: Array(text.utf8) + [0]))
    }

    @Test func hasTheFormOfTheSpecification() throws {
        let note = try CheckpointNote(origin: "dianzhang.example/log", size: 20_852_163, root: root, signer: signer)
        let lines = note.note.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        #expect(lines.count == 6)
        #expect(lines[0] == "dianzhang.example/log")
        #expect(lines[1] == "20852163")
        #expect(lines[2] == Data(root.bytes).base64EncodedString())
        #expect(lines[3].isEmpty && lines[5].isEmpty)
        #expect(lines[4].hasPrefix("\u{2014} dianzhang.example/log "))
        let again = try CheckpointNote(parsing: note.note)
        #expect(again == note)
        #expect(again.size == 20_852_163 && again.root == root && again.origin == "dianzhang.example/log")
        try again.verify(by: signer.verifierKey)
    }

    @Test func surePaperRoundTrip() throws {
        let note = try CheckpointNote(origin: "dianzhang.example/log", size: 1, root: root, signer: signer)
        try CheckpointNote(parsing: String(note.note.dropLast())).verify(by: signer.verifierKey)
        try CheckpointNote(parsing: note.note.replacing("\n", with: "\r\n")).verify(by: signer.verifierKey)
    }

    @Test func readsTheSpecificationsExample() throws {
        let text = """
            example.com/behind-the-sofa
            20852163
            CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

            \u{2014} example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=

            """
        let note = try CheckpointNote(parsing: text)
        #expect(note.origin == "example.com/behind-the-sofa" && note.size == 20_852_163)
        #expect(throws: LedgerError.noteUnsigned) { try note.verify(by: signer.verifierKey) }
    }

    @Test func anyAlteredCharacterIsSeen() throws {
        let note = try CheckpointNote(origin: "dianzhang.example/log", size: 12, root: root, signer: signer).note
        let bytes = Array(note.utf8)
        for index in bytes.indices.dropLast() {
            var altered = bytes
            altered[index] = altered[index] == UInt8(ascii: "1") ? UInt8(ascii: "2") : UInt8(ascii: "1")
            let text = String(decoding: altered, as: UTF8.self)
            #expect(throws: LedgerError.self) { try CheckpointNote(parsing: text).verify(by: signer.verifierKey) }
        }
    }

    @Test func witnessesArePassedOverAndForgersAreNot() throws {
        let note = try CheckpointNote(origin: "dianzhang.example/log", size: 12, root: root, signer: signer)
        let witness = try Signer(name: "witness.example", secret: Array(2...33))
        let other = try CheckpointNote(origin: "dianzhang.example/log", size: 12, root: root, signer: witness)
        let line = try #require(other.note.split(separator: "\n").last)
        let both = try CheckpointNote(parsing: note.note + line + "\n")
        try both.verify(by: signer.verifierKey)
        try both.verify(by: witness.verifierKey)
        #expect(throws: LedgerError.noteUnsigned) { try other.verify(by: signer.verifierKey) }

        let later = try CheckpointNote(origin: "dianzhang.example/log", size: 13, root: root, signer: signer)
        let forged = try #require(later.note.split(separator: "\n").last)
        #expect(throws: LedgerError.noteForged) {
            try CheckpointNote(parsing: note.note + forged + "\n").verify(by: signer.verifierKey)
        }
    }

    @Test(arguments: [
        "", "\n\n", "a\n1\n\n", "a\n01\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n\n\u{2014} a AAAAAAA=\n",
        "a\n-1\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n\n\u{2014} a AAAAAAA=\n",
        "a\n1\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n", "a\n1\nAAAA\n\n\u{2014} a AAAAAAA=\n",
        "a\n1\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n\n- a AAAAAAA=\n",
        "a\n99999999999999999999\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n\n\u{2014} a AAAAAAA=\n",
        "a\u{0}\n1\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n\n\u{2014} a AAAAAAA=\n",
    ])
    func refusesWhatIsNoCheckpoint(text: String) {
        #expect(throws: LedgerError.noteMalformed) { try CheckpointNote(parsing: text) }
    }

    @Test func keysHaveOneText() throws {
        let key = signer.verifierKey
        #expect(try VerifierKey(parsing: key.text) == key)
        for text in ["", "a+b", key.text + "=", key.text.replacing("+", with: " "), "x" + key.text, key.text.uppercased()] {
            #expect(throws: LedgerError.keyMalformed) { try VerifierKey(parsing: text) }
        }
        #expect(throws: LedgerError.keyMalformed) { try Signer(name: "with space", secret: Array(1...32)) }
        #expect(throws: LedgerError.keyMalformed) { try Signer(name: "a", secret: [1]) }
    }
}

extension CheckpointNoteTests {
    /// A file to which each new note was added, with and without empty lines between.
    @Test func manyNotesOfOneText() throws {
        let notes = try (1...3 as ClosedRange<Int64>).map {
            try CheckpointNote(
                origin: "dianzhang.example/log", size: $0, root: TreeHasher().leaf([7]), signer: Signer(name: "a", secret: Array(1...32)))
        }
        let texts = notes.map(\.note)
        for text in [texts.joined(), texts.joined(separator: "\n\n"), "\n" + texts.joined().replacing("\n", with: "\r\n")] {
            #expect(try CheckpointNote.all(in: text) == notes)
        }
        for text in ["", "\n\n", "hello", texts.joined() + "hello\n", texts[0] + "1\n\n" + texts[1]] {
            #expect(throws: LedgerError.noteMalformed) { try CheckpointNote.all(in: text) }
        }
    }
}
