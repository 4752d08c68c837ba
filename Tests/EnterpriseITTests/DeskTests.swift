import ArticleProof
import EngineFixture
import EnterpriseIT
import Kernel
import TestOffice
import Testing
import WorkCalendar

@Suite(.article(enterpriseIT["第二章21"])) struct DeskTests {
    private func ask(_ factory: Factory, urgency: String = "medium") async throws -> Int64 {
        try await factory.desk.take(
            ServiceTicket.ask,
            input: ["subject": .text("打印机无法打印"), "what": .text("显示脱机"), "kind": .text("fault"), "urgency": .text(urgency)],
            by: factory.worker
        ).id
    }
    private func take(_ factory: Factory, _ id: Int64, impact: String = "high") async throws {
        try await factory.desk.take(
            ServiceTicket.take, on: id, input: ["impact": .text(impact), "assignee": .whole(factory.network.person.raw)], by: factory.desk1)
    }
    private func solve(_ factory: Factory, _ id: Int64) async throws {
        try await factory.desk.take(ServiceTicket.solve, on: id, input: ["solution": .text("重启后台服务")], by: factory.network)
    }

    @Test(.demand(enterpriseIT["第二章21"], 1), arguments: TestEngine.all)
    func aTicketIsOverWhenTheAskerSaysSo(engine: TestEngine) async throws {
        try await Factory.with(engine) { factory in
            let id = try await ask(factory)
            // Thursday 09:00 and two working hours.
            #expect(try await factory.clock(id, "owning")?.due == Moment(factory.today, hour: 11)!)
            try await take(factory, id)
            #expect(try await factory.value(id, "priority") == .text("second"))
            // Eight working hours of the opening: 12:00 less 3, 13:30 to 17:30, then Friday 08:00 to 09:00.
            #expect(try await factory.clock(id, "solving")?.due == Moment(factory.today.adding(days: 1), hour: 9)!)
            await #expect(throws: DeskError.self) { try await solve(factory, try await ask(factory)) }
            try await solve(factory, id)
            // Nobody but the asker ends it.
            for other in [factory.desk1, factory.network, factory.director, factory.worker2] {
                await #expect(throws: DeskError.self) {
                    try await factory.desk.take(ServiceTicket.confirm, on: id, input: ["satisfaction": .text("good")], by: other)
                }
            }
            try await factory.desk.take(ServiceTicket.reopen, on: id, input: ["note": .text("又脱机了")], by: factory.worker)
            try await solve(factory, id)
            try await factory.desk.take(ServiceTicket.confirm, on: id, input: ["satisfaction": .text("good")], by: factory.worker)
            #expect(try await factory.state(id) == "closed")
            #expect(try await factory.value(id, "reopened") == .whole(1))
        }
    }

    @Test(arguments: TestEngine.all) func waitingForTheAskerStopsTheClock(engine: TestEngine) async throws {
        try await Factory.with(engine, at: Moment(Day(iso: "2026-09-30")!, hour: 15, minute: 30)!) { factory in
            let id = try await ask(factory)
            try await take(factory, id)
            factory.office.move(to: Moment(Day(iso: "2026-09-30")!, hour: 16, minute: 30)!)
            try await factory.desk.take(ServiceTicket.wait, on: id, input: ["note": .text("请提供型号")], by: factory.network)
            // Ten days and a holiday: no clock runs, and nothing is overdue.
            factory.office.move(to: Moment(Day(iso: "2026-10-10")!, hour: 9)!)
            try await factory.desk.runJobs()
            #expect(try await factory.clock(id, "solving")?.met != nil)
            try await factory.desk.take(ServiceTicket.answer, on: id, input: ["note": .text("M7400")], by: factory.worker)
            #expect(try await factory.clock(id, "solving")?.due == Moment(Day(iso: "2026-10-10")!, hour: 17, minute: 30)!)
            factory.office.move(to: Moment(Day(iso: "2026-10-10")!, hour: 10)!)
            try await solve(factory, id)
            #expect(try await factory.value(id, "minutes") == .whole(120))
            #expect(try await factory.value(id, "isLate") == .null)
        }
    }

    @Test(arguments: TestEngine.all) func aBreachStaysWhenThePriorityChanges(engine: TestEngine) async throws {
        try await Factory.with(engine) { factory in
            let id = try await ask(factory, urgency: "high")
            try await take(factory, id)
            #expect(try await factory.value(id, "priority") == .text("first"))
            factory.office.move(hours: 26)
            try await factory.desk.runJobs()
            try await factory.desk.take(
                ServiceTicket.reprioritise, on: id, input: ["urgency": .text("low"), "impact": .text("low"), "note": .text("可绕行")],
                by: factory.desk1)
            // It does not restart from now: 40 working hours of the opening are five days of eight.
            #expect(try await factory.clock(id, "solving")?.due == Moment(Day(iso: "2026-01-22")!, hour: 9)!)
            #expect(try await factory.value(id, "isLate") == .flag(true))
            // Major is the director's to say.
            await #expect(throws: DeskError.self) {
                try await factory.desk.take(ServiceTicket.makeMajor, on: id, input: ["note": .text("全厂停")], by: factory.desk1)
            }
            try await factory.desk.take(ServiceTicket.makeMajor, on: id, input: ["note": .text("全厂停")], by: factory.director)
            #expect(try await factory.value(id, "priority") == .text("major"))
        }
    }

    /// It is the desk that is late, and not the one who waits for it.
    @Test(arguments: TestEngine.all) func theAskerHearsThatTheDeskIsLateAndIsNotCalledLate(engine: TestEngine) async throws {
        try await Factory.with(engine) { factory in
            func told(_ person: Principal) async throws -> [String] {
                try await factory.desk.notices(of: person.person).notices.map(\.words.zh)
            }
            let id = try await ask(factory)
            factory.office.move(hours: 4)
            try await factory.desk.runJobs()
            #expect(try await told(factory.worker).contains { $0.contains("服务台还没有在承诺的时间内受理您的服务单") })
            try await take(factory, id)
            factory.office.move(hours: 24 * 7)
            try await factory.desk.runJobs()
            let words = try await told(factory.worker)
            #expect(words.contains { $0.contains("服务台还没有在承诺的时间内解决您的服务单") && $0.contains("您不必办理") })
            #expect(!words.contains { $0.contains("请尽快办理") || $0.contains("即将到期") })
            #expect(try await told(factory.director).contains { $0.contains("限时解决已逾期，请督办") })
        }
    }

    @Test func aTicketAskedAtNightHasAClock() async throws {
        try await Factory.with(at: Moment(Day(iso: "2026-01-17")!, hour: 22)!) { factory in
            let id = try await ask(factory)
            #expect(try await factory.clock(id, "owning")?.due == Moment(Day(iso: "2026-01-19")!, hour: 10)!)
        }
    }

    @Test(.demand(enterpriseIT["第二章21"], 2), arguments: TestEngine.all) func theMonthIsCounted(engine: TestEngine) async throws {
        try await Factory.with(engine) { factory in
            let one = try await ask(factory), two = try await ask(factory)
            _ = try await ask(factory)
            for id in [one, two] { try await take(factory, id) }
            try await solve(factory, one)
            try await factory.desk.take(ServiceTicket.confirm, on: one, input: ["satisfaction": .text("good")], by: factory.worker)
            factory.office.move(hours: 48)
            try await solve(factory, two)
            factory.office.move(to: Moment(Day(iso: "2026-02-02")!, hour: 9)!)
            try await factory.desk.runJobs()
            let rows = try await factory.rows("service-desk-figures").map(\.values)
            let values = try #require(rows.first { $0["period"] == .text("2026-01") })
            #expect(
                values["asked"] == .whole(3) && values["solved"] == .whole(2) && values["late"] == .whole(1) && values["open"] == .whole(1))
            #expect(values["inTime"] == .text("50") && values["content"] == .whole(1))
        }
    }

    @Test(.demand(enterpriseIT["第二章18"], 1), arguments: TestEngine.all)
    func coachingIsConfirmedAndKnowledgeIsWrittenByTwo(engine: TestEngine) async throws {
        try await Factory.with(engine) { factory in
            let article = try await factory.desk.take(
                KnowledgeArticle.write, input: ["subject": .text("打印机脱机"), "symptom": .text("显示脱机"), "answer": .text("重启后台服务")],
                by: factory.desk1
            ).id
            await #expect(throws: DeskError.self) { try await factory.desk.take(KnowledgeArticle.publish, on: article, by: factory.worker) }
            await #expect(throws: Refusal.self) { try await factory.desk.take(KnowledgeArticle.publish, on: article, by: factory.desk1) }
            try await factory.desk.take(KnowledgeArticle.publish, on: article, by: factory.network)
            #expect(try await factory.view(article, by: factory.worker).row.state == "published")
            func coach(_ day: JSONValue) async throws -> Int64 {
                try await factory.desk.take(
                    CoachingRecord.write,
                    input: [
                        "day": day, "department": .whole(factory.workshop.raw), "system": .text("生产系统"), "topic": .text("报工"),
                        "people": .list([.whole(factory.worker.person.raw)]), "article": .whole(article),
                    ], by: factory.desk1
                ).id
            }
            await #expect(throws: Refusal.self) { _ = try await coach(factory.day(1)) }
            let record = try await coach(factory.day(0))
            await #expect(throws: DeskError.self) {
                try await factory.desk.take(CoachingRecord.confirm, on: record, input: ["outcome": .text("已会")], by: factory.desk1)
            }
            try await factory.desk.take(CoachingRecord.confirm, on: record, input: ["outcome": .text("已会")], by: factory.head)
        }
    }
}
