import CustomerConfidentiality
import Kernel
import TestOffice
import Testing
import WorkCalendar

/// How somebody comes at a file: asked for, sealed and signed, checked, approved.
extension ArchiveOffice {
    static let asking: [String: JSONValue] = [
        "from": .text("inside"), "object": .text("华信律师事务所的合同"), "purpose": .text("business"), "reason": .text("核对合同"),
        "about": .text("市场部业务员，经办该合同"), "expected": .text("ordinary"), "days": .whole(3),
    ]

    func ask(_ more: [String: JSONValue] = [:], by principal: Principal? = nil) async throws -> Int64 {
        try await desk.take(AccessRequest.draft, input: Self.asking.merging(more) { $1 }, by: principal ?? clerk).id
    }

    func endorsed(_ request: Int64, by principal: Principal? = nil) async throws {
        try await desk.take(AccessRequest.send, on: request, by: principal ?? clerk)
        try await desk.take(AccessRequest.endorse, on: request, input: ["sealNumber": .text("用印2026-18")], by: marketHead)
    }

    func checked(_ request: Int64, _ files: [Int64]) async throws {
        try await desk.take(AccessRequest.check, on: request, input: ["files": .list(files.map { .whole($0) })], by: specialist)
    }

    /// A grant to read, and to borrow, for a member of the market department.
    @discardableResult
    func granted(_ files: [Int64], toBorrow: Bool = false, days: Int64 = 3, to principal: Principal? = nil) async throws -> Int64 {
        let request = try await ask(["alsoLend": .flag(toBorrow), "days": .whole(days)], by: principal)
        try await endorsed(request, by: principal)
        try await checked(request, files)
        try await desk.take(AccessRequest.approve, on: request, by: supervisor)
        return request
    }

    func sees(_ file: Int64, _ principal: Principal) async -> Bool { (try? await desk.document(file, by: principal.person)) != nil }

    func value(_ id: Int64, _ key: String, by principal: Principal? = nil) async throws -> JSONValue {
        let found: JSONValue? = try await value(id, key, by: principal)
        return found ?? .null
    }

    static let classified: [String: JSONValue] = ["secrecy": .text("secret")]

    func classifiedFile(_ customer: String = "汇通银行", number: Int = 5) async throws -> Int64 {
        try await file(customer, kind: "bank", number: number, ["secrecy": .text("secret"), "custodian": .whole(custodian.person.raw)])
    }
}

func refusal(_ body: () async throws -> Void) async -> Refusal? { await #expect(throws: Refusal.self) { try await body() } }
