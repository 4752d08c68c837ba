import CustomerAuthenticity
import EngineFixture
import Kernel
import TestOffice
import WorkCalendar

/// An insurer's office with its posts filled and one qualified agent.
struct InsurerOffice: Sendable {
    let office: TestOffice
    let service: Principal
    let secondService: Principal
    let backOffice: Principal
    let leader: Principal
    let underwriter: Principal
    let compliance: Principal
    let trainer: Principal
    let manager: Principal
    let agent: Int64
    var desk: Desk { office.desk }

    static func with(
        _ engine: TestEngine = .sqlite, at start: Moment = TestOffice.start, _ body: (InsurerOffice) async throws -> Void
    ) async throws {
        try await TestOffice.with(engine, [authenticityContents], at: start) { try await body(try await open($0)) }
    }

    static func open(_ office: TestOffice) async throws -> InsurerOffice {
        let backOffice = Principal(try await office.hire("back", .backOffice, in: office.market))
        let leader = Principal(try await office.hire("leader", .teamLeader, in: office.market))
        let trainer = Principal(try await office.hire("trainer", .trainer))
        let agent = try await office.desk.take(
            "register", of: "agent",
            input: [
                "agentNo": .text("A1"), "name": .text("赵业务"), "channel": .text("individual"), "team": .whole(office.market.raw),
                "leader": .whole(leader.person.raw), "phone": .text("13600000001"), "address": .text("广州市天河区体育西路1号"),
                "relatives": .list([.record([.init("name", .text("赵亲属")), .init("phone", .text("13600000002"))])]),
                "licenceNo": .text("00001144010000000001"), "grade": .text("1"), "registeredOn": .text("2020-01-01"),
            ], by: backOffice)
        let day = office.now.day
        try await office.desk.take(
            "qualify", of: "agent", on: agent.id,
            input: [
                "trainingHours": .whole(2), "testedOn": .text(day.adding(days: -20).description),
                "qualifiedUntil": .text(day.adding(days: 300).description), "takenOverFrom": .text("原系统记录"),
            ], by: trainer)
        return InsurerOffice(
            office: office, service: Principal(try await office.hire("service", .customerService, in: office.service)),
            secondService: Principal(try await office.hire("service2", .customerService, in: office.service)), backOffice: backOffice,
            leader: leader,
            underwriter: Principal(try await office.hire("underwriter", .underwriter, in: office.service)),
            compliance: Principal(try await office.hire("compliance", .compliance)), trainer: trainer,
            manager: Principal(try await office.hire("manager", .generalManager)), agent: agent.id)
    }

    /// An application of one applicant who insures himself; `sequence` makes the person.
    func application(_ number: String, sequence: Int, _ change: (inout Application) -> Void = { _ in }) -> Application {
        var person = ApplicationPerson()
        person.role = .applicant
        person.name = "王小\(["明", "红", "军", "丽", "强", "芳"][sequence % 6])"
        person.sex = sequence % 2 == 1 ? .male : .female
        person.birthDate = "1980-02-03"
        person.documentType = .residentID
        person.documentNumber = IntakeFile.number(birth: "19800203", sequence: sequence)
        person.mobile = "139\(12_340_000 + sequence)"
        person.address = "广东省广州市天河区中山路\(sequence)号2栋301室"
        person.account = "622202\(100_000 + sequence)"
        person.accountHolder = person.name
        var insured = person
        (insured.role, insured.account, insured.accountHolder) = (.insured, "", "")
        var application = Application()
        application.applicationNo = number
        application.policyNo = "P" + number
        application.productClass = .life
        application.term = "20"
        application.applicationDate = office.now.day
        application.agentNo = "A1"
        application.channel = .individual
        application.isCheckedByAgent = true
        application.persons = [person, insured]
        change(&application)
        return application
    }

    @discardableResult
    func submit(_ application: Application, by principal: Principal? = nil) async throws -> Desk.Taken {
        try await desk.take(Application.submit, by: principal ?? underwriter) { $0 = application }
    }

    func rows(_ type: String, states: Set<String> = []) async throws -> [DocumentRow] {
        var query = RegisterQuery()
        query.states = states
        query.sort = .oldest
        return try await desk.register(type, query, by: service.person).rows
    }

    /// Two customers with one telephone, and the item that is noticed.
    func shareTelephone() async throws -> DocumentRow {
        try await submit(application("T1", sequence: 1))
        try await submit(
            application("T2", sequence: 2) {
                $0.persons[0].mobile = "13912340001"; $0.persons[1].mobile = "13912340001"
            })
        return try await rows("suspicion")[0]
    }

    /// The same a day later, when it is on the list.
    func listSharedTelephone() async throws -> Int64 {
        let item = try await shareTelephone()
        office.move(to: office.now.adding(days: 1))
        try await desk.runJobs()
        return item.id
    }

    /// Takes a step of an item with what it asks for.
    func take(_ step: String, _ item: Int64, _ input: [String: JSONValue] = [:], by principal: Principal) async throws {
        try await desk.take(step, of: "suspicion", on: item, input: input, by: principal)
    }

    func distribute(_ item: Int64) async throws {
        try await take(
            "distribute", item,
            [
                "channelUnit": .whole(office.market.raw), "leader": .whole(leader.person.raw),
                "callBackOn": .text(office.now.day.adding(days: 5).description),
            ], by: service)
    }

    static let statement: [String: JSONValue] = ["report": .text("已核对"), "reasonWithout": .text("同一家庭，已电话录音核实")]
}
