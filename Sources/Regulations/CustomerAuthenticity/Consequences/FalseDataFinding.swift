import Kernel
import WorkCalendar

/// 不实资料认定: that somebody gave false data, opened a private account or forged a signature, as it became final (第十一条, 第二十二条). It goes
/// on the list of the quarter of that day, whatever the day of the sale; channel management penalises, or says why not. One that is taken
/// back stays, and is a correction on the next list.
package struct FalseDataFinding: Document {
    package enum State: String, CaseIterable, Sendable { case found, penalised, waived, reversed }

    package enum Source: String, Choosable {
        case unknown = "", report, suspicion, check, agency
        package var words: Words {
            switch self {
            case .unknown: Words("", "")
            case .report: Words("违规举报查实", "Misconduct report upheld")
            case .suspicion: Words("可疑问题件查实", "Suspicious item")
            case .check: Words("重新核查查实", "Re-verification")
            case .agency: Words("中介机构报告查实", "Agency report upheld")
            }
        }
    }

    package enum Kind: String, Choosable {
        case unknown = "", contact, privateAccount = "private_account", forgedSignature = "forged_signature", untrue
        package var words: Words {
            switch self {
            case .unknown: Words("", "")
            case .contact: Words("以他人电话、地址代替客户资料", "Another's contact in the customer's place")
            case .privateAccount: Words("利用客户身份私设账户", "Account opened in a customer's name")
            case .forgedSignature: Words("代签名", "Signed for the customer")
            case .untrue: Words("提供不实资料", "Untrue data")
            }
        }
    }

    package var kind = Kind.unknown
    package var source = Source.unknown
    package var sourceNo = "", codes = "", policyNo = "", measure = Penalty.Measure.unknown
    package var agents: [ID<Agent>] = []
    package var agency = ID<Agency>.none
    package var finalOn: Day?, reversedOn: Day?
    package var penaltyFacts = "", waiver = "", reversal = ""
    package var points = 0
    package var amount: DecimalNumber?
    package var listedIn = ID<FalseDataList>.none, correctedIn = ID<FalseDataList>.none
    package init() {}

    package static let name = "false-data-finding"
    package var title: String { codes }

    package static let form = Form<FalseDataFinding>(
        "不实资料认定", "False data found", number: "认定",
        states: [
            .found: .open("已认定，待处罚", "Found"), .penalised: .done("已提出处罚", "Penalty proposed"), .waived: .done("不予处罚", "No penalty"),
            .reversed: .no("认定已撤销", "Taken back"),
        ],
        readers: [.either(.channelManagement, .compliance, .generalManager)],
        [
            .choice(\.kind, "行为", "What was done").listed(), .choice(\.source, "来源", "Source").listed(),
            .text(\.sourceNo, "来源编号", "Number of the source").code().optional().onceFilled(),
            .text(\.codes, "业务员代码或机构", "Seller").code().optional().listed(),
            .references(\.agents, "业务员", "Agents").optional().onceFilled(), .reference(\.agency, "机构", "Agency").optional().onceFilled(),
            .text(\.policyNo, "保单号", "Policy number").code().optional().onceFilled(), .day(\.finalOn, "认定日期", "Final on").listed(),
            .choice(\.measure, "处罚措施", "Measure").onceFilled(), .whole(\.points, "考核扣分", "Points", in: 0...100).optional().onceFilled(),
            .decimal(\.amount, "扣减佣金或罚款（元）", "Commission withheld or fine, yuan", places: 2, in: 0...10_000_000).optional().onceFilled(),
            .prose(\.penaltyFacts, "处罚事由", "Why").onceFilled(), .prose(\.waiver, "不予处罚的理由", "Why there is no penalty").onceFilled(),
            .day(\.reversedOn, "撤销日期", "Taken back on").optional().onceFilled(),
            .prose(\.reversal, "撤销理由", "Why it is taken back").onceFilled(),
            .reference(\.listedIn, "列入清单", "On the list").optional().onceFilled(),
            .reference(\.correctedIn, "更正清单", "Corrected on the list").optional().onceFilled(),
        ])

    package static let enterFound = Step<FalseDataFinding>(
        "enter", "认定", "Enter", to: .found, by: .system, under: authenticity[22], authenticity[11]
    ) { finding, act in
        finding.finalOn = act.today
        let numbers = try finding.agents.compactMap { try act.load($0)?.value.agentNo }
        let house = try act.load(finding.agency)?.value.agencyName
        finding.codes = (numbers + (house.map { [$0] } ?? [])).joined(separator: " ")
        act.notify(
            .post(.channelManagement), "认定一件提供不实资料，请提出处罚或写明不予处罚的理由", "False data were found; propose a penalty, or say why there is none")
    }
    /// 第十四条: channel management penalises who put a contact of their own in the customer's place, or gave untrue data.
    package static let penalise = Step<FalseDataFinding>(
        "penalise", "提出处罚", "Propose a penalty", from: .found, to: .penalised, by: .post(.channelManagement), under: authenticity[14],
        fields: [\.measure, \.points, \.amount, \.penaltyFacts]
    ) { finding, act in
        let agents = finding.agents, agency = finding.agency
        try act.require(
            !agents.isEmpty || !agency.isNone, "本件没有查明的销售人员或机构，不能处罚，请写明理由办理“不予处罚”",
            "No seller is known for this; say why there is no penalty")
        for agent in agents.isEmpty ? [ID<Agent>.none] : agents {
            var penalty = Penalty()
            (penalty.agent, penalty.agency, penalty.finding) = (agent, agent.isNone ? agency : .none, ID(act.record.id))
            (penalty.measure, penalty.points, penalty.amount, penalty.facts) = (
                finding.measure, finding.points, finding.amount, finding.penaltyFacts
            )
            penalty.proposer = act.principal.effective
            try act.create(penalty, by: Penalty.proposeFound)
        }
    }
    package static let waive = Step<FalseDataFinding>(
        "waive", "不予处罚", "No penalty", from: .found, to: .waived, by: .post(.channelManagement), under: authenticity[14],
        fields: [\.waiver],
        isOptional: true, signs: true
    ) { finding, act in
        try act.require(!finding.waiver.isEmpty, "请写明不予处罚的理由", "Say why there is no penalty")
        act.notify(.post(.compliance), "一件不实资料认定不予处罚，请知悉", "False data are not penalised; look at the reason")
    }
    /// It was not so: the list that has left stays, and the next one says it.
    package static let reverse = Step<FalseDataFinding>(
        "reverse", "撤销认定", "Take back", from: .found, .penalised, .waived, to: .reversed, by: .either(.compliance, .generalManager),
        notBy: penalise, waive, under: authenticity[22], fields: [\.reversal], isOptional: true, isIrrevocable: true, signs: true
    ) { finding, act in
        finding.reversedOn = act.today
        for penalty in try act.find(\Penalty.finding, is: ID(act.record.id), limit: 100)
        where penalty.state.map(Penalty.live.contains) ?? false {
            try act.take(Penalty.fall, on: penalty.id) { $0.revocation = finding.reversal }
        }
    }
    package static let list = Step<FalseDataFinding>(
        "list", "列入季度清单", "List", from: .found, .penalised, .waived, .reversed, to: nil, by: .system, under: authenticity[22],
        isOptional: true)
    package static let steps = [enterFound, penalise, waive, reverse, list]

    // MARK: Where they come from

    /// 第十一条: a report of a private account, a forged signature or another's contact that was upheld.
    static func enter(_ report: MisconductReport, _ act: Act) throws {
        var finding = FalseDataFinding()
        (finding.source, finding.sourceNo, finding.policyNo) = (.report, act.record.number ?? "", report.policyNo)
        finding.kind =
            switch report.kind {
            case .privateAccount: .privateAccount
            case .forgedSignature: .forgedSignature
            case .falseContact: .contact
            case .unknown: .untrue
            }
        let policy = try report.policyNo.isEmpty ? nil : act.find(\Policy.policyNo, is: report.policyNo, limit: 1).first
        let named = try report.agentNo.isEmpty ? nil : act.find(\Agent.agentNo, is: report.agentNo, limit: 1).first
        let agent = named?.id ?? policy?.value.agent ?? .none
        finding.agents = agent.isNone ? [] : [agent]
        if agent.isNone { finding.agency = policy?.value.agency ?? .none }
        try act.create(finding, by: enterFound, in: act.scope)
    }

    /// An item that was closed with that conclusion.
    static func enter(_ item: Suspicion, _ act: Act) throws {
        var finding = FalseDataFinding()
        (finding.source, finding.sourceNo, finding.agents) = (.suspicion, act.record.number ?? "", item.agents)
        finding.kind = item.kind == .agentContact ? .contact : .untrue
        finding.policyNo = try item.policies.compactMap { try act.load($0)?.value.title }.joined(separator: " ")
        try act.create(finding, by: enterFound, in: act.scope)
    }

    static func enter(_ check: PolicyCheck, _ act: Act) throws {
        var finding = FalseDataFinding()
        (finding.kind, finding.source, finding.policyNo) = (.untrue, .check, check.policyNo)
        finding.sourceNo = try act.load(check.verification)?.record.number ?? ""
        finding.agents = check.agent.isNone ? [] : [check.agent]
        if check.agent.isNone { finding.agency = try act.load(check.policy)?.value.agency ?? .none }
        try act.create(finding, by: enterFound, in: act.scope)
    }

    static func enter(_ report: AgencyReport, _ act: Act) throws {
        var finding = FalseDataFinding()
        (finding.kind, finding.source, finding.sourceNo) = (.untrue, .agency, act.record.number ?? "")
        (finding.agency, finding.policyNo) = (report.agency, report.policyNos)
        try act.create(finding, by: enterFound, in: act.scope)
    }
}
