import Kernel
import WorkCalendar

/// 质量统计报表: falls due by itself for each department and month, and is fed to the quality department (（5）A).
package struct StatisticsReturn: Document {
    package enum State: String, CaseIterable, Sendable { case due, submitted, received }
    package var period = "", remarks = "", wrong = ""
    package var received = 0, refused = 0, unfit = 0, complaints = 0, returns = 0
    /// How the department's head fed it back (（9）).
    package var record = ID<FeedbackRecord>.none
    package init() {}

    package static let name = "statistics-return"
    package var title: String { period }

    private static let many = 0...100_000_000
    package static let form = Form<StatisticsReturn>(
        "质量统计报表", "Quality statistics", number: "统计",
        states: [
            .due: .open("待报送", "Due"), .submitted: .open("待接收", "Submitted"), .received: .done("已接收", "Received"),
        ],
        readers: [.hub, .leaders, .head],
        [
            .text(\.period, "月份", "Month").indexed().listed(),
            .whole(\.received, "经手批次", "Batches handled", in: many), .whole(\.refused, "拒收批次", "Batches refused", in: many).listed(),
            .whole(\.unfit, "不合格批次", "Batches unfit", in: many).listed(),
            .whole(\.complaints, "查询投诉件数", "Questions and complaints", in: many).listed(),
            .whole(\.returns, "退货批次", "Batches returned", in: many), .prose(\.remarks, "说明", "Remarks").optional(),
            .text(\.wrong, "退回原因", "Why it is returned"),
            .reference(\.record, "反馈记录", "Feedback record").optional().onceFilled(),
        ])

    package static let submitting = Deadline(
        "submitting", "按期报送", "Submit in time", under: drugQuality[5], escalatesTo: .post(.qualityHead))
    package static let deadlines = [submitting]

    package static let open = Step<StatisticsReturn>("open", "到期", "Falls due", to: .due, by: .system, under: drugQuality[5]) { _, act in
        act.start(submitting, workingDays: try act.parameter(.statisticsWorkingDays))
    }
    package static let submit = Step<StatisticsReturn>(
        "submit", "报送", "Submit", from: .due, to: .submitted, by: .head, under: drugQuality[5],
        fields: [\.received, \.refused, \.unfit, \.complaints, \.returns, \.remarks]
    ) { statistics, act in
        if statistics.record.isNone, let due = try act.due(submitting) {
            statistics.record = try FeedbackRecord.open(by: act.principal.effective, due: due, act)
        }
        try act.require(
            statistics.refused + statistics.unfit <= statistics.received, "拒收与不合格批次之和不能多于经手批次，请核对",
            "Refused and unfit batches together cannot be more than those handled; check the figures")
        act.meet(submitting)
    }
    package static let receive = Step<StatisticsReturn>(
        "receive", "接收", "Receive", from: .submitted, to: .received, by: .hub, notBy: submit, under: drugQuality[5], drugQuality[2]
    ) { statistics, act in try FeedbackRecord.assess(statistics.record, act) { $0.isAccepted = true } }
    package static let giveBack = Step<StatisticsReturn>(
        "return", "退回更正", "Return", from: .submitted, to: .due, by: .hub, notBy: submit, under: drugQuality[4], fields: [\.wrong],
        isOptional: true
    ) { statistics, act in
        try FeedbackRecord.assess(statistics.record, act) { $0.isInaccurate = true }
        try act.resume(submitting)
    }
    package static let steps = [open, submit, receive, giveBack]

    /// One for each department of the enterprise in which somebody works.
    package static let monthly = Duty("statistics", "质量统计报表", "Quality statistics", under: drugQuality[5], .eachMonth) { duty in
        for unit in Departments.all(in: duty.scope, duty.organisation, on: duty.now.day) {
            var statistics = StatisticsReturn()
            statistics.period = Month.name(of: duty.day)
            try duty.create(statistics, by: open, in: unit)
        }
    }
}

/// 部门: the units below the enterprise in which somebody works.
enum Departments {
    static func all(in scope: UnitID, _ organisation: Organisation, on day: Day) -> [UnitID] {
        let inhabited = Set(organisation.holdings.filter { $0.holds(on: day) }.map(\.unit))
        return organisation.units.values
            .filter { !$0.isClosed && $0.id != scope && inhabited.contains($0.id) && organisation.isWithin($0.id, scope) }
            .map(\.id).sorted { $0.raw < $1.raw }
    }
}

enum Month {
    /// 2026-03.
    static func name(of day: Day) -> String { String(day.description.prefix(7)) }
}
