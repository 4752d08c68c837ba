import Foundation
import Testing

@testable import Ledger

struct CosignatureTests {
    private let log: Signer
    private let witness: Cosigner
    private let note: CheckpointNote

    init() throws {
        log = try Signer(name: "dianzhang.example/log", secret: Array(1...32))
        witness = try Cosigner(name: "witness.example/w1", secret: Array(2...33))
        note = try CheckpointNote(origin: "dianzhang.example/log", size: 12, root: TreeHasher().leaf([7]), signer: log)
    }

    @Test func aCosignatureIsMadeAndChecked() throws {
        let cosigned = try note.adding(try witness.line(on: note, atSeconds: 1_679_315_147))
        #expect(try witness.witnessKey.cosigned(cosigned) == 1_679_315_147)
        #expect(cosigned.isCosigned(by: witness.witnessKey) && !note.isCosigned(by: witness.witnessKey))
        try cosigned.verify(by: log.verifierKey)
    }

    /// Sizes and places of the specification: key id (4), seconds (8, the first byte first), signature (64).
    @Test func hasTheFormOfTheSpecification() throws {
        let line = try witness.line(on: note, atSeconds: 1_679_315_147)
        let parts = line.dropLast().split(separator: " ").map(String.init)
        #expect(parts.count == 3 && parts[0] == "\u{2014}" && parts[1] == "witness.example/w1" && line.hasSuffix("\n"))
        let bytes = Array(try #require(Data(base64Encoded: parts[2])))
        #expect(bytes.count == 4 + 8 + 64)
        #expect(Array(bytes[4..<12]) == [0, 0, 0, 0, 0x64, 0x18, 0x50, 0xcb])
        let key = witness.witnessKey.text.split(separator: "+", maxSplits: 2).map(String.init)
        #expect(Data(base64Encoded: key[2])?.first == 4, "a cosigner's key is of type 4")
        #expect(key[1] == bytes[0..<4].map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined())
    }

    /// The seconds of the specification's example are those that stand in its cosignature.
    @Test func readsTheSpecificationsExample() throws {
        let text = """
            example.com/behind-the-sofa
            20852163
            CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

            \u{2014} example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
            \u{2014} witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==

            """
        let example = try CheckpointNote(parsing: text)
        #expect(example.signatures.count == 2)
        #expect(example.signatures[1].bytes[..<8].reduce(0) { $0 << 8 | UInt64($1) } == 1_679_315_147)
    }

    @Test func aFalseCosignatureIsSeen() throws {
        let key = witness.witnessKey
        #expect(throws: WitnessError.notCosigned(witness: key.name)) { try key.cosigned(note) }
        let other = try CheckpointNote(origin: note.origin, size: 13, root: note.root, signer: log)
        let foreign = try note.adding(try witness.line(on: other, atSeconds: 5))
        #expect(throws: WitnessError.forged(witness: key.name)) { try key.cosigned(foreign) }
        let namesake = try Cosigner(name: key.name, secret: Array(3...34))
        let byNamesake = try note.adding(try namesake.line(on: note, atSeconds: 5))
        #expect(throws: WitnessError.notCosigned(witness: key.name)) { try key.cosigned(byNamesake) }
    }

    @Test func anAnswerKeepsOnlyTheWitnesssOwnLines() throws {
        let line = try witness.line(on: note, atSeconds: 5)
        let stranger = try Cosigner(name: "stranger", secret: Array(4...35)).line(on: note, atSeconds: 6)
        let cosigned = try note.cosigned(by: witness.witnessKey, answer: stranger + line)
        #expect(cosigned.note == note.note + line)
        #expect(throws: WitnessError.notCosigned(witness: witness.witnessKey.name)) {
            try note.cosigned(by: witness.witnessKey, answer: stranger)
        }
        #expect(throws: (any Error).self) { try note.cosigned(by: witness.witnessKey, answer: "\u{2014} witness.example/w1 AAAA\n") }
    }

    @Test func keysHaveOneText() throws {
        let key = witness.witnessKey
        #expect(try WitnessKey(parsing: key.text) == key)
        for text in ["", "a+b", key.text + "=", log.verifierKey.text, "x" + key.text] {
            #expect(throws: WitnessError.keyMalformed) { try WitnessKey(parsing: text) }
        }
    }
}
