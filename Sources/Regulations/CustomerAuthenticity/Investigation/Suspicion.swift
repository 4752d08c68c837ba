import Kernel
import WorkCalendar

/// 可疑问题件: a value that two different customers share, or that is an agent's own, and the chase after the truth (第七条, 第十三条).
package struct Suspicion: Document {
    package enum State: String, CaseIterable, Sendable {
        case noticed, listed, distributed, received, investigating, evidenced, verified, closed
    }

    package var kind = Kind.unknown
    package var phone = ""
    package var account = ""
    package var address = ""
    package var documentNumber = ""
    package var customers: [ID<Customer>] = []
    package var policies: [ID<Policy>] = []
    package var agents: [ID<Agent>] = []
    package var channel = Channel.unknown
    package var channels = ""
    package var day: Day?
    package var channelUnit = UnitID.none
    package var leader = PersonID.none
    package var callBackOn: Day?
    package var coolingOffEnd: Day?
    package var investigator = PersonID.none
    package var report = ""
    package var evidence: [FileReference] = []
    package var statements: [FileReference] = []
    package var signedReport: [FileReference] = []
    package var collector = PersonID.none
    package var investigateBy: Day?
    package var warnings = ""
    package var isSignedByCustomer = false
    package var reasonWithout = ""
    package var returnReason = ""
    package var conclusion = Conclusion.open
    package var correction = ID<Correction>.none
    package init() {}

    package static let name = "suspicion"
    package static var summary: [PartialKeyPath<Suspicion>] { [\.kind, \.phone, \.account, \.customers, \.agents] }

    package static let form = Form<Suspicion>(
        "可疑问题件", "Suspicious item", number: "问题件",
        states: [
            .noticed: .open("已发现", "Noticed"), .listed: .open("已列入清单", "Listed"), .distributed: .open("已分发", "Distributed"),
            .received: .open("已接收", "Received"), .investigating: .open("排查中", "Investigating"),
            .evidenced: .open("取证完毕", "Evidence complete"), .verified: .open("已核实", "Verified"), .closed: .done("已结案", "Closed"),
        ],
        readers: [.either(.customerService, .compliance)],
        [
            .choice(\.kind, "线索", "Clue").indexed().listed(),
            .sealed(\.phone, "电话", "Telephone", .phone).optional().listed(),
            .sealed(\.account, "银行账号", "Bank account", .account).optional().listed(),
            .sealed(\.address, "地址", "Address", .address).optional(),
            .sealed(\.documentNumber, "证件号码", "Document number", .document).optional(),
            .references(\.customers, "涉及客户", "Customers").subject().listed(),
            .references(\.policies, "涉及保单", "Policies").optional(),
            .references(\.agents, "业务员", "Agents").optional().listed(),
            .choice(\.channel, "主要渠道", "Main channel").optional().indexed(),
            .codes(\.channels, "渠道", "Channels", Channel.choices).optional(),
            .day(\.day, "发现日期", "Noticed on").optional().indexed().listed(),
            .unit(\.channelUnit, "排查单位", "Investigating unit"),
            .person(\.leader, "团队负责人", "Team leader").optional(),
            .day(\.callBackOn, "犹豫期回访日期", "Call-back on").optional().hint(
                "有保单尚未签收或在犹豫期内的，必须填写", "needed while a policy is not received yet, or within its cooling-off"),
            .day(\.coolingOffEnd, "犹豫期届满", "Cooling-off ends").optional(),
            .person(\.investigator, "排查人", "Investigator").optional(),
            .day(\.investigateBy, "排查期限", "To be investigated by").optional(),
            .codes(\.warnings, "提示", "Warnings", Warning.allCases.map { .init(value: $0.rawValue, words: $0.words) }).optional().listed(),
            .prose(\.report, "调查情况", "Findings"),
            .files(\.evidence, "客户证明材料", "The customer's evidence").demanded(
                "取证完毕前须附，或写明无需的理由", "needed before the evidence is complete, or say why not"),
            .files(\.statements, "机构、业务人员的情况说明", "Statements of agency or agent").optional(),
            .files(\.signedReport, "内勤签署的调查报告", "Report signed by the back office").optional(),
            .person(\.collector, "取证人", "Evidence collected by").optional(),
            .flag(\.isSignedByCustomer, "已取得客户亲笔签名", "Signed by the customer"),
            .text(\.reasonWithout, "无需证明材料或签名的理由", "Why no evidence or signature is needed").optional(),
            .text(\.returnReason, "退回理由", "Reason for the return"),
            .choice(\.conclusion, "结论", "Conclusion"),
            .reference(\.correction, "更正记录", "Correction").optional(),
        ])

    package init(_ kind: Kind, _ sealed: SealedKind, _ value: String, on day: Day) {
        self.kind = kind
        self.day = day
        switch sealed {
        case .account: account = value
        case .address: address = value
        case .document: documentNumber = value
        default: phone = value
        }
    }

    mutating func add(customers more: [ID<Customer>], policies morePolicies: [ID<Policy>], agents moreAgents: [ID<Agent>]) {
        for customer in more where !customers.contains(customer) { customers.append(customer) }
        for policy in morePolicies where !policies.contains(policy) { policies.append(policy) }
        for agent in moreAgents where !agents.contains(agent) { agents.append(agent) }
    }

    package enum Kind: String, Choosable {
        case unknown = "", phone, account, agentContact = "agent_contact", callBack = "call_back", identity

        package var words: Words {
            switch self {
            case .unknown: Words("", "")
            case .phone: Words("不同客户使用同一电话", "One telephone, different customers")
            case .account: Words("不同客户使用同一银行账号", "One bank account, different customers")
            case .agentContact: Words("以业务员等的联系方式代替客户资料", "An agent's contact in the customer's place")
            case .callBack: Words("回访中发现", "Found by call-back")
            case .identity: Words("同一证件号码，不同姓名或出生日期", "One document, different names or dates of birth")
            }
        }
    }

    /// What has to be seen to earlier than its own limit says.
    package enum Warning: String, CaseIterable, Sendable {
        case investigationTooLate = "investigation_too_late"

        var words: Words {
            switch self {
            case .investigationTooLate:
                Words(
                    "排查期限晚于回访或犹豫期届满，请提前完成",
                    "The limit of the investigation lies after the call-back or the cooling-off; finish before these")
            }
        }
    }

    package enum Conclusion: String, Choosable {
        case open = "", genuine, corrected, falseData = "false_data", samePerson = "same_person"

        package var words: Words {
            switch self {
            case .open: Words("", "")
            case .genuine: Words("属实，资料无误", "Genuine, data correct")
            case .corrected: Words("资料有误，已更正", "Data were wrong and are corrected")
            case .falseData: Words("提供不实资料", "False data were given")
            case .samePerson: Words("系同一人，已并档", "One person, whose records were joined")
            }
        }
    }
}
