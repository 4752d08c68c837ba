import Identifiers
import Kernel
import WorkCalendar

/// 业务员: who sells, where, under whom, and until when that is allowed (第九条, 第十条).
package struct Agent: Document {
    package enum State: String, CaseIterable, Sendable { case registered, qualified, suspended }

    package var agentNo = ""
    package var name = ""
    package var channel = Channel.unknown
    package var team = UnitID.none
    package var leader = PersonID.none
    package var phone = ""
    package var address = ""
    package var account = ""
    package var relatives: [Relative] = []
    package var trainingHours = 0
    package var testedOn: Day?
    package var qualifiedUntil: Day?
    package var qualifications: [Qualification] = []
    package var reason = ""
    package var user = PersonID.none
    package var licenceNo = ""
    package var grade = SellerGrade.unknown
    package var registeredOn: Day?
    package var leftOn: Day?
    package var licences: [Licence] = []
    package var attended: [AttendedClass] = []
    package var takenOverFrom = ""
    package init() {}

    package static let name = "agent"
    package var title: String { agentNo }

    package static let form = Form<Agent>(
        "业务员", "Agent",
        states: [
            .registered: .open("未具备销售资格", "Not qualified"), .qualified: .done("具备销售资格", "Qualified"),
            .suspended: .no("停止销售", "Suspended"),
        ],
        readers: [.either(.underwriter, .customerService, .compliance, .trainer), .either(.backOffice, .channelManagement)],
        [
            .text(\.agentNo, "业务员代码", "Agent number").indexed(by: ApplicationNumber.normalForm).listed(),
            .name(\.name, "姓名", "Name").listed(),
            .choice(\.channel, "渠道", "Channel").listed(),
            .unit(\.team, "所属团队", "Team").listed(),
            .person(\.leader, "团队负责人", "Team leader").optional().listed(),
            .person(\.user, "系统用户", "Log-in").optional().onceFilled().hint(
                "业务员本人的账号，用于学习、测试和核对确认", "the agent's own, to learn, to be tested and to confirm"),
            .text(\.licenceNo, "执业登记编号", "Licence number").optional().indexed(by: ApplicationNumber.normalForm).onceFilled(),
            .choice(\.grade, "等级", "Grade").optional().onceFilled().listed(),
            .day(\.registeredOn, "执业登记日期", "Registered on").optional().onceFilled(),
            .day(\.leftOn, "注销日期", "Deregistered on").onceFilled(),
            .lines(\.licences, "执业登记记录", "Registrations").optional().unindexed().onceFilled(),
            .lines(\.attended, "参加的培训", "Classes attended").optional().unindexed().onceFilled(),
            .sealed(\.phone, "电话", "Telephone", .phone),
            .sealed(\.address, "地址", "Address", .address).optional(),
            .sealed(\.account, "银行账号", "Bank account", .account).optional(),
            .lines(\.relatives, "申报的亲属", "Declared relatives").optional(),
            .whole(\.trainingHours, "培训课时", "Class hours", in: 1...99),
            .day(\.testedOn, "专项测试通过日期", "Test passed on"),
            .day(\.qualifiedUntil, "资格有效期至", "Qualified until").listed(),
            .prose(\.takenOverFrom, "补登依据", "Taken over from").onceFilled().longest(500).hint(
                "系统启用前的培训和测试记录在何处；新的资格由培训和测试产生，不在此补登",
                "where class and test from before this system are on record; new qualifications follow from class and test, not from here"),
            .lines(\.qualifications, "销售资格记录", "Qualifications so far").optional().unindexed(),
            .text(\.reason, "停止原因", "Reason"),
        ])

    /// 第十条: the list of those who may sell is right at any time: a qualification ends by itself.
    static let validity: Deadline = Deadline("validity", "资格有效期", "Qualification", under: authenticity[10], takes: lapse)
    package static let deadlines = [validity]

    package static let register = Step<Agent>(
        "register", "登记业务员", "Register", to: .registered, by: .either(.backOffice, .trainer), under: authenticity[11],
        fields: [
            \Agent.agentNo, \Agent.name, \Agent.channel, \Agent.team, \Agent.leader, \Agent.phone, \Agent.address,
            \Agent.account, \Agent.relatives, \Agent.user, \Agent.licenceNo, \Agent.grade, \Agent.registeredOn,
        ]
    ) { agent, act in
        agent.agentNo = ApplicationNumber.normalForm(agent.agentNo)
        try act.require(
            try act.find(\Agent.agentNo, is: agent.agentNo, limit: 1).isEmpty, "该业务员代码已登记",
            "An agent with this number is registered already")
        try agent.requireOwnUser(act)
        try agent.addLicence(act)
        try agent.requireTelephones(act)
        try agent.matchContacts(act)
    }
    package static let lapse = Step<Agent>(
        "lapse", "资格到期", "Lapse", from: .qualified, to: .registered, by: .system, under: authenticity[10], isOptional: true
    ) { agent, act in
        act.notify(.post(.trainer), "业务员 \(agent.agentNo) 的销售资格已到期", "The qualification of agent \(agent.agentNo) has ended")
    }
    package static let suspend = Step<Agent>(
        "suspend", "停止销售", "Suspend", from: .qualified, to: .suspended, by: .either(.trainer, .compliance), under: authenticity[10],
        fields: [\Agent.reason], isOptional: true
    ) { agent, act in
        try agent.keepEarlierQualification(act)
        for index in agent.qualifications.indices where agent.qualifications[index].endedOn == nil {
            agent.qualifications[index].endedOn = act.today
        }
        act.meet(validity)
    }
    package static let amend = Step<Agent>(
        "amend", "更改登记", "Amend", from: .registered, .qualified, .suspended, to: nil, by: .post(.backOffice), under: authenticity[11],
        fields: [\Agent.team, \Agent.leader, \Agent.phone, \Agent.address, \Agent.account, \Agent.relatives, \Agent.user],
        isOptional: true
    ) { agent, act in
        try agent.requireOwnUser(act)
        try agent.requireTelephones(act)
        try agent.matchContacts(act)
    }
    package static let steps = [register, qualify, lapse, suspend, amend] + learningSteps

    /// Whether this is the agent's own name or that of a declared relative.
    func names(_ name: String) -> Bool {
        PersonName.agree(self.name, name) || relatives.contains { PersonName.agree($0.name, name) }
    }

    /// A log-in is one person's, who holds the post of a seller, and one agent's. Who logs in by it sees the own record.
    private func requireOwnUser(_ act: Act) throws {
        guard !user.isNone else {
            if try act.load(ID<Agent>(act.record.id))?.value.user.isNone == false { act.hold(act.requester) }
            return
        }
        act.hold(user)
        try act.require(
            act.organisation.holders(of: Post.seller.id, within: act.scope, on: act.today).contains(user), "该用户没有担任业务员岗位，请先由系统管理员任命",
            "This person does not hold the post of a seller; an administrator appoints first")
        let other = try act.find(\Agent.user, is: user, limit: 1).first?.value.agentNo
        try act.require(
            other == nil, "该用户已对应业务员 \(other ?? "")，一个用户只对应一名业务员", "This log-in is agent \(other ?? "")'s; one log-in is one agent's")
    }
}

/// Whose telephone and address must not stand in for a customer's (第十一条).
package struct Relative: Line {
    package var name = ""
    package var phone = ""
    package var address = ""
    package var account = ""
    package init() {}

    package static let fields: [Field<Relative>] = [
        .name(\.name, "姓名", "Name"),
        .sealed(\.phone, "电话", "Telephone", .phone).optional(),
        .sealed(\.address, "地址", "Address", .address).optional(),
        .sealed(\.account, "银行账号", "Bank account", .account).optional(),
    ]
}
