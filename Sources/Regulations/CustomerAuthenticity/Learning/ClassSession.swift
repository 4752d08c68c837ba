import Kernel
import WorkCalendar

/// 培训班次: one class of a course, who was there and how long (第九条). Two people answer for the list, and what it credits is what counts.
package struct ClassSession: Document {
    package enum State: String, CaseIterable, Sendable { case planned, recorded, confirmed, cancelled }

    package var course = ID<SellerCourse>.none
    package var edition = 0
    package var startsAt: Moment?
    package var hours = 0
    package var place = ""
    package var teacher = ""
    package var attendees: [Attendee] = []
    package var sheet: [FileReference] = []
    package var struck = ID<Agent>.none
    package var reason = ""
    package init() {}

    package static let name = "class-session"

    package static let form = Form<ClassSession>(
        "培训班次", "Class", number: "培训",
        states: [
            .planned: .open("已安排", "Planned"), .recorded: .open("考勤待确认", "Attendance to be confirmed"),
            .confirmed: .done("课时已登记", "Hours recorded"), .cancelled: .no("取消", "Cancelled"),
        ],
        readers: [.either(.trainer, .customerService, .compliance, .backOffice, .teamLeader)],
        [
            .reference(\.course, "课程", "Course").listed(), .whole(\.edition, "教材版次", "Edition", in: 0...999).onceFilled(),
            .moment(\.startsAt, "开始时间", "Begins").listed(), .whole(\.hours, "课时", "Class hours", in: 1...8).listed(),
            .text(\.place, "地点", "Place"), .text(\.teacher, "讲师", "Teacher"),
            .lines(\.attendees, "参加人员", "Attendance").hint("逐人填写实到课时", "each with the hours that he was there"),
            .files(\.sheet, "签到表", "Attendance sheet").optional(),
            .reference(\.struck, "剔除的业务员", "Agent to strike").onceFilled(), .text(\.reason, "理由", "Reason").onceFilled(),
        ])

    package static let plan = Step<ClassSession>(
        "plan", "安排培训", "Plan", to: .planned, by: .post(.trainer), under: authenticity[9],
        fields: [\.course, \.startsAt, \.hours, \.place, \.teacher]
    ) { session, act in
        guard let course = try act.load(session.course) else { throw DeskError.absent }
        try act.require(
            (course.state == .inUse || course.state == .revised) && course.value.edition > 0, "该课程的教材尚未审核，或已停用，请另选课程",
            "The material of this course is not approved, or out of use; choose another")
        act.notify(.post(.seller), "已安排培训：\(course.value.courseTitle)，请按时参加", "A class is planned: “\(course.value.courseTitle)”")
    }
    package static let record = Step<ClassSession>(
        "record", "登记考勤", "Record attendance", from: .planned, to: .recorded, by: .post(.trainer), under: authenticity[9],
        fields: [\.attendees, \.sheet]
    ) { session, act in
        try act.require(session.startsAt.map { $0 < act.now } ?? false, "培训尚未开始，不能登记考勤", "The class has not begun")
        guard let course = try act.load(session.course) else { throw DeskError.absent }
        session.edition = course.value.edition
        var known: Set<ID<Agent>> = []
        for (index, attendee) in session.attendees.enumerated() {
            func fault(_ zh: String, _ en: String) -> DeskError { .invalid([.init(field: "attendees.\(index).agent", Words(zh, en))]) }
            guard known.insert(attendee.agent).inserted else { throw fault("同一业务员只能填写一次", "Each agent stands there once") }
            guard attendee.hours <= session.hours else {
                throw fault("实到课时不能多于本班 \(session.hours) 课时", "Nobody attends more than the \(session.hours) hours of the class")
            }
        }
        try act.require(!session.attendees.isEmpty, "请填写参加人员；无人参加的，请取消本班次", "Enter who was there; where nobody was, cancel the class")
    }
    package static let confirm = Step<ClassSession>(
        "confirm", "确认考勤，登记课时", "Confirm", from: .recorded, to: .confirmed, by: .post(.customerService), notBy: record,
        under: authenticity[9], fields: [], isIrrevocable: true
    ) { session, act in
        guard let course = try act.load(session.course), let day = session.startsAt?.day else { throw DeskError.absent }
        for attendee in session.attendees {
            var attended = AttendedClass()
            (attended.session, attended.course, attended.subject) = (ID(act.record.id), session.course, course.value.subject)
            (attended.edition, attended.day, attended.hours) = (session.edition, day, attendee.hours)
            try act.take(Agent.recordTraining, on: attendee.agent) { $0.attended.append(attended) }
        }
    }
    package static let strike = Step<ClassSession>(
        "strike", "更正考勤", "Strike from the list", from: .confirmed, to: nil, by: .post(.compliance), under: authenticity[9],
        fields: [\.struck, \.reason], isOptional: true, signs: true
    ) { session, act in
        try act.require(
            session.attendees.contains { $0.agent == session.struck && $0.struckOn == nil }, "该业务员不在本班次的名单上",
            "The agent is not on the list of this class")
        guard let agent = try act.load(session.struck) else { throw DeskError.absent }
        for index in session.attendees.indices where session.attendees[index].agent == session.struck {
            session.attendees[index].struckOn = act.today
        }
        let (id, least) = (ID<ClassSession>(act.record.id), try act.parameter(.minimumTrainingHours))
        try agent.amendQualifications(act) { $0.strike(id, minimum: least, on: act.today) }
    }
    package static let cancel = Step<ClassSession>(
        "cancel", "取消", "Cancel", from: .planned, to: .cancelled, by: .post(.trainer), under: authenticity[9], fields: [\.reason],
        isOptional: true)
    package static let steps = [plan, record, confirm, strike, cancel]
}

/// Who was there, and how long.
package struct Attendee: Line {
    package var agent = ID<Agent>.none
    package var hours = 0
    package var struckOn: Day?
    package init() {}

    package static let fields: [Field<Attendee>] = [
        .reference(\.agent, "业务员", "Agent"), .whole(\.hours, "实到课时", "Hours attended", in: 1...8),
        .day(\.struckOn, "剔除日期", "Struck on").optional(),
    ]
}
