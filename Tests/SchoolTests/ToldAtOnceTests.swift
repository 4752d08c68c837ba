import ArticleProof
import EngineFixture
import Kernel
import School
import TestOffice
import Testing

/// A form comes back once with all that is wrong with it.
@Suite struct ToldAtOnceTests {
    @Test(.article(school[14]), arguments: TestEngine.all)
    func aHandoverIsToldAllThatIsWrongWithItsParties(engine: TestEngine) async throws {
        try await Campus.with(engine) { campus in
            let input: [String: JSONValue] = [
                "leaver": campus.person(campus.teacher), "successor": campus.person(campus.secondTeacher),
                "supervisor": campus.person(campus.dean), "lastDay": .text("2026-01-31"), "grounds": .text("调离"),
            ]
            let leaver = campus.person(campus.teacher)
            let wrong = [
                WrongField("successor", leaver, "接收人不能是移交人", under: school[14]),
                WrongField("supervisor", leaver, "监交人不能是移交人或接收人，请另选监交人", under: school[14]),
                WrongField("isAbsent", .flag(true), "缺位移交须另有一名见证人", at: "witness", under: school[14]),
            ]
            await expectToldAtOnce(wrong) { fields in
                try await campus.desk.take(StaffHandover.open, input: input.merging(fields) { $1 }, by: campus.dean)
            }
            #expect(try await campus.desk.all(StaffHandover.self).isEmpty)
            try await campus.desk.take(StaffHandover.open, input: input, by: campus.dean)
        }
    }
}
