import Crypto
import Foundation
import ScratchFiles
import Testing
import WorkCalendar

@testable import Witnessing

/// Against `openssl ts`, with an authority that is thrown away.
struct TimeStampTests {
    private static let scratch = Scratch()

    private static func openssl(_ arguments: String...) throws {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/openssl")
        process.arguments = arguments
        process.currentDirectoryURL = scratch.folder
        (process.standardOutput, process.standardError) = (FileHandle.nullDevice, FileHandle.nullDevice)
        try process.run()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0, "openssl \(arguments.joined(separator: " "))")
    }

    /// A certificate for time stamping, made once.
    private static let isReady: Bool = {
        do {
            _ = try scratch.file("keyUsage=critical,digitalSignature\nextendedKeyUsage=critical,timeStamping\n", "extensions")
            _ = try scratch.file("01\n", "serial")
            _ = try scratch.file(
                """
                [tsa]
                default_tsa=one
                [one]
                serial=serial
                crypto_device=builtin
                signer_cert=stamp.pem
                certs=stamp.pem
                signer_key=stamp.key
                signer_digest=sha256
                default_policy=1.2.3.4.1
                digests=sha256
                ordering=yes
                accuracy=secs:1
                """, "ts.conf")
            try openssl("req", "-newkey", "rsa:2048", "-nodes", "-keyout", "stamp.key", "-out", "stamp.csr", "-subj", "/CN=stamp")
            try openssl("x509", "-req", "-in", "stamp.csr", "-signkey", "stamp.key", "-out", "stamp.pem", "-extfile", "extensions")
            return true
        } catch { return false }
    }()

    private func answer(to query: [UInt8]) throws -> [UInt8] {
        try #require(Self.isReady)
        let name = UUID().uuidString
        _ = try Self.scratch.file(query, name + ".tsq")
        _ = try Self.scratch.file("01\n", name + ".serial")
        let configuration = try String(contentsOfFile: Self.scratch.path("ts.conf"), encoding: .utf8)
        _ = try Self.scratch.file(configuration.replacing("serial=serial", with: "serial=\(name).serial"), name + ".conf")
        try Self.openssl("ts", "-reply", "-queryfile", name + ".tsq", "-config", name + ".conf", "-out", name + ".tsr")
        return Array(try Data(contentsOf: URL(filePath: Self.scratch.path(name + ".tsr"))))
    }

    @Test(arguments: [1, 127, 128, 0x7fff_ffff_ffff_ffff]) func aRealAuthorityAnswersAndTheAnswerIsRead(nonce: UInt64) throws {
        let query = TimeStampQuery(of: Array("note\n".utf8), nonce: nonce)
        let reply = try TimeStampReply(parsing: try answer(to: try query.bytes()))
        try query.check(reply)
        #expect(reply.nonce == nonce && reply.imprint == Array(SHA256.hash(data: Data("note\n".utf8))))
        // The other side's clock; nothing here reads one.
        #expect(reply.moment.day.year >= 2026)
    }

    @Test func anAnswerToAnotherQuestionIsRefused() throws {
        let query = TimeStampQuery(of: Array("note\n".utf8), nonce: 5)
        let reply = try TimeStampReply(parsing: try answer(to: try query.bytes()))
        #expect(throws: TimeStampError.otherNonce) { try TimeStampQuery(of: Array("note\n".utf8), nonce: 6).check(reply) }
        #expect(throws: TimeStampError.otherImprint) { try TimeStampQuery(of: Array("other\n".utf8), nonce: 5).check(reply) }
    }

    /// `PKIStatusInfo { status rejection }` alone.
    @Test func aRefusalIsSaid() {
        #expect(throws: TimeStampError.refused(status: 2)) { try TimeStampReply(parsing: [0x30, 0x05, 0x30, 0x03, 0x02, 0x01, 0x02]) }
    }

    @Test func whateverIsCutOffOrAlteredIsNoTimeStamp() throws {
        let whole = try answer(to: try TimeStampQuery(of: Array("note\n".utf8), nonce: 5).bytes())
        for length in stride(from: 0, to: whole.count, by: 37) {
            #expect(throws: TimeStampError.malformed) { try TimeStampReply(parsing: Array(whole[..<length])) }
        }
        #expect(throws: TimeStampError.malformed) { try TimeStampReply(parsing: Array("<html>".utf8)) }
    }
}
