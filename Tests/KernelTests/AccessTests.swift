import EngineFixture
import Kernel
import Store
import TestOffice
import Testing

@Suite struct AccessTests {
    @Test(arguments: TestEngine.all) func whoHasNoRightDoesNotEvenKnow(engine: TestEngine) async throws {
        try await DeskTests.with(engine) { office, nurse, doctor in
            let id = try await office.desk.take(Patient.file, input: DeskTests.input(), by: nurse).id
            let stranger = Principal(try await office.hire("stranger"))
            #expect(try await office.desk.register("patient", RegisterQuery(), by: stranger.person).total == 0)
            #expect(try await office.desk.search("张三", by: stranger.person).rows.isEmpty)
            await #expect(throws: DeskError.self) { try await office.desk.document(id, by: stranger.person) }
            await #expect(throws: DeskError.self) { try await office.desk.document(id, by: stranger.person, revealing: "好奇") }
            await #expect(throws: DeskError.self) {
                try await office.desk.take(Patient.review, on: id, input: ["note": .text("好")], by: stranger)
            }
            #expect(try await office.desk.search("张三", by: doctor.person).rows.map(\.id) == [id])
            #expect(try await office.desk.search("zsf", by: doctor.person).rows.map(\.id) == [id])
            #expect(try await office.desk.search("三丰", by: doctor.person).rows.map(\.id) == [id])
            #expect(try await office.desk.search("王五", by: doctor.person).rows.isEmpty)
        }
    }

    @Test(arguments: TestEngine.all) func aGrantEndsByItself(engine: TestEngine) async throws {
        try await DeskTests.with(engine) { office, nurse, _ in
            let id = try await office.desk.take(Patient.file, input: DeskTests.input(), by: nurse).id
            let reader = try await office.hire("reader")
            let ends = office.now.adding(hours: 2).milliseconds, now = office.now.milliseconds
            try await office.desk.store.write { session in
                try session.execute(
                    "INSERT INTO access_grant (id, document, person, purpose, from_at, ends) VALUES (1, $1, $2, '会诊', $3, $4)",
                    [.int(id), .int(reader.raw), .int(now), .int(ends)])
            }
            #expect(try await office.desk.document(id, by: reader).row.id == id)
            office.move(hours: 3)
            await #expect(throws: DeskError.self) { try await office.desk.document(id, by: reader) }
        }
    }

    @Test(arguments: TestEngine.all) func aUnitOutsideTheRegulationIsNotBound(engine: TestEngine) async throws {
        try await DeskTests.with(engine) { office, _, _ in
            let other = UnitID(try await office.desk.administer(.addUnit(parent: nil, zh: "外单位", en: "Elsewhere"), by: .system))
            let outsider = Principal(try await office.hire("outsider", nurse, in: other))
            await #expect(throws: DeskError.self) {
                try await office.desk.take(Patient.file, input: DeskTests.input(), by: outsider)
            }
        }
    }
}
