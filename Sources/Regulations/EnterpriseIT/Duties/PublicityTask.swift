import Kernel
import WorkCalendar

/// 宣传任务: what the publicity plan asks of the centre, each with its day (第二章4).
package struct PublicityTask: Document {
    package enum State: String, CaseIterable, Sendable { case open, delivered, accepted }
    package var topic = "", medium = "", text = "", remark = ""
    package var plan = ID<PublicityPlan>.none
    package var owner = PersonID.none
    package var due: Day?
    package var files: [FileReference] = []
    package init() {}

    package static let name = "publicity-task"
    package var title: String { topic }
    private static let article = enterpriseIT["第二章4"]

    package static let form = Form<PublicityTask>(
        "宣传任务", "Publicity task", number: "宣传任务",
        states: [.open: .open("待完成", "Open"), .delivered: .open("待验收", "Delivered"), .accepted: .done("已完成", "Accepted")],
        readers: [.centre, .post(factoryLeader), .post(.head)],
        [
            .reference(\.plan, "宣传计划", "Plan"), .text(\.topic, "主题", "Topic").code().listed(),
            .text(\.medium, "形式", "Medium").code().listed(),
            .person(\.owner, "责任人", "Owner").listed(), .day(\.due, "完成期限", "Due").listed(), .prose(\.text, "材料", "Material").onceFilled(),
            .files(\.files, "附件", "Files").optional().onceFilled(), .text(\.remark, "退回意见", "Why it is returned").onceFilled(),
        ])

    static let delivering = Deadline(
        "delivering", "按期交稿", "Deliver in time", under: article, escalatesTo: .post(centreDirector), reminders: [.days(3)])
    package static let deadlines = [delivering]

    package static let open = Step<PublicityTask>("open", "下达", "Open", to: .open, by: .system, under: article) { task, act in
        if let due = task.due { act.start(delivering, due: .endOfDay(due)) }
    }
    package static let deliver = Step<PublicityTask>(
        "deliver", "交稿", "Deliver", from: .open, to: .delivered, by: .named(\PublicityTask.owner), under: article,
        fields: [\.text, \.files]
    ) { _, act in act.meet(delivering) }
    package static let accept = Step<PublicityTask>(
        "accept", "验收", "Accept", from: .delivered, to: .accepted, by: .post(centreDirector), notBy: deliver, under: article)
    package static let giveBack = Step<PublicityTask>(
        "return", "退回修改", "Return", from: .delivered, to: .open, by: .post(centreDirector), under: article, fields: [\.remark],
        isOptional: true
    ) { _, act in try act.resume(delivering) }
    package static let steps = [open, deliver, accept, giveBack]
}

/// 宣传计划: made with the publicity department; its lines become tasks (第二章4).
package struct PublicityPlan: Document {
    package enum State: String, CaseIterable, Sendable { case issued }
    package var period: Period?
    package var agreedWith = ""
    package var lines: [PublicityLine] = []
    package init() {}

    package static let name = "publicity-plan"
    package var title: String { period?.words.zh ?? "" }

    package static let form = Form<PublicityPlan>(
        "信息化宣传计划", "Publicity plan", number: "宣传计划", states: [.issued: .done("已下达", "Issued")],
        readers: [.centre, .post(factoryLeader), .post(.head)],
        [
            .period(\.period, "季度", "Quarter", .quarter).listed(), .text(\.agreedWith, "宣传部门意见", "Agreed with the publicity department"),
            .lines(\.lines, "宣传项目", "Items"),
        ])

    package static let issue = Step<PublicityPlan>(
        "issue", "下达计划", "Issue", to: .issued, by: .post(centreDirector), under: enterpriseIT["第二章4"]
    ) { plan, act in
        for line in plan.lines {
            try act.require(
                line.due.map { $0 >= act.today } ?? false, "“\(line.topic)”的期限不能早于今天", "“\(line.topic)” cannot be due before today")
            var task = PublicityTask()
            (task.plan, task.topic, task.medium, task.owner, task.due) = (ID(act.record.id), line.topic, line.medium, line.owner, line.due)
            try act.create(task, by: PublicityTask.open, heldBy: line.owner)
        }
    }
    package static let steps = [issue]
}

package struct PublicityLine: Line {
    package var topic = "", medium = ""
    package var owner = PersonID.none
    package var due: Day?
    package init() {}

    package static let fields: [Field<PublicityLine>] = [
        .text(\.topic, "主题", "Topic").code(), .text(\.medium, "形式", "Medium").code(), .person(\.owner, "责任人", "Owner").unindexed(),
        .day(\.due, "期限", "Due"),
    ]
}
