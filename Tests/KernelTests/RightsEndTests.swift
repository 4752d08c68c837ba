import EngineFixture
import Kernel
import Store
import TestOffice
import Testing
import WorkCalendar

/// What somebody lost the right to is gone at the same moment, and whatever hangs on a post ends with it.
@Suite struct RightsEndTests {
    /// Ends every post of a person today, or only those of a kind.
    static func leave(_ person: PersonID, _ houses: TwoHouses, only post: Post? = nil) async throws {
        for holding in try await houses.desk.organisation().holdings where holding.person == person && holding.ended == nil {
            if let post, post.id != holding.post { continue }
            try await houses.desk.administer(.endHolding(holding.id, on: houses.office.now.day), by: .system)
        }
    }

    static func appoint(_ principal: Principal, _ post: Post, _ houses: TwoHouses, to: Day? = nil, in unit: UnitID? = nil) async throws {
        let today = houses.office.now.day
        try await houses.desk.administer(
            .appoint(principal.person, unit ?? houses.office.service, post: post.id, from: today, to: to), by: .system)
    }

    static func deactivate(_ principal: Principal, _ houses: TwoHouses, active: Bool = false) async throws {
        try await houses.desk.administer(
            .changePerson(principal.person, zh: "离职", en: "left", clearance: .internal, active: active, administrator: false), by: .system)
    }

    private static func sees(_ id: Int64, _ principal: Principal, _ houses: TwoHouses) async throws -> Bool {
        do {
            _ = try await houses.desk.document(id, by: principal.person)
            _ = try await houses.desk.document(id, by: principal.person, revealing: "核对")
            #expect(try await houses.desk.register(Chart.name, RegisterQuery(), by: principal.person).rows.contains { $0.id == id })
            return true
        } catch DeskError.absent {
            #expect(try await !houses.desk.register(Chart.name, RegisterQuery(), by: principal.person).rows.contains { $0.id == id })
            return false
        }
    }

    @Test(arguments: TestEngine.all) func aPostEndedTodayEndsNow(engine: TestEngine) async throws {
        try await TwoHouses.with(engine) { houses in
            let chart = try await houses.chart(by: houses.nurse)
            #expect(try await Self.sees(chart, houses.nurse, houses))
            #expect(try await Self.sees(chart, houses.doctor, houses))
            try await Self.leave(houses.doctor.person, houses)
            try await Self.leave(houses.nurse.person, houses)
            for principal in [houses.nurse, houses.doctor] {
                #expect(try await !Self.sees(chart, principal, houses))
                #expect(try await houses.desk.todo(of: principal.person).figures.all == 0)
                await #expect(throws: DeskError.absent) { try await houses.desk.take(Chart.check, on: chart, by: principal) }
                await #expect(throws: DeskError.self) { try await houses.chart(by: principal) }
            }
            // Appointed again on the same day, it begins anew.
            try await Self.appoint(houses.doctor, .doctor, houses, in: houses.office.market)
            #expect(try await Self.sees(chart, houses.doctor, houses))
        }
    }

    @Test(arguments: TestEngine.all) func aPostThatEndsByDateEndsWithItsDay(engine: TestEngine) async throws {
        try await TwoHouses.with(engine) { houses in
            let chart = try await houses.chart(by: houses.nurse), doctor = houses.doctor
            try await Self.leave(doctor.person, houses)
            try await Self.appoint(doctor, .doctor, houses, to: houses.office.now.day)
            houses.office.move(to: .endOfDay(houses.office.now.day).adding(milliseconds: -1))
            #expect(try await Self.sees(chart, doctor, houses))
            houses.office.move(to: .startOfDay(houses.office.now.day.adding(days: 1)))
            #expect(try await !Self.sees(chart, doctor, houses))
        }
    }

    @Test(arguments: TestEngine.all) func whatWasDoneOrGrantedThroughAPostCountsWhileItIsHeld(engine: TestEngine) async throws {
        try await TwoHouses.with(engine) { houses in
            let (nurse, doctor) = (houses.nurse, houses.doctor)
            let checked = try await houses.chart(by: houses.secondNurse), granted = try await houses.chart(by: houses.secondNurse)
            try await houses.desk.take(Chart.check, on: checked, by: doctor)
            // Before the nurse is a nurse no more, she is let read a chart, as a nurse.
            let own = try await houses.chart(by: nurse)
            try await houses.take("plan", ["chart": .whole(own), "number": .whole(granted), "deed": .text("grant")], by: nurse)
            #expect(try await Self.sees(granted, nurse, houses))
            for principal in [nurse, doctor] { try await Self.appoint(principal, .staff, houses) }
            try await Self.leave(doctor.person, houses, only: .doctor)
            try await Self.leave(nurse.person, houses, only: .nurse)
            #expect(try await !Self.sees(checked, doctor, houses), "the post through which it was checked is gone")
            #expect(try await !Self.sees(granted, nurse, houses), "the post to which it was granted is gone")
            #expect(try await Self.sees(own, nurse, houses), "what is one's own stays, while in service here")
            try await Self.leave(nurse.person, houses, only: .staff)
            try await Self.appoint(nurse, .nurse, houses, in: houses.foreign)
            #expect(try await !Self.sees(own, nurse, houses), "and in another house no more")
        }
    }

    @Test(arguments: TestEngine.all) func aGrantThatIsOverBeforeItBeginsIsRefused(engine: TestEngine) async throws {
        try await TwoHouses.with(engine) { houses in
            let granted = try await houses.chart(by: houses.secondNurse), own = try await houses.chart(by: houses.nurse)
            func plan(_ deed: String) async throws {
                try await houses.take("plan", ["chart": .whole(own), "number": .whole(granted), "deed": .text(deed)], by: houses.nurse)
            }
            let refusal = await #expect(throws: Refusal.self) { try await plan("late") }
            #expect(refusal?.words.zh == "授权的截止时间已过，请重新申请" && refusal?.article == clinic[1])
            #expect(try await !Self.sees(granted, houses.nurse, houses))
            try await plan("grant")
            #expect(try await Self.sees(granted, houses.nurse, houses))
        }
    }

    @Test(arguments: TestEngine.all) func aDelegateReadsWhileTheDelegationLastsAndTheGiverIsThere(engine: TestEngine) async throws {
        try await TwoHouses.with(engine) { houses in
            let (doctor, nurse) = (houses.doctor, houses.secondNurse), now = houses.office.now
            let chart = try await houses.chart(by: houses.nurse), waiting = try await houses.chart(by: houses.nurse)
            try await houses.desk.handle(.delegate(to: nurse.person, from: now, until: now.adding(hours: 9), reason: "出差"), by: doctor)
            try await houses.desk.take(Chart.check, on: chart, by: Principal(nurse.person, onBehalfOf: doctor.person))
            func seen() async throws -> [Bool] {
                [try await Self.sees(chart, nurse, houses), try await Self.sees(waiting, nurse, houses)]
            }
            #expect(try await seen() == [true, true])
            // The giver is away for a moment: deactivated, and there again.
            try await Self.deactivate(doctor, houses)
            #expect(try await seen() == [false, false])
            #expect(try await houses.desk.todo(of: nurse.person).items.isEmpty)
            try await Self.deactivate(doctor, houses, active: true)
            #expect(try await seen() == [false, false], "a delegation that has ended does not come back")
            try await houses.desk.handle(.delegate(to: nurse.person, from: now, until: now.adding(hours: 9), reason: "出差"), by: doctor)
            #expect(try await seen() == [true, true])
            houses.office.move(hours: 10)
            #expect(try await seen() == [false, false])
            await #expect(throws: DeskError.absent) {
                try await houses.desk.take(Chart.check, on: waiting, by: Principal(nurse.person, onBehalfOf: doctor.person))
            }
        }
    }

    @Test(arguments: TestEngine.all) func delegationsOfWhoLeavesEndAsEntries(engine: TestEngine) async throws {
        try await TwoHouses.with(engine) { houses in
            let now = houses.office.now
            func delegate(_ giver: Principal, _ receiver: Principal, from hours: Int) async throws {
                let span = (now.adding(hours: hours), now.adding(hours: hours + 48))
                try await houses.desk.handle(.delegate(to: receiver.person, from: span.0, until: span.1, reason: "休假"), by: giver)
            }
            try await delegate(houses.doctor, houses.nurse, from: -1)
            try await delegate(houses.secondNurse, houses.doctor, from: -1)
            try await delegate(houses.doctor, houses.secondNurse, from: 24)
            try await delegate(houses.nurse, houses.secondNurse, from: 0)
            func entries() async throws -> Int {
                try await houses.desk.store.read { session in
                    try session.all("SELECT body FROM entry", []) { $0.blob(0) }.count {
                        String(decoding: $0, as: UTF8.self).contains("+undelegate")
                    }
                }
            }
            #expect(try await entries() == 0)
            try await Self.deactivate(houses.doctor, houses)
            #expect(try await entries() == 3)
            let left = try await houses.desk.organisation().delegations.filter { $0.to > now }
            #expect(left.map(\.giver) == [houses.nurse.person])
            #expect(try await houses.desk.notices(of: houses.nurse.person).notices.contains { $0.words.zh.hasPrefix("委托已结束") })
            await #expect(throws: DeskError.self) { try await delegate(houses.nurse, houses.doctor, from: 0) }
        }
    }

    @Test(arguments: TestEngine.all) func aSignerReadsAsLongAsTheSignatureWaits(engine: TestEngine) async throws {
        try await TwoHouses.with(engine) { houses in
            let chart = try await houses.chart(by: houses.nurse), signer = Principal(try await houses.office.hire("signer"))
            func add(_ person: PersonID) async throws {
                try await houses.desk.handle(.addSigner(document: chart, person, note: "请把关"), by: houses.doctor)
            }
            let elsewhere = Words("会签人须在本单位范围内任职，请另选一人", "A signer is somebody else with a post in this unit; choose another")
            await #expect(throws: DeskError.invalid([.init(field: "to", elsewhere)])) { try await add(houses.foreignNurse.person) }
            let low = try await houses.office.hire("low", clearance: .public)
            let below = Words("对方的涉密等级不够查看此件，请另选一人", "That person's clearance is below this document's level; choose another")
            await #expect(throws: DeskError.invalid([.init(field: "to", below)])) { try await add(low) }
            try await add(signer.person)
            #expect(try await Self.sees(chart, signer, houses))
            let task = try await houses.desk.todo(of: signer.person).items[0].task
            try await houses.desk.handle(.sign(task: task, note: "同意"), by: signer)
            #expect(try await !Self.sees(chart, signer, houses))
            #expect(try await houses.desk.notices(of: signer.person).notices.isEmpty)
        }
    }

    /// Documents of an earlier state of the program know no posts: what was done then counts by name.
    @Test(arguments: TestEngine.all) func whatAnEarlierStateLeftCountsByName(engine: TestEngine) async throws {
        try await engine.withStore { store in
            try await store.migrate(Array(Migration.kernel.prefix(3)), at: TestOffice.start.milliseconds)
            try await store.write { session in
                try session.execute("INSERT INTO unit (id, path, zh, en) VALUES (1, '/1/', '旧', 'Old')")
                try session.execute("INSERT INTO person VALUES (2, 'old', '旧', 'Old', NULL, 1, 1, 0)")
                try session.execute("INSERT INTO holding VALUES (3, 2, 1, 'staff', 1, NULL)")
            }
            let office = try await TestOffice.open(store, [TwoHouses.contents])
            let nurse = Principal(try await office.hire("nurse", .nurse)), doctor = Principal(try await office.hire("doctor", .doctor))
            let chart = try await office.desk.take(Chart.openUp, input: ["name": .text("张三丰")], by: nurse).id
            try await store.write { session in
                try session.execute(
                    "INSERT INTO taken (document, step, person, behalf, at) VALUES ($1, 'check', $2, 0, 1)",
                    [.int(chart), .int(doctor.person.raw)])
                try session.execute("DELETE FROM task")
            }
            #expect(try await office.desk.organisation().isInService(PersonID(2), within: UnitID(1), on: office.now.day))
            let first = try await office.desk.organisation().holdings.first { $0.person == doctor.person }
            let today = office.now.day
            try await office.desk.administer(
                .appoint(doctor.person, office.service, post: Post.staff.id, from: today, to: nil), by: .system)
            try await office.desk.administer(.endHolding(try #require(first).id, on: today), by: .system)
            #expect(try await office.desk.document(chart, by: doctor.person).row.id == chart)
        }
    }
}
