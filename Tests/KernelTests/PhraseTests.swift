import EngineFixture
import Kernel
import TestOffice
import Testing

/// 常用语.
@Suite struct PhraseTests {
    @Test(arguments: TestEngine.all) func theyAreTheOwnAndSealed(engine: TestEngine) async throws {
        try await DeskTests.with(engine) { office, nurse, doctor in
            try await office.desk.keep(phrases: [" 情况属实，同意。 ", "", "请补充后再报。"], by: doctor.person)
            try await office.desk.keep(phrases: ["同意。"], by: nurse.person)
            let own = try await office.desk.phrases(of: doctor.person)
            #expect(own == ["情况属实，同意。", "请补充后再报。"])
            let kept = try await office.desk.store.read { try $0.all("SELECT content FROM phrase", []) { $0.text(0) } }
            #expect(kept.count == 2 && kept.allSatisfy { !$0.contains("同意") })
            try await office.desk.store.write { session in
                try session.execute("UPDATE phrase SET content = '转账' WHERE person = $1", [.int(doctor.person.raw)])
            }
            let foreign = try await office.desk.phrases(of: doctor.person)
            #expect(foreign.isEmpty, "what somebody else wrote there is none")
        }
    }

    @Test(arguments: TestEngine.all) func tooManyAreRefusedAndNoneOfThemKept(engine: TestEngine) async throws {
        try await DeskTests.with(engine) { office, nurse, _ in
            let many = (0...Desk.mostPhrases).map { "第\($0)条" }
            await #expect(throws: DeskError.self) { try await office.desk.keep(phrases: many, by: nurse.person) }
            let kept = try await office.desk.phrases(of: nurse.person)
            #expect(kept.isEmpty)
        }
    }
}
