import Kernel
import WorkCalendar

/// 监察走访: planned, carried out, written down; what was found is closed one by one (第十条).
package struct SupervisionVisit: Document {
    package enum State: String, CaseIterable, Sendable { case planned, recorded, cancelled }

    package struct Observation: Line {
        package var what = ""
        package var due: Day?
        package init() {}

        package static let fields: [Field<Observation>] = [.text(\.what, "问题", "Finding"), .day(\.due, "整改期限", "Due")]
    }
    package var visited = UnitID.none
    package var day: Day?
    package var purpose = "", record = "", reason = ""
    package var observations: [Observation] = []
    package init() {}

    package static let name = "supervision-visit"

    package static let form = Form<SupervisionVisit>(
        "监察走访", "Supervision visit", number: "走访",
        states: [.planned: .open("已计划", "Planned"), .recorded: .done("已记录", "Recorded"), .cancelled: .no("取消", "Cancelled")],
        readers: [.specialists, .office, .management],
        [
            .unit(\.visited, "走访单位", "Unit").listed(), .day(\.day, "日期", "Day").listed(), .text(\.purpose, "目的", "Purpose"),
            .prose(\.record, "走访记录", "Record").onceFilled(), .lines(\.observations, "发现的问题", "Findings").optional(),
            .text(\.reason, "取消理由", "Why cancelled").onceFilled(),
        ])

    static let visiting = Deadline("visiting", "按计划走访", "Visit as planned", under: school[10], escalatesTo: .post(.generalManager))
    package static let deadlines = [visiting]

    package static let plan = Step<SupervisionVisit>(
        "plan", "计划走访", "Plan", to: .planned, by: .specialists, under: school[10], fields: [\.visited, \.day, \.purpose]
    ) { visit, act in
        try act.require(visit.day.map { $0 >= act.today } ?? false, "走访日期不能早于今天", "A visit is planned for a day to come")
        if let day = visit.day { act.start(visiting, due: .endOfDay(day)) }
    }
    package static let carryOut = Step<SupervisionVisit>(
        "record", "记录走访", "Record", from: .planned, to: .recorded, by: .specialists, under: school[10], fields: [\.record, \.observations]
    ) { visit, act in
        try act.require(visit.day.map { $0 <= act.today } ?? false, "走访尚未进行", "The visit has not been yet")
        try act.require(!visit.record.isEmpty, "请写明走访情况", "Say what was seen")
        act.meet(visiting)
        for observation in visit.observations {
            var finding = VisitFinding()
            (finding.visit, finding.what, finding.due, finding.visited) = (
                ID(act.record.id), observation.what, observation.due, visit.visited
            )
            try act.create(finding, by: VisitFinding.raise, in: visit.visited)
        }
    }
    package static let cancel = Step<SupervisionVisit>(
        "cancel", "取消走访", "Cancel", from: .planned, to: .cancelled, by: .specialists, under: school[10], fields: [\.reason],
        isOptional: true
    ) { visit, act in
        try act.require(!visit.reason.isEmpty, "请写明取消理由", "Say why it is cancelled")
        act.meet(visiting)
    }
    package static let steps = [plan, carryOut, cancel]
}

/// 走访问题: answered by the unit, closed by whoever visited.
package struct VisitFinding: Document {
    package enum State: String, CaseIterable, Sendable { case raised, answered, closed }
    package var visit = ID<SupervisionVisit>.none
    package var visited = UnitID.none
    package var what = "", answer = "", check = ""
    package var due: Day?
    package init() {}

    package static let name = "visit-finding"
    package var title: String { what }

    package static let form = Form<VisitFinding>(
        "走访问题", "Finding of a visit", number: "走访问题",
        states: [.raised: .open("待整改", "Raised"), .answered: .open("待核查", "Answered"), .closed: .done("已关闭", "Closed")],
        readers: [.specialists, .office, .management, .head],
        [
            .reference(\.visit, "走访", "Visit"), .unit(\.visited, "单位", "Unit").listed(), .text(\.what, "问题", "Finding").listed(),
            .day(\.due, "整改期限", "Due").optional().listed(), .prose(\.answer, "整改情况", "What was done").onceFilled(),
            .text(\.check, "核查意见", "Check").onceFilled(),
        ])

    static let mending = Deadline("mending", "按期整改", "Mend in time", under: school[10], escalatesTo: .post(.generalManager))
    package static let deadlines = [mending]

    package static let raise = Step<VisitFinding>("raise", "提出", "Raise", to: .raised, by: .system, under: school[10]) { finding, act in
        if let due = finding.due { act.start(mending, due: .endOfDay(due)) }
    }
    package static let answer = Step<VisitFinding>(
        "answer", "报告整改", "Answer", from: .raised, to: .answered, by: .post(.head, of: \VisitFinding.visited), under: school[10],
        fields: [\.answer]
    ) { finding, act in
        try act.require(!finding.answer.isEmpty, "请写明整改情况", "Say what was done")
        act.meet(mending)
    }
    package static let close = Step<VisitFinding>(
        "close", "核查关闭", "Close", from: .answered, to: .closed, by: .specialists, notBy: answer, under: school[10], fields: [\.check])
    package static let reopen = Step<VisitFinding>(
        "reopen", "未整改到位，退回", "Not mended", from: .answered, to: .raised, by: .specialists, notBy: answer, under: school[10],
        fields: [\.check], isOptional: true
    ) { _, act in try act.resume(mending) }
    package static let steps = [raise, answer, close, reopen]
}
