import Kernel
import WorkCalendar

/// 值班: one shift of one person, its log, and the events that are handed over open (第十六条). It counts by the day on which it begins.
package struct DutyShift: Document {
    package enum State: String, CaseIterable, Sendable { case planned, onDuty, handedOver, ended, cancelled }

    package struct Event: Line {
        package var at: Moment?
        package var source = "", content = "", handling = "", reportedTo = ""
        package var isOpen = false
        package init() {}

        package static let fields: [Field<Event>] = [
            .moment(\.at, "时间", "Time"), .text(\.source, "来源", "Source").optional(), .text(\.content, "事件", "Event"),
            .text(\.handling, "处理", "Handling").optional(), .text(\.reportedTo, "报告何人", "Reported to").optional(),
            .flag(\.isOpen, "未办结", "Open"),
        ]
    }
    package var day: Day?
    package var from: Moment?, until: Moment?
    package var person = PersonID.none, leader = PersonID.none, next = PersonID.none
    package var isHoliday = false
    package var property = "", reason = ""
    package var events: [Event] = []
    package init() {}

    package static let name = "duty-shift"
    package static var summary: [PartialKeyPath<DutyShift>] { [\.day, \.person] }

    package static let form = Form<DutyShift>(
        "值班", "Shift on duty", number: "值班",
        states: [
            .planned: .open("已排班", "Planned"), .onDuty: .open("值班中", "On duty"), .handedOver: .open("待接班", "To be taken over"),
            .ended: .done("已交班", "Ended"), .cancelled: .no("取消", "Cancelled"),
        ],
        readers: [.staff],
        [
            .day(\.day, "日期", "Day").indexed().optional().listed(), .moment(\.from, "开始", "From").listed(),
            .moment(\.until, "结束", "Until").listed(), .person(\.person, "值班人", "On duty").listed(),
            .person(\.leader, "带班领导", "Leader").optional().listed(), .flag(\.isHoliday, "节假日", "Day off").listed(),
            .lines(\.events, "值班记录", "Log").optional(), .text(\.property, "物品清点", "Property counted").onceFilled(),
            .person(\.next, "接班人", "Next").onceFilled(), .text(\.reason, "说明", "Reason").onceFilled(),
        ])

    package static let plan = Step<DutyShift>(
        "plan", "排班", "Plan", to: .planned, by: .office, under: school[16], fields: [\.from, \.until, \.person, \.leader]
    ) { shift, act in
        guard let from = shift.from else { throw DeskError.absent }
        (shift.day, shift.isHoliday) = (from.day, !act.calendar.isWorkingDay(from.day))
        try shift.requireRested(shift.person, act)
        act.hold(shift.person)
        act.notify([shift.person, shift.leader], "您有新的值班安排：\(from.day)", "You are on duty on \(from.day)")
    }.checking { shift, check in
        guard let from = shift.from else { return }
        check.require(
            shift.until.map { from < $0 && $0 <= from.adding(hours: 24) } ?? false, "班次须有先后，最长24小时",
            "A shift ends after it begins and lasts 24 hours at most", at: \.until, \.from)
        check.require(
            check.act.calendar.isWorkingDay(from.day) || !shift.leader.isNone, "节假日值班须有带班领导", "On a day off there is a leader on duty",
            at: \.leader, \.from)
    }
    package static let begin = Step<DutyShift>(
        "begin", "上岗", "Begin", from: .planned, to: .onDuty, by: .named(\DutyShift.person), under: school[16], fields: []
    ) { shift, act in
        try act.require(
            shift.from.map { $0.adding(hours: -2) <= act.now } ?? false, "班次尚未开始，开始前两小时内才能上岗",
            "One begins no sooner than two hours before the shift")
    }
    package static let log = Step<DutyShift>(
        "log", "记录", "Log", from: .onDuty, to: nil, by: .named(\DutyShift.person), under: school[16], fields: [\.events], isOptional: true)
    package static let handOver = Step<DutyShift>(
        "hand-over", "交班", "Hand over", from: .onDuty, to: .handedOver, by: .named(\DutyShift.person), under: school[16],
        fields: [\.events, \.property, \.next], signs: true
    ) { shift, act in
        try act.require(!shift.next.isNone && shift.next != act.person, "请填写接班人（不能是本人）", "Say who is next, other than yourself")
        try act.require(!shift.property.isEmpty, "请清点并登记值班物品", "Count what belongs to the duty room")
    }
    /// Whoever takes over has read the log, and answers for what is open in it.
    package static let takeOver = Step<DutyShift>(
        "take-over", "接班", "Take over", from: .handedOver, to: .ended, by: .named(\DutyShift.next), notBy: handOver, under: school[16],
        fields: [], signs: true
    ) { shift, act in
        let open = shift.events.filter(\.isOpen)
        guard !open.isEmpty else { return }
        let mine = try act.find(\DutyShift.person, is: act.person, limit: 200).filter { found in
            found.state == .planned || found.state == .onDuty
        }
        let following = mine.min { ($0.value.from?.milliseconds ?? .max) < ($1.value.from?.milliseconds ?? .max) }
        try act.require(following != nil, "有未办结事项而您没有后续班次，请先排班", "There are open events and you have no shift to take them into")
        if let following { try act.take(carry, on: following.id) { $0.events = open + $0.events } }
    }
    package static let carry = Step<DutyShift>(
        "carry", "接转事项", "Take open events", from: .planned, .onDuty, to: nil, by: .system, under: school[16])
    package static let swap = Step<DutyShift>("swap", "换班", "Swap", from: .planned, to: nil, by: .system, under: school[16]) { shift, act in
        act.hold(shift.person)
    }
    package static let cancel = Step<DutyShift>(
        "cancel", "取消班次", "Cancel", from: .planned, to: .cancelled, by: .office, under: school[16], fields: [\.reason], isOptional: true)
    package static let steps = [plan, begin, log, handOver, takeOver, carry, swap, cancel]

    /// Nobody has two shifts in a row.
    func requireRested(_ person: PersonID, except other: ID<DutyShift> = .none, _ act: Act) throws {
        guard let from, let until else { return }
        let others = try act.find(\DutyShift.person, is: person, limit: 500).filter { found in
            found.id != other && (found.state == .planned || found.state == .onDuty)
        }
        let meets = others.contains { found in
            guard let begun = found.value.from, let ended = found.value.until else { return false }
            return begun <= until && from <= ended
        }
        let name = act.organisation.name(person)
        try act.require(!meets, "\(name.zh)在相邻或重叠的班次已有值班，不能连续值班", "\(name.en) has a shift that touches this one")
    }

    /// 节假日每日不少于两人.
    static let thin = Finding(
        "duty-thin", "节假日值班不足规定人数", "Too few are on duty on a day off", under: school[16], in: State.planned, .onDuty, by: .office
    ) { (found: Found<DutyShift>, book) in
        guard found.value.isHoliday, let day = found.value.day else { return false }
        let others = try book.find(\DutyShift.day, is: day, limit: 100).filter {
            $0.state == .planned || $0.state == .onDuty || $0.state == .ended
        }
        let persons = Set(others.map(\.value.person)).union([found.value.person])
        return try persons.count < book.parameter(.holidayPersons)
    }
}
