import ArticleProof
import DrugQuality
import EngineFixture
import Kernel
import TestOffice
import Testing
import WorkCalendar

@Suite struct ItemTests {
    @Test(.demand(drugQuality[1], 1), arguments: TestEngine.all)
    func whatConcernsGoodsNamesThem(engine: TestEngine) async throws {
        try await Trader.with(engine) { trader in
            let refusal = await #expect(throws: Refusal.self) { try await trader.report(["batchNo": .text("20230501")]) }
            #expect(refusal?.article == drugQuality[1])
            #expect(Set(refusal?.faults.map(\.field) ?? []) == ["drug", "maker", "supplier", "quantity", "approvalNo"])
            let batchless = Trader.goods.merging(["batchNo": .text("")]) { $1 }
            let unnumbered = await #expect(throws: Refusal.self) { try await trader.report(batchless) }
            #expect(unnumbered?.faults.map(\.field) == ["batchNo"])
            let id = try await trader.report(Trader.goods)
            let values = try await trader.view(id).row.values
            #expect(values["stage"] == .text("sale") && values["batchNo"] == .text("20230501") && values["maker"] == .text("华北制药演示厂"))
            #expect(values["lastGoodDay"] == .text("2027-02-28"))
            // Without a stage nothing is reported.
            await #expect(throws: DeskError.self) { try await trader.report(["stage": .text("")]) }
        }
    }

    @Test(.demand(drugQuality[2], 1), arguments: TestEngine.all)
    func everythingReachesTheQualityDepartment(engine: TestEngine) async throws {
        try await Trader.with(engine) { trader in
            let mine = try await trader.report(), other = try await trader.report(by: trader.keeper)
            #expect(Set(try await trader.tray(of: trader.officer)) == [mine, other])
            #expect(Set(try await trader.tray(of: trader.qualityHead)) == [mine, other])
            #expect(try await trader.tray(of: trader.salesHead).isEmpty)
        }
    }

    @Test(.demand(drugQuality[2], 2), arguments: TestEngine.all)
    func nobodyElseClosesIt(engine: TestEngine) async throws {
        try await Trader.with(engine) { trader in
            let id = try await trader.report()
            // Not by taking it back either.
            await #expect(throws: DeskError.self) {
                try await trader.desk.handle(.withdraw(document: id, reason: "不报了"), by: trader.seller)
            }
            try await trader.analyse(id)
            try await trader.decide(id)
            try await trader.answer(id)
            try await trader.desk.take(QualityItem.acknowledge, on: id, by: trader.seller)
            for person in [trader.seller, trader.salesHead, trader.manager, trader.deputy] {
                await #expect(throws: DeskError.self) { try await trader.close(id, by: person) }
            }
            try await trader.close(id)
            #expect(try await trader.view(id).row.state == "closed")
        }
    }

    @Test(.article(drugQuality[2])) func whoReportedDoesNotCloseNorAnalyse() async throws {
        try await Trader.with { trader in
            let id = try await trader.report(by: trader.officer)
            let refusal = await #expect(throws: Refusal.self) { try await trader.analyse(id, by: trader.officer) }
            #expect(refusal?.words.zh.contains("不得再") == true)
            try await trader.analyse(id, by: trader.secondOfficer)
        }
    }

    @Test(.demand(drugQuality[3], 1, 2), arguments: TestEngine.all)
    func eachClassHasItsOwnForm(engine: TestEngine) async throws {
        try await Trader.with(engine) { trader in
            let base: [String: JSONValue] = [
                "subject": .text("甲"), "stage": .text("purchase"), "way": .text("visit"), "facts": .text("乙"),
                "knownAt": .text(trader.office.now.adding(hours: -1).description), "minutes": .whole(5),
            ]
            let forms: [String: [String: JSONValue]] = [
                "law": [:], "supplier": ["capabilities": .text("people;process"), "supplier": .text("岭南医药演示公司")],
                "competitor": ["competitor": .text("某医药公司"), "competitorAspects": .text("level")],
                "internal": ["internalAspects": .text("environment")],
                "authority": ["authority": .text("省药监局"), "noticeNo": .text("2026年第1号"), "noticeDay": .text("2026-01-10")],
                "consumer": ["concern": .text("question")],
            ]
            for (kind, own) in forms {
                let input = base.merging(own) { $1 }.merging(["kind": .text(kind)]) { $1 }
                try await trader.desk.take(QualityItem.report, input: input, by: trader.seller)
                // What belongs to another class is not asked for, and not taken in silence.
                let foreign: (String, JSONValue) = kind == "competitor" ? ("concern", .text("question")) : ("competitor", .text("某公司"))
                let error = await #expect(throws: DeskError.self) {
                    try await trader.desk.take(QualityItem.report, input: input.merging([foreign.0: foreign.1]) { $1 }, by: trader.seller)
                }
                #expect(Self.fields(error) == [foreign.0], "\(kind)")
            }
            // And what belongs to it is.
            let error = await #expect(throws: DeskError.self) {
                try await trader.desk.take(QualityItem.report, input: base.merging(["kind": .text("authority")]) { $1 }, by: trader.seller)
            }
            #expect(Self.fields(error) == ["authority", "noticeNo", "noticeDay"])
            let none = await #expect(throws: DeskError.self) {
                try await trader.desk.take(QualityItem.report, input: base.merging(["kind": .text("gossip")]) { $1 }, by: trader.seller)
            }
            #expect(Self.fields(none).contains("kind"))
            // Several aspects, in words or by their values; one that is none is named with those that there are.
            let several = base.merging(["kind": .text("internal"), "internalAspects": .text("药品质量；work；drug")]) { $1 }
            let id = try await trader.desk.take(QualityItem.report, input: several, by: trader.seller).id
            #expect(try await trader.desk.document(id, by: trader.seller.person).row.values["internalAspects"] == .text("drug;work"))
            let wrong = await #expect(throws: DeskError.self) {
                try await trader.desk.take(
                    QualityItem.report, input: several.merging(["internalAspects": .text("work;天气")]) { $1 }, by: trader.seller)
            }
            let words = Words(
                "内部质量方面没有“天气”，可选：药品质量；环境质量；服务质量；工作质量",
                "Internal aspects has no “天气”; there are: Drugs; Environment; Service; Work")
            #expect(wrong == .invalid([.init(field: "internalAspects", words)]))
            // The counts by class stand in the figures of the month: what was refused is in none of them.
            trader.office.move(to: Moment(Day(iso: "2026-02-01")!, hour: 1)!)
            try await trader.desk.runJobs()
            var query = RegisterQuery()
            query.unit = trader.salesUnit
            let figures = try #require(try await trader.desk.register("quality-figures", query, by: trader.officer.person).rows.first)
            let counts = figures.values["classes"]?.list ?? []
            #expect(counts.map { $0["kind"].text } == ["law", "supplier", "competitor", "internal", "authority", "consumer"])
            #expect(counts.map { $0["count"].whole } == [1, 1, 1, 2, 1, 1])
        }
    }

    @Test(.demand(drugQuality[5], 1), arguments: TestEngine.all)
    func theWayIsOneOfTheList(engine: TestEngine) async throws {
        try await Trader.with(engine) { trader in
            for way in Collecting.allCases where way != .unknown {
                let id = try await trader.report(["way": .text(way.rawValue)])
                #expect(try await trader.value(id, "way") == .text(way.rawValue))
            }
            for none in ["hearsay", ""] {
                let error = await #expect(throws: DeskError.self) { try await trader.report(["way": .text(none)]) }
                #expect(Self.fields(error) == ["way"], "\(none)")
            }
        }
    }

    private static func fields(_ error: (any Error)?) -> [String] {
        guard case .invalid(let faults)? = error as? DeskError else { return [] }
        return faults.map(\.field)
    }

    @Test(.demand(drugQuality[8], 1, 3), .demand(drugQuality[6], 1), arguments: TestEngine.all)
    func fromTheReportToTheAcknowledgement(engine: TestEngine) async throws {
        try await Trader.with(engine) { trader in
            let id = try await trader.report()
            trader.office.move(hours: 1)
            try await trader.analyse(id)
            #expect(try await trader.tray(of: trader.manager) == [id])
            trader.office.move(hours: 1)
            try await trader.decide(id)
            trader.office.move(hours: 1)
            try await trader.answer(id)
            // The reporter sees what became of it all the time, and acknowledges.
            let seen = try await trader.desk.document(id, by: trader.seller.person)
            #expect(seen.row.values["feedback"] == .text("已抽检，结果另行告知") && seen.row.values["decision"] == .text("同意"))
            #expect(try await trader.tray(of: trader.seller) == [id])
            await #expect(throws: DeskError.self) { try await trader.close(id) }
            trader.office.move(hours: 1)
            try await trader.desk.take(QualityItem.acknowledge, on: id, by: trader.seller)
            trader.office.move(hours: 1)
            try await trader.close(id)
            let trail = try await trader.view(id).trail.reversed().filter { $0.kind == .act }
            #expect(trail.map(\.title.zh) == ["上报质量信息", "分析汇总", "审阅决策", "填写信息反馈单", "确认收到反馈", "结案归档"])
            #expect(trail.map(\.who.zh) == ["seller", "officer", "manager", "officer", "seller", "officer"])
            #expect(trail.map(\.at) == (0..<6).map { TestOffice.start.adding(hours: $0) })
            try await trader.desk.runJobs()
            #expect(try await trader.desk.verify().isClean)
        }
    }

    @Test(.demand(drugQuality[4], 2)) func closingNeedsAJudgementOfItsUse() async throws {
        try await Trader.with { trader in
            let id = try await trader.report()
            try await trader.analyse(id)
            try await trader.decide(id)
            try await trader.answer(id)
            try await trader.desk.take(QualityItem.acknowledge, on: id, by: trader.seller)
            let error = await #expect(throws: DeskError.self) { try await trader.desk.take(QualityItem.close, on: id, by: trader.officer) }
            #expect(Self.fields(error) == ["usefulness"])
            try await trader.close(id)
            #expect(try await trader.value(id, "usefulness") == .text("useful"))
        }
    }

    @Test(.demand(drugQuality[6], 1), arguments: TestEngine.all)
    func theClassChoosesWhoDecides(engine: TestEngine) async throws {
        try await Trader.with(engine) { trader in
            let department = try await trader.report(), unit = try await trader.report()
            try await trader.analyse(department, decider: "department")
            try await trader.analyse(unit, decider: "unit")
            #expect(try await trader.tray(of: trader.manager).isEmpty)
            #expect(try await trader.tray(of: trader.salesHead) == [unit])
            await #expect(throws: (any Error).self) { try await trader.decide(department) }
            try await trader.desk.take(
                QualityItem.decideInQuality, on: department, input: ["decision": .text("知悉")], by: trader.qualityHead)
            try await trader.desk.take(QualityItem.decideInUnit, on: unit, input: ["decision": .text("知悉")], by: trader.salesHead)
            // Noted, without a measure, is a decision.
            #expect(try await trader.view(department).row.state == "decided")
            // What needs the leader's decision goes to the leader, and nobody below decides it.
            let leader = try await trader.report()
            try await trader.analyse(leader)
            #expect(try await trader.tray(of: trader.manager) == [leader])
            for step in [QualityItem.decideInQuality, QualityItem.decide] {
                await #expect(throws: (any Error).self) {
                    try await trader.desk.take(step, on: leader, input: ["decision": .text("知悉")], by: trader.qualityHead)
                }
            }
            try await trader.decide(leader)
            #expect(try await trader.view(leader).row.state == "decided")
        }
    }

    @Test(.demand(drugQuality[8], 3), arguments: TestEngine.all)
    func duplicatesAreMergedAndEveryReporterIsAnswered(engine: TestEngine) async throws {
        try await Trader.with(engine) { trader in
            let main = try await trader.report(known: 1), twice = try await trader.report(known: 3, by: trader.keeper)
            await #expect(throws: Refusal.self) {
                try await trader.desk.take(QualityItem.merge, on: twice, input: ["main": .whole(twice)], by: trader.officer)
            }
            try await trader.desk.take(QualityItem.merge, on: twice, input: ["main": .whole(main)], by: trader.officer)
            // The earliest knowing time counts.
            #expect(try await trader.value(main, "knownAt") == .text(trader.office.now.adding(hours: -3).description))
            #expect(try await trader.value(main, "firstKnownAt") == .text(trader.office.now.adding(hours: -1).description))
            try await trader.analyse(main)
            try await trader.decide(main)
            try await trader.answer(main)
            #expect(try await trader.tray(of: trader.keeper) == [twice])
            #expect(try await trader.desk.document(twice, by: trader.keeper.person).row.values["feedback"] == .text("已抽检，结果另行告知"))
            try await trader.desk.take(QualityItem.acknowledgeAlong, on: twice, by: trader.keeper)
            #expect(try await trader.view(twice).row.state == "settled")
        }
    }

    @Test(.article(drugQuality[3]), arguments: TestEngine.all)
    func whatRestsOnAChangedNoticeIsReopened(engine: TestEngine) async throws {
        try await Trader.with(engine) { trader in
            let input: [String: JSONValue] = [
                "kind": .text("announcement"), "name": .text("关于停售的公告"), "source": .text("国家药监局"), "number": .text("2026年第1号"),
                "day": .text("2026-01-10"),
            ]
            let law = try await trader.desk.take(LawEntry.register, input: input, by: trader.officer).id
            // The same number, typed otherwise, is the same notice.
            await #expect(throws: Refusal.self) {
                try await trader.desk.take(
                    LawEntry.register, input: input.merging(["number": .text("２０２６年第 1 号")]) { $1 }, by: trader.officer)
            }
            let item = try await trader.desk.take(
                QualityItem.report,
                input: [
                    "kind": .text("law"), "subject": .text("新公告"), "stage": .text("sale"), "way": .text("analysis"),
                    "facts": .text("涉及本公司"),
                    "knownAt": .text(trader.office.now.description), "minutes": .whole(5), "law": .whole(law),
                ], by: trader.seller
            ).id
            try await trader.analyse(item)
            try await trader.decide(item)
            try await trader.answer(item)
            try await trader.desk.take(QualityItem.acknowledge, on: item, by: trader.seller)
            try await trader.close(item)
            try await trader.desk.take(LawEntry.amend, on: law, input: ["change": .text("同一公报中更正")], by: trader.officer)
            #expect(try await trader.view(item).row.state == "reported")
            #expect(try await trader.view(law).row.state == "changed")
            #expect(try await trader.view(law).row.values["seenAt"] == .text(trader.office.now.description))
        }
    }
}
