import ArticleProof
import CustomerConfidentiality
import EngineFixture
import Kernel
import TestOffice
import Testing
import WorkCalendar

/// Data of a customer leaves the house with two people's approval, in the approved fields alone, and against a receipt (第24条).
@Suite struct GivingTests {
    static func refused(_ words: String, _ number: Int, _ body: () async throws -> Void) async {
        do {
            try await body()
            Issue.record("it was not refused: \(words)")
        } catch let refusal as Refusal {
            #expect(refusal.article == confidentiality[number] && refusal.words.zh.contains(words), "\(refusal.words.zh)")
        } catch { Issue.record("\(words): \(error)") }
    }

    static func paper(_ office: ArchiveOffice, _ principal: Principal, _ text: String = "文书") async throws -> JSONValue {
        .list([try await office.desk.keep(file: "文书.txt", content: Array(text.utf8), by: principal).stored])
    }

    static func input(_ file: Int64, _ kind: String, _ more: [String: JSONValue] = [:]) -> [String: JSONValue] {
        [
            "kind": .text(kind), "file": .whole(file), "recipient": .text("甲数据公司"), "recipientContact": .text("法务部"),
            "purpose": .text("对账"), "way": .text("加密传输"), "given": .text("customer;region"), "legalGround": .text("合同约定"),
            "until": .text("2026-12-31"),
        ].merging(more) { $1 }
    }

    @Test(.demand(confidentiality[24], 1), arguments: TestEngine.all)
    func twoOfficersApproveAndOnlyTheApprovedFieldsLeave(engine: TestEngine) async throws {
        try await ArchiveOffice.with(engine) { office in
            let desk = office.desk, file = try await office.file("华信律师事务所", ["region": .text("浙江"), "keywords": .text("鲎主题")])
            let order = try await Self.paper(office, office.specialist)
            let id = try await desk.take(OutsideProvision.apply, input: Self.input(file, "duty", ["order": order]), by: office.specialist).id
            await #expect(throws: DeskError.self, "the manager comes after the supervisor") {
                try await desk.take(OutsideProvision.approve, on: id, by: office.manager)
            }
            await #expect(throws: DeskError.self, "nothing leaves before it is approved") {
                try await desk.take(OutsideProvision.handOver, on: id, by: office.specialist)
            }
            try await desk.take(OutsideProvision.supervise, on: id, by: office.supervisor)
            try await desk.take(OutsideProvision.approve, on: id, by: office.manager)
            try await desk.take(OutsideProvision.handOver, on: id, by: office.specialist)
            let values = try await desk.document(id, by: office.specialist.person).row.values
            let package = GivenField.package(of: try #require(try await desk.load([ID<CustomerFile>(file)]).first).value, "customer;region")
            #expect(package == "客户名称\t华信律师事务所\n地区\t浙江\n" && values["digest"]?.text == GivenField.digest(package))
            #expect(!"\(values)".contains("鲎主题"), "the register holds no content")
            #expect(try await desk.document(id, by: office.specialist.person).deadlines.first?.name == "receiving")
            let receipt = try await Self.paper(office, office.specialist, "回执")
            try await desk.take(
                OutsideProvision.acknowledge, on: id, input: ["receivedBy": .text("王某"), "receipt": receipt], by: office.specialist)
            #expect(try await desk.register(OutsideProvision.name, RegisterQuery(), by: office.general.person).rows.first?.state == "received")
            await #expect(throws: DeskError.absent) { try await desk.document(id, by: office.clerk.person) }
        }
    }

    @Test(.article(confidentiality[24]), arguments: TestEngine.all)
    func aDeputyForBothIsRefused(engine: TestEngine) async throws {
        try await ArchiveOffice.with(engine) { office in
            let desk = office.desk, file = try await office.file(), order = try await Self.paper(office, office.specialist)
            let id = try await desk.take(OutsideProvision.apply, input: Self.input(file, "duty", ["order": order]), by: office.specialist).id
            for officer in [office.supervisor, office.manager] {
                try await desk.handle(
                    .delegate(to: office.archivist.person, from: office.office.now, until: office.office.now.adding(days: 2), reason: "出差"),
                    by: officer)
            }
            let deputy = office.archivist.person
            try await desk.take(OutsideProvision.supervise, on: id, by: Principal(deputy, onBehalfOf: office.supervisor.person))
            await Self.refused("委托他人也不行", 24) {
                try await desk.take(OutsideProvision.approve, on: id, by: Principal(deputy, onBehalfOf: office.manager.person))
            }
            try await desk.take(OutsideProvision.approve, on: id, by: office.manager)
        }
    }

    @Test(.article(confidentiality[24]), arguments: TestEngine.all)
    func provisionOfAPersonsDataNeedsASeparateConsent(engine: TestEngine) async throws {
        try await ArchiveOffice.with(engine) { office in
            let desk = office.desk
            let file = try await desk.take(
                CustomerFile.openFile,
                input: ["subclass": .text("individual"), "person": .text("欧阳震华"), "copies": .whole(1), "secrecy": .text("internal")],
                by: office.specialist
            ).id
            await Self.refused("单独同意书", 24) {
                try await desk.take(OutsideProvision.apply, input: Self.input(file, "provision", ["given": .text("person")]), by: office.specialist)
            }
            let consent = try await Self.paper(office, office.specialist, "同意书")
            try await desk.take(
                OutsideProvision.apply, input: Self.input(file, "provision", ["given": .text("person"), "consent": consent]), by: office.specialist)
            // A processor works for us: a contract, and how it is watched; without them it is not even taken.
            await #expect(throws: DeskError.self) {
                try await desk.take(OutsideProvision.apply, input: Self.input(file, "entrustment"), by: office.specialist)
            }
            let contract = try await Self.paper(office, office.specialist, "合同")
            try await desk.take(
                OutsideProvision.apply,
                input: Self.input(file, "entrustment", ["contract": contract, "supervision": .text("每季抽查")]), by: office.specialist)
        }
    }
}
