import ArticleProof
import CustomerAuthenticity
import EngineFixture
import Kernel
import TestOffice
import Testing
import WorkCalendar

/// What an insurer's office meets over months: drafts that come to nothing, receipts, days off declared late,
/// people who leave in the middle of an investigation.
@Suite struct MonthsTests {
    @Test(.article(authenticity[5]), arguments: TestEngine.all)
    func aDraftIsDeclinedOrWithdrawnAndItsNumberIsFree(engine: TestEngine) async throws {
        try await InsurerOffice.with(engine) { insurer in
            let desk = insurer.desk
            func draft(_ sequence: Int, by principal: Principal) async throws -> Int64 {
                let taken = try await insurer.submit(
                    insurer.application("D\(sequence)", sequence: sequence) { $0.persons[0].mobile = "1" }, by: principal)
                #expect(taken.state == "draft")
                return taken.id
            }
            let own = try await draft(1, by: insurer.service), other = try await draft(2, by: insurer.service)
            #expect(try await desk.todo(of: insurer.service.person).items.map(\.isOwn) == [true, true])
            #expect(try await desk.todo(of: insurer.underwriter.person).items.map(\.isOwn) == [false, false])
            let only = DeskError.forbidden(
                Words("只有申请人在他人办理之前可以撤回", "Only the requester can withdraw, and only before anybody has decided"))
            await #expect(throws: only) { try await desk.handle(.withdraw(document: own, reason: "重复"), by: insurer.underwriter) }
            try await desk.handle(.withdraw(document: own, reason: "客户不投保了"), by: insurer.service)
            try await desk.handle(.decline(document: other, reason: "客户拒绝补充"), by: insurer.underwriter)
            #expect(try await desk.todo(of: insurer.service.person).items.isEmpty)
            let told = try await desk.notices(of: insurer.service.person).notices.map(\.words.zh)
            #expect(told.contains("您登记的投保单不予受理，理由见经过"))
            // The customer comes again, and the application is a new one.
            for sequence in 1...2 {
                #expect(try await insurer.submit(insurer.application("D\(sequence)", sequence: sequence)).state == "accepted")
            }
            #expect(try await desk.verify().isClean)
        }
    }

    @Test(.article(authenticity[16]), arguments: TestEngine.all)
    func whoeverIsNamedForAReceiptOpensThePolicyAndNobodyElse(engine: TestEngine) async throws {
        try await InsurerOffice.with(engine) { insurer in
            let item = try await insurer.listSharedTelephone(), policies = try await insurer.rows("policy").map(\.id)
            let day = insurer.office.now.day.description, backOffice = insurer.backOffice
            func register(_ policy: Int64, by principal: Principal) async throws {
                let input: [String: JSONValue] = ["signedOn": .text(day), "wasHintGiven": .flag(true)]
                try await insurer.desk.take(Policy.deliver, on: policy, input: input, by: principal)
            }
            func read() async throws -> Set<Int64> {
                Set(try await insurer.desk.register("policy", RegisterQuery(), by: backOffice.person).rows.map(\.id))
            }
            #expect(try await read().isEmpty)
            for stranger in [backOffice, insurer.leader] {
                await #expect(throws: DeskError.absent) { try await register(policies[0], by: stranger) }
            }
            // What is distributed to the back office it reads; receipts are customer service's.
            try await insurer.distribute(item)
            try await insurer.take("receive", item, by: backOffice)
            try await insurer.take("investigate", item, by: backOffice)
            #expect(try await read() == Set(policies))
            await #expect(throws: DeskError.self) { try await register(policies[0], by: backOffice) }
            try await register(policies[0], by: insurer.service)
        }
    }

    @Test(.demand(authenticity[13], 2), arguments: TestEngine.all)
    func theThreeDaysOfAnItemFollowDaysOffDeclaredLate(engine: TestEngine) async throws {
        try await InsurerOffice.with(engine) { insurer in
            let item = try await insurer.listSharedTelephone(), desk = insurer.desk
            try await insurer.distribute(item)
            try await insurer.take("receive", item, by: insurer.backOffice)
            func clock() async throws -> (due: Moment?, by: JSONValue?) {
                let view = try await desk.document(item, by: insurer.service.person)
                return (view.deadlines.last { $0.name == "investigation" && $0.met == nil }?.due, view.row.values["investigateBy"])
            }
            // Received on Friday, 16 January.
            var now = try await clock()
            #expect(now.due == .endOfDay(insurer.office.now.day.adding(days: 5)) && now.by == .text("2026-01-21"))
            let row = HolidayTable.Row(day: insurer.office.now.day.adding(days: 3), kind: .holiday, holiday: "临时放假")
            try await desk.administer(.addHolidays([row]), by: .system)
            now = try await clock()
            #expect(now.due == .endOfDay(insurer.office.now.day.adding(days: 6)) && now.by == .text("2026-01-22"))
            // Returned for more, it keeps the days that it has.
            try await insurer.take("investigate", item, by: insurer.backOffice)
            try await insurer.take("evidence", item, InsurerOffice.statement, by: insurer.backOffice)
            try await insurer.take("return", item, ["returnReason": .text("补录音")], by: insurer.compliance)
            now = try await clock()
            #expect(now.due == .endOfDay(insurer.office.now.day.adding(days: 6)))
        }
    }

    /// The list of Thursday is due on Friday; where Friday is a day off by then, on Monday.
    @Test(.demand(authenticity[7], 1), arguments: TestEngine.all)
    func theListOfADayFollowsDaysOffDeclaredLate(engine: TestEngine) async throws {
        try await InsurerOffice.with(engine) { insurer in
            let item = try await insurer.shareTelephone(), desk = insurer.desk, today = insurer.office.now.day
            func clock() async throws -> DeadlineView? {
                try await desk.document(item.id, by: insurer.service.person).deadlines.last { $0.name == "screening" && $0.met == nil }
            }
            #expect(try await clock()?.due == .endOfDay(today.adding(days: 1)))
            let row = HolidayTable.Row(day: today.adding(days: 1), kind: .holiday, holiday: "临时放假")
            try await desk.administer(.addHolidays([row]), by: .system)
            let moved = try await clock()
            #expect(moved?.due == .endOfDay(today.adding(days: 4)))
            #expect(moved?.firstDue == .endOfDay(today.adding(days: 1)), "the day of before stays on record")
        }
    }

    @Test(.article(authenticity[13]), arguments: TestEngine.all)
    func theHeadGoesOnWithTheEvidenceOfAnInvestigatorWhoLeft(engine: TestEngine) async throws {
        try await InsurerOffice.with(engine) { insurer in
            let head = Principal(try await insurer.office.hire("head", .head, in: insurer.office.company)), desk = insurer.desk
            let item = try await insurer.listSharedTelephone()
            try await insurer.distribute(item)
            try await insurer.take("receive", item, by: insurer.backOffice)
            try await insurer.take("investigate", item, by: insurer.backOffice)
            await #expect(throws: DeskError.absent) { try await insurer.take("evidence", item, InsurerOffice.statement, by: head) }
            try await desk.administer(
                .changePerson(insurer.backOffice.person, zh: "离职", en: "left", clearance: .internal, active: false, administrator: false),
                by: .system)
            #expect(try await desk.todo(of: head.person).items.map(\.row.id) == [item])
            try await insurer.take("evidence", item, InsurerOffice.statement, by: head)
        }
    }
}
