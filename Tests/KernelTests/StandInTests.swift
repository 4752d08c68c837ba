import EngineFixture
import Kernel
import Store
import TestOffice
import Testing

/// 愿望: what anybody may ask for and a doctor decides, never the own.
private struct Wish: Document {
    enum State: String, CaseIterable, Sendable { case asked, granted, refused }
    static let name = "wish"
    var text = ""
    init() {}
    static let form = Form<Wish>(
        "愿望", "Wish", number: "愿望",
        states: [.asked: .open("待批", "Asked"), .granted: .done("已批", "Granted"), .refused: .no("未批", "Refused")], readers: [],
        [.text(\.text, "内容", "Text")])
    static let ask = Step<Wish>("ask", "申请", "Ask", to: .asked, by: .staff, under: clinic[1])
    static let grant = Step<Wish>("grant", "批准", "Grant", from: .asked, to: .granted, by: .post(doctor), notBy: ask, under: clinic[2])
    static let refuse = Step<Wish>("refuse", "不批", "Refuse", from: .asked, to: .refused, by: .post(doctor), under: clinic[2])
    static let steps = [ask, grant, refuse]
}

/// Requests that nobody could decide: not taken, by whatever way they come, or decided by whoever stands in.
@Suite struct StandInTests {
    private static let contents = RegulationContents(clinic, articles: clinicArticles, posts: [nurse, doctor], documents: [Wish.self])
    private static let input: [String: JSONValue] = ["text": .text("新灯")]
    private static let vacant = DeskError.conflict(
        Words(
            "暂不能提交：下一步由医生办理，目前无人任职。请系统管理员在“人员与岗位”任命后再提交",
            "It cannot be sent yet: the next step is for Doctor, and nobody holds that post. Ask an administrator to appoint somebody "
                + "under “People and posts”, and send it then"))

    private static func with(
        _ engine: TestEngine, _ body: (TestOffice, _ clerk: Principal, _ boss: Principal) async throws -> Void
    ) async throws {
        try await TestOffice.with(engine, [contents]) { office in
            try await body(office, Principal(try await office.hire("clerk")), Principal(try await office.hire("boss")))
        }
    }

    @Test(arguments: TestEngine.all) func withoutOneItIsNotTaken(engine: TestEngine) async throws {
        try await Self.with(engine) { office, clerk, _ in
            await #expect(throws: Self.vacant) { try await office.desk.take(Wish.ask, input: Self.input, by: clerk) }
            let told = try await office.desk.dryRun("ask", of: Wish.name, [Self.input], by: clerk)
            #expect(throws: Self.vacant) { _ = try told[0].get() }
            let many = try await office.desk.takeMany(Wish.ask, [Wish()], by: clerk)
            #expect(throws: Self.vacant) { _ = try many[0].get() }
            #expect(try await office.desk.store.read { try $0.count("SELECT count(*) FROM document") } == 0)
            _ = try await office.hire("doctor", doctor)
            try await office.desk.take(Wish.ask, input: Self.input, by: clerk)
        }
    }

    @Test(arguments: TestEngine.all) func whoeverStandsInDecidesAndItStandsInTheTrail(engine: TestEngine) async throws {
        try await Self.with(engine) { office, clerk, boss in
            try await office.desk.administer(.setStandIn(office.company, .person(boss.person)), by: .system)
            let id = try await office.desk.take(Wish.ask, input: Self.input, by: clerk).id
            #expect(try await office.desk.todo(of: boss.person).items.map(\.row.id) == [id])
            let asked = try await office.desk.document(id, by: clerk.person)
            let waiting = asked.waiting.filter(\.standsIn)
            #expect(waiting.map(\.who.zh) == ["boss"])
            #expect(asked.trail.first?.words?.zh == "“批准”应由医生办理，现无人可办，按本单位设置由boss代行")
            #expect(try await office.desk.take(Wish.grant, on: id, by: boss).state == "granted")
            let done = try await office.desk.document(id, by: boss.person)
            #expect(done.trail.first?.words?.zh == "现无医生可办，按本单位设置代行" && done.trail.first?.who.zh == "boss")
            try await office.desk.runJobs()
            #expect(try await office.desk.verify().isClean)
        }
    }

    @Test(arguments: TestEngine.all) func nobodyStandsInForTheOwnRequest(engine: TestEngine) async throws {
        try await Self.with(engine) { office, clerk, boss in
            try await office.desk.administer(.setStandIn(office.company, .person(boss.person)), by: .system)
            await #expect(throws: Self.vacant) { try await office.desk.take(Wish.ask, input: Self.input, by: boss) }
            let id = try await office.desk.take(Wish.ask, input: Self.input, by: clerk).id
            try await office.desk.handle(
                .delegate(to: clerk.person, from: office.now, until: office.now.adding(hours: 9), reason: "出差"), by: boss)
            let own = DeskError.forbidden(
                Words("代行人不得办理本人的申请，委托他人也不行", "Whoever stands in does not decide on the own request, nor through a delegate"))
            await #expect(throws: own) {
                try await office.desk.take(Wish.refuse, on: id, by: Principal(clerk.person, onBehalfOf: boss.person))
            }
            #expect(try await office.desk.document(id, by: clerk.person).availableSteps.isEmpty)
            await #expect(throws: DeskError.self, "what the one asked for whom he acts he does not decide either") {
                let asked = try await office.desk.take(Wish.ask, input: Self.input, by: Principal(clerk.person, onBehalfOf: boss.person)).id
                try await office.desk.take(Wish.grant, on: asked, by: boss)
            }
        }
    }

    /// Of a post each of its holders stands in, but for who asked.
    @Test(arguments: TestEngine.all) func aPostStandsIn(engine: TestEngine) async throws {
        try await Self.with(engine) { office, clerk, _ in
            let one = Principal(try await office.hire("one", nurse)), two = Principal(try await office.hire("two", nurse))
            try await office.desk.administer(.setStandIn(office.company, .post(nurse.id)), by: .system)
            let id = try await office.desk.take(Wish.ask, input: Self.input, by: one).id
            #expect(try await office.desk.todo(of: two.person).items.map(\.row.id) == [id])
            #expect(try await office.desk.todo(of: one.person).items.isEmpty)
            await #expect(throws: DeskError.self) { try await office.desk.take(Wish.grant, on: id, by: one) }
            await #expect(throws: DeskError.absent) { try await office.desk.take(Wish.grant, on: id, by: clerk) }
            #expect(try await office.desk.take(Wish.grant, on: id, by: two).state == "granted")
        }
    }

    /// The only one who could decide asks for himself.
    @Test(arguments: TestEngine.all) func theOnlyHolderDecidesNotOnTheOwn(engine: TestEngine) async throws {
        try await Self.with(engine) { office, _, boss in
            let only = Principal(try await office.hire("only", doctor))
            let refused = await #expect(throws: DeskError.self) { try await office.desk.take(Wish.ask, input: Self.input, by: only) }
            guard case .conflict(let words)? = refused else {
                Issue.record("\(String(describing: refused))")
                return
            }
            #expect(words.zh.hasPrefix("暂不能提交：下一步由医生办理，除您本人外目前无人任职，而本人不得办理自己的申请"))
            try await office.desk.administer(.setStandIn(office.company, .person(boss.person)), by: .system)
            let id = try await office.desk.take(Wish.ask, input: Self.input, by: only).id
            #expect(try await office.desk.take(Wish.grant, on: id, by: boss).state == "granted")
        }
    }

    @Test(arguments: TestEngine.all) func whoeverIsAppointedTakesItBack(engine: TestEngine) async throws {
        try await Self.with(engine) { office, clerk, boss in
            try await office.desk.administer(.setStandIn(office.company, .person(boss.person)), by: .system)
            let id = try await office.desk.take(Wish.ask, input: Self.input, by: clerk).id
            let late = Principal(try await office.hire("late", doctor))
            #expect(try await office.desk.todo(of: late.person).items.map(\.row.id) == [id])
            #expect(try await office.desk.todo(of: boss.person).items.isEmpty)
            await #expect(throws: DeskError.absent) { try await office.desk.take(Wish.grant, on: id, by: boss) }
            // The doctor leaves, and it goes to whoever stands in again.
            let held = try #require(try await office.desk.organisation().holdings.first { $0.person == late.person })
            try await office.desk.administer(.endHolding(held.id, on: office.now.day, settled: true), by: .system)
            #expect(try await office.desk.todo(of: boss.person).items.map(\.row.id) == [id])
            // Another stands in.
            let other = Principal(try await office.hire("other"))
            try await office.desk.administer(.setStandIn(office.company, .person(other.person)), by: .system)
            #expect(try await office.desk.todo(of: other.person).items.map(\.row.id) == [id])
            #expect(try await office.desk.todo(of: boss.person).items.isEmpty)
            #expect(try await office.desk.take(Wish.grant, on: id, by: other).state == "granted")
            #expect(try await office.desk.verify().isClean)
        }
    }

    @Test(arguments: TestEngine.all) func itIsSetByAdministratorsForWhoeverWorksThereAndStated(engine: TestEngine) async throws {
        try await Self.with(engine) { office, clerk, boss in
            let root = try await VacancyTests.administrator(office)
            await #expect(throws: DeskError.self) {
                try await office.desk.administer(.setStandIn(office.company, .person(clerk.person)), by: clerk)
            }
            let elsewhere = DeskError.invalid([
                .init(
                    field: "hand",
                    Words("代行人须在该单位或其下级任职，请另选", "Whoever stands in must hold a post in that unit or below it; choose another"))
            ])
            await #expect(throws: elsewhere) {
                try await office.desk.administer(.setStandIn(office.service, .person(boss.person)), by: root)
            }
            let second = try await VacancyTests.administrator(office, "second")
            try await office.desk.administer(.setStandIn(office.company, .person(boss.person)), by: root)
            #expect(try await office.desk.organisation().standIns.isEmpty, "asked for, and not in force")
            #expect(
                try await office.desk.notices(of: second.person).notices.first?.words.zh
                    == "root申请指定boss代行公司无人可办的事项，请在制度条文页确认或退回")
            let request = try #require(try await office.desk.ruleRequests(of: RuleRequest.house, for: second.person).first)
            try await office.desk.decide(ruleRequest: request.id, isConfirmed: true, by: second)
            #expect(
                try await office.desk.organisation().standIn(for: office.market)?.hand == .person(boss.person),
                "the units below have it too")
            #expect(try await office.desk.verify().isClean)
            try await office.desk.store.write { session in
                try session.execute("UPDATE setting SET value = $1 WHERE name LIKE 'stand-in %'", [.text("person \(clerk.person.raw)")])
            }
            #expect(try await office.desk.verify().isClean == false, "nobody sets it beside the program")
        }
    }

    /// Who decides in everybody's place is no one person's to say, nor to end.
    @Test(arguments: TestEngine.all) func aSecondPersonConfirmsWhoStandsIn(engine: TestEngine) async throws {
        try await Self.with(engine) { office, clerk, boss in
            let desk = office.desk, root = try await VacancyTests.administrator(office)
            let second = try await VacancyTests.administrator(office, "second"),
                head = try await office.hire("head", .head, in: office.company)
            func asked(of person: PersonID) async throws -> RuleRequest? {
                try await desk.ruleRequests(of: RuleRequest.house, for: person).first
            }
            try await desk.administer(.setStandIn(office.company, .person(boss.person)), by: root)
            let request = try #require(try await asked(of: second.person))
            #expect(request.isOfStandIn && request.hand == .person(boss.person) && request.unit == office.company)
            #expect(request.asker == root.person)
            await #expect(throws: DeskError.self, "asked for is not in force") {
                try await desk.take(Wish.ask, input: Self.input, by: clerk)
            }
            // Another hand for the same unit is the same matter.
            let twice = DeskError.conflict(
                Words("此项变更已申请，正等待另一人确认或退回", "This change is asked for already and waits to be confirmed or declined"))
            await #expect(throws: twice) { try await desk.administer(.setStandIn(office.company, .post(nurse.id)), by: second) }
            let own = Words("申请人不能自己确认，请由另一位系统管理员或监督岗位确认", "Whoever asked cannot confirm; another administrator or whoever supervises must")
            await #expect(throws: DeskError.forbidden(own)) { try await desk.decide(ruleRequest: request.id, isConfirmed: true, by: root) }
            // Whoever is to stand in does not make it so.
            await #expect(throws: DeskError.absent) { try await desk.decide(ruleRequest: request.id, isConfirmed: true, by: boss) }
            #expect(try await desk.organisation().standIns.isEmpty)
            try await desk.decide(ruleRequest: request.id, isConfirmed: true, by: second)
            let id = try await desk.take(Wish.ask, input: Self.input, by: clerk).id
            #expect(try await desk.todo(of: boss.person).items.map(\.row.id) == [id])
            let told = "系统管理员root指定boss代行公司无人可办的事项。如有疑问，请立即核实"
            #expect(try await desk.notices(of: head).notices.map(\.words.zh) == [told], "the head hears of it once it is so")
            #expect(try await !desk.notices(of: second.person).notices.contains { $0.words.zh == told })
            // Ended by two as well; what waits for whoever stood in goes to whoever stands in then.
            try await desk.administer(.setStandIn(office.company, nil), by: second)
            let end = try #require(try await asked(of: root.person))
            #expect(end.isOfStandIn && end.hand == nil)
            try await desk.decide(ruleRequest: end.id, isConfirmed: false, by: root)
            #expect(try await desk.organisation().standIn(for: office.market)?.hand == .person(boss.person), "declined, it stays")
            try await desk.administer(.setStandIn(office.company, .person(head)), by: root)
            let other = try #require(try await asked(of: second.person))
            try await desk.decide(ruleRequest: other.id, isConfirmed: true, by: second)
            #expect(try await desk.todo(of: head).items.map(\.row.id) == [id])
            #expect(try await desk.todo(of: boss.person).items.isEmpty)
            try await desk.sequence()
            #expect(try await desk.verify().isClean)
        }
    }

    /// An administrator who is to stand in is no second hand in it, though another request would be hers to confirm.
    @Test(arguments: TestEngine.all) func whoeverIsAppointedConfirmsNotTheOwnAppointment(engine: TestEngine) async throws {
        try await Self.with(engine) { office, _, _ in
            let desk = office.desk, root = try await VacancyTests.administrator(office)
            let second = try await VacancyTests.administrator(office, "second")
            try await desk.administer(
                .appoint(second.person, office.company, post: nurse.id, from: office.now.day, to: nil), by: .system)
            let alone = await #expect(throws: DeskError.self, "nobody is left to confirm it") {
                try await desk.administer(.setStandIn(office.company, .person(second.person)), by: root)
            }
            guard case .invalid(let faults)? = alone else {
                Issue.record("\(String(describing: alone))")
                return
            }
            #expect(faults.map(\.field) == ["hand"] && faults[0].words.zh.hasPrefix("除您和代行人本人外无人可以确认"))
            #expect(try await desk.organisation().standIns.isEmpty)
            let third = try await VacancyTests.administrator(office, "third")
            try await desk.administer(.setStandIn(office.company, .person(second.person)), by: root)
            #expect(try await desk.ruleRequests(of: RuleRequest.house, for: second.person).isEmpty)
            #expect(try await !desk.notices(of: second.person).notices.contains { $0.words.zh.contains("请在制度条文页确认或退回") })
            let request = try #require(try await desk.ruleRequests(of: RuleRequest.house, for: third.person).first)
            await #expect(throws: DeskError.absent) { try await desk.decide(ruleRequest: request.id, isConfirmed: true, by: second) }
            #expect(try await desk.organisation().standIns.isEmpty)
            try await desk.decide(ruleRequest: request.id, isConfirmed: true, by: third)
            #expect(try await desk.organisation().standIn(for: office.market)?.hand == .person(second.person))
            // A post that she alone holds is she; of one that several hold each of them may, but for who asked.
            try await desk.administer(.setStandIn(office.company, .post(nurse.id)), by: root)
            #expect(try await desk.ruleRequests(of: RuleRequest.house, for: second.person).isEmpty)
            let other = try #require(try await desk.ruleRequests(of: RuleRequest.house, for: third.person).first)
            await #expect(throws: DeskError.absent) { try await desk.decide(ruleRequest: other.id, isConfirmed: true, by: second) }
            #expect(try await desk.organisation().standIn(for: office.market)?.hand == .person(second.person))
            _ = try await office.hire("further", nurse)
            try await desk.decide(ruleRequest: other.id, isConfirmed: true, by: second)
            #expect(try await desk.organisation().standIn(for: office.market)?.hand == .post(nurse.id))
        }
    }

    /// Where nobody else is there an administrator says alone who stands in, and never of himself: by name, or by the post that he alone
    /// holds.
    @Test(arguments: TestEngine.all) func nobodyAppointsHimselfAlone(engine: TestEngine) async throws {
        try await Self.with(engine) { office, _, boss in
            let desk = office.desk, root = try await VacancyTests.administrator(office)
            try await desk.administer(.appoint(root.person, office.company, post: nurse.id, from: office.now.day, to: nil), by: .system)
            for hand in [StandIn.Hand.person(root.person), .post(nurse.id)] {
                let refused = await #expect(throws: DeskError.self) {
                    try await desk.administer(.setStandIn(office.company, hand), by: root)
                }
                guard case .invalid(let faults)? = refused else {
                    Issue.record("\(String(describing: refused))")
                    return
                }
                #expect(faults.map(\.field) == ["hand"] && faults[0].words.zh.hasPrefix("不能一人指定自己代行：须由另一位系统管理员或监督岗位确认"))
            }
            #expect(try await desk.organisation().standIns.isEmpty)
            try await desk.administer(.setStandIn(office.company, .person(boss.person)), by: root)
            #expect(try await desk.organisation().standIn(for: office.market)?.hand == .person(boss.person))
            // With a second administrator he may ask for it, and she confirms.
            let second = try await VacancyTests.administrator(office, "second")
            try await desk.administer(.setStandIn(office.company, .post(nurse.id)), by: root)
            let request = try #require(try await desk.ruleRequests(of: RuleRequest.house, for: second.person).first)
            await #expect(throws: DeskError.self) { try await desk.decide(ruleRequest: request.id, isConfirmed: true, by: root) }
            #expect(try await desk.organisation().standIn(for: office.market)?.hand == .person(boss.person))
            try await desk.decide(ruleRequest: request.id, isConfirmed: true, by: second)
            #expect(try await desk.organisation().standIn(for: office.market)?.hand == .post(nurse.id))
        }
    }

    /// What is to be confirmed is judged anew when it is: whoever left meanwhile stands in for nobody.
    @Test(arguments: TestEngine.all) func whoeverLeftMeanwhileIsNotConfirmed(engine: TestEngine) async throws {
        try await Self.with(engine) { office, _, boss in
            let desk = office.desk, root = try await VacancyTests.administrator(office)
            let second = try await VacancyTests.administrator(office, "second")
            try await desk.administer(.setStandIn(office.company, .person(boss.person)), by: root)
            let held = try #require(try await desk.organisation().holdings.first { $0.person == boss.person })
            try await desk.administer(.endHolding(held.id, on: office.now.day, settled: true), by: .system)
            let request = try #require(try await desk.ruleRequests(of: RuleRequest.house, for: second.person).first)
            await #expect(throws: DeskError.self) { try await desk.decide(ruleRequest: request.id, isConfirmed: true, by: second) }
            #expect(try await desk.organisation().standIns.isEmpty)
        }
    }
}
