import Kernel
import WorkCalendar

/// 信息化年度计划: what is to be done in a year, for how much, in which quarter, by whom (第三条). With its approval each item is a document of
/// its own, to which purchases and projects point.
package struct ITPlan: Document {
    package enum State: String, CaseIterable, Sendable { case draft, submitted, approved }
    package var year: Period?
    package var basis = "", reason = ""
    package var items: [PlanLine] = []
    package var budget: DecimalNumber?
    package init() {}

    package static let name = "it-plan"
    package var title: String { year?.words.zh ?? "" }

    package static let form = Form<ITPlan>(
        "信息化年度计划", "Yearly IT plan", number: "信息化计划",
        states: [
            .draft: .open("拟订", "Draft"), .submitted: .open("待批准", "Submitted"), .approved: .done("已批准", "Approved"),
        ],
        readers: [.centre, .post(factoryLeader), .post(.head), .post(.finance)],
        [
            .period(\.year, "年度", "Year", .year).unique(under: enterpriseIT["第三条"]).listed(),
            .prose(\.basis, "编制依据", "Basis").hint("工厂规划、各部门需求", "the factory's plan, what the departments need"),
            .lines(\.items, "计划项目", "Items"),
            .decimal(\.budget, "预算合计（元）", "Budget, yuan", places: 2, in: 0...1_000_000_000).optional().listed(),
            .text(\.reason, "退回理由", "Why it is returned").onceFilled(),
        ])

    package static let draft = Step<ITPlan>(
        "draft", "拟订计划", "Draft", to: .draft, by: .post(centreDirector), under: enterpriseIT["第三条"],
        fields: [\.year, \.basis, \.items]
    ) { plan, _ in plan.addUp() }.checking { plan, check in plan.check(check) }
    package static let change = Step<ITPlan>(
        "change", "修改", "Change", from: .draft, to: .draft, by: .post(centreDirector), under: enterpriseIT["第三条"],
        fields: [\.basis, \.items], isOptional: true
    ) { plan, _ in plan.addUp() }.checking { plan, check in plan.check(check) }
    package static let submit = Step<ITPlan>(
        "submit", "提交", "Submit", from: .draft, to: .submitted, by: .post(centreDirector), under: enterpriseIT["第三条"])
    package static let approve = Step<ITPlan>(
        "approve", "批准计划", "Approve", from: .submitted, to: .approved, by: .post(factoryLeader), notBy: draft, submit,
        under: enterpriseIT["第三条"], isIrrevocable: true, signs: true
    ) { plan, act in
        for line in plan.items {
            let item = PlanItem(line, of: ID(act.record.id), in: plan.year)
            try act.create(item, by: PlanItem.open, heldBy: line.owner)
        }
    }
    package static let giveBack = Step<ITPlan>(
        "return", "退回修改", "Return", from: .submitted, to: .draft, by: .post(factoryLeader), under: enterpriseIT["第三条"],
        fields: [\.reason], isOptional: true)
    package static let steps = [draft, change, submit, approve, giveBack]

    private func check(_ check: Checking<ITPlan>) {
        check.require(!items.isEmpty, "请至少列出一个项目", "List one item at least", at: \.items)
        for (place, item) in items.enumerated() {
            let isWithin = item.quarter.flatMap { quarter in year.map { $0.year == quarter.year } } ?? false
            check.require(
                isWithin, "第\(place + 1)项“\(item.what)”的季度不在计划年度内",
                "Item \(place + 1), “\(item.what)”: its quarter is not in the year of the plan", at: \.items, \.year)
        }
    }

    private mutating func addUp() { budget = items.reduce(.zero) { $0 + ($1.budget ?? .zero) } }
}

package enum PlanKind: String, Choosable {
    case none = "", hardware, software, project, training, publicity, other
    package var words: Words {
        switch self {
        case .none: Words("", "")
        case .hardware: Words("硬件采购", "Hardware")
        case .software: Words("软件采购", "Software")
        case .project: Words("开发项目", "Project")
        case .training: Words("培训", "Training")
        case .publicity: Words("宣传", "Publicity")
        case .other: Words("其他", "Other")
        }
    }
}

package struct PlanLine: Line {
    package var what = ""
    package var kind = PlanKind.none
    package var quarter: Period?
    package var budget: DecimalNumber?
    package var owner = PersonID.none
    package init() {}

    package static let fields: [Field<PlanLine>] = [
        .text(\.what, "项目", "Item"), .choice(\.kind, "类别", "Kind"), .period(\.quarter, "季度", "Quarter", .quarter),
        .decimal(\.budget, "预算（元）", "Budget, yuan", places: 2, in: 0...100_000_000), .person(\.owner, "责任人", "Owner").unindexed(),
    ]
}
