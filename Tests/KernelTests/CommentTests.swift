import EngineFixture
import Kernel
import TestOffice
import Testing

/// Words beside the steps: opinions, comments, and what is sent to be read.
@Suite struct CommentTests {
    private static func filed(
        _ engine: TestEngine, _ body: (TestOffice, _ id: Int64, _ nurse: Principal, _ doctor: Principal) async throws -> Void
    ) async throws {
        try await DeskTests.with(engine) { office, nurse, doctor in
            let id = try await office.desk.take(Patient.file, input: DeskTests.input(), by: nurse).id
            try await body(office, id, nurse, doctor)
        }
    }

    @Test(arguments: TestEngine.all) func anOpinionStandsInTheTrailAndSealedInTheLedger(engine: TestEngine) async throws {
        try await Self.filed(engine) { office, id, _, doctor in
            let step = Patient.review
            try await office.desk.take(step.name, of: "patient", on: id, input: ["note": .text("同意")], opinion: "按时复查", by: doctor)
            let view = try await office.desk.document(id, by: doctor.person)
            #expect(view.trail.first?.written == "按时复查" && view.trail.first?.kind == .act)
            let open = try await office.desk.store.read { session in
                try session.all("SELECT body FROM entry WHERE document = $1", [.int(id)]) { String(decoding: $0.blob(0), as: UTF8.self) }
            }
            #expect(open.count == 2 && open.allSatisfy { !$0.contains("按时复查") })
            let long = String(repeating: "长", count: TaskAction.longestText + 1)
            await #expect(throws: DeskError.self) {
                try await office.desk.take("file", of: "patient", input: DeskTests.input(), opinion: long, by: doctor)
            }
        }
    }

    @Test(arguments: TestEngine.all) func onlyWhoMayReadItIsNamed(engine: TestEngine) async throws {
        try await Self.filed(engine) { office, id, nurse, doctor in
            _ = try await office.hire("outsider")
            try await office.desk.handle(.comment(document: id, text: "请看 @doctor 第二项"), by: nurse)
            #expect(try await office.desk.notices(of: doctor.person).notices.map(\.words.zh) == ["nurse在 病历〔2026〕1号 的评论中提到您"])
            let trail = try await office.desk.document(id, by: doctor.person).trail
            #expect(trail.first?.written == "请看 @doctor 第二项" && trail.first?.words?.zh == "提到doctor")
            // Who may not read it, and who is not there, are one answer.
            func refused(_ name: String) async throws -> [String] {
                do {
                    try await office.desk.handle(.comment(document: id, text: "请看 @\(name) "), by: nurse)
                    return []
                } catch DeskError.invalid(let faults) {
                    return faults.map { $0.words.zh.replacing(name, with: "某人") }
                }
            }
            let hidden = try await refused("outsider"), absent = try await refused("nobody")
            #expect(hidden == absent && hidden.count == 1)
            // Nor is it told how much of what was written is the name of somebody who may not.
            let joined = try await refused("outsider请看"), made = try await refused("nobody请看")
            #expect(joined == made && joined.count == 1)
            let many = String(repeating: "@doctor ", count: 51)
            await #expect(throws: DeskError.self) { try await office.desk.handle(.comment(document: id, text: many), by: nurse) }
            try await office.desk.handle(.comment(document: id, text: "请回信至 someone@example.com"), by: nurse)
        }
    }

    @Test(arguments: TestEngine.all) func whatIsSentToBeReadSaysWhoHasReadIt(engine: TestEngine) async throws {
        try await Self.filed(engine) { office, id, nurse, doctor in
            let outsider = Principal(try await office.hire("outsider"))
            await #expect(throws: DeskError.self) {
                try await office.desk.handle(.circulate(document: id, names: "doctor、outsider", note: ""), by: nurse)
            }
            #expect(try await office.desk.document(id, by: nurse.person).copies.isEmpty, "nobody is told where one may not be")
            try await office.desk.handle(.circulate(document: id, names: "doctor", note: "供参考"), by: nurse)
            #expect(try await office.desk.document(id, by: nurse.person).copies.map(\.read) == [nil])
            await #expect(throws: DeskError.absent) { try await office.desk.document(id, by: outsider.person) }
            await #expect(throws: DeskError.self) { try await office.desk.handle(.acknowledge(document: id), by: nurse) }
            office.move(hours: 1)
            try await office.desk.handle(.acknowledge(document: id), by: doctor)
            let copy = try #require(try await office.desk.document(id, by: nurse.person).copies.first)
            #expect(copy.person == doctor.person && copy.read == office.now)
            try await office.desk.runJobs()
            #expect(try await office.desk.verify().isClean)
        }
    }
}
