import EngineFixture
import TestOffice
import Testing
import WorkCalendar

@testable import Kernel

/// What is made up for when nothing ran for days, and what need not be.
@Suite struct MissedDutyTests {
    private static let notes = RegulationContents(
        clinic, articles: clinicArticles, posts: [nurse, doctor], documents: [Patient.self],
        duties: [
            Duty("each", "逐日清点", "Count of each day", under: clinic[1], .eachDay) { duty in
                try duty.notify(doctor, of: Patient.self, "逐日 \(duty.day)", "of \(duty.day)")
            },
            Duty("last", "现状核对", "What stands now", under: clinic[1], .eachDay, lastIsEnough: true) { duty in
                try duty.notify(doctor, of: Patient.self, "现状 \(duty.day)", "now, \(duty.day)")
            },
        ])

    @Test(arguments: TestEngine.all) func eachMissedDayIsMadeUpForUnlessTheLastIsEnough(engine: TestEngine) async throws {
        try await TestOffice.with(engine, [Self.notes]) { office in
            let desk = office.desk, reader = try await office.hire("reader", doctor), first = office.now.day
            office.move(to: office.now.adding(days: 4))
            for _ in 0..<2 { try await desk.runJobs() }
            let told = try await desk.notices(of: reader).notices.map(\.words.zh)
            #expect(Set(told.filter { $0.hasPrefix("逐日") }) == Set((0..<4).map { "逐日 \(first.adding(days: $0))" }))
            #expect(told.filter { $0.hasPrefix("现状") } == ["现状 \(first.adding(days: 3))"])
        }
    }
}
