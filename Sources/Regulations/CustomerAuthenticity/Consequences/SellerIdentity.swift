import Identifiers
import Kernel

/// 销售主体: the person or the agency behind the numbers under which policies are sold. Whoever comes back under another number or with
/// another company is still the same one: complaints count by it, and what is verified again is all that it sold (第十四条, 第二十三条).
package struct SellerIdentity: Document {
    package enum State: String, CaseIterable, Sendable { case registered }

    package enum Kind: String, Choosable {
        case unknown = "", person, agency
        package var words: Words {
            switch self {
            case .unknown: Words("", "")
            case .person: Words("销售人员", "Person")
            case .agency: Words("中介机构", "Agency")
            }
        }
    }

    package var kind = Kind.unknown
    package var personName = "", documentNumber = "", creditCode = "", codes = ""
    package var agents: [ID<Agent>] = []
    package var agencies: [ID<Agency>] = []
    /// The log-in of whoever sells and works here as well.
    package var account = PersonID.none
    package init() {}

    package static let name = "seller-identity"
    package var title: String { codes }

    package static let form = Form<SellerIdentity>(
        "销售主体", "Seller", number: "销售主体", states: [.registered: .done("已登记", "Registered")],
        readers: [.either(.channelManagement, .compliance, .customerService, .backOffice, .generalManager)],
        [
            .choice(\.kind, "类别", "Kind").listed(),
            .name(\.personName, "姓名", "Name").only(\.kind, .person),
            .sealed(\.documentNumber, "证件号码", "Document number", .document).only(\.kind, .person),
            .text(\.creditCode, "统一社会信用代码", "Credit code").only(\.kind, .agency).indexed(by: { CreditCode.normalForm($0) ?? $0 }),
            .references(\.agents, "业务员代码", "Agent numbers").optional().hint(
                "同一人先后使用的全部代码，包括在其他机构时的代码", "all numbers of one person, those under another company too"),
            .references(\.agencies, "中介机构登记", "Agency records").optional().only(\.kind, .agency),
            .text(\.codes, "代码或名称", "Numbers or names").code().optional().listed(),
            .person(\.account, "本系统账号", "Log-in here").optional().unindexed().hint(
                "该人员同时是本系统用户的填写：投诉在告知之前对其不可见", "where the person logs in here: complaints stay closed to that log-in"),
        ])

    package static let register = Step<SellerIdentity>(
        "register", "登记销售主体", "Register", to: .registered, by: .either(.channelManagement, .backOffice, .compliance),
        under: authenticity[14], authenticity[23],
        fields: [\.kind, \.personName, \.documentNumber, \.creditCode, \.agents, \.agencies, \.account]
    ) { seller, act in
        try seller.requireNew(act)
        try seller.requireOwnCodes(act)
        try seller.name(act)
    }.checking { seller, check in seller.checkKnown(check) }
    /// A number more, under which the same one sells: also what an open re-verification has to take in.
    package static let addCodes = Step<SellerIdentity>(
        "addCodes", "补登代码", "Add numbers", from: .registered, to: nil, by: .either(.channelManagement, .backOffice, .compliance),
        under: authenticity[14], authenticity[23], fields: [\.agents, \.agencies, \.account], isOptional: true
    ) { seller, act in
        let before = try act.load(ID<SellerIdentity>(act.record.id))?.value ?? SellerIdentity()
        try act.require(
            Set(before.agents).isSubset(of: seller.agents) && Set(before.agencies).isSubset(of: seller.agencies),
            "已登记的代码不能删去：原代码下的投诉和保单仍计入该主体", "A number that is registered stays: what was sold under it still counts")
        try seller.requireOwnCodes(act)
        try seller.name(act)
        try ReVerification.follow(ID(act.record.id), seller, act)
        if seller.account != before.account { try Complaint.close(to: seller.account, of: ID(act.record.id), act) }
    }
    package static let steps = [register, addCodes]

    /// Known by what nobody else has: a document, or a credit code.
    private func checkKnown(_ check: Checking<SellerIdentity>) {
        switch kind {
        case .person:
            let length = SealedKind.document.matchKey(documentNumber).count
            check.require(
                length >= 5, "证件号码无法识别，请对照证件核对", "The document number cannot be read; check it", at: \.documentNumber, \.kind)
            if length == 18 {
                for fault in DocumentKind.residentID.check(documentNumber, today: check.act.today.yyyymmdd).faults.blocks {
                    check.require(false, fault.words.zh, fault.words.en, at: \.documentNumber, \.kind, under: fault.article)
                }
            }
        case .agency:
            if let fault = CreditCode.check(creditCode), fault.isBlock {
                check.require(false, fault.zh, fault.en, at: \.creditCode, \.kind, under: authenticity[23])
            }
        case .unknown: check.require(false, "请选择类别", "Choose the kind", at: \.kind)
        }
        check.require(
            !agents.isEmpty || !agencies.isEmpty, "请至少登记一个业务员代码或一个中介机构", "Name one agent number or agency at least",
            at: \.agents, \.agencies)
    }

    private func requireNew(_ act: Act) throws {
        switch kind {
        case .person:
            try act.require(
                try act.ids(of: SellerIdentity.self, .document, is: documentNumber, limit: 1).isEmpty,
                "该证件号码已登记为销售主体，请在原登记上补登代码", "This person is registered already; add the number there")
        case .agency:
            try act.require(
                try act.find(\SellerIdentity.creditCode, is: creditCode, limit: 1).isEmpty, "该统一社会信用代码已登记，请在原登记上补登",
                "This agency is registered already; add the record there")
        case .unknown: break
        }
    }

    /// A number belongs to one.
    private func requireOwnCodes(_ act: Act) throws {
        for agent in agents {
            let other = try act.find(\SellerIdentity.agents, with: agent, limit: 1).first
            try act.require(
                other == nil, "所选业务员代码已登记在另一销售主体（\(other?.value.codes ?? "")）名下，请核对",
                "An agent number stands with another seller (\(other?.value.codes ?? "")); check it")
        }
        for agency in agencies {
            let other = try act.find(\SellerIdentity.agencies, with: agency, limit: 1).first
            try act.require(
                other == nil, "所选中介机构已登记在另一销售主体名下，请核对", "An agency stands with another seller; check it")
        }
    }

    private mutating func name(_ act: Act) throws {
        let names =
            try agencies.compactMap { try act.load($0)?.value.agencyName } + agents.compactMap { try act.load($0)?.value.agentNo }
        codes = names.joined(separator: " ")
    }

    // MARK: Whom it is

    /// The one behind a number, or an agency's record.
    static func of(agent: ID<Agent>, agency: ID<Agency>, _ inquiry: Inquiry) throws -> Found<SellerIdentity>? {
        if !agent.isNone, let found = try inquiry.find(\SellerIdentity.agents, with: agent, limit: 1).first { return found }
        return agency.isNone ? nil : try inquiry.find(\SellerIdentity.agencies, with: agency, limit: 1).first
    }

    /// All that it sold, by who signed and not by who serves now, the oldest first.
    func policies(_ inquiry: Inquiry) throws -> [Found<Policy>] {
        let all =
            try agents.flatMap { try inquiry.find(\Policy.agent, is: $0, limit: Self.mostPolicies) }
            + agencies.flatMap { try inquiry.find(\Policy.agency, is: $0, limit: Self.mostPolicies) }
        var known: Set<ID<Policy>> = []
        return all.filter { known.insert($0.id).inserted }.sorted { $0.id.raw < $1.id.raw }
    }

    static let mostPolicies = 100_000

    /// Who manages it: the leaders of its teams, and the heads from its teams upward, but for the head of all.
    func managers(_ inquiry: Inquiry) throws -> Set<PersonID> {
        let found = try agents.compactMap { try inquiry.load($0)?.value }
        var managers = Set(found.map(\.leader))
        let held = inquiry.organisation.holdings.filter { $0.post == Post.head.id && $0.holds(on: inquiry.today) }
        for team in found.map(\.team) {
            let units = inquiry.organisation.lineage(team).prefix { $0 != inquiry.scope }
            for unit in units { managers.formUnion(held.filter { $0.unit == unit }.map(\.person)) }
        }
        return managers.subtracting([.none])
    }
}
