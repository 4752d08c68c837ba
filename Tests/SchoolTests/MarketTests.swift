import ArticleProof
import EngineFixture
import Kernel
import School
import TestOffice
import Testing
import WorkCalendar

@Suite struct MarketTests {
    @Test(.demand(school[19], 1), arguments: TestEngine.all)
    func whatIsPublishedIsWhatWasApproved(engine: TestEngine) async throws {
        try await Campus.with(engine) { campus in
            let desk = campus.desk
            let input: [String: JSONValue] = ["heading": .text("春季招生"), "channel": .text("学校网站"), "text": .text("三月一日起报名。")]
            let id = try await desk.take(Publication.request, input: input, by: campus.marketSpecialist).id
            await #expect(throws: DeskError.self) { try await desk.take(Publication.publish, on: id, by: campus.marketSpecialist) }
            await #expect(throws: DeskError.self) { try await desk.take(Publication.approve, on: id, by: campus.marketSpecialist) }
            try await desk.take(Publication.approve, on: id, by: campus.director)
            // A change needs another approval.
            try await desk.take(
                Publication.amend, on: id, input: input.merging(["text": .text("三月五日起报名。")]) { $1 }, by: campus.marketSpecialist)
            await #expect(throws: DeskError.self) { try await desk.take(Publication.publish, on: id, by: campus.marketSpecialist) }
            try await desk.take(Publication.approve, on: id, by: campus.director)
            try await desk.take(Publication.publish, on: id, by: campus.marketSpecialist)
            #expect(try await campus.state(id) == "published")
            await #expect(throws: (any Error).self) { try await desk.take(Publication.withdraw, on: id, by: campus.marketSpecialist) }
            try await desk.take(Publication.withdraw, on: id, input: ["reason": .text("日期更正")], by: campus.marketSpecialist)
            #expect(try await campus.state(id) == "withdrawn")
        }
    }

    private func student(_ campus: Campus, _ more: [String: JSONValue] = [:]) async throws -> Int64 {
        let input: [String: JSONValue] = [
            "student": .text("陈小明"), "birthday": .text("2008-05-01"), "telephone": .text("13712340011"), "course": .text("英语"),
        ]
        return try await campus.desk.take(StudentFile.enter, input: input.merging(more) { $1 }, by: campus.marketSpecialist).id
    }

    @Test(.article(school[19]), arguments: TestEngine.all)
    func aChildsFileNeedsTheGuardiansConsent(engine: TestEngine) async throws {
        try await Campus.with(engine) { campus in
            let refusal = try await campus.refusal { _ = try await student(campus, ["birthday": .text("2015-05-01")]) }
            #expect(refusal?.article == school[19] && refusal?.words.zh.contains("不满14周岁") == true)
            _ = try await student(campus, ["birthday": .text("2015-05-01"), "guardian": .text("陈大明"), "hasConsent": .flag(true)])
            // Fourteen today is no child.
            _ = try await student(campus, ["birthday": .text("2012-01-15")])
            await #expect(throws: Refusal.self) { _ = try await student(campus, ["birthday": .text("2012-01-16")]) }
        }
    }

    @Test(.demand(school[19], 2), arguments: TestEngine.all)
    func lettersAreApprovedSentAndArchived(engine: TestEngine) async throws {
        try await Campus.with(engine) { campus in
            let desk = campus.desk, file = try await student(campus)
            try await desk.take(
                ContactRecord.enter,
                input: [
                    "student": .whole(file), "way": .text("call"), "at": .text(campus.office.now.description), "isIncoming": .flag(true),
                    "content": .text("询问课程"),
                ], by: campus.marketSpecialist)
            let id = try await desk.take(
                CustomerLetter.draft,
                input: ["student": .whole(file), "heading": .text("课程说明"), "text": .text("您好，课程说明如下。"), "way": .text("post")],
                by: campus.marketSpecialist
            ).id
            await #expect(throws: DeskError.self) { try await desk.take(CustomerLetter.send, on: id, by: campus.marketSpecialist) }
            await #expect(throws: DeskError.self) { try await desk.take(CustomerLetter.approve, on: id, by: campus.marketSpecialist) }
            try await desk.take(CustomerLetter.approve, on: id, by: campus.director)
            try await desk.take(CustomerLetter.send, on: id, input: ["proof": .text("挂号信 8821")], by: campus.marketSpecialist)
            #expect(try await campus.view(id, by: campus.director).row.values["sentText"] == .text("课程说明\n\n您好，课程说明如下。"))
            #expect(try await campus.rows("archive-entry", by: campus.clerk).count == 1)
            #expect(try await campus.rows("contact-record", by: campus.director).count == 2)
            #expect(try await campus.rows("student-file", by: campus.eastTeacher).isEmpty)
        }
    }

    @Test(.demand(school[19], 3), arguments: TestEngine.all)
    func reportsAreCountedByTheirFirstDueDay(engine: TestEngine) async throws {
        try await Campus.with(engine) { campus in
            let desk = campus.desk
            campus.office.move(to: Moment(Day(iso: "2026-02-01")!, hour: 1)!)
            try await desk.runJobs()
            let report = try #require(try await campus.rows("market-report", by: campus.director).first)
            #expect(report.values["period"] == .text("2026-01") && report.values["firstDue"] == .text("2026-02-06"))
            #expect(try await campus.tray(of: campus.eastReporter).contains(report.id))
            await #expect(throws: DeskError.self) {
                try await desk.take(MarketReport.submit, on: report.id, input: ["content": .text("x")], by: campus.marketSpecialist)
            }
            // Another due day does not make it in time.
            try await desk.take(MarketReport.prolong, on: report.id, input: ["due": .text("2026-02-20")], by: campus.director)
            campus.office.move(to: Moment(Day(iso: "2026-02-10")!, hour: 9)!)
            try await desk.take(MarketReport.submit, on: report.id, input: ["content": .text("本月咨询 20 次")], by: campus.eastReporter)
            try await desk.take(MarketReport.giveBack, on: report.id, input: ["wrong": .text("缺合同数")], by: campus.marketSpecialist)
            try await desk.take(MarketReport.submit, on: report.id, input: ["content": .text("本月咨询 20 次，合同 3 份")], by: campus.eastReporter)
            try await desk.take(MarketReport.receive, on: report.id, by: campus.marketSpecialist)
            let row = try await campus.view(report.id, by: campus.director).row
            #expect(row.values["isLate"] == .flag(true) && row.values["returns"] == .whole(1))
            #expect(row.values["firstDue"] == .text("2026-02-06") && row.values["due"] == .text("2026-02-20"))
            // Counted for its unit, in the month in which it was due.
            campus.office.move(to: Moment(Day(iso: "2026-03-01")!, hour: 1)!)
            try await desk.runJobs()
            let figures = try #require(
                try await campus.rows("school-figures", by: campus.officeHead).first {
                    $0.values["measured"] == .whole(campus.east.raw) && $0.values["period"] == .text("2026-02")
                })
            #expect(figures.values["reports"] == .whole(1) && figures.values["lateReports"] == .whole(1))
            #expect(figures.values["returnedReports"] == .whole(1) && figures.values["reportsInTime"] == .whole(0))
        }
    }

    /// Late is whoever never reports, too: from the day after the first due day, whatever was prolonged.
    @Test(.demand(school[19], 3), arguments: TestEngine.all)
    func aReportThatNeverCameIsLate(engine: TestEngine) async throws {
        try await Campus.with(engine) { campus in
            let desk = campus.desk
            func report() async throws -> DocumentRow {
                try #require(
                    try await campus.rows("market-report", by: campus.director).first { $0.values["period"] == .text("2026-01") })
            }
            campus.office.move(to: Moment(Day(iso: "2026-02-01")!, hour: 1)!)
            try await desk.runJobs()
            try await desk.take(MarketReport.prolong, on: try await report().id, input: ["due": .text("2026-02-20")], by: campus.director)
            campus.office.move(to: Moment(Day(iso: "2026-02-06")!, hour: 9)!)
            try await desk.runJobs()
            #expect(try await report().values["isLate"] != .flag(true))
            campus.office.move(to: Moment(Day(iso: "2026-02-07")!, hour: 9)!)
            try await desk.runJobs()
            #expect(try await report().values["isLate"] == .flag(true))
            #expect(try await report().state == "due")
            campus.office.move(to: Moment(Day(iso: "2026-03-01")!, hour: 1)!)
            try await desk.runJobs()
            let figures = try #require(
                try await campus.rows("school-figures", by: campus.officeHead).first {
                    $0.values["measured"] == .whole(campus.east.raw) && $0.values["period"] == .text("2026-02")
                })
            #expect(figures.values["reports"] == .whole(1) && figures.values["lateReports"] == .whole(1))
            #expect(figures.values["reportsInTime"] == .whole(0) && figures.values["returnedReports"] == .whole(0))
        }
    }

    @Test(.demand(school[18], 1), .article(school[19]), arguments: TestEngine.all)
    func theAnalysisCarriesWhatTheItemsSay(engine: TestEngine) async throws {
        try await Campus.with(engine) { campus in
            let desk = campus.desk
            for source in ["business", "business", "other"] {
                try await desk.take(
                    InformationItem.write,
                    input: campus.draft(
                        to: campus.people(campus.marketSpecialist),
                        [
                            "kind": .text("market"), "market": .text("call"), "administrative": .null, "source": .text(source),
                            "direction": .text("up"),
                        ]), by: campus.eastReporter)
            }
            campus.office.move(to: Moment(Day(iso: "2026-04-01")!, hour: 1)!)
            try await desk.runJobs()
            let analysis = try #require(try await campus.rows("market-analysis", by: campus.director).first)
            let counts = analysis.values["counts"]?.list ?? []
            #expect(counts.count == 1 && counts[0]["business"] == .whole(2) && counts[0]["other"] == .whole(1))
            #expect(counts.first?["group"] == .text("call"))
            #expect(analysis.values["quarter"] == .text("2026-Q1"))
            await #expect(throws: (any Error).self) {
                try await desk.take(MarketAnalysis.submit, on: analysis.id, by: campus.marketSpecialist)
            }
            try await desk.take(MarketAnalysis.submit, on: analysis.id, input: ["analysis": .text("咨询增长")], by: campus.marketSpecialist)
            try await desk.take(MarketAnalysis.accept, on: analysis.id, input: ["answer": .text("同意")], by: campus.director)
        }
    }

    @Test(.demand(school[19], 5), arguments: TestEngine.all)
    func theLibraryKnowsSourceDayAndReliability(engine: TestEngine) async throws {
        try await Campus.with(engine) { campus in
            let input: [String: JSONValue] = [
                "subject": .text("competitor"), "about": .text("启明培训（演示）"), "source": .text("其官网"), "day": .text("2026-01-10"),
                "reliability": .text("probable"), "content": .text("新开两个校区"),
            ]
            for key in ["source", "day", "reliability"] {
                await #expect(throws: (any Error).self, "\(key)") {
                    try await campus.desk.take(IndustryEntry.enter, input: input.merging([key: .null]) { $1 }, by: campus.marketSpecialist)
                }
            }
            let id = try await campus.desk.take(IndustryEntry.enter, input: input, by: campus.marketSpecialist).id
            try await campus.desk.take(
                IndustryEntry.assess, on: id, input: ["reliability": .text("confirmed")], by: campus.marketSpecialist)
            #expect(try await campus.view(id).row.values["reliability"] == .text("confirmed"))
        }
    }
}
