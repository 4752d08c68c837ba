import ArticleProof
import CustomerAuthenticity
import EngineFixture
import Kernel
import TestOffice
import Testing
import WorkCalendar

/// When two upheld complaints are two within a year (第十四条).
@Suite struct MisSellingCountTests {
    private static func day(_ text: String) -> Day { Day(iso: text)! }

    private static func count(_ days: String..., threshold: Int = 2) -> MisSellingCount {
        MisSellingCount(
            days.enumerated().map { .init(day: day($1), complaints: [Int64($0 + 1)]) }, threshold: threshold, months: 12)
    }

    @Test(
        .demand(authenticity[14], 2),
        arguments: [
            ("2023-03-01", "2024-03-01"), ("2024-02-28", "2025-02-28"), ("2024-02-29", "2025-02-28"), ("2027-02-28", "2028-02-28"),
        ])
    func theYearRunsForwardToTheCorrespondingDayInclusive(first: String, last: String) {
        #expect(MisSellingCount.lastDay(of: 12, from: Self.day(first)) == Self.day(last))
        let after = Self.day(last).adding(days: 1).description
        #expect(Self.count(first, last).run(with: [2]) != nil, "the corresponding day is inside")
        #expect(Self.count(first, after).run(with: [2]) == nil, "the day after it is outside")
    }

    @Test(.demand(authenticity[14], 2)) func theYearBeginsWithTheEarlierOfTheTwoAndNotWithTheCalendar() {
        // Of three, the first and the last lie more than a year apart, and each pair of neighbours does not.
        let count = Self.count("2024-01-10", "2024-12-20", "2025-06-01")
        #expect(count.run(with: [1])?.map(\.complaints) == [[1], [2]])
        #expect(count.run(with: [3])?.map(\.complaints) == [[2], [3]])
        #expect(Self.count("2024-01-10", "2025-06-01").run(with: [2]) == nil)
        #expect(Self.count("2024-01-10").run(with: [1]) == nil)
        #expect(Self.count("2024-01-10", threshold: 1).run(with: [1]) != nil)
    }

    @Test(.demand(authenticity[14], 2), arguments: TestEngine.all)
    func aSecondUpheldOneWithinTheYearOpensAReVerification(engine: TestEngine) async throws {
        try await ConsequenceOffice.with(engine) { house in
            try await house.sell("T1", sequence: 1)
            try await house.sell("T2", sequence: 2)
            let first = try await house.upheld(["policyNo": .text("PT1")])
            #expect(try await house.verifications().isEmpty, "one is not two")
            let second = try await house.upheld(["policyNo": .text("PT2")])
            let opened = try #require(try await house.verifications().first)
            #expect(opened.state == "open" && opened.values["complaints"] == .list([.whole(first), .whole(second)]))
            #expect(opened.values["lastDay"] == .text(house.today.adding(months: 12).description))
        }
    }

    /// Received 2025-03-01 and 2026-03-10, upheld 2025-04-20 and 2026-04-01: outside by receipt, inside by decision.
    @Test(.article(authenticity[14]), arguments: [(0, 0), (1, 1)])
    func whichDateCountsIsANumberOfTheArticle(date: Int, opened: Int) async throws {
        let start = Moment(Self.day("2025-03-01"), hour: 9)!
        try await ConsequenceOffice.with(at: start) { house in
            try await house.set("complaintDate", to: date)
            try await house.sell("T1", sequence: 1)
            try await house.sell("T2", sequence: 2)
            let first = try await house.complain(["policyNo": .text("PT1")])
            try await house.assign(first)
            house.office.move(to: Moment(Self.day("2025-04-20"), hour: 9)!)
            try await house.conclude(first)
            try await house.uphold(first)
            house.office.move(to: Moment(Self.day("2026-03-10"), hour: 9)!)
            let second = try await house.complain(["policyNo": .text("PT2")])
            try await house.assign(second)
            house.office.move(to: Moment(Self.day("2026-04-01"), hour: 9)!)
            try await house.conclude(second)
            try await house.uphold(second)
            #expect(try await house.verifications().count == opened)
        }
    }

    @Test(.demand(authenticity[14], 2)) func itOpensWhenTheSecondIsUpheldHoweverLate() async throws {
        try await ConsequenceOffice.with { house in
            try await house.sell("T1", sequence: 1)
            try await house.sell("T2", sequence: 2)
            let slow = try await house.complain(["policyNo": .text("PT1")])
            try await house.assign(slow)
            try await house.conclude(slow)
            house.office.move(hours: 24 * 30)
            try await house.upheld(["policyNo": .text("PT2")])
            house.office.move(hours: 24 * 400)
            #expect(try await house.verifications().isEmpty)
            try await house.uphold(slow)
            // Both were received within the year, whenever the earlier one was decided.
            #expect(try await house.verifications().count == 1)
        }
    }

    @Test(.article(authenticity[14]), arguments: TestEngine.all)
    func twoComplaintsOnOneSaleAreOneAndTwoActsToOneCustomerAreTwo(engine: TestEngine) async throws {
        try await ConsequenceOffice.with(engine) { house in
            try await house.sell("T1", sequence: 1)
            // The same customer buys a second policy.
            try await house.sell("T2", sequence: 1)
            let first = try await house.upheld(["policyNo": .text("PT1"), "complainant": .text("applicant")])
            let again = try await house.upheld(["policyNo": .text("PT1"), "complainant": .text("insured"), "way": .text("regulator")])
            #expect(try await house.verifications().isEmpty, "the customer and the regulator speak of one sale")
            #expect(try await house.row(again, by: house.insurer.compliance).values["sameSaleAs"] == .whole(first), "linked, not deleted")
            try await house.upheld(["policyNo": .text("PT2")])
            #expect(try await house.verifications().count == 1, "two acts to one customer are two")
        }
    }

    @Test(.article(authenticity[14])) func complaintsWithoutAPolicyAreLinkedByHandAndPartedAgain() async throws {
        try await ConsequenceOffice.with { house in
            let first = try await house.upheld()
            let second = try await house.complain()
            try await house.assign(second)
            try await house.conclude(second)
            let link: [String: JSONValue] = ["sameSaleAs": .whole(first), "linkReason": .text("同一通电话")]
            try await house.take("link", "complaint", second, link, by: house.insurer.compliance)
            try await house.uphold(second)
            #expect(try await house.verifications().isEmpty)
            try await house.take("separate", "complaint", second, ["linkReason": .text("系另一次销售")], by: house.insurer.compliance)
            #expect(try await house.verifications().count == 1)
            let itself = await #expect(throws: Refusal.self) {
                try await house.take(
                    "link", "complaint", second, ["sameSaleAs": .whole(second), "linkReason": .text("误")], by: house.insurer.compliance)
            }
            #expect(itself?.words.zh.contains("只能与同一销售主体的另一件投诉并案") == true)
        }
    }

    @Test(.demand(authenticity[14], 2), arguments: TestEngine.all)
    func whoSellsUnderANewNumberIsStillTheSamePerson(engine: TestEngine) async throws {
        try await ConsequenceOffice.with(engine) { house in
            try await house.sell("T1", sequence: 1)
            try await house.upheld(["policyNo": .text("PT1")])
            let other = try await house.agent("B7")
            try await house.sell("T2", sequence: 2, by: "B7")
            let second = try await house.complain(["agentNo": .text("b7"), "policyNo": .text("PT2")])
            try await house.assign(second)
            try await house.conclude(second)
            // Nobody knows yet who stands behind the number.
            let unknown = await #expect(throws: Refusal.self) { try await house.uphold(second) }
            #expect(unknown?.article == authenticity[14] && unknown?.words.zh.contains("尚未登记销售主体") == true)
            let twice = await #expect(throws: Refusal.self) {
                try await house.take(
                    "register", "seller-identity", nil,
                    [
                        "kind": .text("person"), "personName": .text("赵业务"),
                        "documentNumber": .text(IntakeFile.number(birth: "19880101", sequence: 301)), "agents": .list([.whole(other)]),
                    ], by: house.channel)
            }
            #expect(twice?.words.zh.contains("请在原登记上补登代码") == true)
            try await house.take(
                "addCodes", "seller-identity", house.seller, ["agents": .list([.whole(house.insurer.agent), .whole(other)])],
                by: house.channel)
            try await house.uphold(second)
            let opened = try #require(try await house.verifications().first)
            #expect(opened.title == "A1 B7")
            #expect(try await house.checks().map(\.title).sorted() == ["PT1", "PT2"], "what was sold under both numbers")
            let gone = await #expect(throws: Refusal.self) {
                try await house.take("addCodes", "seller-identity", house.seller, ["agents": .list([.whole(other)])], by: house.channel)
            }
            #expect(gone?.words.zh.contains("不能删去") == true)
        }
    }

    @Test(.article(authenticity[14])) func aComplaintCountsAgainstWhoSignedAndNotWhoServesNow() async throws {
        try await ConsequenceOffice.with { house in
            try await house.sell("T1", sequence: 1)
            _ = try await house.agent("B7")
            let refusal = await #expect(throws: Refusal.self) {
                _ = try await house.complain(["agentNo": .text("B7"), "policyNo": .text("PT1")])
            }
            #expect(refusal?.article == authenticity[14] && refusal?.words.zh.contains("由业务员 A1 签署销售") == true)
            let byPolicy = try await house.complain(["agentNo": .text(""), "policyNo": .text("PT1")])
            #expect(try await house.row(byPolicy, by: house.insurer.compliance).values["agent"] == .whole(house.insurer.agent))
        }
    }

    @Test(.article(authenticity[23], authenticity[14])) func anAgencyIsKnownByItsCreditCode() async throws {
        try await ConsequenceOffice.with { house in
            func register(_ name: String) async throws -> Int64 {
                try await house.take(
                    "register", "agency", nil,
                    ["agencyName": .text(name), "channel": .text("agency"), "address": .text("广州市越秀区中山六路9号")], by: house.insurer.backOffice)
            }
            func identity(_ code: String, _ agency: Int64) async throws -> Int64 {
                try await house.take(
                    "register", "seller-identity", nil,
                    ["kind": .text("agency"), "creditCode": .text(code), "agencies": .list([.whole(agency)])], by: house.channel)
            }
            let (first, second) = (try await register("甲代理公司"), try await register("乙代理公司"))
            let wrong = await #expect(throws: Refusal.self) { _ = try await identity("91350100M000100Y44", first) }
            #expect(wrong?.article == authenticity[23] && wrong?.faults.first?.field == "creditCode")
            let id = try await identity("91350100M000100Y43", first)
            let again = await #expect(throws: Refusal.self) { _ = try await identity("91350100m000100y43", second) }
            #expect(again?.words.zh.contains("该统一社会信用代码已登记") == true)
            try await house.take(
                "addCodes", "seller-identity", id, ["agencies": .list([.whole(first), .whole(second)])], by: house.channel)
            try await house.upheld(["agentNo": .text(""), "agencyName": .text("甲代理公司")])
            try await house.upheld(["agentNo": .text(""), "agencyName": .text("乙代理公司")])
            #expect(try await house.verifications().map(\.title) == ["甲代理公司 乙代理公司"], "under another name it is the same agency")
        }
    }
}
