import Kernel
import WorkCalendar

/// 第七条: what the book has under one value now, whenever it was entered: looked at when an exemption ends, and in the night for what was
/// closed as corrected. Costs by who has the value.
struct ValueSearch {
    let act: Act

    private static let most = 200

    func look(_ kind: SealedKind, _ value: String) throws {
        guard !value.isEmpty, try !Exemption.covers(kind, value, act) else { return }
        let customers = try act.find(Customer.self, kind, is: value, limit: Self.most).filter { $0.state != .joined }
        if kind != .address, customers.count > 1 {
            try notice(kind == .account ? .account : .phone, kind, value, of: customers.reversed(), agents: [])
        }
        let agents = try act.find(Agent.self, kind, is: value, limit: 20)
        let hasAgency = try !act.ids(of: Agency.self, kind, is: value, limit: 1).isEmpty
        guard hasAgency || !agents.isEmpty else { return }
        let strangers = customers.filter { customer in hasAgency || agents.contains { !$0.value.names(customer.value.name) } }
        if !strangers.isEmpty { try notice(.agentContact, kind, value, of: strangers.reversed(), agents: agents.map(\.id)) }
    }

    private func notice(
        _ clue: Suspicion.Kind, _ kind: SealedKind, _ value: String, of customers: [Found<Customer>], agents: [ID<Agent>]
    ) throws {
        let ids = customers.map(\.id)
        try Suspicion.notice(clue, kind, value, of: ids, act) { item in
            let isNew = item.customers.isEmpty
            if isNew { try item.addBook(of: ids, act) }
            item.add(customers: ids, policies: [], agents: agents)
            if isNew { try item.assign(to: nil, .unknown, act) }
        }
    }
}
