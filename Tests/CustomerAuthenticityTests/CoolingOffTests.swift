import ArticleProof
import CustomerAuthenticity
import EngineFixture
import Kernel
import TestOffice
import Testing
import WorkCalendar

/// The customer's right ends at the later date, the insurer's duties at the earlier.
@Suite struct CoolingOffTests {
    /// Signed, days, the end by the contract, until when the customer may withdraw, the last working day within.
    private static let vectors: [(signed: String, days: Int, end: String, right: String, last: String)] = [
        ("2026-01-30", 15, "2026-02-14", "2026-02-14", "2026-02-14"), ("2026-02-05", 15, "2026-02-20", "2026-02-24", "2026-02-14"),
        ("2026-04-20", 15, "2026-05-05", "2026-05-06", "2026-04-30"), ("2026-09-20", 15, "2026-10-05", "2026-10-08", "2026-09-30"),
        ("2026-11-13", 15, "2026-11-28", "2026-11-30", "2026-11-27"), ("2026-02-05", 10, "2026-02-15", "2026-02-24", "2026-02-14"),
        ("2026-02-02", 15, "2026-02-17", "2026-02-24", "2026-02-14"),
    ]

    @Test(.article(authenticity[7]), arguments: vectors.indices) func endsAreCounted(index: Int) throws {
        let (wanted, calendar) = (Self.vectors[index], try WorkCalendar.announced())
        let signed = try #require(Day(iso: wanted.signed))
        let found = CoolingOff(signed: signed, days: wanted.days, followsHolidays: true, calendar)
        #expect(found.end.description == wanted.end && found.rightEnds.description == wanted.right)
        #expect(CoolingOff.lastWorkingDay(upTo: found.end, calendar).description == wanted.last)
        #expect(CoolingOff(signed: signed, days: wanted.days, followsHolidays: false, calendar).rightEnds == found.end)
    }

    private static func moment(_ day: String) -> Moment { Moment(Day(iso: day)!, hour: 9)! }

    /// An item on the list, about policies that were received on 2 February.
    private static func listed(_ insurer: InsurerOffice) async throws -> Int64 {
        let item = try await insurer.shareTelephone()
        insurer.office.move(to: moment("2026-02-03"))
        for policy in try await insurer.rows("policy") {
            try await insurer.desk.take(
                "deliver", of: "policy", on: policy.id, input: ["signedOn": .text("2026-02-02"), "wasHintGiven": .flag(true)],
                by: insurer.service)
        }
        try await insurer.desk.runJobs()
        return item.id
    }

    @Test(.demand(authenticity[7], 4), .article(authenticity[13]), arguments: TestEngine.all)
    func aCallBackIsPlannedForAWorkingDayWithinIt(engine: TestEngine) async throws {
        try await InsurerOffice.with(engine, at: Self.moment("2026-02-02")) { insurer in
            let item = try await Self.listed(insurer)
            let policy = try #require(try await insurer.rows("policy").first)
            #expect(policy.values["coolingOffEnd"] == .text("2026-02-17") && policy.values["rightEnds"] == .text("2026-02-24"))
            func distribute(_ day: String?) async throws {
                let input: [String: JSONValue] = ["channelUnit": .whole(insurer.office.market.raw), "callBackOn": .text(day ?? "")]
                try await insurer.take("distribute", item, input, by: insurer.service)
            }
            #expect(try await insurer.rows("suspicion").first?.values["callBackOn"] == .text("2026-02-14"), "proposed")
            // Left out, on a holiday, behind the end.
            for day in [nil, "2026-02-17", "2026-02-24"] {
                let refusal = await #expect(throws: Refusal.self) { try await distribute(day) }
                #expect(refusal?.article == authenticity[7] && refusal?.words.zh.contains(day == nil ? "请填写犹豫期回访日期" : "2026-02-14") == true)
            }
            try await distribute("2026-02-14")
            let clocks = try await insurer.desk.document(item, by: insurer.service.person).deadlines.filter { $0.met == nil }
            #expect(clocks.first { $0.name == "callBack" }?.due == .startOfDay(Day(iso: "2026-02-14")!))
            #expect(clocks.first { $0.name == "coolingOff" }?.due == .endOfDay(Day(iso: "2026-02-14")!), "planned for the last working day")
            // Received on the last working day before the holidays, the three days end behind all that: somebody is told.
            insurer.office.move(to: Self.moment("2026-02-13"))
            try await insurer.take("receive", item, by: insurer.backOffice)
            let row = try await insurer.desk.document(item, by: insurer.service.person).row
            #expect(row.values["investigateBy"] == .text("2026-02-25") && row.values["warnings"] == .text("investigation_too_late"))
            #expect(try await insurer.desk.todo(of: insurer.service.person).notices.contains { $0.words.zh.contains("请提前完成") })
        }
    }

    /// Not closed before the call-back it is late, and behind the cooling-off once more, also when it is closed then.
    @Test(.demand(authenticity[7], 4), .article(authenticity[13]), arguments: TestEngine.all)
    func anItemThatIsOpenAtTheCallBackIsLate(engine: TestEngine) async throws {
        try await InsurerOffice.with(engine, at: Self.moment("2026-02-02")) { insurer in
            let item = try await Self.listed(insurer), callBack = Moment.startOfDay(Day(iso: "2026-02-11")!)
            let input: [String: JSONValue] = ["channelUnit": .whole(insurer.office.market.raw), "callBackOn": .text("2026-02-11")]
            try await insurer.take("distribute", item, input, by: insurer.service)
            try await insurer.take("receive", item, by: insurer.backOffice)
            try await insurer.take("investigate", item, by: insurer.backOffice)
            func breaches(_ name: String) async throws -> [Moment] {
                let deadlines = try await insurer.desk.document(item, by: insurer.compliance.person).deadlines
                return deadlines.filter { $0.name == name }.compactMap(\.breached)
            }
            insurer.office.move(to: callBack.adding(seconds: -1))
            try await insurer.desk.runJobs()
            #expect(try await breaches("callBack").isEmpty)
            insurer.office.move(to: callBack.adding(hours: 1))
            try await insurer.desk.runJobs()
            #expect(try await breaches("callBack") == [callBack])
            #expect(try await breaches("coolingOff").isEmpty, "its last working day is the 14th")
            // Closed behind that day, it stays late.
            insurer.office.move(to: Self.moment("2026-02-15"))
            try await insurer.take("evidence", item, InsurerOffice.statement, by: insurer.backOffice)
            try await insurer.take("verify", item, ["conclusion": .text("genuine")], by: insurer.compliance)
            try await insurer.take("close", item, by: insurer.service)
            #expect(try await breaches("coolingOff").count == 1)
            #expect(try await breaches("callBack") == [callBack])
        }
    }

    /// A policy whose cooling-off is over long ago has none, and needs no call-back within it.
    @Test(.article(authenticity[7])) func anOldPolicyHasNoneAnyMore() async throws {
        try await InsurerOffice.with { insurer in
            for sequence in [1, 2] { try await insurer.submit(insurer.application("T\(sequence)", sequence: sequence)) }
            for policy in try await insurer.rows("policy") {
                try await insurer.desk.take(
                    "deliver", of: "policy", on: policy.id, input: ["signedOn": .text("2026-01-15"), "wasHintGiven": .flag(true)],
                    by: insurer.service)
            }
            insurer.office.move(hours: 24 * 60)
            // Direct business of the first customer under the telephone of the second, found by a call.
            let customers = try await insurer.rows("customer")
            let taken = try await insurer.desk.take(
                "report", of: "suspicion",
                input: ["customers": .list(customers.map { .whole($0.id) }), "report": .text("客户称未投保")], by: insurer.service)
            let row = try await insurer.desk.document(taken.id, by: insurer.service.person).row
            #expect(row.values["policies"]?.list.count == 2 && row.values["coolingOffEnd"] == nil)
            try await insurer.take("distribute", taken.id, ["channelUnit": .whole(insurer.office.market.raw)], by: insurer.service)
        }
    }
}
