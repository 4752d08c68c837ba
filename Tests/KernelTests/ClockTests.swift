import EngineFixture
import Store
import TestOffice
import Testing
import WorkCalendar

@testable import Kernel

/// Clocks over weeks and years: they follow the working days, remind more than once, and keep who had the document.
@Suite struct ClockTests {
    private static func day(_ iso: String) -> Day { Day(iso: iso) ?? .first }
    private static func end(_ iso: String) -> Moment { .endOfDay(day(iso)) }

    private static func off(_ days: String..., kind: HolidayTable.Kind = .holiday, in office: TestOffice) async throws {
        let rows = days.map { HolidayTable.Row(day: day($0), kind: kind, holiday: "临时放假") }
        try await office.desk.administer(.addHolidays(rows), by: .system)
    }

    private static func clock(_ name: String, _ parcel: Int64, _ office: TestOffice, by doctor: Principal) async throws -> DeadlineView {
        try #require(try await office.desk.document(parcel, by: doctor.person).deadlines.last { $0.name == name })
    }

    @Test(arguments: TestEngine.all) func aRunningClockFollowsDaysOffThatAreDeclaredLater(engine: TestEngine) async throws {
        try await Parcel.with(engine) { office, parcel, _, doctor in
            var clock = try await Self.clock("check", parcel, office, by: doctor)
            #expect(clock.due == Self.end("2026-01-20") && clock.firstDue == nil)
            try await Self.off("2026-01-19", in: office)
            clock = try await Self.clock("check", parcel, office, by: doctor)
            #expect(clock.due == Self.end("2026-01-21") && clock.firstDue == Self.end("2026-01-20"))
            let view = try await office.desk.document(parcel, by: doctor.person)
            #expect(view.row.values["checkBy"] == .text("2026-01-21"), "the document keeps the same day")
            #expect(view.trail.map(\.title.zh).prefix(2) == ["改期", "时限随工作日变更：检查"])
            #expect(view.trail[1].words?.zh == "工作日有变更，到期时间由 2026-01-20 24:00 改为 2026-01-21 24:00")
            #expect(view.trail[1].articles == [clinic[1]])
            // Moved once more, it keeps the first day; told again, nothing moves; what ends before the day stays.
            try await Self.off("2026-01-20", in: office)
            try await Self.off("2026-01-20", in: office)
            try await office.desk.runJobs()
            clock = try await Self.clock("check", parcel, office, by: doctor)
            #expect(clock.due == Self.end("2026-01-22") && clock.firstDue == Self.end("2026-01-20"))
            let trail = try await office.desk.document(parcel, by: doctor.person).trail
            #expect(trail.count { $0.title.zh.hasPrefix("时限随工作日变更") } == 2)
            #expect(try await Self.clock("listing", parcel, office, by: doctor).firstDue == nil)
            #expect(try await office.desk.verify().isClean)
        }
    }

    @Test(arguments: TestEngine.all) func aClockThatRanOutOnADayOffWasNotOverdue(engine: TestEngine) async throws {
        try await Parcel.with(engine) { office, parcel, nurse, doctor in
            let head = Principal(try await office.hire("head", .head, in: office.company))
            let late = try await office.desk.take(Parcel.arrive, by: nurse).id
            office.move(to: Self.end("2026-01-20").adding(hours: 10))
            try await office.desk.runJobs()
            try await office.desk.take(Parcel.openUp, on: late, by: doctor)
            #expect(try await Self.clock("check", parcel, office, by: doctor).heldBy == Words("doctor", "doctor"))
            #expect(try await office.desk.todo(of: head.person).items.count == 1)
            let second = try await office.desk.take(Parcel.arrive, by: nurse).id
            try await Self.off("2026-01-19", in: office)
            let clock = try await Self.clock("check", parcel, office, by: doctor)
            #expect(clock.breached == nil && clock.heldBy == nil && clock.due == Self.end("2026-01-21"))
            #expect(try await office.desk.todo(of: head.person).items.isEmpty)
            let met = try await Self.clock("check", late, office, by: doctor)
            #expect(met.breached == nil && met.met == office.now)
            #expect(try await Self.clock("check", second, office, by: doctor).firstDue == nil, "it began later")
            // It runs out for good on its new day.
            office.move(to: Self.end("2026-01-21").adding(hours: 1))
            try await office.desk.runJobs()
            #expect(try await Self.clock("check", parcel, office, by: doctor).breached == Self.end("2026-01-21"))
            #expect(try await office.desk.todo(of: head.person).items.map(\.row.id) == [parcel])
        }
    }

    @Test(arguments: TestEngine.all) func lessTimeIsTold(engine: TestEngine) async throws {
        try await Parcel.with(engine) { office, parcel, _, doctor in
            try await Self.off("2026-01-17", kind: .workday, in: office)
            #expect(try await Self.clock("check", parcel, office, by: doctor).due == Self.end("2026-01-19"))
            let told = try await office.desk.notices(of: doctor.person).notices.map(\.words.zh)
            #expect(told == ["工作日有变更：包裹〔2026〕1号 检查提前到 2026-01-19 24:00"])
        }
    }

    @Test(arguments: TestEngine.all, [false, true])
    func aClockOverTheYearIsProvisionalUntilItsNotice(engine: TestEngine, isOfEarlierProgram: Bool) async throws {
        let start = Moment(Self.day("2026-12-30"), hour: 9) ?? TestOffice.start
        try await Parcel.with(engine, at: start) { office, parcel, _, doctor in
            #expect(try await Self.clock("check", parcel, office, by: doctor).isProvisional)
            if isOfEarlierProgram {
                try await office.desk.store.write { session in
                    try session.execute("UPDATE deadline SET working_days = NULL")
                    // As that program left it.
                    if let record = try Record.load(parcel, session) { try office.desk.sealed(record, session) }
                }
            }
            try await Self.off("2027-01-01", "2027-01-02", "2027-01-03", "2027-10-01", in: office)
            let clock = try await Self.clock("check", parcel, office, by: doctor)
            #expect(!clock.isProvisional && clock.due == Self.end("2027-01-05"))
        }
    }

    /// As a program left it that did not keep by how many days a clock was counted.
    private static func forgetCounts(of parcel: Int64, _ changes: String, _ office: TestOffice) async throws {
        try await office.desk.store.write { session in
            try session.execute("UPDATE deadline SET working_days = NULL\(changes) WHERE document = $1", [.int(parcel)])
            if let record = try Record.load(parcel, session) { try office.desk.sealed(record, session) }
        }
    }

    @Test(arguments: TestEngine.all) func aClockOfAnEarlierProgramFollowsTheWorkingDaysToo(engine: TestEngine) async throws {
        try await Parcel.with(engine) { office, parcel, nurse, doctor in
            let odd = try await office.desk.take(Parcel.arrive, by: nurse).id
            try await Self.forgetCounts(of: parcel, "", office)
            try await Self.forgetCounts(of: odd, ", due = due - 3600000", office)
            for _ in 0..<2 { try await Self.off("2026-01-19", in: office) }
            var clock = try await Self.clock("check", parcel, office, by: doctor)
            #expect(clock.due == Self.end("2026-01-21") && clock.firstDue == Self.end("2026-01-20"))
            // One that does not end with a working day was not counted.
            #expect(try await Self.clock("check", odd, office, by: doctor).firstDue == nil)
            // Counted once, it follows as any other.
            try await Self.off("2026-01-20", in: office)
            clock = try await Self.clock("check", parcel, office, by: doctor)
            #expect(clock.due == Self.end("2026-01-22"))
        }
    }

    @Test(arguments: TestEngine.all) func whatBeginsOnADayOffBelongsToTheNextWorkingDay(engine: TestEngine) async throws {
        let saturday = Moment(Self.day("2026-01-17"), hour: 9) ?? TestOffice.start
        try await Parcel.with(engine, at: saturday) { office, parcel, _, doctor in
            #expect(try await Self.clock("listing", parcel, office, by: doctor).due == Self.end("2026-01-20"))
            #expect(try await Self.clock("check", parcel, office, by: doctor).due == Self.end("2026-01-21"))
            // The day itself is worked after all.
            try await Self.off("2026-01-17", kind: .workday, in: office)
            #expect(try await Self.clock("listing", parcel, office, by: doctor).due == Self.end("2026-01-19"))
        }
    }

    @Test(arguments: TestEngine.all) func itRemindsAsOftenAsItSaysAndOnceEach(engine: TestEngine) async throws {
        try await Parcel.with(engine) { office, _, _, doctor in
            func reminders(at moment: Moment) async throws -> Int {
                office.move(to: moment)
                for _ in 0..<2 { try await office.desk.runJobs() }
                let told = try await office.desk.notices(of: doctor.person).notices.map(\.words.zh)
                return told.count { $0 == "包裹〔2026〕1号 检查即将到期（2026-01-20 24:00）" }
            }
            let two = Self.end("2026-01-18"), last = Self.end("2026-01-20").adding(hours: -4)
            var counts: [Int] = []
            for moment in [two.adding(milliseconds: -1), two, last.adding(milliseconds: -1), last, last.adding(hours: 3)] {
                counts.append(try await reminders(at: moment))
            }
            #expect(counts == [0, 1, 1, 2, 2])
        }
    }

    @Test(arguments: TestEngine.all) func whatIsDoneAgainHasNoNewTime(engine: TestEngine) async throws {
        try await Parcel.with(engine) { office, parcel, _, doctor in
            office.move(hours: 24)
            try await office.desk.take(Parcel.openUp, on: parcel, by: doctor)
            try await office.desk.take(Parcel.shut, on: parcel, by: doctor)
            let clock = try await Self.clock("check", parcel, office, by: doctor)
            #expect(clock.met == nil && clock.started == TestOffice.start && clock.due == Self.end("2026-01-20"))
            // And one that began before it was written down counts from there.
            try await office.desk.take(Parcel.openUp, on: parcel, by: doctor)
            office.move(hours: 24 * 3)
            try await office.desk.take(Parcel.backdate, on: parcel, by: doctor)
            #expect(try await Self.clock("check", parcel, office, by: doctor).due == Self.end("2026-01-21"), "Sunday the 18th and three days")
        }
    }

    @Test(arguments: TestEngine.all) func whatIsOverBeforeItBeginsIsNotGranted(engine: TestEngine) async throws {
        try await Parcel.with(engine) { office, _, nurse, doctor in
            let until = office.now.adding(hours: 5)
            func parcel() async throws -> Int64 {
                let id = try await office.desk.take(Parcel.arrive, input: ["until": .text(until.description)], by: nurse).id
                try await office.desk.take(Parcel.openUp, on: id, by: doctor)
                return id
            }
            let (first, second) = (try await parcel(), try await parcel())
            #expect(try await office.desk.take(Parcel.grant, on: first, by: doctor).state == "granted")
            office.move(to: until)
            let refusal = await #expect(throws: Refusal.self) {
                try await office.desk.take(Parcel.grant, on: second, by: doctor)
            }
            #expect(refusal?.article == clinic[2] && refusal?.words.zh == "“有效期”的时间已过，不能再办理，请申请人重新申请")
            #expect(try await office.desk.document(second, by: doctor.person).row.state == "opened")
        }
    }

    @Test(arguments: TestEngine.all) func numbersBeginAnewWithTheYear(engine: TestEngine) async throws {
        let start = Moment(Self.day("2026-12-31"), hour: 23) ?? TestOffice.start
        try await Parcel.with(engine, at: start) { office, parcel, nurse, doctor in
            func arrive() async throws -> String? { try await office.desk.take(Parcel.arrive, by: nurse).number }
            var numbers = [try await office.desk.document(parcel, by: doctor.person).row.number, try await arrive()]
            office.move(hours: 1)
            for _ in 0..<2 { numbers.append(try await arrive()) }
            #expect(numbers == ["包裹〔2026〕1号", "包裹〔2026〕2号", "包裹〔2027〕1号", "包裹〔2027〕2号"])
        }
    }

    @Test(arguments: TestEngine.all) func whoMeetsItLateBeforeItWasFoundIsNamed(engine: TestEngine) async throws {
        try await Parcel.with(engine) { office, parcel, _, doctor in
            office.move(to: Self.end("2026-01-20").adding(hours: 1))
            try await office.desk.take(Parcel.openUp, on: parcel, by: doctor)
            let clock = try await Self.clock("check", parcel, office, by: doctor)
            #expect(clock.breached == Self.end("2026-01-20") && clock.heldBy == Words("doctor", "doctor"))
        }
    }

    @Test(arguments: TestEngine.all) func withoutAHeadItEscalatesToWhoeverIsThere(engine: TestEngine) async throws {
        try await Parcel.with(engine) { office, parcel, _, doctor in
            office.move(to: Self.end("2026-01-20").adding(hours: 1))
            try await office.desk.runJobs()
            #expect(try await office.desk.todo(of: doctor.person).items.contains { $0.title.zh == "督办：检查已逾期" })
            let entry = try await office.desk.document(parcel, by: doctor.person).trail.first { $0.title.zh == "督办：检查已逾期" }
            #expect(entry?.words?.zh == "逾期时在doctor处，由公司 医生督办")
        }
    }

    @Test(arguments: TestEngine.all) func whatReachesNobodyIsSaidToAdministrators(engine: TestEngine) async throws {
        try await Parcel.with(engine) { office, _, _, doctor in
            let administrator = PersonID(
                try await office.desk.administer(
                    .addPerson(login: "root", zh: "管理员", en: "Admin", clearance: .internal, administrator: true), by: .system))
            let holding = try await office.desk.organisation().holdings.first { $0.person == doctor.person }
            try await office.desk.administer(.endHolding(try #require(holding).id, on: office.now.day), by: .system)
            office.move(to: Self.end("2026-01-20").adding(hours: 1))
            try await office.desk.runJobs()
            let told = try await office.desk.notices(of: administrator).notices.map(\.words.zh)
            #expect(told.contains("市场部有一件包裹逾期，但无人可督办，请任命负责人"))
        }
    }
}
