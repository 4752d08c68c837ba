import EngineFixture
import Kernel
import Store
import TestOffice
import Testing

/// A document is found from the moment of its act, by what it is called now and by nothing that it was called before - whether its grams
/// wait still or have been put in their places.
@Suite struct SearchIndexTests {
    enum Settled: CaseIterable { case never, beforeTheChange, afterIt }

    private static func input(_ name: String) -> [String: JSONValue] { ["name": .text(name), "mobile": .text("13912345678")] }

    @Test(arguments: TestEngine.all, Settled.allCases) func isFoundByItsPresentNameOnly(engine: TestEngine, settled: Settled) async throws {
        try await TestOffice.with(engine, [clinicContents]) { office in
            let principal = Principal(try await office.hire("nurse", nurse)), reader = try await office.hire("doctor", doctor)
            func count(_ question: String) async throws -> Int { try await office.desk.search(question, by: reader).rows.count }
            let draft = try await office.desk.take(Patient.file, input: Self.input("草稿"), by: principal)
            try await office.desk.take(Patient.file, input: Self.input("司马震华"), by: principal)
            #expect(try await count("草稿") == 1)
            #expect(try await count("震华") == 1)

            if settled == .beforeTheChange { try await office.desk.settleSearch() }
            #expect(try await count("草稿") == 1)
            try await office.desk.take(Patient.mend, on: draft.id, input: Self.input("欧阳震华"), by: principal)
            if settled == .afterIt { try await office.desk.settleSearch() }

            #expect(try await count("草稿") == 0)
            #expect(try await count("欧阳震华") == 1)
            #expect(try await count("震华") == 2)
            #expect(try await count("oy") == 1)
        }
    }

    /// Surnames of several readings, look-alike characters and padded names, from the question to the rows.
    @Test(arguments: TestEngine.all) func peopleAreFoundAsTheyAreCalled(engine: TestEngine) async throws {
        try await TestOffice.with(engine, [clinicContents]) { office in
            let principal = Principal(try await office.hire("nurse", nurse)), reader = try await office.hire("doctor", doctor)
            for name in ["曾晟", "尉迟重行", "呂　方", "⽅⾼明"] {
                try await office.desk.take(Patient.file, input: Self.input(name), by: principal)
            }
            func count(_ question: String) async throws -> Int { try await office.desk.search(question, by: reader).rows.count }
            for (question, found) in [
                ("zs", 1), ("zc", 1), ("cs", 1), ("yczx", 1), ("yczh", 1), ("yccx", 1), ("yuchi", 1), ("吕方", 1), ("lyu", 1), ("lf", 1),
                ("方高明", 1), ("高明", 1), ("fgm", 1), ("晟晟", 0), ("qq", 0),
            ] {
                #expect(try await count(question) == found, "\(question)")
            }
        }
    }

    /// A book whose documents are found by an earlier program's rules is found by today's once it is opened.
    @Test(arguments: TestEngine.all) func anEarlierBookIsFoundByTodaysRules(engine: TestEngine) async throws {
        try await TestOffice.with(engine, [clinicContents]) { office in
            let principal = Principal(try await office.hire("nurse", nurse)), reader = try await office.hire("doctor", doctor)
            try await office.desk.take(Patient.file, input: Self.input("曾晟"), by: principal)
            try await office.desk.settleSearch()
            func rows(_ table: String) async throws -> [[Int64]] {
                try await office.desk.store.read {
                    try $0.all("SELECT * FROM \(table) ORDER BY 1, 2", []) { row in table == "gram" ? [row.int(0), row.int(1)] : [row.int(0), row.int(2)] }
                }
            }
            let (lookups, grams) = (try await rows("lookup"), try await rows("gram"))
            #expect(!lookups.isEmpty && !grams.isEmpty)
            try await office.desk.store.write { session in
                try session.execute("DELETE FROM gram")
                try session.execute("INSERT INTO gram (gram, document) VALUES (7, $1)", [.int(grams[0][1])])
                try session.execute("UPDATE lookup SET key = key + 1")
                try session.execute("UPDATE setting SET value = '1' WHERE name = 'finding'")
            }
            #expect(try await office.desk.search("zs", by: reader).rows.isEmpty)
            let opened = try await office.anotherDesk()
            #expect(try await opened.search("zs", by: reader).rows.count == 1)
            try await opened.settleSearch()
            #expect(try await rows("lookup") == lookups)
            #expect(try await rows("gram") == grams)
        }
    }

    @Test(arguments: TestEngine.all) func whatWaitsIsPutInItsPlaceOnce(engine: TestEngine) async throws {
        try await TestOffice.with(engine, [clinicContents]) { office in
            let principal = Principal(try await office.hire("nurse", nurse))
            for name in ["欧阳震华", "司马震华"] {
                try await office.desk.take(Patient.file, input: Self.input(name), by: principal)
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
