import ArgumentParser
import CustomerAuthenticity
import Foundation
import Kernel
import Store

/// Registers customers of a book for queries on the web, many at a time, and writes who they are, so that they can come in: name, document
/// number and mobile of invented people, a line each.
struct BenchPortal: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "portal")
    @Argument(help: "Where the customers are written") var file: String
    @Option var customers = 400
    @OptionGroup var database: DatabaseOptions

    func run() async throws {
        let desk = try await database.openDesk(try await database.settings())
        let insured = Array(try await PolicyOfCustomer.all(desk).prefix(customers)), now = desk.clock.now()
        guard let scope = insured.first?.scope else { throw ValidationError("the book has no policies") }
        let registrations = insured.map { one -> PortalRegistration in
            var registration = PortalRegistration()
            (registration.number, registration.name) = (one.customer.documentNumber, one.customer.name)
            (registration.telephone, registration.boundAt) = (one.customer.mobile, now)
            return registration
        }
        for result in try await desk.takeMany(PortalRegistration.register, registrations, by: .system, in: (scope, .none)) {
            _ = try result.get()
        }
        try await desk.settleLedger()
        await desk.store.close()
        let lines = insured.map { "\($0.customer.name)\t\($0.customer.documentNumber)\t\($0.customer.mobile)\n" }
        try lines.joined().write(toFile: file, atomically: true, encoding: .utf8)
        Terminal.answer("registered \(lines.count) people")
    }
}

/// A policy that was issued, and its applicant, who can be reached by short messages.
struct PolicyOfCustomer: Sendable {
    let policy: Int64
    let scope: UnitID
    let customer: Customer

    /// One for each mobile, the newest first, so that the latest intake comes before what the book had.
    static func all(_ desk: Desk) async throws -> [PolicyOfCustomer] {
        let ids = try await desk.store.read { session in
            try session.all("SELECT id FROM document WHERE type = $1 AND state = 'issued' ORDER BY id DESC", [.text(Policy.name)]) {
                ID<Policy>($0.int(0))
            }
        }
        var found: [PolicyOfCustomer] = [], mobiles: Set<String> = []
        for start in stride(from: 0, to: ids.count, by: 500) {
            let policies = try await desk.load(Array(ids[start..<min(start + 500, ids.count)]))
            let applicants = try await desk.load(policies.map(\.value.applicant))
            let customers = Dictionary(applicants.map { ($0.id, $0.value) }) { first, _ in first }
            for policy in policies {
                guard let customer = customers[policy.value.applicant], !customer.documentNumber.isEmpty, customer.mobile.count == 11,
                    mobiles.insert(customer.mobile).inserted
                else { continue }
                found.append(PolicyOfCustomer(policy: policy.id.raw, scope: policy.record.scope, customer: customer))
            }
        }
        return found
    }
}
