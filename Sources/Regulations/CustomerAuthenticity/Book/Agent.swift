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
    package init() {}

    package static let name = "agent"
    package var title: String { agentNo }

    package static let form = Form<Agent>(
        "业务员", "Agent",
        states: [
            .registered: .open("未具备销售资格", "Not qualified"), .qualified: .done("具备销售资格", "Qualified"),
            .suspended: .no("停止销售", "Suspended"),
        ],
        readers: [.either(.underwriter, .customerService, .compliance, .trainer), .post(.backOffice)],
        [
            .text(\.agentNo, "业务员代码", "Agent number").indexed(by: ApplicationNumber.normalForm).listed(),
            .name(\.name, "姓名", "Name").listed(),
            .choice(\.channel, "渠道", "Channel").listed(),
            .unit(\.team, "所属团队", "Team").listed(),
            .person(\.leader, "团队负责人", "Team leader").optional().listed(),
            .sealed(\.phone, "电话", "Telephone", .phone),
            .sealed(\.address, "地址", "Address", .address).optional(),
            .sealed(\.account, "银行账号", "Bank account", .account).optional(),
            .lines(\.relatives, "申报的亲属", "Declared relatives").optional(),
            .whole(\.trainingHours, "培训课时", "Class hours", in: 1...99),
            .day(\.testedOn, "专项测试通过日期", "Test passed on"),
            .day(\.qualifiedUntil, "资格有效期至", "Qualified until").listed(),
            .lines(\.qualifications, "销售资格记录", "Qualifications so far").optional(),
            .text(\.reason, "停止原因", "Reason"),
        ])

    /// 第十条: the list of those who may sell is right at any time: a qualification ends by itself.
    static let validity: Deadline = Deadline("validity", "资格有效期", "Qualification", under: authenticity[10], takes: lapse)
    package static let deadlines = [validity]

    package static let register = Step<Agent>(
        "register", "登记业务员", "Register", to: .registered, by: .either(.backOffice, .trainer), under: authenticity[11],
        fields: [
            \Agent.agentNo, \Agent.name, \Agent.channel, \Agent.team, \Agent.leader, \Agent.phone, \Agent.address,
            \Agent.account, \Agent.relatives,
        ]
    ) { agent, act in
        agent.agentNo = ApplicationNumber.normalForm(agent.agentNo)
        try act.require(
            try act.find(\Agent.agentNo, is: agent.agentNo, limit: 1).isEmpty, "该业务员代码已登记",
            "An agent with this number is registered already")
        try agent.requireTelephones(act)
        try agent.matchContacts(act)
    }
    package static let qualify = Step<Agent>(
        "qualify", "授予销售资格", "Qualify", from: .registered, .qualified, .suspended, to: .qualified, by: .post(.trainer),
        under: authenticity[10], authenticity[9], fields: [\Agent.trainingHours, \Agent.testedOn, \Agent.qualifiedUntil],
        isOptional: true,
        signs: true
    ) { agent, act in
        let hours = try act.parameter(.minimumTrainingHours)
        try act.require(
            agent.trainingHours >= hours, "培训不少于\(hours)个课时，方可授予资格", "At least \(hours) class hours come before the qualification",
            under: authenticity[9])
        guard let tested = agent.testedOn, let until = agent.qualifiedUntil else { return }
        try act.require(
            tested <= act.today && tested < until, "专项测试须已通过，且资格在测试之后届满", "The test must be passed, and the qualification end after it")
        try act.require(
            act.today <= until, "资格有效期已过，请填写今天或以后的日期", "The qualification has ended already; enter today or a later day")
        let months = try act.parameter(.longestQualificationMonths)
        try act.require(
            until <= tested.adding(months: months), "资格自测试通过之日起最长 \(months) 个月，最晚 \(tested.adding(months: months))，请改早或重新测试",
            "A qualification lasts \(months) months from the test at most, until \(tested.adding(months: months)); choose an earlier day, "
                + "or have the test taken again")
        try agent.keepEarlierQualification(act)
        agent.qualifications.append(Qualification(hours: agent.trainingHours, tested: tested, until: until, by: act.person))
        act.restart(validity, due: .endOfDay(until))
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
        fields: [\Agent.team, \Agent.leader, \Agent.phone, \Agent.address, \Agent.account, \Agent.relatives], isOptional: true
    ) { agent, act in
        try agent.requireTelephones(act)
        try agent.matchContacts(act)
    }
    package static let steps = [register, qualify, lapse, suspend, amend]

    /// Whether this is the agent's own name or that of a declared relative.
    func names(_ name: String) -> Bool {
        PersonName.agree(self.name, name) || relatives.contains { PersonName.agree($0.name, name) }
    }

    /// 第十条: might sell on this day, by the qualification that was in force then. What was signed before it ended may come in after it; a
    /// later test makes nothing good and spoils nothing.
    func isQualified(on day: Day, state: State?) -> Bool {
        if !qualifications.isEmpty { return qualifications.contains { $0.isInForce(on: day) } }
        // Recorded before qualifications had a history.
        guard state != .suspended, let tested = testedOn, let until = qualifiedUntil else { return false }
        return tested <= day && day <= until
    }

    /// The qualification that stood in the record before qualifications had a history.
    private mutating func keepEarlierQualification(_ act: Act) throws {
        guard qualifications.isEmpty, let before = try act.load(ID<Agent>(act.record.id)), let tested = before.value.testedOn,
            let until = before.value.qualifiedUntil
        else { return }
        var earlier = Qualification(hours: before.value.trainingHours, tested: tested, until: until, by: .none)
        if before.state == .suspended { earlier.endedOn = before.record.changed.day }
        qualifications = [earlier]
    }
}

/// One qualification to sell: by which test, until when, and the day on which it was taken away (第十条).
package struct Qualification: Line {
    package var trainingHours = 0
    package var testedOn: Day?
    package var until: Day?
    package var endedOn: Day?
    package var grantedBy = PersonID.none
    package init() {}

    init(hours: Int, tested: Day, until: Day, by person: PersonID) {
        (trainingHours, testedOn, self.until, grantedBy) = (hours, tested, until, person)
    }

    package static let fields: [Field<Qualification>] = [
        .whole(\.trainingHours, "培训课时", "Class hours", in: 0...99), .day(\.testedOn, "测试通过日期", "Test passed on"),
        .day(\.until, "有效期至", "Until"), .day(\.endedOn, "停止日期", "Taken away on").optional(),
        .person(\.grantedBy, "授予人", "Granted by").optional(),
    ]

    func isInForce(on day: Day) -> Bool {
        guard let testedOn, let until else { return false }
        return testedOn <= day && day <= until && (endedOn.map { day < $0 } ?? true)
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
