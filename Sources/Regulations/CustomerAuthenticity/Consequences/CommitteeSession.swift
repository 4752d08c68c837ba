import Kernel
import WorkCalendar

/// 合规委员会会议: its day, its agenda, who sat, and the minutes that the chair signs when every matter has its resolution (第二十四条).
package struct CommitteeSession: Document {
    package enum State: String, CaseIterable, Sendable { case convened, sitting, closed, called }
    package var day: Day?
    package var place = "", absent = "", minutes = "", reason = ""
    package var chair = PersonID.none
    package var present: [PersonID] = []
    package var matters: [ID<CommitteeMatter>] = []
    package init() {}

    package static let name = "committee-session"

    package static let form = Form<CommitteeSession>(
        "合规委员会会议", "Session of the compliance committee", number: "合委会",
        states: [
            .convened: .open("已召集", "Convened"), .sitting: .open("会议进行中", "Sitting"), .closed: .done("已闭会", "Closed"),
            .called: .no("已取消", "Called off"),
        ],
        readers: [.either(.committeeMember, .compliance, .generalManager)],
        [
            .day(\.day, "开会日期", "Day").listed(), .text(\.place, "地点", "Place").listed(), .person(\.chair, "主持人", "Chair").listed(),
            .references(\.matters, "议程", "Agenda"), .people(\.present, "出席委员", "Present").onceFilled(),
            .text(\.absent, "缺席委员及原因", "Absent").optional().onceFilled(), .prose(\.minutes, "会议记录", "Minutes").onceFilled(),
            .text(\.reason, "取消理由", "Why it was called off").onceFilled(),
        ])

    package static let convene = Step<CommitteeSession>(
        "convene", "召集会议", "Convene", to: .convened, by: .post(.compliance), under: authenticity[24],
        fields: [\.day, \.place, \.chair, \.matters]
    ) { session, act in
        try act.require(session.day.map { $0 >= act.today } ?? false, "开会日期不能早于今天", "The session is not before today")
        try act.require(Self.isMember(session.chair, act), "主持人须为合规委员会委员", "The chair is a member of the committee")
        let (id, chair) = (ID<CommitteeSession>(act.record.id), session.chair)
        for matter in session.matters {
            try act.require(
                try act.load(matter)?.state == .tabled, "议程中有已列入其他会议或已评议的议题，请改选",
                "A matter of the agenda stands with another session or is decided")
            try act.take(CommitteeMatter.schedule, on: matter) { ($0.session, $0.chair) = (id, chair) }
        }
        act.notify(
            .post(.committeeMember), "合规委员会将于 \(session.day.map(\.description) ?? "") 开会，请查看议程",
            "The committee sits on \(session.day.map(\.description) ?? ""); look at the agenda")
    }
    package static let begin = Step<CommitteeSession>(
        "begin", "开会", "Begin", from: .convened, to: .sitting, by: .named(\CommitteeSession.chair), under: authenticity[24],
        fields: [\.present, \.absent]
    ) { session, act in
        try act.require(session.day.map { $0 <= act.today } ?? false, "未到开会日期", "Its day has not come")
        try act.require(
            session.present.allSatisfy { Self.isMember($0, act) }, "出席名单中有人不是合规委员会委员，请更正",
            "Somebody on the list is no member of the committee")
        let least = try act.parameter(.committeeLeastVotes)
        try act.require(
            Set(session.present).count >= least, "出席委员不足法定人数 \(least) 人，不能开会", "There are fewer than the \(least) members of the quorum")
        try act.require(session.present.contains(session.chair), "主持人须出席", "The chair is present")
    }
    package static let close = Step<CommitteeSession>(
        "close", "签署会议记录，闭会", "Sign the minutes and close", from: .sitting, to: .closed, by: .named(\CommitteeSession.chair),
        under: authenticity[24], fields: [\.minutes], isIrrevocable: true, signs: true
    ) { session, act in
        let id = ID<CommitteeSession>(act.record.id)
        let open = try session.matters.compactMap { try act.load($0) }.filter { $0.value.session == id && $0.state != .resolved }
        try act.require(
            open.isEmpty, "还有 \(open.count) 个议题没有决议，请先决议或延期", "\(open.count) matters have no resolution yet; resolve or postpone them")
    }
    package static let callOff = Step<CommitteeSession>(
        "callOff", "取消会议", "Call off", from: .convened, to: .called, by: .post(.compliance), under: authenticity[24], fields: [\.reason],
        isOptional: true
    ) { session, act in
        let id = ID<CommitteeSession>(act.record.id)
        for matter in session.matters where try act.load(matter)?.value.session == id { try act.take(CommitteeMatter.release, on: matter) }
    }
    package static let steps = [convene, begin, close, callOff]

    private static func isMember(_ person: PersonID, _ act: Act) -> Bool {
        act.organisation.holders(of: Post.committeeMember.id, within: act.scope, on: act.today).contains(person)
    }
}
