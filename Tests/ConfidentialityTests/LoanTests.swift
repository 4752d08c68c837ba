import ArticleProof
import CustomerConfidentiality
import EngineFixture
import Kernel
import TestOffice
import Testing
import WorkCalendar

@Suite struct LoanTests {
    let day = TestOffice.start.day

    /// An office with a file in its archive, a clerk who borrows, and the specialist who lends.
    private func office(
        _ engine: TestEngine, _ body: (TestOffice, _ file: Int64, _ clerk: Principal, _ specialist: Principal) async throws -> Void
    )
        async throws
    {
        try await TestOffice.with(engine, [confidentialityContents]) { office in
            let specialist = Principal(try await office.hire("specialist", informationSpecialist, in: office.service))
            let clerk = Principal(try await office.hire("clerk"))
            let file = try await office.desk.take(
                "open", of: "customer-file", input: ["customer": .text("华信律师事务所"), "copies": .whole(1)], by: specialist)
            try await body(office, file.id, clerk, specialist)
        }
    }

    private func request(_ office: TestOffice, _ file: Int64, copies: Int64 = 1, hours: Int, by principal: Principal) async throws -> Int64
    {
        let due = office.now.adding(hours: hours).description
        let input: [String: JSONValue] = ["file": .whole(file), "copies": .whole(copies), "reason": .text("核对合同"), "due": .text(due)]
        return try await office.desk.take(Loan.request, input: input, by: principal).id
    }

    @Test(.article(confidentiality[19]), arguments: TestEngine.all)
    func lastsAtMostThreeDays(engine: TestEngine) async throws {
        try await office(engine) { office, file, clerk, _ in
            _ = try await request(office, file, hours: 72, by: clerk)
            let refusal = await #expect(throws: Refusal.self) { try await request(office, file, hours: 73, by: clerk) }
            #expect(refusal?.article == confidentiality[19])
            #expect(refusal?.words.zh.contains("3天") == true)
        }
    }

    @Test(.article(confidentiality[19])) func nothingIsLentThatShouldBeBackAlready() async throws {
        try await office(.sqlite) { office, file, clerk, specialist in
            let loan = try await request(office, file, hours: 24, by: clerk)
            office.move(hours: 25)
            let refusal = await #expect(throws: Refusal.self) {
                try await office.desk.take(Loan.lend, on: loan, by: specialist)
            }
            #expect(refusal?.words.zh.contains("重新申请") == true)
        }
    }

    @Test(.article(confidentiality[19]), arguments: TestEngine.all)
    func sixteenWhoAskAtOnceYieldOneLoan(engine: TestEngine) async throws {
        try await office(engine) { office, file, clerk, specialist in
            var requests: [Int64] = []
            for _ in 0..<16 { requests.append(try await request(office, file, hours: 24, by: clerk)) }
            let lent = await withTaskGroup(of: Bool.self) { group in
                for id in requests {
                    group.addTask { (try? await office.desk.take(Loan.lend, on: id, by: specialist)) != nil }
                }
                return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(lent == 1)
            var query = RegisterQuery()
            query.states = ["lent"]
            #expect(try await office.desk.register("loan", query, by: specialist.person).rows.count == 1)
        }
    }

    @Test(.article(confidentiality[19]), arguments: TestEngine.all)
    func noMoreCopiesAreLentThanThereAre(engine: TestEngine) async throws {
        try await office(engine) { office, single, clerk, specialist in
            let five = try await request(office, single, copies: 5, hours: 24, by: clerk)
            await #expect(throws: Refusal.self) { try await office.desk.take(Loan.lend, on: five, by: specialist) }
            let file = try await office.desk.take(
                "open", of: "customer-file", input: ["customer": .text("华信律师事务所"), "copies": .whole(2)], by: specialist
            ).id
            for _ in 0..<2 {
                let loan = try await request(office, file, hours: 24, by: clerk)
                try await office.desk.take(Loan.lend, on: loan, by: specialist)
            }
            let third = try await request(office, file, hours: 24, by: clerk)
            let refusal = await #expect(throws: Refusal.self) { try await office.desk.take(Loan.lend, on: third, by: specialist) }
            #expect(refusal?.words.zh.contains("在档 2 份，已借出 2 份") == true)
            // What was taken back from the archive is not lent either.
            let waiting = try await request(office, single, hours: 24, by: clerk)
            try await office.desk.handle(.withdraw(document: single, reason: "登记有误"), by: specialist)
            await #expect(throws: Refusal.self) { try await office.desk.take(Loan.lend, on: waiting, by: specialist) }
        }
    }

    @Test(.article(confidentiality[20]), arguments: TestEngine.all)
    func whatIsReturnedIsStruckAndCanBeLentAgain(engine: TestEngine) async throws {
        try await office(engine) { office, file, clerk, specialist in
            let first = try await request(office, file, hours: 24, by: clerk),
                second = try await request(office, file, hours: 24, by: clerk)
            try await office.desk.take(Loan.lend, on: first, by: specialist)
            await #expect(throws: Refusal.self) { try await office.desk.take(Loan.lend, on: second, by: specialist) }
            // A file that is out comes back by its return, with its condition, and by nothing else.
            await #expect(throws: DeskError.self) {
                try await office.desk.handle(.sendBack(document: first, to: "requested", reason: "误批"), by: specialist)
            }
            try await office.desk.take(Loan.giveBack, on: first, input: ["outcome": .text("intact")], by: specialist)
            try await office.desk.take(Loan.lend, on: second, by: specialist)
            let view = try await office.desk.document(first, by: specialist.person)
            #expect(view.row.state == "returned")
            #expect(view.deadlines.first?.met == office.now)
            #expect(view.trail.count == 3)
        }
    }

    @Test(.article(confidentiality[19]), arguments: TestEngine.all)
    func overdueEscalatesAndBlocksTheBorrower(engine: TestEngine) async throws {
        try await office(engine) { office, file, clerk, specialist in
            let head = Principal(try await office.hire("head", .head, in: office.market))
            let loan = try await request(office, file, hours: 24, by: clerk)
            try await office.desk.take(Loan.lend, on: loan, by: specialist)
            office.move(hours: 20)
            try await office.desk.runJobs()
            #expect(try await office.desk.todo(of: clerk.person).notices.contains { $0.words.zh.contains("即将到期") })
            office.move(hours: 5)
            try await office.desk.runJobs()
            try await office.desk.runJobs()
            let escalated = try await office.desk.todo(of: head.person)
            #expect(escalated.items.count == 1)
            #expect(escalated.notices.count == 1)
            let refusal = await #expect(throws: Refusal.self) { try await request(office, file, hours: 24, by: clerk) }
            #expect(refusal?.words.zh.contains("逾期未还") == true)
        }
    }

    @Test(.article(confidentiality[19]), arguments: TestEngine.all)
    func whoWasLateTwiceThisYearBorrowsNoMore(engine: TestEngine) async throws {
        try await office(engine) { office, file, clerk, specialist in
            for _ in 0..<2 {
                let loan = try await request(office, file, hours: 24, by: clerk)
                try await office.desk.take(Loan.lend, on: loan, by: specialist)
                office.move(hours: 97)
                try await office.desk.take(Loan.giveBack, on: loan, input: ["outcome": .text("intact")], by: specialist)
            }
            let refusal = await #expect(throws: Refusal.self) { try await request(office, file, hours: 24, by: clerk) }
            #expect(refusal?.article == confidentiality[19] && refusal?.words.zh.contains("已逾期2次") == true)
            // Somebody else is not kept from it, and neither is the same in another year.
            _ = try await request(office, file, hours: 24, by: Principal(try await office.hire("other")))
            office.move(hours: 24 * 366)
            _ = try await request(office, file, hours: 24, by: clerk)
        }
    }

    @Test(.article(confidentiality[19])) func aRefusalSaysWhyAndTheBorrowerHearsOfIt() async throws {
        try await office(.sqlite) { office, file, clerk, specialist in
            let loan = try await request(office, file, hours: 24, by: clerk)
            await #expect(throws: DeskError.self) { try await office.desk.take(Loan.refuse, on: loan, by: specialist) }
            try await office.desk.take(Loan.refuse, on: loan, input: ["answer": .text("正在整理")], by: specialist)
            #expect(try await office.desk.document(loan, by: clerk.person).row.values["answer"] == .text("正在整理"))
            let other = try await request(office, file, hours: 24, by: clerk)
            try await office.desk.take(Loan.lend, on: other, by: specialist)
            office.move(hours: 25)
            try await office.desk.runJobs()
            let heard = try await office.desk.notices(of: clerk.person).notices.map(\.words.zh)
            #expect(heard.contains { $0.contains("现为“不予外借”") } && heard.contains { $0.contains("现为“借出”") })
            #expect(heard.contains { $0.contains("归还已逾期，请尽快办理") })
        }
    }

    /// How often the charter says that a file was kept, and for how many loans that stands.
    private func kept(_ office: TestOffice) async throws -> (found: Int, standing: Int) {
        let charter = try await office.desk.charter(confidentiality.id, by: nil)
        let carriers = charter.laws.flatMap(\.carriers).filter { $0.kind == .finding }
        return (carriers.first?.acts ?? -1, carriers.first?.refusals ?? -1)
    }

    @Test(.article(confidentiality[19]), arguments: TestEngine.all)
    func aFileThatIsKeptIsFoundAndClearedByItself(engine: TestEngine) async throws {
        try await office(engine) { office, file, clerk, specialist in
            let loan = try await request(office, file, hours: 24, by: clerk)
            try await office.desk.take(Loan.lend, on: loan, by: specialist)
            func found() async throws -> [Todo] {
                try await office.desk.runJobs()
                return try await office.desk.todo(of: specialist.person).items.filter { $0.title.zh.hasPrefix("问题") }
            }
            #expect(try await found().isEmpty)
            office.move(hours: 25)
            for _ in 0..<2 {
                let todo = try await found()
                #expect(todo.map(\.row.id) == [loan] && todo.first?.article == confidentiality[19])
            }
            #expect(try await kept(office) == (1, 1))
            // Time does not end it; bringing the file back does.
            office.move(hours: 2)
            #expect(try await found().count == 1)
            try await office.desk.take(Loan.giveBack, on: loan, input: ["outcome": .text("intact")], by: specialist)
            #expect(try await found().isEmpty)
            #expect(try await kept(office) == (1, 0))
            let trail = try await office.desk.document(loan, by: specialist.person).trail
            #expect(trail.filter { $0.title.zh.contains("资料逾期未还") && $0.articles == [confidentiality[19]] }.count == 2)
            #expect(try await office.desk.verify().isClean)
        }
    }

    @Test(.article(confidentiality[19]), arguments: TestEngine.all)
    func whoAskedCannotLendNorThroughADelegate(engine: TestEngine) async throws {
        try await office(engine) { office, file, clerk, specialist in
            let loan = try await request(office, file, hours: 24, by: specialist)
            await #expect(throws: Refusal.self) { try await office.desk.take(Loan.lend, on: loan, by: specialist) }
            try await office.desk.handle(
                .delegate(to: clerk.person, from: office.now, until: office.now.adding(days: 2), reason: "出差"), by: specialist)
            let delegate = Principal(clerk.person, onBehalfOf: specialist.person)
            await #expect(throws: Refusal.self) { try await office.desk.take(Loan.lend, on: loan, by: delegate) }
            let other = try await request(office, file, hours: 24, by: Principal(try await office.hire("other")))
            try await office.desk.take(Loan.lend, on: other, by: delegate)
            let trail = try await office.desk.document(other, by: specialist.person).trail
            #expect(trail.first?.who.zh == "clerk")
            #expect(trail.first?.behalf?.zh == "specialist")
        }
    }

    @Test(.article(confidentiality[20]), arguments: TestEngine.all)
    func whatIsLostIsInTheArchiveNoMore(engine: TestEngine) async throws {
        try await office(engine) { office, _, clerk, specialist in
            let file = try await office.desk.take(
                "open", of: "customer-file", input: ["customer": .text("华信律师事务所"), "copies": .whole(3)], by: specialist
            ).id
            let loan = try await request(office, file, copies: 2, hours: 24, by: clerk)
            try await office.desk.take(Loan.lend, on: loan, by: specialist)
            func back(_ input: [String: JSONValue]) async throws {
                try await office.desk.take(Loan.giveBack, on: loan, input: input, by: specialist)
            }
            for (input, says) in [
                (["outcome": .text("lost")], "损坏或遗失的，请写明情况"),
                (["outcome": .text("intact"), "lost": .whole(1)], "填写了遗失份数的，归还情况请选“遗失”"),
                (["outcome": .text("lost"), "lost": .whole(3), "condition": .text("途中遗失")], "遗失份数不能多于借出的 2 份"),
            ] as [([String: JSONValue], String)] {
                let refusal = await #expect(throws: Refusal.self) { try await back(input) }
                #expect(refusal?.words.zh == says && refusal?.article == confidentiality[20])
            }
            // While they are out, the count does not fall below what is out.
            let amend: [String: JSONValue] = ["copies": .whole(1), "shelf": .text("甲架")]
            let refusal = await #expect(throws: Refusal.self) {
                try await office.desk.take(CustomerFile.amend, on: file, input: amend, by: specialist)
            }
            #expect(refusal?.words.zh == "现有 2 份借出，份数不能少于此数")
            try await back(["outcome": .text("lost"), "lost": .whole(1), "condition": .text("途中遗失一份")])
            func copies() async throws -> JSONValue? { try await office.desk.document(file, by: specialist.person).row.values["copies"] }
            #expect(try await copies() == .whole(2))
            #expect(try await office.desk.document(file, by: specialist.person).trail.first?.title.zh == "遗失核减")
            let all = try await request(office, file, copies: 2, hours: 24, by: clerk)
            try await office.desk.take(Loan.lend, on: all, by: specialist)
            let lost: [String: JSONValue] = ["outcome": .text("lost"), "condition": .text("全部遗失")]
            try await office.desk.take(Loan.giveBack, on: all, input: lost, by: specialist)
            #expect(try await copies() == .whole(0))
            let none = try await request(office, file, hours: 24, by: clerk)
            await #expect(throws: Refusal.self) { try await office.desk.take(Loan.lend, on: none, by: specialist) }
            try await office.desk.take(CustomerFile.amend, on: file, input: amend, by: specialist)
            try await office.desk.take(Loan.lend, on: none, by: specialist)
            #expect(try await office.desk.verify().isClean)
        }
    }

    @Test(.article(confidentiality[19]), arguments: TestEngine.all)
    func whatIsDueOnADayOffIsDueTheNextWorkingDay(engine: TestEngine) async throws {
        try await office(engine) { office, file, clerk, specialist in
            // Thursday and three days: Sunday.
            let loan = try await request(office, file, hours: 72, by: clerk)
            try await office.desk.take(Loan.lend, on: loan, by: specialist)
            let monday = Moment.endOfDay(day.adding(days: 4))
            let view = try await office.desk.document(loan, by: specialist.person)
            #expect(view.deadlines.first?.due == monday && view.row.values["due"] == .text(monday.description))
            office.move(to: monday.adding(hours: -1))
            try await office.desk.take(Loan.giveBack, on: loan, input: ["outcome": .text("intact")], by: specialist)
            #expect(try await office.desk.document(loan, by: specialist.person).deadlines.first?.breached == nil)
        }
    }

    @Test(.article(confidentiality[19]), arguments: TestEngine.all)
    func aBorrowerWhoLeavesIsSaidAndTheHeadIsTold(engine: TestEngine) async throws {
        try await office(engine) { office, file, clerk, specialist in
            let head = Principal(try await office.hire("head", .head, in: office.market))
            let administrator = Principal(
                PersonID(
                    try await office.desk.administer(
                        .addPerson(login: "root", zh: "管理员", en: "Admin", clearance: .internal, administrator: true), by: .system)))
            let loan = try await request(office, file, hours: 24, by: clerk)
            try await office.desk.take(Loan.lend, on: loan, by: specialist)
            func leave(_ person: PersonID, settled: Bool) async throws {
                try await office.desk.administer(
                    .changePerson(
                        person, zh: "离任", en: "left", clearance: .internal, active: false, administrator: false, settled: settled),
                    by: administrator)
            }
            func said(_ zh: String, _ en: String) -> DeskError {
                .invalid([
                    .init(
                        field: "settled",
                        Words(
                            "此人尚有未交接事项（\(zh)）。请指定接办人、先行移交或任命他人；已作安排的，请勾选“交接已安排”后再提交",
                            "Something still hangs on this person (\(en)). Name a successor, hand it over or appoint somebody first; where that is arranged, say so and send it again"
                        ))
                ])
            }
            await #expect(throws: said("涉及本人的未结文书：外借登记 1 件", "open documents about the person: Loan (1)")) {
                try await leave(clerk.person, settled: false)
            }
            await #expect(throws: said("此后无人担任：客户服务部 信息管理专员", "nobody else is Information specialist, Customer service")) {
                try await leave(specialist.person, settled: false)
            }
            try await leave(clerk.person, settled: true)
            let told = try await office.desk.notices(of: head.person).notices
            #expect(told.map(\.words.zh) == ["离任已离任，外借〔2026〕1号 尚未办结，请督办"] && told[0].document == loan)
            // Who has nothing leaves without a word.
            try await leave(try await office.hire("other"), settled: false)
        }
    }
}
