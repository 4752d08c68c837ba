import ArticleProof
import CustomerAuthenticity
import EngineFixture
import Kernel
import TestOffice
import Testing
import WorkCalendar

/// Procedures with their review, answers beside their article, and versions of the rules.
@Suite struct RuleTests {
    private func procedure(_ insurer: InsurerOffice, replacing: Int64? = nil, article: Int = 13) async throws -> Int64 {
        var input: [String: JSONValue] = [
            "article": .text(authenticity[article].key), "subject": .text("问题件排查流程"), "department": .whole(insurer.office.market.raw),
            "owner": .whole(insurer.backOffice.person.raw), "standard": .text("收到后当日联系客户。"),
        ]
        if let replacing { input["replaces"] = .whole(replacing) }
        return try await insurer.desk.take(Procedure.draft, input: input, by: insurer.backOffice).id
    }

    private func found(_ insurer: InsurerOffice, _ id: Int64) async throws -> Found<Procedure> {
        try #require(try await insurer.desk.load([ID<Procedure>(id)]).first)
    }

    @Test(.demand(authenticity[25], 1), arguments: TestEngine.all)
    func aProcedureHasItsArticleVersionAndOwnerAndIsReviewedEachYear(engine: TestEngine) async throws {
        try await InsurerOffice.with(engine) { insurer in
            let desk = insurer.desk, first = try await procedure(insurer)
            await #expect(throws: DeskError.self, "who drafts does not approve") { try await desk.take(Procedure.approve, on: first, by: insurer.backOffice) }
            try await desk.take(Procedure.approve, on: first, by: insurer.compliance)
            let day = insurer.office.now.day
            #expect(try await found(insurer, first).value.reviewBy == day.adding(months: 12))
            // It falls due by itself.
            insurer.office.move(to: Moment.startOfDay(day.adding(months: 12).adding(days: 1)).adding(hours: 9))
            try await desk.runJobs()
            for who in [insurer.backOffice, insurer.compliance] {
                #expect(try await desk.todo(of: who.person).items.contains { $0.row.id == first }, "overdue")
            }
            let review: [String: JSONValue] = ["outcome": .text("unchanged"), "note": .text("继续适用")]
            await #expect(throws: DeskError.self, "the owner reviews") { try await desk.take(Procedure.look, on: first, input: review, by: insurer.service) }
            try await desk.take(Procedure.look, on: first, input: review, by: insurer.backOffice)
            let reviewed = try await found(insurer, first).value
            #expect(reviewed.reviews.map(\.outcome) == [.unchanged] && reviewed.reviewBy == insurer.office.now.day.adding(months: 12))
            // A new version takes the place of the old one.
            await NoticeOffice.refused("同一条文", 25) { _ = try await procedure(insurer, replacing: first, article: 12) }
            let second = try await procedure(insurer, replacing: first)
            try await desk.take(Procedure.approve, on: second, by: insurer.compliance)
            #expect(try await found(insurer, second).value.version == 2)
            #expect(try await found(insurer, first).state == .replaced)
        }
    }

    @Test(.demand(authenticity[28], 1), arguments: TestEngine.all)
    func anAnswerOfTheInterpretingUnitStandsBesideItsArticle(engine: TestEngine) async throws {
        try await InsurerOffice.with(engine) { insurer in
            let desk = insurer.desk, office = Principal(try await insurer.office.hire("office", .generalOffice, in: insurer.office.company))
            func ask(_ text: String) async throws -> Int64 {
                try await desk.take(
                    ArticleQuestion.ask, input: ["article": .text(authenticity[5].key), "question": .text(text)], by: insurer.leader
                ).id
            }
            await NoticeOffice.refused("似有个人信息", 28) { _ = try await ask("13912340001 这个号码算完整吗？") }
            let id = try await ask("未成年人为被保险人时，证件号码可否后补？")
            func beside() async throws -> [String] {
                try await desk.charter(authenticity.id, by: insurer.trainer.person).laws.first { $0.article == authenticity[5] }?.answers.map(\.answer) ?? []
            }
            #expect(try await beside().isEmpty)
            let answer: [String: JSONValue] = ["answer": .text("可以，首次办理保全时补充。")]
            await #expect(throws: DeskError.self, "only the general office interprets") {
                try await desk.take(ArticleQuestion.publish, on: id, input: answer, by: insurer.compliance)
            }
            try await desk.take(ArticleQuestion.publish, on: id, input: answer, by: office)
            #expect(try await beside() == ["可以，首次办理保全时补充。"])
            try await desk.take(ArticleQuestion.retire, on: id, input: ["reason": .text("细则已修订")], by: office)
            #expect(try await beside().isEmpty)
        }
    }

    private func amend(
        _ insurer: InsurerOffice, _ office: Principal, number: String? = "investigationWorkingDays", to value: Int64 = 5, from day: String
    ) async throws -> Int64 {
        var input: [String: JSONValue] = [
            "subject": .text("延长排查期限"), "reason": .text("节假日集中"), "inForceFrom": .text(day),
            "changes": .list([
                .record([.init("ref", .text("第十三条")), .init("newZh", .text("渠道内勤收到后5个工作日内完成排查。")), .init("newEn", .text("Five working days."))])
            ]),
        ]
        if let number { input["numbers"] = .list([.record([.init("number", .text(number)), .init("value", .whole(value))])]) }
        return try await insurer.desk.take(RegulationAmendment.draft, input: input, by: office).id
    }

    @Test(.demand(authenticity[29], 1, 2), arguments: TestEngine.all)
    func anActIsJudgedByTheVersionOfItsDayAndAClockByThatInWhichItBegan(engine: TestEngine) async throws {
        try await InsurerOffice.with(engine, at: Moment(Day(iso: "2026-03-02")!, hour: 9)!) { insurer in
            let desk = insurer.desk, office = Principal(try await insurer.office.hire("office", .generalOffice, in: insurer.office.company))
            let id = try await amend(insurer, office, from: "2026-03-06")
            #expect(try await desk.load([ID<RegulationAmendment>(id)]).first?.value.changes.first?.oldZh.contains("3个工作日") == true)
            await #expect(throws: DeskError.self, "who drafts does not enact") {
                try await desk.take(RegulationAmendment.enact, on: id, input: ["opinion": .text("同意")], by: office)
            }
            try await desk.take(RegulationAmendment.enact, on: id, input: ["opinion": .text("同意")], by: insurer.manager)
            func law() async throws -> String {
                try await desk.charter(authenticity.id, by: insurer.leader.person).laws.first { $0.article == authenticity[13] }?.text.zh ?? ""
            }
            func receive(_ item: Int64) async throws -> Moment? {
                try await insurer.distribute(item)
                try await insurer.take("receive", item, by: insurer.backOffice)
                return try await due(item)
            }
            func due(_ item: Int64) async throws -> Moment? {
                try await desk.document(item, by: insurer.service.person).deadlines.first { $0.name == "investigation" }?.due
            }
            let calendar = try await desk.calendar()
            let before = try await insurer.listSharedTelephone(), limit = calendar.limit(workingDays: 3, from: insurer.office.now).moment
            #expect(try await receive(before) == limit, "enacted, and not in force yet")
            #expect(try await law().contains("3个工作日"))
            insurer.office.move(to: Moment(Day(iso: "2026-03-06")!, hour: 9)!)
            try await insurer.submit(insurer.application("T3", sequence: 3) { for at in $0.persons.indices { $0.persons[at].mobile = "13912340009" } })
            try await insurer.submit(insurer.application("T4", sequence: 4) { for at in $0.persons.indices { $0.persons[at].mobile = "13912340009" } })
            insurer.office.move(to: Moment(Day(iso: "2026-03-09")!, hour: 9)!)
            try await desk.runJobs()
            let after = try #require(try await insurer.rows("suspicion", states: ["listed"]).last).id
            #expect(try await receive(after) == calendar.limit(workingDays: 5, from: insurer.office.now).moment)
            #expect(try await due(before) == limit, "a clock that runs keeps its time")
            #expect(try await law().hasPrefix("渠道内勤收到后5个工作日"))
            #expect(try await desk.charter(authenticity.id, by: insurer.leader.person).version == 2)
            try await desk.settleLedger()
            #expect(try await desk.verify().isClean)
        }
    }

    @Test(.article(authenticity[29], authenticity[28])) func whatCannotBeInForceIsRefused() async throws {
        try await InsurerOffice.with { insurer in
            let desk = insurer.desk, office = Principal(try await insurer.office.hire("office", .generalOffice, in: insurer.office.company))
            await NoticeOffice.refused("不能早于今天", 29) { _ = try await amend(insurer, office, from: "2025-12-01") }
            await #expect(throws: DeskError.self, "others do not draft") { _ = try await amend(insurer, insurer.leader, from: "2026-03-06") }
            let beyond = try await amend(insurer, office, to: 9, from: "2026-03-06")
            await NoticeOffice.refused("只能在 1 至 5 之间", 29) {
                try await desk.take(RegulationAmendment.enact, on: beyond, input: ["opinion": .text("同意")], by: insurer.manager)
            }
            #expect(try await desk.charter(authenticity.id, by: insurer.manager.person).version == 1)
            await NoticeOffice.refused("请写明不予批准的理由", 29) {
                try await desk.take(RegulationAmendment.reject, on: beyond, input: ["opinion": .text(" ")], by: insurer.manager)
            }
        }
    }
}
