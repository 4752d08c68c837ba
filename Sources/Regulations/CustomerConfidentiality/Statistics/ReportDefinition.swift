import Kernel
import WorkCalendar

/// 统计报表定义: which items a report has, and for which period it is drawn up (第9条). Single items change by approval of the general manager
/// alone (第11条); the next issue has them.
package struct ReportDefinition: Document {
    package enum State: String, CaseIterable, Sendable { case proposed, inUse = "in-use", ended }
    package static let name = "report-definition"
    package var heading = "", items = ""
    package var length = ReportLength.month
    package var changes = 0
    package init() {}
    package var title: String { heading }

    package static let form = Form<ReportDefinition>(
        "统计报表定义", "Report definition", number: "报表",
        states: [
            .proposed: .open("待审查", "Proposed"), .inUse: .done("使用中", "In use"), .ended: .no("已停编", "Ended"),
        ],
        readers: [.archive, .post(.generalManager), .post(.head)],
        [
            .text(\.heading, "报表名称", "Report").code().listed(), .choice(\.length, "编制周期", "Period").listed(),
            .codes(\.items, "统计项目", "Items", ReportItem.choices).listed(),
            .whole(\.changes, "改项次数", "Changes of items", in: 0...999).optional(),
        ])

    package static let propose = Step<ReportDefinition>(
        "propose", "拟定报表", "Propose a report", to: .proposed, by: .either(.informationSpecialist, .informationSupervisor),
        under: confidentiality[9], fields: [\.heading, \.length, \.items])
    package static let adopt = Step<ReportDefinition>(
        "adopt", "审查采用", "Adopt", from: .proposed, to: .inUse, by: .post(.serviceManager), notBy: propose, under: confidentiality[9], signs: true)
    /// 第11条: what the general manager has approved.
    package static let change = Step<ReportDefinition>(
        "change", "改项", "Change items", from: .inUse, to: nil, by: .system, under: confidentiality[11], isOptional: true
    ) { definition, _ in definition.changes += 1 }
    package static let end = Step<ReportDefinition>(
        "end", "停编", "End", from: .proposed, .inUse, to: .ended, by: .post(.serviceManager), under: confidentiality[9], isOptional: true)
    package static let steps = [propose, adopt, change, end]
}

package enum ReportLength: String, Choosable {
    case month, quarter, halfYear = "half-year", year

    package var words: Words {
        switch self {
        case .month: Words("每月", "Each month")
        case .quarter: Words("每季度", "Each quarter")
        case .halfYear: Words("每半年", "Each half-year")
        case .year: Words("每年", "Each year")
        }
    }

    package var length: Period.Length {
        switch self {
        case .month: .month
        case .quarter: .quarter
        case .halfYear: .halfYear
        case .year: .year
        }
    }
}

/// 统计项目.
package enum ReportItem: String, CaseIterable, Sendable {
    case stock, opened, closed, classes, kinds, regions, incomplete, contacts, loans, repairs, alarms

    package var words: Words {
        switch self {
        case .stock: Words("期末在档卷数", "Files kept at the end")
        case .opened: Words("本期建档", "Files opened")
        case .closed: Words("本期结档", "Files closed")
        case .classes: Words("各类别在档卷数", "Files by class")
        case .kinds: Words("各子类在档卷数", "Files by kind")
        case .regions: Words("各地区在档卷数", "Files by region")
        case .incomplete: Words("材料不齐卷数", "Files not complete")
        case .contacts: Words("本期首次接触", "First contacts")
        case .loans: Words("本期外借", "Loans")
        case .repairs: Words("本期修复", "Repairs")
        case .alarms: Words("本期温湿度报警", "Alarms of the climate")
        }
    }

    static let choices = allCases.map { FieldKind.Choice(value: $0.rawValue, words: $0.words) }

    static func of(_ codes: String) -> [ReportItem] { FieldKind.codes(in: codes).compactMap(ReportItem.init(rawValue:)) }
}
