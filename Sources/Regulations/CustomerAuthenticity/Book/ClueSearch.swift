import Identifiers
import Kernel
import WorkCalendar

/// 第七条, 第十一条: looks for what a newly entered customer shares with other customers or with agents. Costs by the intake, not by the
/// size of the book: each value is looked up once.
struct ClueSearch {
    private let act: Act
    private let agent: Found<Agent>?
    private let policy: ID<Policy>?
    private let channel: Channel

    /// - Parameters:
    ///   - agent: whoever sold, where an application is looked at.
    ///   - policy: what became of it.
    init(_ act: Act, agent: Found<Agent>?, policy: ID<Policy>?, _ channel: Channel) {
        (self.act, self.agent, self.policy, self.channel) = (act, agent, policy, channel)
    }

    /// - Returns: the hints for the application.
    @discardableResult
    func look(at customers: [(id: ID<Customer>, person: ApplicationPerson)]) throws -> FaultSet {
        var hints = FaultSet()
        for (id, person) in customers {
            var phones: [String] = []
            for phone in [person.mobile, person.landline] where !phone.isEmpty {
                let key = SealedKind.phone.matchKey(phone)
                guard !phones.contains(key) else { continue }
                phones.append(key)
                if try look(.phone, phone, of: id, as: .phone) { hints.insert(.cluePhone) }
                if try lookAtAgents(.phone, phone, of: id, person.name) { hints.insert(.clueAgentContact) }
            }
            if !person.account.isEmpty {
                if try look(.account, person.account, of: id, as: .account) { hints.insert(.clueAccount) }
                if try lookAtAgents(.account, person.account, of: id, person.name) { hints.insert(.clueAgentContact) }
            }
            if !person.address.isEmpty, try lookAtAgents(.address, person.address, of: id, person.name) { hints.insert(.clueAgentContact) }
        }
        return hints
    }

    private func look(_ kind: SealedKind, _ value: String, of customer: ID<Customer>, as clue: Suspicion.Kind) throws -> Bool {
        let others = try act.ids(of: Customer.self, kind, is: value, notIn: .joined, limit: 50).filter { $0 != customer }
        guard !others.isEmpty, try !isExempt(kind, value) else { return false }
        return try notice(clue, kind, value, customers: others.reversed() + [customer], agents: [])
    }

    /// An agent's, an agency's or a relative's contact in the place of the customer's. Agents and relatives may insure themselves.
    private func lookAtAgents(_ kind: SealedKind, _ value: String, of customer: ID<Customer>, _ name: String) throws -> Bool {
        let agents = try act.find(Agent.self, kind, is: value, limit: 20).filter { !$0.value.names(name) }.map(\.id)
        guard try !agents.isEmpty || !act.ids(of: Agency.self, kind, is: value, limit: 1).isEmpty, try !isExempt(kind, value) else {
            return false
        }
        return try notice(.agentContact, kind, value, customers: [customer], agents: agents)
    }

    private func isExempt(_ kind: SealedKind, _ value: String) throws -> Bool { try Exemption.covers(kind, value, act) }

    /// - Returns: whether it stands in an item that is not closed.
    @discardableResult
    func notice(
        _ kind: Suspicion.Kind, _ sealed: SealedKind, _ value: String, customers: [ID<Customer>], agents: [ID<Agent>]
    ) throws -> Bool {
        try Suspicion.notice(kind, sealed, value, of: customers, act) { item in
            let isNew = item.customers.isEmpty
            if isNew { try item.addBook(of: customers, act) }
            item.add(
                customers: customers, policies: policy.map { [$0] } ?? [], agents: agents + (agent.map { [$0.id] } ?? []))
            if isNew { try item.assign(to: agent?.value, channel, act) }
        }
    }
}
