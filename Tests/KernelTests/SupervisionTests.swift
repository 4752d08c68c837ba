import EngineFixture
import Kernel
import TestOffice
import Testing

/// 督办: an overdue clock on a superior's list, and how it leaves the list.
@Suite struct SupervisionTests {
    /// A ticket whose clock ran out: it was escalated to the doctors, who also have to close it.
    private static func late(
        _ engine: TestEngine, _ body: (TestOffice, _ id: Int64, _ nurse: Principal, _ doctor: Principal) async throws -> Void
    ) async throws {
        try await Ticket.with(engine) { office, nurse, doctor in
            let id = try await office.desk.take(
                Ticket.write, input: ["kind": .text("wish"), "idea": .text("加灯"), "since": .text(office.now.description)], by: nurse
            ).id
            office.move(hours: 12)
            try await office.desk.runJobs()
            try await body(office, id, nurse, doctor)
        }
    }

    private static func supervised(_ person: PersonID, _ office: TestOffice) async throws -> Agenda {
        var filter = AgendaFilter()
        filter.isSupervised = true
        return try await office.desk.agenda(of: person, filter)
    }

    @Test(arguments: TestEngine.all) func itEndsTheRowAndComesBackWhereTheNewLimitIsMissed(engine: TestEngine) async throws {
        try await Self.late(engine) { office, id, _, doctor in
            let before = try await Self.supervised(doctor.person, office)
            #expect(before.supervised == 1 && before.own == 1 && before.matters.map(\.main.row.id) == [id])
            let until = office.now.adding(hours: 5)
            try await office.desk.handle(.supervise(document: id, opinion: "今天办完", until: until), by: doctor)
            let after = try await Self.supervised(doctor.person, office)
            #expect(after.supervised == 0 && after.own == 1, "the work itself still waits")
            let view = try await office.desk.document(id, by: doctor.person)
            #expect(view.deadlines.map(\.name).sorted() == ["+supervise", "answer"])
            #expect(view.deadlines.first { $0.name == "answer" }?.breached != nil, "it stays judged as it was")
            #expect(view.trail.first?.title.zh == "督办" && view.trail.first?.written == "今天办完")
            office.move(hours: 6)
            try await office.desk.runJobs()
            #expect(try await Self.supervised(doctor.person, office).matters.first?.main.title.zh == "督办：要求的时间已过")
            try await office.desk.take(Ticket.close, on: id, by: doctor)
            #expect(try await Self.supervised(doctor.person, office).supervised == 0)
            let clocks = try await office.desk.document(id, by: doctor.person).deadlines
            #expect(clocks.allSatisfy { $0.met != nil })
            try await office.desk.runJobs()
            #expect(try await office.desk.verify().isClean)
        }
    }

    @Test(arguments: TestEngine.all) func aLimitThatWasKeptBringsNothingBack(engine: TestEngine) async throws {
        try await Self.late(engine) { office, id, _, doctor in
            try await office.desk.handle(.supervise(document: id, opinion: "今天办完", until: office.now.adding(hours: 5)), by: doctor)
            office.move(hours: 1)
            try await office.desk.take(Ticket.close, on: id, by: doctor)
            office.move(hours: 24)
            try await office.desk.runJobs()
            #expect(try await Self.supervised(doctor.person, office).supervised == 0)
            #expect(
                try await office.desk.punctuality(of: doctor.person).thisMonth.all == 1, "the supervisor's limit is no clock of an article")
        }
    }

    @Test(arguments: TestEngine.all) func onlyWhoeverItWasEscalatedToAndWithWordsAndALimit(engine: TestEngine) async throws {
        try await Self.late(engine) { office, id, nurse, doctor in
            let until = office.now.adding(hours: 5)
            await #expect(throws: DeskError.self) {
                try await office.desk.handle(.supervise(document: id, opinion: "快", until: until), by: nurse)
            }
            await #expect(throws: DeskError.self) {
                try await office.desk.handle(.supervise(document: id, opinion: " ", until: until), by: doctor)
            }
            await #expect(throws: DeskError.self) {
                try await office.desk.handle(.supervise(document: id, opinion: "快", until: office.now), by: doctor)
            }
            let far = Words("完成时间最晚为一年内，请更正", "The limit lies within a year; correct it")
            await #expect(throws: DeskError.invalid([.init(field: "until", far)])) {
                try await office.desk.handle(.supervise(document: id, opinion: "快", until: office.now.adding(days: 367)), by: doctor)
            }
            let list = try await Self.supervised(doctor.person, office)
            #expect(list.supervised == 1)
        }
    }
}
