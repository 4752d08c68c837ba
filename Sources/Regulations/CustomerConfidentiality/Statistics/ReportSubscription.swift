import Kernel
import WorkCalendar

/// 定期报表申请: a department that needs a report regularly asks; the manager of customer service reviews it first, then the general manager
/// approves (第10条). It ends by itself at its date.
package struct ReportSubscription: Document {
    package enum State: String, CaseIterable, Sendable { case requested, reviewed, active, refused, ended }
    package static let name = "report-subscription"
    package var definition = ID<ReportDefinition>.none
    package var readers: [PersonID] = []
    package var purpose = "", opinion = "", answer = ""
    package var until: Day?
    package init() {}

    package static let form = Form<ReportSubscription>(
        "定期报表申请", "Subscription of a report", number: "订表",
        states: [
            .requested: .open("待经理审查", "To be reviewed"), .reviewed: .open("待总经理批准", "To be approved"), .active: .done("订阅中", "Active"),
            .refused: .no("不予同意", "Refused"), .ended: .done("已到期", "Ended"),
        ],
        readers: [.archive, .post(.generalManager), .head],
        [
            .reference(\.definition, "报表", "Report").listed(), .people(\.readers, "领取人", "Readers").listed(),
            .prose(\.purpose, "用途", "Purpose"), .day(\.until, "订阅至", "Until").listed(),
            .text(\.opinion, "审查意见", "Opinion").optional().onceFilled(), .text(\.answer, "不予同意的理由", "Why it is refused").onceFilled(),
        ])

    static let ending = Deadline("ending", "订阅到期", "The subscription ends", under: confidentiality[10], takes: end)
    package static let deadlines = [ending]
    /// Longest, in days: a year, after which the need is looked at again.
    private static let longest = 366

    package static let request = Step<ReportSubscription>(
        "request", "申请定期报表", "Ask for a report", to: .requested, by: .post(.head), under: confidentiality[10],
        fields: [\.definition, \.readers, \.purpose, \.until]
    ) { subscription, act in
        try act.require(
            try act.load(subscription.definition)?.state == .inUse, "请选择使用中的报表", "Choose a report that is in use")
        let until = subscription.until ?? act.today
        try act.require(
            until > act.today && until <= act.today.adding(days: longest), "订阅截止日期应在明天至一年以内", "It ends between tomorrow and a year from now")
    }
    package static let review = Step<ReportSubscription>(
        "review", "经理审查同意", "Review", from: .requested, to: .reviewed, by: .post(.serviceManager), notBy: request, under: confidentiality[10],
        fields: [\.opinion], signs: true)
    package static let approve = Step<ReportSubscription>(
        "approve", "总经理批准", "Approve", from: .reviewed, to: .active, by: .post(.generalManager), notBy: request, review,
        under: confidentiality[10], signs: true
    ) { subscription, act in
        let until = subscription.until ?? act.today
        try act.require(until >= act.today, "订阅截止日期已过，请重新申请", "Its last day is past; ask for it anew")
        act.start(ending, due: .endOfDay(until))
    }
    package static let refuse = Step<ReportSubscription>(
        "refuse", "经理不同意", "Refuse", from: .requested, to: .refused, by: .post(.serviceManager), under: confidentiality[10],
        fields: [\.answer], isOptional: true)
    package static let decline = Step<ReportSubscription>(
        "disapprove", "总经理不批准", "Disapprove", from: .reviewed, to: .refused, by: .post(.generalManager), under: confidentiality[10],
        fields: [\.answer], isOptional: true)
    package static let end = Step<ReportSubscription>(
        "end", "到期终止", "Ends", from: .active, to: .ended, by: .system, under: confidentiality[10], isOptional: true
    ) { subscription, act in
        act.notify([act.requester], "定期报表订阅已到期，仍需要的请重新申请", "The subscription has ended; ask anew if it is still needed")
    }
    package static let steps = [request, review, approve, refuse, decline, end]
}
