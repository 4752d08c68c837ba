import ArticleProof
import CustomerAuthenticity
import EngineFixture
import Kernel
import TestOffice
import Testing
import WorkCalendar

/// The quarterly list and the appraisal of sellers (第二十二条).
@Suite struct QuarterTests {
    private static func nextQuarter(_ house: ConsequenceOffice, _ day: String = "2026-04-01") async throws {
        house.office.move(to: Moment(Day(iso: day)!, hour: 9)!)
        try await house.desk.runJobs()
    }

    private static func list(_ quarter: String, _ house: ConsequenceOffice) async throws -> DocumentRow {
        try #require(
            try await house.rows("false-data-list", by: house.insurer.compliance).first { $0.values["quarter"] == .text(quarter) })
    }

    private static func send(_ id: Int64, _ house: ConsequenceOffice) async throws {
        try await house.take("review", "false-data-list", id, ["opinion": .text("属实")], by: house.insurer.compliance)
        try await house.take("send", "false-data-list", id, by: house.insurer.compliance)
    }

    private static func report(_ id: Int64, to recipients: String = "regulator;association", _ house: ConsequenceOffice) async throws {
        try await house.take(
            "report", "false-data-list", id,
            [
                "outwardNo": .text("办〔2026〕1号"), "reportedOn": .text(house.today.description), "recipients": .text(recipients),
                "way": .text("专人送达"),
            ], by: house.generalOffice)
    }

    private static func receipt(_ from: String, _ day: Day) -> JSONValue {
        .record([.init("recipient", .text(from)), .init("day", .text(day.description)), .init("number", .text("收1"))])
    }

    @Test(.demand(authenticity[22], 2), arguments: TestEngine.all)
    func theListFallsDueIsReviewedSentAndReportedWithBothReceipts(engine: TestEngine) async throws {
        try await ConsequenceOffice.with(engine) { house in
            try await PenaltyTests.reported("forged_signature", house)
            try await Self.nextQuarter(house)
            let list = try await Self.list("2026-Q1", house)
            #expect(list.state == "compiled" && list.values["count"] == .whole(1) && list.values["isNil"] != .flag(true))
            let due = try await house.desk.document(list.id, by: house.insurer.compliance.person).deadlines.first { $0.name == "sending" }
            #expect(due?.due == .endOfDay(Day(iso: "2026-04-15")!))
            await #expect(throws: DeskError.self) { try await Self.report(list.id, house) }
            try await Self.send(list.id, house)
            #expect(try await house.desk.todo(of: house.generalOffice.person).items.contains { $0.row.id == list.id })
            let half = await #expect(throws: Refusal.self) { try await Self.report(list.id, to: "regulator", house) }
            #expect(half?.article == authenticity[22] && half?.words.zh == "须同时上报监管局和行业协会")
            try await Self.report(list.id, house)
            let one = await #expect(throws: Refusal.self) {
                try await house.take(
                    "receipt", "false-data-list", list.id, ["receipts": .list([Self.receipt("regulator", house.today)])],
                    by: house.generalOffice)
            }
            #expect(one?.words.zh.contains("缺少行业协会的回执") == true)
            try await house.take(
                "receipt", "false-data-list", list.id,
                ["receipts": .list([Self.receipt("regulator", house.today), Self.receipt("association", house.today)])],
                by: house.generalOffice)
            #expect(try await house.row(list.id, by: house.channel).state == "receipted")
        }
    }

    @Test(.demand(authenticity[22], 2), arguments: TestEngine.all)
    func aQuarterWithoutCasesHasANilReport(engine: TestEngine) async throws {
        try await ConsequenceOffice.with(engine) { house in
            try await Self.nextQuarter(house)
            let list = try await Self.list("2026-Q1", house)
            #expect(list.values["isNil"] == .flag(true) && list.values["count"] == .whole(0))
            try await house.desk.runJobs()
            #expect(try await house.rows("false-data-list", by: house.insurer.compliance).count == 1, "once, however often it is asked")
            try await Self.send(list.id, house)
            try await Self.report(list.id, house)
            #expect(try await house.row(list.id, by: house.generalOffice).state == "reported", "it goes out as well")
        }
    }

    @Test(.demand(authenticity[22], 2), arguments: TestEngine.all)
    func aListThatIsNotSentIsOverdue(engine: TestEngine) async throws {
        try await ConsequenceOffice.with(engine) { house in
            try await Self.nextQuarter(house)
            let list = try await Self.list("2026-Q1", house)
            house.office.move(to: .endOfDay(Day(iso: "2026-04-15")!).adding(hours: 1))
            try await house.desk.runJobs()
            let clock = try await house.desk.document(list.id, by: house.insurer.compliance.person).deadlines.first { $0.name == "sending" }
            #expect(clock?.breached != nil)
            #expect(try await house.desk.todo(of: house.insurer.manager.person).items.contains { $0.title.zh.hasPrefix("督办") })
        }
    }

    /// By the day on which it became final, whatever the sale; what is taken back later is a correction on the next list.
    @Test(.article(authenticity[22]), arguments: TestEngine.all)
    func aReversalIsACorrectionOnTheNextListAndTheSentOneStays(engine: TestEngine) async throws {
        try await ConsequenceOffice.with(engine) { house in
            try await PenaltyTests.reported("forged_signature", house)
            let found = try await PenaltyTests.finding(house)
            try await Self.nextQuarter(house)
            let first = try await Self.list("2026-Q1", house)
            try await Self.send(first.id, house)
            try await house.take("reverse", "false-data-finding", found.id, ["reversal": .text("鉴定为本人")], by: house.insurer.compliance)
            #expect(try await house.row(first.id, by: house.channel).values["rows"]?.list.count == 1, "what was sent stays")
            try await Self.nextQuarter(house, "2026-07-01")
            let next = try await Self.list("2026-Q2", house)
            #expect(next.values["count"] == .whole(0) && next.values["corrections"] == .whole(1) && next.values["isNil"] != .flag(true))
            let line = try #require(next.values["rows"]?.list.first)
            #expect(line["kind"].text == "correction" && line["earlier"].text == first.number)
            try await Self.send(next.id, house)
            try await Self.nextQuarter(house, "2026-10-08")
            #expect(try await Self.list("2026-Q3", house).values["isNil"] == .flag(true), "corrected once")
        }
    }

    @Test(.article(authenticity[22])) func whatChangesAfterTheReviewIsReviewedAnew() async throws {
        try await ConsequenceOffice.with { house in
            try await PenaltyTests.reported("forged_signature", house)
            let found = try await PenaltyTests.finding(house)
            try await Self.nextQuarter(house)
            let list = try await Self.list("2026-Q1", house)
            try await house.take("review", "false-data-list", list.id, ["opinion": .text("属实")], by: house.insurer.compliance)
            try await house.take("reverse", "false-data-finding", found.id, ["reversal": .text("鉴定为本人")], by: house.insurer.compliance)
            let stale = await #expect(throws: Refusal.self) {
                try await house.take("send", "false-data-list", list.id, by: house.insurer.manager)
            }
            #expect(stale?.words.zh.contains("审核之后认定有变化") == true)
            try await house.take("takeBack", "false-data-list", list.id, ["returnReason": .text("认定有变化")], by: house.insurer.manager)
            try await Self.send(list.id, house)
            #expect(try await house.row(list.id, by: house.channel).values["isNil"] == .flag(true))
            // A quarter that is not over, and one that has its list, are not drawn up by hand.
            for (quarter, words) in [("2026-Q2", "尚未结束"), ("2026-Q1", "已有汇总")] {
                let refusal = await #expect(throws: Refusal.self) {
                    try await house.take("draw", "false-data-list", nil, ["quarter": .text(quarter)], by: house.insurer.compliance)
                }
                #expect(refusal?.words.zh.contains(words) == true)
            }
        }
    }

    // MARK: Appraisal

    @Test(.demand(authenticity[22], 1), .demand(authenticity[14], 4), arguments: TestEngine.all)
    func eachSellerHasASheetOfTheQuarterWithItsFigures(engine: TestEngine) async throws {
        try await ConsequenceOffice.with(engine) { house in
            try await house.sell("T1", sequence: 1)
            try await house.sell("T2", sequence: 2)
            try await house.upheld(["policyNo": .text("PT1")])
            try await PenaltyTests.reported("forged_signature", house)
            let found = try await PenaltyTests.finding(house)
            try await house.take(
                "penalise", "false-data-finding", found.id,
                ["measure": .text("points"), "points": .whole(15), "penaltyFacts": .text("代签名")], by: house.channel)
            let penalty = try #require(try await house.rows("penalty", by: house.channel).first).id
            try await house.take("hear", "penalty", penalty, ["statement": .text("无")], by: house.channel)
            try await house.take(
                "decide", "penalty", penalty, ["measure": .text("points"), "points": .whole(15), "decision": .text("扣十五分")],
                by: house.insurer.manager)
            try await Self.nextQuarter(house)
            let sheet = try #require(try await house.rows("seller-appraisal", by: house.channel).first)
            let values = sheet.values
            #expect(values["quarter"] == .text("2026-Q1") && values["policies"] == .whole(2) && values["upheld"] == .whole(1))
            #expect(values["falseData"] == .whole(1) && values["penaltyPoints"] == .whole(15))
            // A finding, a complaint, and the points of the penalty.
            #expect(values["score"] == .whole(100 - 10 - 10 - 15) && values["entries"]?.list.count == 3)
            let generous = await #expect(throws: Refusal.self) {
                try await house.take(
                    "rate", "seller-appraisal", sheet.id, ["rating": .text("excellent"), "consequences": .text("none")], by: house.channel)
            }
            #expect(generous?.article == authenticity[22] && generous?.words.zh.contains("不得评为优秀") == true)
            try await house.take(
                "rate", "seller-appraisal", sheet.id, ["rating": .text("failed"), "consequences": .text("pay;contract")], by: house.channel)
            try await house.take("confirm", "seller-appraisal", sheet.id, by: house.insurer.compliance)
            #expect(try await house.row(sheet.id, by: house.channel).state == "confirmed")
        }
    }

    @Test(.demand(authenticity[22], 1)) func aPersonWithSeveralNumbersHasOneSheet() async throws {
        try await ConsequenceOffice.with { house in
            let other = try await house.agent("B7")
            _ = try await house.agent("C8")
            try await house.take(
                "addCodes", "seller-identity", house.seller, ["agents": .list([.whole(house.insurer.agent), .whole(other)])],
                by: house.channel)
            try await house.sell("T1", sequence: 1)
            try await house.sell("T2", sequence: 2, by: "B7")
            try await Self.nextQuarter(house)
            let sheets = try await house.rows("seller-appraisal", by: house.channel)
            #expect(sheets.map(\.title).sorted() == ["A1 B7", "C8"])
            #expect(sheets.first { $0.title == "A1 B7" }?.values["policies"] == .whole(2))
            for number in ["A1", "B7"] {
                let again = await #expect(throws: Refusal.self) {
                    try await house.take(
                        "draw", "seller-appraisal", nil, ["quarter": .text("2026-Q1"), "agentNo": .text(number)], by: house.channel)
                }
                #expect(again?.words.zh.contains("本季度已有考核表") == true)
            }
        }
    }
}
