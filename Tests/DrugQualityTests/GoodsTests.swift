import ArticleProof
import DrugQuality
import EngineFixture
import Kernel
import TestOffice
import Testing
import WorkCalendar

@Suite struct GoodsTests {
    @Test(.article(drugQuality[1])) func approvalNumbers() {
        for good in ["国药准字HJ20140344", "国药准字ZC20171003", "国药准字H11020001", "国药准字 ｈ11020001", "BH20160001", "HC20171003"] {
            #expect(ApprovalNumber.check(good) == .good, "\(good)")
        }
        for bad in ["国药准字X20210039", "国药准字H2021003", "国药准字H202100399", "国药准字HX20210039", "H2021", ""] {
            guard case .bad = ApprovalNumber.check(bad) else { Issue.record("\(bad)"); continue }
        }
        for old in ["国药准字J20140344", "国药准字B20020001", "国药准字T20020001", "国药准字F20020001"] {
            guard case .doubtful = ApprovalNumber.check(old) else { Issue.record("\(old)"); continue }
        }
    }

    @Test(.article(drugQuality[1])) func traceabilityCodes() {
        for good in ["83857930000879766660", "81000000000000000000", "8012 3456 7890 1234 5678"] { #expect(TraceCode.check(good) == .good) }
        guard case .bad = TraceCode.check("6901234567892") else { Issue.record("a bar code"); return }
        guard case .doubtful = TraceCode.check("0108ABC") else { Issue.record("a maker's own"); return }
    }

    @Test(
        .article(drugQuality[1]),
        arguments: [
            ("2026.02.", "2026-02-28"), ("2028年02月", "2028-02-29"), ("有效期至2026年2月", "2026-02-28"), ("2026/02/05", "2026-02-05"),
            ("２０２６年１２月３１日", "2026-12-31"), ("20261130", "2026-11-30"), ("202611", "2026-11-30"), ("2026-11", "2026-11-30"),
            ("2026-02-30", ""), ("2026年2月30日", ""), ("2026.13", ""), ("二月", ""), ("26.02", ""),
        ])
    func expiryIsADayOrAMonthOfTheCalendar(typed: String, last: String) {
        #expect((Expiry.lastGoodDay(typed)?.description ?? "") == last, "\(typed)")
    }

    @Test(.article(drugQuality[1]), arguments: TestEngine.all)
    func theSameNumberOfTwoMakersIsTwoBatches(engine: TestEngine) async throws {
        try await Trader.with(engine) { trader in
            _ = try await trader.batch()
            for typed in ["20230501 ", "２０２３０５０１", "2023 05 01"] {
                let refusal = await #expect(throws: Refusal.self) { _ = try await trader.batch(typed) }
                #expect(refusal?.words.zh.contains("已在台账") == true)
            }
            _ = try await trader.batch(maker: "石家庄演示厂")
            // An item finds its batch however it is typed; of nobody's it says so, with what looks alike.
            let known = try await trader.report(Trader.goods.merging(["batchNo": .text("２０２３０５０１")]) { $1 })
            #expect((try await trader.value(known, "warnings") ?? .null).isEmpty)
            let near = try await trader.report(Trader.goods.merging(["batchNo": .text("2O2305O1")]) { $1 })
            #expect(try await trader.value(near, "warnings")?.text?.contains("相近批号 20230501") == true)
        }
    }

    @Test(.article(drugQuality[1]), arguments: TestEngine.all)
    func badFormsAreRefusedInWords(engine: TestEngine) async throws {
        try await Trader.with(engine) { trader in
            for (field, typed) in [("approvalNo", "国药准字H2021003"), ("expiry", "2026-02-30"), ("traceCode", "6901234567892")] {
                let refusal = await #expect(throws: Refusal.self) {
                    _ = try await trader.report(Trader.goods.merging([field: .text(typed)]) { $1 })
                }
                #expect(refusal?.faults.map(\.field) == [field])
            }
            // The same code twice is a clue and no refusal.
            let code: [String: JSONValue] = ["traceCode": .text("83857930000879766660")]
            _ = try await trader.report(Trader.goods.merging(code) { $1 })
            let again = try await trader.report(Trader.goods.merging(code) { $1 })
            #expect(try await trader.value(again, "warnings")?.text?.contains("回流") == true)
        }
    }

    private func stop(_ batch: Int64, _ trader: Trader, by principal: Principal) async throws -> Int64 {
        try await trader.desk.take(
            StopSlip.issue, input: ["batch": .whole(batch), "reason": .text("顾客反映受潮")], by: principal
        ).id
    }

    private func sell(_ batch: Int64, _ quantity: Int64, _ trader: Trader) async throws {
        try await trader.desk.take(
            GoodsBatch.sell, on: batch, input: ["buyer": .text("惠民演示药店"), "quantity": .whole(quantity)], by: trader.seller)
    }

    @Test(.article(drugQuality[7]), arguments: TestEngine.all)
    func aStopBeatsReservationsAndIsReleasedByAnotherHand(engine: TestEngine) async throws {
        try await Trader.with(engine) { trader in
            let batch = try await trader.batch()
            try await sell(batch, 5, trader)
            let first = try await stop(batch, trader, by: trader.officer), second = try await stop(batch, trader, by: trader.secondOfficer)
            // Quantities by place, what was reserved and is on its way among them, and the buyers.
            let slip = try await trader.view(first).row.values
            #expect(slip["places"]?.list.map { $0["kind"] } == [.text("stock"), .text("reserved"), .text("transit")])
            #expect(slip["buyers"]?.list.map { $0["buyer"] } == [.text("惠民演示药店")])
            #expect(try await trader.view(batch).row.values["stock"]?.list.contains { $0["kind"] == .text("reserved") } == false)
            #expect(try await trader.told(trader.keeper).contains { $0.hasPrefix("停售") })
            let refusal = await #expect(throws: Refusal.self) { try await sell(batch, 1, trader) }
            #expect(refusal?.article == drugQuality[7])
            // It must still move out of the way.
            try await trader.desk.take(
                GoodsBatch.setApart, on: batch, input: ["moveTo": .text("unfit"), "quantity": .whole(10)], by: trader.keeper)
            let result: [String: JSONValue] = ["result": .text("复检合格")]
            await #expect(throws: DeskError.self) {
                try await trader.desk.take(StopSlip.release, on: first, input: result, by: trader.seller)
            }
            await #expect(throws: Refusal.self) {
                try await trader.desk.take(StopSlip.release, on: first, input: result, by: trader.officer)
            }
            try await trader.desk.take(StopSlip.release, on: first, input: result, by: trader.secondOfficer)
            // The other slip stands.
            await #expect(throws: Refusal.self) { try await sell(batch, 1, trader) }
            try await trader.desk.take(StopSlip.release, on: second, input: result, by: trader.officer)
            try await sell(batch, 1, trader)
            // With nothing left in stock, who bought it is concerned all the same.
            let sale: JSONValue = .record([
                .init("day", .text("2026-01-10")), .init("buyer", .text("康民演示药店")), .init("quantity", .whole(3)),
            ])
            let gone = try await trader.batch("甲3", ["stock": .list([]), "sales": .list([sale])])
            let third = try await stop(gone, trader, by: trader.officer)
            #expect(try await trader.value(third, "buyers")?.list.map { $0["buyer"] } == [.text("康民演示药店")])
            // Nobody's batch cannot be stopped.
            await #expect(throws: DeskError.self) { _ = try await stop(987_654, trader, by: trader.officer) }
        }
    }

    @Test(.article(drugQuality[7]), arguments: TestEngine.all)
    func whatIsPastItsExpiryIsNotSold(engine: TestEngine) async throws {
        try await Trader.with(engine, at: Moment(Day(iso: "2026-02-28")!, hour: 23)!) { trader in
            let batch = try await trader.batch("甲1", ["expiry": .text("2026.02.")])
            try await sell(batch, 1, trader)
            trader.office.move(hours: 2)  // 1 March in Shanghai, still 28 February in UTC.
            await #expect(throws: Refusal.self) { try await sell(batch, 1, trader) }
        }
    }

    @Test(.article(drugQuality[7]), arguments: TestEngine.all)
    func aRecallTellsEveryBuyerWithinTheTimeOfItsLevel(engine: TestEngine) async throws {
        try await Trader.with(engine) { trader in
            let batch = try await trader.batch()
            try await sell(batch, 5, trader)
            func register(_ grade: String) async throws -> Int64 {
                try await trader.desk.take(
                    RecallNotice.register,
                    input: [
                        "batch": .whole(batch), "grade": .text(grade), "from": .text("华北制药演示厂"), "noticeNo": .text("召2026-1"),
                        "receivedAt": .text(trader.office.now.description),
                    ], by: trader.officer
                ).id
            }
            for (grade, days) in [("first", 1), ("second", 3), ("third", 7)] {
                #expect(try await trader.clock(try await register(grade), "telling")?.due == trader.office.now.adding(days: days))
            }
            let recall = try await register("first")
            let refusal = await #expect(throws: Refusal.self) {
                try await trader.desk.take(RecallNotice.tell, on: recall, by: trader.officer)
            }
            #expect(refusal?.words.zh.contains("惠民演示药店") == true)
            let told: JSONValue = .record([
                .init("day", .text(trader.office.now.day.description)), .init("buyer", .text("惠民演示药店")), .init("quantity", .whole(5)),
                .init("toldAt", .text(trader.office.now.description)),
            ])
            try await trader.desk.take(RecallNotice.tell, on: recall, input: ["buyers": .list([told])], by: trader.officer)
            #expect(try await trader.clock(recall, "telling")?.met == trader.office.now)
            // How far it has come is said as often as its level asks for.
            #expect(try await trader.clock(recall, "progressing")?.due == trader.office.now.adding(days: 1))
            trader.office.move(hours: 20)
            await #expect(throws: Refusal.self) {
                try await trader.desk.take(RecallNotice.report, on: recall, input: ["collected": .whole(2)], by: trader.officer)
            }
            try await trader.desk.take(
                RecallNotice.report, on: recall, input: ["collected": .whole(2), "progress": .text("已收回两盒")], by: trader.officer)
            #expect(try await trader.clock(recall, "progressing")?.due == trader.office.now.adding(days: 1))
            try await trader.desk.take(
                RecallNotice.conclude, on: recall, input: ["collected": .whole(5), "outcome": .text("全部收回")], by: trader.officer)
            #expect(try await trader.clock(recall, "progressing")?.met == trader.office.now)
        }
    }
}
