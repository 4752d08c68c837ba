import Kernel
import WorkCalendar

/// 下班检查: each room each day by its duty person: power, windows, doors, fire (第三章三). One that is missed shows; a day off is none.
package struct ClosingCheck: Document {
    package enum State: String, CaseIterable, Sendable { case due, done, missed, explained, dayOff }
    package var room = ID<ComputerRoom>.none
    package var label = "", defect = "", cause = ""
    package var day: Day?
    package var person = PersonID.none, leader = PersonID.none
    package var power = false, windows = false, doors = false, fire = false, flammables = false, visitors = false, media = false
    package init() {}

    package static let name = "closing-check"
    /// Of the many of a room each is known by its day.
    package var title: String { day.map { "\(label) \($0)" } ?? label }
    private static let article = enterpriseIT["第三章三"]

    package static let form = Form<ClosingCheck>(
        "下班检查", "Closing check", number: "下班检查",
        states: [
            .due: .open("待检查", "Due"), .done: .done("已检查", "Done"), .missed: .open("漏检，待说明", "Missed"),
            .explained: .no("漏检", "Missed, explained"), .dayOff: .done("休息日关闭", "Closed, day off"),
        ],
        readers: [.centre, .post(factoryLeader), .post(.head), .post(.roomDuty)],
        [
            .reference(\.room, "电脑室", "Room"), .text(\.label, "名称", "Name").code(), .day(\.day, "日期", "Day").indexed().listed(),
            .person(\.person, "值班人", "On duty").optional().listed(), .person(\.leader, "责任领导", "Leader").optional(),
            .flag(\.power, "已断电（不断电清单除外）", "Power off, but for what stays on").onceFilled(),
            .flag(\.windows, "窗已关", "Windows shut").onceFilled(),
            .flag(\.doors, "门已锁", "Doors locked").onceFilled(), .flag(\.fire, "无火种", "No fire").onceFilled(),
            .flag(\.flammables, "无易燃易爆物", "Nothing flammable").onceFilled(),
            .flag(\.visitors, "外来人员已离开", "Visitors out").onceFilled(), .flag(\.media, "介质已锁存", "Media locked").onceFilled(),
            .text(\.defect, "未达到的原因或缺陷", "Defect").optional().onceFilled(), .prose(\.cause, "漏检原因", "Why it was missed").onceFilled(),
        ])

    static let closing = Deadline("closing", "当日检查", "Within the day", under: article, takes: miss, reminders: [.hours(7)])
    package static let deadlines = [closing]

    package static let open = Step<ClosingCheck>("open", "到期", "Falls due", to: .due, by: .system, under: article) { check, act in
        if let day = check.day { act.start(closing, due: .endOfDay(day)) }
    }
    package static let rest = Step<ClosingCheck>("rest", "休息日", "Day off", to: .dayOff, by: .system, under: article)
    package static let check = Step<ClosingCheck>(
        "check", "检查", "Check", from: .due, to: .done, by: .any([.named(\ClosingCheck.person), .post(.roomDuty)]), under: article,
        fields: [\.power, \.windows, \.doors, \.fire, \.flammables, \.visitors, \.media, \.defect], signs: false
    ) { check, act in
        let all = [check.power, check.windows, check.doors, check.fire, check.flammables, check.visitors, check.media]
        try act.require(
            all.allSatisfy { $0 } || !check.defect.isEmpty, "有未达到的项目，请当场处理后勾选；无法处理的写明缺陷",
            "Something is not as it should be: put it right and tick it, or say what is defective")
        act.meet(closing)
        if !check.defect.isEmpty {
            try RepairOrder.open("下班检查：\(check.defect)", check.room, check.label, owner: check.leader, under: article, act)
        }
    }
    package static let miss = Step<ClosingCheck>(
        "miss", "漏检", "Missed", from: .due, to: .missed, by: .system, under: article, isOptional: true
    ) { check, act in
        act.notify([check.leader, check.person], "\(check.label) 的下班检查漏检", "The closing check of \(check.label) was missed")
    }
    package static let explain = Step<ClosingCheck>(
        "explain", "说明漏检", "Explain", from: .missed, to: .explained, by: .named(\ClosingCheck.leader), under: article, fields: [\.cause])
    package static let steps = [open, rest, check, miss, explain]

    /// Each room in use has its check each day, by its duty people in turn.
    static let daily = Duty("closing-check", "下班检查", "Closing check", under: article, .eachDay, .opening) { duty in
        let isWorked = duty.calendar.isWorkingDay(duty.day)
        for room in try duty.all(ComputerRoom.self, in: .inUse, createdBy: duty.now.day) {
            var check = ClosingCheck()
            (check.room, check.label, check.day, check.leader) = (room.id, room.value.label, duty.day, room.value.leader)
            let people = room.value.onDuty.filter { duty.organisation.isInService($0, within: duty.scope, on: duty.now.day) }
            if !people.isEmpty { check.person = people[Int(duty.day.number) % people.count] }
            // What a server that stood still comes to late is not laid before anybody as if it could still be done.
            if duty.day < duty.now.day { continue }
            try duty.create(check, by: isWorked ? open : rest, in: room.record.unit, heldBy: check.person)
        }
    }
}
