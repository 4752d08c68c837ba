import Courier
import EngineFixture
import Foundation
import Kernel
import ScratchFiles
import Store
import TestOffice
import Testing
import Vault
import WorkCalendar

@testable import Ledger
@testable import Witnessing

/// The rhythm, the state and the telling, on both engines; the places here are files.
@Suite struct DeliveryTests {
    private let scratch = Scratch()

    private func delivery(_ office: TestOffice, _ paths: [String]) -> CheckpointDelivery {
        CheckpointDelivery(desk: office.desk, places: paths.map { CheckpointPlace(.file(path: $0)) }, courier: Courier(seconds: 1))
    }

    private func grow(_ office: TestOffice) async throws {
        try await office.desk.administer(.addUnit(parent: office.company, zh: "科室", en: "Section"), by: .system)
        try await office.desk.runJobs()
    }

    private func kept(_ path: String) -> [CheckpointNote] {
        KeptCheckpoint([UInt8](FileManager.default.contents(atPath: path) ?? Data())).notes
    }

    @Test(arguments: TestEngine.all) func leavesAtItsRhythmAndAgainWhenItIsQuiet(engine: TestEngine) async throws {
        let path = scratch.path("kept-\(engine).txt")
        try await TestOffice.with(engine, []) { office in
            let delivery = delivery(office, [path])
            #expect(try await delivery.round().isEmpty, "there is nothing to send yet")
            try await grow(office)
            #expect(try await delivery.round().map(\.fault) == [nil])
            try await grow(office)
            #expect(try await delivery.round().isEmpty, "the hour is not over")
            office.move(hours: 1)
            #expect(try await delivery.round().count == 1)
            office.move(hours: 11)
            #expect(try await delivery.round().isEmpty, "nothing is new")
            office.move(hours: 1)
            #expect(try await delivery.round().count == 1, "what is dated today vouches for today")
            let notes = kept(path)
            #expect(notes.count == 3 && notes[1].size == notes[0].size + 1 && notes[2] == notes[1])
            let overview = try await delivery.overview()
            #expect(!overview.isBare && overview.warning == nil && overview.lines.first?.state.size == notes[2].size)
            #expect(try await office.desk.verify(against: notes).isClean)
        }
    }

    @Test(arguments: TestEngine.all) func whatFailsIsTriedAgainLaterAndToldOnceADay(engine: TestEngine) async throws {
        let path = scratch.path("missing-\(engine)/kept.txt")
        try await TestOffice.with(engine, []) { office in
            let administrator = PersonID(
                try await office.desk.administer(
                    .addPerson(login: "root", zh: "管理员", en: "Admin", clearance: .internal, administrator: true), by: .system))
            let clerk = try await office.hire("clerk")
            let delivery = delivery(office, [path])
            try await grow(office)
            func notices(_ person: PersonID) async throws -> Int { try await office.desk.notices(of: person).notices.count }
            for minutes in [1, 2, 4, 8, 16, 32, 60, 60] {
                let outcomes = try await delivery.round()
                #expect(outcomes.count == 1 && outcomes[0].fault?.zh.contains(path) == true)
                office.move(to: office.now.adding(seconds: minutes * 60 - 1))
                #expect(try await delivery.round().isEmpty, "tried again before \(minutes) minutes")
                office.move(to: office.now.adding(seconds: 1))
            }
            #expect(try await notices(administrator) == 1)
            #expect(try await notices(clerk) == 0)
            office.move(hours: 24)
            _ = try await delivery.round()
            #expect(try await notices(administrator) == 2)
            let late = try await delivery.overview()
            #expect(late.isBare && late.warning != nil && late.lines[0].isLate && late.lines[0].state.attempts == 9)

            try FileManager.default.createDirectory(atPath: scratch.path("missing-\(engine)"), withIntermediateDirectories: true)
            office.move(hours: 1)
            #expect(try await delivery.round().map(\.fault) == [nil])
            let well = try await delivery.overview()
            #expect(!well.isBare && well.lines[0].state.fault == nil && well.lines[0].state.attempts == 0)
        }
    }

    @Test func withoutAPlaceThePageSaysWhatThatMeans() async throws {
        try await TestOffice.with(.sqlite, []) { office in
            let overview = try await delivery(office, []).overview()
            #expect(overview.isBare && overview.warning == DeliveryOverview.noPlace)
        }
    }

    @Test(arguments: TestEngine.all) func ofManyAtOnceOneSends(engine: TestEngine) async throws {
        let path = scratch.path("once-\(engine).txt")
        try await engine.withPlace { place in
            let (one, two) = (try place.open(), try place.open())
            do {
                let master = MasterKey.fleeting()
                let office = try await TestOffice.open(one, [], master: master)
                let second = try await Desk.open(
                    store: two, catalogue: office.desk.catalogue, master: master, clock: office.desk.clock)
                try await grow(office)
                let deliveries = [office.desk, second].map {
                    CheckpointDelivery(desk: $0, places: [CheckpointPlace(.file(path: path))], courier: Courier(seconds: 1))
                }
                let sent = try await withThrowingTaskGroup(of: Int.self) { group in
                    for index in 0..<8 { group.addTask { try await deliveries[index % 2].round().count } }
                    return try await group.reduce(0, +)
                }
                #expect(sent == 1 && kept(path).count == 1)
            } catch {
                await one.close()
                await two.close()
                throw error
            }
            await one.close()
            await two.close()
        }
    }

    /// Without the lease too: an attempt is taken by one alone.
    @Test(arguments: TestEngine.all) func anAttemptIsTakenOnce(engine: TestEngine) async throws {
        let place = CheckpointPlace(.file(path: "/nowhere"))
        try await TestOffice.with(engine, []) { office in
            let store = office.desk.store, now = office.now
            let taken = try await withThrowingTaskGroup(of: Bool.self) { group in
                for _ in 0..<8 {
                    group.addTask {
                        try await store.write { try PlaceState.claim(place, PlaceState(), at: now, until: now.adding(seconds: 60), $0) }
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(taken.filter { $0 }.count == 1)
        }
    }

    @Test(arguments: TestEngine.all) func aLedgerThatBecameShorterIsToldAtOnce(engine: TestEngine) async throws {
        let path = scratch.path("shorter-\(engine).txt")
        try await TestOffice.with(engine, []) { office in
            let administrator = PersonID(
                try await office.desk.administer(
                    .addPerson(login: "root", zh: "管理员", en: "Admin", clearance: .internal, administrator: true), by: .system))
            let delivery = delivery(office, [path])
            try await grow(office)
            _ = try await delivery.round()
            try await office.desk.store.write { try $0.execute("UPDATE checkpoint_place SET size = size + 5") }
            office.move(hours: 1)
            let outcomes = try await delivery.round()
            #expect(outcomes.count == 1 && outcomes[0].isAlarm && outcomes[0].fault?.en.contains("cut short") == true)
            #expect(try await office.desk.notices(of: administrator).notices.count == 1)
        }
    }

    @Test func aFileIsOnlyEverAddedTo() throws {
        let path = try scratch.file("what stood there", "old.txt")
        try CheckpointFile.append("one\n", to: path)
        try CheckpointFile.append("two\n", to: path)
        #expect(try String(contentsOfFile: path, encoding: .utf8) == "what stood there\none\n\ntwo\n")
        let fresh = scratch.path("fresh.txt")
        try CheckpointFile.append("one\n", to: fresh)
        var about = stat()
        #expect(stat(fresh, &about) == 0 && about.st_mode & 0o777 == 0o600)
        #expect(throws: DeliveryFault.self) { try CheckpointFile.append("x", to: "/dev/null") }
        #expect(throws: DeliveryFault.self) { try CheckpointFile.append("x", to: scratch.folder.path) }
        #expect(CheckpointFile.isBeside(path, fresh) == true && CheckpointFile.isBeside(path, "/proc/x") == false)
    }

    /// A database of the form before this one comes through.
    @Test(arguments: TestEngine.all) func anEarlierDatabaseIsBroughtForward(engine: TestEngine) async throws {
        try await engine.withStore { store in
            let before = Migration.kernel.prefix { $0.name != "0010-witness" }
            try await store.migrate(Array(before), at: 1)
            let office = try await TestOffice.open(store, [])
            try await grow(office)
            #expect(try await delivery(office, [scratch.path("earlier-\(engine).txt")]).round().count == 1)
        }
    }
}
