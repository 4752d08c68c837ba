import ArticleProof
import CustomerAuthenticity
import EngineFixture
import Kernel
import TestOffice
import Testing
import WorkCalendar

/// The monthly report: drawn by the system, analysed by the people named, reviewed, sent and filed (第八条).
@Suite struct UsageReportTests {
    private struct House {
        let insurer: InsurerOffice
        let head: Principal
        let supportHead: Principal
        let support: Principal
        var desk: Desk { insurer.desk }
    }

    private func with(_ engine: TestEngine = .sqlite, _ body: (House) async throws -> Void) async throws {
        try await InsurerOffice.with(engine) { insurer in
            let office = insurer.office
            let support = UnitID(try await office.desk.administer(.addUnit(parent: office.company, zh: "业务支持部", en: "Support"), by: .system))
            try await body(
                House(
                    insurer: insurer, head: Principal(try await office.hire("head", .head, in: office.service)),
                    supportHead: Principal(try await office.hire("head2", .head, in: support)),
                    support: Principal(try await office.hire("support", .underwriter, in: support))))
        }
    }

    private func appoint(_ house: House, _ person: Principal, _ department: String, by head: Principal) async throws {
        try await house.desk.take(
            UsageGatherer.appoint,
            input: [
                "person": .whole(person.person.raw), "department": .text(department), "from": .text(house.insurer.office.now.day.description),
            ], by: head)
    }

    private func figure(_ report: UsageReport, _ measure: UsageMeasure, _ part: String = "") -> Int? {
        report.rows.first { $0.measure == measure && $0.part == part }?.count
    }

    @Test(.demand(authenticity[8], 2), arguments: TestEngine.all)
    func theFiguresOfAMonthAreDrawnByTheSystemAndNobodyTypesOne(engine: TestEngine) async throws {
        try await with(engine) { house in
            let insurer = house.insurer
            _ = try await insurer.shareTelephone()
            try await insurer.submit(insurer.application("T3", sequence: 3) { $0.persons[0].address = "" })
            let draft = try await insurer.submit(insurer.application("T4", sequence: 4) { $0.persons[0].address = "" })
            try await house.desk.take(Application.supplement, on: draft.id, by: insurer.underwriter) {
                $0 = insurer.application("T4", sequence: 4)
            }
            #expect(try await house.desk.all(UsageReport.self).isEmpty)
            insurer.office.move(to: Moment(Day(iso: "2026-02-02")!, hour: 9)!)
            try await house.desk.settleLedger()
            try await house.desk.runJobs()
            let found = try #require(try await house.desk.all(UsageReport.self).first { $0.value.month?.description == "2026-01" })
            let report = found.value
            #expect(figure(report, .intakes) == 4 && figure(report, .accepted) == 3 && figure(report, .supplemented) == 1)
            #expect(figure(report, .refusals, "第五条") == 2, "both, also the one that was supplemented")
            #expect(figure(report, .waiting, "missing.address") == 1 && figure(report, .clues, "clue_phone") == 1)
            #expect(figure(report, .correctionsAsked) == 0)
            // Run again, on another server too, it is the same report.
            try await house.desk.runJobs()
            #expect(try await house.desk.all(UsageReport.self).filter { $0.value.month?.description == "2026-01" }.count == 1)
            await #expect(throws: DeskError.self, "nobody draws one up by hand") {
                try await house.desk.take(UsageReport.draw, input: ["month": .text("2026-01")], by: insurer.service)
            }
            // Nobody is named: customer service analyses it, and hears why.
            #expect(Set(report.gatherers) == [insurer.service.person, insurer.secondService.person])
            #expect(try await house.desk.notices(of: insurer.service.person).notices.contains { $0.words.zh.contains("尚未指定") })
        }
    }

    /// What became of the notices of a month stands among its figures.
    @Test(.demand(authenticity[20], 2), .demand(authenticity[8], 2)) func noticesAreCountedByWhatBecameOfThem() async throws {
        try await NoticeOffice.with { house in
            let gateway = try GatewayServer { _, count in
                count == 0 ? .take : .answer(400, #"{"error":"content","message":"模板未报备"}"#)
            }
            defer { gateway.end() }
            let carrier = try house.carrier(gateway), first = try await house.tell(.inEffect, "E1")
            _ = try await carrier.round()
            let key = try await house.notice(first).value.key
            try await carrier.take(reported: NoticeOffice.report("delivered", key: key, at: house.office.now))
            try await house.tell(.premiumReceived, "E2")
            _ = try await carrier.round()
            house.office.move(to: Moment(Day(iso: "2026-02-02")!, hour: 9)!)
            try await house.desk.settleLedger()
            try await house.desk.runJobs()
            let report = try #require(try await house.desk.all(UsageReport.self).first { $0.value.month?.description == "2026-01" }).value
            #expect(figure(report, .notices, "notice_delivered") == 1 && figure(report, .notices, "notice_dead") == 1)
            #expect(figure(report, .notices, "notice_queued") == nil)
        }
    }

    @Test(.demand(authenticity[8], 1, 3), arguments: TestEngine.all)
    func thePeopleNamedAnalyseItAndItIsReviewedSentAndFiled(engine: TestEngine) async throws {
        try await with(engine) { house in
            let (desk, insurer) = (house.desk, house.insurer)
            await NoticeOffice.refused("本部门", 8) { try await appoint(house, house.support, "business_support", by: house.head) }
            await #expect(throws: DeskError.self, "only a head names somebody") {
                try await appoint(house, insurer.service, "customer_service", by: insurer.service)
            }
            try await appoint(house, insurer.service, "customer_service", by: house.head)
            try await appoint(house, house.support, "business_support", by: house.supportHead)
            await NoticeOffice.refused("已是指定专人", 8) { try await appoint(house, insurer.service, "customer_service", by: house.head) }
            insurer.office.move(to: Moment(Day(iso: "2026-02-02")!, hour: 9)!)
            try await desk.runJobs()
            let report = try #require(try await desk.all(UsageReport.self).last)
            let id = report.id.raw
            func analyse(_ who: Principal) async throws { try await desk.take(UsageReport.analyse, on: id, input: ["opinion": .text("运行平稳")], by: who) }
            try await analyse(insurer.service)
            #expect(try await desk.load([report.id]).first?.state == .drawn, "the other has yet to")
            await #expect(throws: DeskError.self) { try await analyse(insurer.secondService) }
            try await analyse(house.support)
            #expect(try await desk.load([report.id]).first?.value.opinions.count == 2)
            let review: [String: JSONValue] = ["summary": .text("建议加强柜台提示")]
            await #expect(throws: DeskError.self, "who analysed does not review") {
                try await desk.take(UsageReport.review, on: id, input: review, by: insurer.service)
            }
            try await desk.take(UsageReport.review, on: id, input: review, by: insurer.compliance)
            func send(_ day: String) async throws {
                try await desk.take(
                    UsageReport.send, on: id, input: ["recipient": .text("总公司客户服务部"), "sentOn": .text(day), "sentNumber": .text("粤客〔2026〕3号")],
                    by: insurer.service)
            }
            await NoticeOffice.refused("不能晚于今天", 8) { try await send("2026-03-01") }
            try await send("2026-02-02")
            let filed = try await desk.document(id, by: insurer.compliance.person)
            #expect(filed.row.state == "filed" && filed.deadlines.allSatisfy { $0.met != nil && $0.breached == nil })
        }
    }

    @Test(.demand(authenticity[8], 3)) func aReportThatNobodySendsFallsDue() async throws {
        try await with { house in
            house.insurer.office.move(to: Moment(Day(iso: "2026-02-02")!, hour: 9)!)
            try await house.desk.runJobs()
            house.insurer.office.move(to: Moment(Day(iso: "2026-03-20")!, hour: 9)!)
            try await house.desk.runJobs()
            #expect(try await house.desk.todo(of: house.insurer.compliance.person).items.contains { $0.row.type == UsageReport.name })
        }
    }
}
