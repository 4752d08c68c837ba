import ArticleProof
import EngineFixture
import EnterpriseIT
import Kernel
import Practices
import Synchronization
import TestOffice
import Testing

@Suite(.article(enterpriseIT["第二章12"])) struct InternetApplicationTests {
    private let input: [String: JSONValue] = [
        "use": .text("browse"), "purpose": .text("查询设备资料"), "computer": .text("PC-017"), "from": .text("2026-01-15"),
        "until": .text("2026年1月20日"),
    ]

    @Test(.demand(enterpriseIT["第二章12"], 2), arguments: TestEngine.all)
    func eitherPostApprovesAndNobodyElse(engine: TestEngine) async throws {
        try await TestOffice.with(engine, [enterpriseITContents, practicesContents]) { office in
            let worker = Principal(try await office.hire("worker"))
            for post in [factoryLeader, centreDirector] {
                let approver = Principal(try await office.hire(post.id, post))
                let id = try await office.desk.take(InternetApplication.request, input: input, by: worker).id
                await #expect(throws: DeskError.self) {
                    try await office.desk.take(InternetApplication.approve, on: id, by: worker)
                }
                #expect(try await office.desk.take(InternetApplication.approve, on: id, by: approver).state == "granted")
            }
        }
    }

    @Test(.demand(enterpriseIT["第二章12"], 3, 4), arguments: TestEngine.all)
    func theGrantEndsByItselfAndLeavesTheCurrentList(engine: TestEngine) async throws {
        try await TestOffice.with(engine, [enterpriseITContents, practicesContents]) { office in
            let worker = Principal(try await office.hire("worker")), director = Principal(try await office.hire("director", centreDirector))
            let id = try await office.desk.take(InternetApplication.request, input: input, by: worker).id
            try await office.desk.take(InternetApplication.approve, on: id, by: director)
            #expect(try await current(office, director) == ["PC-017"])
            office.move(hours: 24 * 6)
            try await office.desk.runJobs()
            #expect(try await current(office, director) == [])
            #expect(try await office.desk.document(id, by: director.person).row.state == "ended")
        }
    }

    @Test(arguments: TestEngine.all) func aGrantIsRevokedWithAReasonAndTheApplicantHearsOfIt(engine: TestEngine) async throws {
        try await TestOffice.with(engine, [enterpriseITContents, practicesContents]) { office in
            let worker = Principal(try await office.hire("worker")), director = Principal(try await office.hire("director", centreDirector))
            let id = try await office.desk.take(InternetApplication.request, input: input, by: worker).id
            try await office.desk.take(InternetApplication.approve, on: id, by: director)
            await #expect(throws: DeskError.self) {
                try await office.desk.take(InternetApplication.revoke, on: id, by: director)
            }
            try await office.desk.take(InternetApplication.revoke, on: id, input: ["reason": .text("用途不符")], by: director)
            #expect(try await current(office, director).isEmpty)
            let heard = try await office.desk.notices(of: worker.person).notices.map(\.words.zh)
            #expect(heard.contains { $0.contains("现为“准予上网”") } && heard.contains { $0.contains("收回授权") })
            // Its clock does not end it a second time.
            office.move(hours: 24 * 6)
            try await office.desk.runJobs()
            #expect(try await office.desk.document(id, by: director.person).trail.filter { $0.title.zh == "到期终止" }.isEmpty)
        }
    }

    @Test(.demand(enterpriseIT["第二章12"], 1), arguments: TestEngine.all)
    func anApplicationSaysWhatForOfWhichKindAndHowLong(engine: TestEngine) async throws {
        try await TestOffice.with(engine, [enterpriseITContents, practicesContents]) { office in
            try await office.hire("director", centreDirector)
            let worker = Principal(try await office.hire("worker"))
            for kind in ["browse", "publish", "mail"] {
                let more = input.merging(["use": .text(kind)]) { $1 }
                let id = try await office.desk.take(InternetApplication.request, input: more, by: worker).id
                let values = try await office.desk.document(id, by: worker.person).row.values
                #expect(values["use"] == .text(kind) && values["purpose"] == .text("查询设备资料") && values["until"] == .text("2026-01-20"))
            }
            for (key, value) in [("purpose", ""), ("use", ""), ("use", "game"), ("from", ""), ("until", "")] {
                let wrong = input.merging([key: .text(value)]) { $1 }
                await #expect(throws: DeskError.self, "\(key) \(value)") {
                    try await office.desk.take(InternetApplication.request, input: wrong, by: worker)
                }
            }
        }
    }

    @Test func aGrantBeginsTodayAtTheEarliestAndLastsAYearAtMost() async throws {
        try await TestOffice.with(.sqlite, [enterpriseITContents, practicesContents]) { office in
            try await office.hire("director", centreDirector)
            let worker = Principal(try await office.hire("worker"))
            for (from, until, says) in [
                ("2026-01-14", "2026-01-20", "早于今天"), ("2026-01-20", "2026-01-19", "早于开始"), ("2026-01-15", "2027-01-16", "最长366天"),
            ] {
                let wrong = input.merging(["from": .text(from), "until": .text(until)]) { $1 }
                let refusal = await #expect(throws: Refusal.self) {
                    try await office.desk.take(InternetApplication.request, input: wrong, by: worker)
                }
                #expect(refusal?.words.zh.contains(says) == true)
            }
            let whole = input.merging(["until": .text("2027-01-15")]) { $1 }
            let id = try await office.desk.take(InternetApplication.request, input: whole, by: worker).id
            #expect(try await office.desk.document(id, by: worker.person).row.values["applicant"] == .whole(worker.person.raw))
        }
    }

    @Test(arguments: TestEngine.all) func nothingIsApprovedAfterItsLastDay(engine: TestEngine) async throws {
        try await TestOffice.with(engine, [enterpriseITContents, practicesContents]) { office in
            let worker = Principal(try await office.hire("worker")), director = Principal(try await office.hire("director", centreDirector))
            let one = input.merging(["until": .text("2026-01-15")]) { $1 }
            func request() async throws -> Int64 {
                try await office.desk.take(InternetApplication.request, input: one, by: worker).id
            }
            let (first, second) = (try await request(), try await request())
            #expect(try await office.desk.take(InternetApplication.approve, on: first, by: director).state == "granted")
            office.move(hours: 24)
            let refusal = await #expect(throws: Refusal.self) {
                try await office.desk.take(InternetApplication.approve, on: second, by: director)
            }
            #expect(refusal?.words.zh == "“授权截止”的时间已过，不能再办理，请申请人重新申请")
            #expect(refusal?.article == enterpriseIT["第二章12"])
            #expect(try await office.desk.notices(of: worker.person).notices.count == 1, "only of the first")
        }
    }

    /// What the gateway is given.
    private func current(_ office: TestOffice, _ director: Principal) async throws -> [String] {
        var query = RegisterQuery()
        query.states = ["granted"]
        let rows = Mutex<[String]>([])
        try await office.desk.export("internet-application", query, by: director.person) { row, _ in
            rows.withLock { $0.append(row.values["computer"]?.text ?? "") }
        }
        return rows.withLock { $0 }
    }
}
