import ArticleProof
import EngineFixture
import Kernel
import Practices
import School
import TestOffice
import Testing
import WorkCalendar

/// The invented school keeps its rules over two months, and shows something of every type.
@Suite struct SchoolDemonstrationTests {
    @Test(.article(school[8])) func twoMonthsOfItAreWithoutAFault() async throws {
        try await TestOffice.with(.sqlite, [schoolContents, practicesContents], at: Moment(Day(iso: "2026-03-02")!, hour: 9)!) { office in
            let desk = office.desk, demonstration = SchoolDemonstration(desk, try await SchoolOffice.found(desk, from: office.now.day))
            for number in 0..<40 {
                try await demonstration.work(number, at: office.now)
                office.move(hours: number % 5 == 4 ? 72 : 24)
                try await desk.runJobs()
            }
            var missing: [String] = []
            let never: Set<String> = [
                "number-book", "seal-handover", "item-taking", "unit-transfer", "personnel-matter", "contact-record",
            ]
            for type in schoolContents.documents where !never.contains(type.name) {
                let count = try await desk.store.read { session in
                    try session.count("SELECT count(*) FROM document WHERE type = $1", [.text(type.name)])
                }
                if count == 0 { missing.append(type.name) }
            }
            #expect(missing == [])
            // Something is signed, and something is still to be.
            let undertakings = try await desk.all(Undertaking.self)
            #expect(undertakings.contains { $0.state == .signed } && undertakings.contains { $0.state == .open })
            #expect(try await desk.verify().isClean)
        }
    }
}
