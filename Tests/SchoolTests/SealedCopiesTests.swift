import ArticleProof
import EngineFixture
import Kernel
import School
import TestOffice
import Testing
import WorkCalendar

/// A printed document and its seal: as many impressions as there are copies, and no copy goes out without.
@Suite struct SealedCopiesTests {
    private func request(_ campus: Campus, _ seal: Int64, _ document: Int64, copies: Int) async throws -> Int64 {
        try await campus.desk.take(SealRequest.request, input: input(seal, document, copies), by: campus.adminSpecialist).id
    }

    private func input(_ seal: Int64, _ document: Int64, _ copies: Int) -> [String: JSONValue] {
        [
            "seal": .whole(seal), "document": .whole(document), "subject": .text("考试通知"), "purpose": .text("印发"),
            "copies": .whole(Int64(copies)),
        ]
    }

    private func approved(_ campus: Campus, _ seal: Int64, _ document: Int64, copies: Int) async throws -> Int64 {
        let id = try await request(campus, seal, document, copies: copies)
        try await campus.desk.take(SealRequest.approve, on: id, by: campus.manager)
        return id
    }

    private func printed(_ campus: Campus, copies: Int) async throws -> Int64 {
        let id = try await campus.numbered()
        try await campus.desk.take(OutgoingDocument.print, on: id, input: ["copyCount": .whole(Int64(copies))], by: campus.clerk)
        return id
    }

    private func stamp(_ campus: Campus, _ id: Int64, _ count: Int, more: Bool = false) async throws {
        try await campus.desk.take(
            more ? SealRequest.stampMore : SealRequest.stamp, on: id, input: ["count": .whole(Int64(count)), "present": .text("文员")],
            by: campus.keeper)
    }

    @Test(.demand(school[16], 2), arguments: TestEngine.all)
    func aDocumentIsSealedWhenEachOfItsCopiesIs(engine: TestEngine) async throws {
        try await Campus.with(engine) { campus in
            let desk = campus.desk, seal = try await campus.seal(), document = try await printed(campus, copies: 3)
            let few = try await campus.refusal { _ = try await request(campus, seal, document, copies: 2) }
            #expect(few?.article == school[16] && few?.words.zh.contains("印制3份，尚未用印3份，与申请的2份不一致") == true)
            let id = try await approved(campus, seal, document, copies: 3)
            try await stamp(campus, id, 1)
            // One of three bears the seal: nothing goes out yet.
            #expect(try await campus.state(document) == "printed")
            await #expect(throws: DeskError.self) { try await desk.take(OutgoingDocument.distribute, on: document, by: campus.clerk) }
            campus.office.move(hours: 1)
            try await stamp(campus, id, 2, more: true)
            #expect(try await campus.state(document) == "sealed")
            try await desk.take(OutgoingDocument.distribute, on: document, by: campus.clerk)
            // Each time stands by itself, with who was there.
            let uses = try await campus.view(id, by: campus.keeper).row.values["uses"]?.list ?? []
            #expect(uses.map { $0["count"] } == [.whole(1), .whole(2)])
            #expect(uses.allSatisfy { $0["present"] == .text("文员") && $0["keeper"] == campus.person(campus.keeper) })
        }
    }

    @Test(.demand(school[16], 2), arguments: TestEngine.all)
    func theRestOfAVoidDocumentIsNotSealed(engine: TestEngine) async throws {
        try await Campus.with(engine) { campus in
            let desk = campus.desk, seal = try await campus.seal(), document = try await printed(campus, copies: 3)
            let id = try await approved(campus, seal, document, copies: 3)
            try await stamp(campus, id, 1)
            try await desk.take(OutgoingDocument.cancel, on: document, input: ["reason": .text("印制错误")], by: campus.manager)
            let refusal = try await campus.refusal { try await stamp(campus, id, 2, more: true) }
            #expect(refusal?.article == school[16] && refusal?.words.zh.contains("未作废") == true)
            #expect(try await campus.view(id, by: campus.keeper).row.values["stamped"] == .whole(1))
        }
    }

    /// The approval is over with copies left: another is asked for those alone.
    @Test(.article(school[16]), arguments: TestEngine.all)
    func whatIsLeftIsAskedForAnew(engine: TestEngine) async throws {
        try await Campus.with(engine) { campus in
            let seal = try await campus.seal(), document = try await printed(campus, copies: 3)
            let first = try await approved(campus, seal, document, copies: 3)
            try await stamp(campus, first, 2)
            campus.office.move(hours: 24 * 11)
            try await campus.desk.runJobs()
            #expect(try await campus.state(first, by: campus.keeper) == "expired")
            let again = try await campus.refusal { _ = try await request(campus, seal, document, copies: 3) }
            #expect(again?.words.zh.contains("尚未用印1份") == true)
            try await stamp(campus, try await approved(campus, seal, document, copies: 1), 1)
            #expect(try await campus.state(document) == "sealed")
        }
    }

    @Test(.article(school[16]), arguments: TestEngine.all)
    func anApprovalBeforePrintingHoldsForThatManyCopiesAlone(engine: TestEngine) async throws {
        try await Campus.with(engine) { campus in
            let desk = campus.desk, seal = try await campus.seal(), document = try await campus.numbered()
            let id = try await approved(campus, seal, document, copies: 2)
            let unprinted = try await campus.refusal { try await stamp(campus, id, 2) }
            #expect(unprinted?.words.zh.contains("须已印制") == true)
            try await desk.take(OutgoingDocument.print, on: document, input: ["copyCount": .whole(3)], by: campus.clerk)
            let refusal = try await campus.refusal { try await stamp(campus, id, 2) }
            #expect(refusal?.words.zh.contains("与申请的2份不一致") == true)
            try await desk.take(SealRequest.amend, on: id, input: input(seal, document, 3), by: campus.adminSpecialist)
            try await desk.take(SealRequest.approve, on: id, by: campus.manager)
            try await stamp(campus, id, 3)
            #expect(try await campus.state(document) == "sealed")
        }
    }
}
