import ArticleProof
import EngineFixture
import EnterpriseIT
import Kernel
import TestOffice
import Testing
import WorkCalendar

@Suite struct PlanTests {
    @Test(.demand(enterpriseIT["第三条"], 1, 2), arguments: TestEngine.all)
    func theYearlyPlanIsApprovedByALeaderAndItsItemsAreFollowed(engine: TestEngine) async throws {
        try await Factory.with(engine) { factory in
            let item = try await factory.plan()
            #expect(try await factory.state(item) == "open")
            #expect(try await factory.tasks(of: factory.assets) == [item])
            #expect(try await factory.value(item, "budget") == .text("50000"))
            #expect(try await factory.value(item, "quarter") == .text("2026-Q1"))
            try await factory.desk.take(
                PlanItem.report, on: item, input: ["progress": .whole(40), "note": .text("已询价")], by: factory.assets)
            // Another plan of the same year is none; nor is an item outside its year.
            let line = Factory.record([
                "what": .text("服务器"), "kind": .text("hardware"), "quarter": .text("2027Q1"), "budget": .text("1"),
                "owner": .whole(factory.assets.person.raw),
            ])
            let refusal = await #expect(throws: Refusal.self) {
                try await factory.desk.take(
                    ITPlan.draft,
                    input: ["year": .text("2027"), "basis": .text("规划"), "items": .list([line, line])].merging(["year": .text("2028")]) {
                        $1
                    },
                    by: factory.director)
            }
            #expect(refusal?.article == enterpriseIT["第三条"] && refusal?.words.zh.contains("季度") == true)
            await #expect(throws: Refusal.self) { try await factory.plan() }
            // When the quarter is over it is late, for the item and in the figures.
            factory.office.move(to: Moment(Day(iso: "2026-04-02")!, hour: 9)!)
            try await factory.desk.runJobs()
            #expect(try await factory.tasks(of: factory.director).contains(item))
            let figures = try await factory.view(try await factory.one("plan-progress")).row.values
            #expect(figures["due"] == .whole(1) && figures["late"] == .whole(1) && figures["done"] == .whole(0))
            try await factory.desk.take(PlanItem.finish, on: item, input: ["note": .text("已完成")], by: factory.assets)
            try await factory.desk.runJobs()
            #expect(try await !factory.tasks(of: factory.director).contains(item))
        }
    }

    @Test(.demand(enterpriseIT["第三条"], 1), arguments: TestEngine.all)
    func nothingIsPlannedBeforeALeaderHasApproved(engine: TestEngine) async throws {
        try await Factory.with(engine) { factory in
            let line = Factory.record([
                "what": .text("服务器"), "kind": .text("hardware"), "quarter": .text("2026Q2"), "budget": .text("80000"),
                "owner": .whole(factory.assets.person.raw),
            ])
            let plan = try await factory.desk.take(
                ITPlan.draft, input: ["year": .text("2026"), "basis": .text("工厂规划"), "items": .list([line])], by: factory.director
            ).id
            try await factory.desk.take(ITPlan.submit, on: plan, by: factory.director)
            await #expect(throws: DeskError.self) { try await factory.desk.take(ITPlan.approve, on: plan, by: factory.director) }
            #expect(try await factory.rows("plan-item").isEmpty)
            try await factory.desk.take(ITPlan.approve, on: plan, by: factory.leader)
            #expect(try await factory.value(plan, "budget") == .text("80000"))
            #expect(try await factory.rows("plan-item").map(\.state) == ["open"])
        }
    }

    @Test(.demand(enterpriseIT["第三条"], 3), arguments: TestEngine.all)
    func aPurchasePointsToThePlanOrToAnException(engine: TestEngine) async throws {
        try await Factory.with(engine) { factory in
            let line = Factory.record(["item": .text("打印机"), "configuration": .text("A4"), "quantity": .whole(1)])
            let input: [String: JSONValue] = [
                "kind": .text("hardware"), "subject": .text("打印机"), "need": .text("急用"), "items": .list([line]),
            ]
            let refusal = await #expect(throws: Refusal.self) {
                try await factory.desk.take(ITPurchase.ask, input: input, by: factory.director)
            }
            #expect(refusal?.article == enterpriseIT["第三条"])
            let wrong = try await factory.exception("fewerQuotes")
            await #expect(throws: Refusal.self) {
                try await factory.desk.take(ITPurchase.ask, input: input.merging(["exception": .whole(wrong)]) { $1 }, by: factory.director)
            }
            // One that is only asked for is no basis yet.
            let asked = try await factory.desk.take(
                ITException.request, input: ["kind": .text("outsidePlan"), "subject": .text("打印机"), "reason": .text("急用")],
                by: factory.director
            ).id
            await #expect(throws: Refusal.self) {
                try await factory.desk.take(ITPurchase.ask, input: input.merging(["exception": .whole(asked)]) { $1 }, by: factory.director)
            }
            let right = try await factory.exception("outsidePlan")
            try await factory.desk.take(ITPurchase.ask, input: input.merging(["exception": .whole(right)]) { $1 }, by: factory.director)
        }
    }

    @Test(.demand(enterpriseIT["第三条"], 3), arguments: TestEngine.all)
    func anExceptionServesOnePurchaseOrProject(engine: TestEngine) async throws {
        try await Factory.with(engine) { factory in
            let exception = try await factory.exception("outsidePlan")
            let first = try await factory.need(exception: exception)
            let again = await #expect(throws: Refusal.self) { _ = try await factory.need(exception: exception) }
            #expect(again?.article == enterpriseIT["第三条"] && again?.words.zh.contains("一份特批只用于一件事") == true)
            let project = try await factory.desk.take(
                DevelopmentRequest.request, input: ["subject": .text("工时系统"), "need": .text("统计工时")], by: factory.worker
            ).id
            let analysis: [String: JSONValue] = [
                "exception": .whole(exception), "isAlone": .flag(true), "why": .text("只作公示"), "platform": .text("内网网页"),
            ]
            await #expect(throws: Refusal.self) {
                try await factory.desk.take(DevelopmentRequest.analyse, on: project, input: analysis, by: factory.network)
            }
            // What was cancelled gives it back.
            try await factory.desk.take(ITPurchase.cancel, on: first, input: ["reason": .text("不再需要")], by: factory.director)
            try await factory.desk.take(DevelopmentRequest.analyse, on: project, input: analysis, by: factory.network)
            await #expect(throws: Refusal.self) { _ = try await factory.need(exception: exception) }
        }
    }

    @Test(.demand(enterpriseIT["第三条"], 3), arguments: TestEngine.all)
    func whatRestsOnThePlanRestsOnAnItemOfItsKind(engine: TestEngine) async throws {
        try await Factory.with(engine) { factory in
            let hardware = try await factory.plan()
            let software = await #expect(throws: Refusal.self) { _ = try await factory.need("software", item: hardware) }
            #expect(software?.article == enterpriseIT["第三条"] && software?.words.zh.contains("类别是“硬件采购”") == true)
            let project = try await factory.desk.take(
                DevelopmentRequest.request, input: ["subject": .text("工时系统"), "need": .text("统计工时")], by: factory.worker
            ).id
            await #expect(throws: Refusal.self) {
                try await factory.desk.take(
                    DevelopmentRequest.analyse, on: project,
                    input: [
                        "planItem": .whole(hardware), "isAlone": .flag(true), "why": .text("只作公示"), "platform": .text("内网网页"),
                    ], by: factory.network)
            }
            _ = try await factory.need(item: hardware)
            // Without an item of its kind it takes an exception.
            _ = try await factory.need("software", item: hardware, exception: try await factory.exception("outsidePlan"))
        }
    }
}
