import ArticleProof
import EngineFixture
import Kernel
import TestOffice
import Testing
import WorkCalendar

@testable import CustomerAuthenticity

/// What goes wrong elsewhere, each with its right value.
@Suite struct QueryTrapTests {
    @Test(.article(authenticity[17]), arguments: TestEngine.all)
    func aCodeIsGoodForFiveMinutesFiveTriesAndOnce(engine: TestEngine) async throws {
        try await QueryHouse.with(engine) { house in
            // In time, and not after it.
            let late = try await house.call(from: "02060000001")
            _ = try await house.answer(late)
            try await house.sendCode(late)
            house.office.move(to: house.office.now.adding(seconds: 300))
            #expect(try await house.enterCode(late, house.sent.digits).state == "proved", "at five minutes it is void")
            try await house.sendCode(late)
            house.office.move(to: house.office.now.adding(seconds: 299))
            let digits = house.sent.digits
            #expect(try await house.enterCode(late, digits).state == "open")
            // Once: replayed in another query, it is nothing.
            let again = try await house.call(from: "02060000002")
            _ = try await house.answer(again)
            let missing = try await house.enterCode(again, digits)
            #expect(missing.state == "proved" && missing.refusal != nil)
            house.office.move(hours: 1)
            let third = try await house.call(from: "02060000003")
            _ = try await house.answer(third)
            try await house.sendCode(third)
            let right = house.sent.digits
            for _ in 0..<5 { #expect(try await house.enterCode(third, right == "111111" ? "222222" : "111111").state == "proved") }
            #expect(try await house.enterCode(third, right).state == "proved", "after five tries the right one is void too")
            let code = try #require(try await house.desk.load([house.query(third).value.code]).first)
            #expect(code.state == .spent && code.value.tries == 5)
        }
    }

    @Test(.article(authenticity[17])) func aNewCodeDoesNotResetTheFailureCount() async throws {
        try await QueryHouse.with { house in
            let id = try await house.call()
            _ = try await house.answer(id)
            func failures() async throws -> Int {
                try await house.desk.all(QueryFailures.self).first { $0.value.kind == .person }?.value.failures ?? 0
            }
            try await house.sendCode(id)
            for _ in 0..<2 { _ = try await house.enterCode(id, "0") }
            #expect(try await failures() == 2)
            house.office.move(to: house.office.now.adding(seconds: 61))
            try await house.sendCode(id)
            #expect(try await failures() == 2)
            _ = try await house.enterCode(id, "0")
            #expect(try await failures() == 3)
            #expect(try await house.enterCode(id, house.sent.digits).state == "proved", "held: the right code does not help")
        }
    }

    @Test(.article(authenticity[17])) func aTelephoneChangedBetweenCodeAndCheckOpensNothing() async throws {
        try await QueryHouse.with { house in
            let id = try await house.call()
            _ = try await house.answer(id)
            try await house.sendCode(id)
            try await house.correctMobile(to: "13812340009")
            let taken = try await house.enterCode(id, house.sent.digits)
            #expect(taken.state == "proved" && taken.refusal?.words.zh.contains("验证码不符或已失效") == true)
        }
    }

    @Test(.article(authenticity[17], authenticity[18]), arguments: TestEngine.all)
    func aNumberThatWasSilentForNinetyDaysOpensNothingUntilItIsConfirmed(engine: TestEngine) async throws {
        try await QueryHouse.with(engine) { house in
            house.office.move(to: house.office.now.adding(days: 90).adding(seconds: -60))
            let good = try await house.call()
            _ = try await house.answer(good)
            #expect(try await house.sendCode(good), "one minute before it is good still")
            house.office.move(to: house.office.now.adding(seconds: 120))
            let silent = try await house.call(from: "02060000009")
            #expect(try await house.answer(silent).state == "proved")
            let refusal = await #expect(throws: Refusal.self) { try await house.sendCode(silent) }
            #expect(refusal?.words.zh.contains("久未确认，不能用于核实") == true)
            await #expect(throws: Refusal.self) { try await house.desk.take(TelephoneQuery.dial, on: silent, by: house.telephonist) }
            let counter = try await house.counter()
            await #expect(throws: Refusal.self) {
                try await house.desk.take(
                    CounterQuery.confirmTelephone, on: counter.id, input: ["telephone": .text("13900000000")], by: house.clerk)
            }
            try await house.desk.take(
                CounterQuery.confirmTelephone, on: counter.id, input: ["telephone": .text(QueryHouse.mobile)], by: house.clerk)
            #expect(try await house.sendCode(silent), "confirmed at the counter it is good again")
        }
    }

    @Test(.article(authenticity[18])) func aNumberThatFailedForGoodOpensNothingUntilItIsConfirmed() async throws {
        try await QueryHouse.with { house in
            let id = try await house.verified()
            _ = id
            let known = try #require(try await house.desk.all(QueryTelephone.self).first)
            #expect(known.value.source == .code && known.state == .good)
            try await house.desk.take(QueryTelephone.fail, on: known.id.raw, by: .system)
            house.office.move(hours: 1)
            let next = try await house.call()
            _ = try await house.answer(next)
            await #expect(throws: Refusal.self) { try await house.sendCode(next) }
            try await house.desk.take(QueryTelephone.confirm, on: known.id.raw, by: house.insurer.service)
            #expect(try await house.sendCode(next))
        }
    }

    @Test(.article(authenticity[17]), arguments: TestEngine.all)
    func theBeneficiaryOfBeforeSeesNothingNotEvenWhatWasBefore(engine: TestEngine) async throws {
        try await QueryHouse.with(engine) { house in
            let counter = try await house.counter(QueryHouse.beneficiary, QueryHouse.beneficiaryNumber)
            #expect(counter.state == "open")
            func right() async throws -> QueryRight? {
                let found = try #require(try await house.desk.load([ID<CounterQuery>(counter.id)]).first)
                return try await house.desk.inquire(within: found.record.scope) { try CounterQuery.right(of: found, $0) }
            }
            #expect(try await right()?.role == .beneficiary)
            // Of tomorrow: today nothing changes.
            let other = IntakeFile.number(birth: "19900202", sequence: 41)
            try await house.designate("林新人", other, from: house.office.now.day.adding(days: 1))
            #expect(try await right()?.role == .beneficiary)
            #expect(try await house.counter("林新人", other).state == "refused")
            house.office.move(to: .startOfDay(house.office.now.day.adding(days: 1)))
            let stale = await #expect(throws: Refusal.self) {
                try await house.desk.take(CounterQuery.tell, on: counter.id, input: ["askedScope": .text("payments")], by: house.clerk)
            }
            #expect(stale != nil)
            let late = try await house.counter(QueryHouse.beneficiary, QueryHouse.beneficiaryNumber)
            #expect(late.state == "refused" && late.refusal?.article == authenticity[19])
            #expect(try await house.counter("林新人", other).state == "open")
        }
    }

    @Test(.article(authenticity[19]), arguments: TestEngine.all)
    func legalHeirsAreNobodyByNameAndComeToTheCounterWithPapersThatASecondPersonApproves(engine: TestEngine) async throws {
        try await QueryHouse.with(engine) { house in
            try await house.designate(nil)
            let heir = IntakeFile.number(birth: "19920909", sequence: 51)
            #expect(try await house.counter("林继承", heir).state == "refused")
            func receive() async throws -> Desk.Taken {
                let paper = try await house.desk.keep(file: "死亡证明.pdf", content: [1, 2], by: house.clerk)
                return try await house.desk.take(
                    CounterQuery.checkHeir,
                    input: [
                        "documentType": .text("resident-id"), "documentNumber": .text(heir), "name": .text("林继承"),
                        "contractNo": .text("PQ001"), "isDocumentSeen": .flag(true), "evidence": .list([paper.stored]), "wish": .text("理赔"),
                    ], by: house.clerk)
            }
            #expect(try await receive().state == "refused", "nobody has died")
            let policy = try #require(try await house.desk.all(Policy.self).first)
            try await house.registerDeath(of: policy.value.insured[0].raw)
            let waiting = try await receive()
            #expect(waiting.state == "waiting")
            await #expect(throws: DeskError.self) {
                try await house.desk.take(CounterQuery.tell, on: waiting.id, input: ["askedScope": .text("claims")], by: house.clerk)
            }
            let service = Principal(house.insurer.service.person, signed: .password)
            try await house.desk.take(CounterQuery.approve, on: waiting.id, input: ["answer": .text("材料齐全")], by: service)
            #expect(
                try await house.desk.take(CounterQuery.tell, on: waiting.id, input: ["askedScope": .text("claims")], by: house.clerk).state
                    == "open")
        }
    }

    @Test(.article(authenticity[17], authenticity[21]), arguments: TestEngine.all)
    func inTheNameOfWhoeverHasDiedNobodyAsksAndNoCodeGoesToTheNumber(engine: TestEngine) async throws {
        try await QueryHouse.with(engine) { house in
            let proved = try await house.call()
            #expect(try await house.answer(proved).state == "proved")
            let customer = try await house.customer
            try await house.registerDeath(of: customer)
            await #expect(throws: Refusal.self) { try await house.sendCode(proved) }
            #expect(house.sent.all.isEmpty)
            let id = try await house.call(from: "02060000004")
            #expect(try await house.answer(id).state == "failed", "as for nobody")
            #expect(try await house.counter().state == "refused")
            let again = await #expect(throws: Refusal.self) {
                try await house.registerDeath(of: customer)
            }
            #expect(again?.words.zh == "该客户的“已身故”已登记")
        }
    }

    @Test(.article(authenticity[17])) func onlyAnAgentsOrACounterClerksPostIsNotEnoughForTheTelephone() async throws {
        try await QueryHouse.with { house in
            for principal in [house.clerk, house.insurer.backOffice, house.insurer.leader] {
                await #expect(throws: DeskError.self) { _ = try await house.call(by: principal) }
            }
        }
    }

    @Test(.article(authenticity[17])) func answersThatMeanTheSameAreOne() {
        #expect(IdentityQuestion.houseNumber.normalForm("１７号2栋301室") == "17 2 301")
        #expect(IdentityQuestion.houseNumber.normalForm("17") == "", "one figure anybody could guess")
        #expect(IdentityQuestion.lastMonth.normalForm("2026年3月") == "2026-03" && IdentityQuestion.lastMonth.normalForm("2026-13") == "")
        #expect(IdentityQuestion.lastAmount.normalForm("3,600.50元") == "3600.5" && IdentityQuestion.lastAmount.normalForm("三千") == "")
        #expect(IdentityQuestion.account.normalForm(" 45 67") == "4567" && IdentityQuestion.account.normalForm("567") == "")
        #expect(IdentityQuestion.productClass.normalForm("分红保险") == "participating")
        #expect(QueryPatience(free: 3, first: 5, longest: 60).wait(after: 2) == 0)
        #expect((3...8).map { QueryPatience(free: 3, first: 5, longest: 60).wait(after: $0) } == [5, 10, 20, 40, 60, 60])
    }

    /// What counts wrong answers says so, and is looked at for it when the program starts: nothing of it is rehearsed with several at once.
    @Test(.article(authenticity[17], authenticity[18], authenticity[19])) func whatCountsTriesSaysSo() {
        let types = Catalogue([authenticityContents]).types
        let counting = types.flatMap { type in type.steps.filter(\.countsTries).map { "\(type.name).\($0.name)" } }
        let wanted = [
            "counter-query.check", "counter-query.checkHeir", "portal-visit.enter", "portal-visit.unmask", "query-extract.fetch",
            "telephone-query.answer", "telephone-query.enterCode",
        ]
        #expect(counting.sorted() == wanted)
    }

    /// Of nobody other questions could be asked than of somebody, or others each time.
    @Test(.article(authenticity[17])) func nobodyIsAskedAsSomebodyIs() async throws {
        try await QueryHouse.with { house in
            let scope = house.office.company
            func askable(_ claim: String) async throws -> [IdentityQuestion] {
                try await house.desk.inquire(within: scope) { try IdentityAnswers.askable(of: nil, claim: claim, $0) }
            }
            for sequence in 0..<20 {
                let claim = IntakeFile.number(birth: "19660606", sequence: 300 + sequence)
                let (once, twice) = (try await askable(claim), try await askable(claim))
                #expect(once == twice && Set(once.map(\.kind)).count >= 3)
                #expect(Set(IdentityAnswers.draw(3, of: once).map(\.kind)).count == 3)
            }
        }
    }
}

extension QueryHouse {
    /// Another mobile on file, through policy service.
    func correctMobile(to number: String) async throws {
        let paper = try await desk.keep(file: "申请书.pdf", content: [1], by: insurer.service)
        let correction = try await desk.take(
            Correction.request,
            input: [
                "customer": .whole(try await customer), "mobile": .text(number), "evidence": .list([paper.stored]),
                "isSignedByCustomer": .flag(true), "reason": .text("换号"),
            ], by: insurer.service)
        try await desk.take(Correction.apply, on: correction.id, by: Principal(insurer.secondService.person, signed: .password))
    }
}
