import EngineFixture
import Store
import TestOffice
import Testing

@testable import Kernel
@testable import Ledger

/// Entries between their commit and their place, when somebody else owns the database.
@Suite struct EntryWatchTests {
    private static func newest(_ office: TestOffice) async throws -> Int64 {
        try await office.desk.store.read { try $0.count("SELECT max(id) FROM entry") }
    }

    private static func supervisor(_ office: TestOffice) async throws -> PersonID {
        PersonID(
            try await office.desk.administer(
                .addPerson(login: "chief", zh: "主管", en: "Chief", clearance: .internal, administrator: true), by: .system))
    }

    @Test(
        arguments: TestEngine.all,
        [
            ["DELETE FROM entry_pending WHERE entry = $1", "DELETE FROM entry WHERE id = $1"], ["DELETE FROM entry WHERE id = $1"],
            ["DELETE FROM entry_pending WHERE entry = $1"],
            ["UPDATE entry SET body = (SELECT body FROM entry ORDER BY id LIMIT 1) WHERE id = $1"],
        ])
    func whatIsTakenAwayBeforeItHasItsPlaceIsTold(engine: TestEngine, damage: [String]) async throws {
        try await DeskTests.with(engine) { office, nurse, _ in
            let desk = office.desk, chief = try await Self.supervisor(office)
            try await desk.runJobs()
            #expect(desk.watch.takeAlarms().isEmpty && desk.watch.troubles.isEmpty)
            try await desk.take(Patient.file, input: DeskTests.input(), by: nurse)
            let id = try await Self.newest(office)
            try await desk.store.write { session in for sql in damage { try session.execute(sql, [.int(id)]) } }
            try await desk.runJobs()
            let alarms = desk.watch.takeAlarms()
            #expect(alarms.contains { $0.zh.contains("\(id) 已被删除或改动") && $0.en.contains("\(id), written by this server") })
            #expect(desk.watch.troubles.first?.since == office.now)
            let told = try await desk.notices(of: chief).notices.map(\.words.zh)
            #expect(told.contains { $0.hasPrefix("存证告警：本服务写入的记录 \(id)") })
            // Once, with what the places say of it a round later, and to nobody else.
            try await desk.runJobs()
            let all = try await desk.notices(of: chief).notices.count
            try await desk.runJobs()
            #expect(try await desk.notices(of: chief).notices.count == all)
            #expect(try await desk.notices(of: nurse.person).notices.isEmpty)
            try await desk.take(Patient.file, input: DeskTests.input("李四"), by: nurse)
            #expect(try await desk.verify().isClean == false)
        }
    }

    @Test(arguments: TestEngine.all) func theGapIsNamedByEveryLaterVerification(engine: TestEngine) async throws {
        try await DeskTests.with(engine) { office, nurse, _ in
            let desk = office.desk
            try await desk.runJobs()
            try await desk.take(Patient.file, input: DeskTests.input(), by: nurse)
            let id = try await Self.newest(office)
            try await desk.store.write { session in
                try session.execute("DELETE FROM entry_pending WHERE entry = $1", [.int(id)])
                try session.execute("DELETE FROM entry WHERE id = $1", [.int(id)])
            }
            try await desk.take(Patient.file, input: DeskTests.input("李四"), by: nurse)
            try await desk.runJobs()
            let next = try await Self.newest(office)
            // Another run, which remembers nothing.
            let later = try await office.anotherDesk()
            #expect(try await later.verify().faults.contains(.entriesMissing(before: next, count: 1)))
        }
    }

    /// Whoever holds the jobs' lease keeps the entries waiting, and does not keep that from being told.
    @Test(arguments: TestEngine.all) func aSequencerThatIsHeldUpIsTold(engine: TestEngine) async throws {
        try await DeskTests.with(engine) { office, nurse, _ in
            let desk = office.desk, chief = try await Self.supervisor(office)
            try await desk.take(Patient.file, input: DeskTests.input(), by: nurse)
            let held: Void? = try await desk.store.withLease("jobs") {
                for turn in 0..<3 {
                    #expect(desk.watch.takeAlarms().isEmpty, "turn \(turn)")
                    try await desk.runJobs()
                    office.move(to: office.now.adding(seconds: 20))
                }
            }
            #expect(held != nil)
            #expect(desk.watch.takeAlarms().map(\.en).contains { $0.contains("somebody holds their lock") })
            #expect(try await desk.notices(of: chief).notices.contains { $0.words.zh.contains("占住了它的锁") })
            // Let go, all get their places.
            try await desk.runJobs()
            try await desk.runJobs()
            #expect(desk.entryWriter.waiting.isEmpty)
            #expect(try await desk.verify().isClean)
        }
    }

    /// What was refused, and rolled back with its act, was never written: nobody misses it.
    @Test(arguments: TestEngine.all) func whatWasRolledBackIsNotMissed(engine: TestEngine) async throws {
        try await DeskTests.with(engine) { office, nurse, _ in
            let desk = office.desk
            for _ in 0..<3 {
                try? await desk.store.write { session in
                    try desk.enter(.note, nil, principal: nurse, step: "+test", at: office.now, session)
                    throw DeskError.absent
                }
                try await desk.take(Patient.file, input: DeskTests.input(), by: nurse)
            }
            try await desk.runJobs()
            try await desk.runJobs()
            #expect(desk.watch.takeAlarms().isEmpty && desk.entryWriter.waiting.isEmpty)
            #expect(try await desk.verify().faults == [])
        }
    }
}
