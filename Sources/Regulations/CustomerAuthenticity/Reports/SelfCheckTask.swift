import Kernel
import WorkCalendar

/// 自查整改任务: what a unit has to put right of what the self-check found among its customers (第二十六条).
package struct SelfCheckTask: Document {
    package enum State: String, CaseIterable, Sendable { case open, reported, closed }

    package var check = ID<SelfCheck>.none
    package var unit = UnitID.none
    package var count = 0
    package var rules = ""
    package var rows: [FileReference] = []
    package var isCut = false
    package var corrected = 0
    package var remaining = 0
    package var explanation = ""
    package var evidence: [FileReference] = []
    package var objection = ""
    package init() {}

    package static let name = "self-check-task"

    private static let many = 0...1_000_000_000
    package static let form = Form<SelfCheckTask>(
        "自查整改任务", "Task of a self-check", number: "整改",
        states: [.open: .open("待整改", "To be put right"), .reported: .open("待核实", "To be verified"), .closed: .done("已办结", "Done")],
        readers: [.either(.customerService, .compliance)],
        [
            .reference(\.check, "自查报告", "Self-check").listed(), .unit(\.unit, "单位", "Unit").listed(),
            .whole(\.count, "不合规行数", "Rows refused", in: many).listed(), .codes(\.rules, "涉及规则", "Rules", SelfCheckRule.choices).optional(),
            .files(\.rows, "不合规行清单", "Rows refused, listed").optional(), .flag(\.isCut, "清单只列前部", "The list holds the first ones alone"),
            .whole(\.corrected, "已更正行数", "Rows put right", in: many).onceFilled(),
            .whole(\.remaining, "未更正行数", "Rows that remain", in: many).onceFilled(),
            .prose(\.explanation, "整改情况", "What was done").onceFilled(), .files(\.evidence, "附件", "Papers").optional().onceFilled(),
            .text(\.objection, "退回原因", "Why it is sent back").onceFilled(),
        ])

    static let limit = Deadline(
        "limit", "整改期限", "To be put right", under: authenticity[26], escalatesTo: .either(.customerService, .compliance),
        ofWorkingDays: true)
    package static let deadlines = [limit]

    private static let responsible = Who.any([.post(.backOffice, of: \SelfCheckTask.unit), .post(.customerService)])

    package static let open = Step<SelfCheckTask>(
        "open", "下达", "Open", to: .open, by: .system, under: authenticity[26]
    ) { task, act in
        act.start(limit, workingDays: try act.parameter(.selfCheckWorkingDays), belated: true)
        act.notify(responsible, "自查发现 \(task.count) 行不合规，请整改", "The self-check found \(task.count) rows to be put right")
    }
    package static let report = Step<SelfCheckTask>(
        "report", "报告整改", "Report", from: .open, to: .reported, by: responsible, under: authenticity[26],
        fields: [\.corrected, \.remaining, \.explanation, \.evidence]
    ) { task, act in
        try act.require(
            task.corrected + task.remaining == task.count, "已更正与未更正之和应为 \(task.count) 行，请核对",
            "Rows put right and rows that remain are \(task.count) together; check them")
    }
    package static let close = Step<SelfCheckTask>(
        "close", "核实办结", "Verify and close", from: .reported, to: .closed, by: .either(.customerService, .compliance), notBy: report,
        under: authenticity[26], signs: true
    ) { task, act in
        act.meet(limit)
        guard let check = try act.load(task.check), check.state == .recorded else { return }
        try act.take(check.value.open <= 1 ? SelfCheck.finish : SelfCheck.settle, on: task.check)
    }
    package static let giveBack = Step<SelfCheckTask>(
        "giveBack", "退回", "Send back", from: .reported, to: .open, by: .either(.customerService, .compliance), notBy: report,
        under: authenticity[26], fields: [\.objection], isOptional: true)
    package static let steps = [open, report, close, giveBack]
}
