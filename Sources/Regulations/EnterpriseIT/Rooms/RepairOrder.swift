import Kernel
import WorkCalendar

/// 整改维修单: a defect or a danger, its owner and its day, followed until somebody else has seen that it is gone (第三章三, 四, 六).
package struct RepairOrder: Document {
    package enum State: String, CaseIterable, Sendable { case open, repaired, confirmed }
    package var what = "", label = "", work = "", remark = ""
    package var room = ID<ComputerRoom>.none
    package var owner = PersonID.none
    package var due: Day?
    package init() {}

    package static let name = "room-repair"
    package var title: String { what }
    private static let article = enterpriseIT["第三章四"]

    package static let form = Form<RepairOrder>(
        "整改维修单", "Repair order", number: "整改",
        states: [
            .open: .open("待整改", "Open"), .repaired: .open("待复查", "To be looked at"), .confirmed: .done("已消除", "Gone"),
        ],
        readers: [.centre, .post(factoryLeader), .post(.roomDuty)],
        [
            .text(\.what, "缺陷或隐患", "Defect or danger").listed().longest(2000), .reference(\.room, "电脑室", "Room").optional(),
            .text(\.label, "地点", "Where").code().listed(), .person(\.owner, "责任人", "Owner").listed(), .day(\.due, "整改期限", "Due").listed(),
            .prose(\.work, "整改情况", "What was done").onceFilled(), .text(\.remark, "复查意见", "What was seen").onceFilled(),
        ])

    static let removing = Deadline("removing", "限期整改", "Remove in time", under: enterpriseIT["第三章六"], escalatesTo: .post(factoryLeader))
    package static let deadlines = [removing]

    static func open(
        _ what: String, _ room: ID<ComputerRoom>, _ label: String, owner: PersonID, under article: Article, _ act: Act
    ) throws {
        var order = RepairOrder()
        (order.what, order.room, order.label, order.owner) = (what, room, label, owner)
        order.due = act.calendar.adding(workingDays: try act.parameter(.dangerWorkingDays), to: act.today).day
        try act.create(order, by: raise, heldBy: owner)
    }

    package static let raise = Step<RepairOrder>(
        "raise", "开出整改单", "Raise", to: .open, by: .system, under: article, enterpriseIT["第三章六"]
    ) { order, act in
        if let due = order.due { act.start(removing, due: .endOfDay(due)) }
        act.notify([order.owner], "\(order.label) 有缺陷须限期整改：\(order.what)", "A defect of \(order.label) is yours to remove")
    }
    package static let repair = Step<RepairOrder>(
        "repair", "整改完成", "Repaired", from: .open, to: .repaired, by: .named(\RepairOrder.owner), under: article, fields: [\.work]
    ).task("整改", "Put it right")
    package static let confirm = Step<RepairOrder>(
        "confirm", "复查消除", "Gone", from: .repaired, to: .confirmed, by: .either(centreDirector, .assetStaff, .roomDuty), notBy: repair,
        under: enterpriseIT["第三章六"], fields: [\.remark]
    ) { _, act in act.meet(removing) }.task("复查", "Look again")
    package static let giveBack = Step<RepairOrder>(
        "return", "未消除，退回", "Not gone", from: .repaired, to: .open, by: .either(centreDirector, .assetStaff, .roomDuty), notBy: repair,
        under: enterpriseIT["第三章六"], fields: [\.remark], isOptional: true)
    package static let steps = [raise, repair, confirm, giveBack]
}
