import ArticleProof
import CustomerAuthenticity
import EngineFixture
import Foundation
import Kernel
import ScratchFiles
import TestOffice
import Testing
import WorkCalendar

/// The check of an existing book: by rule and by unit, with the tasks that follow (第二十六条).
@Suite struct SelfCheckTests {
    private static func row(_ number: Int, _ change: [String: String] = [:]) -> [String: String] {
        [
            "application_no": "T\(number)", "policy_no": "P\(number)", "customer_no": "C\(number)", "mobile": "1391234\(5000 + number)",
            "document_number": IntakeFile.number(birth: "19800203", sequence: 101 + number * 2), "bank_account": "62220200\(1000 + number)",
        ].merging(change) { $1 }
    }

    private func run(_ insurer: InsurerOffice, _ rows: [[String: String]], by principal: Principal? = nil) async throws -> Found<SelfCheck> {
        let file = try IntakeFile(rows), scratch = Scratch()
        defer { file.remove() }
        let done = try await SelfCheckRun(insurer.desk, by: principal ?? insurer.service).run(
            file.path, name: "存量客户.csv", answers: scratch.path("answers.csv"))
        return try #require(try await insurer.desk.load([ID<SelfCheck>(done.taken.id)]).first)
    }

    @Test(.demand(authenticity[26], 1), arguments: TestEngine.all)
    func aBookIsReportedByRuleAndUnitAndEachUnitHasItsTask(engine: TestEngine) async throws {
        try await InsurerOffice.with(engine) { insurer in
            let (desk, market) = (insurer.desk, insurer.office.market)
            let rows = [
                Self.row(1), Self.row(2, ["address": ""]), Self.row(3, ["address": "", "mobile": "13800138000"]), Self.row(4, ["agent_no": "a 1"]),
                Self.row(5, ["agent_no": "A999", "address": ""]), Self.row(6, ["agent_no": ""]),
            ]
            let report = try await run(insurer, rows)
            #expect(report.value.rows == 6 && report.value.refused == 3 && report.value.share == "50" && report.state == .recorded)
            func count(_ unit: UnitID, _ rule: String) -> Int? { report.value.rules.first { $0.unit == unit && $0.rule == rule }?.count }
            #expect(count(market, "missing.address") == 2 && count(market, "mobile.junk") == 1)
            #expect(count(insurer.office.company, "missing.address") == 1, "what nobody of ours sold stands with the branch")
            let ofMarket = try #require(report.value.units.first { $0.unit == market })
            #expect(ofMarket.checked == 4 && ofMarket.refused == 2)
            let tasks = try await desk.all(SelfCheckTask.self)
            #expect(tasks.count == 2 && report.value.open == 2)
            let task = try #require(tasks.first { $0.value.unit == market })
            #expect(task.value.count == 2 && task.value.rules == "missing.address;mobile.junk" && task.value.check == report.id)
            // The unit has the list of its rows, and of no other's.
            #expect(try await desk.todo(of: insurer.backOffice.person).items.contains { $0.row.id == task.id.raw })
            let file = try #require(task.value.rows.first)
            let text = String(decoding: try await desk.file(file.digest, of: task.id.raw, by: insurer.backOffice).1, as: UTF8.self)
            #expect(text.contains("T2") && text.contains("T3") && !text.contains("T5") && text.components(separatedBy: "\r\n").count == 4)
            #expect(!text.contains("1391234"), "no personal data")
        }
    }

    @Test(.demand(authenticity[26], 1)) func aTaskIsReportedVerifiedAndTheLastEndsTheReport() async throws {
        try await InsurerOffice.with { insurer in
            let desk = insurer.desk
            let report = try await run(insurer, [Self.row(1), Self.row(2, ["address": ""]), Self.row(3, ["name": ""])])
            let task = try #require(try await desk.all(SelfCheckTask.self).first)
            func tell(_ corrected: Int64, _ remaining: Int64) async throws {
                try await desk.take(
                    SelfCheckTask.report, on: task.id.raw,
                    input: ["corrected": .whole(corrected), "remaining": .whole(remaining), "explanation": .text("已联系客户补充")], by: insurer.backOffice)
            }
            await NoticeOffice.refused("之和应为 2 行", 26) { try await tell(1, 0) }
            try await tell(1, 1)
            await #expect(throws: DeskError.self, "nobody verifies his own report") {
                try await desk.take(SelfCheckTask.close, on: task.id.raw, by: insurer.backOffice)
            }
            try await desk.take(SelfCheckTask.giveBack, on: task.id.raw, input: ["objection": .text("还有一行")], by: insurer.service)
            try await tell(2, 0)
            try await desk.take(SelfCheckTask.close, on: task.id.raw, by: insurer.service)
            #expect(try await desk.load([report.id]).first?.state == .finished)
        }
    }

    @Test(.article(authenticity[26])) func nobodyTypesAReport() async throws {
        try await InsurerOffice.with { insurer in
            await NoticeOffice.refused("不能手工填写", 26) {
                try await insurer.desk.take(SelfCheck.record, input: ["rows": .whole(100), "refused": .whole(0)], by: insurer.service)
            }
            await #expect(throws: DeskError.self, "others check nothing") { _ = try await run(insurer, [Self.row(1)], by: insurer.leader) }
            // A book without fault has a report and no task.
            let clean = try await run(insurer, [Self.row(1), Self.row(2)])
            #expect(clean.value.refused == 0 && clean.value.share == "0")
            #expect(try await insurer.desk.all(SelfCheckTask.self).isEmpty)
            #expect(NationalCheck.untrue == "4.02" && NationalCheck.words.zh.contains("来源"))
        }
    }
}
