import EngineFixture
import Store
import TestOffice
import Testing

@testable import Kernel
@testable import Ledger

/// What somebody changed behind the system's back is not covered up by an act.
@Suite struct ProvedDocumentTests {
    /// The row that keeps whoever filed from reviewing, the turn of whom it is, how secret it is, what says that all of it is so.
    @Test(
        arguments: TestEngine.all,
        [
            "DELETE FROM taken", "UPDATE taken SET person = person + 1", "UPDATE task SET sender = 0", "DELETE FROM task",
            "UPDATE document SET changed = changed + 1", "UPDATE document SET state = 'draft'", "UPDATE document SET digest = sealed",
            "INSERT INTO taken (document, step, person, behalf, at) SELECT id, 'review', 7, 0, 1 FROM document",
            """
            INSERT INTO deadline (id, document, name, article, started, due, provisional) SELECT 7, id, 'x', 'x', 1, 2, 0 FROM document
            """,
        ])
    func whatWasAlteredIsNotActedOn(engine: TestEngine, deed: String) async throws {
        try await DeskTests.with(engine) { office, nurse, doctor in
            let desk = office.desk
            let id = try await desk.take(Patient.file, input: DeskTests.input(), by: nurse).id
            try await desk.runJobs()
            _ = desk.watch.takeAlarms()
            #expect(try await desk.store.write { try $0.execute(deed) } > 0)
            let words = await #expect(throws: DeskError.self) {
                try await desk.take(Patient.review, on: id, input: ["note": .text("同意")], by: doctor)
            }
            guard case .conflict(let said)? = words else {
                Issue.record("\(String(describing: words))")
                return
            }
            #expect(said.zh.hasPrefix("病历〔2026〕1号 或其待办、时限、经办被绕过系统改动过，不能办理"))
            #expect(desk.watch.takeAlarms().map(\.en) == [said.en])
            #expect(try await desk.verify().faults == [.documentAltered(id: id, version: 1)])
            // And the office goes on.
            try await desk.take(Patient.file, input: DeskTests.input("李四"), by: nurse)
            try await desk.runJobs()
        }
    }

    /// Everything about a document put back as it was, seal and all, and then acted on again: the ledger knows two acts of one version.
    @Test(arguments: TestEngine.all) func anOlderStateThatIsActedOnIsNamed(engine: TestEngine) async throws {
        try await DeskTests.with(engine) { office, nurse, doctor in
            let desk = office.desk
            let id = try await desk.take(Patient.file, input: DeskTests.input("草稿"), by: nurse).id
            func mend(_ name: String) async throws {
                try await desk.take(Patient.mend, on: id, input: ["name": .text(name)], by: nurse)
            }
            let tables = ["document", "task", "taken"]
            try await desk.store.write { session in
                for table in tables { try session.execute("CREATE TABLE kept_\(table) AS SELECT * FROM \(table)") }
            }
            try await mend("李四")
            #expect(try await desk.verify().faults == [])
            try await desk.store.write { session in
                for table in tables.reversed() { try session.execute("DELETE FROM \(table)") }
                for table in tables { try session.execute("INSERT INTO \(table) SELECT * FROM kept_\(table)") }
            }
            #expect(try await desk.verify().faults == [.documentAltered(id: id, version: 2)])
            try await mend("王五")
            #expect(try await desk.verify().faults == [.documentAltered(id: id, version: 2)])
            try await desk.take(Patient.review, on: id, input: ["note": .text("同意")], by: doctor)
            #expect(try await desk.verify().faults == [.documentAltered(id: id, version: 3)])
        }
    }
}
