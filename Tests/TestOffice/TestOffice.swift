import EngineFixture
import Kernel
import Store
import Synchronization
import Vault
import WorkCalendar

/// A small organisation on a real database, for tests: a company with two departments, and people in posts.
package final class TestOffice: Sendable {
    package let desk: Desk
    package let company: UnitID
    package let service: UnitID
    package let market: UnitID
    private let box: Box
    private let master: MasterKey

    /// Thursday, 2026-01-15 09:00 in Shanghai.
    package static let start = Moment(Day(iso: "2026-01-15")!, hour: 9)!

    private init(desk: Desk, company: UnitID, service: UnitID, market: UnitID, box: Box, master: MasterKey) {
        self.desk = desk
        self.company = company
        self.service = service
        self.market = market
        self.box = box
        self.master = master
    }

    /// As a second server on the same database has it.
    package func anotherDesk() async throws -> Desk {
        try await Desk.open(store: desk.store, catalogue: desk.catalogue, master: master, clock: desk.clock)
    }

    /// As a later program opens the same database.
    package func anotherDesk(with contents: [RegulationContents]) async throws -> Desk {
        try await Desk.open(store: desk.store, catalogue: Catalogue(contents), master: master, clock: desk.clock)
    }

    private final class Box: Sendable {
        let now: Mutex<Moment>
        init(_ moment: Moment) { now = Mutex(moment) }
    }

    package static func open(
        _ store: any Store, _ contents: [RegulationContents], at start: Moment = start, master: MasterKey = .fleeting()
    ) async throws -> TestOffice {
        let box = Box(start)
        let desk = try await Desk.open(
            store: store, catalogue: Catalogue(contents), master: master, clock: Clock { box.now.withLock { $0 } })
        let company = UnitID(try await desk.administer(.addUnit(parent: nil, zh: "公司", en: "Company"), by: .system))
        let service = UnitID(try await desk.administer(.addUnit(parent: company, zh: "客户服务部", en: "Customer service"), by: .system))
        let market = UnitID(try await desk.administer(.addUnit(parent: company, zh: "市场部", en: "Marketing"), by: .system))
        for content in contents where content.regulation != .practices {
            try await desk.administer(
                .adopt(regulation: content.regulation.id, version: 1, unit: company, from: start.day.adding(days: -30)), by: .system)
        }
        return TestOffice(desk: desk, company: company, service: service, market: market, box: box, master: master)
    }

    /// Opens an office on an empty database of the engine for `body`.
    package static func with(
        _ engine: TestEngine, _ contents: [RegulationContents], at start: Moment = start, _ body: (TestOffice) async throws -> Void
    ) async throws {
        try await engine.withStore { store in try await body(try await open(store, contents, at: start)) }
    }

    package var now: Moment { box.now.withLock { $0 } }
    package func move(to moment: Moment) { box.now.withLock { $0 = moment } }
    package func move(hours: Int) { box.now.withLock { $0 = $0.adding(hours: hours) } }

    /// Hires a person into a post (or none but membership) of a unit.
    @discardableResult
    package func hire(_ login: String, _ post: Post? = nil, in unit: UnitID? = nil, clearance: Level = .internal) async throws -> PersonID {
        let id = PersonID(
            try await desk.administer(
                .addPerson(login: login, zh: login, en: login, clearance: clearance, administrator: false), by: .system))
        try await desk.administer(
            .appoint(id, unit ?? market, post: post?.id ?? Post.staff.id, from: now.day.adding(days: -10), to: nil), by: .system)
        return id
    }
}
