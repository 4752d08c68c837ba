import EngineFixture
import Kernel
import Store
import TestOffice
import Testing
import WorkCalendar

/// What is for the head of a unit alone.
private struct Slip: Document {
    enum State: String, CaseIterable, Sendable { case requested, approved }
    static let name = "slip"
    init() {}
    static let form = Form<Slip>(
        "请示", "Slip", number: "请示", states: [.requested: .open("待批", "Requested"), .approved: .done("已批", "Approved")],
        readers: [.head], [])
    static let ask = Step<Slip>("ask", "请示", "Ask", to: .requested, by: .staff, under: clinic[1])
    static let approve = Step<Slip>("approve", "批准", "Approve", from: .requested, to: .approved, by: .head, under: clinic[2])
    static let steps = [ask, approve]
}

/// Posts that nobody holds, and people who are there no more: what waits for them is said, and waits for somebody.
@Suite struct VacancyTests {
    static func administrator(_ office: TestOffice, _ login: String = "root") async throws -> Principal {
        Principal(
            PersonID(
                try await office.desk.administer(
                    .addPerson(login: login, zh: login, en: login, clearance: .internal, administrator: true), by: .system)))
    }

    @Test(arguments: TestEngine.all) func aPostThatNobodyHoldsIsListedAndTold(engine: TestEngine) async throws {
        try await TwoHouses.with(engine) { houses in
            let desk = houses.desk, root = try await Self.administrator(houses.office), chart = try await houses.chart(by: houses.nurse)
            #expect(try await desk.vacancies().isEmpty)
            try await RightsEndTests.leave(houses.doctor.person, houses)
            let vacant = try await desk.vacancies()
            #expect(vacant.map(\.title) == [Words("医生", "Doctor")] && vacant[0].unit == houses.office.company)
            #expect(vacant[0].since == houses.office.now.day && vacant[0].waiting == 1)
            let waiting = try await desk.document(chart, by: houses.nurse.person).waiting
            #expect(waiting.map(\.isVacant) == [true])
            let nobody = DeskError.conflict(
                Words("目前无人担任公司 医生，催办无人收到，请联系系统管理员任命", "Nobody is Doctor, Company at present; ask an administrator to appoint somebody"))
            await #expect(throws: nobody) { try await desk.handle(.remind(task: waiting[0].task), by: houses.nurse) }
            // Told when it begins, and again on the first of a month, for as long as it lasts.
            func told(after hours: Int) async throws -> Int {
                houses.office.move(hours: hours)
                for _ in 0..<2 { try await desk.runJobs() }
                return try await desk.notices(of: root.person).notices.count {
                    $0.words.zh == "有待办的岗位无人担任：公司 医生（1 件），请在“人员与岗位”任命"
                }
            }
            var counts: [Int] = []
            for hours in [0, 24, 24 * 16, 24, 24 * 27] { counts.append(try await told(after: hours)) }
            #expect(counts == [1, 1, 2, 2, 3], "the 15th and 16th of January, the 1st and 2nd of February, the 1st of March")
        }
    }

    @Test func itIsSaidBeforeARequestIsTaken() async throws {
        try await TwoHouses.with(.sqlite) { houses in
            let type = try #require(houses.desk.catalogue.type(Chart.name)), opening = try #require(type.opening)
            func vacant() async throws -> [Words] {
                type.vacant(after: opening, for: houses.nurse.person, try await houses.desk.organisation(), on: houses.office.now.day)
            }
            #expect(try await vacant().isEmpty)
            try await RightsEndTests.leave(houses.doctor.person, houses)
            #expect(try await vacant() == [Words("医生", "Doctor")])
        }
    }

    @Test(arguments: TestEngine.all) func whatFoundNoHeadWaitsForOneWhoIsAppointedLater(engine: TestEngine) async throws {
        try await TestOffice.with(engine, [RegulationContents(clinic, articles: clinicArticles, posts: [nurse], documents: [Slip.self])]) {
            office in
            let clerk = Principal(try await office.hire("clerk"))
            await #expect(throws: DeskError.self, "whoever asks is turned away") { try await office.desk.take(Slip.ask, by: clerk) }
            // What is taken over for others is taken all the same.
            let many = try await office.desk.takeMany(Slip.ask, [Slip()], by: clerk, in: (office.company, clerk.person))
            let slip = try many[0].get().id
            #expect(try await office.desk.document(slip, by: clerk.person).waiting.isEmpty)
            #expect(try await office.desk.vacancies().map(\.title) == [Post.head.title])
            let head = Principal(try await office.hire("head", .head, in: office.company))
            #expect(try await office.desk.todo(of: head.person).items.map(\.row.id) == [slip])
            let trail = try await office.desk.document(slip, by: clerk.person).trail
            #expect(trail.map(\.title.zh) == ["待办转回", "请示"] && trail[0].words?.zh == "转给 head")
            try await office.desk.take(Slip.approve, on: slip, by: head)
            #expect(try await office.desk.verify().isClean)
        }
    }

    @Test(arguments: TestEngine.all) func theHeadStandsInForARequesterWhoLeft(engine: TestEngine) async throws {
        try await DeskTests.with(engine) { office, nurse, doctor in
            let head = Principal(try await office.hire("head", .head, in: office.company))
            let draft = try await office.desk.take(Patient.file, input: DeskTests.input("草稿"), by: nurse).id
            func mend(by principal: Principal) async throws {
                try await office.desk.take(Patient.mend, on: draft, input: ["name": .text("李四")], by: principal)
            }
            await #expect(throws: DeskError.absent) { try await mend(by: head) }
            try await office.desk.administer(
                .changePerson(nurse.person, zh: "离职", en: "left", clearance: .internal, active: false, administrator: false), by: .system)
            #expect(try await office.desk.todo(of: head.person).items.map(\.row.id) == [draft])
            let post = DeskError.forbidden(Words("此步骤由申请人办理，您的岗位不能办理", "This step is for requester; your post does not take it"))
            await #expect(throws: post) { try await mend(by: doctor) }
            try await mend(by: head)
        }
    }

    @Test(arguments: TestEngine.all) func whoLeavesByTwoAdministratorsLeavesNothingBehind(engine: TestEngine) async throws {
        try await TwoHouses.with(engine) { houses in
            let desk = houses.desk, leaver = try await Self.administrator(houses.office, "leaver")
            try await RightsEndTests.appoint(leaver, .doctor, houses)
            let (first, second) = (try await Self.administrator(houses.office, "one"), try await Self.administrator(houses.office, "two"))
            let chart = try await houses.chart(by: houses.nurse)
            let task = try #require(try await desk.todo(of: houses.doctor.person).items.first).task
            try await desk.handle(.reassign(task: task, to: leaver.person, reason: "请假"), by: houses.doctor)
            func leave(settled: Bool) async throws {
                try await desk.administer(
                    .changePerson(
                        leaver.person, zh: "离任", en: "left", clearance: .internal, active: false, administrator: false, settled: settled),
                    by: first)
            }
            let said = DeskError.invalid([
                .init(
                    field: "settled",
                    Words(
                        "此人尚有未交接事项（名下待办：病历 1 件）。请指定接办人、先行移交或任命他人；已作安排的，请勾选“交接已安排”后再提交",
                        "Something still hangs on this person (tasks: Chart (1)). Name a successor, hand it over or appoint somebody first; where that is arranged, say so and send it again"
                    ))
            ])
            await #expect(throws: said) { try await leave(settled: false) }
            try await leave(settled: true)
            #expect(try await desk.todo(of: leaver.person).items.map(\.row.id) == [chart], "until another confirms it")
            let request = try #require(try await desk.accountRequests().first)
            try await desk.administer(.confirmRequest(request.id, hash: nil), by: second)
            #expect(try await desk.todo(of: houses.doctor.person).items.map(\.row.id) == [chart])
            #expect(try await desk.todo(of: leaver.person).items.isEmpty)
        }
    }

    @Test(arguments: TestEngine.all) func whoComesDownInClearanceGivesBackWhatIsAboveIt(engine: TestEngine) async throws {
        try await TwoHouses.with(engine) { houses in
            let second = Principal(try await houses.office.hire("second doctor", .doctor)), chart = try await houses.chart(by: houses.nurse)
            let task = try #require(try await houses.desk.todo(of: houses.doctor.person).items.first).task
            try await houses.desk.handle(.reassign(task: task, to: second.person, reason: "请假"), by: houses.doctor)
            try await houses.desk.administer(
                .changePerson(second.person, zh: "乙", en: "second", clearance: .public, active: true, administrator: false), by: .system)
            #expect(try await houses.desk.todo(of: houses.doctor.person).items.map(\.row.id) == [chart])
        }
    }
}
