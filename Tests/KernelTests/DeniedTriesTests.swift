import EngineFixture
import Ledger
import Store
import TestOffice
import Testing
import WorkCalendar

@testable import Kernel

/// What people without the right try stands in the ledger, and fills it with nothing.
@Suite struct DeniedTriesTests {
    private static func refusals(_ houses: TwoHouses, by person: PersonID) async throws -> [Entry] {
        try await houses.desk.store.read { session in
            try session.all("SELECT body FROM entry WHERE person = $1 ORDER BY id", [.int(person.raw)]) { row in
                try row.withBlob(0) { try Entry($0) }
            }
        }.filter { $0.kind == .refusal }
    }

    private static func ignore(_ act: () async throws -> Void) async throws { do { try await act() } catch is DeskError {} }

    @Test(arguments: TestEngine.all) func administrationIsEnteredOnceAnHour(engine: TestEngine) async throws {
        try await TwoHouses.with(engine) { houses in
            for _ in 0..<30 {
                try await Self.ignore { try await houses.desk.administer(.renameUnit(houses.foreign, zh: "我的", en: "Mine"), by: houses.nurse) }
                _ = try await houses.desk.denyAdministration("units/add", to: houses.nurse.person)
            }
            _ = try await houses.desk.denyAdministration("persons/add", to: houses.nurse.person)
            var found = try await Self.refusals(houses, by: houses.nurse.person)
            #expect(found.map(\.step) == ["renameUnit", "administer", "administer"])
            #expect(found.allSatisfy { $0.documentType == "organisation" })
            #expect(found.map { $0.told?.zh } == ["只有管理员可以更改组织设置", "只有系统管理员可以更改组织设置", "只有系统管理员可以更改组织设置"])
            #expect(found.map(\.purpose) == ["", "units/add", "persons/add"])
            houses.office.move(hours: 1)
            _ = try await houses.desk.denyAdministration("units/add", to: houses.nurse.person)
            found = try await Self.refusals(houses, by: houses.nurse.person)
            #expect(found.count == 4)
            #expect(try await houses.desk.verify().isClean)
        }
    }

    @Test(arguments: TestEngine.all) func whatIsHiddenIsNotEntered(engine: TestEngine) async throws {
        try await TwoHouses.with(engine) { houses in
            let chart = try await houses.chart(by: houses.nurse)
            for _ in 0..<5 {
                await #expect(throws: DeskError.absent) {
                    try await houses.desk.handle(.withdraw(document: chart, reason: "不要了"), by: houses.foreignNurse)
                }
                await #expect(throws: DeskError.absent) { try await houses.desk.take(Chart.check, on: chart, by: houses.foreignDoctor) }
                await #expect(throws: DeskError.absent) {
                    try await houses.desk.handle(.withdraw(document: chart + 1, reason: "没有这件"), by: houses.foreignNurse)
                }
                // Who may read it, and has no right to do this, is refused under the rule.
                await #expect(throws: DeskError.self) {
                    try await houses.desk.handle(.withdraw(document: chart, reason: "不要了"), by: houses.doctor)
                }
            }
            // Writing would tell that the document is there.
            for principal in [houses.foreignNurse, houses.foreignDoctor] {
                #expect(try await Self.refusals(houses, by: principal.person).isEmpty)
            }
            let found = try await Self.refusals(houses, by: houses.doctor.person)
            #expect(found.map(\.step) == ["+withdraw"] && found[0].document == chart)
        }
    }

    @Test(arguments: TestEngine.all) func aFloodOfThemFillsNothing(engine: TestEngine) async throws {
        try await TwoHouses.with(engine) { houses in
            for number in 0..<120 { _ = try await houses.desk.denyAdministration("act/\(number)", to: houses.nurse.person) }
            #expect(try await Self.refusals(houses, by: houses.nurse.person).count == DeniedTries.mostOfAPerson)
        }
    }
}
