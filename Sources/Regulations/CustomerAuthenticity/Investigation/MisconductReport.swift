import Kernel

/// 违规举报: an account opened in a customer's name, a signature that is not the customer's, contacts put in the customer's place (第十一条).
/// Whoever works here may report; who reported does not investigate, and who investigated does not decide.
package struct MisconductReport: Document {
    package enum State: String, CaseIterable, Sendable { case reported, assigned, investigated, upheld, unfounded }

    package var kind = Kind.unknown
    package var agentNo = ""
    package var policyNo = ""
    package var account = ""
    package var facts = ""
    package var investigator = PersonID.none
    package var evidence: [FileReference] = []
    package var findings = ""
    package var decision = ""
    package init() {}

    package static let name = "misconduct-report"

    package static let form = Form<MisconductReport>(
        "违规举报", "Misconduct report", number: "举报",
        states: [
            .reported: .open("已举报", "Reported"), .assigned: .open("已指定调查人", "Investigator named"),
            .investigated: .open("已调查", "Investigated"), .upheld: .done("查实", "Upheld"),
            .unfounded: .no("不属实", "Unfounded"),
        ],
        readers: [.either(.compliance, .generalManager)],
        [
            .choice(\.kind, "违规行为", "Misconduct").indexed().listed(),
            .text(\.agentNo, "业务员代码", "Agent number").optional().indexed(by: ApplicationNumber.normalForm).listed(),
            .text(\.policyNo, "保单号", "Policy number").optional().indexed().listed(),
            .sealed(\.account, "涉及账户", "Account concerned", .account).optional(),
            .prose(\.facts, "事实经过", "What happened"),
            .files(\.evidence, "证明材料", "Evidence").optional(),
            .person(\.investigator, "指定调查人", "Investigator"),
            .prose(\.findings, "调查情况", "Findings"),
            .prose(\.decision, "处理意见", "Decision"),
        ])

    package static let report = Step<MisconductReport>(
        "report", "举报", "Report", to: .reported, by: .staff, under: authenticity[11],
        fields: [
            \MisconductReport.kind, \MisconductReport.agentNo, \MisconductReport.policyNo, \MisconductReport.account,
            \MisconductReport.facts, \MisconductReport.evidence,
        ]
    ) { report, act in
        report.agentNo = ApplicationNumber.normalForm(report.agentNo)
        report.policyNo = ApplicationNumber.normalForm(report.policyNo)
        try act.require(
            !(report.agentNo + report.policyNo + report.account).isEmpty, "请至少填写业务员代码、保单号或涉及账户之一，以便调查",
            "Enter the agent, the policy or the account, so that it can be investigated")
        try act.require(
            try report.agentNo.isEmpty || !act.find(\Agent.agentNo, is: report.agentNo, limit: 1).isEmpty, "查无此业务员代码，请核对；不知道的可留空",
            "There is no agent with this number; check it, or leave it empty")
        try act.require(
            try report.policyNo.isEmpty || !act.find(\Policy.policyNo, is: report.policyNo, limit: 1).isEmpty, "查无此保单号，请核对；不知道的可留空",
            "There is no policy with this number; check it, or leave it empty")
        act.notify(
            .either(.compliance, .generalManager), "收到一件违规举报，请调查", "Misconduct was reported; investigate it")
    }.reporting()
    // Where whoever would investigate reported it, or is concerned, the general manager names somebody else.
    package static let appoint = Step<MisconductReport>(
        "appoint", "指定调查人", "Name the investigator", from: .reported, .assigned, to: .assigned,
        by: .either(.compliance, .generalManager), notBy: report, under: authenticity[11], fields: [\MisconductReport.investigator],
        isOptional: true
    ) { report, act in
        try act.require(
            report.investigator != act.requester, "举报人不得调查，请另行指定", "Whoever reported does not investigate; name somebody else")
        act.notify([report.investigator], "请调查一件违规举报", "Investigate a report of misconduct")
    }
    package static let investigate = Step<MisconductReport>(
        "investigate", "调查", "Investigate", from: .reported, .assigned, to: .investigated,
        by: .any([.post(.compliance), .named(\MisconductReport.investigator)]), notBy: report, under: authenticity[11],
        fields: [\MisconductReport.findings, \MisconductReport.evidence])
    package static let uphold = Step<MisconductReport>(
        "uphold", "查实", "Uphold", from: .investigated, to: .upheld, by: .either(.compliance, .generalManager),
        notBy: report, investigate, under: authenticity[11], fields: [\MisconductReport.decision], signs: true
    ) { report, act in try FalseDataFinding.enter(report, act) }
    package static let dismiss = Step<MisconductReport>(
        "dismiss", "认定不属实", "Dismiss", from: .investigated, to: .unfounded, by: .either(.compliance, .generalManager),
        notBy: report, investigate, under: authenticity[11], fields: [\MisconductReport.decision], isOptional: true,
        signs: true)
    package static let steps = [report, appoint, investigate, uphold, dismiss]

    package enum Kind: String, Choosable {
        case unknown = "", privateAccount = "private_account", forgedSignature = "forged_signature", falseContact = "false_contact"

        package var words: Words {
            switch self {
            case .unknown: Words("", "")
            case .privateAccount: Words("利用客户身份私设并控制账户", "Account opened in a customer's name")
            case .forgedSignature: Words("代签名", "Signed for the customer")
            case .falseContact: Words("以他人联系方式代替客户资料", "Another's contact in the customer's place")
            }
        }
    }
}
