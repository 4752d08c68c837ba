import EngineFixture
import Kernel
import Store
import TestOffice
import Testing

/// A document is found from the moment of its act, by what it is called now and by nothing that it was called before - whether its grams
/// wait still or have been put in their places.
@Suite struct SearchIndexTests {
    enum Settled: CaseIterable { case never, beforeTheChange, afterIt }

    private static func input(_ name: String) -> [String: Stored] { ["name": .text(name), "mobile": .text("13912345678")] }

    @Test(arguments: TestEngine.all, Settled.allCases) func isFoundByItsPresentNameOnly(engine: TestEngine, settled: Settled) async throws {
        try await TestOffice.with(engine, [clinicContents]) { office in
            let hand = Hand(try await office.hire("nurse", nurse)), reader = try await office.hire("doctor", doctor)
            func count(_ question: String) async throws -> Int { try await office.desk.search(question, by: reader).rows.count }
            let draft = try await office.desk.take("file", of: Patient.name, input: Self.input("草稿"), by: hand)
            try await office.desk.take("file", of: Patient.name, input: Self.input("司马震华"), by: hand)
            #expect(try await count("草稿") == 1)
            #expect(try await count("震华") == 1)

            if settled == .beforeTheChange { try await office.desk.settleSearch() }
            #expect(try await count("草稿") == 1)
            try await office.desk.take("mend", of: Patient.name, on: draft.id, input: Self.input("欧阳震华"), by: hand)
            if settled == .afterIt { try await office.desk.settleSearch() }

            #expect(try await count("草稿") == 0)
            #expect(try await count("欧阳震华") == 1)
            #expect(try await count("震华") == 2)
            #expect(try await count("oy") == 1)
        }
    }

    @Test(arguments: TestEngine.all) func whatWaitsIsPutInItsPlaceOnce(engine: TestEngine) async throws {
        try await TestOffice.with(engine, [clinicContents]) { office in
            let hand = Hand(try await office.hire("nurse", nurse))
            for name in ["欧阳震华", "司马震华"] {
                try await office.desk.take("file", of: Patient.name, input: Self.input(name), by: hand)
            }
            func count(_ table: String) async throws -> Int64 {
                try await office.desk.store.read { try $0.count("SELECT count(*) FROM \(table)") }
            }
            #expect(try await count("gram_waiting") == 2)
            #expect(try await count("gram") == 0)
            try await office.desk.settleSearch()
            let settled = try await count("gram")
            #expect(settled > 0)
            try await office.desk.settleSearch()
            #expect(try await count("gram_waiting") == 0)
            #expect(try await count("gram") == settled)
        }
    }
}
