import Kernel
import WorkCalendar

/// 培训: planned for people by name; each signs in, and who was not there stands in the register (第十条).
package struct TrainingSession: Document {
    package enum State: String, CaseIterable, Sendable { case planned, held, cancelled }
    package var subject = "", place = "", teacher = "", summary = "", reason = ""
    package var from: Moment?, until: Moment?
    package var invited: [PersonID] = [], present: [PersonID] = [], absent: [PersonID] = []
    package var material: [FileReference] = []
    package init() {}

    package static let name = "training-session"
    package var title: String { subject }

    package static let form = Form<TrainingSession>(
        "培训", "Training", number: "培训班",
        states: [.planned: .open("已计划", "Planned"), .held: .done("已举办", "Held"), .cancelled: .no("取消", "Cancelled")],
        readers: [.specialists, .office, .management],
        [
            .text(\.subject, "培训内容", "Subject").listed(), .text(\.place, "地点", "Place"), .text(\.teacher, "讲师", "Teacher"),
            .moment(\.from, "开始", "From").listed(), .moment(\.until, "结束", "Until"), .people(\.invited, "参训人员", "Invited"),
            .files(\.material, "讲义", "Material").optional(), .people(\.present, "已签到", "Signed in").onceFilled(),
            .people(\.absent, "缺席", "Absent").onceFilled(), .prose(\.summary, "培训小结", "Summary").onceFilled(),
            .text(\.reason, "取消理由", "Why cancelled").onceFilled(),
        ])

    package static let plan = Step<TrainingSession>(
        "plan", "计划培训", "Plan", to: .planned, by: .specialists, under: school[10],
        fields: [\.subject, \.place, \.teacher, \.from, \.until, \.invited, \.material]
    ) { session, act in
        guard let until = session.until else { throw DeskError.absent }
        for person in session.invited { try act.grant(person, until: until.adding(days: 30), "参加培训", "Invited to the training") }
        act.notify(session.invited, "请参加培训：\(session.subject)", "You are invited to a training")
    }.checking { session, check in
        let isAhead = session.from.map { from in from > check.act.now && session.until.map { from < $0 } ?? false } ?? false
        check.require(
            isAhead, "培训时间须在今后，且结束晚于开始", "It is in the time to come, and ends after it begins", at: \.from, \.until)
        check.require(!session.invited.isEmpty, "请填写参训人员", "Say who is invited", at: \.invited)
    }
    /// Each for oneself, on the day.
    package static let signIn = Step<TrainingSession>(
        "sign-in", "签到", "Sign in", from: .planned, to: nil, by: .any([.each(\TrainingSession.invited)]), under: school[10], fields: [],
        isOptional: true
    ) { session, act in
        let person = act.principal.person
        try act.require(act.principal.behalf == nil, "签到须由本人办理", "Everybody signs in in person")
        try act.require(
            session.from.map { $0.adding(hours: -1) <= act.now } ?? false && session.until.map { act.now <= $0.adding(hours: 1) } ?? false,
            "签到只能在培训开始前一小时至结束后一小时内", "One signs in from an hour before until an hour after")
        try act.require(!session.present.contains(person), "您已签到", "You have signed in")
        session.present.append(person)
    }
    package static let hold = Step<TrainingSession>(
        "hold", "登记举办情况", "Held", from: .planned, to: .held, by: .specialists, under: school[10], fields: [\.summary]
    ) { session, act in
        try act.require(session.until.map { $0 <= act.now } ?? false, "培训尚未结束", "It is not over yet")
        session.absent = session.invited.filter { !session.present.contains($0) }
    }
    package static let cancel = Step<TrainingSession>(
        "cancel", "取消培训", "Cancel", from: .planned, to: .cancelled, by: .specialists, under: school[10], fields: [\.reason],
        isOptional: true)
    package static let steps = [plan, signIn, hold, cancel]
}
