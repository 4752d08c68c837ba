import Kernel
import WorkCalendar

/// 钥匙: who has which, until it comes back; it goes over with a handover (第十四条).
package struct DoorKey: Document {
    package enum State: String, CaseIterable, Sendable { case held, returned, lost }
    package var label = "", place = "", reason = ""
    package var pieces = 1
    package var keeper = PersonID.none
    package init() {}

    package static let name = "door-key"
    package var title: String { label }

    package static let form = Form<DoorKey>(
        "钥匙", "Key", number: "钥匙",
        states: [.held: .open("在用", "Held"), .returned: .done("已收回", "Returned"), .lost: .no("遗失", "Lost")],
        readers: [.post(.administrativeSpecialist), .office, .head],
        [
            .text(\.label, "钥匙名称", "Key").code().listed(), .text(\.place, "所开门柜", "What it opens").listed(),
            .whole(\.pieces, "把数", "How many", in: 1...99).listed(), .person(\.keeper, "领用人", "Keeper").listed(),
            .text(\.reason, "事由", "Reason").onceFilled(),
        ])

    private static let keepers = Who.any([.office, .post(.administrativeSpecialist)])
    package static let give = Step<DoorKey>(
        "give", "发放登记", "Give out", to: .held, by: keepers, under: school[14], school[21], fields: [\.label, \.place, \.pieces, \.keeper]
    ) { key, act in
        act.hold(key.keeper)
        act.place(with: key.keeper)
    }
    /// With the handover of whoever had it.
    package static let handOver = Step<DoorKey>(
        "hand-over", "随交接变更", "Pass on with a handover", from: .held, to: nil, by: .system, under: school[14]
    ) { key, act in
        act.hold(key.keeper)
        act.place(with: key.keeper)
    }
    package static let takeBack = Step<DoorKey>(
        "take-back", "收回", "Take back", from: .held, to: .returned, by: keepers, under: school[14], fields: [], isOptional: true)
    package static let lose = Step<DoorKey>(
        "lose", "报失", "Report lost", from: .held, to: .lost, by: .named(\DoorKey.keeper), under: school[14], fields: [\.reason],
        isOptional: true
    ) { key, act in
        try act.require(!key.reason.isEmpty, "请写明遗失的经过", "Say how it was lost")
        act.notify(keepers, "钥匙“\(key.label)”报失，请换锁或登记处理", "A key is lost; see to the lock")
    }
    package static let steps = [give, handOver, takeBack, lose]
}
