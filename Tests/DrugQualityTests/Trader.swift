import DrugQuality
import EngineFixture
import Kernel
import TestOffice
import WorkCalendar

/// A pharmaceutical trader with its posts filled: clerks of four stages, the quality department, the deputy and the manager.
struct Trader: Sendable {
    let office: TestOffice
    let salesUnit: UnitID
    let storeUnit: UnitID
    let salesHead: Principal
    let seller: Principal
    let keeper: Principal
    let officer: Principal
    let secondOfficer: Principal
    let qualityHead: Principal
    let deputy: Principal
    let manager: Principal
    var desk: Desk { office.desk }

    static func with(
        _ engine: TestEngine = .sqlite, at start: Moment = TestOffice.start, _ body: (Trader) async throws -> Void
    ) async throws {
        try await TestOffice.with(engine, [drugQualityContents], at: start) { try await body(try await open($0)) }
    }

    static func open(_ office: TestOffice) async throws -> Trader {
        func unit(_ zh: String, _ en: String) async throws -> UnitID {
            UnitID(try await office.desk.administer(.addUnit(parent: office.company, zh: zh, en: en), by: .system))
        }
        let sales = try await unit("销售部", "Sales"), store = try await unit("仓库", "Store"), quality = try await unit("质量管理部", "Quality")
        func hire(_ login: String, _ post: Post?, _ unit: UnitID) async throws -> Principal {
            Principal(try await office.hire(login, post, in: unit))
        }
        return Trader(
            office: office, salesUnit: sales, storeUnit: store, salesHead: try await hire("salesHead", .head, sales),
            seller: try await hire("seller", nil, sales), keeper: try await hire("keeper", nil, store),
            officer: try await hire("officer", .qualityOfficer, quality),
            secondOfficer: try await hire("officer2", .qualityOfficer, quality),
            qualityHead: try await hire("qualityHead", .qualityHead, quality),
            deputy: try await hire("deputy", .deputyManager, office.company),
            manager: try await hire("manager", .enterpriseManager, office.company))
    }

    // MARK: Items

    /// A consumer's complaint without goods, known an hour ago.
    func complaint(known hours: Int = 1, _ more: [String: JSONValue] = [:]) -> [String: JSONValue] {
        let input: [String: JSONValue] = [
            "kind": .text("consumer"), "subject": .text("顾客反映药片受潮"), "stage": .text("sale"), "way": .text("telephone"),
            "facts": .text("顾客来电，称瓶口未封严"), "knownAt": .text(office.now.adding(hours: -hours).description), "minutes": .whole(10),
            "concern": .text("complaint"),
        ]
        return input.merging(more) { $1 }
    }

    static let goods: [String: JSONValue] = [
        "drug": .text("阿莫西林胶囊"), "category": .text("medicine"), "approvalNo": .text("国药准字H11020001"), "batchNo": .text("20230501"),
        "expiry": .text("2027.02"), "maker": .text("华北制药演示厂"), "supplier": .text("岭南医药演示公司"), "quantity": .text("20盒"),
    ]

    @discardableResult
    func report(known hours: Int = 1, _ more: [String: JSONValue] = [:], by principal: Principal? = nil) async throws -> Int64 {
        try await desk.take(QualityItem.report, input: complaint(known: hours, more), by: principal ?? seller).id
    }

    func analyse(_ id: Int64, decider: String = "leader", by principal: Principal? = nil) async throws {
        try await desk.take(
            QualityItem.analyse, on: id,
            input: ["analysis": .text("包装密封不严"), "proposal": .text("抽检同批次"), "decider": .text(decider)], by: principal ?? officer)
    }

    func decide(_ id: Int64, _ measures: [JSONValue] = []) async throws {
        try await desk.take(
            QualityItem.decide, on: id, input: ["decision": .text("同意"), "measures": .list(measures)], by: manager)
    }

    func measure(_ what: String, _ owner: Principal, in days: Int) -> JSONValue {
        .record([
            .init("what", .text(what)), .init("owner", .whole(owner.person.raw)),
            .init("due", .text(office.now.day.adding(days: days).description)),
        ])
    }

    func answer(_ id: Int64) async throws {
        try await desk.take(QualityItem.answer, on: id, input: ["feedback": .text("已抽检，结果另行告知")], by: officer)
    }

    func close(_ id: Int64, by principal: Principal? = nil) async throws {
        try await desk.take(QualityItem.close, on: id, input: ["usefulness": .text("useful")], by: principal ?? officer)
    }

    // MARK: What stands

    func view(_ id: Int64) async throws -> DocumentView { try await desk.document(id, by: officer.person) }
    func value(_ id: Int64, _ key: String) async throws -> JSONValue? { try await view(id).row.values[key] }
    func clock(_ id: Int64, _ name: String = "urgent") async throws -> DeadlineView? {
        try await view(id).deadlines.first { $0.name == name }
    }
    func tray(of principal: Principal) async throws -> [Int64] { try await desk.todo(of: principal.person).items.map(\.row.id) }
    func told(_ principal: Principal) async throws -> [String] {
        try await desk.notices(of: principal.person).notices.map(\.words.zh)
    }

    // MARK: Batches

    func batch(_ number: String = "20230501", maker: String = "华北制药演示厂", _ more: [String: JSONValue] = [:]) async throws -> Int64 {
        func place(_ name: String, _ kind: String, _ quantity: Int64) -> JSONValue {
            .record([.init("place", .text(name)), .init("kind", .text(kind)), .init("quantity", .whole(quantity))])
        }
        let input: [String: JSONValue] = [
            "category": .text("medicine"), "drug": .text("阿莫西林胶囊"), "approvalNo": .text("国药准字H11020001"), "maker": .text(maker),
            "batchNo": .text(number), "expiry": .text("2027.02"), "supplier": .text("岭南医药演示公司"),
            "stock": .list([place("一号库", "stock", 80), place("拣货区", "reserved", 20), place("粤A演示车", "transit", 10)]),
        ]
        return try await desk.take(GoodsBatch.register, input: input.merging(more) { $1 }, by: keeper).id
    }
}
