import ArticleProof
import CustomerConfidentiality
import EngineFixture
import Kernel
import TestOffice
import Testing
import WorkCalendar

/// 第22条: nobody learns from a loan of a file that he may not know of.
@Suite struct LoanLevelTests {
    private func request(_ archive: ArchiveOffice, _ file: Int64, by principal: Principal) async throws -> Int64 {
        let input: [String: JSONValue] = ["file": .whole(file), "copies": .whole(1), "days": .whole(1), "reason": .text("核对合同")]
        return try await archive.desk.take(Loan.request, input: input, by: principal).id
    }

    private func level(_ archive: ArchiveOffice, _ loan: Int64) async throws -> Level {
        try await archive.desk.document(loan, by: archive.supervisor.person).row.level
    }

    private func raise(_ archive: ArchiveOffice, _ file: Int64) async throws {
        let input: [String: JSONValue] = [
            "file": .whole(file), "to": .text("secret"), "custodian": .whole(archive.custodian.person.raw), "reason": .text("涉及并购"),
        ]
        let change = try await archive.desk.take(LevelChange.propose, input: input, by: archive.supervisor).id
        try await archive.desk.take(LevelChange.approveRaising, on: change, by: archive.manager)
    }

    @Test(.demand(confidentiality[22], 2), arguments: TestEngine.all)
    func aLoanOfAClassifiedFileIsAsSecretAsItAndLeavesNoGapAmongTheNumbers(engine: TestEngine) async throws {
        try await ArchiveOffice.with(engine) { archive in
            let junior = Principal(try await archive.office.hire("junior", .informationSpecialist, in: archive.office.service))
            let cleared = Principal(try await archive.office.hire("cleared", in: archive.office.market, clearance: .secret))
            let file = try await archive.file(), secret = try await archive.classifiedFile()
            try await archive.granted([file], toBorrow: true)
            let access = try await archive.ask(["alsoLend": .flag(true), "expected": .text("classified")], by: cleared)
            try await archive.endorsed(access, by: cleared)
            try await archive.checked(access, [secret])
            try await archive.desk.take(AccessRequest.approveClassified, on: access, by: archive.manager)
            let hidden = try await request(archive, secret, by: cleared), open = try await request(archive, file, by: archive.clerk)
            #expect(try await level(archive, hidden) == .secret)
            #expect(try await level(archive, open) == .internal)
            let rows = try await archive.rows("loan", by: junior)
            #expect(rows.map(\.id) == [open] && rows.map(\.number) == ["外借〔2026〕1号"])
            await #expect(throws: DeskError.absent) { try await archive.desk.document(hidden, by: junior.person) }
            await #expect(throws: DeskError.self) { try await archive.desk.take(Loan.lend, on: hidden, by: junior) }
            #expect(try await archive.rows("loan", by: archive.specialist).count == 2)
            #expect(try await archive.rows("loan", by: archive.specialist).contains { $0.number == "密借〔2026〕1号" })
            // Who may borrow the file sees the own loan, and gets it.
            try await archive.desk.take(Loan.lend, on: hidden, by: archive.specialist)
            #expect(try await archive.desk.document(hidden, by: cleared.person).row.state == "lent")
            #expect(try await archive.desk.verify().isClean)
        }
    }

    @Test(.demand(confidentiality[22], 2), arguments: TestEngine.all)
    func loansFollowTheLevelOfTheirFileAndOneThatIsOutOnceItIsStruck(engine: TestEngine) async throws {
        try await ArchiveOffice.with(engine) { archive in
            let file = try await archive.file(["copies": .whole(2)])
            try await archive.granted([file], toBorrow: true)
            let out = try await request(archive, file, by: archive.clerk), waiting = try await request(archive, file, by: archive.clerk)
            try await archive.desk.take(Loan.lend, on: out, by: archive.specialist)
            try await raise(archive, file)
            #expect(try await level(archive, waiting) == .secret)
            await #expect(throws: DeskError.absent) { try await archive.desk.document(waiting, by: archive.clerk.person) }
            // The borrower still sees what is to be brought back.
            #expect(try await archive.desk.document(out, by: archive.clerk.person).row.level == .internal)
            try await archive.desk.take(Loan.bringBack, on: out, by: archive.clerk)
            try await archive.desk.take(Loan.giveBack, on: out, input: ["outcome": .text("intact")], by: archive.specialist)
            #expect(try await level(archive, out) == .secret)
            await #expect(throws: DeskError.absent) { try await archive.desk.document(out, by: archive.clerk.person) }
            #expect(try await archive.desk.verify().isClean)
        }
    }

    @Test(.demand(confidentiality[9], 2), .article(confidentiality[22]), arguments: TestEngine.all)
    func noLoanOfAClassifiedFileIsInAFigure(engine: TestEngine) async throws {
        try await ArchiveOffice.with(engine) { archive in
            let file = try await archive.file(), other = try await archive.file("新合商贸", kind: "dealer", number: 2)
            try await archive.granted([file, other], toBorrow: true)
            for one in [file, other] {
                let loan = try await request(archive, one, by: archive.clerk)
                try await archive.desk.take(Loan.lend, on: loan, by: archive.specialist)
            }
            // Its loan is out, and at the level that the borrower sees.
            try await raise(archive, other)
            let input: [String: JSONValue] = ["heading": .text("外借月报"), "length": .text("month"), "items": .text("loans")]
            let definition = try await archive.desk.take(ReportDefinition.propose, input: input, by: archive.specialist).id
            try await archive.desk.take(ReportDefinition.adopt, on: definition, by: archive.manager)
            archive.office.move(to: Moment(Day(iso: "2026-02-02")!, hour: 9)!)
            try await archive.desk.runJobs()
            let report = try #require(try await archive.rows("statistical-report").first).id
            let rows = try await archive.value(report, "rows")?.list ?? []
            #expect(rows.map { $0["value"].whole } == [1])
        }
    }
}
