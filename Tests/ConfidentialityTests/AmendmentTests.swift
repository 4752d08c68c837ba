import ArticleProof
import CustomerConfidentiality
import EngineFixture
import Kernel
import TestOffice
import Testing
import WorkCalendar

/// Amendments are drafted, compared, approved by the general manager, and in force from their day (第28条, 第29条).
@Suite struct AmendmentTests {
    private static func change(_ zh: String = "借期不超过五天。", _ ref: String = "第19条") -> JSONValue {
        .list([.record([.init("ref", .text(ref)), .init("newZh", .text(zh)), .init("newEn", .text("A loan lasts five days at most."))])])
    }

    private static func input(_ zh: String = "借期不超过五天。", from: String = "2026-02-01", days: Int64 = 2) -> [String: JSONValue] {
        [
            "subject": .text("延长借期"), "reason": .text("异地办公"), "changes": change(zh), "inForceFrom": .text(from),
            "numbers": .list([.record([.init("number", .text("loanDays")), .init("value", .whole(days))])]),
        ]
    }

    @Test(.demand(confidentiality[28], 1), .demand(confidentiality[29], 1), arguments: TestEngine.all)
    func anAmendmentIsInForceFromItsDayAndNotBefore(engine: TestEngine) async throws {
        try await ArchiveOffice.with(engine) { office in
            let desk = office.desk
            func law() async throws -> String {
                try await desk.charter(confidentiality.id, by: office.manager.person).laws.first { $0.article == confidentiality[19] }?.text.zh ?? ""
            }
            func number() async throws -> Int? {
                try await desk.charter(confidentiality.id, by: office.manager.person).parameters.first { $0.name == "loanDays" }?.value
            }
            let before = try await law(), days = try await number()
            let id = try await desk.take(CharterAmendment.draft, input: Self.input(), by: office.specialist).id
            let row = try await desk.document(id, by: office.clerk.person).row
            #expect(row.values["changes"]?.list.first?["oldZh"].text == before, "it stands beside the text in force")
            await #expect(throws: DeskError.self, "nothing is in force that nobody submitted") {
                try await desk.take(CharterAmendment.enact, on: id, by: office.general)
            }
            try await desk.take(CharterAmendment.revise, on: id, input: Self.input("借期不超过五天，逾期三次停借。"), by: office.supervisor)
            let revised = try await desk.document(id, by: office.clerk.person).row.values["earlier"]?.list ?? []
            #expect(revised.first?["zh"].text == "借期不超过五天。" && revised.count == 1, "the earlier draft stays")
            try await desk.take(CharterAmendment.submit, on: id, by: office.manager)
            await #expect(throws: DeskError.self, "the manager does not approve") {
                try await desk.take(CharterAmendment.enact, on: id, by: office.manager)
            }
            try await desk.take(CharterAmendment.enact, on: id, by: office.general)
            #expect(try await law() == before, "not before its day")
            #expect(try await number() == days)
            office.office.move(to: Moment(Day(iso: "2026-02-01")!, hour: 9)!)
            #expect(try await law() == "借期不超过五天，逾期三次停借。")
            #expect(try await number() == 2)
            #expect(try await desk.charter(confidentiality.id, by: office.manager.person).version == 2)
            try await desk.settleLedger()
            let report = try await desk.verify()
            #expect(report.isClean, "\(report.faults.map(\.en))")
        }
    }

    @Test(.article(confidentiality[29]), arguments: TestEngine.all)
    func clocksAreJudgedByTheVersionOfTheirDay(engine: TestEngine) async throws {
        try await ArchiveOffice.with(engine) { office in
            let desk = office.desk, file = try await office.file()
            func handOver() async throws -> Int64 {
                let order = try await GivingTests.paper(office, office.specialist)
                let id = try await desk.take(
                    OutsideProvision.apply, input: GivingTests.input(file, "duty", ["order": order]), by: office.specialist
                ).id
                try await desk.take(OutsideProvision.supervise, on: id, by: office.supervisor)
                try await desk.take(OutsideProvision.approve, on: id, by: office.manager)
                try await desk.take(OutsideProvision.handOver, on: id, by: office.specialist)
                return id
            }
            func due(_ id: Int64) async throws -> Moment? { try await desk.document(id, by: office.specialist.person).deadlines.first?.due }
            let numbers: JSONValue = .list([.record([.init("number", .text("receiptWorkingDays")), .init("value", .whole(5))])])
            var input = Self.input()
            (input["numbers"], input["changes"]) = (numbers, nil)
            let id = try await desk.take(CharterAmendment.draft, input: input, by: office.specialist).id
            try await desk.take(CharterAmendment.submit, on: id, by: office.manager)
            try await desk.take(CharterAmendment.enact, on: id, by: office.general)
            let before = try await handOver()
            let calendar = try await desk.calendar(), day = office.office.now
            #expect(try await due(before) == calendar.limit(workingDays: 10, from: day).moment, "enacted, and not in force yet")
            office.office.move(to: Moment(Day(iso: "2026-02-02")!, hour: 9)!)
            let after = try await handOver()
            #expect(try await due(after) == calendar.limit(workingDays: 5, from: office.office.now).moment)
            #expect(try await due(before) == calendar.limit(workingDays: 10, from: day).moment, "a clock that runs keeps its time")
        }
    }

    @Test(.article(confidentiality[28]), arguments: TestEngine.all)
    func whatCannotBeInForceIsRefused(engine: TestEngine) async throws {
        try await ArchiveOffice.with(engine) { office in
            let desk = office.desk
            await GivingTests.refused("不能早于今天", 28) {
                try await desk.take(CharterAmendment.draft, input: Self.input(from: "2026-01-01"), by: office.specialist)
            }
            await GivingTests.refused("制度中没有“第99条”", 28) {
                try await desk.take(
                    CharterAmendment.draft, input: Self.input().merging(["changes": Self.change("甲", "第99条")]) { $1 }, by: office.specialist)
            }
            await #expect(throws: DeskError.self, "others do not draft") {
                try await desk.take(CharterAmendment.draft, input: Self.input(), by: office.clerk)
            }
            let id = try await desk.take(CharterAmendment.draft, input: Self.input(days: 9999), by: office.specialist).id
            try await desk.take(CharterAmendment.submit, on: id, by: office.manager)
            await GivingTests.refused("“loanDays”只能在", 29) { try await desk.take(CharterAmendment.enact, on: id, by: office.general) }
            #expect(try await desk.charter(confidentiality.id, by: office.manager.person).version == 1)
        }
    }

    @Test(.article(confidentiality[28])) func comparedTextsShowWhatWentAndWhatCame() {
        let comparison = LineComparison("借阅须登记，借期不超过三天。逾期停借。", "借阅须登记，借期不超过五天。逾期停借。")
        #expect(comparison.old.filter { $0.kind == .gone }.map(\.text) == ["借期不超过三天。"])
        #expect(comparison.new.filter { $0.kind == .new }.map(\.text) == ["借期不超过五天。"])
        #expect(comparison.pieces.filter { $0.kind == .same }.map(\.text) == ["借阅须登记，", "逾期停借。"])
    }
}
