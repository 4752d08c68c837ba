import Kernel
import WorkCalendar

/// 计划执行情况: the plan against what was done, counted when a quarter is over (第三条).
package struct PlanProgress: Document {
    package enum State: String, CaseIterable, Sendable { case counted }
    package var quarter: Period?
    package var items = 0, due = 0, done = 0, late = 0, dropped = 0
    package var budget: DecimalNumber?, committed: DecimalNumber?
    package init() {}

    package static let name = "plan-progress"
    package var title: String { quarter?.words.zh ?? "" }

    private static let many = 0...1_000_000
    package static let form = Form<PlanProgress>(
        "计划执行情况", "Progress of the plan", states: [.counted: .done("已统计", "Counted")],
        readers: [.centre, .post(factoryLeader), .post(.finance)],
        [
            .period(\.quarter, "季度", "Quarter", .quarter).indexed().listed(),
            .whole(\.items, "全年项目", "Items of the year", in: many).listed(),
            .whole(\.due, "应完成", "Due by now", in: many).listed(), .whole(\.done, "已完成", "Done", in: many).listed(),
            .whole(\.late, "逾期", "Late", in: many).listed(), .whole(\.dropped, "取消", "Dropped", in: many),
            .decimal(\.budget, "全年预算（元）", "Budget, yuan", places: 2, in: 0...1_000_000_000).optional(),
            .decimal(\.committed, "已签合同（元）", "Contracted, yuan", places: 2, in: 0...1_000_000_000).optional().listed(),
        ])

    package static let count = Step<PlanProgress>("count", "统计", "Count", to: .counted, by: .system, under: enterpriseIT["第三条"])
    package static let steps = [count]

    package static let quarterly = Duty("plan-progress", "计划执行情况", "Progress of the plan", under: enterpriseIT["第三条"], .eachQuarter) {
        duty in
        let items = try duty.find(\PlanItem.year, is: Period(.year, of: duty.day), limit: 2000)
        if items.isEmpty { return }
        var figures = PlanProgress()
        figures.quarter = Period(.quarter, of: duty.day)
        figures.items = items.count
        for item in items {
            let isDue = item.value.quarter.map { $0.days.upperBound <= duty.day } ?? false
            figures.due += isDue ? 1 : 0
            figures.done += item.state == .done ? 1 : 0
            figures.late += isDue && item.state == .open ? 1 : 0
            figures.dropped += item.state == .dropped ? 1 : 0
            figures.budget = (figures.budget ?? .zero) + (item.value.budget ?? .zero)
            figures.committed = (figures.committed ?? .zero) + (item.value.committed ?? .zero)
        }
        try duty.create(figures, by: count)
    }
}
