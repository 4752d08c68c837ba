import ArticleProof
import EngineFixture
import EnterpriseIT
import Kernel
import Practices
import TestOffice
import Testing
import WorkCalendar

/// What the regulation asks for and the house's practices carry out under its articles.
@Suite struct PracticeTests {
    private func heads(_ factory: Factory) async throws -> (Principal, Principal) {
        let office = factory.office
        return (
            Principal(try await office.hire("chief", .head, in: office.company)), Principal(try await office.hire("chief2", .head, in: office.company))
        )
    }

    @Test(.demand(enterpriseIT["第二章14"], 1), arguments: TestEngine.all)
    func eachUserSignsTheOperatingRules(engine: TestEngine) async throws {
        try await Factory.with(engine) { factory in
            let (chief, second) = try await heads(factory), desk = factory.desk
            try await desk.runJobs()
            let rule = try #require(
                try await factory.rows("signed-rule", by: chief).first { $0.values["law"]?.text?.contains("第二章14") == true })
            try await desk.take(
                SignedRule.draft, on: rule.id,
                input: ["heading": .text("计算机操作规程"), "text": .text("不带电插拔，不私拉网线。"), "signingDays": .whole(5)], by: chief)
            let same = await #expect(throws: Refusal.self) { try await desk.take(SignedRule.approve, on: rule.id, by: chief) }
            #expect(same?.article == enterpriseIT["第二章14"])
            try await desk.take(SignedRule.approve, on: rule.id, by: second)
            let open = try await factory.rows("undertaking", by: chief)
            let bound = Set(open.compactMap { row in row.values["person"]?.whole })
            #expect(bound.isSuperset(of: [factory.worker.person.raw, factory.network.person.raw]))
            let mine = try #require(open.first { $0.values["person"] == .whole(factory.worker.person.raw) })
            await #expect(throws: DeskError.self) { try await desk.take(Undertaking.sign, on: mine.id, by: factory.worker2) }
            try await desk.take(Undertaking.sign, on: mine.id, by: factory.worker)
            // Who has not signed in time shows to the head.
            factory.office.move(hours: 24 * 7)
            try await desk.runJobs()
            let late = try #require(open.first { $0.values["person"] == .whole(factory.worker2.person.raw) })
            #expect(try await factory.tasks(of: factory.head).contains(late.id))
        }
    }

    @Test(.demand(enterpriseIT["第三章六"], 1), arguments: TestEngine.all)
    func aRoomThatIsInNoPlanOfInspectionShows(engine: TestEngine) async throws {
        try await Factory.with(engine) { factory in
            let (chief, _) = try await heads(factory), desk = factory.desk
            func room(_ label: String) async throws -> Int64 {
                try await desk.take(
                    ComputerRoom.register,
                    input: [
                        "label": .text(label), "place": .text("二楼"), "leader": .whole(factory.head.person.raw),
                        "onDuty": .list([.whole(factory.duty.person.raw)]), "rules": .text("人离断电，关窗锁门。"),
                    ], by: factory.director
                ).id
            }
            let listed = try await room("一车间电脑室"), left = try await room("二车间电脑室")
            func shown() async throws -> Set<Int64> {
                factory.office.move(hours: 2)
                try await desk.runJobs()
                return Set(try await factory.tasks(of: factory.assets)).intersection([listed, left])
            }
            #expect(try await shown() == [listed, left])
            let plan = try #require(try await factory.rows("inspection-plan", by: chief).first).id
            func draft(_ rooms: [String]) async throws {
                let places = rooms.map { Factory.record(["place": .text($0), "owner": .whole(factory.head.person.raw)]) }
                try await desk.take(
                    InspectionPlan.draft, on: plan,
                    input: [
                        "heading": .text("电脑部位检查"), "rhythm": .text("month"), "inspector": .whole(factory.assets.person.raw),
                        "removalDays": .whole(3), "places": .list(places), "items": .list([Factory.record(["item": .text("电源")])]),
                    ], by: factory.assets)
                try await desk.take(InspectionPlan.approve, on: plan, by: chief)
            }
            try await draft(["一车间 电脑室"])
            #expect(try await shown() == [left])
            try await desk.take(InspectionPlan.change, on: plan, input: ["reason": .text("补列")], by: factory.assets)
            try await draft(["一车间电脑室", "二车间电脑室"])
            #expect(try await shown().isEmpty)
            // A room of later shows again; one that is closed does not.
            let third = try await room("三车间电脑室")
            factory.office.move(hours: 2)
            try await desk.runJobs()
            #expect(try await factory.tasks(of: factory.assets).contains(third))
            try await desk.take(ComputerRoom.close, on: third, input: ["reason": .text("搬迁")], by: factory.director)
            try await desk.runJobs()
            #expect(try await !factory.tasks(of: factory.assets).contains(third))
        }
    }

    @Test(.demand(enterpriseIT["第三章六"], 2), arguments: TestEngine.all)
    func allRoomsAreInspectedAndDangersFollowed(engine: TestEngine) async throws {
        try await Factory.with(engine) { factory in
            let (chief, _) = try await heads(factory), desk = factory.desk
            try await desk.runJobs()
            let plan = try #require(try await factory.rows("inspection-plan", by: chief).first)
            let place = Factory.record(["place": .text("一车间电脑室"), "owner": .whole(factory.head.person.raw)])
            let items = ["电源", "门窗"].map { Factory.record(["item": .text($0)]) }
            try await desk.take(
                InspectionPlan.draft, on: plan.id,
                input: [
                    "heading": .text("电脑部位检查"), "rhythm": .text("month"), "inspector": .whole(factory.assets.person.raw), "removalDays": .whole(3),
                    "places": .list([place]), "items": .list(items),
                ], by: factory.assets)
            try await desk.take(InspectionPlan.approve, on: plan.id, by: chief)
            factory.office.move(hours: 24)
            try await desk.runJobs()
            let round = try #require(try await factory.rows("inspection", by: chief).first).id
            func lines(_ second: String, _ note: String) -> [String: JSONValue] {
                func line(_ item: String, _ result: String, _ note: String) -> JSONValue {
                    Factory.record([
                        "place": .text("一车间电脑室"), "owner": .whole(factory.head.person.raw), "item": .text(item), "result": .text(result),
                        "note": .text(note),
                    ])
                }
                return ["lines": .list([line("电源", "good", ""), line("门窗", second, note)])]
            }
            let unchecked = await #expect(throws: Refusal.self) {
                try await desk.take(Inspection.record, on: round, input: lines("", ""), by: factory.assets)
                try await desk.take(Inspection.finish, on: round, by: factory.assets)
            }
            #expect(unchecked?.article == enterpriseIT["第三章六"])
            try await desk.take(Inspection.record, on: round, input: lines("danger", "窗锁坏"), by: factory.assets)
            try await desk.take(Inspection.finish, on: round, by: factory.assets)
            let danger = try #require(try await factory.rows("danger", by: chief).first).id
            // The director of the centre sees the plan, the round and the danger; a workshop's worker sees none.
            for type in ["inspection-plan", "inspection", "danger"] {
                #expect(try await factory.rows(type, by: factory.director).count == 1)
                #expect(try await factory.rows(type, by: factory.worker2).isEmpty)
            }
            // So does whoever comes into that post later, from the next day on.
            let next = Principal(try await factory.office.hire("director2", centreDirector, in: factory.centre))
            #expect(try await factory.rows("danger", by: next).isEmpty)
            factory.office.move(hours: 24)
            try await desk.runJobs()
            for type in ["inspection-plan", "inspection", "danger"] { #expect(try await factory.rows(type, by: next).count == 1) }
            #expect(try await factory.tasks(of: factory.head).contains(danger))
            try await desk.take(Danger.remove, on: danger, input: ["measure": .text("已修")], by: factory.head)
            try await desk.take(Danger.confirm, on: danger, by: factory.assets)
            #expect(try await factory.view(round, by: chief).row.state == "closed")
        }
    }
}
