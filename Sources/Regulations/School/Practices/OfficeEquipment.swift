import Kernel
import WorkCalendar

/// 办公设备: computers, fax machines, copiers, with who has them and what was done to them (第二十一条).
package struct OfficeEquipment: Document {
    package enum State: String, CaseIterable, Sendable { case inUse, broken, scrapped }
    package enum Kind: String, Choosable {
        case unknown = "", computer, printer, copier, fax, other
        package var words: Words {
            switch self {
            case .unknown: Words("未定", "Not said")
            case .computer: Words("电脑", "Computer")
            case .printer: Words("打印机", "Printer")
            case .copier: Words("复印机", "Copier")
            case .fax: Words("传真机", "Fax machine")
            case .other: Words("其他", "Other")
            }
        }
    }

    package struct Maintenance: Line {
        package var day: Day?
        package var what = "", by = ""
        package init() {}

        package static let fields: [Field<Maintenance>] = [
            .day(\.day, "日期", "Day"), .text(\.what, "维护内容", "What"), .text(\.by, "维护人", "By"),
        ]
    }
    package var kind = Kind.unknown
    package var label = "", serial = "", place = "", fault = "", reason = ""
    package var keeper = PersonID.none
    package var log: [Maintenance] = []
    package var maintainedOn: Day?
    package init() {}

    package static let name = "office-equipment"
    package var title: String { label }

    package static let form = Form<OfficeEquipment>(
        "办公设备", "Office equipment", number: "设备",
        states: [.inUse: .open("在用", "In use"), .broken: .open("故障", "Broken"), .scrapped: .done("报废", "Scrapped")],
        readers: [.post(.administrativeSpecialist), .office, .head],
        [
            .choice(\.kind, "类别", "Kind").indexed().listed(), .text(\.label, "名称型号", "Name and model").code().listed(),
            .text(\.serial, "出厂编号", "Serial number").code().unique(under: school[21]).optional(), .text(\.place, "存放地点", "Place").listed(),
            .person(\.keeper, "使用人", "Keeper").listed(), .day(\.maintainedOn, "最近维护", "Last maintained").optional().listed(),
            .lines(\.log, "维护记录", "Maintenance").optional(), .text(\.fault, "故障", "Fault").onceFilled(),
            .text(\.reason, "报废理由", "Why scrapped").onceFilled(),
        ])

    package static let register = Step<OfficeEquipment>(
        "register", "登记设备", "Enter", to: .inUse, by: .post(.administrativeSpecialist), under: school[21],
        fields: [\.kind, \.label, \.serial, \.place, \.keeper]
    ) { equipment, act in
        equipment.maintainedOn = act.today
        act.hold(equipment.keeper)
        act.place(with: equipment.keeper)
    }
    package static let maintain = Step<OfficeEquipment>(
        "maintain", "维护", "Maintain", from: .inUse, .broken, to: .inUse, by: .post(.administrativeSpecialist), under: school[21],
        fields: [\.log], isOptional: true
    ) { equipment, act in
        let last = equipment.log.compactMap(\.day).max()
        try act.require(last.map { $0 <= act.today } ?? false, "请补充本次维护记录，日期不晚于今天", "Add what was done, not after today")
        (equipment.maintainedOn, equipment.fault) = (last, "")
    }
    package static let report = Step<OfficeEquipment>(
        "report", "报修", "Report a fault", from: .inUse, to: .broken, by: .staff, under: school[21], fields: [\.fault], isOptional: true
    ) { equipment, act in try act.require(!equipment.fault.isEmpty, "请写明故障", "Say what is wrong") }
    package static let pass = Step<OfficeEquipment>(
        "pass", "变更使用人", "Pass on", from: .inUse, .broken, to: nil, by: .post(.administrativeSpecialist), under: school[21],
        fields: [\.keeper, \.place], isOptional: true
    ) { equipment, act in
        act.hold(equipment.keeper)
        act.place(with: equipment.keeper)
    }
    /// With the handover of whoever had it.
    package static let handOver = Step<OfficeEquipment>(
        "hand-over", "随交接变更", "Pass on with a handover", from: .inUse, .broken, to: nil, by: .system, under: school[14]
    ) { equipment, act in
        act.hold(equipment.keeper)
        act.place(with: equipment.keeper)
    }
    package static let scrap = Step<OfficeEquipment>(
        "scrap", "报废", "Scrap", from: .inUse, .broken, to: .scrapped, by: .post(.administrativeSpecialist), under: school[21],
        fields: [\.reason], isOptional: true)
    package static let steps = [register, maintain, report, pass, handOver, scrap]

    static let neglected = Finding(
        "equipment-neglected", "设备超过规定时间未维护", "Equipment was not maintained in time", under: school[21], in: State.inUse,
        by: .post(.administrativeSpecialist)
    ) { (found: Found<OfficeEquipment>, book) in
        let days = try book.parameter(.maintenanceDays)
        return found.value.maintainedOn.map { $0.adding(days: days) < book.today } ?? true
    }
}
