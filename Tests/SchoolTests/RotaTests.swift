import ArticleProof
import EngineFixture
import Kernel
import School
import TestOffice
import Testing
import WorkCalendar

@Suite struct RotaTests {
    private func shift(
        _ campus: Campus, _ person: Principal, _ day: String, hour: Int = 18, hours: Int = 14, leader: Principal? = nil
    ) async throws -> Int64 {
        let from = Moment(Day(iso: day)!, hour: hour)!
        return try await campus.desk.take(
            DutyShift.plan,
            input: [
                "from": .text(from.description), "until": .text(from.adding(hours: hours).description), "person": campus.person(person),
                "leader": leader.map { campus.person($0) } ?? .null,
            ], by: campus.clerk
        ).id
    }

    private func swap(_ campus: Campus, _ shift: Int64, with colleague: Principal, for other: Int64? = nil, by giver: Principal)
        async throws -> Int64
    {
        try await campus.desk.take(
            ShiftSwap.propose,
            input: [
                "shift": .whole(shift), "colleague": campus.person(colleague), "inReturn": other.map { .whole($0) } ?? .null,
                "reason": .text("家中有事"),
            ], by: giver
        ).id
    }

    private func onDuty(_ campus: Campus, _ shift: Int64) async throws -> JSONValue? {
        try await campus.view(shift).row.values["person"]
    }

    @Test(.demand(school[16], 4), arguments: TestEngine.all)
    func aSwapNeedsBoth(engine: TestEngine) async throws {
        try await Campus.with(engine) { campus in
            let desk = campus.desk
            let mine = try await shift(campus, campus.teacher, "2026-01-19"),
                theirs = try await shift(campus, campus.secondTeacher, "2026-01-22")
            let id = try await swap(campus, mine, with: campus.secondTeacher, for: theirs, by: campus.teacher)
            #expect(try await onDuty(campus, mine) == campus.person(campus.teacher))
            await #expect(throws: (any Error).self) { try await desk.take(ShiftSwap.agree, on: id, by: campus.teacher) }
            try await desk.take(ShiftSwap.agree, on: id, by: campus.secondTeacher)
            #expect(try await onDuty(campus, mine) == campus.person(campus.secondTeacher))
            #expect(try await onDuty(campus, theirs) == campus.person(campus.teacher))
            // One that is not the own is not swapped.
            await #expect(throws: Refusal.self) { _ = try await swap(campus, mine, with: campus.eastTeacher, by: campus.teacher) }
        }
    }

    /// Whoever chooses a shift is told whose it is and of which day, not a number alone.
    @Test(.article(school[16])) func aShiftIsChosenByItsDayAndItsPerson() async throws {
        try await Campus.with(.sqlite) { campus in
            _ = try await shift(campus, campus.teacher, "2026-01-19")
            let name = try await campus.desk.organisation().name(campus.teacher.person)
            let choice = try await campus.desk.choices(of: DutyShift.name, matching: "", by: campus.eastTeacher.person).first?.title
            #expect(choice?.zh.hasSuffix("号 2026-01-19 \(name.zh)") == true && choice?.en.hasSuffix(" 2026-01-19 \(name.en)") == true)
        }
    }

    /// A to B, B to C.
    @Test(.article(school[16]), arguments: TestEngine.all)
    func aChainOfSwapsEndsWithTheLast(engine: TestEngine) async throws {
        try await Campus.with(engine) { campus in
            let desk = campus.desk, id = try await shift(campus, campus.teacher, "2026-01-19")
            let first = try await swap(campus, id, with: campus.secondTeacher, by: campus.teacher)
            let rival = try await swap(campus, id, with: campus.eastTeacher, by: campus.teacher)
            try await desk.take(ShiftSwap.agree, on: first, by: campus.secondTeacher)
            let late = try await campus.refusal { try await desk.take(ShiftSwap.agree, on: rival, by: campus.eastTeacher) }
            #expect(late?.words.zh.contains("已不是") == true)
            let second = try await swap(campus, id, with: campus.eastTeacher, by: campus.secondTeacher)
            try await desk.take(ShiftSwap.agree, on: second, by: campus.eastTeacher)
            #expect(try await onDuty(campus, id) == campus.person(campus.eastTeacher))
            try await desk.take(DutyShift.cancel, on: id, input: ["reason": .text("调整")], by: campus.clerk)
        }
    }

    @Test(.article(school[16]), arguments: TestEngine.all)
    func notAfterItBeganAndNotTwiceInARow(engine: TestEngine) async throws {
        try await Campus.with(engine) { campus in
            let desk = campus.desk
            let evening = try await shift(campus, campus.teacher, "2026-01-19", hour: 18, hours: 6)
            let night = try await shift(campus, campus.secondTeacher, "2026-01-20", hour: 0, hours: 8)
            let row = try await campus.refusal { _ = try await swap(campus, night, with: campus.teacher, by: campus.secondTeacher) }
            #expect(row?.words.zh.contains("不能连续值班") == true)
            let id = try await swap(campus, evening, with: campus.eastTeacher, by: campus.teacher)
            campus.office.move(to: Moment(Day(iso: "2026-01-19")!, hour: 18, minute: 1)!)
            let begun = try await campus.refusal { try await desk.take(ShiftSwap.agree, on: id, by: campus.eastTeacher) }
            #expect(begun?.words.zh.contains("班次已开始") == true)
        }
    }

    /// Who is away has delegated for the time.
    @Test(.article(school[16]), arguments: TestEngine.all)
    func whoeverIsAwayTakesNoShift(engine: TestEngine) async throws {
        try await Campus.with(engine) { campus in
            let desk = campus.desk
            let within = try await shift(campus, campus.teacher, "2026-01-19")
            let after = try await shift(campus, campus.teacher, "2026-01-26")
            try await desk.handle(
                .delegate(
                    to: campus.eastTeacher.person, from: campus.office.now, until: campus.office.now.adding(days: 7), reason: "休假"),
                by: campus.secondTeacher)
            let refusal = try await campus.refusal {
                _ = try await swap(campus, within, with: campus.secondTeacher, by: campus.teacher)
            }
            #expect(refusal?.article == school[16] && refusal?.words.zh.contains("不在岗") == true)
            let id = try await swap(campus, after, with: campus.secondTeacher, by: campus.teacher)
            try await desk.take(ShiftSwap.agree, on: id, by: campus.secondTeacher)
            #expect(try await onDuty(campus, after) == campus.person(campus.secondTeacher))
            // It waits for whoever has it now.
            #expect(try await campus.tray(of: campus.secondTeacher).contains(after))
            #expect(try await !campus.tray(of: campus.teacher).contains(after))
        }
    }

    @Test(.article(school[16]), arguments: TestEngine.all)
    func aDayOffHasALeaderAndTwoPersons(engine: TestEngine) async throws {
        try await Campus.with(engine) { campus in
            // A Saturday.
            let refusal = try await campus.refusal { _ = try await shift(campus, campus.teacher, "2026-01-24", hour: 8, hours: 10) }
            #expect(refusal?.words.zh.contains("带班领导") == true)
            let first = try await shift(campus, campus.teacher, "2026-01-24", hour: 8, hours: 10, leader: campus.dean)
            campus.office.move(hours: 2)
            try await campus.desk.runJobs()
            #expect(try await campus.tray(of: campus.clerk).contains(first))
            _ = try await shift(campus, campus.secondTeacher, "2026-01-24", hour: 8, hours: 10, leader: campus.dean)
            campus.office.move(hours: 2)
            try await campus.desk.runJobs()
            #expect(try await !campus.tray(of: campus.clerk).contains(first))
        }
    }

    /// Across midnight and the end of a month it counts where it began.
    @Test(.demand(school[16], 4), arguments: TestEngine.all)
    func openEventsAreHandedOver(engine: TestEngine) async throws {
        try await Campus.with(engine) { campus in
            let desk = campus.desk
            let id = try await shift(campus, campus.teacher, "2026-01-30", hour: 20, hours: 12)
            #expect(try await campus.view(id).row.values["day"] == .text("2026-01-30"))
            campus.office.move(to: Moment(Day(iso: "2026-01-30")!, hour: 20)!)
            try await desk.take(DutyShift.begin, on: id, by: campus.teacher)
            func event(_ content: String, _ isOpen: Bool) -> JSONValue {
                .record([
                    .init("at", .text(campus.office.now.description)), .init("content", .text(content)), .init("isOpen", .flag(isOpen)),
                ])
            }
            try await desk.take(
                DutyShift.log, on: id, input: ["events": .list([event("水管漏水", true), event("访客登记", false)])], by: campus.teacher)
            campus.office.move(hours: 12)
            let given: [String: JSONValue] = [
                "events": .list([event("水管漏水", true), event("访客登记", false)]), "property": .text("钥匙3把"),
                "next": campus.person(campus.secondTeacher),
            ]
            try await desk.take(DutyShift.handOver, on: id, input: given, by: campus.teacher)
            let without = try await campus.refusal { try await desk.take(DutyShift.takeOver, on: id, by: campus.secondTeacher) }
            #expect(without?.words.zh.contains("没有后续班次") == true)
            let next = try await shift(campus, campus.secondTeacher, "2026-02-02")
            try await desk.take(DutyShift.takeOver, on: id, by: campus.secondTeacher)
            let events = try await campus.view(next).row.values["events"]?.list ?? []
            #expect(events.map { $0["content"].text } == ["水管漏水"])
        }
    }
}
