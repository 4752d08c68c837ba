import Kernel
import WorkCalendar

/// 操作流程: how a department carries an article out: with its version, its owner, and a review each year that falls due by itself (第二十五条).
package struct Procedure: Document {
    package enum State: String, CaseIterable, Sendable { case drafted, inForce, replaced, ended }

    package enum Outcome: String, Choosable {
        case unknown = "", unchanged, toBeRevised = "to_be_revised"

        package var words: Words {
            switch self {
            case .unknown: Words("", "")
            case .unchanged: Words("继续适用", "Stands as it is")
            case .toBeRevised: Words("需要修订", "To be revised")
            }
        }
    }

    package var article = ""
    package var subject = ""
    package var department = UnitID.none
    package var owner = PersonID.none
    package var version = 0
    package var standard = ""
    package var papers: [FileReference] = []
    package var replaces = ID<Procedure>.none
    package var since: Day?
    package var objection = ""
    package var outcome = Outcome.unknown
    package var note = ""
    package var reviewBy: Day?
    package var reviews: [ProcedureReview] = []
    package init() {}

    package static let name = "procedure"
    package var title: String { subject }

    package static let form = Form<Procedure>(
        "操作流程", "Procedure", number: "流程",
        states: [
            .drafted: .open("待批准", "To be approved"), .inForce: .done("执行中", "In force"), .replaced: .no("已由新版本取代", "Replaced"),
            .ended: .no("已废止", "Ended"),
        ],
        readers: [.staff],
        [
            .article(\.article, "条文", "Article").listed(), .text(\.subject, "流程名称", "Procedure").listed(),
            .unit(\.department, "部门", "Department").listed(), .person(\.owner, "流程负责人", "Owner").listed(),
            .whole(\.version, "版本", "Version", in: 0...9999).optional().listed(), .prose(\.standard, "操作标准", "Standard"),
            .files(\.papers, "附件", "Papers").optional(), .reference(\.replaces, "取代", "Replaces").optional(),
            .day(\.since, "此前已执行自", "Carried out since").optional().hint("登记系统启用前已有的流程时填写", "of one that there was before the system"),
            .text(\.objection, "退回原因", "Why it is sent back").onceFilled(),
            .choice(\.outcome, "复审结论", "Outcome of the review").onceFilled(),
            .text(\.note, "复审说明", "Note").onceFilled(), .day(\.reviewBy, "应于此前复审", "To be reviewed by").optional().onceFilled().listed(),
            .lines(\.reviews, "历次复审", "Reviews").optional().onceFilled(),
        ])

    static let review = Deadline(
        "review", "年度复审", "Yearly review", under: authenticity[25], escalatesTo: .any([.named(\Procedure.owner), .post(.compliance)]),
        reminders: [.days(30), .days(7)])
    package static let deadlines = [review]

    private static let departments = Who.any([
        .post(.head), .either(.customerService, .underwriter, .backOffice, .trainer, .compliance, .generalOffice),
    ])

    package static let draft = Step<Procedure>(
        "draft", "拟定流程", "Draft", to: .drafted, by: departments, under: authenticity[25],
        fields: [\.article, \.subject, \.department, \.owner, \.standard, \.papers, \.replaces, \.since]
    ) { procedure, act in try procedure.place(act) }.checking { procedure, check in
        check.require(
            Article(key: procedure.article)?.regulation == authenticity.id, "请选择本细则的条文", "Choose an article of this regulation",
            at: \.article)
        check.require(
            procedure.since.map { $0 <= check.act.today } ?? true, "执行日期不能晚于今天", "It cannot have been carried out from a day to come",
            at: \.since)
    }
    package static let revise = Step<Procedure>(
        "revise", "修改草稿", "Revise", from: .drafted, to: nil, by: .requester, under: authenticity[25],
        fields: [\.standard, \.papers, \.owner], isOptional: true)
    package static let approve = Step<Procedure>(
        "approve", "批准执行", "Approve", from: .drafted, to: .inForce, by: .post(.compliance), notBy: draft, revise, under: authenticity[25],
        signs: true
    ) { procedure, act in
        if !procedure.replaces.isNone { try act.take(replace, on: procedure.replaces) }
        try procedure.startReview(since: procedure.since ?? act.today, act)
        act.hold(procedure.owner)
    }
    package static let sendBack = Step<Procedure>(
        "sendBack", "退回", "Send back", from: .drafted, to: nil, by: .post(.compliance), under: authenticity[25], fields: [\.objection],
        isOptional: true
    ) { procedure, act in
        act.notify(
            [act.requester], "您拟定的流程“\(procedure.subject)”被退回，请按退回原因修改", "Your procedure was sent back; its reason says what to change")
    }
    package static let look = Step<Procedure>(
        "look", "复审", "Review", from: .inForce, to: nil, by: .named(\Procedure.owner), under: authenticity[25],
        fields: [\.outcome, \.note],
        isOptional: true
    ) { procedure, act in
        procedure.reviews.append(ProcedureReview(procedure.outcome, procedure.note, by: act.person, on: act.today))
        if procedure.outcome == .toBeRevised {
            act.notify(.post(.compliance), "流程“\(procedure.subject)”复审认为需要修订", "A procedure is to be revised, its review says")
        }
        (procedure.outcome, procedure.note) = (.unknown, "")
        try procedure.startReview(since: act.today, act)
    }
    package static let replace = Step<Procedure>(
        "replace", "由新版本取代", "Replace", from: .inForce, to: .replaced, by: .system, under: authenticity[25], isOptional: true
    ) { _, act in act.meet(review) }
    package static let end = Step<Procedure>(
        "end", "废止", "End", from: .inForce, to: .ended, by: .post(.compliance), under: authenticity[25], fields: [\.note], isOptional: true
    ) { _, act in act.meet(review) }
    package static let steps = [draft, revise, approve, sendBack, look, replace, end]

    private mutating func place(_ act: Act) throws {
        let before = try act.load(replaces)
        try act.require(
            before == nil || before?.state == .inForce, "所取代的流程不在执行中，请改选", "What it replaces is not in force; choose another")
        try act.require(
            before == nil || before?.value.article == article, "新版本须属同一条文", "A new version carries out the same article")
        version = (before?.value.version ?? 0) + 1
    }

    /// A year from when it was approved, or looked at last; from when it was carried out, where that was before.
    private mutating func startReview(since day: Day, _ act: Act) throws {
        let due = day.adding(months: try act.parameter(.procedureReviewMonths))
        reviewBy = due
        act.meet(Procedure.review)
        act.start(Procedure.review, due: .endOfDay(due), since: .startOfDay(day)) {
            Words("登记时复审已逾期", "The review was overdue when it was registered")
        }
    }
}

/// One review of a procedure.
package struct ProcedureReview: Line {
    package var day: Day?
    package var person = PersonID.none
    package var outcome = Procedure.Outcome.unknown
    package var note = ""
    package init() {}

    init(_ outcome: Procedure.Outcome, _ note: String, by person: PersonID, on day: Day) {
        (self.outcome, self.note, self.person, self.day) = (outcome, note, person, day)
    }

    package static let fields: [Field<ProcedureReview>] = [
        .day(\.day, "日期", "Date"), .person(\.person, "复审人", "Reviewed by"), .choice(\.outcome, "结论", "Outcome"),
        .text(\.note, "说明", "Note").optional(),
    ]
}
