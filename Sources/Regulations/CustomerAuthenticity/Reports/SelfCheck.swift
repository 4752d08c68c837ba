import Identifiers
import Kernel
import WorkCalendar

/// 自查报告: a whole book of customers checked by the rules of intake: by rule and by unit, with a task for each unit in which something is to
/// be put right (第二十六条). Its figures come from the check; nobody types one.
package struct SelfCheck: Document {
    package enum State: String, CaseIterable, Sendable { case recorded, finished }

    package var fileName = ""
    package var rows = 0
    package var refused = 0
    package var share: DecimalNumber?
    package var rules: [SelfCheckRule] = []
    package var units: [SelfCheckUnit] = []
    package var open = 0
    package init() {}

    package static let name = "self-check"

    package static let form = Form<SelfCheck>(
        "自查报告", "Self-check", number: "自查",
        states: [.recorded: .open("整改中", "Being put right"), .finished: .done("整改完毕", "Put right")],
        readers: [.either(.customerService, .compliance, .generalManager)],
        [
            .text(\.fileName, "资料文件", "File").optional().listed(),
            .whole(\.rows, "检查行数", "Rows", in: 0...1_000_000_000).optional().listed(),
            .whole(\.refused, "不合规行数", "Rows refused", in: 0...1_000_000_000).optional().listed(),
            .decimal(\.share, "不合规占比（%）", "Share refused, %", places: 2, in: 0...100).optional().listed(),
            .lines(\.rules, "按规则和单位", "By rule and unit").optional().longest(100_000),
            .lines(\.units, "按单位", "By unit").optional().longest(10_000),
            .whole(\.open, "未办结的整改任务", "Tasks that are open", in: 0...100_000).optional(),
        ])

    package static let record = Step<SelfCheck>(
        "record", "登记自查报告", "Record", to: .recorded, by: .either(.customerService, .compliance), under: authenticity[26], fields: []
    ) { report, act in
        try act.require(
            report.rows > 0, "自查报告由“客户资料自查”页面上传文件后生成，不能手工填写", "A self-check is made by uploading the file on its page; nobody types it")
        report.share = SelfCheck.share(report.refused, of: report.rows)
        for unit in report.units where unit.refused > 0 {
            var task = SelfCheckTask()
            (task.check, task.unit, task.count) = (ID(act.record.id), unit.unit, unit.refused)
            (task.rows, task.isCut) = (unit.rows, unit.isCut)
            task.rules = SelfCheckRule.codes(report.rules.filter { $0.unit == unit.unit && $0.isRefusing })
            try act.create(task, by: SelfCheckTask.open, in: unit.unit)
            report.open += 1
        }
    }
    package static let settle = Step<SelfCheck>(
        "settle", "一项整改办结", "A task is done", from: .recorded, to: nil, by: .system, under: authenticity[26], isOptional: true
    ) { report, _ in report.open -= 1 }
    package static let finish = Step<SelfCheck>(
        "finish", "整改完毕", "Finish", from: .recorded, to: .finished, by: .system, under: authenticity[26], isOptional: true
    ) { report, act in
        report.open = 0
        act.notify([act.requester], "自查报告的整改任务已全部办结", "All tasks of the self-check are done")
    }
    package static let steps = [record, settle, finish]

    /// In per cent, with two places.
    static func share(_ part: Int, of whole: Int) -> DecimalNumber? {
        whole > 0 ? DecimalNumber((part * 10_000 + whole / 2) / whole) * "0.01" : nil
    }
}

/// How often a rule was broken in a unit.
package struct SelfCheckRule: Line {
    package var unit = UnitID.none
    package var rule = ""
    package var count = 0
    package init() {}

    package init(_ unit: UnitID, _ fault: DataFault, _ count: Int) { (self.unit, rule, self.count) = (unit, fault.code, count) }

    static let choices = DataFault.allCases.map { FieldKind.Choice(value: $0.code, words: $0.words) }
    static func codes(_ rules: [SelfCheckRule]) -> String { rules.map(\.rule).joined(separator: ";") }

    /// What the rule asks for.
    package var words: Words { DataFault(code: rule)?.words ?? Words(rule, rule) }

    var isRefusing: Bool { DataFault(code: rule)?.isBlock ?? false }

    package static let fields: [Field<SelfCheckRule>] = [
        .unit(\.unit, "单位", "Unit"), .codes(\.rule, "规则", "Rule", choices), .whole(\.count, "行数", "Rows", in: 0...1_000_000_000),
    ]
}

/// What was found in a unit's rows.
package struct SelfCheckUnit: Line {
    package var unit = UnitID.none
    package var checked = 0
    package var refused = 0
    package var rows: [FileReference] = []
    package var isCut = false
    package init() {}

    package static let fields: [Field<SelfCheckUnit>] = [
        .unit(\.unit, "单位", "Unit"), .whole(\.checked, "检查行数", "Rows", in: 0...1_000_000_000),
        .whole(\.refused, "不合规行数", "Rows refused", in: 0...1_000_000_000), .files(\.rows, "不合规行清单", "Rows refused, listed").optional(),
        .flag(\.isCut, "清单只列前部", "The list holds the first ones alone"),
    ]
}
