import ArticleProof
import CustomerConfidentiality
import EngineFixture
import Kernel
import Print
import TestOffice
import Testing
import WorkCalendar

/// 第9条-第13条: reports, who gets them, and how their items change.
@Suite struct StatisticsTests {
    private func refusal(_ body: () async throws -> Void) async -> Refusal? {
        await #expect(throws: Refusal.self) { try await body() }
    }

    private func definition(_ archive: ArchiveOffice, _ items: String = "stock;opened;kinds") async throws -> Int64 {
        let input: [String: JSONValue] = ["heading": .text("客户档案月报"), "length": .text("month"), "items": .text(items)]
        let id = try await archive.desk.take(ReportDefinition.propose, input: input, by: archive.specialist).id
        try await archive.desk.take(ReportDefinition.adopt, on: id, by: archive.manager)
        return id
    }

    private func subscribe(_ archive: ArchiveOffice, _ definition: Int64, days: Int = 90) async throws -> Int64 {
        let input: [String: JSONValue] = [
            "definition": .whole(definition), "readers": .list([.whole(archive.clerk.person.raw)]), "purpose": .text("安排走访"),
            "until": .text(archive.office.now.day.adding(days: days).description),
        ]
        return try await archive.desk.take(ReportSubscription.request, input: input, by: archive.marketHead).id
    }

    private func draw(_ archive: ArchiveOffice, _ definition: Int64, _ period: String) async throws -> Int64 {
        let input: [String: JSONValue] = ["definition": .whole(definition), "period": .text(period)]
        return try await archive.desk.take(StatisticalReport.draw, input: input, by: archive.specialist).id
    }

    private func figures(_ archive: ArchiveOffice, _ report: Int64) async throws -> [String] {
        (try await archive.value(report, "rows")?.list ?? []).map {
            "\($0["item"].text ?? "") \($0["label"].text ?? "") \($0["value"].whole ?? 0) \($0["previous"].whole ?? 0)"
        }
    }

    @Test(.demand(confidentiality[9], 1, 2), arguments: TestEngine.all)
    func figuresAreComputedFromTheArchiveForThePeriod(engine: TestEngine) async throws {
        try await ArchiveOffice.with(engine) { archive in
            try await archive.file()
            try await archive.file("甲银行", kind: "bank", number: 2)
            let secret: [String: JSONValue] = ["secrecy": .text("secret"), "custodian": .whole(archive.custodian.person.raw)]
            try await archive.file("密字律所", number: 3, secret)
            let definition = try await definition(archive)
            let early = await refusal { _ = try await draw(archive, definition, "2026-01") }
            #expect(early?.article == confidentiality[9] && early?.words.zh == "统计期尚未结束")
            archive.office.move(to: Moment(Day(iso: "2026-02-02")!, hour: 9)!)
            // It is drawn up by itself when the month is over, once.
            for _ in 0..<2 { try await archive.desk.runJobs() }
            let reports = try await archive.rows("statistical-report")
            #expect(reports.map(\.title) == ["客户档案月报 2026-01"])
            // Classified files are in no figure.
            #expect(try await figures(archive, #require(reports.first).id) == ["stock  2 0", "opened  2 0", "kinds 律师 1 0", "kinds 银行 1 0"])
            try await archive.file("丙律所", number: 4)
            archive.office.move(to: Moment(Day(iso: "2026-03-02")!, hour: 9)!)
            try await archive.desk.runJobs()
            let second = try await archive.rows("statistical-report") { $0.sort = .newest }.first
            #expect(try await figures(archive, #require(second).id) == ["stock  3 2", "opened  1 2", "kinds 律师 2 1", "kinds 银行 1 1"])
            let twice = await refusal { _ = try await draw(archive, definition, "2026-02") }
            #expect(twice?.words.zh == "该期报表已编制")
            let wrong = await refusal { _ = try await draw(archive, definition, "2026-Q1") }
            #expect(wrong?.words.zh.contains("每月编制") == true)
        }
    }

    @Test(.demand(confidentiality[10], 1, 2), arguments: TestEngine.all)
    func aSubscriptionIsReviewedByTheManagerThenApprovedByTheGeneralManagerAndEnds(engine: TestEngine) async throws {
        try await ArchiveOffice.with(engine) { archive in
            let definition = try await definition(archive)
            let subscription = try await subscribe(archive, definition, days: 30)
            // In this order, and no other.
            await #expect(throws: DeskError.self) {
                try await archive.desk.take(ReportSubscription.approve, on: subscription, by: archive.general)
            }
            let opinion: [String: JSONValue] = ["opinion": .text("同意")]
            await #expect(throws: DeskError.self) {
                try await archive.desk.take(ReportSubscription.review, on: subscription, input: opinion, by: archive.marketHead)
            }
            try await archive.desk.take(ReportSubscription.review, on: subscription, input: opinion, by: archive.manager)
            try await archive.desk.take(ReportSubscription.approve, on: subscription, by: archive.general)
            func state() async throws -> String { try await archive.desk.document(subscription, by: archive.manager.person).row.state }
            #expect(try await state() == "active")
            archive.office.move(hours: 24 * 30)
            try await archive.desk.runJobs()
            #expect(try await state() == "active")
            archive.office.move(hours: 24)
            try await archive.desk.runJobs()
            #expect(try await state() == "ended")
            let long = await refusal { _ = try await subscribe(archive, definition, days: 400) }
            #expect(long?.article == confidentiality[10])
        }
    }

    @Test(.article(confidentiality[10])) func oneHandDoesNotBothReviewAndApprove() async throws {
        try await ArchiveOffice.with { archive in
            let subscription = try await subscribe(archive, try await definition(archive))
            try await archive.desk.take(ReportSubscription.review, on: subscription, by: archive.manager)
            try await archive.desk.handle(
                .delegate(to: archive.manager.person, from: archive.office.now, until: archive.office.now.adding(days: 2), reason: "出差"),
                by: archive.general)
            let both = Principal(archive.manager.person, onBehalfOf: archive.general.person)
            let refused = await refusal { try await archive.desk.take(ReportSubscription.approve, on: subscription, by: both) }
            #expect(refused?.article == confidentiality[10])
        }
    }

    @Test(.demand(confidentiality[13], 1), .demand(confidentiality[12], 1, 3), arguments: TestEngine.all)
    func nobodyElseSeesAReportBeforeTwoSignaturesAndThenItGoesOutInNumberedCopies(engine: TestEngine) async throws {
        try await ArchiveOffice.with(engine) { archive in
            try await archive.file()
            let definition = try await definition(archive), subscription = try await subscribe(archive, definition)
            try await archive.desk.take(ReportSubscription.review, on: subscription, by: archive.manager)
            try await archive.desk.take(ReportSubscription.approve, on: subscription, by: archive.general)
            archive.office.move(to: Moment(Day(iso: "2026-02-02")!, hour: 9)!)
            let report = try await draw(archive, definition, "2026-01")
            func sees() async throws -> Bool { (try? await archive.desk.document(report, by: archive.clerk.person)) != nil }
            #expect(try await !sees())
            await #expect(throws: DeskError.self) { try await archive.desk.take(StatisticalReport.approve, on: report, by: archive.manager) }
            try await archive.desk.take(StatisticalReport.review, on: report, by: archive.supervisor)
            #expect(try await !sees())
            #expect(try await archive.desk.document(report, by: archive.manager.person).row.number == nil)
            try await archive.desk.take(StatisticalReport.approve, on: report, by: archive.manager)
            #expect(try await sees())
            #expect(try await archive.desk.document(report, by: archive.clerk.person).row.number == "统计〔2026〕1号")
            let copies = try await archive.rows("report-copy") { $0.sort = .oldest }
            #expect(copies.map { $0.values["copyNumber"] } == [.whole(1), .whole(2)] && copies.map(\.state) == ["kept", "issued"])
            // The receipt is the recipient's to give.
            let mine = try #require(copies.last).id
            let paper = ReportPaper(
                try await archive.desk.document(mine, by: archive.clerk.person), try await archive.desk.organisation(), .zh)
            let mark = "第2份 clerk 2026-02-02 09:00"
            #expect(paper.paper(readBy: archive.clerk.person, at: archive.office.now).watermark == mark)
            #expect(paper.marks(archive.clerk.person, at: archive.office.now).map { $0.text } == ["第2份", "clerk", mark])
            await #expect(throws: DeskError.self) { try await archive.desk.take(ReportCopy.receive, on: mine, by: archive.marketHead) }
            try await archive.desk.take(ReportCopy.receive, on: mine, by: archive.clerk)
            // Each print stands in the ledger; what is recalled is printed and exported no more.
            try await archive.desk.issue(.print, of: mine, by: archive.clerk)
            #expect(try await archive.desk.document(mine, by: archive.clerk.person).trail.contains { $0.title.zh == "打印" && $0.who.zh == "clerk" })
            #expect(try await archive.desk.document(mine, by: archive.clerk.person).row.state == "received")
            try await archive.desk.take(ReportCopy.recall, on: mine, input: ["reason": .text("数据有误")], by: archive.manager)
            for verb in [Verb.print, .export] {
                let denied = await refusal { _ = try await archive.desk.issue(verb, of: mine, by: archive.clerk) }
                #expect(denied?.article == confidentiality[12] && denied?.words.zh == "此件现为“已收回”，不能再\(verb.words.zh)")
            }
            // With the subscription the reading ends.
            archive.office.move(hours: 24 * 100)
            try await archive.desk.runJobs()
            #expect(try await !sees())
        }
    }

    @Test(.demand(confidentiality[11], 1), arguments: TestEngine.all)
    func singleItemsChangeByTheGeneralManagerAndTheNextIssueHasThem(engine: TestEngine) async throws {
        try await ArchiveOffice.with(engine) { archive in
            try await archive.file()
            let definition = try await definition(archive, "stock;opened")
            func propose(_ items: String) async throws -> Int64 {
                let input: [String: JSONValue] = ["definition": .whole(definition), "after": .text(items), "reason": .text("需要分地区")]
                return try await archive.desk.take(ReportItemChange.propose, input: input, by: archive.specialist).id
            }
            let other = await refusal { _ = try await propose("loans;alarms") }
            #expect(other?.article == confidentiality[11] && other?.words.zh.contains("只修改个别项目") == true)
            let change = try await propose("stock;regions")
            await #expect(throws: DeskError.self) { try await archive.desk.take(ReportItemChange.approve, on: change, by: archive.manager) }
            archive.office.move(to: Moment(Day(iso: "2026-02-02")!, hour: 9)!)
            let january = try await draw(archive, definition, "2026-01")
            let rival = try await propose("stock;loans")
            try await archive.desk.take(ReportItemChange.approve, on: change, by: archive.general)
            let filed = try await archive.desk.document(change, by: archive.manager.person).row
            #expect(filed.state == "filed" && filed.values["before"] == .text("stock;opened") && filed.values["after"] == .text("stock;regions"))
            // What was proposed beside it rests on items that are no more.
            let stale = await refusal { try await archive.desk.take(ReportItemChange.approve, on: rival, by: archive.general) }
            #expect(stale?.words.zh.contains("已另有改动") == true)
            archive.office.move(to: Moment(Day(iso: "2026-03-02")!, hour: 9)!)
            let february = try await draw(archive, definition, "2026-02")
            #expect(try await figures(archive, january) == ["stock  1 0", "opened  1 0"])
            #expect(try await figures(archive, february) == ["stock  1 1", "regions 未填地区 1 0"])
        }
    }
}
