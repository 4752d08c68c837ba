import EngineFixture
import Store
import TestOffice
import Testing

@testable import Kernel
@testable import Ledger
@testable import Vault

/// What the desk does when somebody writes into the ledger's tables behind its back.
@Suite struct LedgerKeepingTests {
    private static func positions(_ office: TestOffice) async throws -> [Int64] {
        try await office.desk.store.read { try $0.all("SELECT entry FROM leaf ORDER BY position") { $0.int(0) } }
    }

    /// As the owner of the database: the document approved, its digest right, an entry in the doctor's name, and all that the program
    /// would write with it; only the key is not his.
    private static func forgeReview(of id: Int64, by doctor: Principal, _ office: TestOffice) async throws -> Int64 {
        let at = office.now.adding(hours: -2)
        return try await office.desk.store.write { session in
            var record = try #require(try Record.load(id, session))
            (record.state, record.version, record.changed) = ("reviewed", 2, at)
            try record.update(session, digest: record.digest)
            let entry = Entry(
                id: IDGenerator().next(at), at: at.milliseconds, kind: .act, document: id, documentType: "patient", version: 2,
                person: doctor.person.raw, step: "review", articles: [clinic[2].key], from: "filed", to: "reviewed",
                digest: record.digest)
            let body = entry.body(EntryKey(secret: [UInt8](repeating: 0, count: 32)))
            try session.execute(Ledger.insertion, Ledger.row(entry, body))
            try session.execute("INSERT INTO entry_pending (entry) VALUES ($1)", [.int(entry.id)])
            try session.execute(
                "INSERT INTO taken (document, step, person, behalf, at) VALUES ($1, 'review', $2, 0, $3)",
                [.int(id), .int(doctor.person.raw), .int(at.milliseconds)])
            return entry.id
        }
    }

    @Test(arguments: TestEngine.all) func aForgedApprovalIsNeverSigned(engine: TestEngine) async throws {
        try await DeskTests.with(engine) { office, nurse, doctor in
            let id = try await office.desk.take(Patient.file, input: DeskTests.input(), by: nurse).id
            try await office.desk.runJobs()
            #expect(try await office.desk.verify().faults == [])
            _ = office.desk.watch.takeAlarms()

            let forged = try await Self.forgeReview(of: id, by: doctor, office)
            try await office.desk.take(Patient.file, input: DeskTests.input("李四"), by: nurse)
            let before = try await Self.positions(office).count
            try await office.desk.runJobs()
            let placed = try await Self.positions(office)
            #expect(placed.count == before + 1 && !placed.contains(forged))
            #expect(try await office.desk.latestCheckpoint()?.size == Int64(placed.count))
            #expect(office.desk.watch.takeAlarms().map(\.en) == [LedgerFault.entryRefused(id: forged, .forged).en])
            #expect(try await office.desk.verify().faults.contains(.entryRefused(id: forged, .forged)))
        }
    }

    /// The end cut off, with everything that speaks of it and the head of an older copy: this server has seen more.
    @Test(arguments: TestEngine.all) func aServerSignsNoLedgerThatIsLessThanItHasSeen(engine: TestEngine) async throws {
        try await DeskTests.with(engine) { office, nurse, _ in
            let desk = office.desk
            try await desk.take(Patient.file, input: DeskTests.input(), by: nurse)
            try await desk.runJobs()
            let size = Int64(try await Self.positions(office).count)
            let head = try await desk.store.read { session in
                try session.first("SELECT size, frontier, checkpoints, seal FROM tree_head") {
                    [Value.int($0.int(0)), .blob($0.blob(1)), .int($0.int(2)), .blob($0.blob(3))]
                } ?? []
            }
            try await desk.take(Patient.file, input: DeskTests.input("李四"), by: nurse)
            try await desk.runJobs()
            _ = desk.watch.takeAlarms()
            try await desk.store.write { session in
                try session.execute("DELETE FROM entry WHERE id IN (SELECT entry FROM leaf WHERE position >= $1)", [.int(size)])
                try session.execute("DELETE FROM leaf WHERE position >= $1", [.int(size)])
                try session.execute("DELETE FROM checkpoint WHERE size > $1", [.int(size)])
                try session.execute("UPDATE tree_head SET size = $1, frontier = $2, checkpoints = $3, seal = $4", head)
            }
            try await desk.runJobs()
            let alarms = desk.watch.takeAlarms().map(\.en)
            #expect(alarms.first == LedgerError.shrunk(seen: size + 1, found: size).en)
            #expect(alarms.count == 2 && alarms[1].contains("written by this server"), "and it misses the entry that it wrote")
            // Nor when it has grown again: it does not continue what was seen.
            for name in ["王五", "赵六"] { try await desk.take(Patient.file, input: DeskTests.input(name), by: nurse) }
            try await desk.sequence()
            await #expect(throws: LedgerError.shrunk(seen: size + 1, found: size + 2)) { try await desk.checkpoint() }
            #expect(try await desk.latestCheckpoint()?.size == size)
        }
    }

    @Test(arguments: TestEngine.all) func actsAreNeverDatedBeforeTheLatestCheckpoint(engine: TestEngine) async throws {
        try await DeskTests.with(engine) { office, nurse, _ in
            let start = office.now
            try await office.desk.take(Patient.file, input: DeskTests.input(), by: nurse)
            try await office.desk.runJobs()
            _ = office.desk.watch.takeAlarms()
            office.move(hours: -3)
            #expect(office.desk.clock.now() == start)
            try await office.desk.take(Patient.file, input: DeskTests.input("李四"), by: nurse)
            try await office.desk.runJobs()
            let report = try await office.desk.verify()
            #expect(report.faults == [] && report.limits == [.nothingKept(newest: start.milliseconds), .notDeep])
            let alarms = office.desk.watch.takeAlarms()
            #expect(alarms.count == 1 && alarms[0].en.contains("180 minutes behind"))
        }
    }

    /// Damage is what the report is about: none of it ends the verification.
    @Test(
        arguments: TestEngine.all,
        [
            "UPDATE tree_head SET frontier = (SELECT seal FROM leaf WHERE position = 0)", "UPDATE tree_head SET size = 0 - 1",
            "DELETE FROM tree_head", "UPDATE checkpoint SET note = 'x'", "DELETE FROM ledger_boundary",
            "INSERT INTO entry_pending (entry) VALUES (7)", "UPDATE leaf SET hash = seal", "DELETE FROM leaf",
        ])
    func noDamageEndsTheVerification(engine: TestEngine, damage: String) async throws {
        try await DeskTests.with(engine) { office, nurse, _ in
            try await office.desk.take(Patient.file, input: DeskTests.input(), by: nurse)
            try await office.desk.runJobs()
            try await office.desk.take(Patient.file, input: DeskTests.input("李四"), by: nurse)
            #expect(try await office.desk.store.write { try $0.execute(damage) } > 0)
            #expect(try await office.desk.verify().isClean == false)
            _ = try await office.desk.latestCheckpoint()
            // And the office goes on.
            try await office.desk.take(Patient.file, input: DeskTests.input("王五"), by: nurse)
            try await office.desk.runJobs()
        }
    }

    /// What an earlier program left, one of its entries still waiting, is placed, counted and closed.
    @Test(arguments: TestEngine.all) func aDatabaseOfAnEarlierProgramIsClosedAndGoesOn(engine: TestEngine) async throws {
        try await engine.withStore { store in
            try await store.migrate(Array(Migration.kernel.prefix(3)), at: 0)
            let at = TestOffice.start.adding(hours: -1)
            let entry = Entry(id: IDGenerator().next(at), at: at.milliseconds, kind: .refusal, documentType: "patient", person: 0, step: "file",
                articles: [clinic[1].key])
            try await store.write { session in
                try session.execute(Ledger.insertion, Ledger.row(entry, entry.text(.unkeyed)))
                try session.execute("INSERT INTO entry_pending (entry) VALUES ($1)", [.int(entry.id)])
            }
            let master = MasterKey.fleeting(), ring = try await KeyRing.open(store, master: master, at: 0)
            let row = try #require(try await store.read { try DataKey.Row.all(in: $0) }.first { $0.purpose == .signing })
            // That program's master key said nothing of the ledger.
            let bare = try master.wrap(ring.signingSecret, label: row.label)
            try await store.write { session in
                try session.execute("UPDATE data_key SET wrapped = $1 WHERE purpose = 'signing'", [.blob(bare)])
            }
            let office = try await TestOffice.open(store, [clinicContents], master: master)
            let principal = Principal(try await office.hire("nurse", nurse))
            try await office.desk.take(Patient.file, input: DeskTests.input(), by: principal)
            try await office.desk.runJobs()
            #expect(try await Self.positions(office).first == entry.id)
            let report = try await office.desk.verify()
            #expect(report.faults == [])
            #expect(report.limits.first == .earlierForm(size: 1, at: TestOffice.start.milliseconds))
            #expect(try await office.desk.charter("clinic", by: nil).laws.first?.carriers.first?.refusals == 1)
        }
    }

    /// Everything turned back into the earlier form, every hash computed anew, and all that speaks of keys taken away: so it looks as an
    /// earlier program would have left it, and only the master key knows better.
    @Test(arguments: TestEngine.all) func aLedgerRewrittenInTheEarlierFormIsNotClosedAnew(engine: TestEngine) async throws {
        try await DeskTests.with(engine) { office, nurse, _ in
            let desk = office.desk
            try await desk.take(Patient.file, input: DeskTests.input(), by: nurse)
            try await desk.runJobs()
            try await desk.store.write { session in
                let entries = try session.all("SELECT body FROM entry ORDER BY id") { try Entry(body: $0.blob(0)) }
                for table in ["entry", "entry_pending", "leaf", "subtree", "tree_head", "checkpoint", "ledger_boundary"] {
                    try session.execute("DELETE FROM \(table)")
                }
                for entry in entries {
                    try session.execute(Ledger.insertion, Ledger.row(entry, entry.text(.unkeyed)))
                    try session.execute("INSERT INTO entry_pending (entry) VALUES ($1)", [.int(entry.id)])
                }
            }
            let later = try await office.anotherDesk()
            #expect(later.watch.takeAlarms().map(\.en) == [LedgerError.boundaryTaken.en])
            try await later.runJobs()
            #expect(try await Self.positions(office).isEmpty)
            #expect(try await later.latestCheckpoint() == nil)
            #expect(try await later.verify().faults.first == .boundaryAltered)
        }
    }

    @Test(arguments: TestEngine.all) func lookingWritesNothing(engine: TestEngine) async throws {
        try await DeskTests.with(engine) { office, nurse, _ in
            let desk = office.desk
            try await desk.runJobs()
            try await desk.take(Patient.file, input: DeskTests.input(), by: nurse)
            let placed = try await Self.positions(office).count
            let report = try await desk.verify()
            #expect(report.isClean && report.waiting == 1 && report.entries == placed)
            #expect(try await Self.positions(office).count == placed)
        }
    }

    @Test func whatCannotBeKnownIsSaid() {
        let limits: [VerificationReport.Limit] = [
            .nothingKept(newest: TestOffice.start.milliseconds), .keptUpTo(size: 5, at: TestOffice.start.milliseconds),
            .earlierForm(size: 5, at: TestOffice.start.milliseconds),
        ]
        for words in limits.map(\.words) {
            #expect(words.zh.contains("2026-01-15 09:00") && words.en.contains("2026-01-15 09:00"))
        }
    }
}
