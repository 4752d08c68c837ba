import Foundation
import Testing

@testable import Ledger

struct KeptCheckpointTests {
    private let notes: [CheckpointNote]

    init() throws {
        let signer = try Signer(name: "dianzhang", secret: Array(1...32))
        notes = try (1...3).map { try CheckpointNote(origin: "dianzhang", size: $0 * 100, root: TreeHasher().leaf([UInt8($0)]), signer: signer) }
    }

    private func read(_ text: String) throws -> [CheckpointNote] { try KeptCheckpoint.read(Array(text.utf8)) }

    @Test func readsANoteAndManyInOneFile() throws {
        #expect(try read(notes[0].note) == [notes[0]])
        #expect(try read(notes.map(\.note).joined(separator: "\n")) == notes)
        #expect(try read(notes.map(\.note).joined()) == notes, "without an empty line between them")
        #expect(try read("\u{FEFF}" + notes[0].note.replacing("\n", with: "\r\n")) == [notes[0]])
    }

    @Test func readsWhatAMailProgramMadeOfIt() throws {
        let quoted = "某某写道：\n" + notes[1].note.split(separator: "\n", omittingEmptySubsequences: false).map { "> \($0) " }.joined(separator: "\n")
        #expect(try read(quoted) == [notes[1]])
        let letter = "记录数: 100\n\n原文:\n\n\(notes[0].note)\n-- \n签名\n"
        #expect(try read(letter) == [notes[0]])
    }

    @Test func readsASavedMail() throws {
        let base64 = Data(("你好\r\n\r\n" + notes[2].note).utf8).base64EncodedString(options: .lineLength76Characters)
        let head = "Received: from a\r\n by b\r\nSubject: x\r\nMIME-Version: 1.0\r\n"
        let simple = head + "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n" + base64
        #expect(try read(simple) == [notes[2]])

        let printable = notes[1].note.utf8.map { byte -> String in
            byte >= 0x80 || byte == UInt8(ascii: "=")
                ? "=" + (byte < 16 ? "0" : "") + String(byte, radix: 16).uppercased() : String(UnicodeScalar(byte))
        }.joined().replacing("dianzhang ", with: "dian=\nzhang ")
        let multipart =
            head + "Content-Type: multipart/alternative;\r\n boundary=\"x y\"\r\n\r\npreamble\r\n--x y\r\n"
            + "Content-Type: text/plain\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n\(printable)\r\n--x y\r\n"
            + "Content-Type: text/html\r\n\r\n<p>no</p>\r\n--x y--\r\n"
        #expect(try read(multipart) == [notes[1]])
    }

    @Test func readsAWebhooksBody() throws {
        let body = String(decoding: try JSONEncoder().encode(["type": "dianzhang.checkpoint", "note": notes[0].note]), as: UTF8.self)
        #expect(try read(body) == [notes[0]])
    }

    @Test func readsATimeStampBelowItsNote() throws {
        let stamp: [UInt8] = (0..<200).map { UInt8($0) }
        let kept = KeptCheckpoint(Array((notes[0].note + "\n" + KeptCheckpoint.text(ofTimeStamp: stamp) + "\n" + notes[1].note).utf8))
        #expect(kept.notes == [notes[0], notes[1]] && kept.timeStamps == [stamp] && kept.unreadable == 0)
    }

    @Test func aTornNoteIsCountedAndTheOthersAreRead() throws {
        let torn = String(notes[0].note.dropLast(40))
        let kept = KeptCheckpoint(Array((torn + "\n" + notes[1].note).utf8))
        #expect(kept.notes == [notes[1]] && kept.unreadable == 1)
        #expect(throws: LedgerError.noteMalformed) { try read(torn) }
    }

    @Test(arguments: ["", "nothing here", "{", "{\"note\": 5}", "a\n1\nAAAA\n\n\u{2014} a AAAAAAA=\n", "Content-Type: text/plain\n\nempty"])
    func refusesWhatHoldsNone(text: String) {
        #expect(throws: LedgerError.noteMalformed) { try read(text) }
    }
}
