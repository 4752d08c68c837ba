import ArticleProof
import EngineFixture
import Kernel
import Practices
import Store
import TestOffice
import Testing
import WorkCalendar

@Suite struct UndertakingTests {
    private struct People {
        let head: Principal, deputy: Principal, porter: Principal

        init(_ office: TestOffice) async throws {
            head = Principal(try await office.hire("head", .head, in: office.company))
            deputy = Principal(try await office.hire("deputy", .head, in: office.service))
            porter = Principal(try await office.hire("porter", PracticesTests.porter, in: office.service))
        }
    }

    /// The rule that the house asks for, drafted by the one who heads and approved by another head of the same unit.
    private func ruleInForce(_ office: TestOffice, _ people: People) async throws -> Int64 {
        let desk = office.desk
        try await desk.runJobs()
        let rule = try #require(try await desk.register("signed-rule", RegisterQuery(), by: people.head.person).rows.first)
        #expect(rule.state == "draft" && rule.title == "门卫保密承诺书")
        try await desk.take(
            SignedRule.draft, on: rule.id,
            input: ["heading": .text("门卫保密承诺书"), "text": .text("不外传客户资料。"), "signingDays": .whole(3)], by: people.head)
        let second = Principal(try await office.hire("second", .head, in: office.company))
        let isSame = await #expect(throws: Refusal.self) { try await desk.take(SignedRule.approve, on: rule.id, by: people.head) }
        #expect(isSame?.article == houseRules[1], "the refusal names the article that the document names")
        try await desk.take(SignedRule.approve, on: rule.id, by: second)
        return rule.id
    }

    private func undertakings(_ office: TestOffice, _ people: People) async throws -> [DocumentRow] {
        try await office.desk.register("undertaking", RegisterQuery(), by: people.head.person).rows
    }

    @Test(arguments: TestEngine.all) func whoeverIsBoundSignsEachVersion(engine: TestEngine) async throws {
        try await TestOffice.with(engine, [houseContents, practicesContents]) { office in
            let people = try await People(office), desk = office.desk
            let rule = try await ruleInForce(office, people)
            let first = try #require(try await undertakings(office, people).first)
            #expect(first.values["person"] == .whole(people.porter.person.raw) && first.state == "open")
            #expect(try await undertakings(office, people).count == 1, "only the porter is bound")
            #expect(first.due?.article == houseRules[1])

            await #expect(throws: DeskError.self) { try await desk.take(Undertaking.sign, on: first.id, by: people.deputy) }
            try await desk.take(Undertaking.sign, on: first.id, by: people.porter)
            #expect(try await undertakings(office, people).map(\.state) == ["signed"])

            // A new version makes everybody sign again.
            try await desk.take(SignedRule.revise, on: rule, input: ["reason": .text("补充照片")], by: people.head)
            let again = await #expect(throws: Refusal.self) {
                try await desk.take(SignedRule.revise, on: rule, input: ["reason": .text("再改")], by: people.head)
            }
            #expect(again?.words.zh == "已有一份新版正在起草或待批准")
            let next = try #require(
                try await desk.register("signed-rule", RegisterQuery(), by: people.head.person).rows.first { $0.state == "draft" })
            try await desk.take(
                SignedRule.draft, on: next.id,
                input: ["heading": .text("门卫保密承诺书"), "text": .text("不外传、不拍摄客户资料。"), "signingDays": .whole(3)], by: people.head)
            let second = Principal(try #require(try await desk.organisation().people.values.first { $0.login == "second" }).id)
            try await desk.take(SignedRule.approve, on: next.id, by: second)
            #expect(Set(try await undertakings(office, people).map(\.state)) == ["open", "lapsed"])
            #expect(try await desk.document(rule, by: people.head.person).row.state == "superseded")
        }
    }

    /// Published is not in force: the signatures hold until the day of the new version.
    @Test(arguments: TestEngine.all) func aNewVersionIsSignedFromTheDayOnFromWhichItIsInForce(engine: TestEngine) async throws {
        try await TestOffice.with(engine, [houseContents, practicesContents]) { office in
            let people = try await People(office), desk = office.desk
            let rule = try await ruleInForce(office, people)
            let second = Principal(try #require(try await desk.organisation().people.values.first { $0.login == "second" }).id)
            try await desk.take(
                Undertaking.sign, on: try #require(try await undertakings(office, people).first).id, by: people.porter)
            try await desk.take(SignedRule.revise, on: rule, input: ["reason": .text("补充照片")], by: people.head)
            let next = try #require(
                try await desk.register("signed-rule", RegisterQuery(), by: people.head.person).rows.first { $0.state == "draft" }).id
            func draft(_ day: String) async throws {
                try await desk.take(
                    SignedRule.draft, on: next,
                    input: [
                        "heading": .text("门卫保密承诺书"), "text": .text("不外传、不拍摄客户资料。"), "signingDays": .whole(3), "effective": .text(day),
                    ], by: people.head)
            }
            let past = await #expect(throws: Refusal.self) { try await draft("2026-01-15") }
            #expect(past?.words.zh.contains("施行日期须晚于今天") == true)
            try await draft("2026-01-18")
            await #expect(throws: DeskError.self) { try await desk.take(SignedRule.approve, on: next, by: second) }
            try await desk.take(SignedRule.approveAhead, on: next, by: second)
            office.move(hours: 48)
            try await desk.runJobs()
            #expect(try await undertakings(office, people).map(\.state) == ["signed"])
            #expect(try await desk.document(rule, by: people.head.person).row.state == "inForce")
            office.move(hours: 24)
            try await desk.runJobs()
            #expect(Set(try await undertakings(office, people).map(\.state)) == ["open", "lapsed"])
            #expect(try await desk.document(rule, by: people.head.person).row.state == "superseded")
            #expect(try await desk.document(next, by: people.head.person).row.state == "inForce")
        }
    }

    @Test(arguments: TestEngine.all) func whoComesLaterSignsTooAndTheUnsignedIsFound(engine: TestEngine) async throws {
        try await TestOffice.with(engine, [houseContents, practicesContents]) { office in
            let people = try await People(office), desk = office.desk
            _ = try await ruleInForce(office, people)
            let late = Principal(try await office.hire("late", porter, in: office.service))
            office.move(hours: 24)
            try await desk.runJobs()
            #expect(try await undertakings(office, people).count == 2)
            let own = try #require(try await desk.todo(of: late.person).items.first)
            #expect(own.article == houseRules[1])
            office.move(hours: 24 * 6)
            try await desk.runJobs()
            let found = try await desk.todo(of: people.deputy.person).items.filter { $0.row.type == "undertaking" }
            #expect(Set(found.map(\.row.id)).count == 2 && found.allSatisfy { $0.article == houseRules[1] })
            let charter = try await desk.charter(houseRules.id, by: people.head.person)
            #expect(charter.laws[0].carriers.contains { $0.title.zh == "承诺书·签署" })
            let finding = "SELECT count(*) FROM task WHERE step = '?undertaking-unsigned'"
            #expect(try await desk.store.read { try $0.count(finding, []) } > 0, "what is unsigned is found")
        }
    }
}
