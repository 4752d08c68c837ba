import Kernel
import WorkCalendar

extension ITAsset {
    static let fields: [Field<ITAsset>] = [
        .text(\.number, "资产编号", "Asset number").unique(under: enterpriseIT["第二章8"]).indexed(by: PlainText.code).listed(),
        .text(\.what, "名称", "Name").code().listed(), .text(\.category, "分类代码", "Class code").code().optional().onceFilled(),
        .text(\.edition, "分类标准版本", "Edition of the classes").code().optional().hint("如 GB/T 14885-2022", "as GB/T 14885-2022").onceFilled(),
        .text(\.model, "规格型号", "Model").code().optional().onceFilled(), .text(\.maker, "生产厂家", "Maker").code().optional().onceFilled(),
        .text(\.serial, "序列号", "Serial number").indexed(by: PlainText.code).optional(),
        .text(\.uuid, "UUID", "UUID").indexed(by: PlainText.code).optional().onceFilled(),
        .text(\.mac, "网卡地址", "MAC").indexed(by: PlainText.code).optional().onceFilled(),
        .text(\.board, "主板序列号", "Board's serial number").indexed(by: PlainText.code).optional().onceFilled(),
        .reference(\.acceptance, "验收单", "Acceptance").optional().onceFilled(),
        .decimal(\.value, "原值（元）", "Value, yuan", places: 2, in: 0...100_000_000).optional().onceFilled(),
        .day(\.acquired, "启用日期", "First use").optional(), .text(\.place, "存放地点", "Place").indexed().listed(),
        .person(\.keeper, "使用人", "Holder").optional().listed(), .unit(\.using, "使用部门", "Unit").optional().listed(),
        .lines(\.parts, "零部件", "Parts").optional(), .text(\.sealNo, "封条编号", "Seal").code().own().optional(),
        .flag(\.isSealBroken, "封条破损", "Seal broken"), .flag(\.isSecret, "涉密", "Secret"),
        .choice(\.protection, "病毒防护状态", "Protection").optional().listed(),
        .moment(\.protectedOn, "防护状态日期", "Protection seen").optional().onceFilled(),
        .moment(\.reportedAt, "最近清单", "Last inventory").optional().onceFilled(), .moment(\.changedAt, "最近变动", "Last change").optional(),
        .lines(\.installed, "经确认安装的软件", "Software confirmed").optional().onceFilled(),
        .day(\.lentUntil, "借用至", "Lent until").optional().onceFilled(),
        .lines(\.moves, "调配记录", "Moves").optional().onceFilled(), .prose(\.note, "说明", "Remarks").optional().onceFilled(),
        .text(\.reason, "报废原因", "Why it is scrapped").onceFilled(),
    ]
}

package enum Protection: String, Choosable {
    case none = "", good, poor, unknown
    package var words: Words {
        switch self {
        case .none: Words("", "")
        case .good: Words("正常", "Good")
        case .poor: Words("未启用或过期", "Off or out of date")
        case .unknown: Words("不明", "Unknown")
        }
    }
}

package struct PartLine: Line {
    package var kind = ComponentKind.none
    package var slot = "", model = "", serial = ""
    package var size = 0
    package init() {}

    package static let fields: [Field<PartLine>] = [
        .choice(\.kind, "类别", "Kind"), .text(\.slot, "插槽", "Slot").code().optional(), .text(\.model, "型号", "Model").code().optional(),
        .text(\.serial, "序列号", "Serial number").code().optional(), .whole(\.size, "容量（MB）", "Size, MB", in: 0...1_000_000_000).optional(),
    ]

    var component: SeenComponent { SeenComponent(kind: kind, slot: slot, model: model, serial: serial, size: size) }
}

/// 经信息中心确认安装的软件 (第二章16).
package struct InstalledLine: Line {
    package var name = "", version = ""
    package var day: Day?
    package var request = ID<InstallRequest>.none
    package init() {}

    package static let fields: [Field<InstalledLine>] = [
        .text(\.name, "软件", "Software").code(), .text(\.version, "版本", "Version").code().optional(), .day(\.day, "日期", "Day"),
        .reference(\.request, "安装申请", "Request").unindexed(),
    ]
}

/// 何时从何处到何处. What was not moved stays as it was.
package struct MoveLine: Line {
    package var at: Moment?
    package var place = "", fromPlace = ""
    package var keeper = PersonID.none
    package init() {}

    package static let fields: [Field<MoveLine>] = [
        .moment(\.at, "时间", "At"), .text(\.fromPlace, "原地点", "From").code().optional(), .text(\.place, "地点", "Place").code(),
        .person(\.keeper, "使用人", "Holder").optional().unindexed(),
    ]
}
