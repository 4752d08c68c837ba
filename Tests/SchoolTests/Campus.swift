import EngineFixture
import Kernel
import Practices
import School
import TestOffice
import Testing
import WorkCalendar

/// A school with its posts filled: the head school with its departments and the information office, and two sites below it.
struct Campus: Sendable {
    let office: TestOffice
    let teaching: UnitID, information: UnitID, administration: UnitID, marketing: UnitID, east: UnitID, west: UnitID
    let manager: Principal, director: Principal, officeHead: Principal, clerk: Principal
    let adminSpecialist: Principal, marketSpecialist: Principal
    let dean: Principal, teacher: Principal, secondTeacher: Principal
    let eastHead: Principal, eastTeacher: Principal, eastReporter: Principal
    let keeper: Principal, secondKeeper: Principal
    /// Above the school.
    let overseer: Principal
    var desk: Desk { office.desk }

    static func with(
        _ engine: TestEngine = .sqlite, at start: Moment = TestOffice.start, _ body: (Campus) async throws -> Void
    ) async throws {
        try await TestOffice.with(engine, [schoolContents, practicesContents], at: start) { try await body(try await open($0)) }
    }

    static func open(_ office: TestOffice) async throws -> Campus {
        let desk = office.desk
        func unit(_ zh: String, _ en: String) async throws -> UnitID {
            UnitID(try await desk.administer(.addUnit(parent: office.company, zh: zh, en: en), by: .system))
        }
        let teaching = try await unit("教务部", "Teaching"), information = try await unit("信息室", "Information office")
        let administration = try await unit("行政部", "Administration"), east = try await unit("东工作点", "East site")
        let west = try await unit("西工作点", "West site")
        func hire(_ login: String, _ posts: [Post], _ unit: UnitID, _ clearance: Level = .internal) async throws -> Principal {
            let person = try await office.hire(login, posts.first, in: unit, clearance: clearance)
            for post in posts.dropFirst() {
                try await desk.administer(
                    .appoint(person, unit, post: post.id, from: office.now.day.adding(days: -10), to: nil), by: .system)
            }
            return Principal(person)
        }
        // No share of matters by chance, unless a test says so.
        try await desk.administer(
            .setParameter(
                regulation: school.id, name: "spotCheckShare", unit: office.company, value: 0, from: office.now.day, reason: "test"),
            by: .system)
        return Campus(
            office: office, teaching: teaching, information: information, administration: administration, marketing: office.market,
            east: east, west: west,
            manager: try await hire("manager", [.generalManager, .head], office.company, .topSecret),
            director: try await hire("director", [.businessDirector, .head], office.market, .topSecret),
            officeHead: try await hire("officeHead", [.informationOffice, .head, .unitInformationOfficer], information, .topSecret),
            clerk: try await hire("clerk", [.officeClerk], information, .secret),
            adminSpecialist: try await hire("adminSpecialist", [.administrativeSpecialist], administration, .secret),
            marketSpecialist: try await hire("marketSpecialist", [.marketSpecialist], office.market, .secret),
            dean: try await hire("dean", [.head], teaching, .secret), teacher: try await hire("teacher", [.staff], teaching, .secret),
            secondTeacher: try await hire("teacher2", [.staff], teaching, .secret),
            eastHead: try await hire("eastHead", [.head], east), eastTeacher: try await hire("eastTeacher", [.staff], east),
            eastReporter: try await hire("eastReporter", [.marketReporter], east),
            keeper: try await hire("keeper", [.sealKeeper], administration),
            secondKeeper: try await hire("keeper2", [.sealKeeper], administration),
            overseer: try await hire("overseer", [.overseer], office.company))
    }

    // MARK: Items

    func people(_ principals: Principal...) -> JSONValue { .list(principals.map { .whole($0.person.raw) }) }
    func person(_ principal: Principal) -> JSONValue { .whole(principal.person.raw) }

    func draft(to readers: JSONValue, _ more: [String: JSONValue] = [:]) -> [String: JSONValue] {
        let input: [String: JSONValue] = [
            "subject": .text("期末工作安排"), "kind": .text("administrative"), "administrative": .text("notice"), "medium": .text("text"),
            "direction": .text("down"), "secrecy": .text("internal"), "text": .text("请各部门于月底前完成。"), "readers": readers,
        ]
        return input.merging(more) { $1 }
    }

    /// Written by a teacher, released by the dean.
    func released(to readers: JSONValue, _ more: [String: JSONValue] = [:]) async throws -> Int64 {
        let id = try await desk.take(InformationItem.write, input: draft(to: readers, more), by: teacher).id
        try await desk.take(InformationItem.release, on: id, by: dean)
        return id
    }

    func deliveries(of item: Int64) async throws -> [Found<Delivery>] {
        try await desk.all(Delivery.self).filter { $0.value.item == ID(item) }
    }

    func delivery(of item: Int64, to reader: Principal) async throws -> Int64 {
        try await deliveries(of: item).first { $0.value.reader == reader.person }?.id.raw ?? 0
    }

    func acknowledge(_ delivery: Int64, by reader: Principal) async throws {
        try await desk.take(Delivery.open, on: delivery, by: reader)
        try await desk.take(Delivery.read, on: delivery, by: reader)
        try await desk.take(Delivery.acknowledge, on: delivery, by: reader)
    }

    // MARK: Documents

    func letter(_ more: [String: JSONValue] = [:]) -> [String: JSONValue] {
        let recipient = JSONValue.record([.init("name", .text("各工作点")), .init("relation", .text("down"))])
        let input: [String: JSONValue] = [
            "subject": .text("关于期末考试的通知"), "kind": .text("notice"), "direction": .text("down"), "code": .text("育才校发"),
            "issuer": .text("育才学校"), "secrecy": .text("internal"), "recipients": .list([recipient]), "text": .text("考试定于六月二十日举行。"),
        ]
        return input.merging(more) { $1 }
    }

    /// Drafted by a teacher, checked and signed.
    func signed(_ more: [String: JSONValue] = [:], on day: Day? = nil) async throws -> Int64 {
        let id = try await desk.take(OutgoingDocument.draft, input: letter(more), by: teacher).id
        try await desk.take(OutgoingDocument.check, on: id, by: adminSpecialist)
        try await desk.take(
            OutgoingDocument.sign, on: id, input: ["opinion": .text("同意"), "documentDay": day.map { .text($0.description) } ?? .null],
            by: manager)
        return id
    }

    func numbered(_ more: [String: JSONValue] = [:]) async throws -> Int64 {
        let id = try await signed(more)
        try await desk.take(OutgoingDocument.number, on: id, by: clerk)
        return id
    }

    func seal(issuer: String = "育才学校") async throws -> Int64 {
        try await desk.take(
            Seal.register, input: ["label": .text("育才学校公章"), "issuer": .text(issuer), "custodian": person(keeper)], by: officeHead
        ).id
    }

    // MARK: People

    func report(_ accused: Principal, by reporter: Principal) async throws -> Int64 {
        try await desk.take(
            BreachReport.report, input: ["matter": .text("secrecy"), "accused": person(accused), "facts": .text("私自带走学员档案")],
            by: reporter
        ).id
    }

    /// Ends the first of the posts that somebody holds.
    func end(_ principal: Principal) async throws {
        let organisation = try await desk.organisation()
        let held = try #require(organisation.holdings(of: principal.person, on: office.now.day).first)
        try await desk.administer(.endHolding(held.id, on: office.now.day, settled: true), by: .system)
    }

    // MARK: What stands

    func view(_ id: Int64, by principal: Principal? = nil) async throws -> DocumentView {
        try await desk.document(id, by: (principal ?? manager).person)
    }
    func number(_ id: Int64, by principal: Principal? = nil) async throws -> String? { try await view(id, by: principal).row.number }
    func state(_ id: Int64, by principal: Principal? = nil) async throws -> String { try await view(id, by: principal).row.state }
    func tray(of principal: Principal) async throws -> [Int64] { try await desk.todo(of: principal.person).items.map(\.row.id) }
    func told(_ principal: Principal) async throws -> [String] {
        try await desk.notices(of: principal.person).notices.map(\.words.zh)
    }
    func rows(_ type: String, by principal: Principal) async throws -> [DocumentRow] {
        var query = RegisterQuery()
        query.limit = 500
        return try await desk.register(type, query, by: principal.person).rows
    }

    /// The refusal of what is tried, or nothing where it was allowed.
    func refusal(_ act: () async throws -> Void) async throws -> Refusal? {
        do {
            try await act()
            return nil
        } catch let refusal as Refusal { return refusal }
    }
}
