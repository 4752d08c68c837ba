import CustomerAuthenticity
import CustomerConfidentiality
import EngineFixture
import Foundation
import Kernel
import Store
import TestOffice
import Testing
import Vault

/// A database of the state before comes through: everything in it works, and what it kept in clear can be sealed.
@Suite struct EarlierBookTests {
    private static let key = EarlierBook.environment["DIANZHANG_MASTER_KEY"] ?? ""

    private func withDesk(_ engine: TestEngine, _ body: (Desk, TestPlace) async throws -> Void) async throws {
        try await engine.withPlace { place in
            try await EarlierBook.lay(in: place)
            let store = try place.open()
            do {
                let desk = try await Desk.open(
                    store: store, catalogue: Catalogue([authenticityContents, confidentialityContents]),
                    master: try MasterKey(text: Self.key), clock: Clock { TestOffice.start.adding(hours: 2) })
                try await body(desk, place)
            } catch {
                await store.close()
                throw error
            }
            await store.close()
        }
    }

    private func person(_ login: String, _ desk: Desk) async throws -> Principal {
        Principal(try #require(try await desk.organisation().people.values.first { $0.login == login }).id)
    }

    @Test(arguments: TestEngine.all) func itIsReadAndWorkedOn(engine: TestEngine) async throws {
        try await withDesk(engine) { desk, _ in
            #expect(try await desk.verify().isClean)
            let (specialist, compliance) = (try await person("specialist", desk), try await person("compliance", desk))
            let second = try await person("second", desk)
            let files = try await desk.register("customer-file", RegisterQuery(), by: specialist.person)
            #expect(files.rows.map(\.title) == ["欧阳彗星律师事务所"])
            let loans = try await desk.register("loan", RegisterQuery(), by: specialist.person)
            #expect(loans.rows.count == 3)
            let lent = try #require(loans.rows.first { $0.state == "lent" })
            #expect(lent.values["reason"] == .text("核对彗星合同0"))
            try await desk.take(Loan.giveBack, on: lent.id, input: ["outcome": .text("intact")], by: specialist)
            let report = try #require(try await desk.register("misconduct-report", RegisterQuery(), by: compliance.person).rows.first)
            let trail = try await desk.document(report.id, by: compliance.person, revealing: "再核对").trail.map(\.written)
            #expect(trail.contains("核对彗星举报") && trail.first == "再核对")
            let evidence = try #require(report.values["evidence"]?.list.compactMap(FileReference.init(stored:)).first)
            let (reference, content) = try await desk.file(evidence.digest, of: report.id, by: compliance)
            #expect(reference.name == "身份证-欧阳彗星.txt" && String(decoding: content, as: UTF8.self).contains("13812345678"))
            #expect(try await desk.todo(of: second.person).items.contains { $0.note == "彗星的档案请您办" })
            #expect(try await desk.organisation().delegations.map { try desk.reason(of: $0) } == ["彗星住院"])
            try await desk.take(
                "investigate", of: "misconduct-report", on: report.id,
                input: ["findings": .text("属实"), "evidence": .list([evidence.stored])],
                by: compliance)
            // What the step left is sealed.
            let (body, title) = try await desk.store.read { session in
                try #require(
                    try session.first("SELECT body, title FROM document WHERE id = $1", [.int(report.id)]) { ($0.text(0), $0.text(1)) })
            }
            #expect(!body.contains("彗星") && !body.contains("属实") && !title.contains("彗星"))
            #expect(try await desk.verify().isClean)
        }
    }

    /// Its rows are stated once, as they are found; from then on they are proved, without anybody having acted on them.
    @Test(
        arguments: TestEngine.all,
        ["UPDATE task SET since = since + 1", "DELETE FROM taken", "UPDATE person SET clearance = 3", "DELETE FROM document_found"])
    func itsRowsAreProvedFromThen(engine: TestEngine, deed: String) async throws {
        try await withDesk(engine) { desk, _ in
            let report = try await desk.verify(isDeep: true)
            #expect(report.faults == [])
            #expect(report.limits.contains(.rowsAsFound(at: TestOffice.start.adding(hours: 2).milliseconds)))
            #expect(try await desk.store.write { try $0.execute(deed) } > 0)
            #expect(try await !desk.verify().isClean)
            // And whoever takes the mark away gets nothing stated anew.
            try await desk.store.write { try $0.execute("DELETE FROM setting WHERE name = 'rows'") }
            let again = try await Desk.open(
                store: desk.store, catalogue: desk.catalogue, master: try MasterKey(text: Self.key), clock: desk.clock)
            #expect(try await !again.verify().isClean)
        }
    }

    @Test(arguments: TestEngine.all) func whatItKeptInClearIsSealedByOneCommand(engine: TestEngine) async throws {
        try await engine.withPlace { place in
            try await EarlierBook.lay(in: place)
            let address = engine.engine == .sqlite ? "sqlite:\(place.address)" : place.address
            func run(_ arguments: [String]) async throws -> Program.Outcome {
                try await Program.run(arguments + ["--database", address], EarlierBook.environment)
            }
            // Looking changes nothing: the first command that writes brings it to this program's form.
            try await run(["verify"]).expect(4, zh: "请先用本程序启动服务", en: "brings it up")
            let done = try await run(["keys", "reseal"])
            done.expect(0, zh: "早先的记录以明文写着目的或理由", en: "earlier entries of the ledger")
            #expect(done.answer.contains("单据 6 件"), "\(done.answer)")
            #expect(try await run(["keys", "reseal"]).answer.contains("单据 0 件，备注和事由 0 条，附件 0 个"))
            let verified = try await run(["verify"])
            verified.expect(0)
            #expect(verified.answer.contains("完整无改动"))
            let store = try place.open()
            let clear = try await store.read { session in
                try session.count(
                    """
                    SELECT (SELECT count(*) FROM document WHERE body LIKE '%彗星%' OR title LIKE '%彗星%')
                        + (SELECT count(*) FROM task WHERE note LIKE '%彗星%') + (SELECT count(*) FROM delegation WHERE reason LIKE '%彗星%')
                    """)
            }
            await store.close()
            #expect(clear == 0)
            guard engine.engine == .sqlite else { return }
            let bytes = try Data(contentsOf: URL(filePath: place.address))
            for mark in ["彗星架", "彗星热线", "身份证-", "彗星合同", "13812345678"] {
                #expect(bytes.range(of: Data(mark.utf8)) == nil, "\(mark) stands in the file")
            }
        }
    }
}
