import ArticleProof
import DrugQuality
import EngineFixture
import Kernel
import TestOffice
import Testing
import WorkCalendar

@Suite struct MeasureTests {
    private func measures(_ trader: Trader) async throws -> [DocumentRow] {
        try await trader.desk.register("measure", RegisterQuery(), by: trader.officer.person).rows
    }

    @Test(.demand(drugQuality[6], 2, 3), arguments: TestEngine.all)
    func theDecisionBecomesMeasuresAndEachIsConfirmed(engine: TestEngine) async throws {
        try await Trader.with(engine) { trader in
            let id = try await trader.report()
            try await trader.analyse(id)
            await #expect(throws: Refusal.self) { try await trader.decide(id, [trader.measure("检查包装", trader.keeper, in: -1)]) }
            try await trader.decide(id, [trader.measure("检查包装", trader.keeper, in: 20)])
            let measure = try #require(try await measures(trader).first)
            #expect(measure.values["owner"] == .whole(trader.keeper.person.raw))
            #expect(measure.values["due"] == .text(trader.office.now.day.adding(days: 20).description))
            #expect(try await trader.tray(of: trader.keeper) == [measure.id])
            try await trader.answer(id)
            try await trader.desk.take(QualityItem.acknowledge, on: id, by: trader.seller)
            let refusal = await #expect(throws: Refusal.self) { try await trader.close(id) }
            #expect(refusal?.article == drugQuality[6] && refusal?.words.zh.contains(measure.number ?? "?") == true)
            try await trader.desk.take(Measure.finish, on: measure.id, input: ["result": .text("已检查")], by: trader.keeper)
            await #expect(throws: Refusal.self) { try await trader.close(id) }
            await #expect(throws: DeskError.self) { try await trader.desk.take(Measure.confirm, on: measure.id, by: trader.keeper) }
            try await trader.desk.take(Measure.confirm, on: measure.id, by: trader.officer)
            let check: [String: JSONValue] = ["isEffective": .flag(false), "effect": .text("又见受潮")]
            await #expect(throws: Refusal.self) {
                try await trader.desk.take(Measure.check, on: measure.id, input: check, by: trader.officer)
            }
            try await trader.desk.take(
                Measure.check, on: measure.id, input: ["isEffective": .flag(true), "effect": .text("抽查20盒完好")], by: trader.officer)
            try await trader.close(id)
            #expect(try await trader.view(id).row.state == "closed")
        }
    }

    @Test(.demand(drugQuality[6], 4), arguments: TestEngine.all)
    func whatIsUnfinishedEscalatesAndAMovedLimitKeepsTheFirst(engine: TestEngine) async throws {
        try await Trader.with(engine) { trader in
            let head = Principal(try await trader.office.hire("storeHead", .head, in: trader.storeUnit))
            let id = try await trader.report()
            try await trader.analyse(id)
            try await trader.decide(id, [trader.measure("检查包装", trader.keeper, in: 20)])
            let measure = try #require(try await measures(trader).first)
            trader.office.move(hours: 24 * 11)
            try await trader.desk.runJobs()
            // Ten days before.
            #expect(try await trader.told(trader.keeper).contains { $0.contains("即将到期") })
            let later = trader.office.now.day.adding(days: 20).description
            await #expect(throws: (any Error).self) {
                try await trader.desk.take(Measure.prolong, on: measure.id, input: ["due": .text(later)], by: trader.manager)
            }
            try await trader.desk.take(
                Measure.prolong, on: measure.id, input: ["due": .text(later), "reason": .text("待检测")], by: trader.manager)
            #expect(try await trader.value(measure.id, "firstDue") == .text(TestOffice.start.day.adding(days: 20).description))
            trader.office.move(hours: 24 * 22)
            try await trader.desk.runJobs()
            #expect(try await trader.tray(of: head).contains(measure.id))
            #expect(try await trader.view(measure.id).deadlines.contains { $0.breached != nil })
        }
    }
}
