import Kernel
import WorkCalendar

/// 服务单: asked, taken, solved, and over when the asker says so. Its clocks run in working hours and stand while the asker is waited for
/// (第二章21).
package struct ServiceTicket: Document {
    package enum State: String, CaseIterable, Sendable { case open, assigned, waiting, solved, closed }
    package var subject = "", what = "", device = "", note = "", solution = ""
    package var kind = TicketKind.none
    package var urgency = Weight.none, impact = Weight.none
    package var priority = Priority.none
    package var assignee = PersonID.none, asker = PersonID.none
    package var mail: [FileReference] = []
    package var due: Moment?, ownedAt: Moment?, solvedAt: Moment?
    package var log: [TicketEvent] = []
    package var isLate = false
    package var reopened = 0, minutes = 0
    package var article = ID<KnowledgeArticle>.none
    package var satisfaction = Satisfaction.none
    package init() {}

    package static let name = "service-ticket"
    package var title: String { subject }

    package static let form = Form<ServiceTicket>(
        "服务单", "Service ticket", number: "服务",
        states: [
            .open: .open("待受理", "Open"), .assigned: .open("处理中", "In hand"), .waiting: .open("等待申请人", "Waiting for the asker"),
            .solved: .open("待申请人确认", "To be confirmed"), .closed: .done("已确认解决", "Confirmed"),
        ],
        readers: [.centre, .head], TicketFields.all)

    static let owning = Deadline("owning", "限时受理", "Take it up in time", under: enterpriseIT["第二章21"], escalatesTo: .post(centreDirector))
        .tells(
            .named(\ServiceTicket.asker), "服务台还没有在承诺的时间内受理您的服务单，已请信息中心主任督办，您不必办理",
            "the desk has not taken it up in the time promised; the director sees to it, and you need do nothing")
    static let solving = Deadline("solving", "限时解决", "Solve it in time", under: enterpriseIT["第二章21"], escalatesTo: .post(centreDirector))
        .tells(
            .named(\ServiceTicket.asker), "服务台还没有在承诺的时间内解决您的服务单，已请信息中心主任督办，您不必办理",
            "the desk has not solved it in the time promised; the director sees to it, and you need do nothing")
    package static let deadlines = [owning, solving]
    private static let desk = Who.either(.serviceDesk, .networkStaff, centreDirector)
    private static let article21 = enterpriseIT["第二章21"]

    package static let ask = Step<ServiceTicket>(
        "ask", "提出", "Ask", to: .open, by: .staff, under: article21, fields: [\.subject, \.what, \.kind, \.urgency, \.device]
    ) { ticket, act in
        ticket.asker = act.principal.effective
        try begin(act)
    }
    /// Out of hours the clock begins with the next hour that is worked; it is never without one.
    static func begin(_ act: Act) throws {
        let hours = Int64(try act.parameter(.ownHours)) * 3_600_000
        act.start(owning, due: ServiceHours(act.calendar).end(of: hours, from: act.now))
    }
    package static let take = Step<ServiceTicket>(
        "take", "受理并分派", "Take up", from: .open, to: .assigned, by: desk, under: article21, fields: [\.impact, \.assignee]
    ) { ticket, act in
        (ticket.priority, ticket.ownedAt) = (Priority.of(ticket.urgency, ticket.impact), act.now)
        act.meet(owning)
        try ticket.run(act)
    }
    package static let reassign = Step<ServiceTicket>(
        "reassign", "改派", "Reassign", from: .assigned, .waiting, to: nil, by: desk, under: article21, fields: [\.assignee], isOptional: true
    )
    /// The target is reckoned anew from the opening and not from now; what had run out stays broken.
    package static let reprioritise = Step<ServiceTicket>(
        "reprioritise", "调整优先级", "Change the priority", from: .assigned, to: nil, by: desk, under: article21,
        fields: [\.urgency, \.impact, \.note], isOptional: true
    ) { ticket, act in
        ticket.priority = Priority.of(ticket.urgency, ticket.impact)
        try ticket.move(act)
    }
    /// 重大: beside the matrix, and by the director alone.
    package static let makeMajor = Step<ServiceTicket>(
        "makeMajor", "定为重大", "Make it major", from: .assigned, to: nil, by: .post(centreDirector), under: article21, fields: [\.note],
        isOptional: true
    ) { ticket, act in
        ticket.priority = .major
        try ticket.move(act)
    }
    package static let wait = Step<ServiceTicket>(
        "wait", "等待申请人", "Wait for the asker", from: .assigned, to: .waiting, by: .named(\ServiceTicket.assignee), under: article21,
        fields: [\.note], isOptional: true
    ) { ticket, act in ticket.stop(act) }
    package static let answer = Step<ServiceTicket>(
        "answer", "答复，继续处理", "Answer", from: .waiting, to: .assigned,
        by: .any([.named(\ServiceTicket.asker), .requester, .named(\ServiceTicket.assignee)]),
        notBy: askByMail,
        under: article21, fields: [\.note]
    ) { ticket, act in
        ticket.log.append(TicketEvent(.resume, act, ticket.note))
        try ticket.run(act)
    }
    package static let solve = Step<ServiceTicket>(
        "solve", "解决", "Solve", from: .assigned, to: .solved, by: .named(\ServiceTicket.assignee), under: article21,
        fields: [\.solution, \.article]
    ) { ticket, act in
        let hours = ServiceHours(act.calendar), opened = act.record.created
        ticket.minutes = Int(ticket.clock(from: opened).spent(at: act.now, hours) / 60_000)
        ticket.isLate = ticket.isLate || (ticket.due.map { $0 < act.now } ?? false)
        ticket.solvedAt = act.now
        ticket.stop(act)
    }
    package static let confirm = Step<ServiceTicket>(
        "confirm", "确认解决", "Confirm", from: .solved, to: .closed, by: .any([.named(\ServiceTicket.asker), .requester]),
        notBy: askByMail, under: article21, fields: [\.satisfaction])
    package static let reopen = Step<ServiceTicket>(
        "reopen", "未解决，退回", "Not solved", from: .solved, to: .assigned, by: .any([.named(\ServiceTicket.asker), .requester]),
        notBy: askByMail, under: article21, fields: [\.note], isOptional: true
    ) { ticket, act in
        ticket.reopened += 1
        ticket.log.append(TicketEvent(.resume, act, ticket.note))
        try ticket.run(act)
    }
    package static let steps = [ask, askByMail, take, reassign, reprioritise, makeMajor, wait, answer, solve, confirm, reopen]

    // MARK: The clock

    func clock(from opened: Moment) -> ServiceClock {
        ServiceClock(opened: opened, log: log.compactMap { entry in entry.at.map { ($0, entry.kind == .pause ? .pause : .resume) } })
    }

    private func target(_ act: Act) throws -> Moment? {
        let hours = try act.parameter(priority.parameter)
        return clock(from: act.record.created).target(hours: hours, ServiceHours(act.calendar))
    }

    private mutating func run(_ act: Act) throws {
        due = try target(act)
        guard let due else { return }
        act.start(Self.solving, due: due, since: act.now) { act.organisation.name(assignee) }
    }

    private mutating func move(_ act: Act) throws {
        isLate = isLate || (due.map { $0 < act.now } ?? false)
        due = try target(act)
        guard let due else { return }
        act.restart(Self.solving, due: due, since: act.record.created) { act.organisation.name(assignee) }
    }

    private mutating func stop(_ act: Act) {
        isLate = isLate || (due.map { $0 < act.now } ?? false)
        log.append(TicketEvent(.pause, act, note))
        act.meet(Self.solving)
    }
}

enum TicketFields {
    static let all: [Field<ServiceTicket>] = [
        .files(\.mail, "邮件", "Message").hint("邮件程序另存的 .eml 文件", "the .eml that a mail program saves").onceFilled(),
        .person(\.asker, "申请人", "Asker").optional().listed().hint("不填则按发件人认定", "empty: whoever wrote it"),
        .text(\.subject, "标题", "Subject").listed(), .prose(\.what, "情况", "What"), .choice(\.kind, "类别", "Kind").indexed().listed(),
        .choice(\.urgency, "紧急程度", "Urgency"),
        .text(\.device, "设备编号", "Device").indexed().optional().hint("标签上的资产编号", "the asset number on its label").onceFilled(),
        .choice(\.impact, "影响范围", "Impact").onceFilled(), .choice(\.priority, "优先级", "Priority").optional().indexed().listed().onceFilled(),
        .person(\.assignee, "处理人", "Assigned to").listed().onceFilled(), .moment(\.due, "解决时限", "Target").optional().listed().onceFilled(),
        .prose(\.note, "说明", "Note").onceFilled(), .prose(\.solution, "解决办法", "Solution").onceFilled(),
        .reference(\.article, "知识条目", "Knowledge article").optional().onceFilled(),
        .choice(\.satisfaction, "满意程度", "Satisfaction").onceFilled(),
        .lines(\.log, "计时记录", "Log of the clock").optional().onceFilled(), .flag(\.isLate, "超时", "Late").onceFilled(),
        .whole(\.reopened, "退回次数", "Times reopened", in: 0...1000).optional().onceFilled(),
        .whole(\.minutes, "处理工时（分钟）", "Working minutes", in: 0...10_000_000).optional().onceFilled(),
        .moment(\.ownedAt, "受理时间", "Taken up").optional().onceFilled(),
        .moment(\.solvedAt, "解决时间", "Solved").optional().onceFilled(),
    ]
}
