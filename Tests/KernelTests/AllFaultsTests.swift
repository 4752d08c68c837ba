import EngineFixture
import Kernel
import TestOffice
import Testing

/// Whatever check finds something: all of it is told at once.
@Suite struct AllFaultsTests {
    private struct Desks: Sendable {
        let office: TestOffice
        let nurse: Principal
        let doctor: Principal
        let booking: Int64
        var desk: Desk { office.desk }
    }

    private static func with(_ engine: TestEngine, _ body: (Desks) async throws -> Void) async throws {
        try await TestOffice.with(engine, [Booking.contents]) { office in
            let nurse = Principal(try await office.hire("nurse", nurse)), doctor = Principal(try await office.hire("doctor", doctor))
            let id = try await office.desk.take(Booking.ask, input: ["room": .text("甲"), "seats": .text("2")], by: nurse).id
            try await body(Desks(office: office, nurse: nurse, doctor: doctor, booking: id))
        }
    }

    private static func faults(_ act: () async throws -> Void) async throws -> [Refusal.Fault] {
        do {
            try await act()
        } catch DeskError.invalid(let faults) {
            return faults
        }
        Issue.record("it was taken")
        return []
    }

    private static let hidden = Words("来宾：查无此项，或者不能由您选用，请重新选择", "Guest: there is no such entry that you may choose; choose again")

    @Test(arguments: TestEngine.all) func aNewDocumentIsToldAllOfIt(engine: TestEngine) async throws {
        try await Self.with(engine) { desks in
            let input: [String: JSONValue] = ["room": .text("甲"), "seats": .text("很多"), "guest": .whole(7)]
            let faults = try await Self.faults { try await desks.desk.take(Booking.ask, input: input, by: desks.nurse) }
            #expect(faults.map(\.field) == ["room", "seats", "guest"], "unique, unreadable and unknown, in the order of the form")
            #expect(faults.first?.words.zh == "房间已登记在另一份用房中，不能重复，请核对" && faults.first?.article == clinic[1])
            #expect(faults.last?.words == Self.hidden)
        }
    }

    @Test(arguments: TestEngine.all) func aLaterStepIsToldAllOfIt(engine: TestEngine) async throws {
        try await Self.with(engine) { desks in
            let input: [String: JSONValue] = [
                "note": .text(" "), "seats": .text("99"), "from": .text("2026-02-10"), "until": .text("2026-02-09"), "guest": .whole(7),
            ]
            let faults = try await Self.faults {
                try await desks.desk.take(Booking.settle, on: desks.booking, input: input, by: desks.doctor)
            }
            #expect(
                faults.map(\.words.zh) == [
                    "请填写安排说明", "人数应在 1 至 9 之间", "结束日期不能早于开始日期", Self.hidden.zh,
                ])
            #expect(faults.map(\.article) == [nil, nil, clinic[1], nil])
            let kept = try await desks.desk.document(desks.booking, by: desks.doctor.person).row
            #expect(kept.state == "asked" && kept.values["seats"] == .whole(2), "nothing of it was taken")
            let good: [String: JSONValue] = [
                "note": .text("二楼"), "seats": .text("9"), "from": .text("2026-02-10"), "until": .text("2026-02-10"),
            ]
            try await desks.desk.take(Booking.settle, on: desks.booking, input: good, by: desks.doctor)
            #expect(try await desks.desk.verify().isClean)
        }
    }

    /// What hangs on a value that cannot be read is not guessed at.
    @Test(arguments: TestEngine.all) func nothingIsSaidOfWhatHangsOnAFieldThatCannotBeRead(engine: TestEngine) async throws {
        try await Self.with(engine) { desks in
            let input: [String: JSONValue] = ["note": .text("二楼"), "from": .text("2026-01-01"), "until": .text("某天")]
            let faults = try await Self.faults {
                try await desks.desk.take(Booking.settle, on: desks.booking, input: input, by: desks.doctor)
            }
            #expect(faults.map(\.words.zh) == ["开始日期不能早于今天", "结束不是日期，请写成 2026-03-04"])
        }
    }

    /// Where every value can be read it is the article that refuses, with each of its requirements.
    @Test(arguments: TestEngine.all) func requirementsThatFailTogetherAreOneRefusal(engine: TestEngine) async throws {
        try await Self.with(engine) { desks in
            let input: [String: JSONValue] = ["note": .text("不行"), "from": .text("2026-01-02"), "until": .text("2026-01-01")]
            let refusal = await #expect(throws: Refusal.self) {
                try await desks.desk.take(Booking.settle, on: desks.booking, input: input, by: desks.doctor)
            }
            #expect(refusal?.faults.map(\.field) == ["from", "until"] && refusal?.article == clinic[2])
            #expect(refusal?.words.zh == "开始日期不能早于今天；结束日期不能早于开始日期")
            let trail = try await desks.desk.document(desks.booking, by: desks.doctor.person).trail
            #expect(trail.map(\.title.zh) == ["拒绝：安排", "申请"], "a refusal stands in the ledger")
        }
    }

    /// A page has faults of its own; what the desk finds besides is asked without leaving anything.
    @Test(arguments: TestEngine.all) func askingForTheRestLeavesNothing(engine: TestEngine) async throws {
        try await Self.with(engine) { desks in
            func counts() async throws -> [Int64] {
                try await desks.desk.store.read { session in
                    try ["document", "entry", "task"].map { try session.count("SELECT count(*) FROM \($0)") }
                }
            }
            let stranger = Principal(try await desks.office.hire("stranger"))
            let before = try await counts(), own = Refusal.Fault(field: "until", Words("文件失效", "Expired"))
            func found(_ input: [String: JSONValue], by principal: Principal) async throws -> [String] {
                try await desks.desk.faults(of: "settle", of: Booking.name, on: desks.booking, input, besides: [own], by: principal).map(
                    \.field)
            }
            let input: [String: JSONValue] = ["note": .text(""), "from": .text("2026-01-02"), "until": .text("2026-01-01")]
            #expect(try await found(input, by: desks.doctor) == ["note", "from"])
            #expect(try await found(input, by: desks.nurse).isEmpty, "whose step it is not is told nothing")
            await #expect(throws: DeskError.absent) { try await found(input, by: stranger) }
            #expect(try await counts() == before)
        }
    }
}
