import EngineFixture
import Kernel
import TestOffice
import Testing

/// What whoever acted last takes back, and what nobody does.
@Suite struct UndoTests {
    private static func reviewed(
        _ engine: TestEngine, _ body: (TestOffice, _ id: Int64, _ nurse: Principal, _ doctor: Principal) async throws -> Void
    ) async throws {
        try await DeskTests.with(engine) { office, nurse, doctor in
            let id = try await office.desk.take(Patient.file, input: DeskTests.input(), by: nurse).id
            office.move(hours: 1)
            try await office.desk.take(Patient.review, on: id, input: ["note": .text("同意")], by: doctor)
            office.move(hours: 1)
            try await body(office, id, nurse, doctor)
        }
    }

    @Test(arguments: TestEngine.all) func theLastActIsTakenBackByAFurtherOne(engine: TestEngine) async throws {
        try await Self.reviewed(engine) { office, id, nurse, doctor in
            #expect(try await office.desk.document(id, by: doctor.person).undoable == Patient.review.title)
            #expect(try await office.desk.document(id, by: nurse.person).undoable == nil)
            try await office.desk.handle(.undo(document: id), by: doctor)
            let view = try await office.desk.document(id, by: doctor.person)
            #expect(view.row.state == "filed" && view.row.values["note"] == .text("同意"), "what was filled in stays")
            #expect(view.trail.prefix(2).map(\.title.zh) == ["撤销上一步", "复核"], "nothing is taken out of the ledger")
            #expect(view.trail.allSatisfy { $0.words?.zh.contains("undo") != true })
            #expect(view.undoable == nil, "an undoing is not undone")
            #expect(try await office.desk.todo(of: doctor.person).items.map(\.row.id) == [id])
            office.move(hours: 1)
            #expect(try await office.desk.take(Patient.review, on: id, input: ["note": .text("好")], by: doctor).state == "reviewed")
            try await office.desk.runJobs()
            #expect(try await office.desk.verify().isClean)
        }
    }

    @Test(arguments: TestEngine.all) func nobodyElseDoesAndNotAfterSomethingFollowed(engine: TestEngine) async throws {
        try await Self.reviewed(engine) { office, id, nurse, doctor in
            await #expect(throws: DeskError.self) { try await office.desk.handle(.undo(document: id), by: nurse) }
            let view = try await office.desk.document(id, by: doctor.person)
            #expect(view.row.state == "reviewed")
        }
        try await DeskTests.with(engine) { office, nurse, doctor in
            let id = try await office.desk.take(Patient.file, input: DeskTests.input(), by: nurse).id
            await #expect(throws: DeskError.self) { try await office.desk.handle(.undo(document: id), by: nurse) }
            #expect(try await office.desk.document(id, by: nurse.person).row.state == "filed", "a document that was made is withdrawn")
            let expert = Principal(try await office.hire("expert"))
            office.move(hours: 1)
            try await office.desk.handle(.addSigner(document: id, expert.person, note: "请把关"), by: doctor)
            await #expect(throws: DeskError.self) { try await office.desk.handle(.undo(document: id), by: doctor) }
        }
    }

    @Test(arguments: TestEngine.all) func aDelegateUndoesInThatNameAndOnlyWhileTheDelegationLasts(engine: TestEngine) async throws {
        try await DeskTests.with(engine) { office, nurse, doctor in
            let delegate = Principal(try await office.hire("delegate", Post("doctor", "医生", "Doctor"))), until = office.now.adding(hours: 9)
            try await office.desk.handle(
                .delegate(to: delegate.person, from: office.now.adding(hours: -1), until: until, reason: "出差"), by: doctor)
            let inTheName = Principal(delegate.person, onBehalfOf: doctor.person)
            let first = try await office.desk.take(Patient.file, input: DeskTests.input(), by: nurse).id
            let second = try await office.desk.take(Patient.file, input: DeskTests.input(), by: nurse).id
            for id in [first, second] {
                office.move(hours: 1)
                try await office.desk.take(Patient.review, on: id, input: ["note": .text("同意")], by: inTheName)
            }
            office.move(hours: 1)
            try await office.desk.handle(.undo(document: first), by: delegate)
            let entry = try await office.desk.document(first, by: doctor.person).trail.first
            #expect(entry?.title.zh == "撤销上一步" && entry?.who.zh == "delegate" && entry?.behalf?.zh == "doctor")
            #expect(try await office.desk.document(second, by: delegate.person).undoable == Patient.review.title)
            office.move(hours: 9)
            #expect(try await office.desk.document(second, by: delegate.person).undoable == nil)
            let ended = Words("委托已结束，不能撤销受托办理的步骤", "The delegation has ended; a step taken under it cannot be undone")
            await #expect(throws: DeskError.forbidden(ended)) { try await office.desk.handle(.undo(document: second), by: delegate) }
            #expect(try await office.desk.document(second, by: doctor.person).row.state == "reviewed")
        }
    }

    @Test(arguments: TestEngine.all) func aClockThatTheActMetRunsOn(engine: TestEngine) async throws {
        try await Ticket.with(engine) { office, nurse, doctor in
            let since = office.now
            let id = try await office.desk.take(
                Ticket.write, input: ["kind": .text("wish"), "idea": .text("加灯"), "since": .text(since.description)], by: nurse
            ).id
            office.move(hours: 1)
            try await office.desk.take(Ticket.close, on: id, by: doctor)
            #expect(try await office.desk.document(id, by: doctor.person).deadlines.first?.met != nil)
            office.move(hours: 1)
            try await office.desk.handle(.undo(document: id), by: doctor)
            let clock = try #require(try await office.desk.document(id, by: doctor.person).deadlines.first)
            #expect(clock.met == nil && clock.due == since.adding(hours: 10))
            office.move(hours: 10)
            try await office.desk.runJobs()
            #expect(try await office.desk.document(id, by: doctor.person).deadlines.first?.breached != nil)
            await #expect(throws: DeskError.self) { try await office.desk.handle(.undo(document: id), by: doctor) }
            #expect(try await office.desk.verify().isClean)
        }
    }
}
