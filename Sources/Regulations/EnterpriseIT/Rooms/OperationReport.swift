import Kernel
import WorkCalendar

/// 违规操作报告: what somebody saw. It opens the breach that the accused answers, and is itself read by nobody but whoever reported and whoever
/// judges: neither the breach, its trail nor its unit says who it was (第二章14).
package struct OperationReport: Document {
    package enum State: String, CaseIterable, Sendable { case handedIn, judged, dismissed }
    package var kind = OperationBreach.Kind.none
    package var person = PersonID.none
    package var happened: Day?
    package var what = "", outcome = ""
    package var breach = ID<OperationBreach>.none
    package init() {}

    package static let name = "operation-report"
    package var title: String { kind.words.zh }
    private static let article = enterpriseIT["第二章14"]

    // Without a number, which would tell when it came among the others.
    package static let form = Form<OperationReport>(
        "违规操作报告", "Report of a breach of the operating rules",
        states: [
            .handedIn: .open("待认定", "To be judged"), .judged: .done("已认定", "Judged"), .dismissed: .done("不成立", "Dismissed"),
        ],
        readers: [], level: .internal,
        [
            .choice(\.kind, "行为", "What"), .person(\.person, "当事人", "Who").unindexed(), .day(\.happened, "日期", "Day"),
            .prose(\.what, "经过", "How").hint("当事人会看到这段文字，请不要写出您是谁", "the person reads this; do not say who you are"),
            .reference(\.breach, "违规操作", "Breach").onceFilled(), .text(\.outcome, "结果", "Outcome").onceFilled(),
        ])

    package static let report = Step<OperationReport>(
        "report", "报告", "Report", to: .handedIn, by: .staff, under: article, fields: [\.kind, \.person, \.happened, \.what]
    ) { report, act in
        try act.require(report.person != act.person, "不能报告本人；本人情况请直接向信息中心说明", "You cannot report yourself")
        try act.require(report.happened.map { $0 <= act.today } ?? false, "日期不能晚于今天", "It cannot have been after today")
        var breach = OperationBreach()
        (breach.kind, breach.person, breach.happened, breach.what) = (report.kind, report.person, report.happened, report.what)
        report.breach = try OperationBreach.open(breach, reportedBy: act.person, act) { judge in
            // What hangs on a person is told when that person leaves: it hangs on whoever judges.
            act.hold(judge)
            try act.grant(judge, until: act.now.adding(days: 3650), "认定违规操作", "Judges the breach")
        }
    }.reporting()
    package static let judge = Step<OperationReport>(
        "judge", "已认定", "Judged", from: .handedIn, to: .judged, by: .system, under: article)
    package static let dismiss = Step<OperationReport>(
        "dismiss", "不成立", "Dismissed", from: .handedIn, to: .dismissed, by: .system, under: article)
    package static let steps = [report, judge, dismiss]
}
