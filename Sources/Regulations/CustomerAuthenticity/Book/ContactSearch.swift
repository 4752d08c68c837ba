import Kernel

/// 第十一条: the contacts that an agent or an agency gives, now or later, against the customers whom the book has already. Costs by these
/// contacts, each looked up once, and not by the size of the book.
struct ContactSearch {
    let act: Act
    let contacts: [(kind: SealedKind, value: String)]
    let agents: [ID<Agent>]
    let channel: Channel
    var unit = UnitID.none
    var leader = PersonID.none

    private static let most = 200

    /// - Parameter isOwn: whether a customer of this name is the agent, or a relative: they may insure themselves.
    func look(exceptFor isOwn: (String) -> Bool = { _ in false }) throws {
        for (kind, value) in contacts where !value.isEmpty {
            let customers = try act.find(Customer.self, kind, is: value, limit: Self.most).filter {
                $0.state != .joined && !isOwn($0.value.name)
            }.map(\.id)
            guard !customers.isEmpty, try !Exemption.covers(kind, value, act) else { continue }
            try Suspicion.notice(.agentContact, kind, value, of: customers, act) { item in
                let policies = try customers.flatMap { try act.find(\Policy.applicant, is: $0, limit: 5).map(\.id) }
                if item.customers.isEmpty { (item.channel, item.channelUnit, item.leader) = (channel, unit, leader) }
                item.add(customers: customers, policies: policies, agents: agents)
            }
        }
    }
}

extension Agent {
    /// Customers who gave a contact of this agent or of a relative before the book knew whose it is.
    func matchContacts(_ act: Act) throws {
        let contacts = [(phone, address, account)] + relatives.map { ($0.phone, $0.address, $0.account) }
        try ContactSearch(
            act: act, contacts: contacts.flatMap { [(.phone, $0.0), (.address, $0.1), (.account, $0.2)] }, agents: [ID(act.record.id)],
            channel: channel,
            unit: team,
            leader: leader
        ).look(exceptFor: names)
    }
}

extension Agency {
    func matchContacts(_ act: Act) throws {
        try ContactSearch(
            act: act, contacts: [(.address, address), (.account, account)] + phones.map { (.phone, $0.phone) }, agents: [], channel: channel
        ).look()
    }
}
