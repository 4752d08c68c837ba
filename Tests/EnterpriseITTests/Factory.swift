import EnterpriseIT
import EngineFixture
import Kernel
import Practices
import TestOffice
import WorkCalendar

/// A factory with its posts filled: the centre, finance, the store, a workshop.
struct Factory: Sendable {
    let office: TestOffice
    let workshop: UnitID
    let centre: UnitID
    let leader: Principal
    let director: Principal
    let network: Principal
    let secondNetwork: Principal
    let assets: Principal
    let desk1: Principal
    let keeper: Principal
    let finance: Principal
    let head: Principal
    let worker: Principal
    let worker2: Principal
    let duty: Principal
    var desk: Desk { office.desk }
    var today: Day { office.now.day }

    static func with(
        _ engine: TestEngine = .sqlite, at start: Moment = TestOffice.start, _ body: (Factory) async throws -> Void
    ) async throws {
        try await TestOffice.with(engine, [enterpriseITContents, practicesContents], at: start) { try await body(try await open($0)) }
    }

    static func open(_ office: TestOffice) async throws -> Factory {
        func unit(_ zh: String, _ en: String) async throws -> UnitID {
            UnitID(try await office.desk.administer(.addUnit(parent: office.company, zh: zh, en: en), by: .system))
        }
        let centre = try await unit("信息中心", "Centre"), workshop = try await unit("一车间", "Workshop one")
        let finance = try await unit("财务部", "Finance"), store = try await unit("仓库", "Store")
        func hire(_ login: String, _ post: Post?, _ unit: UnitID) async throws -> Principal {
            Principal(try await office.hire(login, post, in: unit))
        }
        return Factory(
            office: office, workshop: workshop, centre: centre, leader: try await hire("leader", factoryLeader, office.company),
            director: try await hire("director", centreDirector, centre), network: try await hire("network", .networkStaff, centre),
            secondNetwork: try await hire("network2", .networkStaff, centre), assets: try await hire("assets", .assetStaff, centre),
            desk1: try await hire("desk", .serviceDesk, centre), keeper: try await hire("keeper", .storeKeeper, store),
            finance: try await hire("finance", .finance, finance), head: try await hire("head", .head, workshop),
            worker: try await hire("worker", nil, workshop), worker2: try await hire("worker2", nil, workshop),
            duty: try await hire("duty", .roomDuty, workshop))
    }

    func day(_ offset: Int) -> JSONValue { .text(today.adding(days: offset).description) }

    // MARK: What stands

    func view(_ id: Int64, by principal: Principal? = nil) async throws -> DocumentView {
        try await desk.document(id, by: (principal ?? director).person)
    }
    func value(_ id: Int64, _ key: String, by principal: Principal? = nil) async throws -> JSONValue {
        try await view(id, by: principal).row.values[key] ?? .null
    }
    func state(_ id: Int64, by principal: Principal? = nil) async throws -> String { try await view(id, by: principal).row.state }
    func rows(_ type: String, by principal: Principal? = nil, in states: Set<String> = []) async throws -> [DocumentRow] {
        var query = RegisterQuery()
        (query.limit, query.states) = (500, states)
        return try await desk.register(type, query, by: (principal ?? director).person).rows
    }
    func one(_ type: String, by principal: Principal? = nil, in states: Set<String> = []) async throws -> Int64 {
        guard let row = try await rows(type, by: principal, in: states).first else { throw DeskError.absent }
        return row.id
    }
    func tasks(of principal: Principal) async throws -> [Int64] { try await desk.todo(of: principal.person).items.map(\.row.id) }
    func clock(_ id: Int64, _ name: String, by principal: Principal? = nil) async throws -> DeadlineView? {
        try await view(id, by: principal).deadlines.last { $0.name == name }
    }

    static func record(_ entries: [String: JSONValue]) -> JSONValue {
        .record(entries.sorted { $0.key < $1.key }.map { .init($0.key, $0.value) })
    }

    // MARK: Plan

    /// An approved plan with one item in the first quarter.
    @discardableResult
    func plan(_ kind: String = "hardware") async throws -> Int64 {
        let item = Self.record([
            "what": .text("更新车间电脑"), "kind": .text(kind), "quarter": .text("2026Q1"), "budget": .text("50000"),
            "owner": .whole(assets.person.raw),
        ])
        let plan = try await desk.take(
            ITPlan.draft, input: ["year": .text("2026"), "basis": .text("工厂规划"), "items": .list([item])], by: director
        ).id
        try await desk.take(ITPlan.submit, on: plan, by: director)
        try await desk.take(ITPlan.approve, on: plan, by: leader)
        return try await one("plan-item")
    }

    func exception(_ kind: String) async throws -> Int64 {
        let id = try await desk.take(
            ITException.request, input: ["kind": .text(kind), "subject": .text("特批"), "reason": .text("急用")], by: director
        ).id
        try await desk.take(ITException.approve, on: id, by: leader)
        return id
    }

    // MARK: Purchase

    func quote(_ supplier: String, _ price: String, leader: String = "", until days: Int = 10, configuration: String = "i5 16G")
        -> JSONValue
    {
        Self.record([
            "supplier": .text(supplier), "leader": .text(leader), "offer": .text("联想启天"), "configuration": .text(configuration),
            "price": .text(price), "isTaxed": .flag(true), "validUntil": day(days), "value": .whole(8), "fitness": .whole(8),
            "safety": .whole(8), "growth": .whole(7),
        ])
    }

    /// - Parameters:
    ///   - item: of the plan on which it rests; a plan is made without it.
    ///   - exception: on which it rests instead; the director asks, who reads it.
    func need(_ kind: String = "hardware", item: Int64? = nil, exception: Int64? = nil) async throws -> Int64 {
        var basis: [String: JSONValue] = [:]
        if let exception { basis["exception"] = .whole(exception) }
        if let item { basis["planItem"] = .whole(item) }
        if basis.isEmpty { basis["planItem"] = .whole(try await plan()) }
        let line = Self.record(["item": .text("台式电脑"), "configuration": .text("i5 16G"), "quantity": .whole(3)])
        let input: [String: JSONValue] = [
            "kind": .text(kind), "subject": .text("车间电脑三台"), "need": .text("旧机报废"), "items": .list([line]),
        ]
        return try await desk.take(ITPurchase.ask, input: input.merging(basis) { $1 }, by: exception == nil ? head : director).id
    }

    func compare(_ purchase: Int64, _ quotes: [JSONValue]? = nil) async throws {
        let usual = [quote("甲公司", "15000"), quote("乙公司", "15600"), quote("丙公司", "15900")]
        try await desk.take(ITPurchase.compare, on: purchase, input: ["quotes": .list(quotes ?? usual)], by: assets)
    }

    func choose(_ purchase: Int64, _ more: [String: JSONValue] = [:]) async throws {
        let input: [String: JSONValue] = ["supplier": .text("甲公司"), "choiceReason": .text("价格低，配置相同")]
        try await desk.take(ITPurchase.choose, on: purchase, input: input.merging(more) { $1 }, by: director)
    }

    func contract(_ purchase: Int64, quantity: Int64 = 3) async throws {
        let line = Self.record([
            "item": .text("台式电脑"), "configuration": .text("处理器=i5-13400；内存=16GB"), "quantity": .whole(quantity), "price": .text("5000"),
        ])
        try await desk.take(
            ITPurchase.contract, on: purchase,
            input: ["contractNo": .text("HT-2026-01"), "contractDay": day(0), "lines": .list([line])], by: assets)
    }

    /// A purchase with its contract.
    func purchased(quantity: Int64 = 3) async throws -> Int64 {
        let id = try await need()
        try await compare(id)
        try await choose(id)
        try await contract(id, quantity: quantity)
        return id
    }

    func inspect(
        _ purchase: Int64, delivered: Int64, passed: Int64, failed: Int64 = 0, surplus: Int64 = 0, serials: [String],
        memory: String = "16GB",
        _ more: [String: JSONValue] = [:]
    ) async throws -> Int64 {
        let checks = [("处理器", "i5-13400"), ("内存", memory)].map { Self.record(["item": .text($0.0), "found": .text($0.1)]) }
        let input: [String: JSONValue] = [
            "purchase": .whole(purchase), "line": .whole(1), "delivered": .whole(delivered), "passed": .whole(passed),
            "failed": .whole(failed),
            "surplus": .whole(surplus), "checks": .list(checks), "serials": .text(serials.joined(separator: "\n")),
        ]
        return try await desk.take(Acceptance.inspect, input: input.merging(more) { $1 }, by: assets).id
    }

    // MARK: Assets

    func enter(_ acceptance: Int64, _ number: String, serial: String) async throws -> Int64 {
        try await desk.take(
            ITAsset.enter,
            input: [
                "acceptance": .whole(acceptance), "number": .text(number), "what": .text("台式电脑"), "serial": .text(serial),
                "place": .text("库房"),
            ], by: assets
        ).id
    }

    /// An asset that was there before, with two modules of memory and a disk.
    func asset(_ number: String, serial: String = "", place: String = "库房", _ more: [String: JSONValue] = [:]) async throws -> Int64 {
        let input: [String: JSONValue] = [
            "number": .text(number), "what": .text("台式电脑"), "serial": .text(serial), "place": .text(place), "note": .text("建账前已有"),
        ]
        return try await desk.take(ITAsset.takeOver, input: input.merging(more) { $1 }, by: director).id
    }

    func part(_ kind: String, _ slot: String, _ serial: String, _ size: Int64) -> JSONValue {
        Self.record(["kind": .text(kind), "slot": .text(slot), "serial": .text(serial), "size": .whole(size)])
    }

    @discardableResult
    func move(_ asset: Int64, _ kind: String = "allocate", to person: Principal, at place: String = "一车间") async throws -> Int64 {
        let id = try await desk.take(
            AssetMove.order,
            input: ["kind": .text(kind), "asset": .whole(asset), "receiver": .whole(person.person.raw), "toPlace": .text(place)], by: assets
        ).id
        try await desk.take(AssetMove.accept, on: id, by: person)
        return id
    }
}
