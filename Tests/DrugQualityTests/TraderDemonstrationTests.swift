import ArticleProof
import DrugQuality
import EngineFixture
import Kernel
import TestOffice
import Testing
import WorkCalendar

/// The invented trader keeps its rules over two months, and shows something in every state.
@Suite struct TraderDemonstrationTests {
    @Test(.article(drugQuality[2])) func twoMonthsOfItAreWithoutAFault() async throws {
        try await TestOffice.with(.sqlite, [drugQualityContents], at: Moment(Day(iso: "2026-03-02")!, hour: 9)!) { office in
            let desk = office.desk, trader = TraderDemonstration(desk, try await TraderOffice.found(desk, from: office.now.day))
            for number in 0..<40 {
                try await trader.work(number, at: office.now)
                office.move(hours: number % 5 == 4 ? 72 : 24)
                try await desk.runJobs()
            }
            let manager = trader.office.manager.person
            func rows(_ type: String, by person: PersonID) async throws -> [DocumentRow] {
                try await desk.register(type, Self.all, by: person).rows
            }
            let states = Set(try await rows("quality-item", by: manager).map(\.state))
            #expect(states.isSuperset(of: ["reported", "analysed", "decided", "answered", "acknowledged", "closed"]), "\(states)")
            let kept = [
                ("measure", manager), ("goods-batch", manager), ("stop-slip", manager), ("statistics-return", manager),
                ("quality-meeting", manager),
                ("questionnaire", manager), ("law-entry", manager), ("quality-figures", manager), ("feedback-record", manager),
                ("staff-opinion", trader.office.officer.person), ("appraisal-entry", trader.office.qualityHead.person),
                ("appraisal-sheet", manager),
            ]
            for (type, person) in kept {
                let found = try await rows(type, by: person)
                #expect(!found.isEmpty, "\(type)")
            }
            #expect(try await desk.verify().isClean)
        }
    }

    private static let all: RegisterQuery = {
        var query = RegisterQuery()
        query.limit = 500
        return query
    }()
}
