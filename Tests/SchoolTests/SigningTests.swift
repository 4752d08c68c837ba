import ArticleProof
import EngineFixture
import Kernel
import Practices
import School
import TestOffice
import Testing
import WorkCalendar

/// Each person signs the rules that bind the post, again after a new version.
@Suite struct SigningTests {
    private func draft(_ campus: Campus, _ rule: Int64, _ text: String, approvedBy second: Principal) async throws {
        try await campus.desk.take(
            SignedRule.draft, on: rule,
            input: ["heading": .text("信息人员守则"), "text": .text(text), "signingDays": .whole(3)], by: campus.manager)
        try await campus.desk.take(SignedRule.approve, on: rule, by: second)
    }

    /// The rule that the school asks for, in force, and the second head who approved it.
    private func ruleInForce(_ campus: Campus) async throws -> (id: Int64, second: Principal) {
        try await campus.desk.runJobs()
        let rule = try #require(try await campus.rows("signed-rule", by: campus.manager).first).id
        let second = Principal(try await campus.office.hire("second", .head, in: campus.office.company, clearance: .secret))
        try await draft(campus, rule, "逐件登记，不外传。", approvedBy: second)
        return (rule, second)
    }

    private func undertakings(_ campus: Campus, of principal: Principal) async throws -> [Found<Undertaking>] {
        try await campus.desk.all(Undertaking.self).filter { $0.value.person == principal.person }
    }

    @Test(.demand(school[22], 2), arguments: TestEngine.all)
    func whoeverHoldsABoundPostSigns(engine: TestEngine) async throws {
        try await Campus.with(engine) { campus in
            let desk = campus.desk, office = campus.office
            _ = try await ruleInForce(campus)
            // Whoever only teaches is not bound.
            #expect(try await undertakings(campus, of: campus.teacher).isEmpty)
            let clerks = try await undertakings(campus, of: campus.clerk)
            #expect(clerks.map(\.state) == [.open])
            let mine = try #require(clerks.first).id.raw
            await #expect(throws: DeskError.self) { try await desk.take(Undertaking.sign, on: mine, by: campus.teacher) }
            try await desk.take(Undertaking.sign, on: mine, by: campus.clerk)
            // What is not signed is found.
            office.move(hours: 24 * 5)
            try await desk.runJobs()
            let late = try #require(try await undertakings(campus, of: campus.marketSpecialist).first).id.raw
            #expect(try await campus.tray(of: campus.director).contains(late))
            #expect(try await !campus.tray(of: campus.officeHead).contains(mine))
            func isFound(_ id: Int64) async throws -> Bool {
                try await desk.store.read { session in
                    try session.count("SELECT count(*) FROM task WHERE step = '?undertaking-unsigned' AND document = $1", [.int(id)]) > 0
                }
            }
            let found = try await isFound(late), signed = try await isFound(mine)
            #expect(found && !signed)
        }
    }

    /// One for each that the article names, and no more the day after.
    @Test(.demand(school[22], 1), arguments: TestEngine.all)
    func eachRuleOfTheArticleIsSignedByItself(engine: TestEngine) async throws {
        try await Campus.with(engine) { campus in
            let desk = campus.desk, first = try await ruleInForce(campus)
            campus.office.move(hours: 24)
            try await desk.runJobs()
            let rules = try await campus.rows("signed-rule", by: campus.manager)
            let topics = rules.compactMap { $0.values["topic"]?.text }
            #expect(rules.count == 4 && Set(topics) == ["文件收发规定", "档案资料管理规定", "信息管理中心规定", "安全保密规定"])
            #expect(try await undertakings(campus, of: campus.clerk).count == 1)
            let second = try #require(rules.first { $0.state == "draft" }).id
            try await draft(campus, second, "当日登记，当日传送。", approvedBy: first.second)
            // Signing the one is not signing the other.
            let clerks = try await undertakings(campus, of: campus.clerk)
            #expect(clerks.map(\.state) == [.open, .open] && Set(clerks.map(\.value.rule.raw)) == [first.id, second])
            try await desk.take(Undertaking.sign, on: try #require(clerks.first).id.raw, by: campus.clerk)
            #expect(try await undertakings(campus, of: campus.clerk).count { $0.state == .open } == 1)
        }
    }

    /// The old signature stays, for the old text.
    @Test(.demand(school[22], 1), arguments: TestEngine.all)
    func aNewVersionIsSignedAgain(engine: TestEngine) async throws {
        try await Campus.with(engine) { campus in
            let desk = campus.desk, rule = try await ruleInForce(campus)
            let first = try #require(try await undertakings(campus, of: campus.clerk).first).id.raw
            try await desk.take(Undertaking.sign, on: first, by: campus.clerk)
            try await desk.take(SignedRule.revise, on: rule.id, input: ["reason": .text("补充拍摄")], by: campus.manager)
            let next = try #require(
                try await campus.rows("signed-rule", by: campus.manager).first { $0.values["previous"] == .whole(rule.id) }).id
            // While it is drafted the old one is in force, and so is its signature.
            #expect(try await undertakings(campus, of: campus.clerk).map(\.state) == [.signed])
            try await draft(campus, next, "逐件登记，不外传、不拍摄。", approvedBy: rule.second)
            let clerks = try await undertakings(campus, of: campus.clerk)
            let old = clerks.first { $0.state == .lapsed }?.value, new = clerks.first { $0.state == .open }
            #expect(clerks.count == 2 && old?.text == "逐件登记，不外传。" && old?.edition == 1 && old?.signedAt != nil)
            #expect(new?.value.text == "逐件登记，不外传、不拍摄。" && new?.value.edition == 2)
            try await desk.take(Undertaking.sign, on: try #require(new).id.raw, by: campus.clerk)
            // Whoever had not signed the first signs the second alone.
            #expect(try await undertakings(campus, of: campus.keeper).filter { $0.state == .open }.count == 1)
        }
    }
}
