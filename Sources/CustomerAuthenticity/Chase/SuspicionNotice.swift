import Kernel
import WorkCalendar

extension Suspicion {
    /// 第七条: one item a value and day; whoever else shares the value joins it. Who stands in an item already makes no new one.
    /// - Parameter fill: says of an item, new or joined, what it is about.
    static func notice(
        _ kind: Kind, _ sealed: SealedKind, _ value: String, of customers: [ID<Customer>], _ act: Act,
        fill: (inout Suspicion) throws -> Void
    ) throws {
        let items = try act.find(Suspicion.self, sealed, is: value, limit: 50).filter { $0.value.kind == kind }
        if items.contains(where: { item in customers.allSatisfy(item.value.customers.contains) }) { return }
        if let open = items.first(where: { $0.state == .noticed && $0.value.day == act.today }) {
            try act.take("join", on: open.id, change: fill)
        } else {
            var item = Suspicion(kind, sealed, value, on: act.today)
            try fill(&item)
            try act.create(item, by: "notice")
        }
        for customer in customers {
            try act.take("suspect", on: customer) { $0.cause = Customer.Cause(kind) }
        }
    }

    /// 第七条: the receipt of a policy says when the cooling-off ends, and the open items about it follow: the earliest end that is to come
    /// governs.
    static func follow(_ policy: ID<Policy>, endOfCoolingOff end: Day, _ act: Act) throws {
        for item in try act.find(\Suspicion.policies, with: policy, limit: 1000) where ![.closed, nil].contains(item.state) {
            let others = try item.value.policies.filter { $0 != policy }.compactMap { try act.load($0)?.value.coolingOffEnd }
            let earliest = ([end] + others).filter { $0 >= act.today }.min() ?? end
            guard earliest != item.value.coolingOffEnd else { continue }
            try act.take("follow", on: item.id) { $0.coolingOffEnd = earliest }
        }
    }

    /// What the book has on these customers: their policies, and who sold them.
    mutating func addBook(of customers: [ID<Customer>], _ act: Act) throws {
        for customer in customers {
            let found = try act.find(\Policy.applicant, is: customer, limit: 5)
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
