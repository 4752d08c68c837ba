import EngineFixture
import Kernel
import Store
import TestOffice
import Testing

/// The list of what waits: its parts, its rows' summaries, who has claimed what.
@Suite struct AgendaTests {
    @Test(arguments: TestEngine.all) func itIsGroupedSearchedAndPagedWithoutTellingOfOthers(engine: TestEngine) async throws {
        try await DeskTests.with(engine) { office, nurse, doctor in
            var filed: [Int64] = []
            for name in ["张三丰", "李四", "王五"] {
                filed.append(try await office.desk.take(Patient.file, input: DeskTests.input(name), by: nurse).id)
            }
            let whole = try await office.desk.agenda(of: doctor.person)
            #expect(whole.groups.map(\.count) == [3] && whole.groups.first?.title == Patient.review.title)
            #expect(whole.dues[.none] == 3 && whole.dues[.overdue] == 0)
            var filter = AgendaFilter()
            filter.text = "张*丰"
            let found = try await office.desk.agenda(of: doctor.person, filter)
            #expect(found.matters.map(\.main.row.id) == [filed[0]] && found.found == 1 && found.own == 3)
            filter.text = "张三丰"
            #expect(try await office.desk.agenda(of: doctor.person, filter).found == 0, "personal data is not searched in clear")
            let first = try await office.desk.agenda(of: doctor.person, limit: 2)
            let second = try await office.desk.agenda(of: doctor.person, after: first.next, limit: 2)
            #expect((first.matters + second.matters).map(\.main.row.id) == filed && second.next == nil)
            #expect(try await office.desk.agenda(of: nurse.person).own == 0)
        }
    }

    @Test(arguments: TestEngine.all) func noRowIsLostBetweenPagesWhereAStepStandsBeforeWhatWasFound(engine: TestEngine) async throws {
        try await DeskTests.with(engine) { office, nurse, doctor in
            var filed: [Int64] = []
            for _ in 0..<3 { filed.append(try await office.desk.take(Patient.file, input: DeskTests.input(), by: nurse).id) }
            // Found before the step waited, it stands first in the order and second in its row.
            let last = filed[2]
            try await office.desk.store.write { session in
                try session.execute(
                    """
                    INSERT INTO task (id, document, step, person, since, sender, note, due)
                    VALUES (1, $1, '?found', $2, $3, 0, '', $4)
                    """, [.int(last), .int(doctor.person.raw), .int(0), .int(Int64.max)])
            }
            var rows: [Int64] = [], next: TodoKey?
            repeat {
                let page = try await office.desk.agenda(of: doctor.person, after: next, limit: 1)
                rows += page.matters.map(\.main.row.id)
                next = page.next
            } while next != nil && rows.count < 10
            #expect(rows == [filed[2], filed[0], filed[1]])
        }
    }

    @Test(arguments: TestEngine.all) func aRowSaysMaskedWhomItIsAbout(engine: TestEngine) async throws {
        try await DeskTests.with(engine) { office, nurse, doctor in
            try await office.desk.take(Patient.file, input: DeskTests.input(), by: nurse)
            let agenda = try await office.desk.agenda(of: doctor.person)
            let row = try #require(agenda.matters.first?.main.row)
            let said = office.desk.catalogue.type("patient")?.summary(of: row.values, agenda.names).map(\.zh)
            #expect(said == ["张*丰"])
        }
    }

    @Test(arguments: TestEngine.all) func oneClaimsAndTheOthersSeeIt(engine: TestEngine) async throws {
        try await DeskTests.with(engine) { office, nurse, doctor in
            let second = Principal(try await office.hire("second", doctorPost))
            let id = try await office.desk.take(Patient.file, input: DeskTests.input(), by: nurse).id
            let task = try await office.desk.todo(of: doctor.person).items[0].task
            await #expect(throws: DeskError.self) { try await office.desk.handle(.claim(task: task), by: nurse) }
            try await office.desk.handle(.claim(task: task), by: doctor)
            #expect(try await office.desk.todo(of: second.person).items.first?.claimed == doctor.person)
            let taken = Words("此事项已由doctor领取，请与其商量或待其退回", "doctor has claimed it; ask, or wait until it is given back")
            await #expect(throws: DeskError.conflict(taken)) { try await office.desk.handle(.claim(task: task), by: second) }
            await #expect(throws: DeskError.self) { try await office.desk.handle(.release(task: task), by: second) }
            try await office.desk.handle(.release(task: task), by: doctor)
            try await office.desk.handle(.claim(task: task), by: second)
            #expect(try await office.desk.document(id, by: doctor.person).waiting.first?.claimed == second.person)
            try await office.desk.runJobs()
            #expect(try await office.desk.verify().isClean)
        }
    }

    @Test(arguments: TestEngine.all) func aDelegateClaimsTooAndWhoMayNotTakeTheStepDoesNot(engine: TestEngine) async throws {
        try await DeskTests.with(engine) { office, nurse, doctor in
            let second = Principal(try await office.hire("second", doctorPost)), delegate = Principal(try await office.hire("delegate"))
            for person in [delegate, nurse] {
                let now = office.now
                let giver = person == nurse ? second : doctor
                try await office.desk.handle(
                    .delegate(to: person.person, from: now.adding(hours: -1), until: now.adding(hours: 9), reason: "出差"), by: giver)
            }
            let id = try await office.desk.take(Patient.file, input: DeskTests.input(), by: nurse).id
            let task = try await office.desk.todo(of: doctor.person).items[0].task
            let barred = Words("您办理过前一环节，不得办理此步骤，不能领取", "You took the earlier step and may not take this one; you cannot claim it")
            await #expect(throws: DeskError.forbidden(barred)) { try await office.desk.handle(.claim(task: task), by: nurse) }
            try await office.desk.handle(.claim(task: task), by: delegate)
            #expect(try await office.desk.document(id, by: second.person).waiting.first?.claimed == delegate.person)
            await #expect(throws: DeskError.self) { try await office.desk.handle(.claim(task: task), by: second) }
        }
    }

    private var doctorPost: Post { Post("doctor", "医生", "Doctor") }
}
