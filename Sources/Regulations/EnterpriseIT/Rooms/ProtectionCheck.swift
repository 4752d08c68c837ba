import Kernel

/// 防护检查: windows, locks, bars, alarms of a room, one by one; each defect becomes a repair order (第三章四).
package struct ProtectionCheck: Document {
    package enum State: String, CaseIterable, Sendable { case checked }
    package var room = ID<ComputerRoom>.none
    package var items: [ProtectionItem] = []
    package var label = ""
    package var defects = 0
    package init() {}

    package static let name = "protection-check"
    package var title: String { label }
    private static let article = enterpriseIT["第三章四"]

    package static let form = Form<ProtectionCheck>(
        "防护检查", "Protection check", number: "防护", states: [.checked: .done("已检查", "Checked")],
        readers: [.centre, .post(factoryLeader), .post(.roomDuty), .head],
        [
            .reference(\.room, "电脑室", "Room"), .text(\.label, "名称", "Name").code().optional().listed().onceFilled(),
            .lines(\.items, "防护项目", "Items"),
            .whole(\.defects, "缺陷", "Defects", in: 0...1000).optional().listed(),
        ])

    package static let check = Step<ProtectionCheck>(
        "check", "检查防护设施", "Check", to: .checked, by: .either(.roomDuty, .assetStaff), under: article, fields: [\.room, \.items]
    ) { check, act in
        guard let room = try act.load(check.room) else { return }
        check.label = room.value.label
        for item in check.items where !item.isGood {
            check.defects += 1
            try RepairOrder.open(
                "\(item.kind.words.zh)：\(item.defect)", check.room, room.value.label, owner: room.value.leader, under: article, act)
        }
        let today = act.today
        try act.take(ComputerRoom.protect, on: check.room) { $0.protectedOn = today }
    }.checking { sheet, check in
        let kinds = Set(sheet.items.map(\.kind))
        for kind in [ProtectionItem.Kind.window, .door] {
            check.require(kinds.contains(kind), "请检查\(kind.words.zh)", "\(kind.words.en) is to be checked", at: \.items)
        }
        for item in sheet.items where !item.isGood {
            check.require(
                !item.defect.isEmpty, "请写明\(item.kind.words.zh)的缺陷", "Say what is wrong with \(item.kind.words.en)", at: \.items)
        }
    }
    package static let steps = [check]
}

package struct ProtectionItem: Line {
    package enum Kind: String, Choosable {
        case none = "", window, door, bars, alarm, extinguisher, lock
        package var words: Words {
            switch self {
            case .none: Words("", "")
            case .window: Words("窗", "Window")
            case .door: Words("门锁", "Door and lock")
            case .bars: Words("防盗栏", "Bars")
            case .alarm: Words("报警器", "Alarm")
            case .extinguisher: Words("灭火器", "Extinguisher")
            case .lock: Words("主机锁", "Lock of the machine")
            }
        }
    }
    package var kind = Kind.none
    package var isGood = false
    package var defect = ""
    package init() {}

    package static let fields: [Field<ProtectionItem>] = [
        .choice(\.kind, "项目", "Item"), .flag(\.isGood, "完好", "In order"), .text(\.defect, "缺陷", "Defect").optional(),
    ]
}
