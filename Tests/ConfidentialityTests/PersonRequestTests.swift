import ArticleProof
import CustomerConfidentiality
import EngineFixture
import Kernel
import TestOffice
import Testing
import WorkCalendar

/// Persons ask for what the archive keeps of them: a hold goes before a term, a legal term before the person, the person before the house.
@Suite struct PersonRequestTests {
    private static func verified(_ office: ArchiveOffice, _ kind: String, _ file: Int64) async throws -> Int64 {
        var input: [String: JSONValue] = ["kind": .text(kind), "who": .text("欧阳震华"), "wants": .text("本人信息")]
        if kind == "erasure" { input["ground"] = .text("ended") }
        let id = try await office.desk.take(PersonRequest.receive, input: input, by: office.specialist).id
        try await office.desk.take(
            PersonRequest.verify, on: id, input: ["identity": .text("核对证件"), "file": .whole(file)], by: office.specialist)
        return id
    }

    private static func person(_ office: ArchiveOffice) async throws -> Int64 {
        try await office.desk.take(
            CustomerFile.openFile, input: ["subclass": .text("individual"), "person": .text("欧阳震华"), "copies": .whole(1)],
            by: office.specialist
        ).id
    }

    private static let answer: [String: JSONValue] = ["answer": .text("已办理")]

    @Test(.demand(confidentiality[25], 7), arguments: TestEngine.all)
    func aTermOfTheHouseDoesNotKeepAPersonsFile(engine: TestEngine) async throws {
        try await ArchiveOffice.with(engine) { office in
            let desk = office.desk, file = try await Self.person(office), id = try await Self.verified(office, "erasure", file)
            await GivingTests.refused("没有未满的法定保管期限", 25) {
                try await desk.take(PersonRequest.restrict, on: id, input: Self.answer, by: office.manager)
            }
            await #expect(throws: DeskError.self, "who verified does not decide") {
                try await desk.take(PersonRequest.erase, on: id, input: Self.answer, by: office.specialist)
            }
            try await desk.take(PersonRequest.erase, on: id, input: Self.answer, by: office.manager)
            #expect(try await desk.document(file, by: office.manager.person).row.state == "destroyed")
            #expect(try await desk.document(id, by: office.manager.person).row.values["answer"]?.text?.contains("内容密钥：已销毁") == true)
            #expect(try await desk.search("震华", by: office.specialist.person).rows.map(\.type) == [PersonRequest.name])
            #expect(try await desk.verify(isDeep: true).isClean)
        }
    }

    @Test(.article(confidentiality[25]), arguments: TestEngine.all)
    func aLegalTermTurnsErasureIntoRestriction(engine: TestEngine) async throws {
        try await ArchiveOffice.with(engine) { office in
            let desk = office.desk
            try await desk.administer(
                .setParameter(
                    regulation: confidentiality.id, name: "ordinaryLegalYears", unit: office.office.company, value: 5,
                    from: office.office.now.day, reason: "反洗钱"), by: .system)
            let file = try await Self.person(office), id = try await Self.verified(office, "erasure", file)
            await GivingTests.refused("法定保管期限至 2031-12-31 未满", 25) {
                try await desk.take(PersonRequest.erase, on: id, input: Self.answer, by: office.manager)
            }
            try await desk.take(PersonRequest.restrict, on: id, input: Self.answer, by: office.manager)
            #expect(try await desk.document(file, by: office.custodian.person).row.state == "restricted")
            // Nobody reads, finds or counts it but its custodian.
            for reader in [office.specialist, office.archivist, office.clerk] {
                await #expect(throws: DeskError.absent) { try await desk.document(file, by: reader.person) }
                #expect(try await desk.search("震华", by: reader.person).rows.allSatisfy { $0.type == PersonRequest.name })
                #expect(try await desk.register(CustomerFile.name, RegisterQuery(), by: reader.person).total == 0)
            }
            let asked = try await Self.given(office, file)
            await GivingTests.refused("已限制处理或已销毁", 24) { try await asked() }
        }
    }

    private static func given(_ office: ArchiveOffice, _ file: Int64) async throws -> () async throws -> Void {
        let order = try await GivingTests.paper(office, office.custodian)
        return {
            try await office.desk.take(
                OutsideProvision.apply, input: GivingTests.input(file, "duty", ["order": order]), by: office.custodian)
        }
    }

    @Test(.demand(confidentiality[25], 8), arguments: TestEngine.all)
    func aHoldGoesBeforeTermAndPerson(engine: TestEngine) async throws {
        try await ArchiveOffice.with(engine) { office in
            let desk = office.desk, file = try await Self.person(office)
            let hold = try await desk.take(
                LegalHoldOrder.place,
                input: [
                    "files": .list([.whole(file)]), "ground": .text("lawsuit"), "reason": .text("诉讼"), "reviewOn": .text("2026-06-30"),
                ], by: office.supervisor
            ).id
            let id = try await Self.verified(office, "erasure", file), correction = try await Self.verified(office, "correction", file)
            await GivingTests.refused("保全优先", 25) {
                try await desk.take(PersonRequest.erase, on: id, input: Self.answer, by: office.manager)
            }
            await GivingTests.refused("正处于保全", 25) {
                try await desk.take(
                    PersonRequest.correct, on: correction, input: ["person": .text("欧阳正华"), "answer": .text("更正")], by: office.manager)
            }
            try await desk.take(PersonRequest.suspend, on: id, input: ["answer": .text("诉讼未结")], by: office.manager)
            try await desk.take(LegalHoldOrder.release, on: hold, input: ["outcome": .text("结案")], by: office.manager)
            try await desk.take(
                PersonRequest.correct, on: correction, input: ["person": .text("欧阳正华"), "answer": .text("更正")], by: office.manager)
            #expect(try await desk.document(file, by: office.manager.person, revealing: "核对").row.values["person"]?.text == "欧阳正华")
            try await desk.take(PersonRequest.erase, on: id, input: Self.answer, by: office.manager)
            #expect(try await desk.document(file, by: office.manager.person).row.state == "destroyed")
        }
    }
}
