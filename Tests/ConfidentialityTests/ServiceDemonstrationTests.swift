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
            #expect(try await desk.verify().isClean)
        }
    }
}
