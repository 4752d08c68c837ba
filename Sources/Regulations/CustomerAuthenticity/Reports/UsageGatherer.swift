import Kernel
import WorkCalendar

/// 指定专人: who gathers how the systems are used, for customer service or for business support (第八条).
package struct UsageGatherer: Document {
    package enum State: String, CaseIterable, Sendable { case appointed, ended }

    package enum Department: String, Choosable {
        case unknown = "", customerService = "customer_service", businessSupport = "business_support"

        package var words: Words {
            switch self {
            case .unknown: Words("", "")
            case .customerService: Words("客户服务部", "Customer service")
            case .businessSupport: Words("业务支持部", "Business support")
            }
        }
    }

    package var person = PersonID.none
    package var department = Department.unknown
    package var from: Day?
    package var reason = ""
    package init() {}

    package static let name = "usage-gatherer"

    package static let form = Form<UsageGatherer>(
        "指定专人", "Named gatherer", number: "指定",
        states: [.appointed: .done("在任", "Appointed"), .ended: .no("已卸任", "Ended")], readers: [.staff],
        [
            .person(\.person, "专人", "Person").listed(), .choice(\.department, "代表部门", "For").listed(), .day(\.from, "自", "From").listed(),
            .text(\.reason, "卸任原因", "Why it ends").onceFilled(),
        ])

    package static let appoint = Step<UsageGatherer>(
        "appoint", "指定", "Appoint", to: .appointed, by: .any([.post(.head), .post(.generalManager)]), under: authenticity[8],
        fields: [\.person, \.department, \.from]
    ) { gatherer, act in
        let today = act.today, organisation = act.organisation
        let home = organisation.home(of: gatherer.person, on: today)
        let heads = home.map { organisation.heads(above: $0, otherThan: .none, on: today) } ?? []
        let isManager = organisation.holdings(of: act.principal.effective, on: today).contains { $0.post == Post.generalManager.id }
        try act.require(
            isManager || heads.contains(act.principal.effective), "只能指定本部门的人员，请由其部门负责人办理",
            "Only somebody of one's own department is named; that person's head does it")
        let known = try act.find(\UsageGatherer.person, is: gatherer.person, in: .appointed, limit: 20)
        try act.require(
            !known.contains { $0.value.department == gatherer.department }, "该人员已是指定专人", "This person is named already")
        act.notify([gatherer.person], "您被指定收集、分析系统使用情况", "You are named to gather how the systems are used")
    }
    package static let end = Step<UsageGatherer>(
        "end", "卸任", "End", from: .appointed, to: .ended, by: .any([.post(.head), .post(.generalManager)]), under: authenticity[8],
        fields: [\.reason], isOptional: true)
    package static let steps = [appoint, end]

    /// Who is named on a day, each once.
    static func named(on day: Day, _ inquiry: Inquiry) throws -> [PersonID] {
        var seen: Set<PersonID> = []
        return try inquiry.all(UsageGatherer.self, in: .appointed, createdBy: inquiry.today)
            .filter {
                ($0.value.from.map { $0 <= day } ?? true)
                    && inquiry.organisation.isInService($0.value.person, within: inquiry.scope, on: day)
            }
            .map(\.value.person).filter { seen.insert($0).inserted }
    }
}
