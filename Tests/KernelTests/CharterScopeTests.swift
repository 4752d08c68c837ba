import EngineFixture
import Kernel
import TestOffice
import Testing

/// The charter counts what happened where the reader belongs.
@Suite struct CharterScopeTests {
    @Test(arguments: TestEngine.all) func countsAreOfTheScopesThatThePersonMayKnow(engine: TestEngine) async throws {
        try await RequestTests.with(engine) { office, archivistHere in
            let branch = UnitID(try await office.desk.administer(.addUnit(parent: office.company, zh: "分公司", en: "Branch"), by: .system))
            try await office.desk.administer(.adopt(regulation: "archive", version: 1, unit: branch, from: office.now.day), by: .system)
            let there = try await office.hire("there", archivist, in: branch)
            for _ in 0..<3 { try await office.desk.take(Dossier.keep, input: RequestTests.input, by: Principal(archivistHere)) }
            try await office.desk.take(Dossier.keep, input: RequestTests.input, by: Principal(there))
            await #expect(throws: Refusal.self) {
                try await office.desk.take(Dossier.keep, input: ["name": .text("不收"), "pages": .whole(1)], by: Principal(there))
            }
            try await office.desk.sequence()
            func counts(_ person: PersonID?) async throws -> [Int] {
                let charter = try await office.desk.charter("archive", by: person)
                let kept = charter.laws[0].carriers[0]
                return [kept.acts, kept.refusals, charter.refusalsOf90Days]
            }
            #expect(try await counts(there) == [1, 1, 1], "of the branch alone")
            #expect(try await counts(archivistHere) == [4, 1, 1], "the company's post reads the branch too")
            #expect(try await counts(try await office.hire("stranger", in: office.market)) == [4, 1, 1])
            #expect(try await counts(nil) == [4, 1, 1])
            let outside = UnitID(try await office.desk.administer(.addUnit(parent: nil, zh: "他司", en: "Other"), by: .system))
            #expect(try await counts(try await office.hire("outsider", in: outside)) == [0, 0, 0])
        }
    }
}
