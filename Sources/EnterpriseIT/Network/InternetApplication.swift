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

    package init() {}
    package var title: String { computer }

    package static let form = Form<InternetApplication>(
        "上网申请书", "Internet application", number: "上网",
        states: [
            .requested: .open("待批准", "Requested"), .granted: .done("准予上网", "Granted"), .refused: .no("不批准", "Refused"),
            .ended: .no("已到期", "Ended"),
        ],
        readers: [.either(factoryLeader, centreDirector), .head],
        [
            .choice(\.use, "用途", "Use").indexed().listed(),
            .prose(\.purpose, "工作需要", "Need for work"),
            .text(\.computer, "计算机编号", "Computer").indexed().listed(),
            .day(\.from, "开始日期", "From").listed(),
            .day(\.until, "截止日期", "Until").listed(),
        ])

    static let end = Deadline("end", "授权截止", "End of the grant", under: enterpriseIT["第二章12"], takes: "end")
    package static let deadlines = [end]

    package static let steps: [Step<InternetApplication>] = [
        Step("request", "填写申请书", "Apply", to: .requested, by: .staff, under: enterpriseIT["第二章12"]) { application, act in
            try act.require(
                application.from.map { from in application.until.map { from <= $0 && act.today <= $0 } ?? false } ?? false,
                "截止日期应不早于开始日期和今天", "The last day must not be before the first day or today")
        },
        Step(
            "approve", "批准", "Approve", from: .requested, to: .granted, by: .either(factoryLeader, centreDirector), notBy: "request",
            under: enterpriseIT["第二章12"]
        ) { application, act in
            if let until = application.until { act.start(end, due: .endOfDay(until)) }
        },
        Step("refuse", "不批准", "Refuse", from: .requested, to: .refused, by: .either(factoryLeader, centreDirector), under: enterpriseIT["第二章12"]),
        Step("end", "到期终止", "End", from: .granted, to: .ended, by: .system, under: enterpriseIT["第二章12"], isOptional: true),
    ]
}
