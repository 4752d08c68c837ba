import ArticleProof
import CustomerConfidentiality
import EngineFixture
import Kernel
import Store
import TestOffice
import Testing
import WorkCalendar

/// 第22条: attachments of classified files lie in another store than the rest, and move with the level.
@Suite struct ClassifiedFileStoreTests {
    private func keep(_ archive: ArchiveOffice, _ text: String, by principal: Principal? = nil) async throws -> FileReference {
        try await archive.desk.keep(file: "\(text).txt", content: Array("合同 \(text)".utf8), by: principal ?? archive.specialist)
    }

    private static func parts(_ file: FileReference) -> [String: JSONValue] {
        ["parts": .list([ArchiveOffice.part("contract", ["files": .list([file.stored])])])]
    }

    private static let secret: [String: JSONValue] = ["secrecy": .text("secret")]

    /// In which tables a content lies.
    private func stores(_ archive: ArchiveOffice, _ file: FileReference) async throws -> [String] {
        try await archive.desk.store.read { session in
            try ["file", "classified_file"].filter {
                try session.count("SELECT count(*) FROM \($0) WHERE digest = $1", [.text(file.digest)]) > 0
            }
        }
    }

    @Test(.demand(confidentiality[22], 3), arguments: TestEngine.all)
    func attachmentsOfClassifiedFilesLieApartAndMoveWithTheLevel(engine: TestEngine) async throws {
        try await ArchiveOffice.with(engine) { archive in
            let desk = archive.desk, plain = try await keep(archive, "甲"), hidden = try await keep(archive, "乙")
            let custodian: [String: JSONValue] = ["custodian": .whole(archive.custodian.person.raw)]
            let open = try await archive.file(Self.parts(plain))
            try await archive.file(
                "汇通银行", kind: "bank", number: 5, Self.parts(hidden).merging(Self.secret) { $1 }.merging(custodian) { $1 })
            #expect(try await stores(archive, plain) == ["file"])
            #expect(try await stores(archive, hidden) == ["classified_file"])
            // Whoever hands the same in again finds it where it lies.
            _ = try await keep(archive, "乙", by: archive.archivist)
            #expect(try await stores(archive, hidden) == ["classified_file"])
            func change(_ level: String, _ more: [String: JSONValue]) async throws -> Int64 {
                let input: [String: JSONValue] = ["file": .whole(open), "to": .text(level), "reason": .text("涉及并购")]
                return try await desk.take(LevelChange.propose, input: input.merging(more) { $1 }, by: archive.supervisor).id
            }
            try await desk.take(LevelChange.approveRaising, on: try await change("secret", custodian), by: archive.manager)
            #expect(try await stores(archive, plain) == ["classified_file"])
            try await desk.take(LevelChange.approveLowering, on: try await change("internal", [:]), by: archive.general)
            #expect(try await stores(archive, plain) == ["file"])
            try await desk.open(open, by: archive.archivist, for: "核对")
            #expect(try await desk.file(plain.digest, of: open, by: archive.archivist).1 == Array("合同 甲".utf8))
            let report = try await desk.verify(isDeep: true)
            #expect(report.isClean, "\(report.faults.map(\.en))")
        }
    }

    @Test(.demand(confidentiality[22], 3), .demand(confidentiality[25], 7), arguments: TestEngine.all)
    func whatTwoFilesNameLiesWithTheHigherUntilThatIsDestroyed(engine: TestEngine) async throws {
        try await ArchiveOffice.with(engine) { archive in
            let desk = archive.desk, shared = try await keep(archive, "丙"), own = try await keep(archive, "丁")
            let custodian: [String: JSONValue] = ["custodian": .whole(archive.custodian.person.raw)]
            let open = try await archive.file(Self.parts(shared))
            let both: JSONValue = .list([shared, own].map { ArchiveOffice.part("contract", ["files": .list([$0.stored])]) })
            let secret = try await archive.file(
                "汇通银行", kind: "bank", number: 5, Self.secret.merging(custodian) { $1 }.merging(["parts": both]) { $1 })
            #expect(try await stores(archive, shared) == ["classified_file"])
            let request = try await desk.take(
                PersonRequest.receive,
                input: ["kind": .text("erasure"), "who": .text("欧阳震华"), "wants": .text("删除"), "ground": .text("purpose")],
                by: archive.specialist
            ).id
            try await desk.take(
                PersonRequest.verify, on: request, input: ["identity": .text("核对证件原件"), "file": .whole(secret)], by: archive.specialist)
            try await desk.take(PersonRequest.erase, on: request, input: ["answer": .text("已删除")], by: archive.manager)
            #expect(try await stores(archive, own) == [])
            #expect(try await stores(archive, shared) == ["file"])
            try await desk.open(open, by: archive.archivist, for: "核对")
            #expect(try await desk.file(shared.digest, of: open, by: archive.archivist).1 == Array("合同 丙".utf8))
            let report = try await desk.verify(isDeep: true)
            #expect(report.isClean, "\(report.faults.map(\.en))")
        }
    }
}
