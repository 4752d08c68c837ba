import Kernel
import WorkCalendar

/// 文件拟稿: general documents, with their versions and what reviewers said (第二十一条).
package struct WrittenDraft: Document {
    package enum State: String, CaseIterable, Sendable { case review, returned, agreed }
    package var subject = "", text = "", note = "", comment = ""
    package var reviewer = PersonID.none
    package var versions: [TextVersion] = []
    package init() {}

    package static let name = "written-draft"
    package var title: String { subject }

    package static let form = Form<WrittenDraft>(
        "文件拟稿", "Draft", number: "拟稿",
        states: [.review: .open("待审阅", "In review"), .returned: .open("退回修改", "Returned"), .agreed: .done("定稿", "Agreed")],
        readers: [.post(.administrativeSpecialist), .office],
        [
            .text(\.subject, "题目", "Subject").listed(), .prose(\.text, "文稿", "Text"), .person(\.reviewer, "审阅人", "Reviewer").listed(),
            .text(\.note, "修改说明", "What changed").optional(), .prose(\.comment, "审阅意见", "Comment").optional().onceFilled(),
            .lines(\.versions, "历次文稿", "Versions").longest(200).onceFilled(),
        ])

    package static let write = Step<WrittenDraft>(
        "write", "拟稿", "Write", to: .review, by: .either(.administrativeSpecialist, .head), under: school[21],
        fields: [\.subject, \.text, \.reviewer]
    ) { draft, act in
        try act.require(draft.reviewer != act.person, "审阅人不能是拟稿人", "The reviewer is somebody else")
        TextVersion.append(draft.text, [], "", to: &draft.versions, by: act.person)
    }
    package static let giveBack = Step<WrittenDraft>(
        "return", "退回修改", "Return", from: .review, to: .returned, by: .named(\WrittenDraft.reviewer), notBy: write, under: school[21],
        fields: [\.comment], isOptional: true
    ) { draft, act in try act.require(!draft.comment.isEmpty, "请写明审阅意见", "Say what is to be changed") }
    package static let revise = Step<WrittenDraft>(
        "revise", "修改", "Revise", from: .returned, .review, to: .review, by: .requester, under: school[21], fields: [\.text, \.note]
    ) { draft, act in
        TextVersion.append(draft.text, [], draft.note, to: &draft.versions, by: act.person)
        draft.note = ""
    }
    package static let agree = Step<WrittenDraft>(
        "agree", "同意定稿", "Agree", from: .review, to: .agreed, by: .named(\WrittenDraft.reviewer), notBy: write, under: school[21],
        fields: [\.comment], signs: true)
    package static let steps = [write, giveBack, revise, agree]
}

/// 交办事项: with a day by which it is done (第二十一条).
package struct AssignedTask: Document {
    package enum State: String, CaseIterable, Sendable { case assigned, reported, done }
    package var what = "", result = "", answer = ""
    package var owner = PersonID.none, origin = PersonID.none
    package var due: Day?
    package init() {}

    package static let name = "assigned-task"
    package var title: String { what }

    package static let form = Form<AssignedTask>(
        "交办事项", "Assigned task", number: "交办",
        states: [.assigned: .open("办理中", "Assigned"), .reported: .open("待确认", "Reported"), .done: .done("办结", "Done")],
        readers: [.management],
        [
            .text(\.what, "事项", "What").listed(), .person(\.owner, "承办人", "Owner").listed(), .day(\.due, "期限", "Due").listed(),
            .person(\.origin, "原承办人（交接）", "Owner before the handover").unindexed().optional().onceFilled(),
            .prose(\.result, "办理情况", "Result").onceFilled(), .text(\.answer, "意见", "Answer").optional().onceFilled(),
        ])

    static let finishing = Deadline("finishing", "按期办结", "Finish in time", under: school[21], escalatesTo: .requester)
    package static let deadlines = [finishing]

    package static let assign = Step<AssignedTask>(
        "assign", "交办", "Assign", to: .assigned, by: .any([.management, .post(.head), .post(.informationOffice)]), under: school[21],
        fields: [\.what, \.owner, \.due]
    ) { task, act in
        try act.require(task.due.map { $0 >= act.today } ?? false, "期限不能早于今天", "It is due on a day to come")
        if let due = task.due { act.start(finishing, due: .endOfDay(due)) }
        // Whoever is handing over gets nothing new: it is the successor's, and says whose it would have been.
        if let successor = try StaffHandover.successor(of: task.owner, act), successor != act.person {
            (task.owner, task.origin) = (successor, task.owner)
        }
        act.hold(task.owner)
    }
    /// With the handover of whoever had it; its clock runs on.
    package static let handOver = Step<AssignedTask>(
        "hand-over", "随交接变更", "Pass on with a handover", from: .assigned, to: nil, by: .system, under: school[14]
    ) { task, act in act.hold(task.owner) }
    package static let report = Step<AssignedTask>(
        "report", "报告办理情况", "Report", from: .assigned, to: .reported, by: .named(\AssignedTask.owner), under: school[21], fields: [\.result]
    ) { task, act in
        try act.require(!task.result.isEmpty, "请写明办理情况", "Say what was done")
        act.meet(finishing)
    }
    package static let confirm = Step<AssignedTask>(
        "confirm", "确认办结", "Confirm", from: .reported, to: .done, by: .requester, notBy: report, under: school[21], fields: [\.answer])
    package static let giveBack = Step<AssignedTask>(
        "return", "未办结，退回", "Return", from: .reported, to: .assigned, by: .requester, notBy: report, under: school[21],
        fields: [\.answer], isOptional: true
    ) { task, act in
        try act.require(!task.answer.isEmpty, "请写明还须办理什么", "Say what is missing")
        try act.resume(finishing)
    }
    package static let steps = [assign, handOver, report, confirm, giveBack]
}
