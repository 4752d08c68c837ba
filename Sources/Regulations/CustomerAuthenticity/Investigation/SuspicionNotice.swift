import Kernel
import WorkCalendar

extension Suspicion {
    /// 第七条: one item a value and day; whoever else shares the value joins it. Who stands in an item that is open already, or was found
    /// genuine, makes no new one; what was closed as corrected or false and is there again does.
    /// - Parameter fill: says of an item, new or joined, what it is about.
    /// - Returns: whether these customers stand in an item that is not closed.
    @discardableResult
    static func notice(
        _ kind: Kind, _ sealed: SealedKind, _ value: String, of customers: [ID<Customer>], _ act: Act,
        fill: (inout Suspicion) throws -> Void
    ) throws -> Bool {
        let items = try act.find(Suspicion.self, sealed, is: value, limit: 50).filter { $0.value.kind == kind }
        let all = items.filter { item in customers.allSatisfy(item.value.customers.contains) }
        if all.contains(where: { $0.state != .closed }) { return true }
        if all.contains(where: { $0.value.conclusion == .genuine }) { return false }
        func fillWithChannels(_ item: inout Suspicion) throws {
            try fill(&item)
            let sold = try item.policies.compactMap { try act.load($0)?.value.channel }
            item.channels = Channel.codes(sold + [item.channel])
        }
        if let open = items.first(where: { $0.state == .noticed && $0.value.day == act.today }) {
            try act.take(Suspicion.join, on: open.id, change: fillWithChannels)
        } else {
            var item = Suspicion(kind, sealed, value, on: act.today)
            try fillWithChannels(&item)
            try act.create(item, by: Suspicion.notice)
        }
        for customer in customers {
            try act.take(Customer.suspect, on: customer) { $0.cause = Customer.Cause(kind) }
        }
        return true
    }

    /// 第七条: the receipt of a policy says when the cooling-off ends, and the open items about it follow.
    static func follow(_ policy: ID<Policy>, _ signed: Policy, _ act: Act) throws {
        for item in try act.find(\Suspicion.policies, with: policy, limit: 1000) where ![.closed, nil].contains(item.state) {
            let end = try item.value.coolingOffToCome(act, with: (policy, signed)) ?? signed.coolingOffEnd
            guard end != item.value.coolingOffEnd else { continue }
            try act.take(Suspicion.follow, on: item.id) { $0.coolingOffEnd = end }
        }
    }

    /// What the book has on these customers: their policies, and who sold them.
    mutating func addBook(of customers: [ID<Customer>], _ act: Act) throws {
        for customer in customers {
            let found = try act.find(\Policy.applicant, is: customer, limit: 20) + act.find(\Policy.insured, with: customer, limit: 20)
            add(customers: [], policies: found.map(\.id), agents: found.map(\.value.agent).filter { !$0.isNone })
        }
    }

    /// To whose unit and leader it goes: those of the agent, or of the last of the agents concerned.
    mutating func assign(to agent: Agent?, _ channel: Channel, _ act: Act) throws {
        let agent = try agent ?? agents.last.flatMap { try act.load($0)?.value }
        self.channel = channel == .unknown ? agent?.channel ?? .unknown : channel
        (channelUnit, leader) = (agent?.team ?? .none, agent?.leader ?? .none)
    }
}
