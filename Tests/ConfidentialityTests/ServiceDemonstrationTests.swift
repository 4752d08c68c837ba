import ArticleProof
import CustomerConfidentiality
import EngineFixture
import Kernel
import TestOffice
import Testing
import WorkCalendar

/// The invented company keeps its rules over two months, and shows something in every state.
@Suite struct ServiceDemonstrationTests {
    @Test(.article(confidentiality[5])) func twoMonthsOfItAreWithoutAFault() async throws {
        try await TestOffice.with(.sqlite, [confidentialityContents], at: Moment(Day(iso: "2026-06-01")!, hour: 9)!) { office in
            let desk = office.desk, service = ServiceDemonstration(desk, try await ServiceOffice.found(desk, from: office.now.day))
            for number in 0..<40 {
                try await service.work(number, at: office.now)
                office.move(hours: number % 5 == 4 ? 72 : 24)
                try await desk.runJobs()
            }
            let manager = service.office.manager.person
            func rows(_ type: String) async throws -> [DocumentRow] {
                var query = RegisterQuery()
                query.limit = 500
                return try await desk.register(type, query, by: manager).rows
            }
            for type in [
                "first-contact", "customer-file", "archive-store", "archive-shelf", "recopy-task", "archive-check", "repair-order",
                "climate-reading", "climate-alarm", "report-definition", "report-subscription", "statistical-report", "report-copy",
                "outside-provision", "destruction-list", "legal-hold", "person-request", "charter-amendment",
            ] {
                let found = try await rows(type)
                #expect(!found.isEmpty, "\(type)")
            }
            #expect(Set(try await rows("first-contact").map(\.state)) == ["reported", "settled"])
            #expect(Set(try await rows("report-copy").map(\.state)).isSuperset(of: ["kept", "received"]))
            #expect(try await rows("customer-file").contains { $0.level == .secret })
            // Something is overdue: a customer without a file.
            #expect(try await desk.todo(of: service.office.supervisor.person).items.contains { $0.row.type == "first-contact" })
            try await Self.borrow(service, desk)
            #expect(try await desk.verify().isClean)
        }
    }

    /// Whoever looks at it first finds clerks who have something to borrow.
    private static func borrow(_ service: ServiceDemonstration, _ desk: Desk) async throws {
        try await service.letBorrow()
        for clerk in service.office.clerks {
            var asked = 0
            for file in try await desk.register(CustomerFile.name, RegisterQuery(), by: clerk.person).rows {
                let input: [String: JSONValue] = [
                    "file": .whole(file.id), "copies": .whole(1), "days": .whole(3), "reason": .text("核对合同"),
                ]
                guard let loan = try? await desk.take(Loan.request, input: input, by: clerk).id else { continue }
                try await desk.take(Loan.lend, on: loan, by: service.office.specialist)
                asked += 1
            }
            #expect(asked == 2, "two files are in the archive for each")
        }
    }
}
