import EngineFixture
import Foundation
import Kernel
import Store
import Synchronization
import TestOffice
import Testing

/// Thousands of steps in one transaction, some refused: written in parts, on SQLite while the next are taken, with the same outcome as one
/// by one.
@Suite struct ManyActsTests {
    private static let contents = RegulationContents(
        clinic, articles: clinicArticles, posts: [nurse, doctor], documents: [Counter.self, Slip.self])

    @Test(arguments: TestEngine.all) func everyActStandsOrFallsByItself(engine: TestEngine) async throws {
        try await TestOffice.with(engine, [Self.contents]) { office in
            let principal = Principal(try await office.hire("nurse", nurse)), reader = try await office.hire("doctor", doctor)
            let desk = office.desk
            for part in 0..<2 {
                // What another act wrote is seen by the next transaction, and what this one wrote by the one after.
                try await desk.take(Slip.handIn, by: principal) { $0 = Slip(of: "甲", part) }
                let slips = (0..<1500).map { Slip(of: "第\($0 % 50)号", $0) }
                let results = try await desk.takeMany(Slip.handIn, slips, by: principal)
                #expect(results.map { (try? $0.get()) != nil } == slips.map { $0.number % 7 != 6 })
            }
            let counters = try await desk.all(Counter.self)
            #expect(counters.count == 51)
            #expect(counters.first { $0.value.name == "甲" }?.value.count == 2)
            for index in 0..<50 {
                let handedIn = (0..<1500).filter { $0 % 50 == index && $0 % 7 != 6 }.count * 2
                #expect(counters.first { $0.value.name == "第\(index)号" }?.value.count == handedIn)
            }
            #expect(Set(counters.map(\.record.number)) == Set((1...51).map { "计〔2026〕\($0)号" }), "numbers have no gaps")
            #expect(counters.map(\.record.version) == counters.map { Int64($0.value.count) })
            try await self.findsOnlyWhatIsThere(desk, counters, reader)
            let report = try await desk.verify()
            #expect(report.isClean, "\(report)")
        }
    }

    /// The session belongs to the thread that writes while the next steps are taken: nothing else is left in it step by step.
    @Test(arguments: TestEngine.all) func whoeverListensIsToldOnceForAllOfThem(engine: TestEngine) async throws {
        try await TestOffice.with(engine, [Self.contents]) { office in
            let nurse = Principal(try await office.hire("nurse", nurse)), told = Mutex<[Set<PersonID>]>([])
            office.desk.stirrings.listen { people in told.withLock { $0.append(people) } }
            let slips = (0..<2000).map { Slip(of: "第\($0 % 50)号", $0 * 7) }
            #expect(try await office.desk.takeMany(Slip.handIn, slips, by: nurse).count == slips.count)
            #expect(told.withLock { $0 } == [[nurse.person]])
            #expect(try await office.desk.verify().isClean)
        }
    }

    /// What an act wrote and found again is forgotten with it.
    @Test(arguments: TestEngine.all) func whatWasTakenBackIsNotFoundByTheNext(engine: TestEngine) async throws {
        try await TestOffice.with(engine, [Self.contents]) { office in
            let nurse = Principal(try await office.hire("nurse", nurse))
            let slips = [6, 7, 13, 14].map { Slip(of: Slip.asked, $0) }
            let results = try await office.desk.takeMany(Slip.handIn, slips, by: nurse)
            #expect(results.map { (try? $0.get()) != nil } == [false, true, false, true])
            let counters = try await office.desk.all(Counter.self)
            #expect(counters.map(\.value.count) == [2] && counters.map(\.record.number) == ["计〔2026〕1号"])
            #expect(try await office.desk.verify().isClean)
        }
    }

    @Test func whoeverElseActsDoesNotWaitForAllOfThem() async throws {
        try await TestOffice.with(.sqlite, [Self.contents]) { office in
            let principal = Principal(try await office.hire("nurse", nurse)), desk = office.desk
            let slips = (0..<1000).map { Slip(of: Slip.slow, $0 * 7) }
            let many = Task { try await desk.takeMany(Slip.handIn, slips, by: principal).count }
            for _ in 0..<3 {
                try await Task.sleep(for: .milliseconds(100))
                try await desk.take(Slip.handIn, by: principal) { $0 = Slip(of: "乙", 0) }
            }
            #expect(try await many.value == slips.count)
            // In the order in which they were taken, some of the many come before another's act and some after it.
            let taken = try await desk.all(Slip.self).map(\.value.counter)
            let others = taken.indices.filter { taken[$0] == "乙" }
            #expect(others.contains { taken[..<$0].contains(Slip.slow) && taken[$0...].contains(Slip.slow) })
            #expect(try await desk.verify().isClean)
        }
    }

    /// A counter is found by what it counts now, and no longer by what it counted.
    private func findsOnlyWhatIsThere(_ desk: Desk, _ counters: [Found<Counter>], _ reader: PersonID) async throws {
        for counter in counters.prefix(3) {
            for (remark, found) in [("数到\(counter.value.count)", true), ("数到1", false)] {
                var query = RegisterQuery()
                (query.equal["remark"], query.limit) = (remark, 500)
                let rows = try await desk.register(Counter.name, query, by: reader).rows
                #expect(rows.contains { $0.id == counter.id.raw } == found)
            }
        }
    }
}

private struct Counter: Document {
    enum State: String, CaseIterable, Sendable { case open }
    static let name = "counter"
    var name = ""
    var count = 0
    var remark = ""

    static let form = Form<Counter>(
        "计数", "Counter", number: "计", states: [.open: .open("在计", "Counting")], readers: [.post(doctor)],
        [
            .text(\.name, "名称", "Name").indexed(), .whole(\.count, "次数", "Count", in: 0...10_000),
            .text(\.remark, "备注", "Remark").indexed(),
        ])
    static let begin = Step<Counter>("begin", "开始", "Begin", to: .open, by: .system, under: clinic[1]) { counter, _ in counter.add() }
    static let goOn = Step<Counter>("go on", "继续", "Go on", from: .open, to: nil, by: .system, under: clinic[1]) { counter, _ in
        counter.add()
    }
    static let steps = [begin, goOn]

    private mutating func add() {
        count += 1
        remark = "数到\(count)"
    }
}

private struct Slip: Document {
    enum State: String, CaseIterable, Sendable { case handedIn }
    static let name = "slip"
    var counter = ""
    var number = 0
    init() {}
    /// Takes its time, so that others come meanwhile.
    static let slow = "慢"
    /// Asks for what it has just written.
    static let asked = "问"
    init(of counter: String, _ number: Int) { (self.counter, self.number) = (counter, number) }

    static let form = Form<Slip>(
        "条子", "Slip", states: [.handedIn: .done("已交", "Handed in")],
        [.text(\.counter, "计数", "Counter"), .whole(\.number, "号", "Number", in: 0...10_000)])
    static let handIn = Step<Slip>("hand in", "交", "Hand in", to: .handedIn, by: .post(nurse), under: clinic[1]) { slip, act in
        if let known = try act.find(\Counter.name, is: slip.counter).first {
            try act.take(Counter.goOn, on: known.id)
        } else {
            var counter = Counter()
            counter.name = slip.counter
            try act.create(counter, by: Counter.begin)
        }
        if slip.counter == slow { usleep(1000) }
        if slip.counter == asked {
            // What stands is written for this, and found by the next question.
            _ = try act.all(Counter.self, in: .open, createdBy: act.today)
            _ = try act.find(\Counter.name, is: slip.counter)
        }
        try act.require(slip.number % 7 != 6, "不收", "Not taken")
    }
    static let steps = [handIn]
}
