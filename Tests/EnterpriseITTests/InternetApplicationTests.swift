import ArticleProof
import EngineFixture
import EnterpriseIT
import Kernel
import Synchronization
import TestOffice
import Testing

@Suite(.article(enterpriseIT["第二章12"])) struct InternetApplicationTests {
    private let input: [String: Stored] = [
        "use": .text("browse"), "purpose": .text("查询设备资料"), "computer": .text("PC-017"), "from": .text("2026-01-15"),
        "until": .text("2026年1月20日"),
    ]

    @Test(arguments: TestEngine.all)
    func eitherPostApprovesAndNobodyElse(engine: TestEngine) async throws {
        try await TestOffice.with(engine, [enterpriseITContents]) { office in
            let worker = Hand(try await office.hire("worker"))
            for post in [factoryLeader, centreDirector] {
                let approver = Hand(try await office.hire(post.id, post))
                let id = try await office.desk.take("request", of: "internet-application", input: input, by: worker).id
                await #expect(throws: DeskError.self) {
                    try await office.desk.take("approve", of: "internet-application", on: id, by: worker)
                }
                #expect(try await office.desk.take("approve", of: "internet-application", on: id, by: approver).state == "granted")
            }
        }
    }

    @Test(arguments: TestEngine.all)
    func theGrantEndsByItselfAndLeavesTheCurrentList(engine: TestEngine) async throws {
        try await TestOffice.with(engine, [enterpriseITContents]) { office in
            let worker = Hand(try await office.hire("worker")), director = Hand(try await office.hire("director", centreDirector))
            let id = try await office.desk.take("request", of: "internet-application", input: input, by: worker).id
            try await office.desk.take("approve", of: "internet-application", on: id, by: director)
            #expect(try await current(office, director) == ["PC-017"])
            office.move(hours: 24 * 6)
            try await office.desk.runJobs()
            #expect(try await current(office, director) == [])
            #expect(try await office.desk.document(id, by: director.person).row.state == "ended")
        }
    }

    /// What the gateway is given.
    private func current(_ office: TestOffice, _ director: Hand) async throws -> [String] {
        var query = RegisterQuery()
        query.states = ["granted"]
        let rows = Mutex<[String]>([])
        try await office.desk.export("internet-application", query, by: director.person) { row, _ in
            rows.withLock { $0.append(row.values["computer"]?.text ?? "") }
        }
        return rows.withLock { $0 }
    }
}
