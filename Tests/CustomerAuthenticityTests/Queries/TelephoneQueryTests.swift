import ArticleProof
import EngineFixture
import Kernel
import TestOffice
import Testing
import WorkCalendar

@testable import CustomerAuthenticity

/// The telephone desk: questions answered blind, a code or a call to the number on file, and only then what is told.
@Suite struct TelephoneQueryTests {
    private static let notVerified = "未能核实身份，不能提供查询。请客户稍后再试，或者持本人身份证件和保险合同到柜台查询"

    @Test(.demand(authenticity[17], 1, 3), arguments: TestEngine.all)
    func threeQuestionsOfDifferentKindsAndThenACodeOpenTheFourScopes(engine: TestEngine) async throws {
        try await QueryHouse.with(engine) { house in
            let id = try await house.call()
            let asked = try await house.query(id).value.asked
            #expect(asked.count == 3 && Set(asked.map(\.kind)).count == 3)
            #expect(try await house.rights(id).isEmpty, "nothing is shown before")
            await #expect(throws: DeskError.self) { try await house.tell(id) }
            #expect(try await house.answer(id).state == "proved")
            await #expect(throws: DeskError.self) { try await house.tell(id) }
            #expect(try await house.sendCode(id))
            #expect(house.sent.all.map(\.telephone) == [QueryHouse.mobile])
            #expect(try await house.enterCode(id, house.sent.digits).state == "open")
            let rights = try await house.rights(id)
            #expect(rights.map(\.policy.value.policyNo) == ["PQ001"] && rights[0].role == .applicant && rights[0].scopes == QueryScope.four)
            for scope in QueryScope.four { try await house.tell(id, scope) }
            // What was told is registered, each with its time, and stands on the policy's trail.
            let told = try await house.query(id).value.told
            #expect(told.map(\.scope) == QueryScope.four && told.allSatisfy { $0.policyNo == "PQ001" && $0.at == house.office.now })
            let trail = try await house.desk.document(rights[0].policy.id.raw, by: house.insurer.service.person).trail
            let readings = trail.filter { $0.kind == .read }
            #expect(readings.count == 4 && readings.allSatisfy { $0.articles.contains(authenticity[21]) })
            #expect(readings.first?.words?.zh.contains("向客户告知赔案（给付）") == true && readings.first?.who.zh == "telephonist")
            #expect(
                try await house.desk.take(TelephoneQuery.finish, on: id, input: ["note": .text("已答")], by: house.telephonist).state
                    == "finished")
        }
    }

    @Test(.article(authenticity[17])) func whatIsToldIsWhatTheBookSays() async throws {
        try await QueryHouse.with { house in
            let id = try await house.verified(), right = try #require(try await house.rights(id).first)
            func told(_ scope: QueryScope) async throws -> PolicyDisclosure {
                try await house.desk.inquire(within: right.policy.record.scope) { try PolicyDisclosure(scope, of: right.policy, $0) }
            }
            let payments = try await told(.payments)
            guard case .amount(let amount) = payments.rows[0][1], case .day(let day) = payments.rows[0][2] else {
                Issue.record("\(payments.rows)")
                return
            }
            #expect(amount == "3600.50" && day.description == "2026-01-12")
            let policy = try await told(.policy).facts.map { "\($0.label.zh) \($0.value)" }
            #expect(policy.contains { $0.contains("受益人") && $0.contains("林*山") }, "others' names are in stars: \(policy)")
            let (benefits, claims) = (try await told(.benefits), try await told(.claims))
            #expect(benefits.rows.count == 1 && claims.rows.count == 1)
        }
    }

    @Test(.article(authenticity[17]), arguments: TestEngine.all)
    func aWrongAnswerNobodyAndOneWhoIsLockedAreAnsweredAlikeAndLeaveAsMuch(engine: TestEngine) async throws {
        try await QueryHouse.with(engine) { house in
            // The first calls make the counters, alike for both.
            func fail(_ name: String, _ number: String, right: Bool = false, from caller: String) async throws -> (Desk.Taken, [Int64]) {
                let before = try await house.counts()
                let id = try await house.call(name, number, from: caller)
                let taken = try await house.answer(id) { right ? QueryHouse.right($0) : "不知道" }
                return (taken, zip(try await house.counts(), before).map(-))
            }
            let nobody = IntakeFile.number(birth: "19700101", sequence: 77)
            // The operator's own counter is made with the first failure, whoever it is about.
            _ = try await fail("李无名", IntakeFile.number(birth: "19710101", sequence: 78), from: "02066669999")
            for round in 0..<4 {
                let (wrong, left) = try await fail(QueryHouse.name, QueryHouse.number, from: "0206666000\(round)")
                let (none, leftByNobody) = try await fail("张无名", nobody, from: "0206666100\(round)")
                #expect(wrong.refusal?.words.zh == Self.notVerified && none.refusal?.words == wrong.refusal?.words)
                #expect(wrong.refusal?.article == authenticity[17] && wrong.state == "failed" && none.state == "failed")
                #expect(left == leftByNobody, "round \(round): what is left tells somebody from nobody")
            }
            // Three failures: held. Right answers do not help, in the same words.
            let (held, _) = try await fail(QueryHouse.name, QueryHouse.number, right: true, from: "02066662000")
            #expect(held.state == "failed" && held.refusal?.words.zh == Self.notVerified)
        }
    }

    @Test(.demand(authenticity[17], 2), arguments: TestEngine.all)
    func failuresWaitLongerAndLongerAndLockUntilTheCounterSeesThePerson(engine: TestEngine) async throws {
        try await QueryHouse.with(engine) { house in
            func fail(_ round: Int) async throws {
                let id = try await house.call(
                    from: "020666600\(10 + round)", by: round % 2 == 0 ? house.telephonist : house.secondTelephonist)
                _ = try await house.answer(id, { _ in "不知道" }, by: round % 2 == 0 ? house.telephonist : house.secondTelephonist)
            }
            func count() async throws -> Found<QueryFailures> {
                try #require(try await house.desk.all(QueryFailures.self).first { $0.value.kind == .person })
            }
            for round in 0..<3 { try await fail(round) }
            var known = try await count()
            #expect(known.value.failures == 3 && known.value.heldUntil == house.office.now.adding(seconds: 300))
            try await fail(3)
            #expect(try await count().value.heldUntil == house.office.now.adding(seconds: 600), "it doubles")
            house.office.move(to: house.office.now.adding(seconds: 601))
            let id = try await house.call()
            #expect(try await house.answer(id).state == "proved", "after the wait it is as before")
            for round in 4..<10 { try await fail(round) }
            known = try await count()
            #expect(known.state == .locked && known.value.failures == 10)
            house.office.move(hours: 30)
            let late = try await house.call()
            #expect(try await house.answer(late).state == "failed", "time alone opens nothing")
            #expect(try await house.counter().state == "open")
            known = try await count()
            #expect(known.state == .counting && known.value.failures == 0)
            #expect(try await house.answer(try await house.call()).state == "proved")
        }
    }

    @Test(.demand(authenticity[17], 2)) func aCallingNumberAndAnOperatorAreHeldByThemselves() async throws {
        try await QueryHouse.with { house in
            for round in 0..<5 {
                let id = try await house.call("张某\(round)", IntakeFile.number(birth: "19700101", sequence: 100 + round))
                _ = try await house.answer(id) { _ in "不知道" }
            }
            let refusal = await #expect(throws: Refusal.self) { _ = try await house.call() }
            #expect(refusal?.words.zh.contains("此来电号码今日核实失败的次数过多") == true)
            for round in 0..<15 {
                let id = try await house.call("李某\(round)", IntakeFile.number(birth: "19700101", sequence: 200 + round), from: "")
                _ = try await house.answer(id) { _ in "不知道" }
            }
            let held = await #expect(throws: Refusal.self) { _ = try await house.call(from: "") }
            #expect(held?.words.zh.contains("您今日核实失败的次数过多") == true)
            // Another operator goes on, and the next day so does this one.
            #expect(
                try await house.answer(try await house.call(from: "", by: house.secondTelephonist), by: house.secondTelephonist).state
                    == "proved")
            house.office.move(hours: 25)
            #expect(try await house.answer(try await house.call()).state == "proved")
        }
    }

    @Test(.article(authenticity[17])) func whatTheCallerSaidIsNotKept() async throws {
        try await QueryHouse.with { house in
            let id = try await house.call()
            _ = try await house.answer(id)
            try await house.sendCode(id)
            _ = try await house.enterCode(id, "000000")
            let value = try await house.query(id).value
            #expect(value.answers.isEmpty && value.typedCode.isEmpty)
            let code = try #require(try await house.desk.load([value.code]).first).value
            #expect(code.digest.count == 32 && !code.digest.contains(house.sent.digits))
            #expect(code.digest == house.desk.keyedDigest(of: "\(code.salt) \(house.sent.digits)", for: "query-code"))
            // Nothing of the message tells whom it is for or what it opens.
            let text = house.sent.all[0].text
            #expect(!text.zh.contains("林") && !text.zh.contains("保单") && !text.zh.contains("PQ001") && text.zh.contains("5分钟内有效"))
        }
    }

    @Test(.article(authenticity[17])) func whereNothingIsConnectedTheDeskCallsBackOnTheNumberOnFile() async throws {
        try await QueryHouse.with { house in
            house.sent.disconnect()
            let id = try await house.call()
            func number() async throws -> String? {
                let query = try await house.query(id)
                return try await house.desk.inquire(within: query.record.scope) { try TelephoneQuery.numberToDial(of: query, $0) }
            }
            #expect(try await house.answer(id).state == "proved")
            #expect(try await house.sendCode(id) == false)
            let code = try #require(try await house.desk.load([house.query(id).value.code]).first)
            #expect(code.state == .failed && code.value.fault == "未接通短信网关")
            #expect(try await number() == nil)
            let early = await #expect(throws: Refusal.self) {
                try await house.desk.take(TelephoneQuery.callBack, on: id, input: ["isOwnVoice": .flag(true)], by: house.telephonist)
            }
            #expect(early?.words.zh.contains("请先调出留存号码") == true)
            try await house.desk.take(TelephoneQuery.dial, on: id, by: house.telephonist)
            #expect(try await number() == QueryHouse.mobile)
            let trail = try await house.desk.document(try await house.customer, by: house.insurer.service.person).trail
            #expect(trail.first?.kind == .read && trail.first?.words?.zh == "为回拨核实调出留存号码")
            let other = await #expect(throws: Refusal.self) {
                try await house.desk.take(TelephoneQuery.callBack, on: id, input: ["isOwnVoice": .flag(false)], by: house.telephonist)
            }
            #expect(other?.words.zh.contains("回拨不是本人接听的") == true)
            let taken = try await house.desk.take(
                TelephoneQuery.callBack, on: id, input: ["isOwnVoice": .flag(true), "callNote": .text("本人接听")], by: house.telephonist)
            #expect(taken.state == "open")
            #expect(try await house.query(id).value.identifiedBy == .callBack)
            #expect(try await number() == nil)
        }
    }

    @Test(.article(authenticity[17])) func aQueryEndsByItselfAndIsNobodyElses() async throws {
        try await QueryHouse.with { house in
            let id = try await house.verified()
            await #expect(throws: DeskError.self) {
                try await house.desk.take(
                    TelephoneQuery.tell, on: id, input: ["askedPolicy": .text("PQ001"), "askedScope": .text("policy")],
                    by: house.secondTelephonist)
            }
            let foreign = await #expect(throws: Refusal.self) { try await house.tell(id, .policy, of: "P-OTHER") }
            #expect(foreign?.words.zh.contains("在这份保单中没有身份") == true)
            house.office.move(to: house.office.now.adding(seconds: 30 * 60))
            #expect(try await house.rights(id).isEmpty)
            let late = await #expect(throws: Refusal.self) { try await house.tell(id) }
            #expect(late?.words.zh.contains("本次查询已超时") == true)
            house.office.move(to: house.office.now.adding(seconds: 1))
            try await house.desk.runJobs()
            #expect(try await house.query(id).state == .lapsed)
        }
    }
}
