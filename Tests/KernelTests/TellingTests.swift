import EngineFixture
import TestOffice
import Testing
import WorkCalendar

@testable import Kernel

/// Who hears of what others do alone, and who does not.
@Suite struct TellingTests {
    private static func told(_ person: PersonID, _ office: TestOffice) async throws -> [String] {
        try await office.desk.notices(of: person).notices.reversed().map(\.words.zh)
    }

    /// One administrator makes a person, lets him in and gives him a post: the other sees it, and so does the head of the unit.
    @Test(arguments: TestEngine.all) func aPersonMadeByOneAdministratorIsSeenByOthers(engine: TestEngine) async throws {
        try await TestOffice.with(engine, [clinicContents]) { office in
            let desk = office.desk
            func administrator(_ login: String) async throws -> PersonID {
                PersonID(
                    try await desk.administer(
                        .addPerson(login: login, zh: login, en: login, clearance: .internal, administrator: true), by: .system))
            }
            let first = Principal(try await administrator("甲")), second = try await administrator("乙")
            let head = try await office.hire("主任", .head, in: office.service)
            let puppet = PersonID(
                try await desk.administer(
                    .addPerson(login: "puppet", zh: "影子", en: "Shadow", clearance: .public, administrator: false), by: first))
            try await desk.administer(.giveWord(puppet, hash: "x"), by: first)
            try await desk.administer(.appoint(puppet, office.service, post: doctor.id, from: office.now.day, to: nil), by: first)
            try await desk.administer(
                .changePerson(puppet, zh: "影子", en: "Shadow", clearance: .secret, active: true, administrator: false), by: first)
            let appointed = "系统管理员甲任命 影子 为客户服务部的医生。如有疑问，请立即核实"
            let raised = "系统管理员甲把 影子 的涉密等级提为机密。如有疑问，请立即核实"
            #expect(
                try await Self.told(second, office) == [
                    "系统管理员甲新增了人员 影子（登录名 puppet）。如有疑问，请立即核实", "系统管理员甲给 影子 发放了首个登录口令。如有疑问，请立即核实", appointed, raised,
                ])
            #expect(try await Self.told(head, office) == [appointed, raised])
            for person in [puppet, first.person] { #expect(try await Self.told(person, office).isEmpty) }
            // A change that lets nobody in is nobody's business.
            try await desk.administer(
                .changePerson(puppet, zh: "影子", en: "Shade", clearance: .internal, active: true, administrator: false), by: first)
            #expect(try await Self.told(second, office).count == 4)
        }
    }

    @Test(arguments: TestEngine.all) func theHeadHearsWhoWasLetInAsASigner(engine: TestEngine) async throws {
        try await DeskTests.with(engine) { office, nurse, doctor in
            let desk = office.desk, head = try await office.hire("主任", .head, in: office.market)
            let id = try await desk.take(Patient.file, input: DeskTests.input(), by: nurse).id
            let expert = try await office.hire("专家", in: office.service)
            try await desk.handle(.addSigner(document: id, expert, note: "请把关"), by: doctor)
            // The head does not read it: the type, and no number.
            #expect(try await Self.told(head, office) == ["doctor请专家会签病历，签署前可以查看该件"])
            #expect(try await Self.told(nurse.person, office).isEmpty)
        }
    }

    // MARK: Of documents that a notice does not name

    private static let notes = RegulationContents(
        clinic, articles: clinicArticles, posts: [nurse, doctor], documents: [Patient.self],
        duties: [
            Duty("count", "清点", "Count", under: clinic[1], .eachWorkingDay) { duty in
                try duty.notify(doctor, of: Patient.self, "共 3 件待复核", "3 wait for review")
            }
        ])

    @Test(arguments: TestEngine.all) func aCountIsForWhoReadsWhatIsCounted(engine: TestEngine) async throws {
        try await TestOffice.with(engine, [Self.notes]) { office in
            let desk = office.desk
            let (reader, low) = (try await office.hire("reader", doctor), try await office.hire("low", doctor, clearance: .public))
            let other = try await office.hire("other", nurse)
            office.move(to: office.now.adding(days: 1))
            try await desk.runJobs()
            let counts = try await Self.told(reader, office), count = counts.count
            #expect(count > 0 && Set(counts) == ["共 3 件待复核"])
            for person in [low, other] { #expect(try await Self.told(person, office).isEmpty) }
            // Asked whenever it is read: a clearance that fell, a post that ended.
            func set(_ clearance: Level) async throws {
                try await desk.administer(
                    .changePerson(reader, zh: "reader", en: "reader", clearance: clearance, active: true, administrator: false), by: .system
                )
            }
            try await set(.public)
            #expect(try await desk.notices(of: reader).total == 0)
            try await set(.internal)
            #expect(try await desk.notices(of: reader).total == count)
            let holding = try #require(try await desk.organisation().holdings(of: reader, on: office.now.day).first)
            try await desk.administer(.endHolding(holding.id, on: office.now.day), by: .system)
            #expect(try await desk.notices(of: reader).total == 0)
        }
    }

    /// A type that is classified from the start.
    private struct SecretNote: Document {
        enum State: String, CaseIterable, Sendable { case kept }
        static let name = "secret-note"
        var facts = ""
        static let form = Form<SecretNote>(
            "密件", "Secret note", states: [.kept: .done("在库", "Kept")], readers: [.post(doctor)], level: .secret,
            [.prose(\.facts, "内容", "Facts")])
        static let keep = Step<SecretNote>("keep", "入库", "Keep", to: .kept, by: .post(doctor), under: clinic[1])
        static let steps = [keep]
    }

    private static let mixed = RegulationContents(
        clinic, articles: clinicArticles, posts: [nurse, doctor], documents: [Patient.self, SecretNote.self],
        duties: [
            Duty("plain", "清点", "Count", under: clinic[1], .eachMonth, .opening) { duty in
                try duty.notify(doctor, of: Patient.self, "共 3 件待复核", "3 wait for review")
            },
            Duty("classified", "清点密件", "Count secrets", under: clinic[1], .eachMonth, .opening) { duty in
                try duty.notify(doctor, of: SecretNote.self, "共 2 件密件待复核", "2 secret notes wait for review")
            },
        ])

    /// A notice that names no document leaves by mail unless it speaks of a classified type.
    @Test(arguments: TestEngine.all) func whatIsSaidOfAClassifiedTypeStaysInside(engine: TestEngine) async throws {
        try await TestOffice.with(engine, [Self.mixed]) { office in
            let desk = office.desk, reader = try await office.hire("reader", doctor, clearance: .secret)
            try await desk.choose(Reach(way: .mail, address: "reader@example.org"), by: reader)
            office.move(to: office.now.adding(days: 40))
            try await desk.runJobs()
            let inside = Set(try await Self.told(reader, office))
            #expect(inside == ["共 3 件待复核", "共 2 件密件待复核"], "on the page both are read")
            try await desk.gatherOutgoing(by: [.mail])
            let message = try #require(try await desk.dueOutgoing().first)
            let lines = Set(try await desk.content(of: message).lines.map(\.zh))
            #expect(lines == ["共 3 件待复核", "有一条通知含个人信息或涉密内容，不外发，请登录查看"])
        }
    }
}
