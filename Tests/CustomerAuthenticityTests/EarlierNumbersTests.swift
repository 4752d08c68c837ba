import ArticleProof
import CustomerAuthenticity
import EngineFixture
import Kernel
import Store
import TestOffice
import Testing

/// Numbers that an earlier program kept as they were typed are found under the present normal form.
@Suite struct EarlierNumbersTests {
    private static let normal = ["AU2601", "AU2602", "AU2603", "AU2604"]
    private static let typed = ["AU-2601", "au2602", "ＡＵ２６０３", "au 26-04"]

    private static func file(_ numbers: [String], agent: String = "A1") throws -> IntakeFile {
        try IntakeFile(
            numbers.enumerated().map { index, number in
                [
                    "application_no": number, "policy_no": "P" + number, "customer_no": "", "application_date": "2026-01-15",
                    "document_number": IntakeFile.number(birth: "19800203", sequence: index * 2 + 1), "mobile": "139\(12_345_000 + index)",
                    "bank_account": "622202\(100_000 + index)", "agent_no": agent,
                ]
            })
    }

    private static func importing(_ file: IntakeFile, _ desk: Desk, _ insurer: InsurerOffice) async throws -> IntakeImport.Summary {
        let rejected = RejectedRows(path: file.folder.appending(path: "rejected.csv").path, isWorkbook: false)
        return try await IntakeImport(desk, by: insurer.underwriter).run(file.path, rejected: rejected)
    }

    /// Accepted applications as that program left them: numbers as they were typed, and found by nothing else.
    private static func with(_ engine: TestEngine, _ body: (InsurerOffice, Desk) async throws -> Void) async throws {
        try await InsurerOffice.with(engine) { insurer in
            let file = try file(normal)
            defer { file.remove() }
            #expect(try await importing(file, insurer.desk, insurer).accepted == normal.count)
            try await insurer.desk.store.write { session in
                var changed = 0
                let found = try session.all("SELECT id, body FROM document WHERE type IN ('application', 'policy', 'agent')", []) {
                    ($0.int(0), $0.text(1))
                }
                for (id, body) in found {
                    var older = body.replacing("\"A1\"", with: "\"a-1\"")
                    for (normal, typed) in zip(normal, typed) {
                        older = older.replacing("\"\(normal)\"", with: "\"\(typed)\"").replacing("\"P\(normal)\"", with: "\"p\(typed)\"")
                    }
                    if older != body { changed += 1 }
                    try session.execute("UPDATE document SET body = $1 WHERE id = $2", [.text(older), .int(id)])
                }
                #expect(changed == normal.count * 2 + 1)
                for table in ["lookup", "gram", "gram_waiting"] { try session.execute("DELETE FROM \(table)") }
                try session.execute("UPDATE setting SET value = '1' WHERE name = 'finding'")
            }
            try await body(insurer, try await insurer.office.anotherDesk())
        }
    }

    @Test(.article(authenticity[5]), arguments: TestEngine.all)
    func theyAreFoundHoweverTheyAreTyped(engine: TestEngine) async throws {
        try await Self.with(engine) { insurer, desk in
            for (typed, normal) in zip(Self.typed, Self.normal) {
                for asked in [typed, normal, normal.lowercased()] {
                    for (type, field, form) in [("application", "applicationNo", asked), ("policy", "policyNo", "P" + asked)] {
                        var query = RegisterQuery()
                        query.text = form
                        var found = try await desk.register(type, query, by: insurer.underwriter.person).rows
                        #expect(found.map { $0.values["applicationNo"] } == [.text(typed)], "\(form) is looked for among \(type)s")
                        query = RegisterQuery()
                        query.equal = [field: form]
                        found = try await desk.register(type, query, by: insurer.underwriter.person).rows
                        #expect(found.map { $0.values["applicationNo"] } == [.text(typed)], "\(type) \(form)")
                    }
                }
            }
        }
    }

    @Test(.article(authenticity[5]), arguments: TestEngine.all)
    func anImportKnowsThem(engine: TestEngine) async throws {
        try await Self.with(engine) { insurer, desk in
            for numbers in [Self.normal, Self.typed, Self.normal.map { $0.lowercased() }] {
                for agent in ["A1", "a-1", "Ａ1"] {
                    let file = try Self.file(numbers, agent: agent)
                    defer { file.remove() }
                    let summary = try await Self.importing(file, desk, insurer)
                    #expect((summary.known, summary.accepted, summary.drafts) == (4, 0, 0), "\(numbers) by \(agent)")
                }
            }
        }
    }

    @Test(.article(authenticity[10]), arguments: TestEngine.all)
    func theAgentIsTheSameAndHisNumberIsTaken(engine: TestEngine) async throws {
        try await Self.with(engine) { insurer, desk in
            for (sequence, agent) in ["A1", "a1", "A-1"].enumerated() {
                let taken = try await desk.take(Application.submit, by: insurer.underwriter) {
                    $0 = insurer.application("N\(sequence)", sequence: 90 + sequence) { $0.agentNo = agent }
                }
                #expect(taken.state == "accepted", "\(taken.refusal?.words.zh ?? "")")
            }
            await #expect(throws: (any Error).self) {
                try await desk.take(
                    "register", of: "agent",
                    input: [
                        "agentNo": .text("A1"), "name": .text("钱业务"), "channel": .text("individual"), "team": .whole(insurer.office.market.raw),
                        "leader": .whole(insurer.leader.person.raw), "phone": .text("13600000009"), "address": .text("广州市天河区体育西路9号"),
                    ], by: insurer.backOffice)
            }
        }
    }

    @Test(.article(authenticity[3]), arguments: TestEngine.all)
    func aPolicyNumberIsOnePolicys(engine: TestEngine) async throws {
        try await Self.with(engine) { insurer, desk in
            try await insurer.desk.take(Application.submit, by: insurer.underwriter) {
                $0 = insurer.application("N1", sequence: 90) { $0.policyNo = "" }
            }
            let policy = try #require(try await insurer.rows("policy").last)
            let day = insurer.office.now.day.description
            for number in ["PAU2601", "pau2602", "P-AU-2603"] {
                await #expect(throws: Refusal.self, "\(number)") {
                    try await desk.take(
                        Policy.deliver, on: policy.id,
                        input: ["policyNo": .text(number), "signedOn": .text(day), "wasHintGiven": .flag(true)], by: insurer.service)
                }
            }
        }
    }
}
