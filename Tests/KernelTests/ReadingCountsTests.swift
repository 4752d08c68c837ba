import Testing
import WorkCalendar

@testable import Kernel

/// One at a time looks into the ledger, and nobody's reading is counted before it was looked into.
@Suite struct ReadingCountsTests {
    private static let now = Moment(Day(iso: "2026-03-02")!, hour: 9)!

    @Test func afterAStartOneReadsAndTheOthersWait() async {
        let counts = ReadingCounts(), now = Self.now, reader = PersonID(7)
        let opened = [1, 2].map { ReadingCounts.Reading(person: reader, document: $0, at: now.adding(seconds: -600)) }
        let answers = await withTaskGroup(of: (hasRead: Bool, isRefused: Bool).self) { group in
            for person in Int64(1)...30 {
                group.addTask {
                    let start = await counts.startOfQuestion(by: PersonID(person), limit: 2, at: now)
                    if start != nil {
                        // The others come meanwhile.
                        try? await Task.sleep(for: .milliseconds(50))
                        counts.learn(opened, at: now)
                    }
                    guard case .refused = counts.count(3, by: reader, limit: 2, at: now) else { return (start != nil, false) }
                    return (start != nil, true)
                }
            }
            var answers: [(hasRead: Bool, isRefused: Bool)] = []
            for await answer in group { answers.append(answer) }
            return answers
        }
        #expect(answers.filter { $0.hasRead }.count == 1)
        #expect(answers.filter { $0.isRefused }.count == 30, "whoever waits knows what was read")
    }

    @Test func whenOneGivesUpTheNextReads() async throws {
        let counts = ReadingCounts(), now = Self.now, hour = now.adding(hours: -1)
        let first = await counts.startOfQuestion(by: PersonID(1), limit: 2, at: now)
        async let second = counts.startOfQuestion(by: PersonID(2), limit: 2, at: now)
        try await Task.sleep(for: .milliseconds(50))
        counts.giveUp()
        let next = await second
        #expect(first == hour && next == hour)
        counts.learn([], at: now)
        // Known now, also to who came a little earlier; a clock that was set back begins anew.
        let starts: [(Moment, Moment?)] = [(now, nil), (now.adding(seconds: -1), nil), (now.adding(days: -1), hour.adding(days: -1))]
        for (moment, start) in starts {
            let asked = await counts.startOfQuestion(by: PersonID(3), limit: 2, at: moment)
            #expect(asked == start)
        }
    }
}
