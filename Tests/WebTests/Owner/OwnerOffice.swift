import EngineFixture
import Kernel
import Store
import TestOffice
import Testing
import WorkCalendar

@testable import Web

/// An office on a database whose owner can write every row: constraints between tables are gone, and each table has two rows at least.
struct OwnerOffice {
    let office: TestOffice
    let server: WebServer
    private var store: any Store { office.desk.store }

    /// - Parameter middle: called when about half of it has happened.
    static func with(
        _ engine: TestEngine, middle: (any Store) async throws -> Void = { _ in }, _ body: (OwnerOffice) async throws -> Void
    ) async throws {
        try await engine.withPlace { place in
            let bare = try place.open()
            try await bare.migrate(Migration.kernel, at: TestOffice.start.milliseconds)
            try await bare.write { try dropReferences($0) }
            await bare.close()
            let store = try place.open()
            do {
                let office = try await TestOffice.open(store, [MatterRegulation.contents])
                let wall = WebOffice.WallClock()
                let configuration = WebConfiguration(host: "127.0.0.1", port: 0, wallClock: wall.clock)
                let owned = OwnerOffice(office: office, server: WebServer(desk: office.desk, configuration: configuration))
                let people = try await owned.fill()
                try await middle(store)
                try await owned.go(on: people)
                try await body(owned)
            } catch {
                await store.close()
                throw error
            }
            await store.close()
        }
    }

    /// The owner is not held up by what one table demands of another.
    private static func dropReferences(_ session: any Session) throws {
        guard session.engine == .postgres else {
            try session.execute("PRAGMA writable_schema = ON")
            var bare = "sql"
            for table in ["unit", "person", "document"] { bare = "replace(\(bare), ' REFERENCES \(table) (id)', '')" }
            try session.execute("UPDATE sqlite_master SET sql = \(bare) WHERE type = 'table'")
            let version = try session.count("PRAGMA schema_version")
            try session.execute("PRAGMA schema_version = \(version + 1)")
            return
        }
        let references = try session.all(
            """
            SELECT table_name::text, constraint_name::text FROM information_schema.table_constraints
            WHERE constraint_type = 'FOREIGN KEY' AND table_schema = current_schema()
            """
        ) { ($0.text(0), $0.text(1)) }
        for (table, name) in references { try session.execute("ALTER TABLE \(table) DROP CONSTRAINT \(name)") }
    }

    struct People {
        let clerk: Principal
        let checker: Principal
        let other: Principal
        let root: Principal
        let second: Principal
    }

    private func enter(_ subject: String, _ principal: Principal) async throws -> Int64 {
        let file = try await office.desk.keep(file: "\(subject).txt", content: Array("内容：\(subject)".utf8), by: principal)
        let input: [String: JSONValue] = [
            "subject": .text(subject), "phone": .text("13800134417"), "files": .list([file.stored]),
        ]
        return try await office.desk.take(Matter.enter, input: input, by: principal).id
    }

    /// What has a key of its own, what holds it, an article that reads otherwise, and what a classified document names.
    private func keep(_ text: String, _ people: People) async throws {
        let binder = try await office.desk.take(Binder.keep, input: ["about": .text(text)], by: people.clerk).id
        try await office.desk.take(Seizure.place, input: ["binder": .whole(binder)], by: people.checker)
        try await office.desk.take(Ruling.make, input: ["text": .text(text)], by: people.checker)
        let file = try await office.desk.keep(file: "\(text).txt", content: Array("密函：\(text)".utf8), by: people.clerk)
        try await office.desk.take(SealedLetter.keep, input: ["files": .list([file.stored])], by: people.clerk)
    }

    private func administrator(_ login: String) async throws -> Principal {
        let added = Administration.addPerson(login: login, zh: login, en: login, clearance: .internal, administrator: true)
        return Principal(PersonID(try await office.desk.administer(added, by: .system)))
    }

    private func fill() async throws -> People {
        let desk = office.desk, now = office.now, day = office.now.day
        let people = People(
            clerk: Principal(try await office.hire("clerk", MatterRegulation.clerk)),
            checker: Principal(try await office.hire("checker", MatterRegulation.checker)), other: Principal(try await office.hire("other")),
            root: try await administrator("root"), second: try await administrator("second"))
        for principal in [people.clerk, people.checker] { try await desk.administer(.setSecret(principal.person, hash: "x"), by: .system) }
        try await desk.administer(
            .setParameter(regulation: "matters", name: "days", unit: office.company, value: 3, from: day, reason: "决定一"), by: .system)
        try await desk.administer(
            .setParameter(regulation: "matters", name: "days", unit: office.company, value: 4, from: day, reason: "申请一"), by: people.root)
        try await desk.administer(
            .addHolidays(["2026-05-08", "2026-05-11"].map { .init(day: Day(iso: $0)!, kind: .holiday, holiday: "停业") }), by: people.root)
        try await desk.administer(.setReadingLimit(100), by: .system)
        try await desk.administer(.askReset(people.clerk.person, reason: "遗忘"), by: people.root)
        try await desk.handle(.delegate(to: people.other.person, from: now, until: now.adding(days: 90), reason: "出差"), by: people.checker)
        _ = try await server.edge.apiTokens.make(for: people.clerk.person, label: "甲", days: 30, by: people.clerk)
        _ = try await server.edge.logins.begin(people.clerk.person, .zh, from: CallerPlace(address: "192.0.2.1", network: "192.0.2.1"))
        for subject in ["欧阳一", "欧阳二"] {
            let id = try await enter(subject, people.clerk)
            try await desk.take(Matter.invite, on: id, input: ["guest": .text(String(people.other.person.raw))], by: people.clerk)
        }
        try await desk.take(Slip.write, input: ["text": .text("司马一")], by: people.clerk)
        try await keep("一", people)
        office.move(hours: 24 * 10)
        try await desk.runJobs()
        return people
    }

    private func go(on people: People) async throws {
        let desk = office.desk, now = office.now, day = office.now.day
        try await desk.administer(.renameUnit(office.market, zh: "市场二部", en: "Marketing 2"), by: people.root)
        try await desk.administer(
            .changePerson(people.other.person, zh: "他人", en: "Other", clearance: .secret, active: true, administrator: false),
            by: people.root)
        try await desk.administer(
            .appoint(people.other.person, office.service, post: Post.staff.id, from: day, to: nil), by: people.root)
        let held = try await desk.organisation().holdings.first { $0.person == people.other.person }!
        try await desk.administer(.endHolding(held.id, on: day), by: people.root)
        try await desk.administer(.adopt(regulation: "matters", version: 2, unit: office.company, from: day), by: .system)
        try await desk.administer(
            .setParameter(regulation: "matters", name: "days", unit: office.company, value: 5, from: day, reason: "决定二"), by: .system)
        for request in try await desk.ruleRequests(of: "matters", for: people.second.person) {
            try await desk.decide(ruleRequest: request.id, isConfirmed: false, by: people.second)
        }
        try await desk.administer(
            .setParameter(regulation: "matters", name: "days", unit: office.company, value: 6, from: day, reason: "申请二"), by: people.root)
        try await desk.administer(
            .addHolidays([.init(day: Day(iso: "2026-05-11")!, kind: .holiday, holiday: "盘点")]), by: people.root)
        // Enough entries for a hash over 256 of them.
        for limit in 101...360 { try await desk.administer(.setReadingLimit(limit), by: .system) }
        for request in try await desk.accountRequests() { try await desk.administer(.declineRequest(request.id), by: people.second) }
        try await desk.administer(.askReset(people.other.person, reason: "遗忘"), by: people.root)
        try await desk.handle(.delegate(to: people.clerk.person, from: now, until: now.adding(days: 9), reason: "出差"), by: people.checker)
        let delegation = try await desk.organisation().delegations[0].id
        try await desk.handle(.endDelegation(delegation), by: people.checker)
        _ = try await server.edge.apiTokens.make(for: people.checker.person, label: "乙", days: 30, by: people.checker)
        let first = try await server.edge.apiTokens.list(of: people.clerk.person)[0].id
        try await server.edge.apiTokens.revoke(first, of: nil, by: people.root)
        _ = try await server.edge.apiTokens.make(for: people.other.person, label: "丙", days: 30, by: people.other)
        _ = try await server.edge.logins.begin(people.checker.person, .zh, from: CallerPlace(address: "192.0.2.2", network: "192.0.2.2"))
        let matter = try await desk.register("matter", RegisterQuery(), by: people.checker.person).rows[0].id
        try await desk.take(Matter.check, on: matter, by: people.checker)
        for subject in ["欧阳三", "欧阳四"] {
            let id = try await enter(subject, people.clerk)
            try await desk.take(Matter.invite, on: id, input: ["guest": .text(String(people.other.person.raw))], by: people.clerk)
        }
        try await desk.take(Slip.write, input: ["text": .text("司马二")], by: people.clerk)
        try await keep("二", people)
        office.move(hours: 24)
        try await desk.runJobs()
        for subject in ["欧阳五", "欧阳六"] { _ = try await enter(subject, people.clerk) }
        try await desk.sequence()
    }
}
