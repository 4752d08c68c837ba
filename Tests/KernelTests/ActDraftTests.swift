import EngineFixture
import Kernel
import TestOffice
import Testing

/// What is filled in for an act and not sent yet.
@Suite struct ActDraftTests {
    @Test(arguments: TestEngine.all) func itIsTheOwnSealedAndGoneAfterTheAct(engine: TestEngine) async throws {
        try await DeskTests.with(engine) { office, nurse, doctor in
            let second = try await office.hire("second", Post("doctor", "医生", "Doctor"))
            let id = try await office.desk.take(Patient.file, input: DeskTests.input(), by: nurse).id
            func drafts(_ person: PersonID) async throws -> [String: ActDraft] {
                try await office.desk.document(id, by: person).drafts
            }
            try await office.desk.keepDraft(["note": .text("写了一半")], opinion: "", for: "review", on: id, by: doctor.person)
            try await office.desk.keepDraft(["note": .text("写了一大半")], opinion: "复诊", for: "review", on: id, by: doctor.person)
            let kept = try #require(try await drafts(doctor.person)["review"])
            #expect(kept.values == ["note": .text("写了一大半")] && kept.opinion == "复诊")
            let others = try await [drafts(second), drafts(nurse.person)]
            #expect(others[0].isEmpty && others[1].isEmpty, "it is nobody else's")
            let rows = try await office.desk.store.read { try $0.all("SELECT content FROM act_draft", []) { $0.text(0) } }
            #expect(rows.count == 1 && !rows[0].contains("写了"))
            try await office.desk.take(Patient.review, on: id, input: ["note": .text("写完了")], by: doctor)
            #expect(try await drafts(doctor.person).isEmpty)
            #expect(try await office.desk.verify().isClean)
        }
    }

    @Test(arguments: TestEngine.all) func onlyForAStepThatIsOnesOwnToTake(engine: TestEngine) async throws {
        try await DeskTests.with(engine) { office, nurse, doctor in
            let id = try await office.desk.take(Patient.file, input: DeskTests.input(), by: nurse).id
            let outsider = try await office.hire("outsider")
            await #expect(throws: DeskError.self) {
                try await office.desk.keepDraft(["note": .text("好")], opinion: "", for: "review", on: id, by: nurse.person)
            }
            await #expect(throws: DeskError.absent) {
                try await office.desk.keepDraft(["note": .text("好")], opinion: "", for: "review", on: id, by: outsider)
            }
            let kept = try await office.desk.store.read { try $0.count("SELECT count(*) FROM act_draft") }
            #expect(kept == 0)
        }
    }

    @Test(arguments: TestEngine.all) func whoDiscardsItStartsAnew(engine: TestEngine) async throws {
        try await DeskTests.with(engine) { office, nurse, doctor in
            let id = try await office.desk.take(Patient.file, input: DeskTests.input(), by: nurse).id
            try await office.desk.keepDraft(["note": .text("好")], opinion: "", for: "review", on: id, by: doctor.person)
            try await office.desk.dropDraft(for: "review", on: id, by: nurse.person)
            #expect(try await office.desk.document(id, by: doctor.person).drafts.count == 1, "nobody discards another's")
            try await office.desk.dropDraft(for: "review", on: id, by: doctor.person)
            #expect(try await office.desk.document(id, by: doctor.person).drafts.isEmpty)
        }
    }
}
