import ArticleProof
import CustomerConfidentiality
import EngineFixture
import Kernel
import TestOffice
import Testing
import WorkCalendar

/// 第19条, 第20条: at most three days, one copy once at a time, and struck at once when it is back.
@Suite struct LoanTests {
    /// A file in the archive, which the clerk may borrow.
    private func with(
        _ engine: TestEngine, copies: Int64 = 1, at start: Moment = TestOffice.start,
        _ body: (ArchiveOffice, _ file: Int64) async throws -> Void
    ) async throws {
        try await ArchiveOffice.with(engine, at: start) { archive in
            let file = try await archive.file(["copies": .whole(copies)])
            try await archive.granted([file], toBorrow: true, days: 7)
            try await body(archive, file)
        }
    }

    private func request(
        _ archive: ArchiveOffice, _ file: Int64, copies: Int64 = 1, days: Int64 = 1, by principal: Principal? = nil
    ) async throws -> Int64 {
        let input: [String: JSONValue] = ["file": .whole(file), "copies": .whole(copies), "days": .whole(days), "reason": .text("核对合同")]
        return try await archive.desk.take(Loan.request, input: input, by: principal ?? archive.clerk).id
    }

    private func lent(_ archive: ArchiveOffice, _ file: Int64, copies: Int64 = 1, days: Int64 = 1, by principal: Principal? = nil) async throws -> Int64 {
        let loan = try await request(archive, file, copies: copies, days: days, by: principal)
        try await archive.desk.take(Loan.lend, on: loan, by: archive.specialist)
        return loan
    }

    private func back(_ archive: ArchiveOffice, _ loan: Int64, _ more: [String: JSONValue] = ["outcome": .text("intact")]) async throws {
        try await archive.desk.take(Loan.giveBack, on: loan, input: more, by: archive.specialist)
    }

    @Test(.demand(confidentiality[19], 1), arguments: TestEngine.all)
    func lastsAtMostThreeDays(engine: TestEngine) async throws {
        try await with(engine) { archive, file in
            _ = try await request(archive, file, days: 3)
            let long = await refusal { _ = try await request(archive, file, days: 4) }
            #expect(long?.article == confidentiality[19] && long?.words.zh == "借阅时间不得超过3天；需要续借的，归还后另行申请")
        }
    }

    @Test(.article(confidentiality[18]), .article(confidentiality[19]), arguments: TestEngine.all)
    func readingDoesNotImplyBorrowing(engine: TestEngine) async throws {
        try await ArchiveOffice.with(engine) { archive in
            let file = try await archive.file()
            // Who may not know of it cannot name it.
            await #expect(throws: DeskError.self) { _ = try await request(archive, file) }
            try await archive.granted([file])
            let denied = await refusal { _ = try await request(archive, file) }
            #expect(denied?.article == confidentiality[18] && denied?.words.zh.contains("“外借”的授权") == true)
            let grant = try await archive.granted([file], toBorrow: true)
            let loan = try await request(archive, file)
            // What ended meanwhile is not lent.
            try await archive.desk.take(AccessRequest.end, on: grant, by: archive.supervisor)
            let ended = await refusal { try await archive.desk.take(Loan.lend, on: loan, by: archive.specialist) }
            #expect(ended?.words.zh == "借阅人的外借授权已终止，请重新申请")
        }
    }

    /// The table of archives' facts: day 0 is the day lent.
    @Test(
        .article(confidentiality[19]),
        arguments: [
            ("2026-09-14", "2026-09-17", "2026-09-17", "2026-09-17"), ("2026-09-16", "2026-09-18", "2026-09-20", "2026-09-20"),
            ("2026-09-23", "2026-09-24", "2026-09-28", "2026-09-29"), ("2026-09-30", "2026-09-30", "2026-10-08", "2026-10-10"),
            ("2026-02-13", "2026-02-14", "2026-02-24", "2026-02-25"),
        ]) func threeDaysAreCountedByTheRule(lent: String, ceiling: String, forward: String, working: String) throws {
        let day = try #require(Day(iso: lent)), calendar = try WorkCalendar.announced()
        for (rule, last) in [(LoanTerm.ceiling, ceiling), (.forward, forward), (.working, working)] {
            #expect(rule.last(lentOn: day, days: 3, calendar) == Day(iso: last), "\(lent) \(rule)")
        }
    }

    @Test(.article(confidentiality[19]), arguments: TestEngine.all)
    func theDueDayIsShownBeforeItIsLentAndFollowsTheRule(engine: TestEngine) async throws {
        try await with(engine) { archive, file in
            // Thursday and three days: Sunday; at most three days is Friday.
            let loan = try await request(archive, file, days: 3)
            let friday = Moment.endOfDay(Day(iso: "2026-01-16")!)
            #expect(try await archive.value(loan, "due", by: archive.specialist) == .text(friday.description))
            try await archive.desk.take(Loan.lend, on: loan, by: archive.specialist)
            #expect(try await archive.desk.document(loan, by: archive.specialist.person).deadlines.first?.due == friday)
            try await back(archive, loan)
            try await archive.desk.administer(
                .setParameter(
                    regulation: confidentiality.id, name: "loanDayRule", unit: archive.office.company, value: 1, from: archive.office.now.day,
                    reason: "按顺延计算"), by: .system)
            let monday = Moment.endOfDay(Day(iso: "2026-01-19")!)
            #expect(try await archive.value(try await request(archive, file, days: 3), "due", by: archive.specialist) == .text(monday.description))
        }
    }

    @Test(.article(confidentiality[19]), arguments: TestEngine.all)
    func aDayOffThatIsAnnouncedLaterMovesTheLoanAndTheBorrowerHears(engine: TestEngine) async throws {
        try await with(engine) { archive, file in
            let loan = try await lent(archive, file, days: 1)
            let friday = Day(iso: "2026-01-16")!
            #expect(try await archive.desk.document(loan, by: archive.clerk.person).deadlines.first?.due == .endOfDay(friday))
            try await archive.desk.administer(.addHolidays([.init(day: friday, kind: .holiday, holiday: "公司放假")]), by: .system)
            archive.office.move(hours: 12)
            try await archive.desk.runJobs()
            let due = try await archive.desk.document(loan, by: archive.clerk.person).deadlines.first { $0.met == nil }?.due
            #expect(due == .endOfDay(Day(iso: "2026-01-15")!))
            #expect(try await archive.desk.notices(of: archive.clerk.person).notices.contains { $0.words.zh.contains("工作日有变更，您借阅资料") })
        }
    }

    @Test(.demand(confidentiality[19], 2), arguments: TestEngine.all)
    func sixteenWhoAskAtOnceYieldOneLoan(engine: TestEngine) async throws {
        try await with(engine) { archive, file in
            var requests: [Int64] = []
            for _ in 0..<16 { requests.append(try await request(archive, file)) }
            let lent = await withTaskGroup(of: Bool.self) { group in
                for id in requests {
                    group.addTask { (try? await archive.desk.take(Loan.lend, on: id, by: archive.specialist)) != nil }
                }
                return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(lent == 1)
        }
    }

    @Test(.demand(confidentiality[19], 2), .article(confidentiality[20]), arguments: TestEngine.all)
    func copiesAreCountedOneByOne(engine: TestEngine) async throws {
        try await with(engine, copies: 3) { archive, file in
            let first = try await lent(archive, file, copies: 2)
            #expect(try await archive.value(first, "numbers", by: archive.specialist) == .text("1、2"))
            let many = try await request(archive, file, copies: 2)
            let none = await refusal { try await archive.desk.take(Loan.lend, on: many, by: archive.specialist) }
            #expect(none?.words.zh == "该资料在档 3 份，已借出 2 份，归还后方可再借")
            let third = try await lent(archive, file)
            #expect(try await archive.value(third, "numbers", by: archive.specialist) == .text("3"))
            // What is back and not looked at is not free yet.
            try await archive.desk.take(Loan.bringBack, on: first, by: archive.clerk)
            let waiting = await refusal { try await archive.desk.take(Loan.lend, on: many, by: archive.specialist) }
            #expect(waiting?.words.zh == "该资料在档 3 份，已借出 3 份（其中 2 份已交回待检查），归还后方可再借")
            // Condition is a choice; the second of them is lost, and is no copy any more.
            await #expect(throws: DeskError.self) { try await archive.desk.take(Loan.giveBack, on: first, by: archive.specialist) }
            try await back(archive, first, ["outcome": .text("lost"), "lost": .whole(1), "condition": .text("途中遗失一份")])
            #expect(try await archive.value(file, "copies", by: archive.specialist) == .whole(2))
            let single = try await lent(archive, file)
            #expect(try await archive.value(single, "numbers", by: archive.specialist) == .text("1"))
            let more = try await request(archive, file)
            let out = await refusal { try await archive.desk.take(Loan.lend, on: more, by: archive.specialist) }
            #expect(out?.words.zh == "该资料在档 2 份，已借出 2 份，归还后方可再借")
            // Nothing is deleted.
            #expect(try await archive.desk.document(first, by: archive.specialist.person).row.state == "returned")
        }
    }

    @Test(.demand(confidentiality[20], 1, 2), arguments: TestEngine.all)
    func whatIsReturnedIsStruckWithItsCondition(engine: TestEngine) async throws {
        try await with(engine, copies: 2) { archive, file in
            let loan = try await lent(archive, file, copies: 2)
            for (input, says) in [
                (["outcome": .text("lost")], "损坏或遗失的，请写明情况"),
                (["outcome": .text("intact"), "lost": .whole(1)], "填写了遗失份数的，归还情况请选“遗失”"),
                (["outcome": .text("lost"), "lost": .whole(3), "condition": .text("途中遗失")], "遗失份数不能多于借出的 2 份"),
            ] as [([String: JSONValue], String)] {
                let refused = await refusal { try await back(archive, loan, input) }
                #expect(refused?.words.zh == says && refused?.article == confidentiality[20])
            }
            // A file that is out comes back by its return, with its condition, and by nothing else.
            await #expect(throws: DeskError.self) {
                try await archive.desk.handle(.sendBack(document: loan, to: "requested", reason: "误批"), by: archive.specialist)
            }
            try await back(archive, loan)
            let view = try await archive.desk.document(loan, by: archive.specialist.person)
            #expect(view.row.state == "returned" && view.deadlines.first?.met == archive.office.now)
            // The line stays in the register, with its copies.
            let line = try #require(try await archive.rows("loan", by: archive.specialist).first)
            #expect(line.id == loan && line.values["copies"] == .whole(2) && line.values["borrower"] == .whole(archive.clerk.person.raw))
            #expect(try await archive.desk.verify().isClean)
        }
    }

    @Test(.demand(confidentiality[19], 5), arguments: TestEngine.all)
    func toKeepItLongerIsANewRequest(engine: TestEngine) async throws {
        try await with(engine) { archive, file in
            let first = try await lent(archive, file, days: 3)
            // No step makes a loan longer: it can be brought back, and nothing else.
            #expect(try await archive.desk.document(first, by: archive.clerk.person).availableSteps.map(\.step.name) == ["bringBack"])
            let again = try await request(archive, file, days: 3)
            let out = await refusal { try await archive.desk.take(Loan.lend, on: again, by: archive.specialist) }
            #expect(out?.words.zh.contains("归还后方可再借") == true)
            try await back(archive, first)
            try await archive.desk.take(Loan.lend, on: again, by: archive.specialist)
            #expect(try await archive.value(again, "before", by: archive.specialist) == .whole(first))
        }
    }

    @Test(.demand(confidentiality[19], 3, 4), arguments: TestEngine.all)
    func overdueIsRemindedEscalatesAndBlocksTheBorrower(engine: TestEngine) async throws {
        try await with(engine) { archive, file in
            let loan = try await lent(archive, file)
            archive.office.move(hours: 34)
            try await archive.desk.runJobs()
            #expect(try await archive.desk.todo(of: archive.clerk.person).notices.contains { $0.words.zh.contains("即将到期") })
            archive.office.move(hours: 6)
            try await archive.desk.runJobs()
            try await archive.desk.runJobs()
            #expect(try await archive.todo(archive.marketHead, "loan").count == 1)
            let refused = await refusal { _ = try await request(archive, file) }
            #expect(refused?.words.zh == "您有逾期未还的资料，归还后方可再借")
            // The second time this year, nothing more is lent in it.
            try await back(archive, loan)
            let second = try await lent(archive, file)
            archive.office.move(hours: 72)
            try await back(archive, second)
            let blocked = await refusal { _ = try await request(archive, file) }
            #expect(blocked?.article == confidentiality[19] && blocked?.words.zh == "您本年已逾期2次，今年不得再借")
        }
    }

    @Test(.article(confidentiality[19]), arguments: TestEngine.all)
    func aFileThatIsKeptIsFoundAndClearedByItself(engine: TestEngine) async throws {
        try await with(engine) { archive, file in
            let loan = try await lent(archive, file)
            func found() async throws -> [Int64] {
                try await archive.desk.runJobs()
                return try await archive.todo(archive.specialist, "loan").filter { $0.title.zh.hasPrefix("问题") }.map(\.row.id)
            }
            #expect(try await found().isEmpty)
            archive.office.move(hours: 41)
            #expect(try await found() == [loan])
            try await back(archive, loan)
            #expect(try await found().isEmpty)
        }
    }

    /// Handed to a colleague the same day, for the same unit, it is one loan in truth.
    @Test(.article(confidentiality[19]), arguments: TestEngine.all)
    func loansInARowShow(engine: TestEngine) async throws {
        try await with(engine) { archive, file in
            let colleague = Principal(try await archive.office.hire("colleague", in: archive.office.market))
            try await archive.granted([file], toBorrow: true, days: 7, to: colleague)
            let first = try await lent(archive, file)
            #expect(try await archive.value(first, "chain", by: archive.specialist) == .whole(0))
            try await back(archive, first)
            let second = try await request(archive, file, by: colleague)
            #expect(try await archive.value(second, "chain", by: archive.specialist) == .whole(2))
            #expect(try await archive.value(second, "before", by: archive.specialist) == .whole(first))
            archive.office.move(hours: 24)
            #expect(try await archive.value(try await request(archive, file), "chain", by: archive.specialist) == .whole(0))
        }
    }

    @Test(.article(confidentiality[19]), arguments: TestEngine.all)
    func whoAskedCannotLendNorThroughADelegate(engine: TestEngine) async throws {
        try await with(engine) { archive, file in
            try await archive.office.hire("another", .informationSpecialist, in: archive.office.service)
            let own = try await request(archive, file, by: archive.specialist)
            let same = await refusal { try await archive.desk.take(Loan.lend, on: own, by: archive.specialist) }
            #expect(same?.article == confidentiality[19])
            try await archive.desk.handle(
                .delegate(to: archive.clerk.person, from: archive.office.now, until: archive.office.now.adding(days: 2), reason: "出差"),
                by: archive.specialist)
            let delegate = Principal(archive.clerk.person, onBehalfOf: archive.specialist.person)
            let through = await refusal { try await archive.desk.take(Loan.lend, on: own, by: delegate) }
            #expect(through?.article == confidentiality[19])
        }
    }

    @Test(.article(confidentiality[19])) func aRefusalSaysWhyAndTheBorrowerHearsOfIt() async throws {
        try await with(.sqlite) { archive, file in
            let loan = try await request(archive, file)
            await #expect(throws: (any Error).self) { try await archive.desk.take(Loan.refuse, on: loan, by: archive.specialist) }
            try await archive.desk.take(Loan.refuse, on: loan, input: ["answer": .text("正在整理")], by: archive.specialist)
            #expect(try await archive.value(loan, "answer", by: archive.clerk) == .text("正在整理"))
            #expect(try await archive.desk.notices(of: archive.clerk.person).notices.contains { $0.words.zh.contains("现为“不予外借”") })
        }
    }

    @Test(.article(confidentiality[19]), arguments: TestEngine.all)
    func aBorrowerWhoLeavesIsSaid(engine: TestEngine) async throws {
        try await with(engine) { archive, file in
            let administrator = Principal(
                PersonID(
                    try await archive.desk.administer(
                        .addPerson(login: "root", zh: "管理员", en: "Admin", clearance: .internal, administrator: true), by: .system)))
            _ = try await lent(archive, file)
            let error = await #expect(throws: DeskError.self) {
                try await archive.desk.administer(
                    .changePerson(
                        archive.clerk.person, zh: "离任", en: "left", clearance: .internal, active: false, administrator: false, settled: false),
                    by: administrator)
            }
            guard case .invalid(let faults)? = error else { return #expect(Bool(false), "\(String(describing: error))") }
            #expect(faults.first?.words.zh.contains("外借登记 1 件") == true)
        }
    }
}
