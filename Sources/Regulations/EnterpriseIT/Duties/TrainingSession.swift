import Kernel
import WorkCalendar

/// 培训: planned for a year, each session with its material, teacher and room, and who came (第二章5).
package struct TrainingSession: Document {
    package enum State: String, CaseIterable, Sendable { case planned, prepared, held, cancelled }
    package var year: Period?
    package var topic = "", material = "", place = "", outcome = "", reason = ""
    package var teacher = PersonID.none
    package var day: Day?
    package var invited: [PersonID] = [], came: [PersonID] = []
    package var files: [FileReference] = []
    package init() {}

    package static let name = "it-training-session"
    package var title: String { topic }
    private static let article = enterpriseIT["第二章5"]

    package static let form = Form<TrainingSession>(
        "信息化培训", "IT training", number: "培训",
        states: [
            .planned: .open("待准备", "Planned"), .prepared: .open("待举办", "Prepared"), .held: .done("已举办", "Held"),
            .cancelled: .no("取消", "Cancelled"),
        ],
        readers: [.staff],
        [
            .period(\.year, "年度计划", "Plan of the year", .year).indexed().listed(), .text(\.topic, "内容", "Topic").code().listed(),
            .day(\.day, "日期", "Day").listed(), .people(\.invited, "培训对象", "For whom"), .person(\.teacher, "教师", "Teacher").listed(),
            .text(\.material, "教材", "Material").onceFilled(), .files(\.files, "教材文件", "Files").optional().onceFilled(),
            .text(\.place, "场地设备", "Room and machines").onceFilled(),
            .people(\.came, "实到", "Who came").onceFilled(), .prose(\.outcome, "效果", "Outcome").onceFilled(),
            .text(\.reason, "取消理由", "Why it is cancelled").onceFilled(),
        ])

    static let preparing = Deadline(
        "preparing", "培训准备", "Prepare in time", under: article, escalatesTo: .post(centreDirector), reminders: [.days(3)])
    package static let deadlines = [preparing]

    package static let plan = Step<TrainingSession>(
        "plan", "列入计划", "Plan", to: .planned, by: .post(centreDirector), under: article,
        fields: [\.year, \.topic, \.day, \.invited, \.teacher]
    ) { session, act in
        if let day = session.day { act.start(preparing, due: .startOfDay(day)) }
    }.checking { session, check in
        check.require(session.day.map { $0 > check.act.today } ?? false, "培训日期应晚于今天", "It is to be after today", at: \.day)
        check.require(
            session.day.flatMap { day in session.year.map { $0.year == day.year } } ?? false, "日期不在计划年度内",
            "The day is not in the year of the plan", at: \.day, \.year)
    }
    package static let prepare = Step<TrainingSession>(
        "prepare", "准备就绪", "Prepared", from: .planned, to: .prepared, by: .any([.named(\TrainingSession.teacher), .centre]), under: article,
        fields: [\.material, \.files, \.place]
    ) { _, act in act.meet(preparing) }
    package static let hold = Step<TrainingSession>(
        "hold", "登记举办", "Held", from: .prepared, to: .held, by: .any([.named(\TrainingSession.teacher), .centre]), under: article,
        fields: [\.came, \.outcome]
    ) { session, act in
        try act.require(session.day.map { $0 <= act.today } ?? false, "还没有到培训日期", "It has not been yet")
    }
    package static let cancel = Step<TrainingSession>(
        "cancel", "取消", "Cancel", from: .planned, .prepared, to: .cancelled, by: .post(centreDirector), under: article, fields: [\.reason],
        isOptional: true
    ) { _, act in act.meet(preparing) }
    package static let steps = [plan, prepare, hold, cancel]
}
