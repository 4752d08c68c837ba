import Kernel
import WorkCalendar

/// 质量信息指标: what one department fed back in one month, counted from the registers: in time, right, useful, and with what effort (（4）).
package struct QualityFigures: Document {
    package enum State: String, CaseIterable, Sendable { case counted }
    package var period = ""
    package var department = UnitID.none
    package var reported = 0, inTime = 0, corrected = 0, judged = 0, useful = 0, minutes = 0, urgent = 0
    package var classes: [ClassCount] = []
    package init() {}

    package static let name = "quality-figures"
    package var title: String { period }

    private static let many = 0...100_000_000
    package static let form = Form<QualityFigures>(
        "质量信息指标", "Figures of quality information", states: [.counted: .done("已统计", "Counted")], readers: [.hub, .leaders, .head],
        [
            .text(\.period, "月份", "Month").indexed().listed(), .unit(\.department, "部门", "Department").listed(),
            .whole(\.reported, "上报件数", "Reported", in: many).listed(), .whole(\.inTime, "及时件数", "In time", in: many).listed(),
            .whole(\.corrected, "退回更正件数", "Returned to be corrected", in: many).listed(),
            .whole(\.judged, "已评定件数", "Judged", in: many), .whole(\.useful, "有用件数", "Useful", in: many).listed(),
            .whole(\.minutes, "收集用时（分钟）", "Effort, minutes", in: many).listed(),
            .whole(\.urgent, "异常、突发件数", "Abnormal or sudden", in: many), .lines(\.classes, "各类件数", "By class").optional(),
        ])

    package static let count = Step<QualityFigures>(
        "count", "统计", "Count", to: .counted, by: .system, under: drugQuality[4], drugQuality[3])
    package static let steps = [count]

    /// Each month, of the items that were reported in it; each counts in its main class alone.
    package static let monthly = Duty("quality-figures", "质量信息指标", "Figures of quality information", under: drugQuality[4], .eachMonth) {
        duty in
        var items: [Found<QualityItem>] = []
        for state in QualityItem.State.allCases where state != .void {
            items += try duty.all(QualityItem.self, in: state, createdFrom: duty.period.lowerBound, createdBy: duty.day)
        }
        let byUnit = Dictionary(grouping: items, by: \.record.unit)
        for unit in Departments.all(in: duty.scope, duty.organisation, on: duty.now.day) {
            try duty.create(QualityFigures(of: byUnit[unit] ?? [], in: unit, Month.name(of: duty.day)), by: count, in: unit)
        }
    }

    package init(of items: [Found<QualityItem>], in unit: UnitID, _ period: String) {
        (self.period, department, reported) = (period, unit, items.count)
        for item in items.map(\.value) {
            inTime += item.isLate ? 0 : 1
            corrected += item.returns > 0 ? 1 : 0
            judged += item.usefulness == .unknown ? 0 : 1
            useful += item.usefulness == .useful ? 1 : 0
            minutes += item.minutes
            urgent += item.urgency == .ordinary ? 0 : 1
        }
        let counts = Dictionary(grouping: items, by: \.value.kind)
        classes = InformationClass.allCases.compactMap { kind in
            guard let found = counts[kind], kind != .unknown else { return nil }
            var line = ClassCount()
            (line.kind, line.count) = (kind, found.count)
            return line
        }
    }

    package struct ClassCount: Line {
        package var kind = InformationClass.unknown
        package var count = 0
        package init() {}

        package static let fields: [Field<ClassCount>] = [
            .choice(\.kind, "类别", "Class"), .whole(\.count, "件数", "Count", in: 0...100_000_000),
        ]
    }
}
