import Kernel
import WorkCalendar

/// 系统使用情况月报: the figures of a month, drawn by the system; the people named for it analyse them, it is reviewed, sent to head office and
/// filed (第八条).
package struct UsageReport: Document {
    package enum State: String, CaseIterable, Sendable { case drawn, analysed, reviewed, filed }

    package var month: Period?
    package var rows: [UsageFigure] = []
    package var gatherers: [PersonID] = []
    package var opinion = ""
    package var opinions: [UsageOpinion] = []
    package var objection = ""
    package var summary = ""
    package var recipient = ""
    package var sentOn: Day?
    package var sentNumber = ""
    package var receipt: [FileReference] = []
    package init() {}

    package static let name = "usage-report"
    package var title: String { month?.description ?? "" }

    package static let form = Form<UsageReport>(
        "系统使用情况月报", "Monthly report on usage", number: "使用月报",
        states: [
            .drawn: .open("待分析", "To be analysed"), .analysed: .open("待审核", "To be reviewed"),
            .reviewed: .open("待报送总公司", "To be sent to head office"),
            .filed: .done("已报送归档", "Sent and filed"),
        ],
        readers: [.either(.customerService, .compliance, .generalManager)],
        [
            .period(\.month, "月份", "Month", .month).indexed().listed(),
            .lines(\.rows, "使用情况（系统统计）", "Usage, drawn by the system").optional().unindexed(),
            .people(\.gatherers, "指定专人", "Named people").optional(), .prose(\.opinion, "分析意见", "Analysis").onceFilled().longest(5000),
            .lines(\.opinions, "各方分析意见", "Analyses").optional().onceFilled(),
            .text(\.objection, "退回原因", "Why it is sent back").onceFilled(),
            .prose(\.summary, "汇总意见", "Summary").onceFilled().longest(5000),
            .text(\.recipient, "报送总公司部门", "Sent to, at head office").onceFilled(),
            .day(\.sentOn, "报送日期", "Sent on").onceFilled(), .text(\.sentNumber, "报送文号", "Sent under number").optional().onceFilled(),
            .files(\.receipt, "总公司回执", "Receipt of head office").optional().onceFilled(),
        ])

    static let limit = Deadline(
        "limit", "报送期限", "To be sent", under: authenticity[8], escalatesTo: .post(.compliance), ofWorkingDays: true)
    package static let deadlines = [limit]

    package static let draw = Step<UsageReport>("draw", "统计", "Draw", to: .drawn, by: .system, under: authenticity[8]) { report, act in
        guard let month = report.month, month.days.upperBound < act.today else {
            return try act.require(false, "月份尚未结束", "The month is not over yet")
        }
        try act.require(
            try act.find(\UsageReport.month, is: month, limit: 1).isEmpty, "该月月报已统计", "The report of this month has been drawn already")
        report.rows = try UsageFigures(month.days, act).rows()
        report.gatherers = try UsageGatherer.named(on: act.today, act)
        if report.gatherers.isEmpty {
            // Somebody does it all the same, and hears why.
            report.gatherers = act.organisation.holders(of: Post.customerService.id, within: act.scope, on: act.today)
            act.notify(
                report.gatherers, "尚未指定收集使用情况的专人，\(month) 月报由客户服务办理",
                "Nobody is named to gather usage; customer service analyses the report")
        }
        act.start(limit, workingDays: try act.parameter(.usageReportWorkingDays), belated: true)
        act.notify(report.gatherers, "\(month) 系统使用情况月报已统计，请分析", "The figures of \(month) are drawn; analyse them")
    }
    package static let analyse = Step<UsageReport>(
        "analyse", "分析", "Analyse", from: .drawn, to: .analysed, by: .each(\UsageReport.gatherers), under: authenticity[8],
        fields: [\.opinion]
    ) { report, act in
        // Each stands beside the others'.
        report.opinions.removeAll { $0.person == act.principal.effective }
        report.opinions.append(UsageOpinion(report.opinion, by: act.principal.effective, on: act.today))
        report.opinion = ""
    }
    package static let review = Step<UsageReport>(
        "review", "审核", "Review", from: .analysed, to: .reviewed, by: .post(.compliance), notBy: analyse, under: authenticity[8],
        fields: [\.summary], signs: true)
    package static let sendBack = Step<UsageReport>(
        "sendBack", "退回重新分析", "Send back", from: .analysed, to: .drawn, by: .post(.compliance), under: authenticity[8],
        fields: [\.objection], isOptional: true)
    package static let send = Step<UsageReport>(
        "send", "报送总公司并归档", "Send to head office and file", from: .reviewed, to: .filed, by: .post(.customerService),
        under: authenticity[8], fields: [\.recipient, \.sentOn, \.sentNumber, \.receipt], isIrrevocable: true
    ) { report, act in
        try act.require(report.sentOn.map { $0 <= act.today } ?? false, "报送日期不能晚于今天", "It cannot be sent after today")
        act.meet(limit)
    }
    package static let steps = [draw, analyse, review, sendBack, send]

    package static let monthly = Duty("usage-report", "系统使用情况月报", "Monthly report on usage", under: authenticity[8], .eachMonth) { duty in
        let month = Period(.month, of: duty.day)
        if try !duty.find(\UsageReport.month, is: month, limit: 1).isEmpty { return }
        var report = UsageReport()
        report.month = month
        try duty.create(report, by: draw)
    }
}

/// What one of the people named makes of the figures.
package struct UsageOpinion: Line {
    package var person = PersonID.none
    package var day: Day?
    package var text = ""
    package init() {}

    init(_ text: String, by person: PersonID, on day: Day) { (self.text, self.person, self.day) = (text, person, day) }

    package static let fields: [Field<UsageOpinion>] = [
        .person(\.person, "专人", "Person"), .day(\.day, "日期", "Date"), .prose(\.text, "分析意见", "Analysis").longest(5000),
    ]
}
