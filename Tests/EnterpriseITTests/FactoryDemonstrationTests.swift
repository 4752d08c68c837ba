import ArticleProof
import EngineFixture
import EnterpriseIT
import Kernel
import Practices
import TestOffice
import Testing
import WorkCalendar

/// The invented factory keeps its rules over six weeks, and shows something of every kind.
@Suite struct FactoryDemonstrationTests {
    @Test(.article(enterpriseIT["第二章20"]), arguments: ["2026-03-02", "2026-11-20"])
    func sixWeeksOfItAreWithoutAFault(start: String) async throws {
        try await TestOffice.with(.sqlite, [enterpriseITContents, practicesContents], at: Moment(Day(iso: start)!, hour: 9)!) { office in
            let desk = office.desk, factory = FactoryDemonstration(desk, try await FactoryOffice.found(desk, from: office.now.day))
            for number in 0..<30 {
                try await desk.runJobs()
                try await factory.work(number, at: office.now)
                office.move(hours: number % 5 == 4 ? 72 : 24)
            }
            try await desk.runJobs()
            var query = RegisterQuery()
            query.limit = 500
            let people = [factory.office.director, factory.office.leader, factory.office.finance, factory.office.workshopHead]
            var states: [String: Set<String>] = [:]
            for type in enterpriseITContents.documents {
                for person in people {
                    let rows = try await desk.register(type.name, query, by: person.person).rows
                    states[type.name, default: []].formUnion(rows.map(\.state))
                }
            }
            let none = enterpriseITContents.documents.map { $0.name }.filter { states[$0]?.isEmpty ?? true }
            // What falls due with a quarter or a year may lie outside the six weeks.
            #expect(Set(none).subtracting(["plan-progress", "study-summary", "connection-point", "operation-report"]).isEmpty, "\(none)")
            #expect(states["service-ticket"]?.isSuperset(of: ["open", "assigned", "solved", "closed"]) == true)
            #expect(states["closing-check"]?.isSuperset(of: ["done", "missed", "dayOff"]) == true)
            #expect(states["computer-finding"]?.contains("open") == true)
            let papers = try await desk.register("undertaking", query, by: factory.office.leader.person).rows
            #expect(Set(papers.map(\.state)).isSuperset(of: ["open", "signed"]))
            let overdue = try await desk.todo(of: factory.office.director.person).items
            #expect(!overdue.isEmpty)
            #expect(try await desk.verify().isClean)
        }
    }
}
