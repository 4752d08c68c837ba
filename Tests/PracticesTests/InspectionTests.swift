import ArticleProof
import EngineFixture
import Kernel
import Practices
import TestOffice
import Testing
import WorkCalendar

@Suite struct InspectionTests {
    @Test(arguments: TestEngine.all) func anInspectionEndsWithTheLastDanger(engine: TestEngine) async throws {
        try await TestOffice.with(engine, [houseContents, practicesContents]) { office in
            let desk = office.desk
            let head = Principal(try await office.hire("head", .head, in: office.company))
            let second = Principal(try await office.hire("second", .head, in: office.company))
            let inspector = Principal(try await office.hire("inspector", porter, in: office.service))
            let owner = Principal(try await office.hire("owner", nil, in: office.service))
            try await desk.runJobs()
            let plan = try #require(try await desk.register("inspection-plan", RegisterQuery(), by: head.person).rows.first)
            let places: [JSONValue] = ["机房", "库房"].map {
                .record([.init("place", .text($0)), .init("owner", .whole(owner.person.raw))])
            }
            try await desk.take(
                InspectionPlan.draft, on: plan.id,
                input: [
                    "heading": .text("房间安全检查"), "rhythm": .text("month"), "inspector": .whole(inspector.person.raw),
                    "removalDays": .whole(5), "places": .list(places), "items": .list([.record([.init("item", .text("灭火器"))])]),
                ], by: inspector)
            try await desk.take(InspectionPlan.approve, on: plan.id, by: second)
            office.move(hours: 24)
            try await desk.runJobs()
            try await desk.runJobs()
            let rows = try await desk.register("inspection", RegisterQuery(), by: head.person).rows
            let inspection = try #require(rows.first)
            #expect(rows.count == 1, "one for each period")

            func lines(_ second: String, _ note: String) -> [String: JSONValue] {
                let place = { (name: String, result: String, note: String) -> JSONValue in
                    .record([
                        .init("place", .text(name)), .init("item", .text("灭火器")), .init("owner", .whole(owner.person.raw)),
                        .init("result", .text(result)), .init("note", .text(note)),
                    ])
                }
                return ["lines": .list([place("机房", "good", ""), place("库房", second, note)])]
            }
            let unchecked = await #expect(throws: Refusal.self) {
                try await desk.take(Inspection.record, on: inspection.id, input: lines("", ""), by: inspector)
                try await desk.take(Inspection.finish, on: inspection.id, by: inspector)
            }
            #expect(unchecked?.words.zh == "还有 1 项未检查，不能完成" && unchecked?.article == houseRules[2])
            // The plan says what is looked at: a place that is left out is no place that is in order.
            let short = lines("danger", "压力不足").mapValues { JSONValue.list(Array($0.list.prefix(1))) }
            let dropped = await #expect(throws: Refusal.self) {
                try await desk.take(Inspection.record, on: inspection.id, input: short, by: inspector)
            }
            #expect(dropped?.words.zh == "检查的场所、项目和责任人由方案确定，不能增删或改动")
            try await desk.take(Inspection.record, on: inspection.id, input: lines("danger", "压力不足"), by: inspector)
            try await desk.take(Inspection.finish, on: inspection.id, by: inspector)
            let early = await #expect(throws: Refusal.self) { try await desk.take(Inspection.confirm, on: inspection.id, by: inspector) }
            #expect(early?.words.zh == "还有 1 项隐患未消除，不能办结")

            let danger = try #require(try await desk.register("danger", RegisterQuery(), by: head.person).rows.first)
            try await desk.take(Danger.remove, on: danger.id, input: ["measure": .text("已换新")], by: owner)
            try await desk.take(Danger.giveBack, on: danger.id, input: ["reason": .text("压力仍不足")], by: inspector)
            try await desk.take(Danger.remove, on: danger.id, input: ["measure": .text("再次更换")], by: owner)
            try await desk.take(Danger.confirm, on: danger.id, by: inspector)
            #expect(try await desk.document(inspection.id, by: head.person).row.state == "closed")
        }
    }
}
