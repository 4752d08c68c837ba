import CustomerConfidentiality
import EngineFixture
import Kernel
import TestOffice
import WorkCalendar

/// A customer-service department with its posts filled, a clerk of the market who brings customers, and an archive.
struct ArchiveOffice: Sendable {
    let office: TestOffice
    let specialist: Principal
    let supervisor: Principal
    let manager: Principal
    let general: Principal
    let archivist: Principal
    let custodian: Principal
    let courier: Principal
    let clerk: Principal
    let marketHead: Principal
    var desk: Desk { office.desk }

    static func with(
        _ engine: TestEngine = .sqlite, at start: Moment = TestOffice.start, more: [RegulationContents] = [],
        _ body: (ArchiveOffice) async throws -> Void
    ) async throws {
        try await TestOffice.with(engine, [confidentialityContents] + more, at: start) { office in
            func hire(_ login: String, _ post: Post?, _ unit: UnitID, _ clearance: Level = .internal) async throws -> Principal {
                Principal(try await office.hire(login, post, in: unit, clearance: clearance))
            }
            try await body(
                ArchiveOffice(
                    office: office, specialist: hire("specialist", .informationSpecialist, office.service, .secret),
                    supervisor: hire("supervisor", .informationSupervisor, office.service, .topSecret),
                    manager: hire("manager", .serviceManager, office.service, .topSecret),
                    general: hire("general", .generalManager, office.company, .topSecret),
                    archivist: hire("archivist", .archivist, office.service),
                    custodian: hire("custodian", .custodian, office.service, .topSecret),
                    courier: hire("courier", .courier, office.service), clerk: hire("clerk", nil, office.market),
                    marketHead: hire("market-head", .head, office.market)))
        }
    }

    /// What opening a file asks for.
    static func input(
        _ customer: String = "华信律师事务所", kind: String = "lawyer", number: Int = 1, copies: Int64 = 1, _ more: [String: JSONValue] = [:]
    ) -> [String: JSONValue] {
        let input: [String: JSONValue] = [
            "customer": .text(customer), "subclass": .text(kind), "creditCode": .text(CreditCodes.code(number)), "copies": .whole(copies),
        ]
        return input.merging(more) { $1 }
    }

    @discardableResult
    func file(
        _ customer: String = "华信律师事务所", kind: String = "lawyer", number: Int = 1, _ more: [String: JSONValue] = [:],
        by principal: Principal? = nil
    ) async throws -> Int64 {
        let input = Self.input(customer, kind: kind, number: number, more)
        return try await desk.take(CustomerFile.openFile, input: input, by: principal ?? specialist).id
    }

    /// A part of a file, on paper unless it is said otherwise.
    static func part(_ kind: String, _ more: [String: JSONValue] = [:]) -> JSONValue {
        let part = ["kind": JSONValue.text(kind), "medium": .text("paper"), "ink": .text("print")].merging(more) { $1 }
        return .record(part.sorted { $0.key < $1.key }.map { .init($0.key, $0.value) })
    }

    /// A store with a shelf.
    @discardableResult
    func shelf(
        _ label: String = "一库", kind: String = "paper", cabinet: Int64 = 1, rows: Int64 = 3, slots: Int64 = 4, carrier: String = "paper",
        kinds: String = "", in store: Int64? = nil
    ) async throws -> (store: Int64, shelf: Int64) {
        var store = store
        if store == nil {
            let input: [String: JSONValue] = [
                "label": .text(label), "kind": .text(kind), "keeper": .whole((kind == "classified" ? custodian : archivist).person.raw),
            ]
            store = try await desk.take(ArchiveStore.enter, input: input, by: supervisor).id
        }
        let input: [String: JSONValue] = [
            "store": .whole(store!), "cabinet": .whole(cabinet), "rows": .whole(rows), "slotsInRow": .whole(slots),
            "carrier": .text(carrier), "kinds": .text(kinds),
        ]
        return (store!, try await desk.take(Shelf.enter, input: input, by: supervisor).id)
    }

    /// What a document says; one whose readings are stated is opened for it where the catalogue does not say it.
    func value(_ id: Int64, _ key: String, by principal: Principal? = nil) async throws -> JSONValue? {
        let reader = principal ?? manager, view = try await desk.document(id, by: reader.person)
        if view.gate == nil || view.row.values[key] != nil { return view.row.values[key] }
        return try await desk.open(id, by: reader, for: "核对").row.values[key]
    }

    func text(_ id: Int64, _ key: String, by principal: Principal? = nil) async throws -> String? {
        try await value(id, key, by: principal)?.text
    }

    func rows(_ type: String, by principal: Principal? = nil, _ change: (inout RegisterQuery) -> Void = { _ in }) async throws -> [DocumentRow]
    {
        var query = RegisterQuery()
        query.limit = 500
        change(&query)
        return try await desk.register(type, query, by: (principal ?? manager).person).rows
    }

    func todo(_ principal: Principal, _ type: String) async throws -> [Todo] {
        try await desk.todo(of: principal.person).items.filter { $0.row.type == type }
    }
}
