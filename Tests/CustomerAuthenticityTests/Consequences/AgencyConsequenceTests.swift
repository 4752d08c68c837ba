import ArticleProof
import CustomerAuthenticity
import EngineFixture
import Kernel
import TestOffice
import Testing
import WorkCalendar

/// Agencies have their records, contacts, findings and reports, and stand on what they sold (第二十三条).
@Suite struct AgencyConsequenceTests {
    private static func agency(_ name: String, _ house: ConsequenceOffice) async throws -> Int64 {
        try await house.take(
            "register", "agency", nil,
            ["agencyName": .text(name), "channel": .text("agency"), "address": .text("广州市越秀区中山六路9号\(name.count)室")],
            by: house.insurer.backOffice)
    }

    private static func sold(_ number: String, through name: String, sequence: Int, _ house: ConsequenceOffice) async throws {
        let taken = try await house.insurer.submit(
            house.insurer.application(number, sequence: sequence) { ($0.agentNo, $0.agencyName, $0.channel) = ("", name, .agency) })
        #expect(taken.state == "accepted")
    }

    @Test(.demand(authenticity[23], 1), arguments: TestEngine.all)
    func whatWasSaidWithAnAgencyIsRecordedAndFollowedUp(engine: TestEngine) async throws {
        try await ConsequenceOffice.with(engine) { house in
            let agency = try await Self.agency("甲代理公司", house)
            func contact(_ more: [String: JSONValue]) async throws -> Int64 {
                let input: [String: JSONValue] = [
                    "agency": .whole(agency), "day": .text(house.today.description), "way": .text("visit"), "with": .text("孙经理"),
                    "content": .text("通报真实性要求"),
                ]
                return try await house.take("record", "agency-contact", nil, input.merging(more) { $1 }, by: house.channel)
            }
            let future = await #expect(throws: Refusal.self) {
                _ = try await contact(["day": .text(house.today.adding(days: 1).description)])
            }
            #expect(future?.article == authenticity[23] && future?.words.zh == "沟通日期不能晚于今天")
            let id = try await contact(["agreed": .text("自查"), "followUpOn": .text(house.today.adding(days: 5).description)])
            #expect(try await house.row(id, by: house.insurer.backOffice).values["with"] == .text("孙*理"))
            house.office.move(hours: 24 * 7)
            try await house.desk.runJobs()
            #expect(try await house.desk.todo(of: house.channel.person).items.contains { $0.title.zh.hasPrefix("督办") })
            try await house.take("follow", "agency-contact", id, ["done": .text("已收到自查报告")], by: house.channel)
            #expect(try await house.row(id, by: house.channel).state == "followed")
        }
    }

    @Test(.demand(authenticity[23], 1), .article(authenticity[22]), arguments: TestEngine.all)
    func falseDataOfAnAgencyAreReportedAtOnceAndGoOnTheQuartersList(engine: TestEngine) async throws {
        try await ConsequenceOffice.with(engine) { house in
            let agency = try await Self.agency("甲代理公司", house), other = try await Self.agency("乙代理", house)
            try await Self.sold("T1", through: "甲代理公司", sequence: 1, house)
            #expect(try await house.rows("policy", by: house.insurer.service).first?.values["agency"] == .whole(agency))
            let proof = try await house.file("说明", by: house.insurer.backOffice)
            func report(_ agency: Int64, discovered days: Int = 0, reason: String = "") async throws -> Int64 {
                try await house.take(
                    "report", "agency-report", nil,
                    [
                        "agency": .whole(agency), "discoveredOn": .text(house.today.adding(days: -days).description),
                        "policyNos": .text("PT1"),
                        "facts": .text("代客户填写地址"), "evidence": proof, "lateReason": .text(reason),
                    ], by: house.insurer.backOffice)
            }
            let strange = await #expect(throws: Refusal.self) { _ = try await report(other) }
            #expect(strange?.article == authenticity[23] && strange?.words.zh.contains("不是该机构销售的") == true)
            let late = await #expect(throws: Refusal.self) { _ = try await report(agency, discovered: 8) }
            #expect(late?.words.zh.contains("已逾期，请写明原因") == true)
            let id = try await report(agency)
            // Whoever reported does not find.
            await #expect(throws: DeskError.self) { try await house.take("uphold", "agency-report", id, by: house.insurer.backOffice) }
            try await house.take(
                "uphold", "agency-report", id, ["findings": .text("查实代填"), "measures": .text("约谈")], by: house.insurer.compliance)
            let record = try await house.row(agency, by: house.channel).values["findings"]?.list ?? []
            #expect(record.map { $0["text"].text } == ["查实代填"])
            #expect(try await house.desk.todo(of: house.generalOffice.person).items.contains { $0.row.id == id })
            try await house.take("acknowledge", "agency-report", id, by: house.generalOffice)
            house.office.move(to: Moment(Day(iso: "2026-04-01")!, hour: 9)!)
            try await house.desk.runJobs()
            let list = try #require(try await house.rows("false-data-list", by: house.generalOffice).first)
            #expect(list.values["rows"]?.list.map { $0["codes"].text } == ["甲代理公司"])
        }
    }

    @Test(.article(authenticity[23], authenticity[10])) func anApplicationOfAnAgencyThatIsNotThereIsRefused() async throws {
        try await ConsequenceOffice.with { house in
            let application = house.insurer.application("T1", sequence: 1) {
                ($0.agentNo, $0.agencyName, $0.channel) = ("", "不存在的公司", .agency)
            }
            let refused = try await house.insurer.submit(application)
            #expect(refused.state == "draft" && refused.refusal?.faults.map(\.field) == ["agencyName"])
        }
    }
}
