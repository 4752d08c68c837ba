import EngineFixture
import Kernel
import Ledger
import Store
import StorePostgres
import TestOffice
import Testing

/// What is asked twice under one key is done once.
@Suite struct RequestTests {
    static let input: [String: JSONValue] = ["name": .text("甲卷"), "pages": .whole(3)]

    static func with(_ engine: TestEngine, _ body: (TestOffice, PersonID) async throws -> Void) async throws {
        try await TestOffice.with(engine, [archiveContents]) { office in
            try await body(office, try await office.hire("archivist", archivist))
        }
    }

    static func count(_ table: String, _ office: TestOffice) async throws -> Int64 {
        try await office.desk.store.read { try $0.count("SELECT count(*) FROM \(table)") }
    }

    static func key(_ word: String, _ question: String = "keep 甲卷") -> RequestKey { RequestKey(word: word, question: Array(question.utf8)) }

    @Test(arguments: TestEngine.all) func theSameRequestActsOnceAndIsAnsweredAlike(engine: TestEngine) async throws {
        try await Self.with(engine) { office, person in
            let principal = Principal(person, request: Self.key("a"))
            let first = try await office.desk.take(Dossier.keep, input: Self.input, by: principal)
            let entries = try await Self.count("entry", office)
            let again = try await office.desk.take(Dossier.keep, input: Self.input, by: principal)
            #expect(again.id == first.id && again.number == first.number && again.version == 1 && again.state == "kept")
            #expect(try await Self.count("entry", office) == entries)
            let step = Principal(person, request: Self.key("b", "add"))
            for _ in 0..<2 {
                #expect(try await office.desk.take(Dossier.add, on: first.id, input: ["note": .text("乙")], by: step).version == 2)
            }
            #expect(try await Self.count("document", office) == 1)
            let other = try await office.desk.take(Dossier.keep, input: Self.input, by: Principal(person, request: Self.key("c")))
            #expect(other.id != first.id, "another key is another request")
        }
    }

    @Test(arguments: TestEngine.all) func twoAtOnceActOnce(engine: TestEngine) async throws {
        try await Self.with(engine) { office, person in
            let principal = Principal(person, request: Self.key("a"))
            let ids = try await withThrowingTaskGroup(of: Int64.self) { group in
                for _ in 0..<8 {
                    group.addTask { try await office.desk.take(Dossier.keep, input: Self.input, by: principal).id }
                }
                return try await group.reduce(into: Set<Int64>()) { $0.insert($1) }
            }
            #expect(ids.count == 1)
            #expect(try await Self.count("document", office) == 1)
        }
    }

    @Test(arguments: TestEngine.all) func aKeyIsOneQuestionOfOnePerson(engine: TestEngine) async throws {
        try await Self.with(engine) { office, person in
            try await office.desk.take(Dossier.keep, input: Self.input, by: Principal(person, request: Self.key("a")))
            let faults = await faults { try await office.desk.take(Dossier.keep, by: Principal(person, request: Self.key("a", "乙卷"))) }
            #expect(faults.map(\.field) == [RequestKey.field])
            let colleague = try await office.hire("colleague", archivist)
            try await office.desk.take(Dossier.keep, input: Self.input, by: Principal(colleague, request: Self.key("a")))
            #expect(try await Self.count("document", office) == 2)
        }
    }

    @Test(arguments: TestEngine.all) func aRefusalIsAnsweredAlikeAndStandsInTheLedgerOnce(engine: TestEngine) async throws {
        try await Self.with(engine) { office, person in
            let principal = Principal(person, request: Self.key("a"))
            var refusals: [Refusal?] = []
            for _ in 0..<2 {
                refusals.append(
                    await #expect(throws: Refusal.self) {
                        try await office.desk.take(Dossier.keep, input: ["name": .text("不收"), "pages": .whole(0)], by: principal)
                    })
            }
            #expect(refusals[0] == refusals[1] && refusals[0]?.article == archive[1])
            let stranger = Principal(try await office.hire("stranger"), request: Self.key("b"))
            let entries = try await Self.count("entry", office)
            for _ in 0..<2 {
                await #expect(throws: DeskError.self) { try await office.desk.take(Dossier.keep, input: Self.input, by: stranger) }
            }
            #expect(try await Self.count("entry", office) == entries + 1)
        }
    }

    @Test(arguments: TestEngine.all) func readingsAndAdministrationAreEnteredOnce(engine: TestEngine) async throws {
        try await Self.with(engine) { office, person in
            let id = try await office.desk.take(Dossier.keep, input: Self.input, by: Principal(person)).id
            let entries = try await Self.count("entry", office)
            for _ in 0..<2 {
                _ = try await office.desk.reveal(id, of: "dossier", by: person, purpose: "核对", request: Self.key("a"))
                try await office.desk.export("dossier", RegisterQuery(), by: person, request: Self.key("b")) { _, _ in }
            }
            #expect(try await Self.count("entry", office) == entries + 2)
            let root = PersonID(
                try await office.desk.administer(
                    .addPerson(login: "root", zh: "甲", en: "A", clearance: .internal, administrator: true), by: .system))
            var units: Set<Int64> = []
            for _ in 0..<2 {
                units.insert(
                    try await office.desk.administer(
                        .addUnit(parent: office.company, zh: "新部", en: "New"), by: Principal(root, request: Self.key("c"))))
            }
            #expect(units.count == 1)
        }
    }

    @Test(arguments: TestEngine.all) func aKeyIsForgottenAfterTwoDays(engine: TestEngine) async throws {
        try await Self.with(engine) { office, person in
            let principal = Principal(person, request: Self.key("a"))
            try await office.desk.take(Dossier.keep, input: Self.input, by: principal)
            office.move(hours: Desk.hoursOfRequests - 1)
            try await office.desk.runJobs()
            #expect(try await Self.count("request", office) == 1)
            office.move(hours: 2)
            try await office.desk.runJobs()
            #expect(try await Self.count("request", office) == 0)
        }
    }

    @Test(.enabled(if: TestEngine.hasPostgres), arguments: LosingProxy.Loss.allCases)
    func whatALostCommitBecameOfIsAskedByItsKey(loss: LosingProxy.Loss) async throws {
        try await TestEngine.postgres.withPlace { place in
            let proxy = try LosingProxy(to: place)
            defer { proxy.close() }
            let store = try PostgresStore(url: proxy.address, writers: 1, readers: 1)
            let office = try await TestOffice.open(store, [archiveContents])
            let person = try await office.hire("archivist", archivist)
            // Asked in a transaction that writes: the end of one that only reads is not waited for, and would be the one that is lost.
            #expect(try await store.write { try $0.count("SELECT count(*) FROM document") } == 0)
            proxy.lose(loss)
            let taken = try await office.desk.take(Dossier.keep, input: Self.input, by: Principal(person, request: Self.key("a")))
            #expect(taken.number == "案卷〔2026〕1号" && proxy.hasLostAll)
            #expect(try await store.write { try $0.count("SELECT count(*) FROM document") } == 1)
            proxy.lose(loss)
            let error = await #expect(throws: StoreError.self) {
                try await office.desk.take(Dossier.keep, input: Self.input, by: Principal(person))
            }
            guard case .unknown? = error else {
                Issue.record("without a key nobody knows: \(String(describing: error))")
                return
            }
            await store.close()
        }
    }
}

/// What is wrong with what was handed in; none where it is taken.
func faults(_ act: () async throws -> some Any) async -> [Refusal.Fault] {
    do {
        _ = try await act()
        Issue.record("it was taken")
    } catch DeskError.invalid(let faults) {
        return faults
    } catch {
        Issue.record("\(error)")
    }
    return []
}
