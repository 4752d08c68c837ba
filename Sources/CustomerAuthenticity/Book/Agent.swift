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
    package var relatives: [Relative] = []
    package var trainingHours = 0
    package var testedOn: Day?
    package var qualifiedUntil: Day?
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
            .text(\.agentNo, "业务员代码", "Agent number").indexed().listed(),
            .name(\.name, "姓名", "Name").listed(),
            .choice(\.channel, "渠道", "Channel").listed(),
            .unit(\.team, "所属团队", "Team").listed(),
            .person(\.leader, "团队负责人", "Team leader").optional().listed(),
            .sealed(\.phone, "电话", "Telephone", .phone),
            .sealed(\.address, "地址", "Address", .address).optional(),
            .lines(\.relatives, "申报的亲属", "Declared relatives").optional(),
            .whole(\.trainingHours, "培训课时", "Class hours", in: 1...99),
            .day(\.testedOn, "专项测试通过日期", "Test passed on"),
            .day(\.qualifiedUntil, "资格有效期至", "Qualified until").listed(),
            .text(\.reason, "停止原因", "Reason"),
        ])

    /// 第十条: the list of those who may sell is right at any time: a qualification ends by itself.
    static let validity = Deadline("validity", "资格有效期", "Qualification", under: authenticity[10], takes: "lapse")
    package static let deadlines = [validity]

    package static let steps: [Step<Agent>] = [
        Step(
            "register", "登记业务员", "Register", to: .registered, by: .either(.backOffice, .trainer), under: authenticity[11],
            asks: [
                \Agent.agentNo, \Agent.name, \Agent.channel, \Agent.team, \Agent.leader, \Agent.phone, \Agent.address, \Agent.relatives,
            ]
        ) { agent, act in
            try act.require(
                try act.find(\Agent.agentNo, is: agent.agentNo, limit: 1).isEmpty, "该业务员代码已登记",
                "An agent with this number is registered already")
            try agent.requireTelephones(act)
            try agent.matchContacts(act)
        },
        Step(
            "qualify", "授予销售资格", "Qualify", from: .registered, .qualified, .suspended, to: .qualified, by: .post(.trainer),
            under: authenticity[10], authenticity[9], asks: [\Agent.trainingHours, \Agent.testedOn, \Agent.qualifiedUntil],
            isOptional: true,
            signs: true
        ) { agent, act in
            let hours = try act.parameter("minimumTrainingHours")
            try act.require(
                agent.trainingHours >= hours, "培训不少于\(hours)个课时，方可授予资格", "At least \(hours) class hours come before the qualification",
                under: authenticity[9])
            guard let tested = agent.testedOn, let until = agent.qualifiedUntil else { return }
            try act.require(
                tested <= act.today && tested < until, "专项测试须已通过，且资格在测试之后届满", "The test must be passed, and the qualification end after it")
            try act.require(
                act.today <= until, "资格有效期已过，请填写今天或以后的日期", "The qualification has ended already; enter today or a later day")
            act.restart(validity, due: .endOfDay(until))
        },
        Step(
            "lapse", "资格到期", "Lapse", from: .qualified, to: .registered, by: .system, under: authenticity[10], isOptional: true
        ) { agent, act in
            act.notify(.post(.trainer), "业务员 \(agent.agentNo) 的销售资格已到期", "The qualification of agent \(agent.agentNo) has ended")
        },
        Step(
            "suspend", "停止销售", "Suspend", from: .qualified, to: .suspended, by: .either(.trainer, .compliance), under: authenticity[14],
            asks: [\Agent.reason], isOptional: true
        ) { _, act in act.meet(validity) },
        Step(
            "amend", "更改登记", "Amend", from: .registered, .qualified, .suspended, to: nil, by: .post(.backOffice), under: authenticity[11],
            asks: [\Agent.team, \Agent.leader, \Agent.phone, \Agent.address, \Agent.relatives], isOptional: true
        ) { agent, act in
            try agent.requireTelephones(act)
            try agent.matchContacts(act)
        },
    ]

    /// Whether this is the agent's own name or that of a declared relative.
    func names(_ name: String) -> Bool {
        PersonName.agree(self.name, name) || relatives.contains { PersonName.agree($0.name, name) }
    }

    /// 第十条: may sell on this day. What was signed before the qualification ended may come in after it.
    func isQualified(on day: Day, state: State?) -> Bool {
        guard state != .suspended, let tested = testedOn, let until = qualifiedUntil else { return false }
        return tested <= day && day <= until
    }
}

/// Whose telephone and address must not stand in for a customer's (第十一条).
package struct Relative: Line {
    package var name = ""
    package var phone = ""
    package var address = ""
    package init() {}

    package static let fields: [Field<Relative>] = [
        .name(\.name, "姓名", "Name"),
        .sealed(\.phone, "电话", "Telephone", .phone).optional(),
        .sealed(\.address, "地址", "Address", .address).optional(),
    ]
}
