import ArticleProof
import CustomerAuthenticity
import EngineFixture
import Kernel
import TestOffice
import Testing
import WorkCalendar

/// The list of a day, and what the night finds that no intake noticed (第七条).
@Suite struct SuspicionListTests {
    private static func nextMorning(_ insurer: InsurerOffice) async throws {
        insurer.office.move(to: .startOfDay(insurer.office.now.day.adding(days: 1)).adding(hours: 1))
        try await insurer.desk.runJobs()
        insurer.office.move(hours: 8)
    }

    @Test(.demand(authenticity[7], 1), arguments: TestEngine.all)
    func theListOfADayIsADocumentThatShowsWhatWasListed(engine: TestEngine) async throws {
        try await InsurerOffice.with(engine, at: Moment(Day(iso: "2026-01-16")!, hour: 9)!) { insurer in
            _ = try await insurer.shareTelephone()
            // Saturday's find belongs to Monday's list.
            insurer.office.move(to: Moment(Day(iso: "2026-01-17")!, hour: 9)!)
            try await insurer.submit(insurer.application("T5", sequence: 5) { $0.persons[0].account = "622202100001" })
            for day in 19...20 {
                insurer.office.move(to: Moment(Day(iso: "2026-01-\(day)")!, hour: 1)!)
                try await insurer.desk.runJobs()
            }
            let lists = try await insurer.rows("suspicion-list")
            #expect(lists.map { $0.values["day"] } == [.text("2026-01-16"), .text("2026-01-19")], "none of days before there was anything")
            #expect(lists.map { $0.values["count"] } == [.whole(1), .whole(1)] && lists.map(\.number) == ["清单〔2026〕1号", "清单〔2026〕2号"])
            let items = try await insurer.rows("suspicion")
            let row = try #require(try await insurer.desk.document(lists[0].id, by: insurer.service.person).row.values["rows"]?.list.first)
            #expect(row["item"] == .whole(items[0].id) && row["kind"] == .text("phone") && row["value"] == .text("139****0001"))
            #expect(row["customers"] == .text("王*红、王*军") && row["policies"] == .text("PT1、PT2") && row["agents"] == .text("A1"))
            #expect(row["channels"] == .text("individual"))
            // The notice leads to it, and it stays as it was.
            let notice = try await insurer.desk.todo(of: insurer.service.person).notices.first { $0.words.zh.hasPrefix("2026-01-16 的可疑清单共 1 件") }
            #expect(notice?.document == lists[0].id)
            let version = lists[0].version
            try await insurer.desk.runJobs()
            #expect(try await insurer.rows("suspicion-list").map(\.version) == [version, version])
            // The register of items is filtered by kind, day and channel.
            for (field, value, count) in [("kind", "account", 1), ("day", "2026-01-16", 1), ("channel", "individual", 2), ("day", "2026-01-18", 0)] {
                var query = RegisterQuery()
                query.equal = [field: value]
                #expect(try await insurer.desk.register("suspicion", query, by: insurer.service.person).rows.count == count, "\(field) \(value)")
            }
        }
    }

    /// An item has all the channels of its policies.
    @Test(.demand(authenticity[7], 1)) func bothChannelsAreNamed() async throws {
        try await InsurerOffice.with { insurer in
            try await insurer.submit(insurer.application("T1", sequence: 1) { ($0.channel, $0.agentNo) = (.direct, "") })
            try await insurer.submit(insurer.application("T2", sequence: 2) { $0.persons[0].mobile = "13912340001" })
            #expect(try await insurer.rows("suspicion").first?.values["channels"] == .text("individual;direct"))
        }
    }

    /// Closed as corrected and given again, it is a new item, and the application's word of a clue is true.
    @Test(.article(authenticity[7]), arguments: TestEngine.all) func aRepeatedOffenceIsListedAgain(engine: TestEngine) async throws {
        try await InsurerOffice.with(engine) { insurer in
            let item = try await insurer.listSharedTelephone()
            let customer = try #require(try await insurer.rows("customer").last)
            let proof = try await insurer.desk.keep(file: "证明.txt", content: Array("号码变更".utf8), by: insurer.service)
            let correction = try await insurer.desk.take(
                "request", of: "correction",
                input: [
                    "customer": .whole(customer.id), "suspicion": .whole(item), "mobile": .text("13988887777"),
                    "isSignedByCustomer": .flag(true), "reason": .text("更换号码"), "evidence": .list([proof.stored]),
                ], by: insurer.service)
            try await insurer.desk.take(Correction.apply, on: correction.id, by: insurer.secondService)
            try await insurer.distribute(item)
            try await insurer.take("receive", item, by: insurer.backOffice)
            try await insurer.take("investigate", item, by: insurer.backOffice)
            try await insurer.take("evidence", item, InsurerOffice.statement, by: insurer.backOffice)
            try await insurer.take("verify", item, ["conclusion": .text("corrected")], by: insurer.compliance)
            try await insurer.take("close", item, ["correction": .whole(correction.id)], by: insurer.service)
            #expect(try await insurer.rows("customer").map(\.state) == ["verified", "corrected"])
            try await insurer.submit(
                insurer.application("T9", sequence: 2) {
                    ($0.persons[0].mobile, $0.persons[1].mobile) = ("13912340001", "13912340001")
                })
            #expect(try await insurer.rows("application").last?.values["findings"] == .text("clue.phone"))
            let items = try await insurer.rows("suspicion")
            #expect(items.map(\.state) == ["closed", "noticed"] && items[1].values["customers"]?.list.count == 2)
            #expect(try await insurer.rows("customer").map(\.state) == ["suspicious", "suspicious"])
        }
    }

    /// What was found genuine is no clue again, and is not called one.
    @Test(.article(authenticity[7])) func whatWasGenuineIsNotListedAgain() async throws {
        try await InsurerOffice.with { insurer in
            let item = try await insurer.listSharedTelephone()
            try await insurer.distribute(item)
            try await insurer.take("takeOver", item, by: insurer.service)
            try await insurer.take("evidence", item, InsurerOffice.statement, by: insurer.service)
            try await insurer.take("verify", item, ["conclusion": .text("genuine")], by: insurer.compliance)
            try await insurer.take("close", item, by: insurer.secondService)
            try await insurer.submit(
                insurer.application("T9", sequence: 2) {
                    ($0.persons[0].mobile, $0.persons[1].mobile) = ("13912340001", "13912340001")
                })
            #expect(try await insurer.rows("suspicion").count == 1)
            #expect(try await insurer.rows("application").last?.values["findings"] == nil)
        }
    }

    /// What was shared under an exemption is a clue from its end on, whether its day has come or somebody ended it.
    @Test(.demand(authenticity[7], 2), arguments: TestEngine.all) func anEndedExemptionLeavesItsClues(engine: TestEngine) async throws {
        try await InsurerOffice.with(engine) { insurer in
            let today = insurer.office.now.day
            func exempt(_ field: String, _ value: String, until day: Day?) async throws -> Int64 {
                let exemption = try await insurer.desk.take(
                    "request", of: "exemption",
                    input: [
                        field: .text(value), "owner": .text("网点"), "reason": .text("机构电话"), "until": .text(day?.description ?? ""),
                    ], by: insurer.service)
                try await insurer.desk.take(Exemption.approve, on: exemption.id, by: insurer.compliance)
                return exemption.id
            }
            _ = try await exempt("phone", "020-83331111", until: today.adding(days: 1))
            let account = try await exempt("account", "622202100001", until: nil)
            for sequence in [1, 2, 3] {
                try await insurer.submit(
                    insurer.application("T\(sequence)", sequence: sequence) {
                        ($0.persons[0].landline, $0.persons[0].account) = ("020-83331111", "622202100001")
                    })
            }
            #expect(try await insurer.rows("suspicion").isEmpty)
            try await Self.nextMorning(insurer)
            #expect(try await insurer.rows("suspicion").isEmpty, "its last day")
            try await Self.nextMorning(insurer)
            let first = try await insurer.rows("suspicion")
            #expect(first.map { $0.values["kind"] } == [.text("phone")] && first[0].values["customers"]?.list.count == 3)
            try await insurer.desk.take(Exemption.end, on: account, input: ["answer": .text("不再共用")], by: insurer.compliance)
            let both = try await insurer.rows("suspicion")
            #expect(both.map { $0.values["kind"] } == [.text("phone"), .text("account")] && both[1].values["customers"]?.list.count == 3)
            #expect(try await insurer.rows("customer").allSatisfy { $0.state == "suspicious" })
        }
    }
}
