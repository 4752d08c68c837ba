import ArticleProof
import EngineFixture
import Kernel
import TestOffice
import Testing
import WorkCalendar

@testable import CustomerAuthenticity

/// The web: registration bound to document and number on file, own policies only, masked until a second code.
@Suite struct PortalVisitTests {
    /// A browser's visit, as the pages take its steps.
    struct Visit {
        let house: QueryHouse
        let id: Int64
        let drawn: QueryCode.Drawn

        static func ask(
            _ house: QueryHouse, _ purpose: QueryCode.CodeUse = .register, _ name: String = QueryHouse.name,
            _ number: String = QueryHouse.number, network: String = "192.0.2.1"
        ) async throws -> Visit {
            let drawn = QueryCode.Drawn(house.desk)
            let taken = try await house.desk.take(PortalVisit.ask, by: .system, in: (house.office.company, .none)) { document in
                var visit = PortalVisit()
                (visit.purpose, visit.name, visit.number, visit.network) = (purpose, name, number, network)
                (visit.brought.drawn, visit.brought.word) = (drawn, "before")
                document = visit
            }
            let visit = Visit(house: house, id: taken.id, drawn: drawn)
            _ = try await QueryCode.send(try await visit.found().value.code, drawn, by: house.sent, house.desk)
            return visit
        }

        /// A visit that is inside.
        static func inside(
            _ house: QueryHouse, _ purpose: QueryCode.CodeUse = .register, _ name: String = QueryHouse.name,
            _ number: String = QueryHouse.number
        ) async throws -> Visit {
            let visit = try await ask(house, purpose, name, number)
            #expect(try await visit.enter(house.sent.digits).state == "inside")
            return visit
        }

        func found() async throws -> Found<PortalVisit> { try #require(try await house.desk.load([ID<PortalVisit>(id)]).first) }

        func take(_ step: Step<PortalVisit>, _ fill: @escaping @Sendable (inout PortalVisit.Brought) -> Void = { _ in }) async throws
            -> Desk.Taken
        {
            try await house.desk.take(step, on: id, by: .system) { document in
                guard var visit = document as? PortalVisit else { return }
                fill(&visit.brought)
                document = visit
            }
        }

        func enter(_ digits: String) async throws -> Desk.Taken {
            try await take(PortalVisit.enter) { ($0.typedCode, $0.word) = (digits, "after") }
        }

        func view() async throws -> PortalView? {
            let found = try await found()
            return try await house.desk.inquire(within: found.record.scope) { try PortalView(found, $0) }
        }

        /// Gives the second code.
        func unmask() async throws {
            let drawn = QueryCode.Drawn(house.desk)
            _ = try await take(PortalVisit.askReveal) { $0.drawn = drawn }
            _ = try await QueryCode.send(try await found().value.revealCode, drawn, by: house.sent, house.desk)
            let digits = house.sent.digits
            #expect(try await take(PortalVisit.reveal) { $0.typedCode = digits }.refusal == nil)
        }
    }

    @Test(.demand(authenticity[18], 1), arguments: TestEngine.all)
    func aCustomerRegistersWithTheDocumentAndACodeAndSeesOwnPoliciesMaskedUntilASecondCode(engine: TestEngine) async throws {
        try await QueryHouse.with(engine) { house in
            try await house.insurer.submit(house.insurer.application("TQ002", sequence: 3))
            let visit = try await Visit.inside(house)
            #expect(try await visit.found().value.word == "after", "another word than before the code")
            let view = try #require(try await visit.view()), handle = view.items[0].handle
            #expect(view.items.map(\.right.policy.value.policyNo) == ["PQ001"] && !view.isClear)
            #expect(try await visit.take(PortalVisit.view) { ($0.handle, $0.scope) = (handle, .payments) }.state == "inside")
            await #expect(throws: DeskError.self) {
                try await visit.take(PortalVisit.view) { ($0.handle, $0.scope) = ("PQ001", .payments) }
            }
            await #expect(throws: DeskError.self) { try await visit.take(PortalVisit.view) { ($0.handle, $0.scope) = (handle, .service) } }
            house.office.move(to: house.office.now.adding(seconds: 61))
            try await visit.unmask()
            _ = try await visit.take(PortalVisit.view) { ($0.handle, $0.scope) = (handle, .claims) }
            #expect(try await visit.found().value.told.map(\.isMasked) == [true, false])
            // Ten minutes later it is masked again.
            house.office.move(to: house.office.now.adding(seconds: 600))
            #expect(try await visit.view()?.isClear == false)
            let policy = view.items[0].right.policy.id.raw
            let readings = try await house.desk.document(policy, by: house.insurer.service.person).trail.filter { $0.kind == .read }
            #expect(readings.map { $0.words?.zh ?? "" } == ["网上查询：客户查看赔案（给付）", "网上查询：客户查看缴费（部分遮蔽）"])
            // Registered: the next time it is a log-in.
            house.office.move(hours: 1)
            _ = try await Visit.inside(house, .login)
        }
    }

    @Test(.article(authenticity[18]), arguments: TestEngine.all)
    func nobodyAWrongCodeAndWhoeverIsNotRegisteredAreAnsweredAlikeAndLeaveAsMuch(engine: TestEngine) async throws {
        try await QueryHouse.with(engine) { house in
            let nobody = IntakeFile.number(birth: "19700101", sequence: 77)
            func fail(_ purpose: QueryCode.CodeUse, _ name: String, _ number: String, _ network: String) async throws -> (Words?, [Int64]) {
                let before = try await house.counts()
                let visit = try await Visit.ask(house, purpose, name, number, network: network)
                let taken = try await visit.enter("x")
                #expect(taken.state == "asked")
                return (taken.refusal?.words, zip(try await house.counts(), before).map(-))
            }
            for round in 0..<5 {
                let somebody = try await fail(.login, QueryHouse.name, QueryHouse.number, "net \(round)")
                let none = try await fail(.login, "张无名", nobody, "ten \(round)")
                #expect(somebody.0 == none.0 && somebody.0?.zh.hasPrefix("未能核实") == true)
                #expect(somebody.1 == none.1, "round \(round)")
            }
            #expect(house.sent.all.isEmpty, "who has not registered gets no code by a log-in")
        }
    }

    /// Only real numbers run into the limit of codes; nobody learns that they do.
    @Test(.article(authenticity[18])) func howOftenACodeIsAskedForDoesNotTellWhoIsACustomer() async throws {
        try await QueryHouse.with { house in
            let nobody = IntakeFile.number(birth: "19700101", sequence: 77)
            for round in 0..<7 {
                let somebody = try await Visit.ask(house, network: "net \(round)").enter("x")
                let none = try await Visit.ask(house, .register, "张无名", nobody, network: "ten \(round)").enter("x")
                #expect(somebody.state == "asked" && none.state == "asked")
                #expect(somebody.refusal?.words == none.refusal?.words && somebody.refusal?.words.zh.hasPrefix("未能核实") == true)
            }
            #expect(house.sent.all.count == 1, "one a minute")
        }
    }

    @Test(.demand(authenticity[18], 2)) func theUseOfThePortalIsCountedByTheMonth() async throws {
        try await QueryHouse.with { house in
            let visit = try await Visit.inside(house), handle = try #require(try await visit.view()).items[0].handle
            _ = try await visit.take(PortalVisit.view) { ($0.handle, $0.scope) = (handle, .payments) }
            _ = try await Visit.ask(house, .login, "张无名", IntakeFile.number(birth: "19700101", sequence: 77), network: "192.0.2.9")
            house.office.move(to: Moment(Day(iso: "2026-02-02")!, hour: 9)!)
            try await house.desk.runJobs()
            let usage = try #require(try await house.desk.all(QueryUsage.self).first { $0.value.period?.description == "2026-01" }).value
            #expect(usage.web == 2 && usage.webEntered == 1 && usage.webTold == 1 && usage.registrations == 1)
            #expect(usage.telephone == 0 && usage.counter == 0)
        }
    }

    @Test(.article(authenticity[18])) func aNetworkThatGuessesIsHeldAndNobodyElse() async throws {
        try await QueryHouse.with { house in
            for round in 0..<30 {
                let visit = try await Visit.ask(
                    house, .login, "张某\(round)", IntakeFile.number(birth: "19700101", sequence: 100 + round), network: "198.51.100.7")
                _ = try await visit.enter("1")
            }
            let held = await #expect(throws: Refusal.self) { _ = try await Visit.ask(house, network: "198.51.100.7") }
            #expect(held?.words.zh.contains("您的网络今日失败的次数过多") == true)
            _ = try await Visit.inside(house)
        }
    }

    @Test(.article(authenticity[18]), arguments: TestEngine.all)
    func aRegistrationBindsNothingOnceTheNumberOnFileIsAnother(engine: TestEngine) async throws {
        try await QueryHouse.with(engine) { house in
            _ = try await Visit.inside(house)
            try await house.correctMobile(to: "13812340009")
            house.office.move(hours: 1)
            let count = house.sent.all.count
            let login = try await Visit.ask(house, .login)
            #expect(house.sent.all.count == count, "no code goes to a number that was not bound")
            #expect(try await login.enter("123456").state == "asked")
            let anew = try await Visit.ask(house, .register)
            #expect(house.sent.all.last?.telephone == "13812340009")
            #expect(try await anew.enter(house.sent.digits).state == "inside")
            #expect(try await house.desk.all(PortalRegistration.self).map(\.value.telephone) == ["13812340009"])
        }
    }

    @Test(.article(authenticity[18])) func aTelephoneChangedBetweenCodeAndCheckLetsNobodyIn() async throws {
        try await QueryHouse.with { house in
            let visit = try await Visit.ask(house)
            try await house.correctMobile(to: "13812340009")
            #expect(try await visit.enter(house.sent.digits).state == "asked")
        }
    }

    @Test(.article(authenticity[18])) func aSessionEndsWhenNothingHappensAndAfterTwoHoursInAnyCase() async throws {
        try await QueryHouse.with { house in
            let visit = try await Visit.inside(house)
            house.office.move(to: house.office.now.adding(seconds: 15 * 60 - 1))
            #expect(try await visit.view() != nil)
            house.office.move(to: house.office.now.adding(seconds: 1))
            #expect(try await visit.view() == nil)
            let over = await #expect(throws: Refusal.self) { try await visit.take(PortalVisit.askReveal) { $0.drawn = .init(house.desk) } }
            #expect(over?.words.zh == "登录已超时，请重新登录")
            let second = try await Visit.inside(house, .login)
            for _ in 0..<11 {
                house.office.move(to: house.office.now.adding(seconds: 600))
                let handle = try #require(try await second.view()).items[0].handle
                _ = try await second.take(PortalVisit.view) { ($0.handle, $0.scope) = (handle, .policy) }
            }
            house.office.move(to: house.office.now.adding(seconds: 600))
            #expect(try await second.view() == nil, "two hours")
            house.office.move(to: house.office.now.adding(seconds: 1))
            try await house.desk.runJobs()
            #expect(try await second.found().state == .lapsed)
        }
    }

    @Test(.demand(authenticity[21], 1), arguments: TestEngine.all)
    func aConsentGivenOnTheWebBitesAtOnceWhenItIsWithdrawn(engine: TestEngine) async throws {
        try await QueryHouse.with(engine) { house in
            let party = IntakeFile.number(birth: "19770707", sequence: 61)
            let owner = try await Visit.inside(house), handle = try #require(try await owner.view()).items[0].handle
            let until = house.office.now.adding(days: 5)
            func give() async throws {
                _ = try await owner.take(PortalVisit.consent) { brought in
                    var consent = QueryConsent()
                    (consent.partyName, consent.partyNumber, consent.partyPhone) = ("周律师", party, "13566667777")
                    (consent.purpose, consent.scopes, consent.until) = ("代办", "claims", until)
                    (brought.handle, brought.consent) = (handle, consent)
                }
            }
            let masked = await #expect(throws: Refusal.self) { try await give() }
            #expect(masked?.words.zh.contains("请先通过二次验证码") == true)
            house.office.move(to: house.office.now.adding(seconds: 61))
            try await owner.unmask()
            try await give()
            // The third party comes in, sees that policy and that scope, and makes an extract.
            let other = try await Visit.inside(house, .register, "周律师", party)
            let seen = try #require(try await other.view())
            #expect(seen.items.map(\.right.role) == [.thirdParty] && seen.items[0].right.scopes == [.claims])
            await #expect(throws: DeskError.self) {
                try await other.take(PortalVisit.view) { ($0.handle, $0.scope) = (seen.items[0].handle, .payments) }
            }
            house.office.move(to: house.office.now.adding(seconds: 61))
            try await other.unmask()
            _ = try await other.take(PortalVisit.extract) { brought in
                var extract = QueryExtract()
                (extract.scopes, extract.word) = ("claims;payments", "link")
                (brought.handle, brought.extract) = (seen.items[0].handle, extract)
            }
            let extract = try #require(try await house.desk.all(QueryExtract.self).first)
            #expect(extract.value.scopes == "claims")
            func fetch(_ typed: String) async throws -> Desk.Taken {
                try await house.desk.take(QueryExtract.fetch, on: extract.id.raw, by: .system) { document in
                    guard var extract = document as? QueryExtract else { return }
                    extract.typed = typed
                    document = extract
                }
            }
            #expect(try await fetch("1").refusal?.words == QueryExtract.closed)
            #expect(try await fetch(party).refusal == nil)
            // Noon: session, link and extract end in the same act.
            let consent = try #require(try await owner.view()).consents[0].handle
            _ = try await owner.take(PortalVisit.withdraw) { $0.handle = consent }
            #expect(try await other.view() == nil)
            #expect(try await other.found().state == .left)
            #expect(try await house.desk.load([extract.id]).first?.state == .void)
            await #expect(throws: DeskError.self) { _ = try await fetch(party) }
            #expect(try await owner.view() != nil, "the own session goes on")
            #expect(try await house.desk.all(QueryConsent.self).map(\.state) == [.withdrawn])
            // What was done before stays.
            #expect(try await house.desk.load([extract.id]).first?.value.fetches == 1)
        }
    }

    @Test(.article(authenticity[18])) func aSuspendedRegistrationEndsTheSessionAndLetsNobodyIn() async throws {
        try await QueryHouse.with { house in
            let visit = try await Visit.inside(house)
            let registration = try #require(try await house.desk.all(PortalRegistration.self).first).id.raw
            try await house.desk.take(
                PortalRegistration.suspend, on: registration, input: ["reason": .text("客户报失手机")], by: house.insurer.service)
            #expect(try await visit.view() == nil)
            house.office.move(hours: 1)
            for purpose in [QueryCode.CodeUse.login, .register] {
                let count = house.sent.all.count
                let again = try await Visit.ask(house, purpose)
                #expect(house.sent.all.count == count)
                #expect(try await again.enter("123456").state == "asked")
            }
        }
    }
}
