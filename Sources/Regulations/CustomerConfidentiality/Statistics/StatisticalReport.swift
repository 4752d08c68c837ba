import Kernel
import WorkCalendar

/// 统计报表: one issue of a report. Nobody but who draws it up sees it before the supervisor and the manager have signed; then it gets its
/// issue number and goes out in numbered copies (第9条, 第12条, 第13条).
package struct StatisticalReport: Document {
    package enum State: String, CaseIterable, Sendable { case drawn, reviewed, issued }
    package static let name = "statistical-report"
    package var definition = ID<ReportDefinition>.none
    package var heading = "", period = "", items = "", objection = "", remark = ""
    package var rows: [ReportRow] = []
    package var copies = 0
    package init() {}
    package var title: String { "\(heading) \(period)" }

    package static let form = Form<StatisticalReport>(
        "统计报表", "Statistical report",
        states: [
            .drawn: .open("待主管审查", "To be reviewed"), .reviewed: .open("待经理审查", "To be approved"), .issued: .done("已发布", "Issued"),
        ],
        readers: [.archive],
        [
            .reference(\.definition, "报表定义", "Definition").listed(), .text(\.heading, "报表名称", "Report").code().optional(),
            .text(\.period, "统计期", "Period").code().optional().listed().hint("例如 2026-01、2026-Q1", "for example 2026-01 or 2026-Q1"),
            .codes(\.items, "统计项目", "Items", ReportItem.choices).optional(), .lines(\.rows, "统计数据", "Figures").optional(),
            .prose(\.remark, "分析说明", "Comment").optional(), .text(\.objection, "退回原因", "Why it is sent back").onceFilled(),
            .whole(\.copies, "印发份数", "Copies", in: 0...9999).optional().onceFilled(),
        ])

    package static let draw = Step<StatisticalReport>(
        "draw", "编制", "Draw up", to: .drawn, by: .post(.informationSpecialist), under: confidentiality[9],
        fields: [\.definition, \.period, \.remark]
    ) { report, act in try report.compute(act) }
    package static let compile = Step<StatisticalReport>("compile", "按期编制", "Compile", to: .drawn, by: .system, under: confidentiality[9]) {
        report, act in
        try report.compute(act)
        act.notify(.post(.informationSpecialist), "\(report.heading)（\(report.period)）已编制，请核对", "A report is drawn up; look at it")
    }
    package static let refresh = Step<StatisticalReport>(
        "refresh", "重新统计", "Compute anew", from: .drawn, to: nil, by: .post(.informationSpecialist), under: confidentiality[9],
        fields: [\.remark], isOptional: true
    ) { report, act in try report.compute(act) }
    package static let review = Step<StatisticalReport>(
        "review", "主管审查", "Review", from: .drawn, to: .reviewed, by: .post(.informationSupervisor), notBy: draw, refresh,
        under: confidentiality[13], signs: true)
    package static let approve = Step<StatisticalReport>(
        "approve", "经理审查并发布", "Approve and issue", from: .reviewed, to: .issued, by: .post(.serviceManager), notBy: draw, refresh, review,
        under: confidentiality[13], confidentiality[12], isIrrevocable: true, signs: true
    ) { report, act in
        act.number("统计")
        try report.distribute(act)
    }
    package static let sendBack = Step<StatisticalReport>(
        "sendBack", "退回", "Send back", from: .drawn, .reviewed, to: .drawn, by: .officers, under: confidentiality[13], fields: [\.objection],
        isOptional: true)
    package static let steps = [draw, compile, refresh, review, approve, sendBack]

    /// 第9条: when a definition's period is over.
    package static let periodic = Duty("statistical-report", "按期编制统计报表", "Reports of the period", under: confidentiality[9], .eachMonth) {
        duty in
        for definition in try duty.all(ReportDefinition.self, in: .inUse, createdBy: duty.now.day) {
            let period = Period(definition.value.length.length, of: duty.day)
            guard period.days.upperBound == duty.day, definition.record.created.day <= duty.day else { continue }
            // One that was drawn up by hand is there already.
            let drawn = try duty.find(\StatisticalReport.definition, is: definition.id, limit: 200)
            if drawn.contains(where: { $0.value.period == period.description }) { continue }
            var report = StatisticalReport()
            (report.definition, report.period) = (definition.id, period.description)
            try duty.create(report, by: compile)
        }
    }

    private mutating func compute(_ act: Act) throws {
        guard let definition = try act.load(definition), definition.state == .inUse else {
            return try act.require(false, "请选择使用中的报表定义", "Choose a report that is in use")
        }
        let length = definition.value.length.length
        guard let period = period.isEmpty ? Period(length, of: act.today).adding(-1) : Period(stored: .text(self.period)),
            period.length == length
        else {
            return try act.require(
                false, "该报表\(definition.value.length.words.zh)编制，请填写相应的统计期", "This report is drawn up \(definition.value.length.words.en.lowercased()); give such a period")
        }
        try act.require(period.days.upperBound < act.today, "统计期尚未结束", "The period is not over yet")
        let others = try act.find(\StatisticalReport.definition, is: definition.id, limit: 200)
        try act.require(!others.contains { $0.value.period == period.description }, "该期报表已编制", "This issue has been drawn up already")
        (heading, self.period, items) = (definition.value.heading, period.description, definition.value.items)
        rows = try ReportFigures(period.days, act).rows(ReportItem.of(items))
        guard let before = others.first(where: { $0.value.period == period.adding(-1).description })?.value else { return }
        for index in rows.indices {
            let same = before.rows.first { $0.item == rows[index].item && $0.label == rows[index].label }
            rows[index].previous = same?.value ?? 0
        }
    }

    /// 第12条: a numbered copy for each reader of a subscription that runs, and one for the archive.
    private mutating func distribute(_ act: Act) throws {
        let report = ID<StatisticalReport>(act.record.id)
        var readers: [(person: PersonID, until: Day?)] = []
        for subscription in try act.find(\ReportSubscription.definition, is: definition, in: .active, limit: 1000) {
            for person in subscription.value.readers where !readers.contains(where: { $0.person == person }) {
                readers.append((person, subscription.value.until))
            }
        }
        copies = readers.count + 1
        for (index, reader) in ([(PersonID.none, nil)] + readers).enumerated() {
            var copy = ReportCopy()
            (copy.report, copy.heading, copy.copyNumber, copy.recipient) = (report, title, index + 1, reader.0)
            (copy.period, copy.rows, copy.remark) = (period, rows, remark)
            try act.create(copy, by: reader.0.isNone ? ReportCopy.keep : ReportCopy.issue, heldBy: reader.0)
            if let until = reader.1 { try act.grant(reader.0, until: Moment.endOfDay(until), "定期统计报表订阅", "Subscription of a report") }
        }
    }
}
