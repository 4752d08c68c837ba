import Kernel
import WorkCalendar

/// Whom a complaint is about, and who may have it in hand.
extension Complaint {
    /// Reads the numbers that were typed: what was sold, by whom who signed, and who stands behind the number.
    mutating func identify(_ act: Act) throws {
        (agentNo, policyNo) = (ApplicationNumber.normalForm(agentNo), ApplicationNumber.normalForm(policyNo))
        let sold = try policyNo.isEmpty ? nil : act.find(\Policy.policyNo, is: policyNo, limit: 1).first
        try act.require(
            policyNo.isEmpty || sold != nil, "查无此保单号，请核对；不知道的可留空", "There is no policy with this number; check it, or leave it empty")
        let named = try agentNo.isEmpty ? nil : act.find(\Agent.agentNo, is: agentNo, limit: 1).first
        try act.require(
            agentNo.isEmpty || named != nil, "查无此业务员代码，请核对；不知道的可留空", "There is no agent with this number; check it, or leave it empty")
        let house = try agencyName.isEmpty ? nil : act.find(\Agency.agencyName, is: agencyName, limit: 1).first
        try act.require(
            agencyName.isEmpty || house != nil, "查无此中介机构，请核对名称；不知道的可留空", "There is no such agency; check the name, or leave it empty")
        try requireWhoSold(sold, named, act)
        policy = sold?.id ?? .none
        agent = named?.id ?? sold?.value.agent ?? .none
        agency = house?.id ?? (agent.isNone ? sold?.value.agency ?? .none : .none)
        let behind = try SellerIdentity.of(agent: agent, agency: agency, act)
        seller = behind?.id ?? .none
        if let account = behind?.value.account, !account.isNone { respondent = account }
        if sameSaleAs.isNone, !isOwnAct { sameSaleAs = try earlierOnSale(act) }
    }

    /// The policy is another's: by who signed, whoever serves the customer now. One person under two numbers is one.
    private func requireWhoSold(_ sold: Found<Policy>?, _ named: Found<Agent>?, _ act: Act) throws {
        guard let signer = sold?.value.agent, !signer.isNone, let named, signer != named.id else { return }
        let signed = try SellerIdentity.of(agent: signer, agency: .none, act),
            told = try SellerIdentity.of(agent: named.id, agency: .none, act)
        let number = try act.load(signer)?.value.agentNo ?? ""
        try act.require(
            signed != nil && signed?.id == told?.id, "该保单由业务员 \(number) 签署销售，与所填代码不同；投诉计入签署的人，请核对",
            "Agent \(number) signed this policy, not the one entered; a complaint counts against who signed")
    }

    /// The first complaint on the same policy: two on one sale are one act.
    private func earlierOnSale(_ act: Act) throws -> ID<Complaint> {
        guard !policy.isNone else { return .none }
        let others = try act.find(\Complaint.policy, is: policy, limit: 200).filter { !$0.value.isOwnAct && $0.value.matter == matter }
        return others.last?.id ?? .none
    }

    // MARK: Who has it in hand

    /// Names who decides and who reviews: compliance and the general manager, whoever of them is not concerned.
    mutating func nameDeciders(_ act: Act) throws {
        func free(_ post: Post) throws -> [PersonID] {
            try act.organisation.holders(of: post.id, within: act.scope, on: act.today).filter { try isFree($0, act) && $0 != handler }
        }
        let compliance = try free(.compliance), managers = try free(.generalManager)
        let line = compliance + managers.filter { !compliance.contains($0) }
        try act.require(
            !line.isEmpty, "合规和总经理均与本件有关，无人可以决定，请报上级机构", "Compliance and the general manager are both concerned; report it to head office")
        let before = Set([decider, above]).subtracting([.none])
        if !line.contains(decider) { decider = line[0] }
        let others = managers.filter { $0 != decider } + compliance.filter { $0 != decider }
        if !others.contains(above) { above = others.first ?? decider }
        // Whoever stands in for them is a head above them, and not above whoever is complained about.
        if let unit = act.organisation.home(of: decider, on: act.today) { act.place(in: unit) }
        try open(to: Set([decider, above]), before, act)
    }

    /// They read it as long as they hold their posts; whoever turns out to be concerned reads it no more.
    private func open(to people: Set<PersonID>, _ before: Set<PersonID>, _ act: Act) throws {
        for person in before.subtracting(people) { try act.revoke(on: [ID<Complaint>(act.record.id)], of: person) }
        for person in people.subtracting(before) {
            let held = act.organisation.holders(of: Post.compliance.id, within: act.scope, on: act.today)
            let post = held.contains(person) ? Post.compliance : Post.generalManager
            try act.grant(person, as: post, until: act.now.adding(days: Self.yearsOfReading * 365), "办理投诉", "To deal with the complaint")
        }
    }

    private static let yearsOfReading = 10

    /// Neither complained about, nor in charge of the seller, nor somebody in whose name the one complained about acts.
    func isFree(_ person: PersonID, _ act: Act) throws -> Bool {
        if person == respondent || person.isNone { return false }
        let lends = act.organisation.delegations.contains {
            !respondent.isNone && $0.isInForce(at: act.now) && $0.receiver == respondent && $0.giver == person
        }
        return try !lends && !managers(act).contains(person)
    }

    private func managers(_ act: Act) throws -> Set<PersonID> {
        if let seller = try act.load(seller) { return try seller.value.managers(act) }
        var alone = SellerIdentity()
        if !agent.isNone { alone.agents = [agent] }
        return try alone.managers(act)
    }

    /// The log-in of a seller was learnt only now.
    static func close(to account: PersonID, of seller: ID<SellerIdentity>, _ act: Act) throws {
        let open: Set<State> = [.received, .investigating, .concluded, .reviewing]
        for found in try act.find(\Complaint.seller, is: seller, limit: 10_000) where found.state.map(open.contains) ?? false {
            try act.take(learnRespondent, on: found.id) { $0.respondent = account }
            if !account.isNone, found.value.handler == account, found.state == .investigating { try act.take(takeAway, on: found.id) }
        }
    }

    func requireFree(_ person: PersonID, _ act: Act) throws {
        try act.require(person != respondent, "被投诉人不得经办对本人的投诉，请由他人办理", "Nobody handles a complaint about himself")
        try act.require(
            try isFree(person, act), "该人员管理被投诉的销售人员，或已将职权委托给被投诉人，与本件有利害关系，请另行指定",
            "This person manages the seller, or has the one complained about as delegate; name somebody else")
    }

    /// Whoever has had it in hand so far is asked again when it turns out whom it is about.
    func requireNobodyConcerned(_ act: Act) throws {
        try act.require(
            respondent.isNone || (respondent != act.requester && respondent != assigner), "受理或分办本件的人即被投诉人，须由他人重新受理",
            "Whoever received it or handed it on is complained about; somebody else receives it anew")
        if !handler.isNone { try requireFree(handler, act) }
    }
}
