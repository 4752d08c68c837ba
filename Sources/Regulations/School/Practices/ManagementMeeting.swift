import Kernel
import WorkCalendar

/// 总经理办公会: its minutes, signed by the chair; each resolution that asks for action becomes a task of its own (第十条).
package struct ManagementMeeting: Document {
    package enum State: String, CaseIterable, Sendable { case minuted, signed }

    package struct Point: Line {
        package var what = ""
        package var owner = PersonID.none
        package var due: Day?
        package var others = ""
        package init() {}

        package static let fields: [Field<Point>] = [
            .text(\.what, "决议事项", "Resolution"), .person(\.owner, "责任人", "Owner"), .day(\.due, "完成期限", "Due"),
            .text(\.others, "协办", "With").optional(),
        ]
    }
    package var day: Day?
    package var chair = PersonID.none
    package var present = "", excused = "", listening = "", discussion = ""
    package var points: [Point] = []
    package init() {}

    package static let name = "management-meeting"

    package static let form = Form<ManagementMeeting>(
        "办公会纪要", "Minutes of a management meeting", number: "办会",
        states: [.minuted: .open("待主持人签字", "To be signed"), .signed: .done("已签发", "Signed")],
        readers: [.office, .management, .post(.administrativeSpecialist), .head],
        [
            .day(\.day, "日期", "Day").listed(), .person(\.chair, "主持人", "Chair").listed(), .text(\.present, "出席", "Present"),
            .text(\.excused, "请假", "Excused").optional(), .text(\.listening, "列席", "Attending").optional(),
            .prose(\.discussion, "议定内容", "What was said"), .lines(\.points, "决议", "Resolutions").optional(),
        ])

    package static let minute = Step<ManagementMeeting>(
        "minute", "登记纪要", "Enter the minutes", to: .minuted, by: .any([.office, .post(.administrativeSpecialist)]), under: school[10]
    ).checking { meeting, check in
        let today = check.act.today
        check.require(meeting.day.map { $0 <= today } ?? false, "会议日期不能晚于今天", "The meeting cannot be after today", at: \.day)
        check.require(
            meeting.points.allSatisfy { $0.due.map { $0 >= today } ?? false }, "每项决议须有责任人和不早于今天的完成期限",
            "Each resolution has an owner and a day to come", at: \.points)
    }
    package static let sign = Step<ManagementMeeting>(
        "sign", "主持人签发", "Sign", from: .minuted, to: .signed, by: .named(\ManagementMeeting.chair), notBy: minute, under: school[10],
        fields: [], isIrrevocable: true, signs: true
    ) { meeting, act in for point in meeting.points { try Resolution.order(point, of: ID(act.record.id), act) } }
    package static let steps = [minute, sign]
}

/// 决议事项: followed until the leader says that it is done. A word that asks for more means that it is not; a later day is shown beside the
/// first, by which it is judged.
package struct Resolution: Document {
    package enum State: String, CaseIterable, Sendable { case ordered, reported, confirmed }
    package var meeting = ID<ManagementMeeting>.none
    package var what = "", others = "", progress = "", answer = "", reason = ""
    package var owner = PersonID.none, origin = PersonID.none
    package var due: Day?, firstDue: Day?, doneOn: Day?
    package var isLate = false
    package init() {}

    package static let name = "resolution"
    package var title: String { what }

    package static let form = Form<Resolution>(
        "决议事项", "Resolution", number: "决议",
        states: [
            .ordered: .open("办理中", "To be done"), .reported: .open("待领导确认", "To be confirmed"), .confirmed: .done("办结", "Done"),
        ],
        readers: [.office, .management, .post(.administrativeSpecialist)],
        [
            .reference(\.meeting, "会议", "Meeting"), .text(\.what, "事项", "What").listed(), .person(\.owner, "责任人", "Owner").listed(),
            .person(\.origin, "原责任人（交接）", "Owner before the handover").unindexed().optional().onceFilled(),
            .text(\.others, "协办", "With").optional(), .day(\.due, "完成期限", "Due").listed(),
            .day(\.firstDue, "原定期限", "First due").optional().listed(), .prose(\.progress, "办理情况", "What was done").onceFilled(),
            .text(\.answer, "领导意见", "The leader's word").optional().onceFilled(),
            .text(\.reason, "延期理由", "Why it is prolonged").onceFilled(),
            .day(\.doneOn, "办结日期", "Done on").onceFilled(), .flag(\.isLate, "逾期", "Late").listed(),
        ])

    static let finishing = Deadline(
        "finishing", "按期办结", "Finish in time", under: school[10], escalatesTo: .post(.generalManager), reminders: [.days(3), .lastFifth])
    package static let deadlines = [finishing]

    fileprivate static func order(_ point: ManagementMeeting.Point, of meeting: ID<ManagementMeeting>, _ act: Act) throws {
        var resolution = Resolution()
        (resolution.meeting, resolution.what, resolution.others) = (meeting, point.what, point.others)
        (resolution.owner, resolution.due, resolution.firstDue) = (point.owner, point.due, point.due)
        // Whoever is handing over gets nothing new.
        if let successor = try StaffHandover.successor(of: point.owner, act) {
            (resolution.owner, resolution.origin) = (successor, point.owner)
        }
        try act.create(resolution, by: order, heldBy: resolution.owner)
    }

    /// With the handover of whoever had it; its clock runs on.
    package static let handOver = Step<Resolution>(
        "hand-over", "随交接变更", "Pass on with a handover", from: .ordered, to: nil, by: .system, under: school[14]
    ) { resolution, act in act.hold(resolution.owner) }

    package static let order = Step<Resolution>("order", "立项", "Order", to: .ordered, by: .system, under: school[10]) { resolution, act in
        if let due = resolution.due { act.start(finishing, due: .endOfDay(due)) }
        act.notify([resolution.owner], "办公会决议由您办理：\(resolution.what)", "A resolution is yours to carry out")
    }
    package static let report = Step<Resolution>(
        "report", "报告办理情况", "Report", from: .ordered, to: .reported, by: .named(\Resolution.owner), under: school[10], fields: [\.progress]
    ) { resolution, act in
        try act.require(!resolution.progress.isEmpty, "请写明办理情况", "Say what was done")
        resolution.doneOn = act.today
        act.meet(finishing)
    }
    package static let confirm = Step<Resolution>(
        "confirm", "同意办结", "Confirm", from: .reported, to: .confirmed, by: .management, notBy: report, under: school[10],
        fields: [\.answer], signs: true
    ) { resolution, act in
        resolution.isLate = resolution.doneOn.map { done in resolution.firstDue.map { done > $0 } ?? false } ?? false
        _ = act
    }
    package static let more = Step<Resolution>(
        "more", "未办结，继续办理", "Not done", from: .reported, to: .ordered, by: .management, notBy: report, under: school[10],
        fields: [\.answer], isOptional: true
    ) { resolution, act in
        try act.require(!resolution.answer.isEmpty, "请写明还须办理什么", "Say what is missing")
        resolution.doneOn = nil
        try act.resume(finishing)
    }
    package static let prolong = Step<Resolution>(
        "prolong", "延期", "Prolong", from: .ordered, to: nil, by: .management, under: school[10], fields: [\.due, \.reason], isOptional: true
    ) { resolution, act in
        let former = try act.due(finishing)
        try act.require(former.map { act.now < $0 } ?? false, "期限已过，不能再申请延期", "A longer time is asked for before the old one is over")
        try act.require(
            !resolution.reason.isEmpty && resolution.due.map { $0 >= act.today } ?? false, "请写明延期理由和新的期限", "Say why, and until when")
        if let due = resolution.due { act.restart(finishing, due: .endOfDay(due)) }
    }
    package static let steps = [order, handOver, report, confirm, more, prolong]
}
