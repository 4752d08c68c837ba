import ArticleProof
import EngineFixture
import Kernel
import TestOffice
import Testing
import WorkCalendar

@testable import CustomerAuthenticity

/// The counter, third parties and what else is entered.
@Suite struct CounterQueryTests {
    @Test(.demand(authenticity[19], 1), arguments: TestEngine.all)
    func documentAndContractAreBothComparedBeforeAnythingIsShown(engine: TestEngine) async throws {
        try await QueryHouse.with(engine) { house in
            let unseen = await #expect(throws: Refusal.self) { _ = try await house.counter(isSeen: false) }
            #expect(unseen?.words.zh.contains("请先核对保险合同") == true)
            // Another's contract, another's document, no such contract: the same words, and nothing to be seen.
            try await house.insurer.submit(house.insurer.application("TQ002", sequence: 3))
            let wrong = [
                try await house.counter(QueryHouse.name, QueryHouse.number, "PTQ002"),
                try await house.counter("林晓兰", QueryHouse.number), try await house.counter(QueryHouse.name, QueryHouse.number, "NONE"),
            ]
            #expect(Set(wrong.map { $0.refusal?.words.zh ?? "" }).count == 1 && wrong.allSatisfy { $0.state == "refused" })
            for one in wrong {
                await #expect(throws: DeskError.self) {
                    try await house.desk.take(CounterQuery.tell, on: one.id, input: ["askedScope": .text("policy")], by: house.clerk)
                }
            }
            let good = try await house.counter()
            #expect(good.state == "open" && good.refusal == nil)
            for scope in QueryScope.atCounter {
                try await house.desk.take(CounterQuery.tell, on: good.id, input: ["askedScope": .text(scope.rawValue)], by: house.clerk)
            }
            let view = try await house.desk.document(good.id, by: house.insurer.service.person)
            #expect(view.row.values["isDocumentSeen"] == .flag(true) && view.row.values["documentType"] == .text("resident-id"))
            #expect(view.row.values["contractNo"] == .text("PQ001") && view.row.values["told"]?.list.count == 5)
            #expect(view.row.values["documentNumber"] != .text(QueryHouse.number), "masked")
            // A malformed number is said at once; that tells of nobody.
            let malformed = await #expect(throws: Refusal.self) { _ = try await house.counter(QueryHouse.name, "123") }
            #expect(malformed?.faults.first?.field == "documentNumber")
        }
    }

    @Test(.demand(authenticity[21], 1), arguments: TestEngine.all)
    func aThirdPartyAsksWithAConsentWithinItsScopeAndUntilItsEnd(engine: TestEngine) async throws {
        try await QueryHouse.with(engine) { house in
            let party = IntakeFile.number(birth: "19770707", sequence: 61)
            #expect(try await house.counter("周律师", party).state == "refused", "without consent nobody else")
            func record(scopes: String = "payments;claims", until: Moment, grantor: String = QueryHouse.number) async throws -> Int64 {
                let paper = try await house.desk.keep(file: "同意书.pdf", content: [9], by: house.clerk)
                return try await house.desk.take(
                    QueryConsent.record,
                    input: [
                        "policyNo": .text("PQ001"), "grantorName": .text(QueryHouse.name), "grantorNumber": .text(grantor),
                        "partyName": .text("周律师"), "partyNumber": .text(party), "partyPhone": .text("13566667777"),
                        "purpose": .text("代办理赔"), "scopes": .text(scopes), "until": until.stored, "evidence": .list([paper.stored]),
                    ], by: house.clerk
                ).id
            }
            let now = house.office.now
            let long = await #expect(throws: Refusal.self) { _ = try await record(until: now.adding(days: 400)) }
            #expect(long?.words.zh.contains("同意最长12个月") == true && long?.article == authenticity[21])
            await #expect(throws: Refusal.self) { _ = try await record(until: now.adding(days: -1)) }
            let stranger = await #expect(throws: Refusal.self) {
                _ = try await record(until: now.adding(days: 10), grantor: IntakeFile.number(birth: "19800203", sequence: 3))
            }
            #expect(stranger?.words.zh.contains("同意人今天不是该保单的投保人、被保险人或受益人") == true)
            let consent = try await record(until: now.adding(days: 10))
            let counter = try await house.counter("周律师", party)
            #expect(counter.state == "open")
            func tell(_ scope: String) async throws {
                try await house.desk.take(CounterQuery.tell, on: counter.id, input: ["askedScope": .text(scope)], by: house.clerk)
            }
            try await tell("claims")
            await #expect(throws: Refusal.self) { try await tell("benefits") }
            // By telephone a third party is nobody.
            let call = try await house.call("周律师", party)
            #expect(try await house.answer(call) { _ in "不知道" }.state == "failed")
            // Withdrawn by a call at noon, it ends at noon.
            let noon = try await house.verified()
            let number = try #require(try await house.desk.load([ID<QueryConsent>(consent)]).first?.record.number)
            await #expect(throws: Refusal.self) {
                try await house.desk.take(
                    TelephoneQuery.withdrawConsent, on: noon, input: ["askedConsent": .text("查询同意〔2026〕99号")], by: house.telephonist)
            }
            try await house.desk.take(
                TelephoneQuery.withdrawConsent, on: noon, input: ["askedConsent": .text(number)], by: house.telephonist)
            await #expect(throws: Refusal.self) { try await tell("claims") }
            #expect(try await house.counter("周律师", party).state == "refused")
            // One that the counter withdraws, as well; and the telephone desk reads none.
            let second = try await record(until: house.office.now.adding(days: 1))
            await #expect(throws: DeskError.self) {
                try await house.desk.take(QueryConsent.withdraw, on: second, input: ["reason": .text("无")], by: house.telephonist)
            }
            try await house.desk.take(QueryConsent.withdraw, on: second, input: ["reason": .text("客户到柜台")], by: house.clerk)
            #expect(try await house.counter("周律师", party).state == "refused")
            // One that has run out is nothing at its moment, before any job has seen it.
            let end = house.office.now.adding(hours: 2)
            _ = try await record(until: end)
            #expect(try await house.counter("周律师", party).state == "open")
            house.office.move(to: end)
            #expect(try await house.counter("周律师", party).state == "refused")
        }
    }

    @Test(.demand(authenticity[21], 1)) func aConsentEndsWithTheRoleOfWhoeverGaveIt() async throws {
        try await QueryHouse.with { house in
            let party = IntakeFile.number(birth: "19770707", sequence: 61)
            let paper = try await house.desk.keep(file: "同意书.pdf", content: [9], by: house.clerk)
            try await house.desk.take(
                QueryConsent.record,
                input: [
                    "policyNo": .text("PQ001"), "grantorName": .text(QueryHouse.beneficiary),
                    "grantorNumber": .text(QueryHouse.beneficiaryNumber), "partyName": .text("周律师"), "partyNumber": .text(party),
                    "partyPhone": .text("13566667777"), "purpose": .text("代办"), "scopes": .text("claims"),
                    "until": house.office.now.adding(days: 10).stored, "evidence": .list([paper.stored]),
                ], by: house.clerk)
            #expect(try await house.counter("周律师", party).state == "open")
            try await house.designate(nil)
            #expect(try await house.counter("周律师", party).state == "refused")
        }
    }

    @Test(.article(authenticity[15]), arguments: TestEngine.all)
    func theChannelsOfTheBranchAreOneAndAreKnownOnceSomebodyElseHasPublishedThem(engine: TestEngine) async throws {
        try await QueryHouse.with(engine) { house in
            let desk = house.desk
            func draft(_ hotLine: String, site: String = "www.example.com") async throws -> Int64 {
                try await desk.take(
                    QueryChannels.draft,
                    input: [
                        "hotLine": .text(hotLine), "hours": .text("每日 8:00-20:00"), "webSite": .text(site),
                        "offices": .list([.record([.init("office", .text("天河柜面")), .init("address", .text("体育西路1号"))])]),
                    ], by: house.insurer.service
                ).id
            }
            func inForce() async throws -> QueryChannels? {
                try await desk.inquire(within: house.office.company) { try QueryChannels.inForce($0) }
            }
            let two = await #expect(throws: Refusal.self) { _ = try await draft("95500 或 95501") }
            #expect(two?.words.zh == "热线只能填一个电话号码" && two?.article == authenticity[15])
            await #expect(throws: Refusal.self) { _ = try await draft("95500", site: "网站一 网站二") }
            let first = try await draft("95500")
            #expect(try await inForce() == nil)
            await #expect(throws: DeskError.self) { try await desk.take(QueryChannels.publish, on: first, by: house.insurer.service) }
            try await desk.take(QueryChannels.publish, on: first, by: house.insurer.compliance)
            #expect(try await inForce()?.onNotice == "查询请拨95500、登录www.example.com或到天河柜面。")
            let second = try await draft("95501")
            try await desk.take(QueryChannels.publish, on: second, by: house.insurer.manager)
            #expect(try await inForce()?.hotLine == "95501")
            #expect(try await desk.load([ID<QueryChannels>(first)]).first?.state == .superseded)
            // It stands in what is sent.
            let id = try await house.call()
            _ = try await house.answer(id)
            try await house.sendCode(id)
            #expect(house.sent.all[0].text.zh.contains("致电95501"))
        }
    }

    @Test(.article(authenticity[17])) func whatIsToldIsEnteredByThePolicysNumberAndSensibly() async throws {
        try await QueryHouse.with { house in
            func fault(_ type: String, _ input: [String: JSONValue], policyNo: String = "PQ001") async -> Refusal? {
                await #expect(throws: Refusal.self) { try await house.enter(type, input, policyNo: policyNo) }
            }
            let none = await fault("policy-payment", ["dueOn": .text("2026-01-01"), "amount": .text("1")], policyNo: "P0")
            #expect(none?.faults.first?.field == "policyNo" && none?.words.zh == "没有此保单号的保单，请核对")
            let late = await fault("policy-payment", ["dueOn": .text("2026-01-01"), "amount": .text("1"), "paidOn": .text("2026-01-16")])
            #expect(late?.words.zh == "实缴日期不能晚于今天")
            let twice = await fault("policy-claim", ["claimNo": .text("lp1"), "kind": .text("claim"), "reportedOn": .text("2026-01-14")])
            #expect(twice?.words.zh == "该案号已登记，请核对")
            let half: [JSONValue] = [
                .record([.init("name", .text("林某")), .init("order", .whole(1)), .init("share", .whole(50))])
            ]
            let share = await fault("beneficiary-designation", ["from": .text("2026-01-15"), "persons": .list(half)])
            #expect(share?.words.zh.contains("份额合计应为100%") == true)
            let both = await fault(
                "beneficiary-designation", ["from": .text("2026-01-15"), "persons": .list(half), "areLegalHeirs": .flag(true)])
            #expect(both?.words.zh.contains("二者选一") == true)
            let claim = try #require(try await house.desk.all(PolicyClaim.self).first).id.raw
            let days = await #expect(throws: Refusal.self) {
                try await house.desk.take(
                    PolicyClaim.decide, on: claim,
                    input: ["result": .text("paid"), "decidedOn": .text("2026-01-13"), "amount": .text("100")], by: house.insurer.service)
            }
            #expect(days?.words.zh.contains("日期应依次为报案、结论、给付") == true)
        }
    }

    @Test(.article(authenticity[18]), arguments: TestEngine.all)
    func theUseOfAMonthIsCountedFromTheQueriesAndReported(engine: TestEngine) async throws {
        try await QueryHouse.with(engine) { house in
            let id = try await house.verified()
            try await house.tell(id, .policy)
            try await house.tell(id, .payments)
            _ = try await house.answer(try await house.call("张无名", IntakeFile.number(birth: "19700101", sequence: 77), from: "")) { _ in "无"
            }
            let counter = try await house.counter()
            try await house.desk.take(CounterQuery.tell, on: counter.id, input: ["askedScope": .text("claims")], by: house.clerk)
            _ = try await house.counter("林晓兰")
            house.office.move(to: Moment(Day(iso: "2026-02-02")!, hour: 9)!)
            try await house.desk.runJobs()
            let usage = try #require(try await house.desk.all(QueryUsage.self).first { $0.value.period?.description == "2026-01" })
            let value = usage.value
            #expect(value.telephone == 2 && value.telephoneFailed == 1 && value.telephoneTold == 2)
            #expect(value.counter == 2 && value.counterFailed == 1 && value.counterTold == 1 && value.codes == 1 && value.codesFailed == 0)
            await #expect(throws: DeskError.self) {
                try await house.desk.take(QueryUsage.report, on: usage.id.raw, input: [:], by: house.insurer.service)
            }
            try await house.desk.take(QueryUsage.report, on: usage.id.raw, input: ["summary": .text("平稳")], by: house.insurer.service)
            #expect(try await house.desk.notices(of: house.insurer.manager.person).notices.contains { $0.words.zh.contains("查询使用情况已汇总反馈") })
        }
    }
}
