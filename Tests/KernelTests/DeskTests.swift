import EngineFixture
import Kernel
import Store
import TestOffice
import Testing

@Suite struct DeskTests {
    static let mobile = "13912345678"
    static func input(_ name: String = "张三丰") -> [String: JSONValue] {
        [
            "name": .text(name), "mobile": .text(mobile), "born": .text("1990年2月3日"),
            "visits": .list([.record([.init("reason", .text("头痛")), .init("phone", .text("13987654321"))])]),
        ]
    }

    static func with(_ engine: TestEngine, _ body: (TestOffice, _ nurse: Principal, _ doctor: Principal) async throws -> Void) async throws
    {
        try await TestOffice.with(engine, [clinicContents]) { office in
            try await body(office, Principal(try await office.hire("nurse", nurse)), Principal(try await office.hire("doctor", doctor)))
        }
    }

    @Test(arguments: TestEngine.all) func personalDataIsSealedAtRestAndMaskedOnScreen(engine: TestEngine) async throws {
        try await Self.with(engine) { office, nurse, doctor in
            let id = try await office.desk.take(Patient.file, input: Self.input(), by: nurse).id
            let kept = try await office.desk.store.read { session in
                try session.all("SELECT body FROM document WHERE id = $1", [.int(id)]) { $0.text(0) }
            }
            #expect(kept.count == 1)
            #expect(!kept[0].contains(Self.mobile) && !kept[0].contains("13987654321"))
            let view = try await office.desk.document(id, by: doctor.person)
            #expect(view.row.values["mobile"] == .text("139****5678"))
            #expect(view.row.values["name"] == .text("张*丰"))
            #expect(view.row.values["visits"]?.list.first?["phone"] == .text("139****4321"))
            let clear = try await office.desk.document(id, by: doctor.person, revealing: "随访")
            #expect(clear.row.values["mobile"] == .text(Self.mobile))
            #expect(clear.row.values["visits"]?.list.first?["phone"] == .text("13987654321"))
            #expect(clear.trail.first?.kind == .read)
            #expect(clear.trail.first?.written == "随访")
        }
    }

    @Test(arguments: TestEngine.all) func everyFaultOfTheInputIsNamed(engine: TestEngine) async throws {
        try await Self.with(engine) { office, nurse, _ in
            var input = Self.input("")
            input["born"] = .text("三月")
            input["mobile"] = nil
            do {
                try await office.desk.take(Patient.file, input: input, by: nurse)
                Issue.record("it was taken")
            } catch DeskError.invalid(let faults) {
                #expect(Set(faults.map(\.field)) == ["name", "mobile", "born"])
            }
        }
    }

    @Test(arguments: TestEngine.all) func aRefusalLeavesNothingButItsEntry(engine: TestEngine) async throws {
        try await Self.with(engine) { office, nurse, doctor in
            var input = Self.input()
            input["visits"] = .list((0..<4).map { .record([.init("reason", .text("\($0)"))]) })
            let refusal = await #expect(throws: Refusal.self) { try await office.desk.take(Patient.file, input: input, by: nurse) }
            #expect(refusal?.article == clinic[1])
            #expect(try await office.desk.register("patient", RegisterQuery(), by: doctor.person).rows.isEmpty)
            try await office.desk.sequence()
            #expect(try await office.desk.charter("clinic", by: nurse.person).laws.first?.carriers.first?.refusals == 1)
        }
    }

    @Test(arguments: TestEngine.all) func whatIsRefusedCanBeKeptAsADraft(engine: TestEngine) async throws {
        try await Self.with(engine) { office, nurse, _ in
            let taken = try await office.desk.take(Patient.file, input: Self.input("草稿"), by: nurse)
            #expect(taken.state == "draft")
            #expect(taken.refusal?.faults.map(\.field) == ["name"])
            #expect(
                try await office.desk.take(Patient.mend, on: taken.id, input: ["name": .text("李四")], by: nurse).state == "filed")
        }
    }

    @Test(arguments: TestEngine.all) func parametersChangeFromTheirDay(engine: TestEngine) async throws {
        try await Self.with(engine) { office, nurse, _ in
            var input = Self.input()
            input["visits"] = .list((0..<4).map { .record([.init("reason", .text("\($0)"))]) })
            let day = office.now.day.adding(days: 2)
            try await office.desk.administer(
                .setParameter(regulation: "clinic", name: "visits", unit: office.company, value: 4, from: day, reason: "院办〔2026〕1号"),
                by: .system)
            await #expect(throws: Refusal.self) { try await office.desk.take(Patient.file, input: input, by: nurse) }
            office.move(hours: 48)
            try await office.desk.take(Patient.file, input: input, by: nurse)
        }
    }

    @Test(arguments: TestEngine.all) func numbersRunWithoutGapsWithinAYear(engine: TestEngine) async throws {
        try await Self.with(engine) { office, nurse, _ in
            var numbers: [String] = []
            for _ in 0..<3 {
                numbers.append(try await office.desk.take(Patient.file, input: Self.input(), by: nurse).number ?? "")
            }
            office.move(hours: 24 * 365)
            numbers.append(try await office.desk.take(Patient.file, input: Self.input(), by: nurse).number ?? "")
            #expect(numbers == ["病历〔2026〕1号", "病历〔2026〕2号", "病历〔2026〕3号", "病历〔2027〕1号"])
        }
    }

    @Test(arguments: TestEngine.all) func aTouchedDocumentIsFound(engine: TestEngine) async throws {
        try await Self.with(engine) { office, nurse, _ in
            let id = try await office.desk.take(Patient.file, input: Self.input(), by: nurse).id
            try await office.desk.runJobs()
            #expect(try await office.desk.verify().isClean)
            try await office.desk.store.write { try $0.execute("UPDATE document SET state = 'reviewed' WHERE id = $1", [.int(id)]) }
            #expect(try await office.desk.verify().isClean == false)
        }
    }
}
