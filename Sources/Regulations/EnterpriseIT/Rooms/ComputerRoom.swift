import Kernel
import Practices
import WorkCalendar

/// 电脑室: each has a responsible leader who has signed its rules, people on duty, and a yearly education (第三章一).
package struct ComputerRoom: Document {
    package enum State: String, CaseIterable, Sendable { case inUse, closed }
    package var label = "", place = "", staysOn = "", rules = "", topic = "", reason = ""
    package var leader = PersonID.none
    package var onDuty: [PersonID] = [], attended: [PersonID] = []
    package var signedOn: Day?, educatedOn: Day?, protectedOn: Day?
    package var educations: [RoomEducation] = []
    package init() {}

    package static let name = "computer-room"
    package var title: String { label }
    private static let article = enterpriseIT["第三章一"]

    package static let form = Form<ComputerRoom>(
        "电脑室", "Computer room", number: "电脑室", states: [.inUse: .done("使用中", "In use"), .closed: .no("停用", "Closed")],
        readers: [.centre, .post(factoryLeader), .post(.head), .post(.roomDuty)],
        [
            .text(\.label, "名称", "Name").unique(under: article).listed(), .text(\.place, "地点", "Place").code().listed(),
            .person(\.leader, "责任领导", "Responsible leader").listed(), .people(\.onDuty, "值班人员", "On duty"),
            .prose(\.staysOn, "下班后不断电的设备", "What stays on").optional().onceFilled(), .prose(\.rules, "安全管理制度", "Rules"),
            .day(\.signedOn, "制度签署日期", "Rules signed on").optional().listed(),
            .day(\.educatedOn, "最近安全教育", "Last education").optional().listed(), .text(\.topic, "教育内容", "Topic").onceFilled(),
            .people(\.attended, "参加人", "Who attended").onceFilled(), .lines(\.educations, "安全教育记录", "Educations").optional().onceFilled(),
            .day(\.protectedOn, "最近防护检查", "Protection checked").optional().listed(),
            .text(\.reason, "停用理由", "Why it is closed").onceFilled(),
        ])

    package static let register = Step<ComputerRoom>(
        "register", "登记电脑室", "Register", to: .inUse, by: .either(centreDirector, .head), under: article,
        fields: [\.label, \.place, \.leader, \.onDuty, \.staysOn, \.rules]
    ) { room, act in
        act.hold(room.leader)
        act.notify([room.leader], "您是电脑室“\(room.label)”的责任领导，请签署安全管理制度", "You answer for the room “\(room.label)”; sign its rules")
    }
    package static let sign = Step<ComputerRoom>(
        "sign", "签署制度", "Sign the rules", from: .inUse, to: nil, by: .named(\ComputerRoom.leader), when: { $0.value.signedOn == nil },
        under: article, signs: true
    ) { room, act in room.signedOn = act.today }
    /// Another leader, or other rules: they are signed anew.
    package static let change = Step<ComputerRoom>(
        "change", "变更责任人或制度", "Change leader or rules", from: .inUse, to: nil, by: .either(centreDirector, .head), under: article,
        fields: [\.leader, \.onDuty, \.staysOn, \.rules], isOptional: true
    ) { room, act in
        room.signedOn = nil
        act.hold(room.leader)
    }
    package static let educate = Step<ComputerRoom>(
        "educate", "登记安全教育", "Enter an education", from: .inUse, to: nil, by: .named(\ComputerRoom.leader), under: article,
        fields: [\.topic, \.attended], isOptional: true
    ) { room, act in
        try act.require(
            Set(room.onDuty).isSubset(of: room.attended), "值班人员须全部参加安全教育", "All who are on duty take part")
        room.educatedOn = act.today
        var education = RoomEducation()
        (education.day, education.topic, education.people) = (act.today, room.topic, room.attended)
        room.educations.append(education)
    }
    package static let protect = Step<ComputerRoom>(
        "protect", "记录防护检查", "Note a protection check", from: .inUse, to: nil, by: .system, under: enterpriseIT["第三章四"], isOptional: true)
    package static let close = Step<ComputerRoom>(
        "close", "停用", "Close", from: .inUse, to: .closed, by: .post(centreDirector), under: article, fields: [\.reason], isOptional: true)
    package static let steps = [register, sign, change, educate, protect, close]

    static let unsigned = Finding(
        "room-unsigned", "责任领导未签署安全管理制度", "The leader has not signed the rules", under: article, in: State.inUse,
        by: .named(\ComputerRoom.leader)
    ) { (room: ComputerRoom, _) in room.signedOn == nil }
    static let uneducated = Finding(
        "room-uneducated", "本年度未作安全教育", "No education within the year", under: article, in: State.inUse, by: .named(\ComputerRoom.leader)
    ) { (room: ComputerRoom, now) in room.educatedOn.map { $0.adding(months: 12) < now.day } ?? true }
    static let unprotected = Finding(
        "room-unprotected", "防护设施未按期检查", "Protection was not checked in time", under: enterpriseIT["第三章四"], in: State.inUse,
        by: .each(\ComputerRoom.onDuty)
    ) { (found: Found<ComputerRoom>, book) in
        let months = try book.parameter(.protectionCheckMonths)
        return found.value.protectedOn.map { $0.adding(months: months) < book.today } ?? true
    }

    /// Under which its inspections are planned and made.
    static let inspection = enterpriseIT["第三章六"]
    /// 第三章六: all rooms are inspected. A plan lists places by what people write; one that names the room is looked for.
    static let uninspected = Finding(
        "room-uninspected", "电脑室未列入安全检查方案，请在方案的检查场所中写明该室名称",
        "The room is in no inspection plan: enter it among the places of one, by its name", under: inspection, in: State.inUse,
        by: .post(.assetStaff)
    ) { (found: Found<ComputerRoom>, book) in
        let name = PlainText.key(found.value.label)
        let plans = try book.find(\InspectionPlan.law, is: inspection.key, limit: 1000).filter { $0.state != .ended }
        return !plans.contains { $0.value.places.contains { PlainText.key($0.place) == name } }
    }
}

package struct RoomEducation: Line {
    package var day: Day?
    package var topic = ""
    package var people: [PersonID] = []
    package init() {}

    package static let fields: [Field<RoomEducation>] = [
        .day(\.day, "日期", "Day"), .text(\.topic, "内容", "Topic"), .people(\.people, "参加人", "Who").unindexed(),
    ]
}
