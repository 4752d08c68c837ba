import Kernel
import WorkCalendar

/// 质量考核条目: the second failure in a row proposes one, in the quarter of that failure's obligation. The person can contest it before it is
/// confirmed (（9）).
package struct AppraisalEntry: Document {
    package enum State: String, CaseIterable, Sendable {
        case proposed, agreed, contested, confirmed, overturned, lapsed, reopened
    }
    package var person = PersonID.none
    package var quarter = ""
    package var cause = ID<FeedbackRecord>.none
    package var contestUntil: Moment?
    package var contest = "", answer = "", penalty = ""
    package var evidence: [FileReference] = []
    package init() {}

    package static let name = "appraisal-entry"
    /// Those that stand, or may.
    static let live: Set<State> = [.proposed, .agreed, .contested, .confirmed, .reopened]

    package static let form = Form<AppraisalEntry>(
        "质量考核条目", "Appraisal entry", number: "考核",
        states: [
            .proposed: .open("拟列入", "Proposed"), .agreed: .open("本人无异议", "Agreed"), .contested: .open("申诉中", "Contested"),
            .confirmed: .done("已确认", "Confirmed"), .overturned: .no("申诉成立，不列入", "Not entered"), .lapsed: .no("不再连续，撤销", "Lapsed"),
            .reopened: .open("依据变更，待复核", "Its ground has changed"),
        ],
        readers: [.judges],
        [
            .person(\.person, "被考核人", "Person").listed(), .text(\.quarter, "季度", "Quarter").indexed().listed(),
            .reference(\.cause, "第二次失误", "Second failure").listed(), .moment(\.contestUntil, "申诉截止", "Contest until"),
            .prose(\.contest, "申诉理由", "Contest"), .files(\.evidence, "申诉材料", "Evidence").optional(),
            .prose(\.answer, "复核意见", "Answer"), .text(\.penalty, "处罚", "Penalty").listed(),
        ])

    static func propose(_ person: PersonID, at link: FeedbackChain.Link, _ act: Act) throws {
        var entry = AppraisalEntry()
        (entry.person, entry.quarter, entry.cause) = (person, Quarter.name(of: link.obligedAt.day), ID(link.id))
        try act.create(entry, by: propose, heldBy: person)
    }

    package static let propose = Step<AppraisalEntry>("propose", "拟列入考核", "Propose", to: .proposed, by: .system, under: drugQuality[9]) {
        entry, act in
        entry.contestUntil = act.calendar.limit(workingDays: try act.parameter(.contestWorkingDays), from: act.now, belated: false).moment
        act.notify(
            [entry.person], "连续失误，拟列入\(entry.quarter)质量考核；如有异议请在期限内申诉",
            "Failures in a row: an appraisal entry is proposed; contest it in time if you do not agree")
        act.notify(.judges, "有考核条目待确认", "An appraisal entry waits to be confirmed")
    }
    package static let agree = Step<AppraisalEntry>(
        "agree", "本人无异议", "Agree", from: .proposed, to: .agreed, by: .named(\AppraisalEntry.person), under: drugQuality[9], signs: true)
    package static let contest = Step<AppraisalEntry>(
        "contest", "申诉", "Contest", from: .proposed, to: .contested, by: .named(\AppraisalEntry.person), under: drugQuality[9],
        fields: [\.contest, \.evidence], isOptional: true
    ) { entry, act in
        try act.require(entry.contestUntil.map { act.now <= $0 } ?? true, "申诉期限已过", "The time to contest it is over")
        act.notify(.judges, "考核条目被申诉，请复核", "An appraisal entry is contested")
    }
    package static let confirm = Step<AppraisalEntry>(
        "confirm", "确认列入", "Confirm", from: .proposed, .agreed, to: .confirmed, by: .judges, under: drugQuality[9], fields: [\.penalty],
        signs: true
    ) { entry, act in
        try FeedbackChain.requireJudge(of: entry.person, act)
        let isHeard = act.record.state == State.agreed.rawValue || entry.contestUntil.map { $0 < act.now } ?? true
        try act.require(
            isHeard, "申诉期限未过，本人也未表示无异议，暂不能确认", "The time to contest is not over and the person has not agreed; it cannot be confirmed yet")
    }
    package static let uphold = Step<AppraisalEntry>(
        "uphold", "维持", "Uphold", from: .contested, .reopened, to: .confirmed, by: .judges, under: drugQuality[9],
        fields: [\.answer, \.penalty], signs: true
    ) { entry, act in try FeedbackChain.requireJudge(of: entry.person, act) }
    /// A contest that is won turns the failure into a success for the sequence.
    package static let overturn = Step<AppraisalEntry>(
        "overturn", "申诉成立", "Overturn", from: .contested, to: .overturned, by: .judges, under: drugQuality[9], fields: [\.answer],
        isOptional: true, signs: true
    ) { entry, act in
        try FeedbackChain.requireJudge(of: entry.person, act)
        let contest = ID<AppraisalEntry>(act.record.id)
        try FeedbackRecord.assess(entry.cause, act) { ($0.isCleared, $0.contest) = (true, contest) }
    }
    package static let lapse = Step<AppraisalEntry>(
        "lapse", "不再连续，撤销", "Lapse", from: .proposed, .agreed, .contested, to: .lapsed, by: .system, under: drugQuality[9], isOptional: true
    ) { entry, act in
        act.notify([entry.person], "更正后不再连续失误，考核条目已撤销", "After a correction the failures are not in a row: the entry has lapsed")
    }
    package static let reopen = Step<AppraisalEntry>(
        "reopen", "依据变更，重新复核", "Reopen", from: .confirmed, to: .reopened, by: .system, under: drugQuality[9], isOptional: true
    ) { entry, act in
        act.notify(.judges, "已确认的考核条目依据有变，请复核", "What a confirmed appraisal entry rests on has changed; look at it again")
        act.notify([entry.person], "您已确认的考核条目依据有变，正在复核", "What your appraisal entry rests on has changed; it is looked at again")
    }
    package static let drop = Step<AppraisalEntry>(
        "drop", "撤销", "Drop", from: .reopened, to: .overturned, by: .judges, under: drugQuality[9], fields: [\.answer], isOptional: true,
        signs: true
    ) { entry, act in try FeedbackChain.requireJudge(of: entry.person, act) }
    package static let steps = [propose, agree, contest, confirm, uphold, overturn, lapse, reopen, drop]
}
