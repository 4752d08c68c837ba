import Kernel
import WorkCalendar

/// 处罚: proposed, the seller heard, decided by another, told to compliance, and part of the appraisal of its quarter (第十四条, 第二十二条).
package struct Penalty: Document {
    package enum State: String, CaseIterable, Sendable { case proposed, heard, decided, filed, refused, fallen }

    package enum Measure: String, Choosable {
        case unknown = "", criticism, points, commission, fine, demotion, suspension, termination
        package var words: Words {
            switch self {
            case .unknown: Words("", "")
            case .criticism: Words("通报批评", "Criticism")
            case .points: Words("考核扣分", "Points in the appraisal")
            case .commission: Words("暂缓或扣减佣金", "Commission withheld")
            case .fine: Words("经济处罚", "Fine")
            case .demotion: Words("降级或取消晋升", "Demotion")
            case .suspension: Words("停止销售", "Suspended from selling")
            case .termination: Words("解除合同", "Contract ended")
            }
        }
    }

    package var agent = ID<Agent>.none
    package var agency = ID<Agency>.none
    package var seller = ID<SellerIdentity>.none
    package var codes = ""
    package var finding = ID<FalseDataFinding>.none
    package var verification = ID<ReVerification>.none
    package var matter = ID<CommitteeMatter>.none
    package var measure = Measure.unknown
    package var points = 0
    package var amount: DecimalNumber?
    package var facts = "", statement = "", decision = "", revocation = ""
    package var evidence: [FileReference] = []
    package var proposer = PersonID.none
    package var decidedOn: Day?
    package init() {}

    package static let name = "penalty"
    package var title: String { codes }
    /// Those that stand, or may.
    static let live: Set<State> = [.proposed, .heard, .decided, .filed]

    package static let form = Form<Penalty>(
        "处罚", "Penalty", number: "处罚",
        states: [
            .proposed: .open("已提出", "Proposed"), .heard: .open("已听取陈述，待决定", "Heard"), .decided: .open("已决定，待合规存档", "Decided"),
            .filed: .done("已存档", "Filed"), .refused: .no("不予处罚", "Refused"), .fallen: .no("已撤销", "Fallen"),
        ],
        readers: [.either(.channelManagement, .compliance, .generalManager)],
        [
            .reference(\.agent, "业务员", "Agent").optional().onceFilled(), .reference(\.agency, "中介机构", "Agency").optional().onceFilled(),
            .reference(\.seller, "销售主体", "Seller").optional().onceFilled(), .text(\.codes, "业务员代码或机构", "Seller").code().optional().listed(),
            .reference(\.finding, "不实资料认定", "False data found").optional().onceFilled(),
            .reference(\.verification, "重新核查", "Re-verification").optional().onceFilled(),
            .reference(\.matter, "委员会议题", "Committee's matter").optional().onceFilled(), .choice(\.measure, "处罚措施", "Measure").listed(),
            .whole(\.points, "考核扣分", "Points", in: 0...100).optional().listed(),
            .decimal(\.amount, "扣减佣金或罚款（元）", "Commission withheld or fine, yuan", places: 2, in: 0...10_000_000).optional().onceFilled(),
            .prose(\.facts, "事实", "Facts"), .files(\.evidence, "证据", "Evidence").optional().onceFilled(),
            .person(\.proposer, "提出人", "Proposed by").optional().onceFilled(),
            .prose(\.statement, "陈述申辩", "What the seller says").onceFilled(), .prose(\.decision, "决定", "Decision").onceFilled(),
            .day(\.decidedOn, "决定日期", "Decided on").optional().onceFilled().listed(),
            .prose(\.revocation, "撤销理由", "Why it fell").onceFilled(),
        ])

    package static let propose = Step<Penalty>(
        "propose", "提出处罚", "Propose", to: .proposed, by: .either(.channelManagement, .compliance), under: authenticity[14],
        fields: [\.agent, \.agency, \.finding, \.verification, \.matter, \.measure, \.points, \.amount, \.facts, \.evidence]
    ) { penalty, act in
        penalty.proposer = act.principal.effective
        try penalty.begin(act)
        if let found = try act.load(penalty.finding) {
            try act.require(
                found.state == .penalised, "该认定尚待处罚或已撤销：请在认定上办理“提出处罚”", "Propose it on the finding itself, unless that was taken back")
        }
    }.checking { penalty, check in penalty.checkProposal(check) }
    package static let proposeFound = Step<Penalty>(
        "proposeFound", "按认定或决议提出处罚", "Propose from what was found or resolved", to: .proposed, by: .system, under: authenticity[14]
    ) { penalty, act in try penalty.begin(act) }.checking { penalty, check in penalty.checkProposal(check) }
    package static let hear = Step<Penalty>(
        "hear", "登记陈述申辩", "Record what the seller says", from: .proposed, to: .heard, by: .either(.channelManagement, .compliance),
        under: authenticity[14], fields: [\.statement])
    package static let decide = Step<Penalty>(
        "decide", "决定处罚", "Decide", from: .heard, to: .decided, by: .either(.channelManagement, .generalManager), notBy: propose,
        under: authenticity[14], authenticity[22], fields: [\.measure, \.points, \.amount, \.decision], isIrrevocable: true, signs: true
    ) { penalty, act in
        try penalty.requireAnother(act)
        penalty.decidedOn = act.today
        try penalty.carryOut(act)
        act.notify(.post(.compliance), "一件处罚已决定，请知悉并存档", "A penalty was decided; acknowledge and file it")
    }.checking { penalty, check in penalty.checkAmount(check) }
    package static let refuse = Step<Penalty>(
        "refuse", "不予处罚", "Refuse", from: .proposed, .heard, to: .refused, by: .either(.channelManagement, .generalManager), notBy: propose,
        under: authenticity[14], fields: [\.decision], isOptional: true, signs: true
    ) { penalty, act in try penalty.requireAnother(act) }
    package static let file = Step<Penalty>(
        "acknowledge", "合规知悉存档", "Acknowledge and file", from: .decided, to: .filed, by: .post(.compliance), under: authenticity[14])
    package static let fall = Step<Penalty>(
        "fall", "撤销处罚", "Take back", from: .proposed, .heard, .decided, .filed, to: .fallen, by: .post(.generalManager),
        under: authenticity[14],
        fields: [\.revocation], isOptional: true, signs: true
    ) { penalty, act in
        act.notify(.either(.channelManagement, .compliance), "一件处罚已撤销，请核对考核", "A penalty was taken back; look at the appraisal")
    }
    package static let steps = [propose, proposeFound, hear, decide, refuse, file, fall]

    private mutating func begin(_ act: Act) throws {
        let behind = try SellerIdentity.of(agent: agent, agency: agency, act)
        seller = behind?.id ?? .none
        codes = try act.load(agent)?.value.agentNo ?? act.load(agency)?.value.agencyName ?? ""
    }

    private func checkProposal(_ check: Checking<Penalty>) {
        check.require(
            agent.isNone != agency.isNone, "请选择业务员或中介机构之一", "Name an agent or an agency, one of the two", at: \.agent, \.agency)
        checkAmount(check)
    }

    private func checkAmount(_ check: Checking<Penalty>) {
        let isMoney = measure == .commission || measure == .fine
        check.require(
            !isMoney || (amount ?? 0) > 0, "请填写扣减佣金或罚款的金额", "Enter the amount", at: \.amount, \.measure)
        check.require(measure != .points || points > 0, "请填写考核扣分", "Enter the points", at: \.points, \.measure)
    }

    /// Also where it came from a finding: the system took that step, and somebody proposed.
    private func requireAnother(_ act: Act) throws {
        try act.require(
            proposer != act.person && proposer != act.principal.behalf, "提出处罚的人不得决定，请由另一人办理",
            "Whoever proposed does not decide; somebody else does")
    }

    /// Who is suspended, or whose contract ends, sells nothing more, under none of the numbers.
    private func carryOut(_ act: Act) throws {
        guard measure == .suspension || measure == .termination else { return }
        let all = Set((try act.load(seller)?.value.agents ?? []) + [agent]).filter { !$0.isNone }.sorted { $0.raw < $1.raw }
        for one in all where try act.load(one)?.state == .qualified {
            try act.take(Agent.suspend, on: one) { $0.reason = act.record.number ?? "" }
        }
    }
}
