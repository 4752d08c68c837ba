import Kernel
import WorkCalendar

/// 上网申请: internet use for work, approved by a factory leader or the centre's director; it ends by itself (第二章12).
package struct InternetApplication: Document {
    package enum State: String, CaseIterable, Sendable { case requested, granted, refused, ended }
    package enum Use: String, Choosable {
        case none = "", browse, publish, mail
        package var words: Words {
            switch self {
            case .none: Words("", "")
            case .browse: Words("查询", "Browse")
            case .publish: Words("发布信息", "Publish")
            case .mail: Words("收发邮件", "Mail")
            }
        }
    }
    package static let name = "internet-application"

    var use = Use.none
    var purpose = ""
    var computer = ""
    var from: Day?
    var until: Day?
    var applicant = PersonID.none
    var reason = ""
    package init() {}
    package var title: String { computer }

    package static let form = Form<InternetApplication>(
        "上网申请书", "Internet application", number: "上网",
        states: [
            .requested: .open("待批准", "Requested"), .granted: .done("准予上网", "Granted"), .refused: .no("不批准", "Refused"),
            .ended: .no("已到期", "Ended"),
        ],
        readers: [.either(factoryLeader, centreDirector), .post(.networkStaff), .head],
        [
            .choice(\.use, "用途", "Use").indexed().listed(),
            .prose(\.purpose, "工作需要", "Need for work"),
            .text(\.computer, "计算机编号", "Computer").indexed().listed().hint("机箱标签上的资产编号", "the asset number on its label"),
            .day(\.from, "开始日期", "From").listed(),
            .day(\.until, "截止日期", "Until").listed(),
            .person(\.applicant, "申请人", "Applicant").listed(),
            .text(\.reason, "理由", "Reason").onceFilled(),
        ])

    static let expiry: Deadline = Deadline("end", "授权截止", "End of the grant", under: enterpriseIT["第二章12"], takes: end)
    package static let deadlines = [expiry]

    package static let request = Step<InternetApplication>(
        "request", "填写申请书", "Apply", to: .requested, by: .staff, under: enterpriseIT["第二章12"],
        fields: [\.use, \.purpose, \.computer, \.from, \.until]
    ) { application, act in
        application.applicant = act.person
    }.checking { application, check in
        let from = application.from ?? .first, until = application.until ?? .first
        let most = try check.act.parameter(.longestGrantDays)
        check.require(check.act.today <= from, "开始日期不能早于今天", "The first day cannot be before today", at: \.from)
        check.require(from <= until, "截止日期不能早于开始日期", "The last day cannot be before the first day", at: \.until, \.from)
        check.require(
            until < from.adding(days: most), "授权最长\(most)天，请把截止日期改早", "A grant lasts at most \(most) days; choose an earlier last day",
            at: \.until, \.from)
    }
    package static let approve = Step<InternetApplication>(
        "approve", "批准", "Approve", from: .requested, to: .granted, by: .either(factoryLeader, centreDirector), notBy: request,
        under: enterpriseIT["第二章12"], signs: true
    ) { application, act in
        if let until = application.until { act.start(expiry, due: .endOfDay(until)) }
    }
    package static let refuse = Step<InternetApplication>(
        "refuse", "不批准", "Refuse", from: .requested, to: .refused, by: .either(factoryLeader, centreDirector), under: enterpriseIT["第二章12"],
        fields: [\.reason])
    package static let revoke = Step<InternetApplication>(
        "revoke", "收回授权", "Revoke", from: .granted, to: .ended, by: .either(factoryLeader, centreDirector), under: enterpriseIT["第二章12"],
        fields: [\.reason], isOptional: true
    ) { _, act in act.meet(expiry) }
    package static let end = Step<InternetApplication>(
        "end", "到期终止", "End", from: .granted, to: .ended, by: .system, under: enterpriseIT["第二章12"], isOptional: true)
    /// With the post for whose work it was.
    package static let endWithPost = Step<InternetApplication>(
        "endWithPost", "离岗终止", "Ended with the post", from: .granted, to: .ended, by: .system, under: enterpriseIT["第二章12"],
        isOptional: true
    ) { _, act in act.meet(expiry) }
    package static let steps = [request, approve, refuse, revoke, end, endWithPost]
}
