import ArticleProof
import CustomerConfidentiality
import EngineFixture
import Kernel
import TestOffice
import Testing

@Suite struct LoanTests {
    let day = TestOffice.start.day

    /// An office with a file in its archive, a clerk who borrows, and the specialist who lends.
    private func office(_ engine: TestEngine, _ body: (TestOffice, _ file: Int64, _ clerk: Hand, _ specialist: Hand) async throws -> Void)
        async throws
    {
        try await TestOffice.with(engine, [confidentialityContents]) { office in
            let specialist = Hand(try await office.hire("specialist", informationSpecialist, in: office.service))
            let clerk = Hand(try await office.hire("clerk"))
            let file = try await office.desk.take(
                "open", of: "customer-file", input: ["customer": .text("华信律师事务所"), "copies": .whole(1)], by: specialist)
            try await body(office, file.id, clerk, specialist)
        }
    }

    private func request(_ office: TestOffice, _ file: Int64, copies: Int64 = 1, hours: Int, by hand: Hand) async throws -> Int64 {
        let due = office.now.adding(hours: hours).description
        let input: [String: Stored] = ["file": .whole(file), "copies": .whole(copies), "reason": .text("核对合同"), "due": .text(due)]
        return try await office.desk.take("request", of: "loan", input: input, by: hand).id
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
                try await office.desk.take("lend", of: "loan", on: loan, by: specialist)
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
                    group.addTask { (try? await office.desk.take("lend", of: "loan", on: id, by: specialist)) != nil }
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
            await #expect(throws: Refusal.self) { try await office.desk.take("lend", of: "loan", on: five, by: specialist) }
            let file = try await office.desk.take(
                "open", of: "customer-file", input: ["customer": .text("华信律师事务所"), "copies": .whole(2)], by: specialist).id
            for _ in 0..<2 {
                let loan = try await request(office, file, hours: 24, by: clerk)
                try await office.desk.take("lend", of: "loan", on: loan, by: specialist)
            }
            let third = try await request(office, file, hours: 24, by: clerk)
            let refusal = await #expect(throws: Refusal.self) { try await office.desk.take("lend", of: "loan", on: third, by: specialist) }
            #expect(refusal?.words.zh.contains("在档 2 份，已借出 2 份") == true)
            // What was taken back from the archive is not lent either.
            let waiting = try await request(office, single, hours: 24, by: clerk)
            try await office.desk.handle(.withdraw(document: single, reason: "登记有误"), by: specialist)
            await #expect(throws: Refusal.self) { try await office.desk.take("lend", of: "loan", on: waiting, by: specialist) }
        }
    }

    @Test(.article(confidentiality[20]), arguments: TestEngine.all)
    func whatIsReturnedIsStruckAndCanBeLentAgain(engine: TestEngine) async throws {
        try await office(engine) { office, file, clerk, specialist in
            let first = try await request(office, file, hours: 24, by: clerk),
                second = try await request(office, file, hours: 24, by: clerk)
            try await office.desk.take("lend", of: "loan", on: first, by: specialist)
            await #expect(throws: Refusal.self) { try await office.desk.take("lend", of: "loan", on: second, by: specialist) }
            // A file that is out comes back by its return, with its condition, and by nothing else.
            await #expect(throws: DeskError.self) {
                try await office.desk.handle(.sendBack(document: first, to: "requested", reason: "误批"), by: specialist)
            }
            try await office.desk.take("return", of: "loan", on: first, input: ["condition": .text("完好")], by: specialist)
            try await office.desk.take("lend", of: "loan", on: second, by: specialist)
            let view = try await office.desk.document(first, by: specialist.person)
            #expect(view.row.state == "returned")
            #expect(view.deadlines.first?.met == office.now)
            #expect(view.trail.count == 3)
        }
    }

    @Test(.article(confidentiality[19]), arguments: TestEngine.all)
    func overdueEscalatesAndBlocksTheBorrower(engine: TestEngine) async throws {
        try await office(engine) { office, file, clerk, specialist in
            let head = Hand(try await office.hire("head", .head, in: office.market))
            let loan = try await request(office, file, hours: 24, by: clerk)
            try await office.desk.take("lend", of: "loan", on: loan, by: specialist)
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
                try await office.desk.take("lend", of: "loan", on: loan, by: specialist)
                office.move(hours: 25)
                try await office.desk.take("return", of: "loan", on: loan, input: ["condition": .text("完好")], by: specialist)
            }
            let refusal = await #expect(throws: Refusal.self) { try await request(office, file, hours: 24, by: clerk) }
            #expect(refusal?.article == confidentiality[19] && refusal?.words.zh.contains("已逾期2次") == true)
            // Somebody else is not kept from it, and neither is the same in another year.
            _ = try await request(office, file, hours: 24, by: Hand(try await office.hire("other")))
            office.move(hours: 24 * 366)
            _ = try await request(office, file, hours: 24, by: clerk)
        }
    }

    @Test(.article(confidentiality[19])) func aRefusalSaysWhyAndTheBorrowerHearsOfIt() async throws {
        try await office(.sqlite) { office, file, clerk, specialist in
            let loan = try await request(office, file, hours: 24, by: clerk)
            await #expect(throws: DeskError.self) { try await office.desk.take("refuse", of: "loan", on: loan, by: specialist) }
            try await office.desk.take("refuse", of: "loan", on: loan, input: ["answer": .text("正在整理")], by: specialist)
            #expect(try await office.desk.document(loan, by: clerk.person).row.values["answer"] == .text("正在整理"))
            let other = try await request(office, file, hours: 24, by: clerk)
            try await office.desk.take("lend", of: "loan", on: other, by: specialist)
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
            try await office.desk.take("lend", of: "loan", on: loan, by: specialist)
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
            try await office.desk.take("return", of: "loan", on: loan, input: ["condition": .text("完好")], by: specialist)
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
            await #expect(throws: Refusal.self) { try await office.desk.take("lend", of: "loan", on: loan, by: specialist) }
            try await office.desk.handle(
                .delegate(to: clerk.person, from: office.now, until: office.now.adding(days: 2), reason: "出差"), by: specialist)
            let delegate = Hand(clerk.person, onBehalfOf: specialist.person)
            await #expect(throws: Refusal.self) { try await office.desk.take("lend", of: "loan", on: loan, by: delegate) }
            let other = try await request(office, file, hours: 24, by: Hand(try await office.hire("other")))
            try await office.desk.take("lend", of: "loan", on: other, by: delegate)
            let trail = try await office.desk.document(other, by: specialist.person).trail
            #expect(trail.first?.who.zh == "clerk")
            #expect(trail.first?.behalf?.zh == "specialist")
        }
    }
}
