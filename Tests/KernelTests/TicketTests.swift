import EngineFixture
import Kernel
import TestOffice
import Testing
import WorkCalendar

/// One type with several forms; clocks that began, or ended, before anybody wrote them down.
@Suite struct TicketTests {
    private func write(_ office: TestOffice, hours: Int = 0, _ input: [String: JSONValue], by nurse: Principal) async throws -> Int64 {
        let since: [String: JSONValue] = ["since": .text(office.now.adding(hours: -hours).description)]
        return try await office.desk.take(Ticket.write, input: since.merging(input) { $1 }, by: nurse).id
    }

    private func faults(_ error: (any Error)?) -> [Refusal.Fault] {
        if case .invalid(let faults)? = error as? DeskError { return faults }
        return []
    }

    @Test(arguments: TestEngine.all) func aFieldIsAskedForOnlyWhereTheChoiceSaysSo(engine: TestEngine) async throws {
        try await Ticket.with(engine) { office, nurse, doctor in
            let missing = await #expect(throws: DeskError.self) { _ = try await write(office, ["kind": .text("fault")], by: nurse) }
            #expect(faults(missing).map(\.words.zh) == ["请填写设备"])
            let foreign = await #expect(throws: DeskError.self) {
                _ = try await write(office, ["kind": .text("fault"), "device": .text("打印机"), "idea": .text("彩色")], by: nurse)
            }
            #expect(faults(foreign).map(\.words.zh) == ["所选种类不填写想法，请清除或改选"])
            let none = await #expect(throws: DeskError.self) { _ = try await write(office, ["device": .text("打印机")], by: nurse) }
            #expect(faults(none).map(\.field) == ["kind"], "which forms take a device is not known yet")
            let id = try await write(office, ["kind": .text("fault"), "device": .text("打印机"), "idea": .text("")], by: nurse)
            #expect(try await office.desk.document(id, by: doctor.person).row.values["device"] == .text("打印机"))
        }
    }

    private func clock(_ id: Int64, _ office: TestOffice, by doctor: Principal) async throws -> DeadlineView {
        try #require(try await office.desk.document(id, by: doctor.person).deadlines.first)
    }

    private let fault: [String: JSONValue] = ["kind": .text("fault"), "device": .text("打印机")]

    @Test(arguments: TestEngine.all) func aClockThatHadRunOutIsBrokenAtOnceAgainstWhoHadIt(engine: TestEngine) async throws {
        try await Ticket.with(engine) { office, nurse, doctor in
            let late = try await write(office, hours: 11, fault, by: nurse), exact = try await write(office, hours: 10, fault, by: nurse)
            let broken = try await clock(late, office, by: doctor)
            #expect(broken.breached == broken.due && broken.heldBy?.zh == "前任")
            #expect(try await clock(exact, office, by: doctor).breached == nil)
            #expect(try await office.desk.notices(of: doctor.person).notices.filter { $0.words.zh.contains("已逾期") }.count == 1)
            // The jobs find nothing more to break in it, and the ledger says the same.
            try await office.desk.runJobs()
            #expect(try await clock(late, office, by: doctor).heldBy?.zh == "前任")
            #expect(try await office.desk.verify(isDeep: true).isClean)
        }
    }

    @Test(arguments: TestEngine.all) func whatEndedInTimeIsNotBrokenThoughItIsWrittenLater(engine: TestEngine) async throws {
        try await Ticket.with(engine) { office, nurse, doctor in
            let inTime = try await write(office, fault, by: nurse), late = try await write(office, fault, by: nurse), start = office.now
            office.move(hours: 12)
            try await office.desk.runJobs()
            #expect(try await clock(inTime, office, by: doctor).breached != nil)
            func close(_ id: Int64, after hours: Int) async throws {
                try await office.desk.take(
                    Ticket.close, on: id, input: ["endedAt": .text(start.adding(hours: hours).description)], by: doctor)
            }
            try await close(inTime, after: 10)
            try await close(late, after: 11)
            let first = try await clock(inTime, office, by: doctor), second = try await clock(late, office, by: doctor)
            #expect(first.breached == nil && first.met == start.adding(hours: 10))
            #expect(second.breached == second.due && second.met == start.adding(hours: 11))
            #expect(try await office.desk.verify(isDeep: true).isClean)
        }
    }

    @Test(arguments: TestEngine.all) func sharesOfItsTimeRemindOnceEach(engine: TestEngine) async throws {
        try await Ticket.with(engine) { office, nurse, doctor in
            _ = try await write(office, fault, by: nurse)
            var counts: [Int] = []
            for _ in 0..<9 {
                office.move(hours: 1)
                try await office.desk.runJobs()
                counts.append(try await office.desk.notices(of: doctor.person).notices.filter { $0.words.zh.contains("即将到期") }.count)
            }
            #expect(counts == [0, 0, 0, 0, 1, 1, 1, 2, 2])
        }
    }

    @Test(arguments: TestEngine.all) func aSlipLiesSealedUntilADutyTakesItOut(engine: TestEngine) async throws {
        try await TestOffice.with(engine, [SlipWard.contents]) { office in
            for text in ["甲", "乙", "丙"] { try await office.desk.drop(.text(text), into: "box", of: office.company) }
            try await office.desk.drop(.text("丁"), into: "another box", of: office.company)
            try await office.desk.runJobs()
            #expect(try await office.desk.all(Ticket.self).isEmpty)
            office.move(hours: 24)
            for _ in 0..<2 { try await office.desk.runJobs() }
            let found = try await office.desk.all(Ticket.self)
            #expect(Set(found.map(\.value.device)) == ["甲", "乙", "丙"])
            #expect(
                found.allSatisfy {
                    $0.record.creator.isNone && $0.record.created == office.now && $0.value.since == .startOfDay(TestOffice.start.day)
                })
        }
    }
}

/// Takes slips out of a box each day.
private enum SlipWard {
    static let contents = RegulationContents(
        clinic, articles: clinicArticles, posts: [nurse, doctor], documents: [Ticket.self],
        duties: [
            Duty("box", "开箱", "Box", under: clinic[1], .eachDay) { duty in
                for slip in try duty.takeSlips(from: "box") {
                    var ticket = Ticket()
                    (ticket.kind, ticket.device, ticket.since) = (.fault, slip.content.text ?? "", .startOfDay(slip.day))
                    try duty.create(ticket, by: Ticket.write)
                }
            }
        ])
}
