import Kernel
import WorkCalendar

/// 改进建议: filed, answered, followed (第十条).
package struct ImprovementProposal: Document {
    package enum State: String, CaseIterable, Sendable { case filed, accepted, declined, done }
    package var subject = "", text = "", answer = "", result = ""
    package var owner = PersonID.none
    package var due: Day?
    package init() {}

    package static let name = "improvement-proposal"
    package var title: String { subject }

    package static let form = Form<ImprovementProposal>(
        "改进建议", "Proposal", number: "建议",
        states: [
            .filed: .open("待答复", "Filed"), .accepted: .open("采纳，办理中", "Accepted"), .declined: .no("未采纳", "Declined"),
            .done: .done("已落实", "Done"),
        ],
        readers: [.office, .management, .specialists],
        [
            .text(\.subject, "事项", "Subject").listed(), .prose(\.text, "建议", "Proposal"), .prose(\.answer, "答复", "Answer").onceFilled(),
            .person(\.owner, "落实人", "Owner").optional().listed(), .day(\.due, "落实期限", "Due").optional().listed(),
            .prose(\.result, "落实情况", "Result").onceFilled(),
        ])

    static let carrying = Deadline("carrying", "按期落实", "Carry out in time", under: school[10], escalatesTo: .post(.generalManager))
    package static let deadlines = [carrying]

    package static let file = Step<ImprovementProposal>(
        "file", "提出建议", "File", to: .filed, by: .staff, under: school[10], fields: [\.subject, \.text])
    package static let accept = Step<ImprovementProposal>(
        "accept", "采纳", "Accept", from: .filed, to: .accepted, by: .management, notBy: file, under: school[10],
        fields: [\.answer, \.owner, \.due]
    ) { proposal, act in
        try act.require(
            !proposal.owner.isNone && proposal.due.map { $0 >= act.today } ?? false, "采纳的须指定落实人和期限",
            "What is accepted has an owner and a day")
        if let due = proposal.due { act.start(carrying, due: .endOfDay(due)) }
        act.hold(proposal.owner)
    }
    package static let decline = Step<ImprovementProposal>(
        "not-accept", "不采纳", "Do not accept", from: .filed, to: .declined, by: .management, notBy: file, under: school[10],
        fields: [\.answer],
        isOptional: true
    ) { proposal, act in try act.require(!proposal.answer.isEmpty, "不采纳的须写明理由", "Say why not") }
    package static let finish = Step<ImprovementProposal>(
        "finish", "已落实", "Done", from: .accepted, to: .done, by: .named(\ImprovementProposal.owner), under: school[10], fields: [\.result]
    ) { _, act in act.meet(carrying) }.task("落实建议", "Carry out the proposal")
    package static let steps = [file, accept, decline, finish]
}

/// 向总经理报告: falls due each month for each of the two specialists (第十条).
package struct ManagerReport: Document {
    package enum State: String, CaseIterable, Sendable { case due, submitted, read }
    package var period = "", content = "", answer = ""
    package var author = PersonID.none
    package init() {}

    package static let name = "manager-report"
    package var title: String { period }

    package static let form = Form<ManagerReport>(
        "向总经理报告", "Report to the general manager", number: "专报",
        states: [.due: .open("待报告", "Due"), .submitted: .open("待审阅", "Submitted"), .read: .done("已审阅", "Read")],
        readers: [.post(.generalManager), .office],
        [
            .text(\.period, "月份", "Month").code().indexed().listed(), .person(\.author, "报告人", "Author").listed(),
            .prose(\.content, "报告内容", "Report"), .text(\.answer, "批示", "Answer").optional().onceFilled(),
        ])

    static let reporting = Deadline("reporting", "按期报告", "Report in time", under: school[10], escalatesTo: .post(.generalManager))
    package static let deadlines = [reporting]

    package static let open = Step<ManagerReport>("open", "到期", "Falls due", to: .due, by: .system, under: school[10]) { _, act in
        act.start(reporting, workingDays: try act.parameter(.managerReportWorkingDays))
    }
    package static let submit = Step<ManagerReport>(
        "submit", "提交报告", "Submit", from: .due, to: .submitted, by: .named(\ManagerReport.author), under: school[10], fields: [\.content]
    ) { report, act in
        try act.require(!report.content.isEmpty, "请写明报告内容", "Write the report")
        act.meet(reporting)
    }
    package static let read = Step<ManagerReport>(
        "review", "审阅", "Read", from: .submitted, to: .read, by: .post(.generalManager), notBy: submit, under: school[10],
        fields: [\.answer])
    package static let steps = [open, submit, read]

    package static let monthly = Duty("manager-reports", "向总经理报告", "Reports to the general manager", under: school[10], .eachMonth) {
        duty in
        for post in [Post.administrativeSpecialist, .marketSpecialist] {
            for person in duty.organisation.holders(of: post.id, within: duty.scope, on: duty.now.day) {
                var report = ManagerReport()
                (report.period, report.author) = (SchoolMonth.name(of: duty.day), person)
                try duty.create(report, by: open, in: duty.organisation.home(of: person, on: duty.now.day), heldBy: person)
            }
        }
    }
}
