import ArticleProof
import CustomerConfidentiality
import EngineFixture
import Kernel
import TestOffice
import Testing
import WorkCalendar

/// 第19条, 第20条: whose delay it is when a loan comes back, and of which year.
@Suite struct LoanReturnTests {
    /// A file in the archive, which the clerk may borrow, where one delay in a year is enough.
    private func with(
        _ engine: TestEngine, at start: Moment = TestOffice.start, _ body: (ArchiveOffice, _ file: Int64) async throws -> Void
    ) async throws {
        try await ArchiveOffice.with(engine, at: start) { archive in
            try await archive.desk.administer(
                .setParameter(
                    regulation: confidentiality.id, name: "overdueThreshold", unit: archive.office.company, value: 1,
                    from: archive.office.now.day, reason: "从严"), by: .system)
            let file = try await archive.file(["copies": .whole(2)])
            try await archive.granted([file], toBorrow: true, days: 7)
            try await body(archive, file)
        }
    }

    private func request(_ archive: ArchiveOffice, _ file: Int64) async throws -> Int64 {
        let input: [String: JSONValue] = ["file": .whole(file), "copies": .whole(1), "days": .whole(1), "reason": .text("核对合同")]
        return try await archive.desk.take(Loan.request, input: input, by: archive.clerk).id
    }

    private func lent(_ archive: ArchiveOffice, _ file: Int64) async throws -> Int64 {
        let loan = try await request(archive, file)
        try await archive.desk.take(Loan.lend, on: loan, by: archive.specialist)
        return loan
    }

    private func check(_ archive: ArchiveOffice, _ loan: Int64) async throws {
        try await archive.desk.take(Loan.giveBack, on: loan, input: ["outcome": .text("intact")], by: archive.specialist)
    }

    @Test(.demand(confidentiality[19], 4), .demand(confidentiality[20], 1), arguments: TestEngine.all)
    func whatIsBackInTimeAndCheckedLateIsNoDelayOfTheBorrowers(engine: TestEngine) async throws {
        try await with(engine) { archive, file in
            for _ in 0..<2 {
                let loan = try await lent(archive, file), back = archive.office.now
                try await archive.desk.take(Loan.bringBack, on: loan, by: archive.clerk)
                archive.office.move(hours: 72)
                try await check(archive, loan)
                #expect(try await archive.value(loan, "backAt", by: archive.specialist) == .text(back.description))
            }
            // Brought back late, it counts, however soon it was checked.
            let late = try await lent(archive, file)
            archive.office.move(hours: 72)
            try await archive.desk.take(Loan.bringBack, on: late, by: archive.clerk)
            try await check(archive, late)
            try await archive.granted([file], toBorrow: true, days: 7)
            let blocked = await refusal { _ = try await request(archive, file) }
            #expect(blocked?.article == confidentiality[19] && blocked?.words.zh == "您本年已逾期1次，今年不得再借")
        }
    }

    @Test(.demand(confidentiality[19], 4), arguments: TestEngine.all)
    func aLoanThatIsDueOnTheLastDayOfAYearIsLateInThatYear(engine: TestEngine) async throws {
        try await with(engine, at: Moment(Day(iso: "2026-12-29")!, hour: 9)!) { archive, file in
            let first = try await lent(archive, file)
            archive.office.move(hours: 24)
            let second = try await lent(archive, file)
            let due = try await archive.desk.document(second, by: archive.specialist.person).deadlines.first?.due
            #expect(due == .endOfDay(Day(iso: "2026-12-31")!))
            archive.office.move(hours: 24)
            try await check(archive, first)
            let blocked = await refusal { _ = try await request(archive, file) }
            #expect(blocked?.words.zh == "您本年已逾期1次，今年不得再借")
            archive.office.move(to: Moment(Day(iso: "2027-01-04")!, hour: 9)!)
            try await check(archive, second)
            _ = try await request(archive, file)
        }
    }
}
