import EngineFixture
import Kernel
import Ledger
import TestOffice
import Testing

/// What an article does not let an administrator do is refused under it, wherever it comes from, and stands in the ledger.
@Suite struct GuardTests {
    private static let contents = RegulationContents(
        clinic, articles: clinicArticles, parameters: [mostVisits], posts: [nurse, doctor], documents: [Patient.self],
        guards: [
            Guard("handover", under: clinic[2], on: .leaving) { change in
                let tasks = try change.hanging().tasks.map(\.count).reduce(0, +)
                try change.require(tasks == 0, "尚有 \(tasks) 件待办未交接，不能离任", "\(tasks) tasks are not handed over; nobody leaves before")
            },
            Guard("ward", under: clinic[1], on: .closingUnit) { change in
                let nurses = change.organisation.holders(of: nurse.id, within: change.unit, on: change.today)
                try change.require(nurses.isEmpty, "尚有护士任职，不能撤销", "Nurses work there; it cannot be closed")
            },
        ])

    @Test(arguments: TestEngine.all) func nobodyLeavesBeforeTheHandover(engine: TestEngine) async throws {
        try await TestOffice.with(engine, [Self.contents]) { office in
            let desk = office.desk, clerk = try await office.hire("clerk", nurse)
            let second = try await office.hire("second", nurse), doctor = try await office.hire("doctor", doctor)
            let id = try await desk.take(Patient.file, input: DeskTests.input("张三"), by: Principal(clerk)).id
            let task = try #require(try await desk.document(id, by: doctor).waiting.first)
            #expect(task.isMine)
            let named = try #require(try await desk.organisation().holdings.first { $0.person == second })
            try await desk.handle(.addSigner(document: id, second, note: "请会签"), by: Principal(doctor))
            let refusal = Refusal(
                article: clinic[2], words: Words("尚有 1 件待办未交接，不能离任", "1 tasks are not handed over; nobody leaves before"))
            await #expect(throws: refusal) {
                try await desk.administer(.endHolding(named.id, on: office.now.day, settled: true), by: .system)
            }
            await #expect(throws: refusal) {
                try await desk.administer(
                    .changePerson(second, zh: "second", en: "", clearance: .internal, active: false, administrator: false, settled: true),
                    by: .system)
            }
            let refusals = try await office.desk.store.read { session in
                try session.all("SELECT body FROM entry ORDER BY id", []) { try Entry(body: $0.blob(0)) }.filter { $0.kind == .refusal }
            }
            #expect(refusals.map(\.articles) == [[clinic[2].key], [clinic[2].key]])
        }
    }

    @Test(arguments: TestEngine.all) func aUnitIsClosedWhenItsRulesLetIt(engine: TestEngine) async throws {
        try await TestOffice.with(engine, [Self.contents]) { office in
            let ward = UnitID(try await office.desk.administer(.addUnit(parent: office.company, zh: "病区", en: "Ward"), by: .system))
            _ = try await office.hire("clerk", nurse, in: ward)
            await #expect(throws: Refusal(article: clinic[1], words: Words("尚有护士任职，不能撤销", "Nurses work there; it cannot be closed"))) {
                try await office.desk.administer(.closeUnit(ward), by: .system)
            }
        }
    }
}
