import Kernel
import WorkCalendar

/// 质量分析会: its minutes, signed by the chair; each point becomes an item, and what became of the last meeting's points is read (（5）B).
package struct QualityMeeting: Document {
    package enum State: String, CaseIterable, Sendable { case minuted, signed }
    package var day: Day?
    package var place = "", present = "", absent = "", guests = "", data = ""
    package var attendees: [PersonID] = []
    package var chair = PersonID.none
    package var points: [MeetingPoint] = []
    package var earlier: [EarlierPoint] = []
    package init() {}

    package static let name = "quality-meeting"

    package static let form = Form<QualityMeeting>(
        "质量分析会纪要", "Minutes of a quality meeting", number: "会议",
        states: [.minuted: .open("待主持人签字", "To be signed"), .signed: .done("已签发", "Signed")],
        readers: [.hub, .leaders, .head],
        [
            .day(\.day, "日期", "Day").listed(), .text(\.place, "地点", "Place").listed(), .person(\.chair, "主持人", "Chair").listed(),
            .people(\.attendees, "出席人员", "Attendees"),
            // In words, before attendees were named one by one.
            .prose(\.present, "出席情况", "Present").optional().onceFilled(), .prose(\.guests, "列席与外来人员", "Guests").optional().onceFilled(),
            .prose(\.absent, "缺席人员及原因", "Absent, and why").optional(),
            .prose(\.data, "提交的数据", "Data shown").optional(),
            .lines(\.points, "议题", "Points"), .lines(\.earlier, "上次会议议题的办理", "What became of the last points").optional(),
        ])

    package static let minute = Step<QualityMeeting>(
        "minute", "登记会议纪要", "Enter the minutes", to: .minuted, by: .any([.hub, .head]), under: drugQuality[5],
        fields: [\.day, \.place, \.chair, \.attendees, \.guests, \.absent, \.data, \.points]
    ) { meeting, act in
        let last = try act.all(QualityMeeting.self, in: .signed, createdBy: act.today).last
        meeting.earlier = try last?.value.points.map { try EarlierPoint($0, act) } ?? []
    }.checking { meeting, check in
        check.require(
            meeting.day.map { $0 <= check.act.today } ?? false, "会议日期不能晚于今天", "The meeting cannot be after today", at: \.day)
        check.require(!meeting.points.isEmpty, "请至少登记一个议题", "Enter one point at least", at: \.points)
        check.require(
            meeting.attendees.contains(meeting.chair), "主持人应在出席人员之中，请核对", "The chair is one of those present; check the list",
            at: \.chair, \.attendees)
    }
    package static let sign = Step<QualityMeeting>(
        "sign", "主持人签字", "Sign", from: .minuted, to: .signed, by: .named(\QualityMeeting.chair), notBy: minute, under: drugQuality[5],
        isIrrevocable: true, signs: true
    ) { meeting, act in
        for index in meeting.points.indices { meeting.points[index].item = try meeting.points[index].enter(act) }
    }
    package static let steps = [minute, sign]
}

package struct MeetingPoint: Line {
    package var subject = "", decision = ""
    package var stage = Stage.unknown
    package var item = ID<QualityItem>.none
    package init() {}

    package static let fields: [Field<MeetingPoint>] = [
        .text(\.subject, "议题", "Point"), .choice(\.stage, "环节", "Stage"), .text(\.decision, "讨论意见", "What was said"),
        .reference(\.item, "质量信息", "Item").optional(),
    ]

    /// The point as an item in the tray of the quality department.
    fileprivate func enter(_ act: Act) throws -> ID<QualityItem> {
        var item = QualityItem()
        (item.kind, item.stage, item.way, item.subject, item.facts) = (.house, stage, .meeting, subject, decision)
        (item.knownAt, item.internalAspects, item.minutes) = (act.now, "work", 1)
        return try act.create(item, by: QualityItem.enter)
    }
}

package struct EarlierPoint: Line {
    package var subject = "", state = ""
    package var item = ID<QualityItem>.none
    package init() {}

    init(_ point: MeetingPoint, _ act: Act) throws {
        (subject, item) = (point.subject, point.item)
        let state = try act.load(point.item)?.state ?? .reported
        self.state = QualityItem.form.states[state]?.words.zh ?? ""
    }

    package static let fields: [Field<EarlierPoint>] = [
        .text(\.subject, "议题", "Point"), .text(\.state, "办理情况", "State").optional(), .reference(\.item, "质量信息", "Item").optional(),
    ]
}
